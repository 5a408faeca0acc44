//! Finds what in a starter gives the solution away: the answer in a comment, an import that only the answer needs, or
//! the answer under another name.

mod comments;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use syn::{Item, UseTree};

use crate::rust_source::{functions, identifiers};
use comments::{comments, without_strings};
use words::{Word, words};

/// How many matching words in a row are too many for coincidence.
const RUN: usize = 6;

/// How many of them have to be names.
const NAMES: usize = 2;

/// A place that gives something away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Giveaway {
    /// The starter's file.
    pub file: PathBuf,
    /// The line, counted from 1.
    pub line: u32,
    /// What is given away.
    pub what: String,
}

/// What the starter's files give away of the solution's. Only files that differ are compared.
pub fn giveaways(
    starter: &BTreeMap<PathBuf, String>,
    solution: &BTreeMap<PathBuf, String>,
) -> Vec<Giveaway> {
    let mut found = Vec::new();
    let answers = answers(starter, solution);
    for (file, text) in starter {
        let is_python = file.extension().is_some_and(|end| end == "py");
        for comment in comments(text, is_python) {
            let comment_words = words(&comment.text);
            if let Some(run) = answers
                .iter()
                .find_map(|answer| common(&comment_words, answer))
            {
                found.push(Giveaway {
                    file: file.clone(),
                    line: comment.line,
                    what: format!("a comment contains the answer: `{run}`"),
                });
            }
        }
        if let Some(solved) = solution.get(file)
            && !is_python
        {
            for (line, what) in of_rust(text, solved) {
                found.push(Giveaway {
                    file: file.clone(),
                    line,
                    what,
                });
            }
        }
    }
    found
}

/// The words that the learner writes: of each function in Rust, of each line in Python.
fn answers(
    starter: &BTreeMap<PathBuf, String>,
    solution: &BTreeMap<PathBuf, String>,
) -> Vec<Vec<Word>> {
    let mut answers = Vec::new();
    for (file, solved) in solution {
        let given = starter.get(file).map(String::as_str).unwrap_or_default();
        if file.extension().is_some_and(|end| end == "rs") {
            let known: BTreeSet<String> = syn::parse_file(given)
                .map(|file| {
                    functions(&file)
                        .iter()
                        .map(crate::rust_source::Function::meaning)
                        .collect()
                })
                .unwrap_or_default();
            let Ok(parsed) = syn::parse_file(solved) else {
                continue;
            };
            for function in functions(&parsed) {
                if !known.contains(&function.meaning()) {
                    let body = without_comments(&solved[function.body()], false);
                    // Messages for people may occur twice.
                    answers.push(words(&without_strings(&body, false)));
                }
            }
        } else {
            let given: BTreeSet<&str> = given.lines().map(str::trim).collect();
            let code = without_comments(solved, true);
            for line in code.lines().map(str::trim) {
                if !given.contains(line) {
                    answers.push(words(&without_strings(line, true)));
                }
            }
        }
    }
    answers
}

fn without_comments(text: &str, is_python: bool) -> String {
    let mut kept = String::new();
    let mut at = 0;
    for comment in comments(text, is_python) {
        kept.push_str(&text[at..comment.range.start]);
        at = comment.range.end;
    }
    kept.push_str(&text[at..]);
    kept
}

/// The first run of words that both have and that is too long for coincidence.
fn common(comment_words: &[Word], answer: &[Word]) -> Option<String> {
    for start in 0..comment_words.len() {
        for from in 0..answer.len() {
            let length = comment_words[start..]
                .iter()
                .zip(&answer[from..])
                .take_while(|(one, other)| one == other)
                .count();
            let run = &comment_words[start..start + length];
            let names: BTreeSet<&Word> = run.iter().filter(|word| word.is_name()).collect();
            if length >= RUN && names.len() >= NAMES && run.iter().any(Word::is_code) {
                return Some(run.iter().map(Word::text).collect::<Vec<_>>().join(" "));
            }
        }
    }
    None
}

