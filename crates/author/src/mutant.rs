//! Mutants: the solution with one meaningful change. If the tests let a mutant pass, they don't check what it changed.
//!
//! Only code that the learner writes is changed, which is where starter and solution differ. A mutant is a text edit,
//! so that everything else stays the same.

mod constant;
mod operator;
mod options;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::rust_source::{Function, functions};

/// A replacement of part of a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The range of bytes to replace.
    pub range: Range<usize>,
    /// The replacement.
    pub text: String,
}

/// A solution with one change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mutant {
    /// What is changed, in words that stay the same when other lines change: `Version::__str__ returns String::new()`.
    pub name: String,
    /// The line of the solution, counted from 1.
    pub line: u32,
    /// How early to try it: coarse changes come first, because tests that miss those check the least.
    pub(crate) rank: u8,
    /// The edits, in text order.
    pub edits: Vec<Edit>,
}

impl Mutant {
    /// The source with the edits applied.
    pub fn apply(&self, solution: &str) -> String {
        let mut text = solution.to_owned();
        for edit in self.edits.iter().rev() {
            text.replace_range(edit.range.clone(), &edit.text);
        }
        text
    }
}

/// The mutants of a solution, in the order in which to try them. Text that isn't Rust has none.
pub fn mutants(starter: &str, solution: &str) -> Vec<Mutant> {
    let Ok(solved) = syn::parse_file(solution) else {
        return Vec::new();
    };
    // A starter that doesn't parse may be the lesson; then the whole solution is the learner's work.
    let given = syn::parse_file(starter).ok();
    let given_functions = given.as_ref().map(functions).unwrap_or_default();
    let meanings: BTreeSet<(String, String)> = given_functions
        .iter()
        .map(|one| (one.path.clone(), one.meaning()))
        .collect();
    let names: BTreeSet<&str> = given_functions
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    let lines: BTreeSet<&str> = starter.lines().map(str::trim).collect();
    let mut found = Vec::new();
    let all = functions(&solved);
    let learners: Vec<&Function<'_>> = all
        .iter()
        .filter(|one| !meanings.contains(&(one.path.clone(), one.meaning())))
        .collect();
    for function in &learners {
        found.extend(constant::of(function, solution));
        if !names.contains(function.path.as_str()) {
            found.push(dropped(function, solution));
        }
        found.extend(operator::of(function, solution, &lines));
    }
    found.extend(emptied(&learners, &names, solution));
    found.extend(options::of(given.as_ref(), &solved, solution));
    found.sort_by_key(|mutant| mutant.rank);
    number_duplicates(&mut found);
    found
}

fn line_of(text: &str, at: usize) -> u32 {
    let lines = text[..at].bytes().filter(|byte| *byte == b'\n').count() + 1;
    u32::try_from(lines).unwrap_or(u32::MAX)
}

/// Leaves out a function that the learner adds.
fn dropped(function: &Function<'_>, solution: &str) -> Mutant {
    Mutant {
        name: format!("{} is left out", function.path),
        line: line_of(solution, function.body().start),
        rank: 1,
        edits: vec![Edit {
            range: function.whole.clone(),
            text: String::new(),
        }],
    }
}

/// Empties a class of all the methods that the learner adds to it.
fn emptied(learners: &[&Function<'_>], given: &BTreeSet<&str>, solution: &str) -> Vec<Mutant> {
    let added = |class: &str| -> Vec<&Function<'_>> {
        let of_class = learners.iter().copied().filter(|one| {
            one.class.as_deref() == Some(class) && !given.contains(one.path.as_str())
        });
        of_class.collect()
    };
    let classes: BTreeSet<&str> = learners
        .iter()
        .filter_map(|one| one.class.as_deref())
        .collect();
    let mut found = Vec::new();
    for class in classes {
        let added = added(class);
        // A single method is already left out on its own.
        if added.len() < 2 {
            continue;
        }
        let mut edits: Vec<Edit> = added
            .iter()
            .map(|one| Edit {
                range: one.whole.clone(),
                text: String::new(),
            })
            .collect();
        edits.sort_by_key(|edit| edit.range.start);
        found.push(Mutant {
            name: format!("{class} has none of its methods"),
            line: line_of(solution, edits[0].range.start),
            rank: 0,
            edits,
        });
    }
    found
}

/// Numbers mutants that would otherwise share a name.
fn number_duplicates(mutants: &mut [Mutant]) {
    let mut seen: std::collections::BTreeMap<String, usize> = std::collections::BTreeMap::new();
    for mutant in mutants {
        let count = seen.entry(mutant.name.clone()).or_default();
        *count += 1;
        if *count > 1 {
            mutant.name = format!("{} ({count})", mutant.name);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(starter: &str, solution: &str, expect: &[&str]) {
        let found: Vec<String> = mutants(starter, solution)
            .into_iter()
            .map(|one| one.name)
            .collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn code_from_the_starter_is_not_mutated() {
        check(
            "fn a() -> u8 { 3 }",
            "/// Documented.\nfn a() -> u8 { 3 }",
            &[],
        );
        check(
            "fn a() -> u8 { 3 }\nfn b() -> bool { todo!() }",
            "fn a() -> u8 { 3 }\nfn b() -> bool { true }",
            &["b returns false"],
        );
    }

    #[test]
    fn added_items_are_left_out() {
        check(
            "#[pymethods] impl A {}",
            "#[pymethods] impl A { fn b(&self) {} fn c(&self) { self.d(); } }",
            &[
                "A has none of its methods",
                "A::b is left out",
                "A::c does nothing",
                "A::c is left out",
                "A::c: not done in `#[pymethods] impl A { fn b(&self) {} fn c(&self) { self.d(); } }`",
            ],
        );
    }

    #[test]
    fn tests_are_not_mutated() {
        check("", "#[cfg(test)] mod tests { fn a() -> u8 { 1 } }", &[]);
    }

    #[test]
    fn the_rest_of_the_source_is_unchanged() {
        let solution = "// One.\nfn a(x: u8) -> u8 {\n    x + 1 // more\n}\n";
        let found = mutants("fn a(x: u8) -> u8 { todo!() }", solution);
        let texts: Vec<String> = found.iter().map(|one| one.apply(solution)).collect();
        assert_eq!(
            texts,
            [
                "// One.\nfn a(x: u8) -> u8 { 0 }\n",
                "// One.\nfn a(x: u8) -> u8 {\n    x - 1 // more\n}\n",
                "// One.\nfn a(x: u8) -> u8 { 1 }\n",
            ]
        );
        assert_eq!(found[1].line, 3);
    }

    #[test]
    fn text_that_is_not_rust_has_no_mutants() {
        check("", "fn {", &[]);
    }
}
