//! Virtual environments (PEP 405): a directory with a `pyvenv.cfg` and an interpreter.

use std::path::{Path, PathBuf};

use crate::files::Files;

/// It has a handful of lines.
const LARGEST: u64 = 1 << 16;

/// The settings of a virtual environment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The directories of the interpreter that it was created from. An honest file has one.
    pub homes: Vec<PathBuf>,
    /// Whether it also sees that interpreter's packages. `site` assumes so if the file doesn't say.
    pub sees_base: bool,
}

impl Settings {
    /// The settings of the environment in a directory; `None` if it isn't one.
    pub fn read(dir: &Path, files: &dyn Files) -> Option<Self> {
        let text = files.text(&dir.join("pyvenv.cfg"), LARGEST)?;
        let mut settings = Self {
            homes: Vec::new(),
            sees_base: true,
        };
        for (key, value) in text.lines().filter_map(|line| line.split_once('=')) {
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "home" => settings.homes.push(value.into()),
                "include-system-site-packages" => {
                    settings.sees_base = value.eq_ignore_ascii_case("true");
                }
                _ => {}
            }
        }
        Some(settings)
    }
}

/// The virtual environment that the interpreter started as `executable` belongs to, and its settings. Python looks next to the
/// program and one level above; either way, the environment is the directory above.
pub(crate) fn of_interpreter(executable: &Path, files: &dyn Files) -> Option<(PathBuf, Settings)> {
    let program_dir = executable.parent()?;
    let prefix = program_dir.parent()?;
    let settings = [program_dir, prefix]
        .iter()
        .find_map(|dir| Settings::read(dir, files))?;
    Some((prefix.to_owned(), settings))
}

/// The path of the interpreter inside a virtual environment or an installation.
pub fn interpreter_in(dir: &Path) -> PathBuf {
    if cfg!(windows) {
        dir.join("Scripts").join("python.exe")
    } else {
        dir.join("bin").join("python")
    }
}

/// Whether a directory is a virtual environment.
pub fn is_virtual_environment(dir: &Path, files: &dyn Files) -> bool {
    files.is_file(&dir.join("pyvenv.cfg")) && files.is_file(&interpreter_in(dir))
}

/// Whether a virtual environment's interpreter, and the installation that its settings name, are outside a checkout. Anything
/// outside was put there by the user or the system; anything inside may come from a stranger and must not be run.
pub fn comes_from_outside(environment: &Path, checkout: &Path, files: &dyn Files) -> bool {
    let checkout = files
        .canonical(checkout)
        .unwrap_or_else(|_| checkout.to_owned());
    let is_outside = |path: &Path| {
        files
            .canonical(path)
            .is_ok_and(|real| !real.starts_with(&checkout))
    };
    let homes = Settings::read(environment, files)
        .map(|settings| settings.homes)
        .unwrap_or_default();
    is_outside(&interpreter_in(environment))
        && !homes.is_empty()
        && homes
            .iter()
            .all(|home| home.is_absolute() && is_outside(home))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fake::Fake;

    #[test]
    fn keys_are_read_in_any_case() {
        let files = Fake::of(&[
            (
                "/v/pyvenv.cfg",
                "Home = /usr/bin\ninclude-System-site-packages=FALSE\n",
            ),
            ("/w/pyvenv.cfg", "home=/a\nno pair\nhome=/b\n"),
        ]);
        let read = |dir: &str| Settings::read(Path::new(dir), &files);
        let one = read("/v").unwrap();
        assert_eq!((one.homes, one.sees_base), (vec!["/usr/bin".into()], false));
        let other = read("/w").unwrap();
        assert_eq!(other.homes, [Path::new("/a"), Path::new("/b")]);
        assert!(other.sees_base);
        assert_eq!(read("/x"), None);
    }

    #[cfg(unix)]
    #[test]
    fn an_interpreter_inside_the_checkout_is_recognised() {
        let outside = |settings: &str, program: &str| {
            let files = Fake::of(&[
                ("/c/.venv/pyvenv.cfg", settings),
                ("/c/.venv/bin/python", program),
                ("/c/own/python", ""),
                ("/usr/bin/python3", ""),
            ]);
            assert!(is_virtual_environment(Path::new("/c/.venv"), &files));
            comes_from_outside(Path::new("/c/.venv"), Path::new("/c"), &files)
        };
        let link = "->/usr/bin/python3";
        assert!(outside("home = /usr/bin", link));
        assert!(!outside("home = /usr/bin", "a program"));
        assert!(!outside("home = /usr/bin", "->/c/own/python"));
        for settings in [
            "",
            "home = /c/own",
            "home = own",
            "home = /usr/bin\nhome = /c/own",
            "home = /none",
        ] {
            assert!(!outside(settings, link), "{settings}");
        }
    }
}
