//! A finding of a check: where it is, what is wrong, and what to do.

use std::fmt;

use diagnostic::SourceLocation;

/// How important a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Worth knowing.
    Advice,
    /// Has to be fixed.
    Error,
}

/// A finding of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// How important it is.
    pub(crate) weight: Weight,
    /// Where it is.
    pub(crate) at: SourceLocation,
    /// What is wrong there.
    pub(crate) cause: String,
    /// What to do next.
    pub(crate) next: String,
}

impl Finding {
    /// Something to fix on a line, counted from 1.
    pub(crate) fn at_line(
        file: &str,
        line: usize,
        cause: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Self::at(SourceLocation::line(file, line), cause, next)
    }

    /// Something to fix in a whole file or folder.
    pub(crate) fn in_file(file: &str, cause: impl Into<String>, next: impl Into<String>) -> Self {
        Self::at(SourceLocation::file(file), cause, next)
    }

    /// Something to fix.
    pub(crate) fn at(
        at: SourceLocation,
        cause: impl Into<String>,
        next: impl Into<String>,
    ) -> Self {
        Self {
            weight: Weight::Error,
            at,
            cause: cause.into(),
            next: next.into(),
        }
    }

    /// Turns it into something merely worth knowing.
    pub(crate) fn advice(mut self) -> Self {
        self.weight = Weight::Advice;
        self
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Advice => "advice: ",
            Weight::Error => "",
        };
        write!(f, "{}: {weight}{}", self.at, self.cause)?;
        write!(f, "\n    next: {}", self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_what_and_what_next() {
        let finding = Finding::at_line("a.rs", 3, "it is broken", "fix it");
        assert_eq!(
            finding.to_string(),
            "a.rs:3: it is broken\n    next: fix it"
        );
        let advice = Finding::in_file("a.rs", "it is long", "split it").advice();
        assert_eq!(
            advice.to_string(),
            "a.rs: advice: it is long\n    next: split it"
        );
    }
}
