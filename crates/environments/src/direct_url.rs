//! `direct_url.json`, in which an installer records that a distribution was installed from a directory (PEP 610).

use std::path::PathBuf;

use serde::Deserialize;

#[derive(Deserialize)]
struct DirectUrl {
    url: String,
    #[serde(default)]
    dir_info: DirInfo,
}

#[derive(Default, Deserialize)]
struct DirInfo {
    #[serde(default)]
    editable: bool,
}

/// The project's directory, if the install is editable.
pub(crate) fn editable_project(text: &str) -> Option<PathBuf> {
    let noted: DirectUrl = serde_json::from_str(text).ok()?;
    let path = noted.url.strip_prefix("file://")?;
    let decoded = decoded(path)?;
    noted.dir_info.editable.then(|| decoded.into())
}

/// The path of a URL, with percent-encoding decoded (RFC 3986).
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut parts = path.split('%');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_editable_directories_count() {
        let read = |text: &str| editable_project(text);
        assert_eq!(
            read(r#"{"url": "file:///p/a%20b", "dir_info": {"editable": true}}"#),
            Some("/p/a b".into())
        );
        for text in [
            r#"{"url": "file:///p", "dir_info": {}}"#,
            r#"{"url": "file:///p"}"#,
            r#"{"url": "https://x/y.whl", "dir_info": {"editable": true}}"#,
            "no JSON",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn the_path_of_a_url_is_read() {
        assert_eq!(decoded("/a/b").as_deref(), Some("/a/b"));
        assert_eq!(decoded("/a%20b/%C3%A9").as_deref(), Some("/a b/é"));
        for text in ["/a%", "/a%2", "/a%zz", "/%ff"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
