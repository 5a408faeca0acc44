//! Every rule has a code of its own, and a page that begins with a one-line summary.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::tokens::{Kind, RustFile, Token};
use super::tree::Tree;

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    for file in tree.rust_files() {
        if file.path.split('/').nth(2) != Some("src") {
            continue;
        }
        let declared = declared(&file);
        for rule in &declared {
            let place = format!("{}:{}", file.path, rule.line);
            if let Some(first) = taken.get(&rule.code) {
                findings.push(Finding::at_line(
                    file.path,
                    rule.line,
                    format!("{} is the code of the rule at {first} already", rule.code),
                    "take the next free code of the area; codes are never used again",
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
                "a second rule in one file, which has one page",
                "give the rule a file of its own",
            )),
        }
    }
    findings
}

/// A rule as its constructor is called.
struct Declared {
    line: usize,
    code: String,
    /// The file whose documentation is the page.
    page: Option<String>,
}

/// The calls of `Rule::new` in a file, tests left out.
fn declared(file: &RustFile<'_>) -> Vec<Declared> {
    let tokens = file.tokens();
    let mut rules = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_call = token.name() == Some("Rule")
            && tokens.get(at + 3).and_then(Token::name) == Some("new")
            && tokens.get(at + 4).map(|open| &open.kind) == Some(&Kind::Open('('));
        if token.in_test || !is_call {
            continue;
        }
        if let Some(code) = tokens.get(at + 5).and_then(string) {
            let mut rest = tokens[at + 5..].iter();
            let included = rest
                .by_ref()
                .take(12)
                .any(|token| token.name() == Some("include_str"));
            let page = rest.take(3).find_map(string).filter(|_| included);
            rules.push(Declared {
                line: token.line,
                code,
                page,
            });
        }
    }
    rules
}

/// The text of a string literal without escapes.
fn string(token: &Token) -> Option<String> {
    match &token.kind {
        Kind::Literal(text) => Some(text.strip_prefix('"')?.strip_suffix('"')?.to_owned()),
        _ => None,
    }
}

fn check_page(file: &RustFile<'_>, rule: &Declared) -> Vec<Finding> {
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
    let mut lines = file
        .text
        .lines()
        .map(|line| line.strip_prefix("//!").map(str::trim));
    let summary = lines.next().flatten().unwrap_or_default();
    let stands_alone = lines.next().flatten().is_none_or(str::is_empty);
    if summary.is_empty() || summary.starts_with('#') || !summary.ends_with('.') || !stands_alone {
        findings.push(Finding::at_line(
            file.path,
            1,
            format!("the page of {} does not begin with a summary", rule.code),
            "write what it is about as one sentence in the first line, with an empty line after it",
        ));
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(summary: &str, code: &str, page: &str) -> String {
        format!(
            "{summary}\n//!\n//! More.\n\nconst RULE: Rule = Rule::new(\n    \"{code}\",\n    \"name\",\n    include_str!(\"{page}\"),\n);\n"
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
                "crates/b/src/rules/b.rs:5: WR0101 is the code of the rule at crates/a/src/rules/a.rs:5 already"
            ]
        );
    }

    #[test]
    fn a_page_begins_with_a_sentence() {
        for summary in [
            "//! # A heading.",
            "//! No full stop",
            "//! Two\n//! lines.",
        ] {
            let text = rule(summary, "WR0101", "a.rs");
            assert_eq!(
                found(&[("crates/a/src/rules/a.rs", text)]).len(),
                1,
                "{summary}"
            );
        }
    }

    #[test]
    fn a_page_is_the_rules_own() {
        let text = rule("//! A sentence.", "WR0101", "b.rs");
        assert_eq!(found(&[("crates/a/src/rules/a.rs", text)]).len(), 1);
    }

    #[test]
    fn tests_may_invent_rules() {
        let text = "//! A.\n#[cfg(test)]\nmod tests { const R: Rule = Rule::new(\"WR0101\", \"n\", \"x\"); }";
        assert!(found(&[("crates/a/src/a.rs", text.to_owned())]).is_empty());
    }
}
