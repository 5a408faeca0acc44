//! Whether an extension loads on a Python that may not be on this machine: which Python, on which system, and what
//! prevents it.
//!
//! The answer is based on the rules: on wheel tags, on the suffixes that a Python looks for, on the symbols that each
//! version exports, and on the rules for binaries. A real interpreter can add details, but none is needed.

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
