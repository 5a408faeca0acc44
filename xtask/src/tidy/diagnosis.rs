//! The book's diagnosis chapter, generated from the rules' documentation: what it should contain, and whether it does.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::declared_rule;
use super::finding::Finding;
use super::tree::Tree;

/// Where the pages are.
const FOLDER: &str = "book/src/diagnosis";

const INDEX: &str = "book/src/diagnosis/index.md";

const SUMMARY: &str = "book/src/SUMMARY.md";

/// What updates the chapter.
const RENEW: &str = "run `cargo xtask diagnosis`";

/// The parts of the chapter: a code prefix, and what those codes are about.
const PARTS: [(&str, &str, &str); 8] = [
    (
        "WR01",
        "On import",
        "The build result can't be imported, or works here but not elsewhere.",
    ),
    (
        "WR02",
        "On build",
        "The extension doesn't build, or the manifests contradict each other.",
    ),
    (
        "WR07",
        "What the compiler says",
        "The compiler refused code that uses PyO3, and its words are about PyO3's own traits and macros.",
    ),
    (
        "WR03",
        "On running",
        "It builds and imports, but doesn't do what it should.",
    ),
    (
        "WR06",
        "In a wheel",
        "The wheel isn't what its name and metadata say.",
    ),
    (
        "WR04",
        "The machine",
        "A tool, an interpreter or an environment is missing or misleading.",
    ),
    (
        "WR05",
        "The course",
        "The exercise's own files were changed.",
    ),
    ("WR", "Further", "Everything else."),
];

/// Codes of engine rules that belong to a different part than their prefix suggests.
const ELSEWHERE: [(&str, &str); 4] = [
    ("WR0351", "WR02"),
    ("WR0352", "WR02"),
    ("WR0355", "WR01"),
    ("WR0356", "WR01"),
];

/// A page of the chapter.
struct Page {
    code: String,
    name: String,
    text: String,
}

impl Page {
    fn summary(&self) -> &str {
        self.text.lines().next().unwrap_or_default()
    }
}

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let wanted = chapter(tree);
    let mut findings: Vec<Finding> = wanted
        .iter()
        .filter(|(path, text)| tree.text(path) != Some(text.as_str()))
        .map(|(path, _)| {
            let cause = if tree.text(path).is_some() {
                "it differs from the rules' documentation"
            } else {
                "it is missing"
            };
            Finding::in_file(path, cause, RENEW)
        })
        .collect();
    findings.extend(
        orphaned(tree, &wanted)
            .iter()
            .map(|path| Finding::in_file(path, "no rule has this page", RENEW)),
    );
    findings
}

/// Files in the chapter that no longer have a rule.
pub(crate) fn orphaned(tree: &Tree, wanted: &BTreeMap<String, String>) -> Vec<String> {
    tree.paths_below(FOLDER)
        .map(|path| format!("{FOLDER}/{path}"))
        .filter(|path| !wanted.contains_key(path))
        .collect()
}

/// Every file of the chapter, along with the book's table of contents, as they should be.
pub(crate) fn chapter(tree: &Tree) -> BTreeMap<String, String> {
    let pages = pages(tree);
    if pages.is_empty() {
        return BTreeMap::new();
    }
    let mut files: BTreeMap<String, String> = pages
        .iter()
        .map(|page| {
            let path = format!("{FOLDER}/{}.md", page.code);
            (
                path,
                format!("# {} {}\n\n{}", page.code, page.name, page.text),
            )
        })
        .collect();
    files.insert(INDEX.to_owned(), index(&pages));
    let summary = tree.text(SUMMARY).unwrap_or_default();
    files.insert(SUMMARY.to_owned(), with_chapter(summary, &pages));
    files
}

fn pages(tree: &Tree) -> Vec<Page> {
    let mut pages: Vec<Page> = tree
        .rust_files()
        .filter(|file| file.path.split('/').nth(2) == Some("src"))
        .flat_map(|file| {
            let text = declared_rule::page(&file);
            declared_rule::in_file(&file)
                .into_iter()
                .map(move |rule| Page {
                    code: rule.code,
                    name: rule.name,
                    text: text.clone(),
                })
        })
        .collect();
    pages.sort_by(|a, b| a.code.cmp(&b.code));
    pages.dedup_by(|a, b| a.code == b.code);
    pages
}

/// The pages in chapter order, with the part that each belongs to.
fn in_parts(pages: &[Page]) -> Vec<(usize, &Page)> {
    let part = |page: &Page| {
        let elsewhere = ELSEWHERE.iter().find(|(code, _)| *code == page.code);
        let area = elsewhere.map_or(&*page.code, |(_, area)| area);
        PARTS
            .iter()
            .position(|(prefix, ..)| area.starts_with(prefix))
            .unwrap_or(PARTS.len())
    };
    let mut ordered: Vec<(usize, &Page)> = pages.iter().map(|page| (part(page), page)).collect();
    ordered.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.code.cmp(&b.1.code)));
    ordered
}

