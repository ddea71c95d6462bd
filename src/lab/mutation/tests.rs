//! A mutant's text and its tree must be the same rule.

use super::*;
use crate::diag::Files;

const PACK: &str = r#"
[pack]
name = "uji"
family = "T"
[params]
batas = { default = 3, min = 1, max = 9 }
[list.dekat]
values = ["MY", "SG"]
meaning = "tetangga"
[[field]]
name = "lama"
value = "case when lama_tinggal_hari > 30 or negara_tujuan = 'KH' then lama_tinggal_hari else 0 end"
label = "Lama"
meaning = "lama tinggal yang panjang"
[[group]]
name = "satu_telepon"
by = ["telepon.kunci"]
window = "30d"
where = ["umur >= 17 and not in_list(negara_tujuan, 'dekat')"]
having = ["banyak >= :batas"]
[group.measure]
banyak = "count(*)"
jauh = "count(distinct nik) filter (where negara_tujuan <> 'SA')"
[[network]]
name = "jala"
keys = ["email.kunci", "telepon.kunci"]
window = "7d"
max_key = 4
[network.measure]
banyak = "count(*)"
[[rule]]
id = "T01"
version = 1
title = "Uji"
class = "B"
status = "shadow"
when = [
    "satu_telepon.banyak >= :batas",
    "lama > 60",
    "tanggal_rencana_berangkat between '2025-12-01' and '2026-02-01'",
]
unless = ["maksud_perjalanan in ('umrah', 'haji', 'studi')", "jala.banyak = 2"]
[[rule.outcome]]
when = ["satu_telepon.jauh >= 2"]
points = 9
reason = "{satu_telepon.banyak}"
[[rule.outcome]]
points = 5
reason = "{satu_telepon.banyak} {jala.banyak}"
"#;

/// The rules as a reader of the text would have them, in a normal form, parameters by value.
fn meaning(set: &RuleSet) -> String {
    let mut text = format!("{:?}\n", set.lists.iter().map(|(name, list)| (name, &list.values)).collect::<Vec<_>>());
    let params: Vec<_> = set.params.iter().map(|((_, name), param)| (name, &param.value)).collect();
    let valued = |expr: &Expr| {
        params
            .iter()
            .fold(expr.to_string(), |text, (name, value)| text.replace(&format!(":{name}"), &value.to_string()))
    };
    for rule in &set.rules {
        let lines = |lines: &[Line]| lines.iter().map(|line| valued(&line.expr)).collect::<Vec<_>>();
        text.push_str(&format!("{} {:?} unless {:?}\n", rule.id, lines(&rule.when), lines(&rule.unless)));
        for outcome in &rule.outcomes {
            text.push_str(&format!("  {:?} {}\n", lines(&outcome.when), outcome.points));
        }
    }
    for source in &set.sources {
        let exprs: Vec<_> = source.expressions().into_iter().chain(source.having()).map(valued).collect();
        let rest = match source {
            DeclaredSource::Field(_) | DeclaredSource::Watchlist(_) => String::new(),
            DeclaredSource::Group(spec) => format!("{:?} {:?}", spec.width, spec.flag),
            DeclaredSource::Network(spec) => format!("{:?} {}", spec.width, spec.max_key),
        };
        text.push_str(&format!("{} {exprs:?} {rest}\n", source.name()));
    }
    text
}

fn read(text: &str, files: &mut Files) -> Option<RuleSet> {
    rules::check_texts(&[("uji.toml", text)], &Catalog::builtin(), files, &mut Report::default())
}

#[test]
fn the_text_of_a_mutant_says_what_was_tried() {
    let mut files = Files::default();
    let set = read(PACK, &mut files).unwrap();
    let trials = Trials::new(&[], &set).unwrap();
    let mutants = make::mutants(&set, &trials.plans, &files);
    let kinds: std::collections::BTreeSet<&str> = mutants.iter().map(|m| m.what).collect();
    let all = [
        "and/or",
        "column",
        "filter dropped",
        "flag",
        "line dropped",
        "max_key",
        "operator",
        "points",
        "threshold",
        "value of a list",
        "window",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), all);
    let (file, _) = files.iter().next().unwrap();
    let mut compared = 0;
    for mutant in &mutants {
        let text = edited(file, &mutant.edits, &files);
        let (before, after) = difference(&mutant.edits, &files);
        assert_ne!(before, after, "{mutant:?}");
        let mut changed = set.clone();
        mutant.change.apply(&mut changed);
        if let Some(read) = read(&text, &mut Files::default()) {
            assert_eq!(meaning(&read), meaning(&changed), "{before:?} {after:?}");
            assert_ne!(meaning(&read), meaning(&set), "{before:?} {after:?}");
            compared += 1;
        }
    }
    assert!(compared > 40 && compared + 12 > mutants.len(), "{compared} of {}", mutants.len());
}
