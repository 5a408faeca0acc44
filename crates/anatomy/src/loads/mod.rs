//! Whether an extension loads under a Python that may not be on this machine: which Python, on which system, and what stops it.
//!
//! The answer rests on the rules: on the tags of wheels, on the suffixes that a Python looks at, on the symbols that each version
//! exports, and on what the rules over binaries say. A real interpreter may tell more of itself; none is needed.

mod answer;
mod gil;
mod host;
mod judge;
mod lock;
mod markers;
mod package;
pub(crate) mod rules;
mod suffixes;

pub use crate::target::{ParsePythonError, ParseSystemError, Python, System};
pub use answer::{Answer, Gil, GilAnswer, Loads};
pub use host::Host;
pub use judge::judge;
pub use lock::{
    Installs, Lock, LockAnswer, LockedPackage, Origin, ParseLockError, marker_holds,
    no_wheel_on_index,
};
pub use package::{
    ModuleAnswer, PackageAnswer, is_module, judge_modules, judge_package, judge_requirement,
    judge_wheel,
};
