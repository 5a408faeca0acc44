//! A copy of the course in which exercises are put into various states and judged.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use course::{Course, CourseError, ExerciseId};
use engine::{
    Engine, Interrupted, Memory, RunMode, Settings, Status, Subject, Verdict, verify_all,
};

use crate::config::{ProofConfig, ProofEvent};
use crate::files;
use crate::{AuthorError, Places};

/// The files of an exercise in some state.
pub(crate) type Files = BTreeMap<PathBuf, Vec<u8>>;

/// Files in a solution's folder that aren't part of the solution.
const EXTRA_FILES: [&str; 3] = ["WHY.md", "wrong", "mutants.toml"];

/// A job for the engine.
#[derive(Debug, Clone)]
pub(crate) struct Job {
    pub(crate) exercise: ExerciseId,
    /// The state, as part of a path: verdicts on different states are remembered separately.
    pub(crate) state: String,
    pub(crate) files: Files,
    /// Whether to trust the tests whatever their digests say: digests have their own proof, and a "tests were changed"
    /// verdict says nothing about a solution.
    pub(crate) takes_tests_as_they_are: bool,
    /// A time limit shorter than the exercise's own.
    pub(crate) limit: Option<Duration>,
}

/// The copy.
pub(crate) struct Bench<'b> {
    config: &'b ProofConfig<'b>,
    places: &'b Places,
    copy: Course,
    /// Two proofs at once would overwrite each other's exercises.
    _lock: Box<dyn Send>,
}

impl<'b> Bench<'b> {
    /// Creates the copy, or updates an existing one.
    pub(crate) fn set_up(
        config: &'b ProofConfig<'b>,
        course: &Course,
        places: &'b Places,
    ) -> Result<Self, AuthorError> {
        let lock = config.workshop.join("lock");
        let lock = config
            .system
            .lock(&lock, &mut || !config.cancel.is_cancelled())
            .map_err(AuthorError::file(&lock))?
            .ok_or(Interrupted)?;
        let copy = copy(course, &config.workshop.join("course"), &|_| Ok(None))?;
        Ok(Self {
            config,
            places,
            copy,
            _lock: lock,
        })
    }

    /// The copy as a course.
    pub(crate) fn course(&self) -> &Course {
        &self.copy
    }

    /// The exercise as a learner gets it.
    pub(crate) fn starter(&self, id: &ExerciseId) -> Result<Files, AuthorError> {
        starter(self.places, id)
    }

    /// The exercise with the solution applied.
    pub(crate) fn solved(&self, id: &ExerciseId) -> Result<Files, AuthorError> {
        let mut files = self.starter(id)?;
        if self.places.has_whole_solutions() {
            // The solution brings what it needs; the settings are the course's current ones.
            files.retain(|place, _| place == Path::new(".wr.toml"));
        }
        files.extend(solution(self.places, id)?);
        Ok(files)
    }

    /// The exercise with a wrong answer applied. The answer's `.wr.toml` is only for the author.
    pub(crate) fn answered(&self, id: &ExerciseId, answer: &Path) -> Result<Files, AuthorError> {
        let mut files = self.starter(id)?;
        let mut over = read(answer)?;
        over.remove(Path::new(".wr.toml"));
        files.extend(over);
        Ok(files)
    }

    /// Puts an exercise into a state.
    pub(crate) fn put_into_state(&self, id: &ExerciseId, files: &Files) -> Result<(), AuthorError> {
        let dir = Places::of(&self.copy).exercise(id);
        files::make(&dir, files).map_err(AuthorError::file(&dir))
    }

    /// Judges all jobs, in the given order. An exercise can be in only one state at a time, so jobs on the same
    /// exercise run one after another, and jobs on different exercises in parallel.
    ///
    /// `on_verdict` is called with each verdict and the index of its job.
    pub(crate) fn judge(
        &self,
        jobs: &[Job],
        memory: Memory,
        on_verdict: &mut dyn FnMut(usize, Verdict),
    ) -> Result<(), AuthorError> {
        let mut left: Vec<usize> = (0..jobs.len()).collect();
        let mut alone: Option<Engine<'_>> = None;
        while !left.is_empty() {
            let mut taken = BTreeSet::new();
            let (round, later): (Vec<usize>, Vec<usize>) = left
                .into_iter()
                .partition(|index| taken.insert(&jobs[*index].exercise));
            left = later;
            let subjects = self.subjects(jobs, &round)?;
            let verdicts = match subjects.as_slice() {
                // Keeping the engine means that the next process is ready when the build is.
                [one] => {
                    let engine = alone.get_or_insert_with(|| {
                        Engine::new(self.config.system, self.settings(memory, RunMode::Watch))
                    });
                    vec![engine.verify(one, self.config.cancel, &|event| {
                        (self.config.tell)(ProofEvent::Engine(event));
                    })?]
                }
                _ => verify_all(
                    self.config.system,
                    &self.settings(memory, RunMode::Once),
                    &subjects,
                    self.config.jobs,
                    self.config.cancel,
                    &|event| (self.config.tell)(ProofEvent::Engine(event)),
                )?,
            };
            for (index, verdict) in round.into_iter().zip(verdicts) {
                require_machine(&verdict)?;
                on_verdict(index, verdict);
            }
        }
        Ok(())
    }

