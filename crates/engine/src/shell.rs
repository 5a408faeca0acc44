//! Words of a command that users copy into a shell.

use std::path::Path;

/// A path as a single word, whatever it contains: a command that is split at a space would act on another directory.
pub fn word(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    // Only a NUL byte can't be quoted, and no path has one.
    let quoted = shlex::bytes::try_quote(bytes).unwrap_or(bytes.into());
    String::from_utf8_lossy(&quoted).into_owned()
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn special_characters_are_quoted() {
        for (path, expected) in [
            ("/w/.venv", "/w/.venv"),
            ("/w/own two/.venv", "'/w/own two/.venv'"),
            ("/w/$(rm)", "'/w/$(rm)'"),
        ] {
            assert_eq!(word(path.as_ref()), expected);
        }
        let quotes = word("/w/it's".as_ref());
        assert_eq!(shlex::split(&quotes), Some(vec!["/w/it's".to_owned()]));
    }
}
