//! What a rule about the compiler's words consists of.

use diagnostic::Rule;

use super::sources::Sources;
use super::versions::{Pyo3Range, RustcRange};
use crate::build::CompilerError;

/// A rule that recognises one mistake in what rustc and PyO3's macros say about it.
#[derive(Debug)]
pub(crate) struct CompilerRule {
    /// Its code, name and page.
    pub(crate) rule: Rule,
    pyo3: Pyo3Range,
    rustc: RustcRange,
    explain: fn(&CompilerError, &Sources<'_>) -> Option<Advice>,
    is_consequence: fn(&str, &CompilerError) -> bool,
}

/// What a rule advises about one error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Advice {
    /// The type, method or name that the mistake is about.
    subject: String,
    text: String,
    is_migration: bool,
}

impl Advice {
    pub(super) fn new(subject: &str, text: impl Into<String>) -> Self {
        Self {
            subject: subject.to_owned(),
            text: text.into(),
            is_migration: false,
        }
    }

    /// The same advice about code that was written for an older PyO3.
    pub(super) fn about_older_code(mut self) -> Self {
        self.is_migration = true;
        self
    }
}

/// A mistake as a rule explains it: errors with equal explanations are one mistake.
#[derive(Debug, Clone)]
pub(super) struct Explanation {
    rule: &'static CompilerRule,
    advice: Advice,
}

impl PartialEq for Explanation {
    fn eq(&self, other: &Self) -> bool {
        self.rule.rule.code() == other.rule.rule.code() && self.advice == other.advice
    }
}

impl CompilerRule {
    /// A rule for every recorded version.
    pub(super) const fn new(
        rule: Rule,
        explain: fn(&CompilerError, &Sources<'_>) -> Option<Advice>,
    ) -> Self {
        Self {
            rule,
            pyo3: Pyo3Range::RECORDED,
            rustc: RustcRange::RECORDED,
            explain,
            is_consequence: |_, _| false,
        }
    }

    /// The same rule for PyO3 from this minor version on.
    pub(super) const fn since(mut self, minor: u32) -> Self {
        self.pyo3 = Pyo3Range::since(minor);
        self
    }

    /// The same rule with a function that recognises errors that exist only because of the mistake. It takes the subject of the
    /// advice and the error.
    pub(super) const fn with_consequences(
        mut self,
        is_consequence: fn(&str, &CompilerError) -> bool,
    ) -> Self {
        self.is_consequence = is_consequence;
        self
    }

    /// The line of its page that names the versions it holds for.
    #[cfg(test)]
    pub(super) fn holds_for(&self) -> String {
        super::versions::holds_for(self.pyo3, self.rustc)
    }

    /// Explains an error, if it is this rule's mistake and both versions are ones that the rule holds for.
    pub(super) fn explain(
        &'static self,
        error: &CompilerError,
        sources: &Sources<'_>,
    ) -> Option<Explanation> {
        let is_known =
            self.pyo3.contains(sources.pyo3_minor()) && self.rustc.contains(sources.rustc);
        if !is_known {
            return None;
        }
        let advice = (self.explain)(error, sources)?;
        Some(Explanation { rule: self, advice })
    }
}

impl Explanation {
    pub(super) fn rule(&self) -> &'static Rule {
        &self.rule.rule
    }

    /// What to do.
    pub(super) fn advice(&self) -> &str {
        &self.advice.text
    }

    /// Whether the code was written for an older PyO3.
    pub(super) fn is_migration(&self) -> bool {
        self.advice.is_migration
    }

    /// Whether an error exists only because of this mistake.
    pub(super) fn leads_to(&self, error: &CompilerError) -> bool {
        (self.rule.is_consequence)(&self.advice.subject, error)
    }
}
