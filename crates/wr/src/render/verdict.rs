//! A verdict as text: the status, the findings, then the tools' output.

use std::path::Path;

use ::diagnostic::Diagnostic;
use engine::{Outcome, Status, Verdict};

use super::diagnostic;
use super::screen::Screen;
use super::snippet::Sources;
use super::style::{BAD, BOLD, DIM, GOOD, HELP, PLACE, WARN};
use crate::render::text::{Text, say};
use crate::voice;

/// How many lines of one tool's raw output are shown without `--verbose`.
const MOST_LINES: usize = 40;

/// If there are more, fewer lines than this are no help.
const LEAST_LINES: usize = 4;

/// The rows below a verdict in a watch: the count of findings left out, the keys, and the cursor's row.
const BELOW: usize = 5;

/// From this many findings on, only a few of each kind are shown.
const MANY: usize = 10;

/// How many of each kind are shown then.
const MOST_OF_A_KIND: usize = 3;

/// Writes a verdict on the subject whose files are below `root`.
pub(super) fn write(out: &mut Text, verdict: &Verdict, root: &Path, verbose: bool) {
    let mut text = out.part();
    write_on(&mut text, Screen::endless(), verdict, root, verbose);
    out.add(&text);
    // The first finding has scrolled away by now, and it's the first thing to fix.
    if !Screen::of_terminal(1).holds(text.as_str())
        && let Some(first) = verdict.diagnostics.first().filter(|_| !verdict.is_solved())
    {
        reminder(out, verdict, first);
    }
}

/// Repeats the first thing to fix, in a few lines.
fn reminder(out: &mut Text, verdict: &Verdict, first: &Diagnostic) {
    headline(out, verdict);
    say!(
        out,
        "  {BOLD}First{BOLD:#}: {}",
        out.wrapped(first.message.lines().next().unwrap_or_default(), 9)
    );
    if let Some(place) = first.location() {
        say!(out, "     {PLACE}--> {place}{PLACE:#}");
    }
    if let Some(hint) = &first.hint {
        say!(out, "     {HELP}help{HELP:#}: {}", out.wrapped(hint, 11));
    }
    say!(out);
}

/// Writes a verdict so that it fits on the terminal, with the keys below it.
pub(super) fn write_on_screen(out: &mut Text, verdict: &Verdict, root: &Path, verbose: bool) {
    let screen = if verbose {
        Screen::endless()
    } else {
        Screen::of_terminal(BELOW)
    };
    write_on(out, screen, verdict, root, verbose);
}

fn write_on(out: &mut Text, mut screen: Screen, verdict: &Verdict, root: &Path, verbose: bool) {
    screen.always(out, |out| {
        headline(out, verdict);
        if let Some(remark) = voice::remark(verdict) {
            say!(out, "  {}", out.wrapped(remark, 2));
        }
        if !verdict.diagnostics.is_empty() {
            say!(out);
        }
    });
    let mut last = out.part();
    foot(&mut last, verdict, root, verbose);
    // One line per output, so that everything is at least mentioned.
    screen.keep(last.as_str().lines().count() + verdict.output.len());
    findings(out, &mut screen, verdict, &Sources::below(root), verbose);
    raw_output(out, &mut screen, verdict, verbose);
    out.add(&last);
}

