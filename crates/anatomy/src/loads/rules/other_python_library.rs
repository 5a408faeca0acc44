//! The extension is linked with the library of a different Python than the one that should load it.
//!
//! On Windows every extension names the library that provides Python's functions: `python312.dll` for one version,
//! `python313t.dll` for a free-threaded one, `python3.dll` for the stable ABI. On other systems an extension names
//! none, or, by mistake, `libpython3.12.so.1.0`. Such a library belongs to one Python. With a different Python, either
//! it isn't found,
//!
//! ```text
//! ImportError: DLL load failed while importing fast: The specified module could not be found.
//! ImportError: libpython3.12.so.1.0: cannot open shared object file: No such file or directory
//! ```
//!
//! or it is, and the process then contains a second Python and crashes.
//!
//! ## Example
//!
//! `fast.pyd`, built with Python 3.12, was copied into a Python 3.13 environment, which accepts any `.pyd`.
//!
//! ## What to do
//!
//! Build it with the Python that should import it. To get one file for many versions, use one of PyO3's `abi3-py3…`
//! features.
//!
//! ## Where it is specified
//!
//! Python's manual under [Extending Python on Windows](https://docs.python.org/3/extending/windows.html) and
//! [Stable ABI](https://docs.python.org/3/c-api/stable.html); [PEP 703](https://peps.python.org/pep-0703/) for the `t`.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::facts::{Facts, Library};
use crate::loads::{Host, Python, System};
use crate::target::{PythonVersion, Threading};

pub(crate) static RULE: Rule = Rule::new(
    "WR0131",
    "other-python-library",
    include_str!("other_python_library.rs"),
);

pub(in crate::loads) fn check(facts: &Facts, artifact: &str, host: &Host) -> Option<Diagnostic> {
    let python = host.python();
    let library = facts
        .images
        .iter()
        .filter_map(|image| image.libpython())
        .find(|library| !library.optional && !is_of(library, python, host.system()))?;
    let name = library.file_name();
    let whose = owner(library);
    Some(
        RULE.finding(format!(
            "the extension is linked with `{name}`, the library of {whose}, not of {}",
            host.name()
        ))
        .because(Evidence::Section {
            name: format!("needs {}", library.name),
            binary: artifact.to_owned(),
        })
        .hint(format!("build it with {}", host.name())),
    )
}

/// Whether a Python library belongs to this Python, as far as its name says.
fn is_of(library: &Library, python: Python, system: &System) -> bool {
    let Some(version) = library.python_version() else {
        // The stable ABI library serves builds with the GIL; on other systems such a name says nothing.
        return !(matches!(system, System::Windows(_))
            && python.is_free_threaded()
            && library.file_name().eq_ignore_ascii_case("python3.dll"));
    };
    version == python.version && threading(library) == python.threading
}

/// Whether a library's name has the `t` of free-threaded builds: `libpython3.13t.so.1.0`, `python313t.dll`,
/// `PythonT.framework`.
fn threading(library: &Library) -> Threading {
    let file = library.file_name().to_ascii_lowercase();
    let after_version = file
        .trim_start_matches("libpython")
        .trim_start_matches("python")
        .trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '.');
    if after_version.starts_with('t') || library.name.contains("PythonT.framework") {
        Threading::FreeThreaded
    } else {
        Threading::Gil
    }
}

fn owner(library: &Library) -> String {
    let free_threaded = match threading(library) {
        Threading::FreeThreaded => "t",
        Threading::Gil => "",
    };
    match library.python_version() {
        Some(PythonVersion { major, minor }) => format!("Python {major}.{minor}{free_threaded}"),
        None => "builds with the GIL".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_belong_to_one_python() {
        let check = |name: &str, python: &str, expected: bool| {
            let library = Library {
                name: name.to_owned(),
                optional: false,
            };
            let windows = System::Windows("win_amd64".to_owned());
            assert_eq!(
                is_of(&library, python.parse().unwrap(), &windows),
                expected,
                "{name} {python}"
            );
        };
        check("python312.dll", "3.12", true);
        check("python312.dll", "3.13", false);
        check("python313t.dll", "3.13t", true);
        check("python313t.dll", "3.13", false);
        check("python313.dll", "3.13t", false);
        check("python3.dll", "3.13", true);
        check("python3.dll", "3.13t", false);
        check("python3t.dll", "3.15t", true);
        check("libpython3.12.so.1.0", "3.12", true);
        check("libpython3.13t.so.1.0", "3.13", false);
        check("libpython3.13t.so.1.0", "3.13t", true);
    }
}
