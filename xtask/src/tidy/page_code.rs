//! Code on a page of the book is included from a file that the tests build or run, and output from a captured file.
//! Only command lines, folder layouts and TOML fragments may be typed; those are parsed here.

use std::path::Path;

use super::finding::Finding;
use super::tree::Tree;

const PAGES: &str = "book/src";

/// Pages that are exempt: those generated from the rules, whose documentation is in the source; and the doctor's report
/// on a machine, which no other machine can reproduce.
const EXEMPT: [&str; 2] = ["diagnosis/", "reference/doctor.md"];

/// Where the files are that the tests build or run.
const BUILT: [&str; 3] = ["exercises/", "solutions/", "book/examples/"];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for page in tree.paths_below(PAGES) {
        let is_page = Path::new(page).extension().is_some_and(|end| end == "md");
        if !is_page || EXEMPT.iter().any(|one| page.starts_with(one)) {
            continue;
        }
        let path = format!("{PAGES}/{page}");
        for block in blocks(tree.text(&path).unwrap_or_default()) {
            if let Err((cause, next)) = judge(tree, &path, &block) {
                findings.push(Finding::at_line(&path, block.line, cause, next));
            }
        }
    }
    findings
}

/// A fenced code block on a page.
#[derive(Debug, PartialEq, Eq)]
struct Block<'a> {
    /// The line it starts on, counted from 1.
    line: usize,
    language: &'a str,
    lines: Vec<&'a str>,
}

fn blocks(text: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match (line.trim_start().strip_prefix("```"), &mut open) {
            (Some(language), None) => {
                open = Some(Block {
                    line: index + 1,
                    language: language.trim(),
                    lines: Vec::new(),
                });
            }
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => block.lines.push(line),
            (None, None) => {}
        }
    }
    blocks.extend(open);
    blocks
}

/// Why a block isn't allowed, and what to do about it.
type Objection = (String, &'static str);

fn judge(tree: &Tree, page: &str, block: &Block) -> Result<(), Objection> {
    let included: Vec<&str> = block.lines.iter().filter_map(|line| target(line)).collect();
    if included.is_empty() {
        return judge_typed(block);
    }
    if included.len() < block.lines.len() {
        return Err((
            "a block is partly included and partly typed".to_owned(),
            "move all of it to the included file",
        ));
    }
    for address in included {
        let file = resolve(page, address);
        let exists = file.as_deref().is_some_and(|file| tree.has(file));
        let Some(file) = file.filter(|_| exists) else {
            return Err((
                format!("`{address}` is included but doesn't exist"),
                "update the path",
            ));
        };
        let is_built = BUILT.iter().any(|root| file.starts_with(root));
        let is_captured = file.starts_with(PAGES) && file.contains("/output/");
        // What a unit test draws is compared in every run.
        let is_snapshot = file.starts_with("crates/")
            && Path::new(&file)
                .extension()
                .is_some_and(|end| end == "snap");
        let fits = match block.language {
            "text" => is_captured || is_snapshot,
            "wr" => is_captured,
            "console" => is_captured || is_built,
            _ => is_built,
        };
        if !fits {
            return Err((
                format!(
                    "`{address}` is included as {}, and nothing builds, runs or captures it",
                    block.language
                ),
                "include code from exercises, solutions or book/examples, and output from a captured file; \
                 see `book/src/authoring/exercise.md`",
            ));
        }
    }
    Ok(())
}

fn judge_typed(block: &Block) -> Result<(), Objection> {
    let lines = || block.lines.iter().filter(|line| !line.trim().is_empty());
    match block.language {
        "console" => {
            if lines().all(|line| line.starts_with("$ ")) {
                return Ok(());
            }
            Err((
                "a command's output is typed".to_owned(),
                "capture it into `output/`, with an entry in book/captures.toml",
            ))
        }
        "toml" => match block.lines.join("\n").parse::<toml::Table>() {
            Ok(_) => Ok(()),
            Err(error) => Err((
                format!("this is not TOML: {}", error.message()),
                "fix the fragment",
            )),
        },
        "text" if lines().all(|line| is_layout(line)) => Ok(()),
        language => Err((
            format!("a block of `{language}` is typed, so nobody notices when it goes stale"),
            "include code from a file that the tests build or run, and output from a captured one",
        )),
    }
}

/// Whether a line shows a file or folder: one word that contains a path, perhaps followed by a gap and a description.
fn is_layout(line: &str) -> bool {
    let entry = line.trim_start_matches(['│', '├', '└', '─', ' ']);
    let (name, gap) = entry.split_once(' ').unwrap_or((entry, " "));
    let is_name = |letter: char| letter.is_alphanumeric() || "/._-".contains(letter);
    name.chars().all(is_name) && (gap.starts_with(' ') || gap.is_empty())
}

/// The file that a line includes.
fn target(line: &str) -> Option<&str> {
    let inside = line.trim().strip_prefix("{{#include ")?;
    let inside = inside.strip_suffix("}}")?.trim();
    // The colon is followed by lines or the name of an anchor.
    Some(inside.split(':').next().unwrap_or(inside))
}

/// The path below the root that an address on a page refers to.
fn resolve(page: &str, address: &str) -> Option<String> {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(page: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("book/src/01_a/01_b.md", page),
            ("book/src/01_a/output/x.txt", ""),
            ("book/src/01_a/x.txt", ""),
            ("book/examples/01_a/01_b/src/lib.rs", ""),
            ("crates/wr/src/snapshots/screen.snap", ""),
            ("book/src/diagnosis/WR0101.md", "```rust\nfn f() {}\n```\n"),
        ]);
        let findings = check(&tree).into_iter();
        findings
            .map(|one| format!("{}: {}", one.at, one.cause))
            .collect()
    }

    #[test]
    fn included_code_and_captured_output_are_fine() {
        let page = "```rust\n{{#include ../../examples/01_a/01_b/src/lib.rs:3:5}}\n```\n\
                    ```wr\n{{#include output/x.txt}}\n```\n\
                    ```text\n{{#include ../../../crates/wr/src/snapshots/screen.snap:5:}}\n```\n";
        assert_eq!(found(page), [""; 0]);
    }

    #[test]
    fn commands_layouts_and_toml_may_be_typed() {
        let page = "```console\n$ cargo run\n```\n```toml\na = 1\n```\n\
                    ```text\n01_setup\n├── src/lib.rs    what you change\n└── x\n```\n";
        assert_eq!(found(page), [""; 0]);
    }

    #[test]
    fn typed_code_and_output_are_found() {
        let page = "# A\n```rust\nfn f() {}\n```\n```console\n$ ls\na b\n```\n```text\nerror: no such file\n```\n```toml\na =\n```\n";
        let found = found(page);
        let expected = [
            "book/src/01_a/01_b.md:2: a block of `rust` is typed",
            "book/src/01_a/01_b.md:5: a command's output is typed",
            "book/src/01_a/01_b.md:9: a block of `text` is typed",
            "book/src/01_a/01_b.md:12: this is not TOML",
        ];
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for (one, expected) in found.iter().zip(expected) {
            assert!(one.starts_with(expected), "{one}");
        }
    }

    #[test]
    fn included_files_must_exist_and_be_built_or_captured() {
        let page = "```rust\n{{#include gone.rs}}\n```\n```text\n{{#include x.txt}}\n```\n\
                    ```text\n{{#include output/x.txt}}\nand more\n```\n";
        let found = found(page);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("doesn't exist"), "{}", found[0]);
        assert!(found[1].contains("nothing builds"), "{}", found[1]);
        assert!(found[2].contains("partly"), "{}", found[2]);
    }
}
