//! The files of a rendered book, as the server sees them: a map made once. An address that isn't in it leads nowhere, so no
//! address is ever turned into a path.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// The files of a rendered book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Site {
    files: BTreeMap<String, PathBuf>,
}

/// A file of a book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Asset<'s> {
    /// Where it is.
    pub(crate) path: &'s Path,
    /// What it is.
    pub(crate) kind: Kind,
}

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page that shows the panel.
    Page,
    /// A page that doesn't: the whole book for printing, or the table of contents for browsers without scripts.
    BarePage,
    /// Anything else, with its media type.
    Other(&'static str),
}

impl Site {
    /// The files in a directory.
    pub(crate) fn read(dir: &Path) -> Result<Self, walkdir::Error> {
        let mut files = BTreeMap::new();
        for entry in WalkDir::new(dir) {
            let entry = entry?;
            if !entry.file_type().is_file() {
                continue;
            }
            let below = entry.path().strip_prefix(dir).unwrap_or(entry.path());
            let names: Vec<_> = below
                .components()
                .map(|part| part.as_os_str().to_string_lossy())
                .collect();
            files.insert(names.join("/"), entry.into_path());
        }
        Ok(Self { files })
    }

    /// The file at an address, which begins with `/` and is decoded.
    pub(crate) fn get(&self, address: &str) -> Option<Asset<'_>> {
        let name = address.strip_prefix('/')?;
        let (name, path) = if name.is_empty() || name.ends_with('/') {
            self.files.get_key_value(&format!("{name}index.html"))?
        } else {
            self.files.get_key_value(name)?
        };
        Some(Asset {
            path,
            kind: kind(name),
        })
    }

    /// The page for addresses that lead nowhere.
    pub(crate) fn not_found(&self) -> Option<&Path> {
        self.files.get("404.html").map(PathBuf::as_path)
    }
}

fn kind(name: &str) -> Kind {
    let (_, end) = name.rsplit_once('.').unwrap_or_default();
    Kind::Other(match end {
        "html" if ["print.html", "toc.html"].contains(&name) => return Kind::BarePage,
        "html" => return Kind::Page,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "wasm" => "application/wasm",
        "txt" | "md" | "rs" | "py" | "toml" | "pyi" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn site() -> (tempfile::TempDir, Site) {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("a")).unwrap();
        for name in [
            "index.html",
            "print.html",
            "a/index.html",
            "a/b c.html",
            "a/d.css",
            "a/e",
        ] {
            fs::write(dir.path().join(name), name).unwrap();
        }
        let site = Site::read(dir.path()).unwrap();
        (dir, site)
    }

    #[test]
    fn addresses_lead_to_files() {
        let (dir, site) = site();
        for (address, file, kind) in [
            ("/", "index.html", Kind::Page),
            ("/index.html", "index.html", Kind::Page),
            ("/print.html", "print.html", Kind::BarePage),
            ("/a/", "a/index.html", Kind::Page),
            ("/a/b c.html", "a/b c.html", Kind::Page),
            (
                "/a/d.css",
                "a/d.css",
                Kind::Other("text/css; charset=utf-8"),
            ),
            ("/a/e", "a/e", Kind::Other("application/octet-stream")),
        ] {
            let asset = site.get(address).unwrap();
            assert_eq!(asset.path, dir.path().join(file), "{address}");
            assert_eq!(asset.kind, kind, "{address}");
        }
    }

    #[test]
    fn nothing_else_is_there() {
        let (_dir, site) = site();
        for address in [
            "",
            "index.html",
            "/a",
            "/a/../index.html",
            "/../../etc/passwd",
            "//etc/passwd",
            "/a//d.css",
            "/./index.html",
            "/a\\d.css",
        ] {
            assert_eq!(site.get(address), None, "{address}");
        }
    }
}
