//! Gives a verdict again where nothing has changed, and remembers one that was found.
//!
//! A verdict rests on a ground: what is known without building anything, namely the tools, the environment, and every file
//! of the subject with the configuration above it. Beyond that it rests on what its library is made of, which is cargo's
//! to tell. A verdict is remembered only where both are known, and where nothing of them was written while it was found.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{Engine, Memory, Work};
use crate::environment::Environment;
use crate::inputs::Inputs;
use crate::manifest::{cargo_files, conftests, pytest_files, stands_alone};
use crate::memory::{Key, VerdictRecord};
use crate::subject::{Extension, Kind, Subject};
use crate::verdict::{Status, Verdict};

/// What memory says of a subject.
pub(super) enum Recall {
    /// The verdict still holds.
    Known(Box<Verdict>),
    /// Nothing that holds; a verdict found now would rest on this.
    Unknown(Box<Ground>),
}

/// What a verdict rests on, as far as it is known without building anything.
pub(super) struct Ground {
    key: String,
    files: Inputs,
}

impl Engine<'_> {
    /// What is remembered of a subject; `None` where its verdict may rest on what cannot be known.
    pub(super) fn recall(&self, work: &mut Work<'_>) -> Option<Recall> {
        let subject = work.subject;
        let record = VerdictRecord::read(self.system, &self.verdict_file(subject));
        let ground = self.ground(subject, record.as_ref().map(VerdictRecord::files))?;
        let known = match self.settings.memory {
            Memory::Trusted => {
                record.and_then(|record| record.verdict(self.system, &ground.key, &ground.files))
            }
            Memory::Ignored => None,
        };
        Some(match known {
            Some(verdict) => Recall::Known(Box::new(verdict)),
            None => Recall::Unknown(Box::new(ground)),
        })
    }

    /// Remembers a verdict that was found on this ground, where it will say the same next time.
    pub(super) fn remember(&self, subject: &Subject, before: Ground, verdict: &Verdict) {
        if !VerdictRecord::is_worth(verdict) {
            return;
        }
        let Some(built) = self.built_of(subject, verdict) else {
            return;
        };
        // What was saved meanwhile may or may not have been read; then the verdict is about neither state for certain.
        let Some(now) = self.ground(subject, Some(&before.files)) else {
            return;
        };
        if before.files.is_whole()
            && now.key == before.key
            && now.files.is_untouched_since(&before.files)
        {
            VerdictRecord::new(before.key, before.files, built, verdict.clone())
                .save(self.system, &self.verdict_file(subject));
        }
    }

    /// What a subject's code is made of beyond its ground; `None` where that is not known.
    fn built_of(&self, subject: &Subject, verdict: &Verdict) -> Option<Inputs> {
        // Then all of it is part of the ground.
        let alone = |manifest: &Path| {
            let is_near = manifest.starts_with(&subject.root);
            (is_near && stands_alone(self.system, manifest)).then(Inputs::default)
        };
        match &subject.kind {
            Kind::Extension(extension) if is_told_by_cargo(extension, verdict) => self
                .build_inputs(subject)
                .or_else(|| alone(&extension.manifest)),
            Kind::Extension(extension) => alone(&extension.manifest),
            Kind::Rust(rust) => alone(&rust.manifest),
            Kind::Wheel(_) => None,
            Kind::Python(_) | Kind::Commands(_) => Some(Inputs::default()),
        }
    }

    fn ground(&self, subject: &Subject, earlier: Option<&Inputs>) -> Option<Ground> {
        // What a course's own commands look at is theirs to know, and what maturin packs is maturin's.
        if matches!(subject.kind, Kind::Commands(_) | Kind::Wheel(_)) {
            return None;
        }
        let environment = if subject.needs_python() {
            Some(self.environment_if_ready(subject)?)
        } else {
            None
        };
        let mut files = self.settings_above(subject, earlier);
        for dir in self.imported_from(subject, environment.as_ref())? {
            files = files.and(Inputs::of_tree(self.system, &dir, &|_| true, earlier));
        }
        let tree = Inputs::of_tree(self.system, &subject.root, &|_| true, earlier);
        Some(Ground {
            key: self.verdict_key(subject, environment.as_ref()),
            files: files.and(tree),
        })
    }

    fn verdict_key(&self, subject: &Subject, environment: Option<&Environment>) -> String {
        let mut key = Key::new(&self.settings.runner)
            .and(&format!("{subject:?} {:?}", self.settings.time_limit))
            .and_env(&self.settings.env);
        if !matches!(subject.kind, Kind::Python(_)) {
            key = key.and_toolchain(self.system, &self.settings.env);
        }
        if let Some(environment) = environment {
            key = key.and(&format!("{environment:?}"));
        }
        key.finish()
    }

    /// The directories outside of a subject from which its tests may import what no installer looks after; `None` where that
    /// cannot be known.
    fn imported_from(
        &self,
        subject: &Subject,
        environment: Option<&Environment>,
    ) -> Option<BTreeSet<PathBuf>> {
        let mut dirs = BTreeSet::new();
        if let Some(environment) = environment {
            dirs.extend(environment.installed.elsewhere()?.iter().cloned());
            let named = self.settings.env.get(OsStr::new("PYTHONPATH"));
            dirs.extend(named.into_iter().flat_map(std::env::split_paths));
            dirs.extend(subject.python_paths().iter().cloned());
        }
        dirs.retain(|dir| !dir.starts_with(&subject.root) && !dir.as_os_str().is_empty());
        Some(dirs)
    }

    /// Every file from here up that decides how cargo builds and how pytest runs, those that are not there included.
    fn settings_above(&self, subject: &Subject, earlier: Option<&Inputs>) -> Inputs {
        let root = &subject.root;
        let files = cargo_files(root)
            .chain(pytest_files(root))
            .chain(conftests(root));
        Inputs::of_files(self.system, files, earlier)
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

/// Whether cargo's account of the library names all the Rust that a verdict rests on. A build that failed leaves no account,
/// and what Rust tests are made of besides is in none.
fn is_told_by_cargo(extension: &Extension, verdict: &Verdict) -> bool {
    verdict.status != Status::DoesNotCompile && !extension.has_rust_tests
}
