//! Regular expressions that cost more than they say. The engine is linear, so none of them hangs; but a program is run over
//! every text of a night, and the time goes with its size.

use regex::RegexBuilder;
use regex_syntax::hir::{Hir, HirKind};

/// Largest program that goes without a remark, in bytes.
const LARGE_BYTES: usize = 96 * 1024;
/// Repetitions inside each other may multiply to this.
const MANY: u64 = 1_000;

/// Why an expression may be slow.
pub(super) fn reason(source: &str) -> Option<&'static str> {
    let hir = regex_syntax::Parser::new().parse(source).ok()?;
    if repeats_repetition(&hir) {
        return Some("repeats a part that itself repeats without end");
    }
    if most_copies(&hir) > MANY {
        return Some("counts to more than 1,000");
    }
    let large = RegexBuilder::new(source).size_limit(LARGE_BYTES).build().is_err();
    large.then_some("becomes a large program")
}

fn children(hir: &Hir) -> Vec<&Hir> {
    match hir.kind() {
        HirKind::Repetition(repetition) => vec![&repetition.sub],
        HirKind::Capture(capture) => vec![&capture.sub],
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().collect(),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => Vec::new(),
    }
}

/// Whether a part without end repeats one that is nothing but another without end, as in `([A-Z]+)*`.
fn repeats_repetition(hir: &Hir) -> bool {
    let here = match hir.kind() {
        HirKind::Repetition(outer) if outer.max.is_none() => is_endless(&outer.sub),
        _ => false,
    };
    here || children(hir).into_iter().any(repeats_repetition)
}

fn is_endless(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Repetition(inner) => inner.max.is_none() || is_endless(&inner.sub),
        HirKind::Capture(capture) => is_endless(&capture.sub),
        HirKind::Alternation(parts) => parts.iter().any(is_endless),
        _ => false,
    }
}

/// How many copies of its innermost part the expression stands for.
fn most_copies(hir: &Hir) -> u64 {
    let here = match hir.kind() {
        HirKind::Repetition(repetition) => u64::from(repetition.max.unwrap_or(repetition.min).max(1)),
        _ => 1,
    };
    here.saturating_mul(children(hir).into_iter().map(most_copies).max().unwrap_or(1))
}