/// The findings. The first is the root cause and is always shown.
fn findings(
    out: &mut Text,
    screen: &mut Screen,
    verdict: &Verdict,
    sources: &Sources,
    verbose: bool,
) {
    let is_summarised = verdict.diagnostics.len() > MANY && !verbose;
    let mut shown: Vec<&str> = Vec::new();
    let mut left_out: Vec<&str> = Vec::new();
    for finding in &verdict.diagnostics {
        let code = finding.code.as_str();
        let of_its_kind = shown.iter().filter(|one| **one == code).count();
        let is_shown = if shown.is_empty() {
            screen.always(out, |out| diagnostic::write(out, finding, sources));
            true
        } else {
            !(is_summarised && of_its_kind >= MOST_OF_A_KIND)
                && screen.where_it_fits(out, |out| diagnostic::write(out, finding, sources))
        };
        if is_shown {
            shown.push(code);
        } else {
            left_out.push(code);
        }
    }
    let command = if screen.is_endless() {
        "`-v`"
    } else {
        "`wr check`"
    };
    match left_out.len() {
        0 => {}
        1 => say!(
            out,
            "  {DIM}… and one more finding ({command} shows all){DIM:#}"
        ),
        many => {
            let kinds = by_kind(&left_out);
            let sentence = format!("… and {many} more findings: {kinds} ({command} shows all)");
            say!(out, "  {DIM}{}{DIM:#}", out.wrapped(&sentence, 2));
        }
    }
    if is_summarised && !left_out.is_empty() {
        say!(out);
    }
}

/// How many findings each code has, such as `27 of WR0353, 2 of WR0354`.
fn by_kind(codes: &[&str]) -> String {
    let mut kinds: Vec<(&str, usize)> = Vec::new();
    for code in codes {
        match kinds.iter_mut().find(|(known, _)| known == code) {
            Some((_, count)) => *count += 1,
            None => kinds.push((code, 1)),
        }
    }
    let counts = kinds
        .iter()
        .map(|(code, count)| format!("{count} of {code}"));
    counts.collect::<Vec<_>>().join(", ")
}

fn foot(out: &mut Text, verdict: &Verdict, root: &Path, verbose: bool) {
    if !verdict.is_solved()
        && verdict
            .diagnostics
            .iter()
            .any(|one| one.location().is_some())
    {
        say!(
            out,
            "  {DIM}Paths are relative to {}{DIM:#}",
            root.display()
        );
    }
    if let Some(first) = verdict.diagnostics.first().filter(|_| !verdict.is_solved()) {
        say!(out, "  {DIM}`wr explain {}` says more.{DIM:#}", first.code);
    }
    if verbose {
        for timing in &verdict.timings {
            say!(
                out,
                "  {DIM}{:>12} {:8.1} ms{DIM:#}",
                timing.step,
                timing.milliseconds
            );
        }
    }
    say!(out);
}

fn headline(out: &mut Text, verdict: &Verdict) {
    let (mark, style) = match verdict.status {
        Status::Solved => ("✓", GOOD),
        Status::Unfinished | Status::Tampered | Status::EnvironmentBroken => ("•", WARN),
        _ => ("✗", BAD),
    };
    let mut facts = facts(verdict);
    facts.push(took(verdict));
    say!(
        out,
        "{style}{mark}{style:#} {BOLD}{}{BOLD:#}  {style}{}{style:#}  {DIM}{}{DIM:#}",
        verdict.exercise,
        voice::heading(verdict),
        facts.join(", ")
    );
}

/// How many tests passed, failed and so on, and which Pythons took part.
pub(super) fn facts(verdict: &Verdict) -> Vec<String> {
    let mut facts = Vec::new();
    let count = |wanted| {
        verdict
            .tests
            .iter()
            .filter(|test| test.outcome == wanted)
            .count()
    };
    for (number, word) in [
        (count(Outcome::Passed), "passed"),
        (count(Outcome::Failed), "failed"),
        (count(Outcome::Skipped), "skipped"),
        (count(Outcome::XFailed), "xfailed"),
    ] {
        if number > 0 {
            facts.push(format!("{number} {word}"));
        }
    }
    if !verdict.pythons.is_empty() {
        let versions = verdict.pythons.join(", ");
        facts.push(format!("in Python {versions}"));
    }
    facts
}

/// How long a verdict took, or that it's from an earlier run.
pub(super) fn took(verdict: &Verdict) -> String {
    if verdict.remembered {
        return "unchanged".to_owned();
    }
    format!("{:.2} s", milliseconds(verdict) / 1e3)
}

