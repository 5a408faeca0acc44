//! Which findings count: `--select` and `--ignore`, by code or code prefix.

use diagnostic::{Diagnostic, Rule};

/// Which findings count. If several prefixes match a code, the longest decides, so that `--ignore WR06 --select WR0603`
/// keeps one code from that area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Selection {
    select: Vec<String>,
    ignore: Vec<String>,
}

impl Selection {
    /// Takes codes or code prefixes, ignoring case.
    ///
    /// # Errors
    ///
    /// The first one that doesn't match any rule's code: otherwise a misspelt code would silently hide nothing, or
    /// everything.
    pub(crate) fn new(
        select: &[String],
        ignore: &[String],
        rules: &[&Rule],
    ) -> Result<Self, String> {
        let known = |texts: &[String]| -> Result<Vec<String>, String> {
            texts
                .iter()
                .map(|text| {
                    let prefix = text.trim().to_ascii_uppercase();
                    let is_known = !prefix.is_empty()
                        && rules
                            .iter()
                            .any(|rule| rule.code().as_str().starts_with(&prefix));
                    if is_known {
                        Ok(prefix)
                    } else {
                        Err(text.clone())
                    }
                })
                .collect()
        };
        Ok(Self {
            select: known(select)?,
            ignore: known(ignore)?,
        })
    }

    /// Keeps the findings that count.
    pub(crate) fn apply(&self, findings: &mut Vec<Diagnostic>) {
        findings.retain(|finding| self.has(finding.code.as_str()));
    }

    /// Whether a finding counts.
    pub(crate) fn counts(&self, finding: &Diagnostic) -> bool {
        self.has(finding.code.as_str())
    }

    fn has(&self, code: &str) -> bool {
        let longest = |prefixes: &[String]| {
            prefixes
                .iter()
                .filter(|prefix| code.starts_with(prefix.as_str()))
                .map(String::len)
                .max()
        };
        match (longest(&self.select), longest(&self.ignore)) {
            (Some(selected), Some(ignored)) => selected > ignored,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => self.select.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn selection(select: &[&str], ignore: &[&str]) -> Selection {
        let owned = |texts: &[&str]| {
            texts
                .iter()
                .map(|&text| text.to_owned())
                .collect::<Vec<_>>()
        };
        Selection::new(&owned(select), &owned(ignore), &crate::rules::all()).unwrap()
    }

    #[test]
    fn everything_counts_by_default() {
        assert!(selection(&[], &[]).has("WR0101"));
    }

    #[test]
    fn a_prefix_names_an_area() {
        let wheels = selection(&["wr06"], &[]);
        assert!(wheels.has("WR0603") && !wheels.has("WR0101"));
        let rest = selection(&[], &["WR06"]);
        assert!(!rest.has("WR0603") && rest.has("WR0101"));
    }

    #[test]
    fn the_longest_prefix_decides() {
        let one = selection(&["WR0603"], &["WR06"]);
        assert!(one.has("WR0603") && !one.has("WR0605") && !one.has("WR0101"));
        let all_but_one = selection(&["WR06"], &["WR0607"]);
        assert!(all_but_one.has("WR0603") && !all_but_one.has("WR0607"));
        assert!(!selection(&["WR0603"], &["WR0603"]).has("WR0603"));
    }

    #[test]
    fn a_prefix_that_matches_no_code_is_refused() {
        for text in ["WR9", "E501", "", "WR01011"] {
            let refused = Selection::new(&[text.to_owned()], &[], &crate::rules::all());
            assert_eq!(refused, Err(text.to_owned()));
        }
    }
}
