//! Five thousand rules of the kinds that packs have, made by a fixed recipe.

use std::fmt::Write as _;

use saring::columns::Catalog;
use saring::diag::{Files, Report, Style, render_human};
use saring::rules::{self, RuleSet};

/// Columns with the numbers that lines compare them with.
const NUMBERS: [(&str, u64, u64); 8] = [
    ("lama_tinggal_hari", 2, 300),
    ("umur", 6, 70),
    ("tinggi_badan_cm", 130, 60),
    ("kk.umur_hari", 5, 600),
    ("waktu.menit", 60, 1_200),
    ("alamat.rt", 2, 40),
    ("hari_ke_berangkat", 2, 60),
    ("rekomendasi.umur_hari", 5, 300),
];

const OTHERS: [&str; 8] = [
    "maksud_perjalanan = 'wisata'",
    "maksud_perjalanan in ('umrah', 'haji')",
    "negara_tujuan in ('KH', 'LA', 'MM')",
    "layanan_percepatan",
    "penjamin_nama is not null",
    "contains(uraian_perjalanan, 'KERJA')",
    "email.domain_umum = false",
    "telepon.negara <> 'ID'",
];

const FAMILIES: [char; 5] = ['D', 'K', 'R', 'S', 'T'];
const IN_A_FAMILY: usize = 1_000;

/// The texts of five packs.
pub(crate) fn texts() -> Vec<(String, String)> {
    FAMILIES.iter().map(|family| (format!("{family}.toml"), pack(*family))).collect()
}

fn pack(family: char) -> String {
    let mut text = format!("[pack]\nname = \"{family}\"\nfamily = \"{family}\"\n");
    // SplitMix64: the same rules for ever.
    let mut state = u64::from(u32::from(family));
    let mut below = |n: u64| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        (z ^ (z >> 27)) % n
    };
    for number in 0..IN_A_FAMILY {
        let mut lines: Vec<String> = Vec::new();
        for _ in 0..=below(3) {
            let (column, least, span) = NUMBERS[below(NUMBERS.len() as u64) as usize];
            let op = ["<", ">=", ">"][below(3) as usize];
            lines.retain(|line| !line.contains(column));
            lines.push(format!("\"{column} {op} {}\"", least + below(span)));
        }
        lines.push(format!("\"{}\"", OTHERS[below(OTHERS.len() as u64) as usize]));
        let _ = write!(
            text,
            "[[rule]]\nid = \"{family}{number:03}\"\nversion = 1\ntitle = \"Ukuran\"\nclass = \"C\"\nwhen = [{}]\n\
             why = \"Ukuran.\"\nbasis = [\"Ukuran\"]\nquestion = \"Ukuran?\"\nfalse_positives = [\"ukuran\"]\n\
             [[rule.outcome]]\npoints = 6\nreason = \"Ukuran, umur {{umur}}\"\n\
             [[rule.test]]\nname = \"menyala\"\ngiven = [{{}}]\nexpect = {{ fires = \"all\" }}\n\
             [[rule.test]]\nname = \"diam\"\ngiven = [{{}}]\nexpect = {{ fires = [] }}\n",
            lines.join(", ")
        );
    }
    text
}

/// Checks them as `saring check` does, advice included.
pub(crate) fn check(texts: &[(String, String)]) -> RuleSet {
    let (mut files, mut report) = (Files::default(), Report::default());
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let set = rules::check_texts(&texts, &Catalog::builtin(), &mut files, &mut report);
    let set = set.unwrap_or_else(|| panic!("{}", render_human(&report, &files, Style::Plain)));
    rules::lint(&set, "2025-11-03".parse().unwrap(), &mut report);
    set
}
