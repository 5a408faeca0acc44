//! A directory for a single test.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::Invocation;

/// The names already used in this process.
static TAKEN: Mutex<Option<HashSet<String>>> = Mutex::new(None);

/// A directory for a single test, with the `wr` under test.
///
/// Its path is the same in every run, so that cargo recognises earlier builds and you can examine what a failed test
/// left behind. A lock keeps two test runs from using it at once.
#[derive(Debug)]
pub struct Workshop {
    name: String,
    root: PathBuf,
    wr: PathBuf,
    shared: PathBuf,
    _lock: File,
}

impl Workshop {
    /// An empty directory called `name`, in `scratch`. See [`crate::workshop!`].
    pub fn new(name: &str, wr: &Path, scratch: &Path) -> Self {
        let is_new = TAKEN
            .lock()
            .expect("no test fails while it holds this")
            .get_or_insert_default()
            .insert(name.to_owned());
        assert!(is_new, "two tests have a workshop called {name}");
        let all = scratch.join("workshops");
        create(&all);
        let lock = File::create(all.join(format!("{name}.lock"))).expect("a lock can be created");
        lock.lock().expect("a lock can be waited for");
        let root = all.join(name);
        remove(&root);
        create(&root);
        let shared = scratch.join("shared-state");
        create(&shared);
        Self {
            name: name.to_owned(),
            root,
            wr: wr.to_owned(),
            shared,
            _lock: lock,
        }
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The directory.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The program under test.
    pub fn program(&self) -> &Path {
        &self.wr
    }

    /// A path in it.
    pub fn path(&self, relative: impl AsRef<Path>) -> PathBuf {
        self.root.join(relative)
    }

    /// Writes a file, creating parent directories.
    pub fn write(&self, relative: impl AsRef<Path>, text: impl AsRef<[u8]>) -> &Self {
        let path = self.path(relative);
        create(path.parent().expect("a file is in a directory"));
        fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// The contents of a file.
    pub fn read(&self, relative: impl AsRef<Path>) -> String {
        let path = self.path(relative);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    /// Replaces a string that occurs exactly once in a file.
    pub fn replace(&self, relative: impl AsRef<Path>, from: &str, to: &str) -> &Self {
        let before = self.read(&relative);
        assert_eq!(before.matches(from).count(), 1, "{from:?} in {before}");
        self.write(relative, before.replace(from, to))
    }

    /// Creates a directory.
    pub fn folder(&self, relative: impl AsRef<Path>) -> &Self {
        create(&self.path(relative));
        self
    }

    /// Removes a file or directory, which must exist.
    pub fn remove(&self, relative: impl AsRef<Path>) -> &Self {
        let path = self.path(relative);
        let removed = if path.is_dir() {
            fs::remove_dir_all(&path)
        } else {
            fs::remove_file(&path)
        };
        removed.unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        self
    }

    /// Moves a file or directory.
    pub fn rename(&self, from: impl AsRef<Path>, to: impl AsRef<Path>) -> &Self {
        fs::rename(self.path(from), self.path(to)).expect("it can be renamed");
        self
    }

    /// The state directory shared by all tests, so that the virtual environment is created once and PyO3 compiled once.
    pub fn shared_state(&self) -> &Path {
        &self.shared
    }

    /// `wr` with these arguments, to be run in the workshop's directory with the shared state.
    pub fn wr<I: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = I>) -> Invocation {
        Invocation::new(self, args)
    }
}

pub(crate) fn create(dir: &Path) {
    fs::create_dir_all(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
}

fn remove(dir: &Path) {
    match fs::remove_dir_all(dir) {
        Ok(()) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        // A failed test may have left directories that nobody may enter.
        Err(_) => {
            allow_all(dir);
            fs::remove_dir_all(dir).unwrap_or_else(|error| panic!("{}: {error}", dir.display()));
        }
    }
}

#[cfg(unix)]
fn allow_all(dir: &Path) {
    use std::os::unix::fs::PermissionsExt;
    // If permissions can't be changed, removing the directory will fail and show it.
    let _ = fs::set_permissions(dir, fs::Permissions::from_mode(0o755));
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            allow_all(&entry.path());
        }
    }
}

#[cfg(not(unix))]
fn allow_all(_: &Path) {}