/// How long a verdict took.
pub(super) fn milliseconds(verdict: &Verdict) -> f64 {
    verdict
        .timings
        .iter()
        // The time of a step includes its parts, such as `python_tests/run`.
        .filter(|one| !one.step.contains('/'))
        .map(|one| one.milliseconds)
        .sum()
}

fn raw_output(out: &mut Text, screen: &mut Screen, verdict: &Verdict, verbose: bool) {
    // The output of a todo says nothing that the finding doesn't, and neither does that of a success.
    let is_explained = matches!(
        verdict.status,
        Status::Solved | Status::Unfinished | Status::Tampered
    );
    if is_explained && !verbose {
        return;
    }
    for output in &verdict.output {
        let all = output.text.trim_end().lines().count();
        let text = match &output.excerpt {
            Some(excerpt) if !verbose => excerpt,
            _ => &output.text,
        };
        let most = if verbose { all } else { MOST_LINES };
        let text = anstream::adapter::strip_str(text).to_string();
        let lines: Vec<&str> = text.trim_end().lines().collect();
        // Apart from these lines there are a heading, a line that counts the rest, and an empty one.
        let fitting = if output.ends_with_cause {
            // Wrapped lines take more room, so measure the last ones.
            let last: Vec<&str> = lines.iter().rev().copied().collect();
            screen.fitting(&last, 3, most)
        } else {
            screen.fitting(&lines, 3, most)
        };
        let command = if screen.is_endless() {
            "-v"
        } else {
            "wr check -v"
        };
        if fitting < lines.len().min(LEAST_LINES) || lines.is_empty() {
            say!(
                out,
                "  {DIM}`{command}` shows all {all} lines that {} printed.{DIM:#}",
                output.from
            );
            continue;
        }
        screen.always(out, |out| {
            say!(out, "  {DIM}── what {} printed ──{DIM:#}", output.from);
            let rest = all - fitting;
            let from_end = output.ends_with_cause;
            let (shown, place) = if from_end {
                (&lines[lines.len() - fitting..], "earlier")
            } else {
                (&lines[..fitting], "more")
            };
            let count = match rest {
                0 => None,
                1 => Some(format!("one {place} line")),
                rest => Some(format!("{rest} {place} lines")),
            };
            let left_out = |out: &mut Text| {
                if let Some(count) = &count {
                    say!(out, "  {DIM}… {count} (`{command}` shows all){DIM:#}");
                }
            };
            if from_end {
                left_out(out);
            }
            for line in shown {
                say!(out, "  {}", out.wrapped(line, 2));
            }
            if !from_end {
                left_out(out);
            }
            say!(out);
        });
    }
}

/// Writes the keys of a watch.
pub(super) fn keys(out: &mut Text, is_exercise: bool, is_solved: bool, has_hints: bool) {
    let mut keys = Vec::new();
    if is_exercise && is_solved {
        keys.push("n next exercise");
    }
    if is_exercise && !is_solved && has_hints {
        keys.push("h hint");
    }
    if is_exercise {
        keys.push("b book");
    }
    keys.extend(["Enter run again", "q quit"]);
    say!(out, "  {DIM}{}{DIM:#}\n", keys.join(" · "));
}

/// Writes what a watch without keys shows instead.
pub(super) fn no_keys(out: &mut Text) {
    say!(out, "  {DIM}verifying every save; Ctrl-C to quit{DIM:#}\n");
}

/// Writes one verdict of many. Solved or unfinished work takes one line; anything wrong is shown in full.
pub(super) fn write_short(out: &mut Text, verdict: &Verdict, root: &Path, verbose: bool) {
    let is_short = matches!(verdict.status, Status::Solved | Status::Unfinished) && !verbose;
    if !is_short {
        say!(out);
        write(out, verdict, root, verbose);
        return;
    }
    headline(out, verdict);
}

