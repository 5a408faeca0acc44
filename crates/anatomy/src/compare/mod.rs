//! What differs between two binaries, two wheels or two releases, and which of it matters to those who install them.

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

/// What a change is about, in the order in which a reviewer needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// Findings that came and went.
    Findings,
    /// The tags in the wheel's name.
    Tags,
    /// `Requires-Python`.
    RequiresPython,
    /// What kind of file it is.
    Kind,
    /// The functions that Python calls to initialize a module.
    InitFunctions,
    /// The oldest stable ABI that has all that it asks of Python.
    OldestPython,
    /// The oldest glibc that it loads with.
    Glibc,
    /// The oldest system that it was built for (Mach-O).
    MinimumSystem,
    /// What it depends on: `Requires-Dist`.
    Dependencies,
    /// The libraries that are loaded with it.
    Libraries,
    /// Where the loader looks for them: RPATH and RUNPATH.
    SearchPaths,
    /// Protections that the linker turned on, such as RELRO.
    Protections,
    /// Symbols of Python's C API.
    PythonSymbols,
    /// Crates and their versions.
    Crates,
    /// The compiler.
    Compiler,
    /// The tool that built the wheel.
    Generator,
    /// Files of the wheel other than binaries.
    Files,
    /// Whether the names of inner functions are in it.
    Stripped,
    /// Thread-local variables that want their place before the program starts.
    StaticTls,
    /// The size.
    Size,
    /// The sizes of the sections.
    Sections,
}

/// What a change means for those who install it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Somebody who could use the old one cannot use the new one, or something is wrong that was not.
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
    /// Anything with a text.
    Text(String),
}

impl ChangedValue {
    pub(crate) fn text<T: ToString + ?Sized>(value: &T) -> Self {
        Self::Text(value.to_string())
    }
}

/// An item of a list that has another value now.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct ChangedItem {
    /// Which one.
    pub name: String,
    /// What it was.
    pub old: ChangedValue,
    /// What it is.
    pub new: ChangedValue,
}

/// One thing that differs.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
pub struct Change {
    /// What it is about.
    pub aspect: Aspect,
    /// What it means for those who install it.
    pub effect: Effect,
    /// The old value, where it is one and there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub old: Option<ChangedValue>,
    /// The new value, where it is one and there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new: Option<ChangedValue>,
    /// What a list has gained.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub gained: Vec<String>,
    /// What it has lost.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lost: Vec<String>,
    /// What is in both with another value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub changed: Vec<ChangedItem>,
}

impl Change {
    /// A value that is another now; nothing where it is the same.
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

    /// A list with other items now; nothing where they are the same.
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

/// The items of two sorted lists that only one of them has: gained, and lost.
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

/// Sorted, each once.
fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort();
    items.dedup();
    items
}

/// What a floor means that is another now; nothing asks for nothing, so any floor is higher than none.
fn of_floor<T: Ord>(old: Option<&T>, new: Option<&T>) -> Effect {
    match new.cmp(&old) {
        std::cmp::Ordering::Greater => Effect::Worse,
        std::cmp::Ordering::Less => Effect::Better,
        std::cmp::Ordering::Equal => Effect::Other,
    }
}
