//! A Rust awaitable that is created while no event loop is running.

use super::super::suite::Context;
use super::lines_of;
use crate::test::{FailedTest, Failure};

pub(super) fn not_running(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let extension = context.extension?;
    let is_it = text.lines().next()? == "RuntimeError: no running event loop";
    let leaf = extension.rsplit('.').next()?;
    let call = lines_of(test).find(|line| line.starts_with('>'))?;
    // The extension's own function asks for the loop, not Python's.
    let makes_futures = ["future_into_py", "local_future_into_py", "into_future"]
        .iter()
        .any(|word| context.project.mentions(word));
    if !(is_it && makes_futures) {
        return None;
    }
    let has = |word: &str| context.project.mentions(word);
    // A task that `tokio::spawn` starts has none of the caller's task locals, and so no event loop.
    if has("into_future(") && (has("spawn(") || has("JoinSet")) && !has("scope(") {
        return Some(
            "a task that was started with `spawn` doesn't know the event loop, which `into_future` asks for: call `get_current_locals(py)?` before you start it, and spawn `scope(locals, …)`"
                .to_owned(),
        );
    }
    let how = "`future_into_py` needs a running event loop when it is called";
    if call.contains("asyncio.run(") || call.contains("run_until_complete(") {
        return Some(format!(
            "{how}, but the argument of `asyncio.run(…)` is evaluated before the loop starts: write `async def main(): return await {leaf}.…` and run `asyncio.run(main())`"
        ));
    }
    Some(format!("{how}: call it inside an `async def`"))
}
