//! File URIs and paths.

use std::path::{Path, PathBuf};

/// The path of a `file:` URI; `None` for other schemes.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    // `file://host/...` is a share elsewhere; an empty host or localhost is this machine.
    let rest = rest.strip_prefix("localhost").unwrap_or(rest);
    let encoded = rest.starts_with('/').then_some(rest)?.as_bytes();
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut at = 0;
    while let Some(b) = encoded.get(at) {
        let hex =
            |n: usize| encoded.get(at + n).and_then(|b| char::from(*b).to_digit(16)).and_then(|d| u8::try_from(d).ok());
        match (b, hex(1), hex(2)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push(high * 16 + low);
                at += 3;
            }
            _ => {
                bytes.push(*b);
                at += 1;
            }
        }
    }
    let text = String::from_utf8(bytes).ok()?;
    // `/C:/rules` is `C:/rules`.
    let drive = matches!(text.as_bytes(), [b'/', letter, b':', ..] if letter.is_ascii_alphabetic());
    Some(PathBuf::from(if drive { text.get(1..)? } else { text.as_str() }))
}

/// The URI of a path.
pub(super) fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let mut uri = String::from(if text.starts_with('/') { "file://" } else { "file:///" });
    for b in text.bytes() {
        match b {
            b if b.is_ascii_alphanumeric() || b"/-_.~".contains(&b) => uri.push(char::from(b)),
            b => uri.push_str(&format!("%{b:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_come_back_from_their_uris() {
        for name in ["/srv/kantor/rules/calo.toml", "/srv/kantor baru é/a%b#c.toml", "/x/名.toml"] {
            assert_eq!(path(&uri(Path::new(name))).as_deref(), Some(Path::new(name)));
        }
        assert_eq!(path("file:///c%3A/rules/a.toml"), Some(PathBuf::from("c:/rules/a.toml")));
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("file:///a%zz%"), Some(PathBuf::from("/a%zz%")));
        assert_eq!(path("file:///%ff"), None);
    }
}
