//! Objects of a class that `pickle` cannot write, or not find again.

use super::super::suite::Context;
use super::between;
use crate::test::{FailedTest, Failure};

/// A class without a module of its own: PyO3 then says `builtins`, where pickle does not find it.
pub(super) fn by_name(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let extension = context.extension?;
    let said = text.lines().next()?.strip_prefix("PicklingError: ")?;
    let class = between(said, "<class 'builtins.", "'>")?;
    // Python's own classes are found there.
    let is_own = context.project.sources.values().any(|source| {
        source.contains(&format!("struct {class}")) || source.contains(&format!("enum {class}"))
    }) || class.starts_with(char::is_uppercase);
    is_own.then(|| {
        format!(
            "pickle looks classes up by module, and `{class}` doesn't say which module it belongs to: write `#[pyclass(module = \"{extension}\")]`"
        )
    })
}

/// A class that says nothing of how its objects are made again.
pub(super) fn without_a_way(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let extension = context.extension?;
    let said = text.lines().next()?.strip_prefix("TypeError: ")?;
    let name = between(said, "cannot pickle '", "' object")?;
    let (module, class) = name.rsplit_once('.')?;
    let leaf = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let is_ours = module == "builtins" || leaf(module) == leaf(extension);
    is_ours.then(|| {
        format!(
            "give `{class}` a `__reduce__` that returns the class and the arguments of its constructor, or `__getnewargs__` with `__getstate__` and `__setstate__`"
        )
    })
}
