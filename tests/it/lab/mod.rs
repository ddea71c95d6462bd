//! Changing rules safely: cases, what they exercise, what they would miss, what a change does.

mod cases; // what a case can say, and how failures read
mod compare; // two versions of the rules; baselines
mod sabotage; // bad changes of the shipped pack, and the nets that catch them
mod template; // fixtures/rules-repo
mod tools; // coverage, mutants, proposed cases

use std::path::{Path, PathBuf};

use crate::support::office::{Ran, command, run};

/// A small pack whose figures can be counted by hand.
const PACK: &str = r#"
[scoring]
capacity = 2
control_per_mille = 0
[scoring.family_cap]
T = 20

[base.biasa]
meaning = "dewasa"
[base.biasa.values]
tanggal_permohonan = 2025-11-03
waktu_permohonan = 09:00:00
nama_lengkap = "RINA MARLINA"
nik = "A"
tanggal_lahir = 1990-05-17
jenis_kelamin = "P"
negara_tujuan = "MY"
lama_tinggal_hari = 5
maksud_perjalanan = "wisata"

[pack]
name = "uji"
family = "T"

[[group]]
name = "telepon_30h"
by = ["telepon.kunci"]
window = "30d"
title = "Satu telepon"
[group.measure]
banyak = "count(*)"

# Lama tinggal.
[[rule]]
id = "T01"
version = 1
title = "Wisata lama"
class = "B"
when = ["lama_tinggal_hari > 30", "maksud_perjalanan = 'wisata'"]
unless = ["negara_tujuan = 'SG'"]
why = "Uji."
basis = ["Uji"]
question = "Mengapa?"
false_positives = ["keluarga"]
owner = "Uji"
review_by = 2027-06-30
[[rule.outcome]]
points = 9
reason = "Wisata {lama_tinggal_hari} hari"
[[rule.test]]
name = "31 hari"
given = [{ lama_tinggal_hari = 31 }, { lama_tinggal_hari = 31, maksud_perjalanan = "" }]
expect = { fires = [1], points = 9, reason = "31", not_evaluable = [2] }
[[rule.test]]
name = "singkat"
given = [{}]
expect = { fires = [] }

# Satu telepon.
[[rule]]
id = "T02"
version = 1
title = "Telepon bersama"
class = "B"
when = ["telepon_30h.banyak >= 3"]
why = "Uji."
basis = ["Uji"]
question = "Milik siapa?"
false_positives = ["keluarga"]
owner = "Uji"
review_by = 2027-06-30
[[rule.outcome]]
points = 7
reason = "{telepon_30h.banyak} permohonan, juga {telepon_30h.others}"
[[rule.test]]
name = "tiga, yang terakhir tepat pada hari ketiga puluh"
given = [{ repeat = 2, telepon = "T" }, { at = "30d", telepon = "T" }]
expect = { fires = "all", evidence = "all" }
[[rule.test]]
name = "dua"
given = [{ repeat = 2, telepon = "T" }]
expect = { fires = [] }
"#;

/// A folder with the small pack and further files.
fn pack(test: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = crate::made::folder(test);
    for (name, text) in [&[("uji.toml", PACK)], files].concat() {
        std::fs::write(folder.join(name), text).unwrap();
    }
    folder
}

/// `saring test` on a folder.
fn test(folder: &Path, more: &[&str]) -> Ran {
    run(command().arg("test").arg(folder).args(more))
}