/// Writes how many are solved, and the status of the others.
pub(super) fn summary(out: &mut Text, verdicts: &[Verdict]) {
    let solved = verdicts.iter().filter(|one| one.is_solved()).count();
    let mut others = Vec::new();
    for status in Status::ALL.into_iter().filter(|one| *one != Status::Solved) {
        let count = verdicts.iter().filter(|one| one.status == status).count();
        if count > 0 {
            others.push(format!("{count} {}", voice::status(status)));
        }
    }
    let style = if solved == verdicts.len() { GOOD } else { WARN };
    let rest = if others.is_empty() {
        String::new()
    } else {
        format!("; {}", others.join(", "))
    };
    say!(
        out,
        "\n{style}{solved} of {} solved{style:#}{rest}",
        verdicts.len()
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::diagnostic::{Evidence, Rule, SourceLocation};

    static ONE: Rule = Rule::new("WR0353", "test-failed", "A test failed.\n");
    static OTHER: Rule = Rule::new("WR0302", "panic", "It panicked.\n");

    fn verdict(findings: Vec<Diagnostic>) -> Verdict {
        Verdict {
            exercise: "shop".to_owned(),
            status: Status::TestsFail,
            diagnostics: findings,
            tests: Vec::new(),
            python: None,
            pythons: Vec::new(),
            timings: Vec::new(),
            output: Vec::new(),
            remembered: false,
        }
    }

    fn shown(verdict: &Verdict, verbose: bool) -> String {
        let mut out = Text::with_width(None);
        write_on(
            &mut out,
            Screen::endless(),
            verdict,
            Path::new("/x"),
            verbose,
        );
        anstream::adapter::strip_str(out.as_str()).to_string()
    }

    #[test]
    fn dozens_of_findings_are_summarised_by_their_kind() {
        let mut findings: Vec<Diagnostic> = (0..30)
            .map(|number| ONE.finding(format!("test {number} failed")))
            .collect();
        findings.push(OTHER.finding("it panicked"));
        let many = verdict(findings.clone());
        let text = shown(&many, false);
        assert!(
            text.contains("test 2 failed") && !text.contains("test 3 failed"),
            "{text}"
        );
        // Rare kinds aren't buried.
        assert!(text.contains("it panicked"), "{text}");
        assert!(
            text.contains("… and 27 more findings: 27 of WR0353 (`-v` shows all)"),
            "{text}"
        );
        assert!(shown(&many, true).contains("test 29 failed"));
        findings.truncate(MANY);
        let few = shown(&verdict(findings), false);
        assert!(
            few.contains("test 9 failed") && !few.contains("more findings"),
            "{few}"
        );
    }

    #[test]
    fn no_line_is_wider_than_the_terminal() {
        let findings: Vec<Diagnostic> = (0..400)
            .map(|number| [&ONE, &OTHER][number % 2].finding("a word after another ".repeat(9)))
            .collect();
        for (status, width) in Status::ALL
            .into_iter()
            .flat_map(|one| [(one, 60), (one, 80)])
        {
            let mut verdict = verdict(findings.clone());
            verdict.status = status;
            let mut out = Text::with_width(Some(width));
            write_on(
                &mut out,
                Screen::endless(),
                &verdict,
                Path::new("/x"),
                false,
            );
            let text = anstream::adapter::strip_str(out.as_str()).to_string();
            for line in text.lines() {
                assert!(line.chars().count() <= width, "{status:?}: {line}");
            }
        }
    }

    #[test]
    fn the_first_thing_to_fix_is_repeated_in_a_few_lines() {
        let first = ONE
            .finding("test 1 failed")
            .because(Evidence::at(SourceLocation::line("tests/test_a.py", 7)))
            .hint("write it down");
        let mut out = Text::with_width(None);
        reminder(&mut out, &verdict(vec![first.clone()]), &first);
        let text = anstream::adapter::strip_str(out.as_str()).to_string();
        assert!(text.contains("First: test 1 failed"), "{text}");
        assert!(
            text.contains("--> tests/test_a.py:7") && text.contains("help: write it down"),
            "{text}"
        );
        assert!(text.lines().count() < 8, "{text}");
    }
}
