//! The shipped rules as their users get them, and every way by which sex, religion, ethnicity or region of origin could
//! come into a score. Each way must be refused before any data is read. The rendered messages stand in
//! `fixtures/diagnostics`; here it is the ways that are counted.

use std::path::Path;
use std::process::Command;

use saring::columns::Catalog;
use saring::diag::{Files, Report};
use saring::rules;

use crate::support::office::{command, run};

fn here(verb: &str) -> Command {
    let mut verb_on_rules = command();
    verb_on_rules.current_dir(Path::new(env!("CARGO_MANIFEST_DIR"))).args([verb, "rules"]);
    verb_on_rules
}

#[test]
fn the_shipped_rules_have_no_fault_and_pass_their_tests() {
    let check = run(&mut here("check")).ends(0);
    assert!(!check.out.contains("error[") && !check.err.contains("error["), "{}{}", check.out, check.err);
    let json = run(here("check").args(["--format", "json"])).ends(0).json();
    assert!(!json.to_string().contains("\"error\""), "{json}");
    run(&mut here("test")).ends(0);
}

/// Codes of the faults of a rule of class B with these declarations and lines of its own.
fn codes(declarations: &str, rule: &str) -> Vec<&'static str> {
    let text = format!(
        "[pack]\nname = \"uji\"\nfamily = \"T\"\n{declarations}\n\
         [[rule]]\nid = \"T01\"\nversion = 1\ntitle = \"Uji\"\nstatus = \"shadow\"\n{rule}"
    );
    let (mut files, mut report) = (Files::default(), Report::default());
    rules::check_texts(&[("uji.toml", &text)], &Catalog::builtin(), &mut files, &mut report);
    report.sorted(&files).iter().map(|d| d.code.code()).collect()
}

const OUTCOME: &str = "[[rule.outcome]]\npoints = 5\nreason = \"Uji\"\n";

fn when(line: &str) -> String {
    format!("class = \"B\"\nwhen = [\"lama_tinggal_hari > 30\", {line:?}]\n{OUTCOME}")
}

/// Ways in that are not refused for what they tell, with the faults that were found instead.
fn open_ways<'a>(ways: impl IntoIterator<Item = (&'a str, String, String)>) -> Vec<(&'a str, Vec<&'static str>)> {
    let found = ways.into_iter().map(|(way, declarations, rule)| (way, codes(&declarations, &rule)));
    found.filter(|(_, codes)| !codes.contains(&"R401")).collect()
}

/// A plain rule is not refused; without this, all that follows would say nothing.
#[test]
fn an_honest_rule_passes() {
    assert_eq!(codes("", &when("maksud_perjalanan = 'wisata'")), [] as [&str; 0]);
    // What a number or name is compared with, whether it is there, and consistency say nothing of the attribute.
    for line in
        ["nik = pendamping_nik", "nama_ayah = nama_lengkap", "tempat_lahir is null", "nik.kelamin <> jenis_kelamin"]
    {
        assert_eq!(codes("", &when(line)), [] as [&str; 0], "{line}");
    }
}

#[test]
fn no_condition_may_tell_sex_region_or_ethnicity() {
    let lines = [
        // The columns themselves.
        "jenis_kelamin = 'P'",
        "nik.kelamin in ('P')",
        "mrz.kelamin <> 'L'",
        "tempat_lahir = 'KUPANG'",
        "provinsi in ('NUSA TENGGARA TIMUR')",
        "kabupaten_kota like 'KAB%'",
        "kecamatan = 'X'",
        "kelurahan_desa = 'X'",
        "kode_wilayah_ktp = '53.01.01'",
        "nik.provinsi = '53'",
        "nik.kabkota = '5301'",
        "nik.status_wilayah = 'aktif'",
        "kk.kabkota = '5301'",
        // Digits of numbers, words of names and addresses.
        "nik like '53%'",
        "starts_with(nik, '53')",
        "starts_with(upper(nik), '53')",
        "matches(nik, '^......[4-7]')",
        "nik > '5300000000000000'",
        "nik between '5300000000000000' and '5399999999999999'",
        "nomor_kk like '53%'",
        "pendamping_nik like '53%'",
        "kuasa_nik like '53%'",
        "penjamin_id like '53%'",
        "matches(nama_lengkap, 'SIREGAR|NASUTION')",
        "nama_lengkap like '% BR %'",
        "contains(nama_ayah, 'SIREGAR')",
        "contains(nama_ibu, 'BORU')",
        "contains(lower(nama.kunci), 'siregar')",
        "nama_di_paspor = 'SIREGAR'",
        "has(nama_lain, 'SIREGAR')",
        "contains(penjamin_nama, 'SIREGAR')",
        "contains(alamat, 'KUPANG')",
        "matches(mrz1, 'SIREGAR')",
        "matches(mrz2, '.{20}F')",
        "telepon like '0380%'",
        // Wrapped.
        "not (jenis_kelamin = 'L')",
        "(jenis_kelamin = 'P') is true",
        "coalesce(jenis_kelamin = 'P', false)",
        "case when jenis_kelamin = 'P' then true else false end",
        "case when umur > 17 then jenis_kelamin else 'L' end = 'P'",
        "case when jenis_kelamin = 'P' then 1 else 0 end + umur > 18",
        "(case when jenis_kelamin = 'P' then 1 end) is null",
        "jenis_kelamin = 'P' or lama_tinggal_hari > 3000",
        "nama_ibu = case when umur > 1 then 'SIREGAR' else 'NASUTION' end",
        "similarity(nama_lengkap, case when umur > 1 then 'SIREGAR' else 'NASUTION' end) > 60",
        "similarity(nama_lengkap, coalesce(nama_ayah, 'SIREGAR')) > 60",
        "length(case when jenis_kelamin = 'P' then 'ya' else '' end) > 1",
    ];
    assert_eq!(open_ways(lines.map(|line| (line, String::new(), when(line)))), []);
}

