//! Objects of a class that `pickle` can't save, or whose class it can't find.

use super::super::suite::Context;
use super::between;
use crate::test::{FailedTest, Failure};

/// A class without a module: PyO3 then says `builtins`, where pickle doesn't find it.
pub(super) fn without_module(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let extension = context.extension?;
    let message = text.lines().next()?.strip_prefix("PicklingError: ")?;
    let class = between(message, "<class 'builtins.", "'>")?;
    // Python's own classes really are there.
    let is_own = context.project.sources.values().any(|source| {
        source.contains(&format!("struct {class}")) || source.contains(&format!("enum {class}"))
    }) || class.starts_with(char::is_uppercase);
    is_own.then(|| {
        format!(
            "pickle looks classes up by module, and `{class}` doesn't say which module it belongs to: write `#[pyclass(module = \"{extension}\")]`"
        )
    })
}

/// A class that doesn't say how to recreate its objects.
pub(super) fn without_reduce(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let extension = context.extension?;
    let message = text.lines().next()?.strip_prefix("TypeError: ")?;
    let name = between(message, "cannot pickle '", "' object")?;
    let (module, class) = name.rsplit_once('.')?;
    let leaf = |path: &str| path.rsplit('.').next().map(str::to_owned);
    let is_own = module == "builtins" || leaf(module) == leaf(extension);
    is_own.then(|| {
        format!(
            "give `{class}` a `__reduce__` that returns the class and the arguments of its constructor, or `__getnewargs__` with `__getstate__` and `__setstate__`"
        )
    })
}
