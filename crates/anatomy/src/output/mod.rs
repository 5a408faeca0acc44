//! Finds the cause behind messages from tools and interpreters.
//!
//! Only messages with a known cause are recognised, in the tool's exact words. Everything else stays unexplained,
//! because a wrong explanation costs more than none.

mod text;

pub(crate) mod building;
pub(crate) mod importing;
pub(crate) mod running;

use diagnostic::{Code, Diagnostic, Severity};

use text::Output;

/// What's known apart from the text.
#[derive(Debug, Clone, Default)]
pub struct OutputContext {
    speaker: Option<String>,
    known: Vec<(Code, Severity)>,
    pyo3: Option<String>,
}

impl OutputContext {
    /// Nothing is known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Who printed the text, such as `cargo build` or `python`; shown with the evidence.
    #[must_use]
    pub fn speaker(mut self, name: impl Into<String>) -> Self {
        self.speaker = Some(name.into());
        self
    }

    /// What inspection has already found: a message that only reports its consequence isn't explained again.
    #[must_use]
    pub fn after(mut self, findings: &[Diagnostic]) -> Self {
        self.known = findings
            .iter()
            .map(|finding| (finding.code.clone(), finding.severity))
            .collect();
        self
    }

    /// The PyO3 version in use, if known; some hints depend on it.
    #[must_use]
    pub fn pyo3(mut self, version: impl Into<String>) -> Self {
        self.pyo3 = Some(version.into());
        self
    }

    /// The minor version of PyO3, the `x` in `0.x`.
    pub(crate) fn pyo3_minor(&self) -> Option<u32> {
        self.pyo3
            .as_deref()?
            .strip_prefix("0.")?
            .split('.')
            .next()?
            .parse()
            .ok()
    }

    fn explains_import(&self) -> bool {
        self.known.iter().any(|(code, severity)| {
            code.as_str().starts_with("WR01") && *severity == Severity::Error
        })
    }
}

/// A rule for printed output.
type Check = fn(&Output<'_>, &OutputContext) -> Option<Diagnostic>;

/// Explains the output of a build, an import or a run.
///
/// A build stops at its first error and so does an import, so at most one cause is reported for each: the most
/// specific. For a run, every recognised cause is reported, because its tests fail independently.
pub fn explain_output(text: &str, context: &OutputContext) -> Vec<Diagnostic> {
    let output = Output::new(text, context.speaker.as_deref().unwrap_or("output"));
    let first = |checks: &[Check]| checks.iter().find_map(|check| check(&output, context));
    let mut findings: Vec<Diagnostic> = first(building::CHECKS).into_iter().collect();
    if findings.is_empty() && !context.explains_import() {
        findings.extend(first(importing::CHECKS));
    }
    findings.extend(
        running::CHECKS
            .iter()
            .filter_map(|check| check(&output, context)),
    );
    findings.retain(|finding| !context.known.iter().any(|(code, _)| *code == finding.code));
    findings
}
