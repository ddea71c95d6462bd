//! Scores and lists worked out by hand.

use std::collections::BTreeMap;

use super::*;
use crate::columns::{Catalog, Cx, Reach, compute};
use crate::diag::{Files, Report, Style, render_human};
use crate::expr::Value;
use crate::frame::Frame;
use crate::lab::frame_of;
use crate::rules::{self, Plan, RuleSet};
use crate::schema::columns::{LAMA_TINGGAL_HARI, NOMOR_KK, NOMOR_PERMOHONAN, TANGGAL_PERMOHONAN, TELEPON};

const SCORING: &str = "
[scoring]
family_cap = { T = 20, D = 40, K = 35 }
class_cap = { C = 15 }
capacity = 2
control_per_mille = 0
";

/// A rule that fires when the stay is at least `days`.
fn rule(id: &str, class: &str, points: i64, days: i64, extra: &str) -> String {
    format!(
        "[[rule]]\nid = \"{id}\"\nversion = 1\ntitle = \"x\"\nclass = \"{class}\"\nwhen = [\"lama_tinggal_hari >= {days}\"]\n\
         why = \"x\"\nbasis = [\"x\"]\nquestion = \"x\"\nfalse_positives = [\"x\"]\n{extra}\
         [[rule.outcome]]\npoints = {points}\nreason = \"{{lama_tinggal_hari}}\"\n\
         [[rule.test]]\nname = \"a\"\ngiven = [{{ lama_tinggal_hari = {days} }}]\nexpect = {{ fires = \"all\" }}\n\
         [[rule.test]]\nname = \"b\"\ngiven = [{{ lama_tinggal_hari = 0 }}]\nexpect = {{ fires = [] }}\n"
    )
}

fn pack(family: &str, rules: &[String]) -> String {
    format!("[pack]\nname = \"{}\"\nfamily = \"{family}\"\n{}", family.to_lowercase(), rules.concat())
}

fn set(packs: &[String]) -> RuleSet {
    let (mut files, mut report) = (Files::default(), Report::default());
    let named: Vec<(String, &str)> =
        packs.iter().enumerate().map(|(ix, text)| (format!("{ix}.toml"), &**text)).collect();
    let texts: Vec<(&str, &str)> = named.iter().map(|(n, t)| (&**n, *t)).chain([("scoring.toml", SCORING)]).collect();
    let set = rules::check_texts(&texts, &Catalog::builtin(), &mut files, &mut report);
    set.unwrap_or_else(|| panic!("{}", render_human(&report, &files, Style::Plain)))
}

type Row = BTreeMap<&'static str, Value>;

fn row(number: &str, stay: i64) -> Row {
    [
        (NOMOR_PERMOHONAN, Value::Text(number.to_owned())),
        (TANGGAL_PERMOHONAN, Value::Date(20_000)),
        (LAMA_TINGGAL_HARI, Value::Int(stay)),
    ]
    .into()
}

fn listed(set: &RuleSet, rows: Vec<Row>, settings: &Settings) -> (Frame, Vec<Referral>) {
    let plan = Plan::new(set, []);
    let mut frame = frame_of(&rows).unwrap();
    let cx = Cx::new("2025-11-05".parse().unwrap());
    let witnesses = compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.columns).unwrap();
    let hits = evaluate(&plan, &frame).unwrap();
    let screened = Screened { set, plan: &plan, frame: &frame, witnesses: &witnesses, hits: &hits };
    let list = refer(&screened, 0..u32::try_from(frame.rows()).unwrap(), settings).unwrap();
    (frame, list)
}

fn settings(capacity: usize) -> Settings {
    Settings { capacity, control_per_mille: 0, key: b"kunci".to_vec() }
}

/// The summands of the only referral: what kind, how many points.
fn leaves(list: &[Referral]) -> Vec<(&'static str, i64)> {
    let name = |why: &Why| match why {
        Why::Finding(_) => "finding",
        Why::ContextCap => "context",
        Why::SameSet => "same",
        Why::FamilyCap => "family",
        Why::NothingLeft => "nothing",
    };
    list[0].score.leaves().map(|l| (name(&l.why), l.points)).collect()
}

#[test]
fn a_family_counts_at_most_its_cap() {
    let set = set(&[pack("T", &[rule("T01", "B", 12, 1, ""), rule("T02", "A", 15, 1, "")])]);
    let (_, list) = listed(&set, vec![row("1", 5)], &settings(2));
    assert_eq!(leaves(&list), [("finding", 12), ("finding", 15), ("family", -7)]);
    assert_eq!(list[0].score.total, 20);
}

