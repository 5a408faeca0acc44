//! Files in a wheel that Python runs every time it starts, once they're installed: `.pth` files with code, `.start`
//! files (PEP 829), `sitecustomize` and `usercustomize` (the documentation of `site`).

use serde::Serialize;

use crate::pth::{self, PthLine, pth_lines};

/// The most lines kept from a file, and the most characters from a line.
const MOST_LINES: usize = 20;
const LONGEST_LINE: usize = 400;

/// A file that Python reads every time it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StartupFile {
    /// Its path in the wheel.
    pub path: String,
    /// What kind of file it is.
    pub kind: StartupKind,
    /// The lines that run code: in `.pth` those that start with `import`, in `.start` all of them.
    pub code: Vec<String>,
}

/// What kind of file it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StartupKind {
    /// `name.pth`: directories to search, and lines of code.
    Pth,
    /// `name.start`: functions to call, since Python 3.15.
    Start,
    /// The module `sitecustomize`.
    SiteCustomize,
    /// The module `usercustomize`.
    UserCustomize,
}

impl StartupKind {
    /// The kind of startup file that a wheel entry becomes when installed, if any.
    pub(super) fn of(path: &str) -> Option<Self> {
        let place = in_site_directory(path)?;
        let (first, rest) = place.split_once('/').unwrap_or((place, ""));
        let module = first.split('.').next().unwrap_or(first);
        let is_module = match rest {
            "" => first
                .strip_prefix(module)
                .is_some_and(|suffix| matches!(suffix, ".py" | ".pyc") || is_extension(suffix)),
            rest => first == module && matches!(rest, "__init__.py" | "__init__.pyc"),
        };
        match module {
            "sitecustomize" if is_module => return Some(Self::SiteCustomize),
            "usercustomize" if is_module => return Some(Self::UserCustomize),
            _ => {}
        }
        // Python skips hidden ones.
        if !rest.is_empty() || first.starts_with('.') {
            return None;
        }
        // For these, Python is case-sensitive.
        if first.strip_suffix(".pth").is_some() {
            Some(Self::Pth)
        } else if first.strip_suffix(".start").is_some() {
            Some(Self::Start)
        } else {
            None
        }
    }
}

impl StartupFile {
    pub(super) fn read(path: &str, kind: StartupKind, bytes: &[u8]) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let code: Box<dyn Iterator<Item = &str>> = match kind {
            StartupKind::Pth => Box::new(pth_lines(&text).filter_map(|line| match line {
                PthLine::Code(line) => Some(line),
                PthLine::Path(_) => None,
            })),
            StartupKind::Start => Box::new(
                pth::lines(&text).filter(|line| !line.trim().is_empty() && !line.starts_with('#')),
            ),
            StartupKind::SiteCustomize | StartupKind::UserCustomize => Box::new(std::iter::empty()),
        };
        Self {
            path: path.to_owned(),
            kind,
            code: code
                .take(MOST_LINES)
                .map(|line| line.chars().take(LONGEST_LINE).collect())
                .collect(),
        }
    }

    /// Whether it makes Python run code.
    pub fn runs_code(&self) -> bool {
        match self.kind {
            StartupKind::Pth | StartupKind::Start => !self.code.is_empty(),
            StartupKind::SiteCustomize | StartupKind::UserCustomize => true,
        }
    }
}

/// The path relative to `site-packages`, for files that are installed there.
fn in_site_directory(path: &str) -> Option<&str> {
    match path.split_once('/') {
        Some((first, rest)) if first.strip_suffix(".data").is_some() => rest
            .strip_prefix("platlib/")
            .or_else(|| rest.strip_prefix("purelib/"))
            // Files installed relative to the environment's prefix may end up there too.
            .or_else(|| {
                let rest = rest.strip_prefix("data/")?;
                let at = rest.find("site-packages/")?;
                rest.get(at..)?.strip_prefix("site-packages/")
            }),
        _ => Some(path),
    }
}

fn is_extension(suffix: &str) -> bool {
    [".so", ".pyd"]
        .iter()
        .any(|ending| suffix.strip_suffix(ending).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn startup_files_are_recognised_by_their_location() {
        let kind = StartupKind::of;
        assert_eq!(kind("a.pth"), Some(StartupKind::Pth));
        assert_eq!(kind("a-1.data/purelib/a.pth"), Some(StartupKind::Pth));
        assert_eq!(
            kind("a-1.data/data/lib/python3.12/site-packages/a.pth"),
            Some(StartupKind::Pth)
        );
        assert_eq!(kind("a.start"), Some(StartupKind::Start));
        assert_eq!(kind("sitecustomize.py"), Some(StartupKind::SiteCustomize));
        assert_eq!(
            kind("usercustomize/__init__.py"),
            Some(StartupKind::UserCustomize)
        );
        assert_eq!(
            kind("sitecustomize.cpython-312-darwin.so"),
            Some(StartupKind::SiteCustomize)
        );
        for path in [
            "model/weights.pth",
            ".hidden.pth",
            "a-1.data/data/share/a.pth",
            "a/sitecustomize.py",
            "sitecustomize.txt",
            "sitecustomized.py",
            "a.pth.txt",
        ] {
            assert_eq!(kind(path), None, "{path}");
        }
    }

    #[test]
    fn only_lines_starting_with_import_are_code() {
        let code = |text: &str| StartupFile::read("a.pth", StartupKind::Pth, text.as_bytes()).code;
        assert_eq!(code("../src\n# import x\n import y\nimporter\n"), [""; 0]);
        assert_eq!(code("# harmless\rimport x\r"), ["import x"]);
        assert_eq!(
            code("\u{feff}import x\nimport\ty\n"),
            ["import x", "import\ty"]
        );
    }
}
