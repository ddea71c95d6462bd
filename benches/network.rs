//! One network over phone, payer and device: applications in memory, in; networks with their measures, out. Ten million
//! applications, or as many as the command line says; one run, with its processor time and the most memory it held.
//!
//! Four of five applications have numbers of their own, the others share them: households, offices that help many, and some
//! counters whose numbers are on more applications than `max_key` and tie nobody.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a bench that fails should stop; it prints what it measured"
)]

#[path = "common/draw.rs"]
mod draw;
#[path = "common/size.rs"]
mod size;

use std::time::Instant;

use draw::Draw;
use saring::columns::{Catalog, Cx, Reach, compute};
use saring::diag::{Files, Report};
use saring::frame::{Builder, Frame};
use saring::rules::{self, Plan, RuleSet};
use saring::schema::Type;
use saring::schema::columns as c;

const RULES: &str = r#"
[pack]
name = "ukur"
family = "K"
[[network]]
name = "jaring"
keys = ["telepon", "rekening_pembayar", "id_akun_mpaspor"]
max_key = 60
having = ["kk >= 4"]
[network.measure]
kk = "count(distinct nomor_kk)"
n = "count(*)"
"#;

fn rule_set() -> RuleSet {
    let (mut files, mut report) = (Files::default(), Report::default());
    rules::check_texts(&[("ukur.toml", RULES)], &Catalog::builtin(), &mut files, &mut report).unwrap()
}

/// A number that is the row's own, that about `many` rows of `rows` share, or that a counter types.
fn key(draw: &mut Draw, row: u64, rows: u64, many: u64) -> u64 {
    match draw.below(100) {
        0..80 => 2_000_000_000 + row,
        80..99 => 1_000_000_000 + draw.below(rows / many + 1),
        _ => draw.below(50),
    }
}

fn frame(rows: u64) -> Frame {
    let many = usize::try_from(rows).unwrap();
    let mut draw = Draw(7);
    let text = |of: &mut dyn FnMut(u64) -> String, name: &str| {
        let mut column = Builder::new(Type::Text, many);
        (0..rows).for_each(|row| column.push_text(Some(&of(row))));
        column.finish(name)
    };
    let columns = vec![
        text(&mut |row| format!("{row:016}"), c::NOMOR_PERMOHONAN),
        text(&mut |row| format!("0812{:010}", key(&mut draw, row, rows, 5)), c::TELEPON),
        text(&mut |row| format!("{:012}", key(&mut draw, row, rows, 8)), c::REKENING_PEMBAYAR),
        text(&mut |row| format!("D{:011}", key(&mut draw, row, rows, 12)), c::ID_AKUN_MPASPOR),
        text(&mut |row| format!("127199{:010}", row - draw.below(3).min(row)), c::NOMOR_KK),
    ];
    let mut frame = Frame::new(many, columns).unwrap();
    for (name, ty, unit) in [(c::TANGGAL_PERMOHONAN, Type::Date, 1), (c::WAKTU_PERMOHONAN, Type::Time, 86_400_000)] {
        let mut column = Builder::new(ty, many);
        (0..rows).for_each(|row| column.push_number(i64::try_from((16_000 + row * 3_650 / rows) * unit).ok()));
        frame.add(column.finish(name)).unwrap();
    }
    frame
}

/// Processor seconds of this process, in user code and in the kernel.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: u64 = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok()).sum();
    ticks as f64 / 100.0
}

fn main() {
    let named = std::env::args().skip(1).find_map(|arg| arg.parse().ok());
    let (set, mut frame) = (rule_set(), frame(named.unwrap_or_else(|| size::sized(10_000_000))));
    let wanted = ["jaring.id", "jaring.kk", "jaring.n"];
    let plan = Plan::new(&set, wanted);
    let cx = Cx::new("2025-11-10".parse().unwrap());
    compute(&plan.sources, Reach::Row, &cx, &mut frame, &plan.columns).unwrap();
    let (begin, before) = (Instant::now(), processor());
    compute(&plan.sources, Reach::All, &cx, &mut frame, &plan.columns).unwrap();
    let (wall, cpu) = (begin.elapsed().as_secs_f64(), processor() - before);
    let ids = frame.text("jaring.id").unwrap();
    println!("applications  {}", frame.rows());
    println!("in networks   {}", ids.iter().flatten().count());
    println!("wall          {wall:.2} s, {cpu:.2} s of the processor");
}
