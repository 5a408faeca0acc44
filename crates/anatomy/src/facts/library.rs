//! Libraries that a binary needs when it's loaded.

use serde::Serialize;

use crate::target::PythonVersion;

/// A library that a binary needs, by the name it requests.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Library {
    /// The name: from `DT_NEEDED`, the path in `LC_LOAD_DYLIB`, or the DLL.
    pub name: String,
    /// Whether the binary loads without it (Mach-O's weak and PE's delayed libraries).
    pub optional: bool,
}

impl Library {
    /// The last part of the name.
    pub fn file_name(&self) -> &str {
        file_name(&self.name)
    }

    /// Whether it's Python itself: `libpython3.12.so.1.0`, `libpython3.12.dylib`, `Python.framework/…/Python`,
    /// `python312.dll`.
    pub fn is_libpython(&self) -> bool {
        is_libpython(&self.name)
    }

    /// The version in a Python library's name, if it has one; the stable ABI's `python3.dll` doesn't.
    pub fn python_version(&self) -> Option<PythonVersion> {
        if !self.is_libpython() {
            return None;
        }
        let file = self.file_name().to_ascii_lowercase();
        if let Some(rest) = file.strip_prefix("libpython") {
            let end = rest
                .find(|letter: char| letter != '.' && !letter.is_ascii_digit())
                .unwrap_or(rest.len());
            return PythonVersion::parse(rest.get(..end)?.trim_end_matches('.'));
        }
        if let Some(rest) = file.strip_prefix("python") {
            let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
            if digits.len() > 1 {
                return PythonVersion::from_digits(&digits);
            }
        }
        let (_, rest) = self.name.split_once("/Versions/")?;
        PythonVersion::parse(rest.split('/').next()?.trim_end_matches('t'))
    }
}

fn file_name(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}

/// Whether a library with this name is Python itself.
pub(super) fn is_libpython(name: &str) -> bool {
    let file = file_name(name).to_ascii_lowercase();
    file.starts_with("libpython2.")
        || file.starts_with("libpython3")
        || file.starts_with("cygpython3")
        || file.starts_with("libpypy")
        || (file == "python" && name.contains("Python.framework/"))
        // Apple's own.
        || (file == "python3" && name.contains("Python3.framework/"))
        || is_python_dll(&file)
}

/// `python312.dll`, `python313t_d.dll`, `python3.dll`; not `pythoncom312.dll`.
fn is_python_dll(file: &str) -> bool {
    file.strip_prefix("python")
        .and_then(|rest| rest.strip_suffix(".dll"))
        .is_some_and(|rest| {
            let flags = rest.trim_start_matches(|letter: char| letter.is_ascii_digit());
            flags.len() < rest.len() && matches!(flags, "" | "t" | "_d" | "t_d")
        })
}

/// Whether a symbol may come from a library other than Python's: other extensions' helpers also export names that start
/// with `Py`.
pub(crate) fn may_come_from_elsewhere(libraries: &[Library]) -> bool {
    const SYSTEM: [&str; 12] = [
        "libc.",
        "libm.",
        "libgcc_s.",
        "libstdc++.",
        "libpthread.",
        "libdl.",
        "librt.",
        "libutil.",
        "ld-linux",
        "libSystem.",
        "libc++.",
        "libatomic.",
    ];
    libraries.iter().any(|library| {
        let file = library.file_name();
        !library.is_libpython() && !SYSTEM.iter().any(|prefix| file.starts_with(prefix))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn python(name: &str) -> (bool, Option<String>) {
        let library = Library {
            name: name.to_owned(),
            optional: false,
        };
        (
            library.is_libpython(),
            library.python_version().map(|version| version.to_string()),
        )
    }

    #[test]
    fn python_libraries_are_recognised_by_name() {
        let is = |version: &str| (true, Some(version.to_owned()));
        assert_eq!(python("libpython3.12.so.1.0"), is("3.12"));
        assert_eq!(python("libpython3.13t.so.1.0"), is("3.13"));
        assert_eq!(python("@rpath/libpython3.11.dylib"), is("3.11"));
        assert_eq!(
            python("/Library/Frameworks/Python.framework/Versions/3.10/Python"),
            is("3.10")
        );
        assert_eq!(python("python312.dll"), is("3.12"));
        assert_eq!(python("python313t.dll"), is("3.13"));
        assert_eq!(python("python3.dll"), (true, None));
        assert_eq!(python("libpython3.so"), (true, None));
    }

    #[test]
    fn other_libraries_are_not_python() {
        for name in [
            "libc.so.6",
            "pythoncom312.dll",
            "libpythonic.so",
            "Python",
            "libboost_python312.so.1",
        ] {
            assert_eq!(python(name), (false, None), "{name}");
        }
    }
}
