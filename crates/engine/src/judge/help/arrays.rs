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
    let message = text.strip_prefix("TypeError: ")?;
    let from = between(message, "from=", ",")?;
    let to = message.split_once(", to=")?.1.lines().next()?.trim();
    let parameter = between(message, "while processing '", "'")
        .or_else(|| between(message, "argument '", "'"))
        .map_or("the parameter".to_owned(), |name| format!("`{name}`"));
    if message.contains("type mismatch") {
        return Some(format!(
            "the array holds `{from}`, but {parameter} takes only `{to}`: create it with `dtype=\"{to}\"`, or convert it with `.astype(\"{to}\")`; \
             in Rust, `PyArrayLike1<'_, T, AllowTypeChange>` converts it (`PyArrayLike2` for two dimensions)"
        ));
    }
    message.contains("dimensionality mismatch").then(|| {
        format!(
            "the array has {from} dimensions, but {parameter} takes {to}: `.reshape(…)` it, or take `PyReadonlyArray{from}` in Rust"
        )
    })
}
