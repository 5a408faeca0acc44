//! Gives a verdict again where nothing has changed, and remembers one that was found.

use std::path::{Path, PathBuf};

use super::{Engine, Memory, Work};
use crate::environment::Environment;
use crate::inputs::Inputs;
use crate::memory::{Key, VerdictRecord};
use crate::subject::{Kind, Subject};
use crate::verdict::Verdict;

/// What memory says of a subject.
pub(super) enum Recall {
    /// The verdict still holds.
    Known(Box<Verdict>),
    /// Nothing that holds; a verdict found now would rest on this.
    Unknown(Box<Basis>),
}

/// What a verdict rests on, taken before the work began.
pub(super) struct Basis {
    key: String,
    tree: Inputs,
    above: Inputs,
}

impl Engine<'_> {
    /// What is remembered of a subject; `None` where its verdict may rest on what cannot be known.
    pub(super) fn recall(&self, work: &mut Work<'_>) -> Option<Recall> {
        let subject = work.subject;
        let key = self.verdict_key(subject)?;
        let file = self.verdict_file(subject);
        let record = VerdictRecord::load(self.system, &file, &key);
        let earlier = record.as_ref().map(VerdictRecord::tree);
        let tree = Inputs::of_tree(self.system, &subject.root, &|_| true, earlier);
        let known = match self.settings.memory {
            Memory::Trusted => record.and_then(|record| record.verdict(self.system, &tree)),
            Memory::Ignored => None,
        };
        Some(match known {
            Some(verdict) => Recall::Known(Box::new(verdict)),
            None => Recall::Unknown(Box::new(Basis {
                key,
                tree,
                above: self.manifests_above(subject),
            })),
        })
    }

    /// Remembers a verdict, where it will say the same next time.
    pub(super) fn remember(&self, subject: &Subject, basis: Basis, verdict: &Verdict) {
        if !VerdictRecord::is_worth(verdict) {
            return;
        }
        // The environment may have been made only now; the key has to be the one that the next look computes.
        let Some(key) = self.verdict_key(subject) else {
            return;
        };
        let beyond = match &subject.kind {
            Kind::Extension(_) => match self.build_inputs(subject) {
                Some(inputs) => inputs,
                // A crate that did not compile leaves no account of its files; those of the tree are known.
                None if basis.key == key => basis.above,
                None => return,
            },
            _ => basis.above,
        };
        VerdictRecord::new(key, basis.tree, beyond, verdict.clone())
            .save(self.system, &self.verdict_file(subject));
    }

    fn verdict_key(&self, subject: &Subject) -> Option<String> {
        let environment = match &subject.kind {
            // What a course's own commands look at is theirs to know.
            Kind::Commands(_) => return None,
            Kind::Rust(rust) if rust.has_path_dependencies => return None,
            _ if subject.needs_python() => Some(self.environment_if_ready(subject)?),
            _ => None,
        };
        let mut key = Key::new(&self.settings.runner)
            .and(&format!("{subject:?} {:?}", self.settings.time_limit))
            .and_env(&self.settings.env);
        if !matches!(subject.kind, Kind::Python(_)) {
            key = key.and_toolchain(self.system, &self.settings.env);
        }
        if let Some(environment) = &environment {
            key = self.and_environment(key, environment);
        }
        Some(key.finish())
    }

    fn and_environment(&self, key: Key, environment: &Environment) -> Key {
        let mut key = key
            .and(&format!("{environment:?}"))
            .and_stamp(self.system, &environment.python)
            .and_stamp(self.system, &environment.dir.join("wr-ready.json"));
        // What is installed by hand shows as a directory of its own.
        for entry in self
            .system
            .list(&environment.dir.join("lib"))
            .unwrap_or_default()
        {
            let packages = entry.path.join("site-packages");
            for package in self.system.list(&packages).unwrap_or_default() {
                key = key.and(&package.path.to_string_lossy());
            }
        }
        key
    }

    fn manifests_above(&self, subject: &Subject) -> Inputs {
        let files = subject.root.ancestors().flat_map(|dir| {
            [
                "Cargo.toml",
                "Cargo.lock",
                "rust-toolchain",
                "rust-toolchain.toml",
                ".cargo/config.toml",
                "pytest.ini",
                "conftest.py",
                "pyproject.toml",
            ]
            .map(|name| dir.join(name))
        });
        Inputs::of_files(self.system, files, None)
    }

    fn verdict_file(&self, subject: &Subject) -> PathBuf {
        self.dir_of(&subject.name).join("verdict.json")
    }

    /// The directory for what is kept of one subject.
    pub(super) fn dir_of(&self, name: &str) -> PathBuf {
        let mut dir = self.settings.state_dir.join("run");
        // A project is called what its manifest says, which may not lead out of the directory.
        let parts = Path::new(name).components();
        dir.extend(parts.filter(|part| matches!(part, std::path::Component::Normal(_))));
        dir
    }
}
