//! Whether the wheel's `WHEEL` and `RECORD` are valid, compared with `check-wheel-contents`.
//!
//! Its messages about the layout of packages (W001 to W202) are advice to authors and have no counterpart here; whether
//! it can read the wheel at all has.

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

/// Its message if it can't read the wheel.
pub(super) fn refusal(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Option<String>> {
    let said = tools.said(
        Command::new(tools.python())
            .args(["-m", "check_wheel_contents", "--no-config"])
            .arg(&wheel.path),
    )?;
    // It exits with 1 both if it has advice, which goes to standard output, and if it can't read the wheel, which goes
    // to standard error.
    let is_read = said.code == Some(0) || !said.printed.trim().is_empty();
    Ok((!is_read).then(|| said.last_error()))
}
