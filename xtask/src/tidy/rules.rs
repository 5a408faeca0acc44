//! Every rule has a unique code, and a page that says what it means, shows an example, says what to do, and names the
//! specification.

use std::collections::BTreeMap;

use super::declared_rule::{self, DeclaredRule};
use super::finding::Finding;
use super::tokens::RustFile;
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for file in tree.rust_files() {
        if file.path.split('/').nth(2) != Some("src") {
            continue;
        }
        let declared = declared_rule::in_file(&file);
        for rule in &declared {
            let place = format!("{}:{}", file.path, rule.line);
            if let Some(first) = taken.get(&rule.code) {
                findings.push(Finding::at_line(
                    file.path,
                    rule.line,
                    format!("{} is already the code of the rule at {first}", rule.code),
                    "take the next free code of the area; codes are never reused",
                ));
            } else {
                taken.insert(rule.code.clone(), place);
            }
        }
        match &declared[..] {
            [] => {}
            [rule] => findings.extend(check_page(&file, rule)),
            [_, second, ..] => findings.push(Finding::at_line(
                file.path,
                second.line,
                "a second rule in a file, which only has one page",
                "move the rule to its own file",
            )),
        }
    }
    findings
}

fn check_page(file: &RustFile<'_>, rule: &DeclaredRule) -> Vec<Finding> {
    let own = file.path.rsplit('/').next();
    let mut findings = Vec::new();
    if rule.page.as_deref() != own {
        findings.push(Finding::at_line(
            file.path,
            rule.line,
            format!("the page of {} is not this file's documentation", rule.code),
            "pass `include_str!` of the rule's own file",
        ));
    }
    let page = declared_rule::page(file);
    let mut lines = page.lines();
    let summary = lines.next().unwrap_or_default();
    let stands_alone = lines.next().is_none_or(str::is_empty);
    if summary.is_empty() || summary.starts_with('#') || !summary.ends_with('.') || !stands_alone {
        findings.push(Finding::at_line(
            file.path,
            1,
            format!("the page of {} doesn't start with a summary", rule.code),
            "summarise it in one sentence on the first line, followed by an empty line",
        ));
    }
    findings.extend(check_sections(file, rule, &page));
    findings
}

/// The headings of every page, in this order.
const SECTIONS: [&str; 3] = ["## Example", "## What to do", "## Where it is specified"];

fn check_sections(file: &RustFile<'_>, rule: &DeclaredRule, page: &str) -> Vec<Finding> {
    let finding =
        |line: usize, cause: String, next: &str| Finding::at_line(file.path, line, cause, next);
    let mut in_code = false;
    let mut has_code = false;
    let mut has_meaning = false;
    let mut headings = Vec::new();
    for (number, line) in page.lines().enumerate() {
        if line.starts_with("```") {
            in_code = !in_code;
            has_code = true;
        } else if !in_code && line.starts_with('#') {
            headings.push((number + 1, line));
        } else if !in_code && number > 1 && headings.is_empty() && !line.is_empty() {
            has_meaning = true;
        }
    }
    let mut findings = Vec::new();
    let found: Vec<&str> = headings.iter().map(|(_, heading)| *heading).collect();
    if found != SECTIONS {
        let line = headings
            .iter()
            .zip(SECTIONS)
            .find(|((_, found), wanted)| found != wanted)
            .map_or(1, |((line, _), _)| *line);
        findings.push(finding(
            line,
            format!("the page of {} doesn't have the sections of every page", rule.code),
            "write `## Example`, `## What to do` and `## Where it is specified`, in this order and nothing else",
        ));
    }
    if !has_meaning {
        findings.push(finding(
            1,
            format!("the page of {} doesn't say what it means", rule.code),
            "write a paragraph between the summary and the first heading",
        ));
    }
    if !has_code {
        findings.push(finding(
            1,
            format!("the page of {} shows no message", rule.code),
            "show in a code block what the tool prints, or the code that triggers it",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    const REST: &str = "//!\n//! More.\n//!\n//! ## Example\n//!\n//! ```text\n//! # no\n//! ```\n//!\n\
                        //! ## What to do\n//!\n//! This.\n//!\n//! ## Where it is specified\n//!\n//! There.\n";

    fn rule(summary: &str, code: &str, page: &str) -> String {
        format!(
            "{summary}\n{REST}\nconst RULE: Rule = Rule::new(\n    \"{code}\",\n    \"name\",\n    include_str!(\"{page}\"),\n);\n"
        )
    }

    fn found(files: &[(&str, String)]) -> Vec<String> {
        let files: Vec<_> = files
            .iter()
            .map(|(path, text)| (*path, text.as_str()))
            .collect();
        check(&Tree::of(&files))
            .into_iter()
            .map(|one| format!("{}: {}", one.at, one.cause))
            .collect()
    }

    #[test]
    fn codes_are_unique_over_all_crates() {
        let first = rule("//! A sentence.", "WR0101", "a.rs");
        let second = rule("//! A sentence.", "WR0101", "b.rs");
        assert_eq!(
            found(&[
                ("crates/a/src/rules/a.rs", first),
                ("crates/b/src/rules/b.rs", second)
            ]),
            [
                "crates/b/src/rules/b.rs:19: WR0101 is already the code of the rule at crates/a/src/rules/a.rs:19"
            ]
        );
    }

    #[test]
    fn a_page_begins_with_a_sentence() {
        for summary in ["//! No full stop", "//! Two\n//! lines."] {
            let text = rule(summary, "WR0101", "a.rs");
            assert_eq!(
                found(&[("crates/a/src/rules/a.rs", text)]).len(),
                1,
                "{summary}"
            );
        }
    }

    #[test]
    fn a_page_has_all_sections() {
        let whole = rule("//! A sentence.", "WR0101", "a.rs");
        let count = |text: &str| found(&[("crates/a/src/rules/a.rs", text.to_owned())]).len();
        assert_eq!(count(&whole), 0);
        for (part, instead) in [
            ("## Example", "# Example"),
            ("## What to do", "## How to fix it"),
            ("## Where it is specified", "Somewhere."),
            ("//! More.\n", ""),
            ("//! ```text\n//! # no\n//! ```\n", ""),
        ] {
            assert_eq!(count(&whole.replace(part, instead)), 1, "{part}");
        }
    }

    #[test]
    fn a_page_comes_from_the_rules_own_file() {
        let text = rule("//! A sentence.", "WR0101", "b.rs");
        assert_eq!(found(&[("crates/a/src/rules/a.rs", text)]).len(), 1);
    }

    #[test]
    fn tests_may_invent_rules() {
        let text = "//! A.\n#[cfg(test)]\nmod tests { const R: Rule = Rule::new(\"WR0101\", \"n\", \"x\"); }";
        assert!(found(&[("crates/a/src/a.rs", text.to_owned())]).is_empty());
    }
}
