//! The part of `wr check`'s output that a page shows, with paths that are the same for every reader.

use std::path::Path;

/// The printed report on a verdict, split into parts.
#[derive(Debug, Default)]
pub struct Report {
    /// The line that starts with a mark, and the lines between it and the findings.
    pub headline: Vec<String>,
    /// The findings, as blocks of lines.
    pub findings: Vec<Vec<String>>,
    /// rustc's output, without the indent.
    pub rustc: Vec<String>,
}

impl Report {
    /// Splits the report on the exercise in `dir`.
    pub fn of(printed: &str, dir: &Path) -> Self {
        let mut report = Self::default();
        let mut section = String::new();
        let mut is_new = true;
        for line in printed.lines() {
            let line = shortened(line, dir);
            if line.contains("/site-packages/") || is_rest(&line) {
                report.leave_out();
                continue;
            }
            if let Some(name) = line.strip_prefix("  ── ") {
                name.clone_into(&mut section);
            } else if line.starts_with("  Paths are relative to")
                || line.starts_with("  `wr explain")
            {
                break;
            } else if section.starts_with("what rustc printed") {
                report
                    .rustc
                    .push(line.strip_prefix("  ").unwrap_or(&line).to_owned());
            } else if section.is_empty() && line.is_empty() {
                is_new = true;
            } else if section.is_empty() {
                if is_new && line.starts_with("  WR") {
                    report.findings.push(Vec::new());
                }
                is_new = false;
                report
                    .findings
                    .last_mut()
                    .unwrap_or(&mut report.headline)
                    .push(line);
            }
        }
        report
    }

    /// Replaces pytest's internals, and lines that `wr` itself left out, with one ellipsis.
    fn leave_out(&mut self) {
        let sign = "     | …";
        if let Some(finding) = self.findings.last_mut()
            && finding.last().is_none_or(|line| line != sign)
        {
            finding.push(sign.to_owned());
        }
    }

    /// The headline and the selected findings, with an ellipsis where something was left out.
    pub fn with_headline(&self, about: &[String]) -> String {
        let shown = self.chosen(about);
        let mut text = self.headline.join("\n");
        for finding in &shown {
            text.push_str("\n\n");
            text.push_str(&finding.join("\n"));
        }
        if shown.len() < self.findings.len() {
            text.push_str("\n  …");
        }
        text.push('\n');
        text
    }

    /// The first finding without its indent.
    pub fn finding(&self) -> String {
        let lines = self.chosen(&[]).into_iter().flatten();
        lines.fold(String::new(), |text, line| {
            text + line.strip_prefix("  ").unwrap_or(line) + "\n"
        })
    }

    /// The first lines of rustc's first error.
    pub fn error(&self, lines: usize) -> String {
        let is_error = |line: &&String| line.starts_with("error");
        let error = self.rustc.iter().skip_while(|line| !is_error(line));
        error
            .take(lines)
            .fold(String::new(), |text, line| text + line + "\n")
    }

    fn chosen(&self, about: &[String]) -> Vec<&Vec<String>> {
        if about.is_empty() {
            return self.findings.iter().take(1).collect();
        }
        let found = about.iter().map(|wanted| {
            let holds = |finding: &&Vec<String>| finding.iter().any(|line| line.contains(wanted));
            let found = self.findings.iter().find(holds);
            found.unwrap_or_else(|| panic!("no finding is about {wanted}: {:#?}", self.findings))
        });
        found.collect()
    }
}

/// Whether a line says how many more there are.
fn is_rest(line: &str) -> bool {
    line.starts_with("     | … ") && line.ends_with(" more lines")
}

/// A line without machine-specific details: the paths of the project, Python and the crates, and the time taken.
fn shortened(line: &str, dir: &Path) -> String {
    let mut line = line.trim_end().replace(&format!("{}/", dir.display()), "");
    if line.starts_with(['✗', '•']) {
        let time = line.rsplit([' ']).nth(1).unwrap_or_default();
        if line.ends_with(" s") && time.parse::<f64>().is_ok() {
            line.truncate(line.len() - time.len() - " s".len());
            line.truncate(line.trim_end_matches([' ', ',']).len());
        }
    }
    // Each string marks the end of a path whose beginning is left out.
    for (mark, kept) in [
        ("/lib/python3.", "/python3."),
        ("/registry/src/", ""),
        ("/modules/", "/"),
    ] {
        while let Some(at) = line.find(mark) {
            let start = line[..at].rfind(['"', '(', ' ']).map_or(0, |at| at + 1);
            if !line[start..].starts_with('/') {
                break;
            }
            let mut end = at + mark.len();
            if kept.is_empty() {
                // The name of the registry's folder differs between machines.
                end += line[end..].find('/').unwrap_or_default();
            }
            line.replace_range(start..end, &format!("…{kept}"));
        }
    }
    line
}

#[test]
fn a_report_is_split_into_parts() {
    let printed = "\
✗ a/b  tests fail  1 passed, 2 failed, 0.1 s
  So far so good.

  WR0353 one failed
     --> /c/a/b/t.py:3
     | 1

  WR0354 two
     | File \"/x/lib/python3.11/threading.py\", line 3

  ── what rustc printed ──
  error: no
   --> src/lib.rs
    |

  Paths are relative to /c/a/b
";
    let report = Report::of(printed, Path::new("/c/a/b"));
    assert_eq!(report.headline.len(), 2);
    assert_eq!(
        report.finding(),
        "WR0353 one failed\n   --> t.py:3\n   | 1\n"
    );
    assert!(report.with_headline(&[]).ends_with("| 1\n  …\n"));
    let second = report.with_headline(&["two".to_owned()]);
    assert!(report.headline[0].ends_with("2 failed"));
    assert!(
        second.contains("File \"…/python3.11/threading.py\", line 3"),
        "{second}"
    );
    assert_eq!(report.error(2), "error: no\n --> src/lib.rs\n");
}

#[test]
fn paths_of_this_machine_are_shortened() {
    let dir = Path::new("/c");
    assert_eq!(
        shortened(
            "at /h/registry/src/index-12/pyo3-0.30.1/src/a.rs:1 (/s/run/modules/m.so)",
            dir
        ),
        "at …/pyo3-0.30.1/src/a.rs:1 (…/m.so)"
    );
    assert_eq!(
        shortened("✗ a/b  tests fail  2 passed, 1.33 s", dir),
        "✗ a/b  tests fail  2 passed"
    );
    assert_eq!(
        shortened("✗ a/b  timed out  10.57 s", dir),
        "✗ a/b  timed out"
    );
}

#[test]
fn the_inside_of_pytest_is_left_out() {
    let frame = "     |   File \"/v/lib/python3.11/site-packages/_pytest/python.py\", line 187\n";
    let printed = format!(
        "✗ a\n\n  WR0359 no end\n     | a\n{frame}{frame}     | … 26 more lines\n     help: b\n"
    );
    let report = Report::of(&printed, Path::new("/c"));
    assert_eq!(
        report.finding(),
        "WR0359 no end\n   | a\n   | …\n   help: b\n"
    );
}
