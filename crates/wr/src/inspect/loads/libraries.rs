//! Whether this machine has the shared libraries that an extension needs: follows the loader's search (`man ld.so`),
//! for extensions on disk and a local interpreter.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anatomy::Facts;
use anatomy::facts::{Format, Image};
use anatomy::loads::{ModuleAnswer, System};

use super::{Asked, machine};
use crate::inspect::bytes;

/// Directory lists are short.
const LARGEST_LIST: u64 = 1 << 20;

/// How deeply directory lists may include others.
const DEEPEST: u8 = 8;

/// Where this machine's loader looks, apart from where an extension tells it to.
pub(super) struct Loader {
    directories: Vec<PathBuf>,
}

impl Loader {
    /// This machine's loader; `None` if the question is about another machine, or the loader isn't known.
    pub(super) fn of(asked: &Asked) -> Option<Self> {
        asked.interpreter.as_ref()?;
        let mut directories: Vec<PathBuf> = std::env::var_os("LD_LIBRARY_PATH")
            .map(|value| std::env::split_paths(&value).collect())
            .unwrap_or_default();
        match asked.host.system() {
            System::Glibc { .. } => {
                listed(Path::new("/etc/ld.so.conf"), DEEPEST, &mut directories);
            }
            System::Musl { .. } => directories.push(PathBuf::from("/usr/local/lib")),
            _ => return None,
        }
        directories.extend(machine::library_directories());
        Some(Self { directories })
    }

    /// Adds missing libraries to an answer. `beside` are the names of the package's other files, which the package may
    /// load first.
    pub(super) fn check(
        &self,
        answer: &mut ModuleAnswer,
        facts: &Facts,
        file: &Path,
        beside: &HashSet<String>,
    ) {
        for image in &facts.images {
            if image.format != Format::Elf {
                continue;
            }
            for library in self.missing(image, file) {
                let is_beside = beside.contains(library);
                answer.answer.lacks(library, is_beside);
            }
        }
    }

    /// The libraries that aren't in any place where the loader looks.
    fn missing<'image>(&self, image: &'image Image, file: &Path) -> Vec<&'image str> {
        let origin = file
            .canonicalize()
            .ok()
            .and_then(|file| file.parent().map(Path::to_owned))
            .unwrap_or_default();
        // RUNPATH disables RPATH.
        let own = if image.runpath.is_empty() {
            &image.rpath
        } else {
            &image.runpath
        };
        let own: Vec<&str> = own.iter().flat_map(|paths| paths.split(':')).collect();
        image
            .libraries
            .iter()
            .filter(|library| !library.optional && !library.is_libpython())
            .map(|library| library.name.as_str())
            .filter(|name| !self.is_found(name, &own, &origin))
            .collect()
    }

    fn is_found(&self, name: &str, own: &[&str], origin: &Path) -> bool {
        // The loader itself always exists.
        if name.starts_with("ld-linux") || name.starts_with("ld-musl") || name.starts_with("ld64") {
            return true;
        }
        if name.contains('/') {
            return Path::new(name).exists();
        }
        let origin = origin.to_string_lossy();
        let mut leads_anywhere = false;
        let in_own = own.iter().any(|dir| {
            let dir = dir
                .replace("${ORIGIN}", &origin)
                .replace("$ORIGIN", &origin);
            // Only the loader knows the values of other variables.
            leads_anywhere |= dir.contains('$');
            Path::new(&dir).join(name).exists()
        });
        in_own || leads_anywhere || self.directories.iter().any(|dir| dir.join(name).exists())
    }
}

/// The directories listed in `ld.so.conf` and the files it includes.
fn listed(file: &Path, depth: u8, directories: &mut Vec<PathBuf>) {
    let Some(text) = bytes::text(file, LARGEST_LIST) else {
        return;
    };
    for line in text.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if let Some(pattern) = line.strip_prefix("include ").map(str::trim) {
            let included = file.parent().unwrap_or(file).join(pattern);
            let (Some(dir), true) = (included.parent(), depth > 0) else {
                continue;
            };
            let ending = pattern.rsplit_once('*').map_or("", |(_, ending)| ending);
            let mut files: Vec<PathBuf> = if pattern.contains('*') {
                let entries = std::fs::read_dir(dir).into_iter().flatten().flatten();
                entries
                    .map(|entry| entry.path())
                    .filter(|path| path.to_string_lossy().ends_with(ending))
                    .collect()
            } else {
                vec![included]
            };
            files.sort();
            for file in files {
                listed(&file, depth - 1, directories);
            }
        } else if line.starts_with('/') {
            directories.push(PathBuf::from(line));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directory_lists_include_other_lists() {
        let dir = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            std::fs::create_dir_all(dir.path().join("d")).unwrap();
            std::fs::write(dir.path().join(name), text).unwrap();
        };
        write("ld.so.conf", "# first\n/opt/a # why\ninclude d/*.conf\n");
        write("d/b.conf", "/opt/b\ninclude ../ld.so.conf\n");
        write("d/c.txt", "/opt/c\n");
        let mut found = Vec::new();
        listed(&dir.path().join("ld.so.conf"), 1, &mut found);
        assert_eq!(found, ["/opt/a", "/opt/b"].map(PathBuf::from));
    }
}