#[test]
fn context_counts_at_most_its_cap_over_all_families() {
    let t = pack("T", &[rule("T01", "C", 9, 1, ""), rule("T02", "B", 5, 1, "")]);
    let d = pack("D", &[rule("D01", "C", 10, 1, "")]);
    let (_, list) = listed(&set(&[t, d]), vec![row("1", 5)], &settings(2));
    // D comes first and takes 10 of the 15; T has 5 left for its 9.
    assert_eq!(leaves(&list), [("finding", 10), ("finding", 9), ("finding", 5), ("context", -4)]);
    assert_eq!(list[0].score.total, 20);
}

#[test]
fn context_alone_refers_nobody() {
    let set = set(&[pack("T", &[rule("T01", "C", 15, 1, "")])]);
    assert!(listed(&set, vec![row("1", 5)], &settings(2)).1.is_empty());
}

#[test]
fn mitigation_takes_back_at_most_what_it_reaches() {
    let t = pack("T", &[rule("T01", "B", 12, 1, ""), rule("T02", "B", 4, 1, "")]);
    let m = pack("M", &[rule("M01", "M", -10, 1, "mitigates = [\"T02\"]\n"), rule("M02", "M", -3, 1, "")]);
    let (_, list) = listed(&set(&[t, m]), vec![row("1", 5)], &settings(2));
    assert_eq!(leaves(&list), [("finding", 12), ("finding", 4), ("finding", -10), ("nothing", 6), ("finding", -3)]);
    assert_eq!(list[0].score.total, 9);
}

#[test]
fn who_has_nothing_left_after_mitigation_is_not_listed() {
    let set = set(&[pack("T", &[rule("T01", "B", 12, 1, "")]), pack("M", &[rule("M01", "M", -50, 1, "")])]);
    assert!(listed(&set, vec![row("1", 5)], &settings(2)).1.is_empty());
}

#[test]
fn mandatory_lines_come_first_and_may_exceed_capacity() {
    let t = pack("T", &[rule("T01", "B", 12, 1, ""), rule("T02", "A", 6, 100, "mandatory = true\n")]);
    let set = set(&[t]);
    let rows = vec![row("5", 5), row("4", 100), row("3", 5), row("2", 5), row("1", 100)];
    let names =
        |list: &[Referral]| list.iter().map(|r| (r.nomor_permohonan.clone(), r.band.name())).collect::<Vec<_>>();
    let (_, list) = listed(&set, rows.clone(), &settings(3));
    let expected = [("1", "wajib"), ("4", "wajib"), ("2", "kedua")];
    assert_eq!(names(&list), expected.map(|(n, b)| (n.to_owned(), b)));
    let (_, list) = listed(&set, rows, &settings(1));
    assert_eq!(list.len(), 2);
}

const GROUPS: &str = r#"
[[group]]
name = "telepon_30h"
by = ["telepon.kunci"]
window = "30d"
having = ["keluarga >= 3"]
[group.measure]
keluarga = "count(distinct keluarga)"
"#;

fn group_rule(id: &str, points: i64) -> String {
    rule(id, "B", points, 0, "status = \"shadow\"\n")
        .replace("status = \"shadow\"\n", "")
        .replace("lama_tinggal_hari >= 0", "telepon_30h.keluarga >= 3")
        .replace("{lama_tinggal_hari}", "{telepon_30h.keluarga}: {telepon_30h.others}")
}

fn sharing(number: &str, card: &str) -> Row {
    let mut row = row(number, 5);
    row.insert(TELEPON, Value::Text("+6281260000001".to_owned()));
    row.insert(NOMOR_KK, Value::Text(card.to_owned()));
    row
}

#[test]
fn findings_on_the_same_applications_count_once_and_a_little() {
    let k = format!("{}{}{}", pack("K", &[]), GROUPS, [group_rule("K01", 8), group_rule("K02", 12)].concat());
    let rows: Vec<Row> = [("1000000000000001", "A"), ("1000000000000002", "B"), ("1000000000000003", "C")]
        .iter()
        .map(|(n, k)| sharing(n, k))
        .collect();
    let set = set(&[k]);
    let (frame, list) = listed(&set, rows, &settings(5));
    assert_eq!(list.len(), 3);
    assert_eq!(leaves(&list), [("finding", 8), ("finding", 12), ("same", -5)]);
    assert_eq!(list[0].score.total, 15);
    let evidence = &list[0].findings[0].evidence[0];
    assert_eq!((evidence.rows.as_slice(), evidence.source.as_str()), ([0, 1, 2].as_slice(), "telepon_30h"));
    assert_eq!(evidence.shared, [("telepon.kunci".to_owned(), "+62••••••••001".to_owned())]);
    assert_eq!(frame.rows(), 3);
}

