//! What single lines mean: verdicts, protected attributes, columns read, messages.

use super::super::{Kind, Verdict, never_together, taint, verdict};
use super::{World, condition, expression};
use crate::schema::{Protected, Reveals};

#[test]
fn lines_that_say_nothing_are_recognised() {
    let cases = [
        ("n1 = n1", Verdict::Always),
        ("n1 <> n1", Verdict::Never),
        ("1 = 1", Verdict::Always),
        ("2 < 1", Verdict::Never),
        ("n1 > 5 and n1 < 3", Verdict::Never),
        ("n1 > 5 and n1 < 7", Verdict::Open),
        ("n1 > 5 and n1 < 6", Verdict::Never),
        ("n1 < 5 or n1 >= 5", Verdict::Always),
        ("n1 < 5 or n1 > 5", Verdict::Open),
        ("n1 between 7 and 3", Verdict::Never),
        ("c1 = 'wisata' and c1 = 'umrah'", Verdict::Never),
        ("c1 <> 'wisata' or c1 <> 'umrah'", Verdict::Always),
        ("s1 = 'a' and s1 in ('b', 'c')", Verdict::Never),
        ("s1 is null and s1 = 'a'", Verdict::Never),
        ("s1 is null or s1 = 'a'", Verdict::Open),
        ("b1 and not b1", Verdict::Never),
        ("b1 or not b1", Verdict::Always),
        ("d1 >= '2025-01-01' and d1 < '2025-01-01'", Verdict::Never),
        ("n1 > 5 and n2 < 3", Verdict::Open),
        ("(n1 > 5 and n2 = 1) and n1 < 3", Verdict::Never),
        ("not (n1 = n1)", Verdict::Never),
        ("length(s1) > 3", Verdict::Open),
    ];
    for (line, expected) in cases {
        assert_eq!(verdict(&condition(line).unwrap(), &World::new()), expected, "{line}");
    }
}

#[test]
fn contradicting_lines_are_named() {
    let lines = ["n1 > 5", "s1 = 'a'", "n1 <= 5"].map(|line| condition(line).unwrap());
    let lines: Vec<_> = lines.iter().collect();
    assert_eq!(never_together(&lines, &World::new()), Some((0, 2)));
    assert_eq!(never_together(&lines[..2], &World::new()), None);
}

#[test]
fn protected_attributes_are_followed_through_expressions() {
    let sex = Reveals::Is(Protected::SEX);
    let region = Reveals::Is(Protected::REGION);
    let cases = [
        ("sex = 'P'", sex),
        ("sex in ('P')", sex),
        ("not (sex = 'L')", sex),
        ("n1 > 5 and sex <> 'L'", sex),
        ("case when sex = 'P' then 1 else 0 end = 1", sex),
        ("coalesce(sex, 'P') = 'P'", sex),
        ("sex = s1", sex),
        ("case when starts_with(nik, '12') then n1 else n2 end > 3", region),
        ("nik like '12%'", region),
        ("matches(nik, '^12')", region),
        ("nik > '12'", region),
        ("nik = '1271990101900002'", region),
        ("starts_with(upper(nik), '12')", region),
        ("similarity(nik, '1271') > 50", region),
        ("in_list(sex, 'jk')", sex),
        ("sex = sex2", Reveals::Nothing),
        ("sex is null", Reveals::Nothing),
        ("nik = kk", Reveals::Nothing),
        ("length(nik) <> 16", Reveals::Nothing),
        ("in_list(nik, 'daftar')", Reveals::Nothing),
        ("similarity(nik, kk) > 90", Reveals::Nothing),
        ("n1 > 5", Reveals::Nothing),
    ];
    for (line, expected) in cases {
        let line = line.replace("'jk'", "'daftar'").replace("in_list(sex", "in_list(lower(sex)");
        assert_eq!(taint(&condition(&line).unwrap(), &World::new()).reveals, expected, "{line}");
    }
    let kept = taint(&expression("upper(nik)").unwrap(), &World::new());
    assert_eq!(kept.reveals, Reveals::Contains(Protected::REGION));
}

#[test]
fn columns_lists_and_parameters_are_named_in_order() {
    let expr = condition("n2 > :lima or (n1 = 1 and in_list(s1, 'daftar')) or n2 is null").unwrap();
    assert_eq!(expr.columns().iter().map(|c| &**c).collect::<Vec<_>>(), ["n2", "n1", "s1"]);
    assert_eq!(expr.params().len(), 1);
    assert_eq!(&*expr.lists()[0], "daftar");
    assert!(matches!(expr.kind, Kind::Or(ref parts) if parts.len() == 3));
}

#[test]
fn hostile_lines_are_refused_quickly_and_never_panic() {
    let deep = format!("{}n1 = 1{}", "(".repeat(5_000), ")".repeat(5_000));
    let long = vec!["n1 = 1"; 3_000].join(" or ");
    for line in [&deep, &"not ".repeat(5_000), &"case when ".repeat(500), &"-".repeat(2_000)] {
        assert!(condition(line).is_err());
    }
    // A long chain of the same operator is either read or refused, but does not bring the program down.
    let _ = condition(&long);
    for line in [
        "",
        "'",
        "\"",
        "n1 = ",
        "= 1",
        "n1 = 1;",
        "select 1",
        "n1 = (select 1)",
        "🙂",
        "n1 = 'é",
        "a.b.c.d",
        ":x",
        "*",
        "count(*) > 1",
    ] {
        assert!(condition(line).is_err(), "{line}");
    }
}