fn index(pages: &[Page]) -> String {
    let mut text = "# When things go wrong\n\n\
             When an extension doesn't build, import or behave, `wr` tells you why, with a code, the evidence, and what to do. The pages here\n\
             explain each code: what it means, an example, how to fix it, and where it is specified. `wr explain WR0101` shows the\n\
             same page in the terminal.\n\n\
             A code is never reused for anything else. `wr check` and `wr watch` report findings while they work; `wr inspect` looks inside\n\
             a file, a wheel, a project or an installed module; `wr doctor` checks the machine.\n"
        .to_owned();
    let mut current = None;
    for (part, page) in in_parts(pages) {
        if current != Some(part) {
            current = Some(part);
            if let Some((_, title, about)) = PARTS.get(part) {
                // Writing to a string can't fail.
                let _ = write!(
                    text,
                    "\n## {title}\n\n{about}\n\n| code | what it says |\n|---|---|\n"
                );
            }
        }
        let _ = writeln!(
            text,
            "| [{}]({}.md) `{}` | {} |",
            page.code,
            page.code,
            page.name,
            page.summary().replace('|', "\\|")
        );
    }
    text
}

/// The table of contents with the chapter's lines replaced, or inserted before the first rule.
fn with_chapter(summary: &str, pages: &[Page]) -> String {
    let is_ours = |line: &str| line.contains("](diagnosis/");
    let mut ours = "- [When things go wrong](diagnosis/index.md)\n".to_owned();
    for (_, page) in in_parts(pages) {
        let _ = writeln!(
            ours,
            "  - [{} {}](diagnosis/{}.md)",
            page.code, page.name, page.code
        );
    }
    let mut text = String::new();
    let mut is_written = false;
    let has_place = summary.lines().any(is_ours);
    for line in summary.lines() {
        if !is_written && (is_ours(line) || (!has_place && line == "---")) {
            text.push_str(&ours);
            if !has_place {
                text.push('\n');
            }
            is_written = true;
        }
        if !is_ours(line) {
            text.push_str(line);
            text.push('\n');
        }
    }
    if !is_written {
        text.push_str(&ours);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULE: &str = "//! A thing is wrong.\n//!\n//! More.\n\nconst RULE: Rule = Rule::new(\"WR0101\", \"a-thing\", include_str!(\"a.rs\"));\n";

    const FILE: &str = "crates/a/src/rules/a.rs";

    fn fresh(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        for (path, text) in chapter(&Tree::of(files)) {
            all.retain(|(known, _)| *known != path);
            all.push((path, text));
        }
        all
    }

    fn found(files: &[(String, String)]) -> Vec<String> {
        let files: Vec<(&str, &str)> = files
            .iter()
            .map(|(path, text)| (&**path, &**text))
            .collect();
        check(&Tree::of(&files))
            .iter()
            .map(|finding| finding.at.file.clone())
            .collect()
    }

    #[test]
    fn a_chapter_just_written_is_up_to_date() {
        let files = fresh(&[
            (FILE, RULE),
            (SUMMARY, "# Summary\n\n- [A](a.md)\n\n---\n\n[Z](z.md)\n"),
        ]);
        assert_eq!(found(&files), [""; 0]);
        let summary = &files.iter().find(|(path, _)| path == SUMMARY).unwrap().1;
        assert_eq!(
            summary,
            "# Summary\n\n- [A](a.md)\n\n- [When things go wrong](diagnosis/index.md)\n  - [WR0101 a-thing](diagnosis/WR0101.md)\n\n---\n\n[Z](z.md)\n"
        );
        let page = &files
            .iter()
            .find(|(path, _)| path.ends_with("WR0101.md"))
            .unwrap()
            .1;
        assert_eq!(page, "# WR0101 a-thing\n\nA thing is wrong.\n\nMore.\n");
    }

    #[test]
    fn changed_pages_and_pages_of_removed_rules_are_found() {
        let mut files = fresh(&[(FILE, RULE), (SUMMARY, "# Summary\n")]);
        files[0].1 = RULE.replace("More", "Less");
        assert_eq!(found(&files), ["book/src/diagnosis/WR0101.md"]);
        files[0].1 = RULE.replace("WR0101", "WR0102");
        assert_eq!(
            found(&files),
            [
                "book/src/SUMMARY.md",
                "book/src/diagnosis/WR0102.md",
                "book/src/diagnosis/index.md",
                "book/src/diagnosis/WR0101.md"
            ]
        );
    }

    #[test]
    fn without_rules_there_is_no_chapter() {
        assert_eq!(
            found(&[(SUMMARY.to_owned(), "# Summary\n".to_owned())]),
            [""; 0]
        );
    }
}
