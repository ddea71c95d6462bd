//! How large benches make what they measure.

/// Full size when measuring; a hundredth of it when it only has to run.
pub(crate) fn sized(rows: u64) -> u64 {
    let has = |flag: &str| std::env::args().any(|arg| arg == flag);
    if has("--bench") && !has("--test") { rows } else { (rows / 100).max(100) }
}
