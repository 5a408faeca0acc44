//! Whether the wheel's `WHEEL` and `RECORD` are those of a wheel, against `check-wheel-contents`.
//!
//! What it says about the layout of packages (W001 to W202) is advice to authors and has no counterpart here; whether it can
//! read the wheel at all has.

use std::process::Command;

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::Tools;
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let refusal = refusal(wheel, tools)?;
    let place = ComparisonSite {
        authority: "check-wheel-contents",
        wheel: &wheel.file,
        member: "",
    };
    let ours = wheel.fired(&["WR0605", "WR0608"]);
    Ok(Answer {
        compared: 1,
        differences: place
            .verdicts("WHEEL and RECORD", &ours, refusal.as_deref())
            .into_iter()
            .collect(),
    })
}

/// What it says when it can't read the wheel.
pub(super) fn refusal(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Option<String>> {
    let said = tools.said(
        Command::new(tools.python())
            .args(["-m", "check_wheel_contents", "--no-config"])
            .arg(&wheel.path),
    )?;
    // It ends with 1 both when it has advice, which it prints, and when it can't read the wheel, which it says on its error stream.
    let is_read = said.code == Some(0) || !said.printed.trim().is_empty();
    Ok((!is_read).then(|| said.last_error()))
}
