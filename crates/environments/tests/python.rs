//! Compares what this crate finds with what a real interpreter does: `site`, `importlib.metadata` and
//! `importlib.machinery`. `ENVIRONMENTS_PYTHON` names another one than `python3`.
#![expect(
    clippy::disallowed_methods,
    reason = "a real interpreter needs real files, and has to be started"
)]
#![expect(
    clippy::unwrap_used,
    reason = "anything that goes wrong fails the test"
)]

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use wr_environments::{
    Distribution, Entry, FileKind, Files, Found, SearchPath, SiteLayout, module_search,
};

/// What Python reports about a site directory: the paths that it adds, the distributions, and where modules are.
const SCRIPT: &str = r#"
import importlib.machinery as machinery, importlib.metadata as metadata, json, os, site, sys
before = len(sys.path)
sys.stderr = open(os.devnull, "w")
site.addsitedir(sys.argv[1])
added = sys.path[before:]
found = {}
for one in metadata.distributions(path=added):
    key = one.metadata["Name"]
    files = one.files
    found.setdefault(key, [one.version, files and sorted(str(one.locate_file(file)) for file in files)])
def spec(name):
    path = added
    for part in name.split("."):
        spec = machinery.PathFinder.find_spec(part, path)
        if spec is None:
            return None
        path = spec.submodule_search_locations
        if path is None and part != name.split(".")[-1]:
            return None
    return list(path) if spec.origin is None else spec.origin
print(json.dumps({
    "version": sys.version_info[:2],
    "suffixes": machinery.EXTENSION_SUFFIXES,
    "added": added,
    "distributions": found,
    "modules": {name: spec(name) for name in sys.argv[2:]},
}))
"#;

/// The disk.
struct Disk;

impl Files for Disk {
    fn read(&self, path: &Path, _: u64) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, dir: &Path) -> io::Result<Vec<Entry>> {
        let paths = fs::read_dir(dir)?.map(|entry| entry.unwrap().path());
        let entries = paths.filter_map(|path| {
            let kind = self.kind(&path)?;
            Some(Entry { path, kind })
        });
        Ok(entries.collect())
    }

    fn kind(&self, path: &Path) -> Option<FileKind> {
        let found = fs::metadata(path).ok()?;
        Some(if found.is_dir() {
            FileKind::Directory
        } else {
            FileKind::File
        })
    }

    fn canonical(&self, path: &Path) -> io::Result<PathBuf> {
        fs::canonicalize(path)
    }
}

struct Environment {
    dir: tempfile::TempDir,
    root: PathBuf,
}

impl Environment {
    fn of(files: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for (file, text) in files {
            let path = root.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            let text = text.replace("{root}", root.to_str().unwrap());
            fs::write(path, text).unwrap();
        }
        Self { dir, root }
    }

    fn site(&self) -> PathBuf {
        assert!(self.dir.path().exists());
        self.root.join("site")
    }

    /// What Python reports, with the same isolation as when `wr` asks it.
    fn asked(&self, modules: &[&str]) -> serde_json::Value {
        let mut command = Command::new(python());
        command.args(["-I", "-S", "-B", "-X", "utf8", "-c", SCRIPT]);
        answer(command.arg(self.site()).args(modules))
    }

    fn path(&self) -> SearchPath {
        SearchPath::new([], &[], &[self.site()], &Disk)
    }
}

fn python() -> PathBuf {
    let named = std::env::var_os("ENVIRONMENTS_PYTHON");
    named.unwrap_or_else(|| "python3".into()).into()
}

/// The JSON in the last line that a command prints.
fn answer(command: &mut Command) -> serde_json::Value {
    let output = command.output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{errors}");
    let said = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(said.lines().last().unwrap()).unwrap()
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    serde_json::from_value(value.clone()).unwrap()
}

fn paths(value: &serde_json::Value) -> Vec<PathBuf> {
    strings(value).into_iter().map(PathBuf::from).collect()
}

