//! What the files that run a project's tests install for them: continuous integration, tox, nox, and task runners.

use std::path::{Path, PathBuf};

use anatomy::normalized_distribution;

use super::suggests_tests;
use crate::system::{System, SystemExt};

/// Files that run tests, in addition to GitHub's workflows.
const RUNNERS: [&str; 9] = [
    "tox.ini",
    "noxfile.py",
    "Makefile",
    "makefile",
    "justfile",
    "Justfile",
    ".gitlab-ci.yml",
    "Taskfile.yml",
    "setup.cfg",
];

/// What these files name.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ci {
    /// Groups and extras, normalized.
    groups: Vec<String>,
    /// Existing requirements files.
    pub(super) files: Vec<PathBuf>,
}

impl Ci {
    /// Whether this group or extra is named and its name suggests tests. Groups for documentation or releases are named too, but
    /// no test needs them.
    pub(super) fn names(&self, group: &str) -> bool {
        suggests_tests(group) && self.groups.contains(&normalized_distribution(group))
    }
}

pub(super) fn read(system: &dyn System, root: &Path) -> Ci {
    let workflows = system
        .list(&root.join(".github/workflows"))
        .unwrap_or_default();
    let workflows = workflows
        .into_iter()
        .map(|entry| entry.path)
        .filter(|path| {
            path.extension()
                .is_some_and(|ending| ending == "yml" || ending == "yaml")
        });
    let mut ci = Ci::default();
    for file in RUNNERS.iter().map(|name| root.join(name)).chain(workflows) {
        if let Ok(bytes) = system.read(&file) {
            ci.add(system, root, &String::from_utf8_lossy(&bytes));
        }
    }
    ci.groups.sort();
    ci.groups.dedup();
    ci.files.sort();
    ci.files.dedup();
    ci
}

impl Ci {
    fn add(&mut self, system: &dyn System, root: &Path, text: &str) {
        // A comment installs nothing.
        let lines = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'));
        for line in lines {
            let words: Vec<&str> = line
                .split(|letter: char| letter.is_whitespace() || "\"'()=,".contains(letter))
                .filter(|word| !word.is_empty())
                .collect();
            for (at, word) in words.iter().enumerate() {
                let value = || words.get(at + 1).copied();
                match *word {
                    "--extra" | "--group" | "--only-group" | "--with" => {
                        self.groups.extend(value().map(normalized_distribution));
                    }
                    "-r" | "--requirement" | "--requirements" => {
                        self.add_file(system, root, value().unwrap_or_default());
                    }
                    glued => {
                        if let Some(named) = glued.strip_prefix("-r")
                            && is_requirements(named)
                        {
                            self.add_file(system, root, named);
                        }
                    }
                }
            }
            self.groups.extend(own_extras(line));
        }
    }

    fn add_file(&mut self, system: &dyn System, root: &Path, named: &str) {
        // tox writes its starting directory as a variable.
        let named = named
            .trim_start_matches("{toxinidir}/")
            .trim_start_matches("./");
        let path = root.join(named);
        let is_plain = named == "requirements.txt";
        let stem = named.trim_end_matches(".txt").trim_end_matches(".in");
        let is_for_tests = is_plain || suggests_tests(&stem.replace("requirements", "-"));
        if is_requirements(named) && is_for_tests && system.is_file(&path) {
            self.files.push(path);
        }
    }
}

fn is_requirements(named: &str) -> bool {
    let path = Path::new(named);
    path.extension()
        .is_some_and(|ending| ending == "txt" || ending == "in")
}

/// The extras of `pip install .[test]` and `pip install -e ".[dev,test]"`.
fn own_extras(line: &str) -> Vec<String> {
    let Some((before, rest)) = line.split_once(".[") else {
        return Vec::new();
    };
    // `foo.[` isn't a path to the project.
    if before.ends_with(|letter: char| letter.is_ascii_alphanumeric()) {
        return Vec::new();
    }
    let list = rest.split(']').next().unwrap_or_default();
    list.split(',')
        .map(|one| normalized_distribution(one.trim()))
        .collect()
}