/// Imports that only the answer needs, and functions that are the answer.
fn of_rust(starter: &str, solution: &str) -> Vec<(u32, String)> {
    let (Ok(given), Ok(solved)) = (syn::parse_file(starter), syn::parse_file(solution)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let in_starter = identifiers(&given);
    let in_solution = identifiers(&solved);
    let mut imports = Vec::new();
    collect_imports(&given.items, &mut imports);
    for (name, line) in imports {
        if !in_starter.contains_key(&name) && in_solution.contains_key(&name) {
            found.push((
                line,
                format!("`{name}` is imported, but only the solution uses it"),
            ));
        }
    }
    let known: BTreeSet<String> = functions(&given)
        .iter()
        .map(crate::rust_source::Function::meaning)
        .collect();
    for function in functions(&solved) {
        let body = words(&without_comments(&solution[function.body()], false));
        if known.contains(&function.meaning()) || body.len() < RUN {
            continue;
        }
        for other in functions(&given) {
            let same = words(&without_comments(&starter[other.body()], false)) == body;
            if same && other.path != function.path {
                let line = starter[..other.body().start].lines().count();
                found.push((
                    u32::try_from(line).unwrap_or(u32::MAX),
                    format!("`{}` is the answer to `{}`", other.path, function.path),
                ));
            }
        }
    }
    found
}

fn collect_imports(items: &[Item], found: &mut Vec<(String, u32)>) {
    for item in items {
        match item {
            Item::Use(item) => leaves(&item.tree, found),
            Item::Mod(item) => {
                if let Some((_, items)) = &item.content {
                    collect_imports(items, found);
                }
            }
            _ => {}
        }
    }
}

fn leaves(tree: &UseTree, found: &mut Vec<(String, u32)>) {
    let mut leaf = |name: &proc_macro2::Ident| {
        let line = u32::try_from(name.span().start().line).unwrap_or(u32::MAX);
        found.push((name.to_string(), line));
    };
    match tree {
        UseTree::Path(path) => leaves(&path.tree, found),
        UseTree::Name(name) => leaf(&name.ident),
        UseTree::Rename(rename) => leaf(&rename.rename),
        UseTree::Group(group) => {
            for tree in &group.items {
                leaves(tree, found);
            }
        }
        UseTree::Glob(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(file: &str, starter: &str, solution: &str, expect: &[(u32, &str)]) {
        let one = |text: &str| BTreeMap::from([(PathBuf::from(file), text.to_owned())]);
        let found: Vec<(u32, String)> = giveaways(&one(starter), &one(solution))
            .into_iter()
            .map(|one| (one.line, one.what))
            .collect();
        let expect: Vec<(u32, String)> = expect
            .iter()
            .map(|(line, what)| (*line, (*what).to_owned()))
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn an_answer_in_a_comment() {
        check(
            "src/lib.rs",
            "fn a(s: &str) -> usize {\n    // s.trim().split(' ').count()\n    todo!()\n}\n",
            "fn a(s: &str) -> usize {\n    s.trim().split(' ').count()\n}\n",
            &[(2, "a comment contains the answer: `s . trim ( ) . split (`")],
        );
        check(
            "sample/a.py",
            "def a(s):\n    # return len(s.split())\n    ...\n",
            "def a(s):\n    return len(s.split())\n",
            &[(
                2,
                "a comment contains the answer: `return len ( s . split ( ) )`",
            )],
        );
    }

    #[test]
    fn naming_a_tool_is_not_an_answer() {
        check(
            "src/lib.rs",
            "/// Counts the words; see `str::split`, and `trim()`.\nfn a(s: &str) -> usize { todo!() }\n",
            "/// Counts the words.\nfn a(s: &str) -> usize { s.trim().split(' ').count() }\n",
            &[],
        );
    }

    #[test]
    fn an_import_for_the_answer() {
        let starter = "use std::collections::{BTreeMap, HashMap};\nuse std::fmt::Write;\nfn a() -> BTreeMap<u8, u8> { todo!() }\n";
        let solution = "use std::collections::{BTreeMap, HashMap};\nuse std::fmt::Write;\nfn a() -> BTreeMap<u8, u8> { HashMap::new() }\n";
        check(
            "src/lib.rs",
            starter,
            solution,
            &[(1, "`HashMap` is imported, but only the solution uses it")],
        );
    }

    #[test]
    fn the_answer_under_another_name() {
        check(
            "src/lib.rs",
            "fn old(s: &str) -> usize {\n    s.trim().len() + 1\n}\nfn a(s: &str) -> usize { todo!() }\n",
            "fn old(s: &str) -> usize {\n    s.trim().len() + 1\n}\nfn a(s: &str) -> usize { s.trim().len() + 1 }\n",
            &[(1, "`old` is the answer to `a`")],
        );
    }
}
