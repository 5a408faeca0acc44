//! Rules and the pages that explain them.

use crate::{Code, Diagnostic, Severity};

/// A rule: a code, a short name, and the page that explains it.
///
/// Each rule has its own file, and that file's module documentation (its `//!` lines) *is* the page, so the explanation
/// can't drift away from the code next to it.
#[derive(Debug)]
pub struct Rule {
    code: Code,
    name: &'static str,
    source: &'static str,
}

impl Rule {
    /// A rule whose page is the module documentation in `source`: pass `include_str!` of the rule's own file.
    #[must_use]
    pub const fn new(code: &'static str, name: &'static str, source: &'static str) -> Self {
        Self {
            code: Code::new(code),
            name,
            source,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &Code {
        &self.code
    }

    /// The rule's short name in kebab case, such as `init-function-name`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A new finding from this rule, an error by default.
    pub fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.code.clone(),
            severity: Severity::Error,
            message: message.into(),
            evidence: Vec::new(),
            hint: None,
        }
    }

    /// The page shown by `wr explain`.
    pub fn page(&self) -> Page {
        let mut text = String::new();
        for line in self.source.lines() {
            match line.strip_prefix("//!") {
                Some(rest) => {
                    text.push_str(rest.strip_prefix(' ').unwrap_or(rest));
                    text.push('\n');
                }
                None if line.trim().is_empty() && text.is_empty() => {}
                None => break,
            }
        }
        Page {
            code: self.code.clone(),
            name: self.name,
            markdown: text,
        }
    }
}

/// The explanation of a rule, in Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rule's code.
    pub code: Code,
    /// The rule's short name.
    pub name: &'static str,
    /// The text: what it means, an example, how to fix it, where it's specified.
    pub markdown: String,
}

impl Page {
    /// The page's first line: what the rule is about, as a sentence.
    pub fn summary(&self) -> &str {
        self.markdown.lines().next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: Rule = Rule::new(
        "WR0100",
        "a-rule",
        "//! What it is about.\n//!\n//! # Example\n//!     indented\n\nuse x;\n//! not this\n",
    );

    #[test]
    fn the_page_is_the_module_documentation() {
        let page = RULE.page();
        assert_eq!(page.summary(), "What it is about.");
        assert_eq!(
            page.markdown,
            "What it is about.\n\n# Example\n    indented\n"
        );
    }

    #[test]
    fn a_finding_has_the_rules_code() {
        let finding = RULE.finding("it is broken").hint("fix it");
        assert_eq!(finding.code, Code::new("WR0100"));
        assert_eq!(finding.severity, Severity::Error);
        assert_eq!(finding.hint.as_deref(), Some("fix it"));
    }
}
