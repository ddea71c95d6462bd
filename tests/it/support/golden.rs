//! Golden files: text that is read in review like code and rewritten by one switch.

use std::path::Path;

/// Compares text with a golden file. `SARING_BLESS=1` writes the file instead.
#[track_caller]
pub(crate) fn check(path: &Path, text: &str) {
    let bless = std::env::var_os("SARING_BLESS").is_some();
    if bless {
        std::fs::write(path, text).unwrap();
        return;
    }
    let expected = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        expected == text,
        "{} differs; look at it, then run again with SARING_BLESS=1\n--- expected\n{expected}\n--- got\n{text}",
        path.display()
    );
}

/// The folder of fixtures of a topic.
pub(crate) fn fixtures(topic: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(topic)
}