#[test]
fn the_control_sample_is_drawn_from_those_who_are_not_listed() {
    let set = set(&[pack("T", &[rule("T01", "B", 12, 100, "")])]);
    let rows: Vec<Row> = (0..400).map(|n| row(&format!("{n:016}"), if n < 10 { 100 } else { 5 })).collect();
    let control = Settings { capacity: 4, control_per_mille: 100, key: b"kunci".to_vec() };
    let (_, list) = listed(&set, rows.clone(), &control);
    let drawn = list.iter().filter(|r| r.control).count();
    // 396 unlisted at 10 %: 40, four standard deviations are 24.
    assert!((16..=64).contains(&drawn), "{drawn}");
    assert_eq!(list.iter().filter(|r| !r.control).count(), 4);
    assert_eq!(list.iter().map(|r| r.rank).collect::<Vec<_>>(), (1..=list.len()).collect::<Vec<_>>());
    let mut shuffled = rows;
    shuffled.reverse();
    let again = listed(&set, shuffled, &control).1;
    let key = |list: &[Referral]| list.iter().map(|r| (r.nomor_permohonan.clone(), r.control)).collect::<Vec<_>>();
    assert_eq!(key(&again), key(&list));
}

/// A rule that fires when a measure of a group over earlier applications is at least 1.
fn earlier(id: &str, group: &str, key: &str, filter: &str) -> String {
    format!(
        "[[group]]\nname = \"{group}\"\nby = [\"{key}\"]\nhaving = [\"n >= 1\"]\nflag = \"closing\"\nrows = \"others\"\n\
         [group.measure]\nn = \"count(*) filter (where {filter})\"\n\
         [[rule]]\nid = \"{id}\"\nversion = 1\ntitle = \"x\"\nclass = \"B\"\nwhen = [\"{group}.n >= 1\"]\n\
         why = \"x\"\nbasis = [\"x\"]\nquestion = \"x\"\nfalse_positives = [\"x\"]\n\
         [[rule.outcome]]\npoints = 10\nreason = \"{{{group}.n}} {{{group}.others}}\"\n\
         [[rule.test]]\nname = \"a\"\ngiven = [{{ {key} = \"A\", lama_tinggal_hari = 20 }}, {{ at = \"1d\", {key} = \"A\" }}]\n\
         expect = {{ fires = [2] }}\n\
         [[rule.test]]\nname = \"b\"\ngiven = [{{ {key} = \"A\", lama_tinggal_hari = 1 }}]\nexpect = {{ fires = [] }}\n"
    )
}

#[test]
fn evidence_keeps_to_what_the_measure_counts_and_one_earlier_application_is_a_set() {
    let long = "lama_tinggal_hari >= 10";
    let text = format!("{}{}", earlier("K01", "a", TELEPON, long), earlier("K02", "b", NOMOR_KK, long));
    let set = set(&[pack("K", &[text])]);
    let one = |number: &str, day: i64, stay: i64| {
        let mut row = row(number, stay);
        row.insert(TANGGAL_PERMOHONAN, Value::Date(day));
        row.insert(TELEPON, Value::Text("+6281260000001".to_owned()));
        row.insert(NOMOR_KK, Value::Text("1271990101010001".to_owned()));
        row
    };
    let (_, list) = listed(&set, vec![one("1", 20_000, 1), one("2", 20_001, 20), one("3", 20_002, 5)], &settings(2));
    assert_eq!(list.len(), 1);
    let rows: Vec<&[u32]> = list[0].findings.iter().flat_map(|f| &f.evidence).map(|e| e.rows.as_slice()).collect();
    assert_eq!(rows, [[1, 2], [1, 2]], "the application itself and the one that the measure counts");
    // Both rest on the same earlier application, so the second counts a little.
    assert_eq!(leaves(&list), [("finding", 10), ("finding", 10), ("same", -7)]);
}
