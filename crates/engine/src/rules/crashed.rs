//! A process that crashed during the tests.

use anatomy::shared::FATAL_SIGNAL as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

use crate::test::panics;

pub(crate) fn finding(
    signal: i32,
    during: &str,
    place: Option<SourceLocation>,
    panic: Option<(SourceLocation, String)>,
    trace: &str,
    panic_abort: Option<&Evidence>,
) -> Diagnostic {
    let mut finding = RULE.finding(format!(
        "the process died {during}: {}",
        describe_signal(signal)
    ));
    // Never advise changing a file of a dependency.
    let at_panic = panic
        .as_ref()
        .map(|(place, _)| match panics::owner(&place.file) {
            None => format!("at {place}"),
            Some(owner) => format!("instead of the panic in {owner}"),
        });
    if let Some((place, message)) = panic {
        finding = finding.because(Evidence::at_text(
            place,
            format!("the panic happened here: {message}"),
        ));
    }
    if let Some(place) = place {
        finding = finding.because(Evidence::at_text(place, "the last Python line"));
    }
    if !trace.trim().is_empty() {
        finding = finding.because(Evidence::output("faulthandler", trace.trim()));
    }
    if let (6, Some(place)) = (signal, at_panic) {
        if let Some(setting) = panic_abort {
            let manifest = match setting {
                Evidence::Source { location, .. } => location.to_string(),
                _ => "the manifest".to_owned(),
            };
            return finding.because(setting.clone()).hint(format!(
                "`panic = \"abort\"` at {manifest} makes every panic kill the process: remove it, so that PyO3 can raise the panic in Python as an exception; better still, return an error {place}"
            ));
        }
        return finding.hint(format!(
            "a panic must not leave an `extern \"C\"` function, or a `drop` that runs during another panic: return an error {place}"
        ));
    }
    finding.hint(match signal {
        9 => "something outside killed it, most likely the system because memory ran out",
        6 => {
            "look in what the test calls for a panic that can't unwind, a double panic, or `abort`"
        }
        _ => "look for `unsafe` code and recursion in what the test calls",
    })
}

/// A signal's name and meaning.
pub(crate) fn describe_signal(signal: i32) -> String {
    let meaning = match signal {
        4 => "SIGILL, an instruction that this processor doesn't have",
        5 => "SIGTRAP, a trap",
        6 => "SIGABRT, it aborted",
        7 => "SIGBUS, memory that is no longer backed by its file",
        8 => "SIGFPE, an arithmetic fault",
        9 => "SIGKILL, it was killed from outside",
        11 => "SIGSEGV, it accessed memory it doesn't own or overflowed its stack",
        15 => "SIGTERM, it was asked to stop",
        31 => "SIGSYS, a system call that isn't allowed",
        other => return format!("signal {other}"),
    };
    meaning.to_owned()
}
