//! No phrase from `xtask/data/style.toml` appears in anything a person reads: pages, comments, messages and names.

use rayon::prelude::*;
use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use serde::Deserialize;

use super::finding::Finding;
use super::prose::Prose;
use super::tree::Tree;

const DATA: &str = "xtask/data/style.toml";

/// Files that hold prose, by how their names end. The scripts in `.ci` have no ending.
const ENDINGS: [&str; 8] = [
    ".md",
    ".py",
    ".rs",
    ".schema.json",
    ".sh",
    ".svg",
    ".toml",
    ".yml",
];

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Style {
    /// The phrases to avoid.
    phrase: Vec<Phrase>,
    /// Where a phrase is right after all.
    #[serde(default)]
    allowed: Vec<Allowed>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Phrase {
    /// A regular expression. It matches whole words, and ignores case.
    find: String,
    /// A regular expression: a match that it matches as well is fine.
    unless: Option<String>,
    /// Better words.
    write: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Allowed {
    /// The file.
    file: String,
    /// The phrase as it appears there, in lower case.
    phrase: String,
    /// Why it's right there.
    #[serde(rename = "reason")]
    _reason: String,
}

/// A phrase that a file contains.
struct Match {
    file: String,
    line: usize,
    phrase: String,
    write: String,
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let style = match read(tree) {
        Ok(style) => style,
        Err(finding) => return vec![*finding],
    };
    let matches = match search(tree, &style) {
        Ok(matches) => matches,
        Err(error) => {
            let cause = format!("a phrase is not a regular expression: {error}");
            return vec![Finding::in_file(DATA, cause, "correct it")];
        }
    };
    let allows = |allowed: &Allowed, found: &Match| {
        allowed.file == found.file && allowed.phrase == found.phrase
    };
    let mut findings: Vec<Finding> = matches
        .iter()
        .filter(|found| !style.allowed.iter().any(|allowed| allows(allowed, found)))
        .map(|found| {
            Finding::at_line(
                &found.file,
                found.line,
                format!("avoid \"{}\"", found.phrase),
                format!("write {}", found.write),
            )
        })
        .collect();
    for allowed in &style.allowed {
        let is_checked = !is_skipped(&allowed.file);
        if is_checked && !matches.iter().any(|found| allows(allowed, found)) {
            findings.push(Finding::at_line(
                DATA,
                tree.line_of(DATA, &allowed.file),
                format!("`{}` doesn't contain \"{}\"", allowed.file, allowed.phrase),
                "delete the exception",
            ));
        }
    }
    findings
}

fn read(tree: &Tree) -> Result<Style, Box<Finding>> {
    let finding = |cause: String| Box::new(Finding::in_file(DATA, cause, "restore or correct it"));
    let text = tree
        .text(DATA)
        .ok_or_else(|| finding("the list of phrases to avoid is missing".to_owned()))?;
    toml::from_str(text).map_err(|error| finding(error.to_string()))
}

/// Whether a file isn't checked.
fn is_skipped(path: &str) -> bool {
    let is_prose = ENDINGS.iter().any(|end| path.ends_with(end)) || path.starts_with(".ci/");
    path == DATA || !is_prose
}

/// Every match in the files that are checked, in the order of files and lines.
fn search(tree: &Tree, style: &Style) -> Result<Vec<Match>, regex::Error> {
    let patterns: Vec<String> = style
        .phrase
        .iter()
        .map(|one| whole_words(&one.find))
        .collect();
    // One pass over a file finds out which phrases are worth looking for.
    let any = RegexSetBuilder::new(&patterns)
        .case_insensitive(true)
        .unicode(false)
        .build()?;
    let mut phrases = Vec::new();
    for (pattern, phrase) in patterns.iter().zip(&style.phrase) {
        let unless = phrase.unless.as_deref().map(compile).transpose()?;
        phrases.push((compile(pattern)?, unless, phrase));
    }
    let files: Vec<(&str, &str)> = tree.files().filter(|(path, _)| !is_skipped(path)).collect();
    let found = files
        .par_iter()
        .flat_map_iter(|(path, text)| in_file(path, text, &any, &phrases));
    Ok(found.collect())
}

fn in_file(
    path: &str,
    text: &str,
    any: &RegexSet,
    phrases: &[(Regex, Option<Regex>, &Phrase)],
) -> Vec<Match> {
    let prose = Prose::read(path, text);
    let mut found = Vec::new();
    for index in any.matches(prose.text()) {
        let (find, unless, phrase) = &phrases[index];
        for hit in find.find_iter(prose.text()) {
            if unless
                .as_ref()
                .is_some_and(|fine| fine.is_match(hit.as_str()))
            {
                continue;
            }
            let one = Match {
                file: path.to_owned(),
                line: prose.line_at(hit.start()),
                phrase: hit.as_str().to_lowercase(),
                write: phrase.write.clone(),
            };
            found.push((hit.start(), one));
        }
    }
    found.sort_by_key(|(start, _)| *start);
    found.into_iter().map(|(_, one)| one).collect()
}

fn whole_words(pattern: &str) -> String {
    format!(r"\b(?:{pattern})\b")
}

fn compile(pattern: &str) -> Result<Regex, regex::Error> {
    RegexBuilder::new(pattern)
        .case_insensitive(true)
        .unicode(false)
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: &str = r#"
[[phrase]]
find = "utili[sz](e|es|ed|ing)"
write = "use"

[[phrase]]
find = '(\w+ )?got no \w+'
unless = '^they |no longer$'
write = "has no"

[[allowed]]
file = "crates/a/src/json.rs"
phrase = "utilized"
reason = "A public key."
"#;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        let mut all = vec![(DATA, STYLE), ("crates/a/src/json.rs", "\"utilized\"")];
        all.extend(files);
        check(&Tree::of(&all))
            .into_iter()
            .map(|one| format!("{}: {}; {}", one.at, one.cause, one.next))
            .collect()
    }

    #[test]
    fn phrases_are_found_in_pages_comments_strings_and_names() {
        let files = [
            ("a.md", "One.\n\nUtilise\nit.\n"),
            ("crates/a/src/a.rs", "/// It got\n/// no list.\nfn f() {}\n"),
            (
                "crates/a/src/b.rs",
                "fn a_list_got_no_item() { \"utilizes\" }",
            ),
        ];
        assert_eq!(
            found(&files),
            [
                "a.md:3: avoid \"utilise\"; write use",
                "crates/a/src/a.rs:1: avoid \"it got no list\"; write has no",
                "crates/a/src/b.rs:1: avoid \"list got no item\"; write has no",
                "crates/a/src/b.rs:1: avoid \"utilizes\"; write use",
            ]
        );
    }

    #[test]
    fn what_is_fine_is_not_found() {
        let files = [
            (
                "a.md",
                "They got no list. It got no longer. Reutilised. `utilise`",
            ),
            ("crates/a/src/c.bin", "utilise"),
        ];
        assert!(found(&files).is_empty());
    }

    #[test]
    fn an_exception_has_to_be_needed() {
        let tree = Tree::of(&[(DATA, STYLE), ("crates/a/src/json.rs", "\"fixed\"")]);
        let findings = check(&tree);
        assert_eq!(findings.len(), 1);
        assert_eq!(
            findings[0].cause,
            "`crates/a/src/json.rs` doesn't contain \"utilized\""
        );
    }

    #[test]
    fn a_broken_list_is_reported() {
        assert_eq!(check(&Tree::of(&[])).len(), 1);
        assert_eq!(check(&Tree::of(&[(DATA, "phrase = 1")])).len(), 1);
        let broken = "[[phrase]]\nfind = '('\nwrite = 'x'\n";
        assert_eq!(check(&Tree::of(&[(DATA, broken)])).len(), 1);
    }
}
