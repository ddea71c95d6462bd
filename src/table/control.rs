//! The sender's control file: `FILE.ctl` beside an export says how many rows it has and what its hash is.
//!
//! It is a few lines `rows = 600` and `sha256 = 9f86...`, in any order; `#` starts a remark. An export that is cut, sent
//! twice in pieces or altered on the way then never passes for a quiet night.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::Refusal;
use super::file::Input;
use crate::{Error, Result};

/// What the sender announced.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Control {
    /// Data rows, the heading not counted.
    pub rows: Option<u64>,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: Option<String>,
}

impl Control {
    /// The control file beside `path`, where there is one.
    pub(super) fn beside(path: &Path) -> Result<Option<Self>> {
        let mut name = OsString::from(path.as_os_str());
        name.push(".ctl");
        let beside = PathBuf::from(name);
        if !beside.exists() {
            return Ok(None);
        }
        let text = Input::open(&beside, 64 << 10)?.read_to_end()?;
        let unreadable = || {
            Refusal::Control
                .error(&beside, "is not a control file")
                .help("it has the lines `rows = 600` and `sha256 = ...`, or one of them")
        };
        let text = String::from_utf8(text).map_err(|_| unreadable())?;
        parse(text.trim_start_matches('\u{feff}')).map(Some).ok_or_else(unreadable)
    }

    /// An error when the file is not what was announced. `rows` are its data rows; `cut_off` says that it ends
    /// inside a row.
    pub fn compare(&self, path: &Path, rows: u64, sha256: &str, cut_off: bool) -> Result<()> {
        let differs = |what: String| Err(wrong(path, what));
        if cut_off {
            return Err(Refusal::Truncated
                .error(path, "ends inside a row, though its control file announces a whole file")
                .help("ask for the export again"));
        }
        match (&self.sha256, self.rows) {
            (Some(announced), _) if announced != sha256 => differs("its SHA-256 is not the announced one".to_owned()),
            (_, Some(announced)) if announced != rows => {
                differs(format!("it has {rows} rows, the control file announces {announced}"))
            }
            _ => Ok(()),
        }
    }
}

fn wrong(path: &Path, what: String) -> Error {
    Refusal::Control
        .error(path, format!("is not the file its control file announces: {what}"))
        .help("ask for the export and its control file again")
}

fn parse(text: &str) -> Option<Control> {
    let mut control = Control::default();
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (key, value) = line.split_once(['=', ':'])?;
        match (key.trim().to_ascii_lowercase().as_str(), value.trim()) {
            ("rows", value) => control.rows = Some(value.parse().ok()?),
            ("sha256", value) if value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit()) => {
                control.sha256 = Some(value.to_ascii_lowercase());
            }
            _ => return None,
        }
    }
    (control != Control::default()).then_some(control)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_files_are_read_strictly() {
        let hash = "AB".repeat(32);
        let both = parse(&format!("# malam\nrows = 600\nsha256: {hash}\n")).unwrap();
        assert_eq!((both.rows, both.sha256.as_deref()), (Some(600), Some("ab".repeat(32).as_str())));
        for wrong in ["", "rows = many", "rows 600", "sha256 = abc", "lines = 3"] {
            assert_eq!(parse(wrong), None, "{wrong:?}");
        }
    }
}
