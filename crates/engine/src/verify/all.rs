//! Many verdicts at once: one call of cargo for all crates of a workspace that ask for the same dependencies, while whatever is
//! already built is tested in parallel.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, Sender};

use super::extension::{BuildBasis, loadable};
use super::plan::plan;
use super::recall::Recall;
use super::{Engine, Interrupted, Settings, Work};
use crate::build;
use crate::event::Event;
use crate::manifest;
use crate::subject::{EnvironmentPolicy, Extension, Kind, Subject};
use crate::system::{Cancel, System};
use crate::verdict::Verdict;

/// Verifies many subjects with `jobs` parallel workers, and returns their verdicts in the order of the subjects.
/// Each verdict is the same as that of [`Engine::verify`].
///
/// # Errors
///
/// [`Interrupted`] if the work was cancelled before all verdicts were known; everything that ran has ended by then.
pub fn verify_all(
    system: &dyn System,
    settings: &Settings,
    subjects: &[Subject],
    jobs: usize,
    cancel: &Cancel,
    emit: &(dyn Fn(Event) + Sync),
) -> Result<Vec<Verdict>, Interrupted> {
    let mut engine = Engine::new(system, settings.clone());
    let mut verdicts: Vec<Option<Verdict>> = subjects
        .iter()
        .map(|subject| remembered(&engine, subject, cancel, emit))
        .collect();
    let open: Vec<usize> = (0..subjects.len())
        .filter(|index| verdicts[*index].is_none())
        .collect();
    prepare(&mut engine, subjects, &open, cancel, emit)?;

    let (ready, inbox) = mpsc::channel::<Ready>();
    let (done, results) = mpsc::channel();
    let inbox = Mutex::new(inbox);
    std::thread::scope(|scope| {
        for _ in 0..jobs.clamp(1, open.len().max(1)) {
            let (inbox, done) = (&inbox, done.clone());
            let mut engine = Engine::new(system, settings.clone());
            scope.spawn(move || {
                while let Some(Ready {
                    index,
                    is_just_built,
                }) = next(inbox)
                {
                    engine.is_just_built = is_just_built;
                    let result = engine.verify(&subjects[index], cancel, &|event| emit(event));
                    if done.send((index, result)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(done);
        feed(&engine, subjects, &open, &ready, cancel, emit);
        drop(ready);
        for (index, result) in results {
            verdicts[index] = result.ok();
        }
    });
    verdicts
        .into_iter()
        .map(|one| one.ok_or(Interrupted))
        .collect()
}

/// A subject that is ready to be verified.
struct Ready {
    index: usize,
    /// Whether its library was built a moment ago, together with others.
    is_just_built: bool,
}

impl Ready {
    /// A subject that still has to get its library from memory or cargo.
    fn not_built(index: usize) -> Self {
        Self {
            index,
            is_just_built: false,
        }
    }
}

fn next(inbox: &Mutex<Receiver<Ready>>) -> Option<Ready> {
    // A worker that panics while holding the lock leaves the queue intact.
    let inbox = inbox
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    inbox.recv().ok()
}

fn remembered(
    engine: &Engine<'_>,
    subject: &Subject,
    cancel: &Cancel,
    emit: &(dyn Fn(Event) + Sync),
) -> Option<Verdict> {
    let emit = |event| emit(event);
    let mut work = Work::new(subject, plan(subject), cancel, &emit);
    match engine.recall(&mut work, &engine.tampered(subject, cancel)) {
        Some(Recall::Known(verdict)) => {
            emit(Event::Started {
                subject: subject.name.clone(),
            });
            emit(Event::Judged(verdict.clone()));
            Some(*verdict)
        }
        _ => None,
    }
}

/// Prepares one environment with everything that the subjects need, so that the installer runs only once.
fn prepare(
    engine: &mut Engine<'_>,
    subjects: &[Subject],
    open: &[usize],
    cancel: &Cancel,
    emit: &(dyn Fn(Event) + Sync),
) -> Result<(), Interrupted> {
    let kept = open
        .iter()
        .map(|index| &subjects[*index])
        .filter(|subject| subject.needs_python() && subject.environment == EnvironmentPolicy::Kept);
    let mut together: Option<Subject> = None;
    for subject in kept {
        match &mut together {
            Some(together) => together
                .requirements
                .wanted
                .extend(subject.requirements.wanted.iter().cloned()),
            None => together = Some(subject.clone()),
        }
    }
    let Some(mut together) = together else {
        return Ok(());
    };
    together.requirements.wanted.sort();
    together.requirements.wanted.dedup();
    // If it can't be created, each subject's own verdict says so.
    engine
        .prepare(&together, cancel, &|event| emit(event))
        .map(drop)
}

/// Passes subjects to the workers, each as soon as it can be tested.
fn feed(
    engine: &Engine<'_>,
    subjects: &[Subject],
    open: &[usize],
    ready: &Sender<Ready>,
    cancel: &Cancel,
    emit: &(dyn Fn(Event) + Sync),
) {
    let mut groups: BTreeMap<Group, Vec<Member<'_>>> = BTreeMap::new();
    let mut alone = Vec::new();
    for &index in open {
        match group_of(engine, &subjects[index]) {
            Some((group, extension)) => {
                let subject = &subjects[index];
                let basis = engine.build_basis(subject, extension, &group.config);
                if engine.still_built(&basis).is_some() {
                    let _ = ready.send(Ready::not_built(index));
                } else {
                    groups.entry(group).or_default().push(Member {
                        index,
                        extension,
                        basis: Some(basis),
                    });
                }
            }
            None if matches!(subjects[index].kind, Kind::Python(_)) => {
                let _ = ready.send(Ready::not_built(index));
            }
            None => alone.push(index),
        }
    }
    for (group, mut members) in groups {
        build_group(engine, subjects, &group, &mut members, ready, cancel, emit);
    }
    // Cargo locks the target directory, so subjects that need their own call of cargo come last.
    for index in alone {
        let _ = ready.send(Ready::not_built(index));
    }
}

/// What the members of a group have in common, so that one call of cargo builds each exactly as a call of its own would.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    /// The manifest of the workspace.
    workspace: PathBuf,
    /// PyO3's configuration.
    config: PathBuf,
    /// The dependencies and their features.
    dependencies: String,
}

struct Member<'m> {
    index: usize,
    extension: &'m Extension,
    /// Taken when the build is recorded.
    basis: Option<BuildBasis>,
}

fn build_group(
    engine: &Engine<'_>,
    subjects: &[Subject],
    group: &Group,
    members: &mut [Member<'_>],
    ready: &Sender<Ready>,
    cancel: &Cancel,
    emit: &(dyn Fn(Event) + Sync),
) {
    let packages = members
        .iter()
        .filter_map(|member| {
            let name = member.extension.package.clone()?;
            Some((name, member.extension.manifest.clone()))
        })
        .collect();
    let target_dir = engine.target_dir();
    let emit = |event| emit(event);
    let Some(first) = members.first().map(|member| &subjects[member.index]) else {
        return;
    };
    let work = Work::new(first, plan(first), cancel, &emit);
    // In the order of their names, so that two processes that build the same libraries don't deadlock.
    let by_name: BTreeMap<_, _> = members
        .iter()
        .map(|member| (&member.extension.library, member.extension))
        .collect();
    let mut locks: BTreeMap<PathBuf, Box<dyn Send>> = by_name
        .into_values()
        .filter_map(|extension| {
            let lock = engine.library_lock(&work, extension).ok()?;
            Some((extension.manifest.clone(), lock))
        })
        .collect();
    for member in members.iter() {
        // If a library can't be claimed, it's refused later, when it is built by itself.
        let _ = build::claim(
            engine.system,
            &target_dir,
            &member.extension.library,
            &member.extension.manifest,
        );
    }
    let cargo = engine.cargo(&work, &target_dir, Some(&group.config));
    cargo.build_libraries(
        &group.workspace,
        packages,
        &mut |manifest, artifact, warnings| {
            let Some(library) = loadable(&artifact) else {
                return;
            };
            let member = members
                .iter_mut()
                .find(|member| member.extension.manifest == manifest);
            if let Some(member) = member
                && let Some(basis) = member.basis.take()
            {
                let subject = &subjects[member.index];
                // Only the watch loop of a single subject uses the result.
                let _ = engine.note_build(subject, member.extension, basis, library, &warnings);
                locks.remove(manifest);
                let _ = ready.send(Ready {
                    index: member.index,
                    is_just_built: true,
                });
            }
        },
    );
    drop(locks);
    // A subject that wasn't built reports why when it's built by itself.
    for member in members.iter().filter(|member| member.basis.is_some()) {
        let _ = ready.send(Ready::not_built(member.index));
    }
}

/// The group whose build can include a subject.
fn group_of<'s>(engine: &Engine<'_>, subject: &'s Subject) -> Option<(Group, &'s Extension)> {
    let Kind::Extension(extension) = &subject.kind else {
        return None;
    };
    if !extension.is_built_plainly() || extension.package.is_none() {
        return None;
    }
    // A package with its own target directory needs its own call of cargo.
    let package = engine.package(&extension.manifest, build::PROFILE, &[]);
    if !package.is_shared() {
        return None;
    }
    let environment = engine.environment_if_ready(subject)?;
    let config = engine.pyo3_config(&environment.interpreter, subject).ok()?;
    let workspace = manifest::workspace_of(engine.system, &extension.manifest)?;
    let group = Group {
        workspace,
        config,
        dependencies: manifest::dependency_request(engine.system, &extension.manifest)?,
    };
    Some((group, extension))
}
