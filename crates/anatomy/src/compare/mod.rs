//! The differences between two binaries, wheels or releases, and which of them matter to users.

mod binary;
mod findings;
mod names;
mod protections;
mod release;
mod wheel;

pub use binary::{BinaryDifference, compare_binaries};
pub use release::{ReleaseDifference, compare_releases};
pub use wheel::{Compared, WheelDifference, compare_wheels};

use serde::Serialize;

/// What a change is about, in the order that a reviewer needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Findings that appeared and disappeared.
    Findings,
    /// The tags in the wheel's name.
    Tags,
    /// `Requires-Python`.
    RequiresPython,
    /// What kind of file it is.
    Kind,
    /// The functions that Python calls to initialize a module.
    InitFunctions,
    /// The oldest stable ABI that has everything it needs.
    OldestPython,
    /// The oldest glibc that it loads with.
    Glibc,
    /// The oldest system that it was built for (Mach-O).
    MinimumSystem,
    /// Its dependencies: `Requires-Dist`.
    Dependencies,
    /// The libraries that are loaded with it.
    Libraries,
    /// Where the loader looks for them: RPATH and RUNPATH.
    SearchPaths,
    /// Protections that the linker turned on, such as RELRO.
    Protections,
    /// Symbols from Python's C API.
    PythonSymbols,
    /// Crates and their versions.
    Crates,
    /// The compiler.
    Compiler,
    /// The tool that built the wheel.
    Generator,
    /// Files in the wheel other than binaries.
    Files,
    /// Whether it contains the names of internal functions.
    Stripped,
    /// Thread-local variables that must be reserved before the program starts.
    StaticTls,
    /// The size.
    Size,
    /// The sizes of the sections.
    Sections,
}

/// What a change means for users.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Someone who could use the old one can't use the new one, or there's a new problem.
    Worse,
    /// The opposite.
    Better,
    /// Neither.
    Other,
}

/// A value that changed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(untagged)]
pub enum ChangedValue {
    /// A number of bytes.
    Bytes(u64),
    /// A number of something.
    Count(u64),
    /// Anything else, as text.
    Text(String),
}

impl ChangedValue {
    pub(crate) fn text<T: ToString + ?Sized>(value: &T) -> Self {
        Self::Text(value.to_string())
    }
}

/// A list item whose value changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ChangedItem {
    /// The item.
    pub name: String,
    /// Its old value.
    pub old: ChangedValue,
    /// Its new value.
    pub new: ChangedValue,
}

/// A single difference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Change {
    /// What it is about.
    pub aspect: Aspect,
    /// What it means for users.
    pub effect: Effect,
    /// The old value, if it's a single value and existed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<ChangedValue>,
    /// The new value, if it's a single value and exists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<ChangedValue>,
    /// What was added to a list.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<String>,
    /// What was removed from it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
    /// What's in both, with a different value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<ChangedItem>,
}

impl Change {
    /// A changed value; `None` if it's the same.
    fn of_value(
        aspect: Aspect,
        effect: Effect,
        old: Option<ChangedValue>,
        new: Option<ChangedValue>,
    ) -> Option<Self> {
        (old != new).then_some(Self {
            aspect,
            effect,
            old,
            new,
            gained: Vec::new(),
            lost: Vec::new(),
            changed: Vec::new(),
        })
    }

    /// A changed list; `None` if it's the same.
    fn of_list(aspect: Aspect, gained: Vec<String>, lost: Vec<String>) -> Option<Self> {
        Self::of_items(aspect, gained, lost, Vec::new())
    }

    fn of_items(
        aspect: Aspect,
        gained: Vec<String>,
        lost: Vec<String>,
        changed: Vec<ChangedItem>,
    ) -> Option<Self> {
        (!gained.is_empty() || !lost.is_empty() || !changed.is_empty()).then_some(Self {
            aspect,
            effect: Effect::Other,
            old: None,
            new: None,
            gained,
            lost,
            changed,
        })
    }

    fn with(mut self, effect: Effect) -> Self {
        self.effect = effect;
        self
    }
}

/// The items that only one of two sorted lists has: added, and removed.
fn apart<T: Ord + Clone>(old: &[T], new: &[T]) -> (Vec<T>, Vec<T>) {
    let missing_in = |these: &[T], those: &[T]| -> Vec<T> {
        these
            .iter()
            .filter(|item| those.binary_search(item).is_err())
            .cloned()
            .collect()
    };
    (missing_in(new, old), missing_in(old, new))
}

/// Sorted, without duplicates.
fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items.dedup();
    items
}

/// What a changed minimum means; no minimum allows everything, so any minimum is higher than none.
fn of_floor<T: Ord>(old: Option<&T>, new: Option<&T>) -> Effect {
    match new.cmp(&old) {
        std::cmp::Ordering::Greater => Effect::Worse,
        std::cmp::Ordering::Less => Effect::Better,
        std::cmp::Ordering::Equal => Effect::Other,
    }
}