    fn settings(&self, memory: Memory, run_mode: RunMode) -> Settings {
        Settings {
            memory,
            run_mode,
            ..self.config.settings.clone()
        }
    }

    fn subjects(&self, jobs: &[Job], round: &[usize]) -> Result<Vec<Subject>, AuthorError> {
        round
            .iter()
            .map(|index| {
                let job = &jobs[*index];
                self.put_into_state(&job.exercise, &job.files)?;
                let exercise = self.copy.exercise(&job.exercise).ok_or_else(|| {
                    let message = format!("{} no longer exists", job.exercise);
                    AuthorError::Refused {
                        message,
                        help: "was it moved in the meantime? Try again".to_owned(),
                    }
                })?;
                let mut subject = engine::exercise(self.config.system, &self.copy, exercise)?;
                subject.name = format!("author/{}/{}", job.state, job.exercise);
                if job.takes_tests_as_they_are {
                    subject.tampered.clear();
                }
                if let Some(limit) = job.limit {
                    subject.time_limit = subject.time_limit.min(limit);
                }
                Ok(subject)
            })
            .collect()
    }
}

/// If the machine lacks something, nothing is proved or disproved.
fn require_machine(verdict: &Verdict) -> Result<(), AuthorError> {
    if verdict.status == Status::EnvironmentBroken {
        return Err(lacking(verdict));
    }
    Ok(())
}

/// The error for what the machine lacks, according to a verdict.
pub(crate) fn lacking(verdict: &Verdict) -> AuthorError {
    let (message, help) = verdict.diagnostics.first().map_or_else(
        || ("nothing can be verified on this machine".to_owned(), None),
        |finding| (finding.message.clone(), finding.hint.clone()),
    );
    AuthorError::Tool {
        message: format!("{}: {message}", verdict.exercise),
        help: help.unwrap_or_else(|| "run `wr check` on the exercise to see more".to_owned()),
    }
}

fn read(dir: &Path) -> Result<Files, AuthorError> {
    files::below(dir)
        .and_then(|found| files::read(&found))
        .map_err(AuthorError::file(dir))
}

/// The files of an exercise as a learner gets it.
pub(crate) fn starter(places: &Places, id: &ExerciseId) -> Result<Files, AuthorError> {
    read(&places.exercise(id))
}

/// The files in which a solution differs from its starter; empty if there is no solution.
pub(crate) fn solution(places: &Places, id: &ExerciseId) -> Result<Files, AuthorError> {
    let dir = places.solution(id);
    if !dir.is_dir() {
        return Ok(Files::new());
    }
    let mut files = read(&dir)?;
    if places.has_whole_solutions() {
        files.remove(Path::new(".wr.toml"));
    } else {
        files.retain(|place, _| !EXTRA_FILES.iter().any(|name| place.starts_with(name)));
    }
    Ok(files)
}

/// The files in which an exercise's solution differs from its starter, and the text that explains it; `None` if the course has no
/// solution of it.
///
/// # Errors
///
/// A file can't be read.
pub fn solution_of(course: &Course, id: &ExerciseId) -> Result<Option<Solution>, AuthorError> {
    let places = Places::of(course);
    let files = solution(&places, id)?;
    let why = std::fs::read_to_string(places.why(id)).ok();
    Ok((!files.is_empty()).then_some(Solution { files, why }))
}

/// A solution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Solution {
    /// The files that differ from the starter's, by their paths in the exercise.
    pub files: BTreeMap<PathBuf, Vec<u8>>,
    /// Why it's written that way, in Markdown.
    pub why: Option<String>,
}

/// Whether an exercise has a solution.
pub fn has_solution(course: &Course, id: &ExerciseId) -> bool {
    Places::of(course).solution(id).is_dir()
}

/// Writes the course with every exercise solved to `into`, and opens it. Only files that differ are written, so that
/// the build stays fresh; files that the course no longer has are removed.
pub fn write_solved_course(course: &Course, into: &Path) -> Result<Course, AuthorError> {
    let places = Places::of(course);
    copy(course, into, &|id| Ok(Some(solution(&places, id)?)))
}

fn copy(
    course: &Course,
    into: &Path,
    over: &dyn Fn(&ExerciseId) -> Result<Option<Files>, AuthorError>,
) -> Result<Course, AuthorError> {
    let exercises = course
        .exercises_dir()
        .strip_prefix(course.root())
        .map_or_else(|_| PathBuf::from("exercises"), Path::to_owned);
    let mut all = Files::new();
    for (place, bytes) in read(course.exercises_dir())? {
        all.insert(exercises.join(place), bytes);
    }
    for exercise in course.exercises() {
        let id = exercise.id();
        let below = exercises
            .join(id.chapter().as_str())
            .join(id.name().as_str());
        for (place, bytes) in over(id)?.unwrap_or_default() {
            all.insert(below.join(place), bytes);
        }
    }
    let config = course::config_file(course.root());
    let bytes = fs::read(&config).map_err(AuthorError::file(&config))?;
    all.insert(PathBuf::from(".wr.toml"), bytes);
    fs::create_dir_all(into.join(".git"))
        .and_then(|()| files::make(into, &all))
        .map_err(AuthorError::file(into))?;
    Course::find(into).map_err(|error: CourseError| error.into())
}
