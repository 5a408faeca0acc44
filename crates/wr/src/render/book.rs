//! The book: where it was opened, and a verdict as it shows it, which is the same words as on the terminal, as values.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;

use diagnostic::{Diagnostic, Evidence, Severity};
use engine::{Outcome, RawOutput, Status, Test, Verdict};
use livebook::{Finding, Mark, Output};

use super::diagnostic::evidence_lines;
use super::snippet::Sources;
use super::style::PLACE;
use super::verdict::milliseconds;
use crate::render::text::{Text, say};
use crate::watch::Opened;
use crate::{rules, voice};

/// The most bytes of one tool's output that the book shows. All of it is in the terminal, and in `wr check -v`.
const MOST_OUTPUT: usize = 64 * 1024;

/// Writes where the book was opened.
pub(super) fn opened(out: &mut Text, opened: &Opened) {
    if opened.is_in_browser {
        say!(out, "The book opens in your browser, at this address:");
    } else {
        say!(out, "Open the book in your browser, at this address:");
    }
    // Whole, even if the terminal is narrower: an address with a line break in it isn't one.
    for address in &opened.addresses {
        say!(out, "  {PLACE}{address}{PLACE:#}");
    }
    if opened.is_served_elsewhere {
        say!(
            out,
            "{}",
            out.wrapped(
                "The watch that is already running serves it. It ends with that watch.",
                0
            )
        );
    }
    say!(out);
}

/// A verdict on the subject whose files are below `root`, with the lines that its findings are about as they are now.
pub(crate) fn verdict(verdict: &Verdict, root: &Path, at: SystemTime) -> livebook::Verdict {
    let sources = Sources::below(root);
    livebook::Verdict {
        mark: mark(verdict.status),
        headline: voice::heading(verdict).to_owned(),
        remark: voice::remark(verdict).map(str::to_owned),
        judged_at: at.into(),
        took: milliseconds(verdict),
        findings: verdict
            .diagnostics
            .iter()
            .map(|finding| self::finding(finding, &sources))
            .collect(),
        explanations: explanations(&verdict.diagnostics),
        tests: verdict.tests.iter().map(test).collect(),
        output: verdict.output.iter().map(output).collect(),
    }
}

fn mark(status: Status) -> Mark {
    match status {
        Status::Solved => Mark::Good,
        Status::Unfinished => Mark::Open,
        _ => Mark::Bad,
    }
}

fn finding(finding: &Diagnostic, sources: &Sources) -> Finding {
    Finding {
        code: finding.code.to_string(),
        severity: match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
        .to_owned(),
        message: finding.message.clone(),
        evidence: finding
            .evidence
            .iter()
            .filter_map(|one| evidence(one, sources))
            .collect(),
        hint: finding.hint.clone(),
    }
}

/// The evidence as the terminal shows it, without colours and with whole lines.
fn evidence(evidence: &Evidence, sources: &Sources) -> Option<livebook::Evidence> {
    let mut text = Text::with_width(None);
    evidence_lines(&mut text, evidence, sources, 0);
    let text = anstream::adapter::strip_str(text.as_str()).to_string();
    let (first, rest) = text
        .trim_end()
        .split_once('\n')
        .unwrap_or((text.trim_end(), ""));
    let what = first.strip_prefix("--> ").unwrap_or(first);
    (!what.is_empty()).then(|| livebook::Evidence {
        what: what.trim_end_matches(':').to_owned(),
        lines: (!rest.is_empty()).then(|| rest.to_owned()),
    })
}

fn explanations(findings: &[Diagnostic]) -> BTreeMap<String, Vec<livebook::Block>> {
    rules::all()
        .into_iter()
        .filter(|rule| findings.iter().any(|finding| finding.code == *rule.code()))
        .map(|rule| {
            let page = livebook::parse_markdown(&rule.page().markdown);
            (rule.code().to_string(), page)
        })
        .collect()
}

fn test(test: &Test) -> livebook::Test {
    livebook::Test {
        name: test.id.clone(),
        outcome: match test.outcome {
            Outcome::Passed => "passed",
            Outcome::Failed => "failed",
            Outcome::Skipped => "skipped",
            Outcome::XFailed => "xfailed",
        }
        .to_owned(),
        message: test.message.clone(),
    }
}

fn output(output: &RawOutput) -> Output {
    let text = output.excerpt.as_ref().unwrap_or(&output.text);
    let text = anstream::adapter::strip_str(text).to_string();
    Output {
        from: output.from.clone(),
        text: shortened(text, output.ends_with_cause),
    }
}

/// The part of an output that says what went wrong, if it's too long to send with every state.
fn shortened(text: String, keep_end: bool) -> String {
    if text.len() <= MOST_OUTPUT {
        return text;
    }
    if keep_end {
        let from = (text.len() - MOST_OUTPUT..text.len()).find(|&at| text.is_char_boundary(at));
        format!("…{}", &text[from.unwrap_or(text.len())..])
    } else {
        let to = (0..=MOST_OUTPUT)
            .rev()
            .find(|&at| text.is_char_boundary(at));
        format!("{}…", &text[..to.unwrap_or(0)])
    }
}

#[cfg(test)]
mod tests {
    use diagnostic::SourceLocation;

    use super::*;

    #[test]
    fn evidence_is_a_line_and_what_belongs_to_it() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("a.rs"), "one\n    two three\n").unwrap();
        let sources = Sources::below(dir.path());
        let found = evidence(
            &Evidence::Source {
                location: SourceLocation::column("a.rs", 2, 9),
                text: None,
            },
            &sources,
        )
        .unwrap();
        assert_eq!(found.what, "a.rs:2:9");
        let lines = found.lines.unwrap();
        assert!(lines.starts_with("2 |     two three\n"), "{lines}");
        assert!(lines.contains('^'), "{lines}");
    }

    #[test]
    fn a_finding_comes_with_the_page_of_its_rule() {
        let rule = rules::all()[0];
        let pages = explanations(&[rule.finding("a"), rule.finding("b")]);
        assert_eq!(pages.len(), 1);
        assert!(!pages[rule.code().as_str()].is_empty());
        assert!(explanations(&[]).is_empty());
    }

    #[test]
    fn long_output_keeps_the_end_that_matters() {
        let long = format!("first{}last", "ä".repeat(MOST_OUTPUT));
        assert!(shortened(long.clone(), true).ends_with("last"));
        assert!(shortened(long.clone(), false).starts_with("first"));
        assert!(shortened(long, true).len() <= MOST_OUTPUT + 8);
        assert_eq!(shortened("short".to_owned(), true), "short");
    }
}
