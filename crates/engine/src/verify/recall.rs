//! Reuses a verdict if nothing has changed, and remembers a new one.
//!
//! A verdict depends first on what is known without building: the tools, the environment, and every file of the
//! subject along with the configuration files above it. It also depends on what its code is compiled from, which
//! the compiler reports, and on what its tests read, which Python reports. A verdict is remembered only if all of
//! that is known and none of it was written while the verdict was being determined. When in doubt, everything is
//! verified again.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use diagnostic::Diagnostic;

use super::{Engine, Memory, Settings, TestReads, Work};
use crate::build;
use crate::environment::Environment;
use crate::inputs::Inputs;
use crate::manifest::{cargo_files_with_included, conftests, pytest_files};
use crate::memory::{ForWhat, Key, Seen, VerdictRecord};
use crate::subject::{Kind, Subject};
use crate::verdict::Verdict;

/// What is remembered of a subject.
pub(super) enum Recall {
    /// The verdict still holds.
    Known(Box<Verdict>),
    /// No verdict holds; a new one would depend on these inputs.
    Unknown(Box<VerdictInputs>),
}

/// What a verdict depends on, as far as that is known without building.
pub(super) struct VerdictInputs {
    key: String,
    files: Inputs,
}

impl Engine<'_> {
    /// What is remembered of a subject; `None` if its verdict may depend on something unknown.
    pub(super) fn recall(&self, work: &mut Work<'_>, tampered: &[Diagnostic]) -> Option<Recall> {
        let subject = work.subject;
        let record = VerdictRecord::read(self.system, &self.verdict_file(subject));
        let ground = self.ground(subject, tampered, record.as_ref().map(VerdictRecord::files))?;
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

    /// Remembers a verdict with its inputs, if it would be the same next time.
    pub(super) fn remember(
        &mut self,
        subject: &Subject,
        before: VerdictInputs,
        verdict: &Verdict,
        tampered: &[Diagnostic],
    ) {
        let ran = std::mem::take(&mut self.ran);
        if !VerdictRecord::is_worth(verdict) {
            return;
        }
        let seen = match ran {
            TestReads::Nothing => Seen::default(),
            TestReads::Read(reads) => match Seen::of(self.system, reads, &before.files) {
                Some(seen) => seen,
                None => return,
            },
            TestReads::Unknown => return,
        };
        let Some(built) = self.compiled_from(subject) else {
            return;
        };
        // A file that was saved meanwhile may or may not have been read, so the verdict may fit neither state.
        let Some(now) = self.ground(subject, tampered, Some(&before.files)) else {
            return;
        };
        if before.files.is_whole()
            && now.key == before.key
            && now.files.is_untouched_since(&before.files)
        {
            VerdictRecord::new(before.key, before.files, built, seen, verdict.clone())
                .save(self.system, &self.verdict_file(subject));
        }
    }

    /// What a subject's code is compiled from; `None` if that isn't known.
    fn compiled_from(&self, subject: &Subject) -> Option<Inputs> {
        let of = |manifest: &Path, profile: &str, config: &[String]| {
            let package = self.package(manifest, profile, config);
            let dir = package.target_dir(&self.target_dir_for(subject));
            build::compiled_from(self.system, &dir, manifest)
        };
        match &subject.kind {
            Kind::Extension(extension) => {
                let profile = extension.options.editable_profile.as_deref();
                let config = &extension.options.config;
                let library = of(
                    &extension.manifest,
                    profile.unwrap_or(build::PROFILE),
                    config,
                )?;
                // Tests are compiled in the test profile, whatever the library's profile is.
                if extension.rust_tests.any() && profile.is_some() {
                    Some(library.and(of(&extension.manifest, build::PROFILE, config)?))
                } else {
                    Some(library)
                }
            }
            Kind::Rust(rust) => of(&rust.manifest, build::PROFILE, &[]),
            Kind::Wheel(_) => None,
            Kind::Python(_) | Kind::Commands(_) => Some(Inputs::default()),
        }
    }

    fn ground(
        &self,
        subject: &Subject,
        tampered: &[Diagnostic],
        earlier: Option<&Inputs>,
    ) -> Option<VerdictInputs> {
        // It isn't known what a course's own commands read or what maturin packs.
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
            files = files.and(Inputs::of_whole_tree(self.system, &dir, earlier));
        }
        let tree = Inputs::of_whole_tree(self.system, &subject.root, earlier);
        Some(VerdictInputs {
            key: self.verdict_key(subject, tampered, environment.as_ref()),
            files: files.and(tree),
        })
    }

    /// A digest of everything that a verdict depends on except files. Each setting is either in it or left out with a reason,
    /// so that a new setting doesn't compile until someone decides.
    fn verdict_key(
        &self,
        subject: &Subject,
        tampered: &[Diagnostic],
        environment: Option<&Environment>,
    ) -> String {
        let Settings {
            // Only says where files are kept; the paths in a verdict are those of the subject.
            state_dir: _,
            // Its version and file are in `runner`.
            program: _,
            env,
            // Both only choose the environment, which is in the key.
            python: _,
            preferred_python: _,
            time_limit,
            // A build that it stopped isn't remembered.
            build_time_limit: _,
            memory_limit,
            runner,
            // These affect how a verdict is requested, not the verdict.
            memory: _,
            run_mode: _,
        } = &self.settings;
        let mut key = Key::new(runner)
            .and(&format!(
                "{subject:?} {tampered:?} {time_limit:?} {memory_limit:?}"
            ))
            .and_env(env, ForWhat::Tests);
        if !matches!(subject.kind, Kind::Python(_)) {
            key = key.and_toolchain(self.system, env);
        }
        if let Some(environment) = environment {
            key = key.and(&format!("{environment:?}"));
        }
        key.finish()
    }

    /// The directories outside a subject from which its tests may import modules that no installer manages; `None` if that
    /// can't be known.
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

    /// Every file from here upwards that decides how cargo builds and how pytest runs, including those that don't exist.
    fn settings_above(&self, subject: &Subject, earlier: Option<&Inputs>) -> Inputs {
        let root = &subject.root;
        let files = cargo_files_with_included(self.system, root)
            .into_iter()
            .chain(pytest_files(root))
            .chain(conftests(root));
        Inputs::of_files(self.system, files, earlier)
    }

    fn verdict_file(&self, subject: &Subject) -> PathBuf {
        self.dir_of(subject).join("verdict.json")
    }

    /// The directory for one subject's files. Two projects with the same name may share a state directory, so the name is only
    /// for people, and the digest of the root makes it unique.
    pub(crate) fn dir_of(&self, subject: &Subject) -> PathBuf {
        let root = blake3::hash(subject.root.as_os_str().as_encoded_bytes()).to_hex();
        let mut dir = self.settings.state_dir.join("run");
        // The name comes from the project's manifest, so it must not lead out of the directory.
        let parts = Path::new(&subject.name).components();
        dir.extend(parts.filter(|part| matches!(part, std::path::Component::Normal(_))));
        let mut name = dir.file_name().unwrap_or_default().to_owned();
        name.push(format!("-{}", &root[..12]));
        dir.with_file_name(name)
    }
}
