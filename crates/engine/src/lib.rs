//! Plan, build, expose, test, judge: from a change to a [`Verdict`].
//!
//! The engine acts on the world through one trait, [`System`], and reports through one enum, [`Event`]. A problem
//! in the user's code is data: a verdict with findings. A problem with the machine is also a verdict, with the
//! status [`Status::EnvironmentBroken`]. A problem in the files that describe the course is a [`SubjectError`].

mod build;
mod catalogue;
mod doctor;
mod environment;
mod event;
mod expose;
mod inputs;
mod interpreter;
mod judge;
mod manifest;
mod memory;
mod platform;
mod process;
mod queue;
mod requirements;
mod rules;
mod self_writes;
mod shell;
mod shipped;
mod source_words;
mod subject;
mod system;
mod test;
mod turn;
mod verdict;
mod verify;
mod watched;

pub use build::compiler_errors;
pub use catalogue::rules;
pub use doctor::{
    CHECKS, Check, CheckOutcome, Examined, Health, Machine, Repair, RepairOutcome, SeenBuild, Site,
    SiteKind, TargetDirOwner, TargetReport, examine, repair, why_rebuild,
};
pub use event::{Event, Step};
pub use inputs::{Inputs, is_editors_own, is_source};
pub use interpreter::{
    InUse, Interpreter, Interpreters, NoInterpreter, OLDEST_SUPPORTED, PATIENCE,
    in_environment as interpreter_in,
};
pub use judge::{CommandRun, CourseRequirements, Evidence, Project, judge};
pub use manifest::{ManifestError, Pyproject, dependency_request};
pub use process::{Ended, Finished, Output, run as run_program};
pub use queue::{Action, ChangeSet, Queue};
pub use requirements::Requirements;
pub use rules::installed_file_missing::missing_binaries;
pub use self_writes::{Change, SelfWriteDetector, VerdictFreshness};
pub use shell::word as shell_word;
pub use subject::{
    Commands, EnvironmentPolicy, Kind, Subject, SubjectError, Survey, exercise, is_project,
    project, python_of_course, survey,
};
pub use system::{
    Cancel, Command, Entry, Exit, FileKind, FileStamp, Input, Limits, NativeSystem, Process,
    ProcessEvent, SUPERVISE_VERB, Stream, Supervised, System, SystemFiles, Volume, end_by,
    start_apart, supervise,
};
pub use test::{End, FailedTest, Failure, Suite};
pub use verdict::{Outcome, RawOutput, Status, Test, Timing, Verdict};
pub use verify::{
    BuildEnv, Engine, Importable, Interrupted, Memory, Plan, RunMode, Settings, plan, verify_all,
};
pub use watched::Watched;