#[test]
fn pth_files_add_the_same_directories() {
    let at = Environment::of(&[
        (
            "site/b.pth",
            "# a comment\n{root}/p\n\n  \n../q \r\n../missing\n",
        ),
        ("site/a.pth", "{root}/q/../r\n../q\n./inner/\n"),
        ("site/c.pth", "import sys; sys.x = 1\n {root}/s\nimporter\n"),
        ("site/d.PTH", "{root}/s\n"),
        ("site/e.pth/x", ""),
        ("site/f.pth", "{root}/p\r{root}/t\r"),
        ("site/inner/x.pth", "{root}/s\n"),
        ("site/importer/x", ""),
        ("p/nested.pth", "{root}/s\n"),
        ("q/x", ""),
        ("r/x", ""),
        ("s/x", ""),
        ("t/x", ""),
    ]);
    assert_eq!(at.path().entries, paths(&at.asked(&[])["added"]));
}

#[test]
fn newer_pythons_accept_a_byte_order_mark_and_more_line_ends() {
    let at = Environment::of(&[
        ("site/a.pth", "\u{feff}{root}/p\n"),
        ("site/b.pth", "# a comment\u{c}{root}/q\u{2028}{root}/r"),
        ("site/.c.pth", "{root}/s\n"),
        ("p/x", ""),
        ("q/x", ""),
        ("r/x", ""),
        ("s/x", ""),
    ]);
    let asked = at.asked(&[]);
    if asked["version"].as_array().unwrap()[1].as_u64() >= Some(13) {
        assert_eq!(at.path().entries, paths(&asked["added"]));
    }
}

/// What `wr` asks an interpreter.
const LAYOUT: &str = include_str!("../../engine/src/interpreter/search_path.py");

#[cfg(unix)]
#[test]
fn an_environment_has_the_same_site_directories() {
    let script = "import sys; print('\"' + sys.executable + '\"')";
    let base = answer(Command::new(python()).args(["-I", "-S", "-c", script]));
    let base = Path::new(base.as_str().unwrap());
    let home = format!("home = {}\n", base.parent().unwrap().display());
    for setting in [
        "include-system-site-packages = false\n",
        "Include-System-Site-Packages=TRUE\n",
        "include-system-site-packages = yes\n",
        "",
    ] {
        let at = Environment::of(&[("pyvenv.cfg", &format!("{home}{setting}")), ("bin/x", "")]);
        let program = at.root.join("bin/python");
        std::os::unix::fs::symlink(base, &program).unwrap();
        let script = "import json, sys; print(json.dumps(sys.version_info[:2]))";
        let version = answer(Command::new(&program).args(["-I", "-S", "-c", script]));
        let own = format!("lib/python{}.{}/site-packages", version[0], version[1]);
        fs::create_dir_all(at.root.join(own)).unwrap();

        let script = format!("import json, os, sys\n{LAYOUT}");
        let ask = |script: &str, flags: &[&str]| {
            let mut command = Command::new(&program);
            answer(
                command
                    .args(flags)
                    .args(["-c", script])
                    .env("HOME", &at.root),
            )
        };
        let layout: SiteLayout = serde_json::from_value(ask(&script, &["-I", "-S"])).unwrap();
        let ours = layout.site_directories(&program, &Disk);
        let script = "import json, site; print(json.dumps(site.getsitepackages()))";
        let mut theirs = paths(&ask(script, &["-I"]));
        theirs.retain(|dir| dir.is_dir());
        assert_eq!(ours, theirs, "{setting}");
    }
}

