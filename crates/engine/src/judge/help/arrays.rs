//! A NumPy array whose type of numbers, or number of dimensions, differs from what Rust asks for. The messages are
//! those of the crate `numpy`.

use super::super::suite::Context;
use super::between;
use crate::test::{FailedTest, Failure};

pub(super) fn mismatch(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    context.project.dependencies.on("numpy")?;
    let said = text.strip_prefix("TypeError: ")?;
    let from = between(said, "from=", ",")?;
    let to = said.split_once(", to=")?.1.lines().next()?.trim();
    let parameter = between(said, "while processing '", "'")
        .or_else(|| between(said, "argument '", "'"))
        .map_or("the parameter".to_owned(), |name| format!("`{name}`"));
    if said.contains("type mismatch") {
        return Some(format!(
            "the array holds `{from}`, but {parameter} takes only `{to}`: create it with `dtype=\"{to}\"`, or convert it with `.astype(\"{to}\")`; \
             in Rust, `PyArrayLike1<'_, T, AllowTypeChange>` converts it (`PyArrayLike2` for two dimensions)"
        ));
    }
    said.contains("dimensionality mismatch").then(|| {
        format!(
            "the array has {from} dimensions, but {parameter} takes {to}: `.reshape(…)` it, or take `PyReadonlyArray{from}` in Rust"
        )
    })
}