#[test]
fn no_other_part_of_a_rule_may_tell_it() {
    let sex = "jenis_kelamin = 'P'";
    let with = |class: &str, points: i32, outcome: &str, more: &str| {
        format!(
            "class = \"{class}\"\n{more}\nwhen = [\"lama_tinggal_hari > 30\"]\n[[rule.outcome]]\n{outcome}points = {points}\n\
             reason = \"Uji\"\n[[rule.outcome]]\npoints = {}\nreason = \"Uji\"\n",
            points - points.signum()
        )
    };
    let unless = format!("class = \"B\"\nwhen = [\"lama_tinggal_hari > 30\"]\nunless = [\"{sex}\"]\n{OUTCOME}");
    let ways = [
        ("outcome", with("B", 5, &format!("when = [\"{sex}\"]\n"), "")),
        ("outcome of a mitigation", with("M", -5, &format!("when = [\"{sex}\"]\n"), "mitigates = [\"T*\"]")),
        ("unless", unless),
    ];
    assert_eq!(open_ways(ways.map(|(way, rule)| (way, String::new(), rule))), []);
    // Data quality scores nothing and may look; so it may not put anybody on the list either.
    let quality = |more: &str| {
        codes(
            "",
            &format!("class = \"Q\"\n{more}\nwhen = [\"{sex}\"]\n[[rule.outcome]]\npoints = 0\nreason = \"Uji\"\n"),
        )
    };
    assert_eq!(quality(""), [] as [&str; 0]);
    assert_eq!(quality("mandatory = true"), ["R304"]);
}

#[test]
fn no_declaration_may_carry_it_into_a_rule() {
    let field = |name: &str, value: &str| {
        format!("[[field]]\nname = \"{name}\"\nvalue = {value:?}\nlabel = \"x\"\nmeaning = \"x\"\n")
    };
    let group = |by: &str, more: &str, measure: &str| {
        format!(
            "[[group]]\nname = \"g\"\nby = [\"{by}\"]\nwindow = \"90d\"\n{more}\n[group.measure]\nn = {measure:?}\n"
        )
    };
    let network = |keys: &str, more: &str| {
        format!(
            "[[network]]\nname = \"j\"\nkeys = [{keys}]\nmax_key = 50\nwindow = \"90d\"\n{more}\n\
             [network.measure]\nn = \"count(*)\"\n"
        )
    };
    let region = field("asal", "nik.provinsi");
    let twice =
        field("perempuan", "case when nik.kelamin = 'P' then 1 else 0 end") + &field("bobot", "perempuan * 2 + 1");
    let digits = field("salinan", "upper(nik)");
    let clan = field("marga", "'SIREGAR'");
    let ways = [
        ("a field", region.clone(), "asal = '53'"),
        ("a field of a field", twice, "bobot > 2"),
        ("digits of a copied number", digits, "starts_with(salinan, '53')"),
        ("a constant under the name of a field", clan.clone(), "similarity(nama_lengkap, marga) > 60"),
        ("a constant under the name of a field, compared", clan, "nama_ibu = marga"),
        (
            "a constant for everybody whose number is known",
            field("marga", "case when nik is not null then 'SIREGAR' end"),
            "similarity(nama_lengkap, marga) > 60",
        ),
        ("the key of a group", group("nik.provinsi", "", "count(*)"), "g.n > 5"),
        ("a field as the key of a group", region.clone() + &group("asal", "", "count(*)"), "g.n > 5"),
        ("the rows of a group", group("telepon.kunci", "where = [\"jenis_kelamin = 'P'\"]", "count(*)"), "g.n > 5"),
        ("a filter", group("telepon.kunci", "", "count(*) filter (where jenis_kelamin = 'P')"), "g.n > 5"),
        ("a value picked out", group("telepon.kunci", "", "any_value(jenis_kelamin)"), "g.n = 'P'"),
        ("a number picked out", group("telepon.kunci", "", "any_value(nik)"), "starts_with(g.n, '53')"),
        (
            "an average of a case",
            group("telepon.kunci", "", "avg(case when jenis_kelamin = 'P' then 1 else 0 end)"),
            "g.n > 0",
        ),
        ("the key of a network", network("\"nik.provinsi\"", ""), "j.n > 5"),
        (
            "one of several keys of a network",
            network("\"telepon.kunci\", [\"tempat_lahir\", \"alamat.kunci_rumah\"]", ""),
            "j.n > 5",
        ),
        ("the rows of a network", network("\"telepon.kunci\"", "where = [\"jenis_kelamin = 'P'\"]"), "j.n > 5"),
    ];
    assert_eq!(open_ways(ways.map(|(way, declarations, line)| (way, declarations, when(line)))), []);
}