#[test]
fn distributions_have_the_same_names_versions_and_files() {
    let metadata = "Metadata-Version: 2.1\nName: Fast.Pkg\nVersion: 1.0\n\nVersion: 9\n";
    let at = Environment::of(&[
        ("site/Fast_Pkg-1.0.dist-info/METADATA", metadata),
        (
            "site/Fast_Pkg-1.0.dist-info/RECORD",
            "fast/a.py,,\n\"fast/o,d.py\",,\n",
        ),
        ("site/fast/a.py", ""),
        ("site/fast/o,d.py", ""),
        (
            "site/old-tool-2.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: old-tool\nVersion: 2.0\n\n",
        ),
        (
            "site/egg-3.egg-info",
            "Metadata-Version: 1.0\nName: egg\nVersion: 3\n\n",
        ),
        (
            "site/listed-4-py3.11.egg-info/PKG-INFO",
            "Metadata-Version: 1.0\nName: listed\nVersion: 4\n\n",
        ),
        (
            "site/listed-4-py3.11.egg-info/installed-files.txt",
            "../listed.py\n",
        ),
        ("site/listed.py", ""),
        ("site/in_place.pth", "{root}/p\n"),
        (
            "p/dev.egg-info/PKG-INFO",
            "Metadata-Version: 1.0\nName: dev\nVersion: 5\n\n",
        ),
    ]);
    let asked = at.asked(&[]);
    let theirs = asked["distributions"].as_object().unwrap();
    let ours = Distribution::all(&at.path().sites, &Disk);
    assert_eq!(ours.len(), theirs.len(), "{ours:?} {theirs:?}");
    for (name, found) in theirs {
        let one = Distribution::find(name, &at.path().sites, &Disk).unwrap();
        assert_eq!(one.version, found[0], "{name}");
        // Before 3.12, Python doesn't read `installed-files.txt`.
        if one.listed(&Disk).is_some() && !found[1].is_null() {
            let mut files = one.files(&Disk).unwrap();
            files.sort();
            assert_eq!(files, paths(&found[1]), "{name}");
        }
    }
}

#[test]
fn modules_are_found_in_the_same_places() {
    let abi3 = if cfg!(windows) { ".pyd" } else { ".abi3.so" };
    let extension = |name: &str| format!("site/{name}{abi3}");
    let files = [
        "site/package/__init__.py".to_owned(),
        "site/package/inner.py".to_owned(),
        extension("package/core"),
        extension("package"),
        "site/package.py".to_owned(),
        extension("both"),
        "site/both.py".to_owned(),
        "site/code.pyc".to_owned(),
        "site/space/a.py".to_owned(),
        "p/space/b.py".to_owned(),
        "site/later/x.txt".to_owned(),
        "p/later.py".to_owned(),
        extension("built/__init__"),
        "site/built/sub/y.py".to_owned(),
        "site/shadow.py".to_owned(),
        "p/shadow/__init__.py".to_owned(),
    ];
    let mut files: Vec<(&str, &str)> = files.iter().map(|file| (file.as_str(), "")).collect();
    files.push(("site/p.pth", "../p\n"));
    let at = Environment::of(&files);
    let names = [
        "package",
        "package.core",
        "package.inner",
        "package.none",
        "both",
        "both.x",
        "code",
        "space",
        "space.a",
        "space.b",
        "later",
        "built",
        "built.sub",
        "built.sub.y",
        "shadow",
        "none",
    ];
    let asked = at.asked(&names);
    let suffixes = strings(&asked["suffixes"]);
    for name in names {
        let found = module_search::find(name, &at.path().entries, &suffixes, &Disk);
        let candidates = module_search::candidates(name, &at.path().entries, &suffixes, &Disk);
        let theirs = &asked["modules"][name];
        match found {
            Some(Found::Namespace(dirs)) => assert_eq!(dirs, paths(theirs), "{name}"),
            Some(Found::Package(dir)) => {
                let origin = Path::new(theirs.as_str().unwrap());
                assert_eq!(origin.parent(), Some(&*dir), "{name}");
                assert_eq!(
                    candidates.first().map(|file| &**file),
                    Some(origin),
                    "{name}"
                );
            }
            Some(Found::Extension(file) | Found::Source(file)) => {
                assert_eq!(theirs.as_str(), file.to_str(), "{name}");
                assert_eq!(candidates.first(), Some(&file), "{name}");
            }
            None => assert!(theirs.is_null(), "{name}: {theirs}"),
        }
    }
}
