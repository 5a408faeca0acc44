//! The book's page with the results, each part between its own marker lines.

use std::fs;

use anyhow::Context;

const PAGE: &str = "book/src/reference/ordinary.md";

/// Replaces a part's results on the page.
pub(super) fn write(part: &str, results: &str) -> anyhow::Result<()> {
    let path = crate::tidy::workspace_root()?.join(PAGE);
    let page = fs::read_to_string(&path).with_context(|| PAGE.to_owned())?;
    fs::write(&path, replaced(&page, part, results)?).with_context(|| PAGE.to_owned())?;
    println!("{PAGE} is written");
    Ok(())
}

fn replaced(page: &str, part: &str, results: &str) -> anyhow::Result<String> {
    let begin = format!("<!-- {part}: written by `cargo xtask agreement --write`. -->");
    let end = format!("<!-- End of {part}. -->");
    let missing = |line: &str| format!("{PAGE}: the line `{line}` is missing");
    let (before, rest) = page.split_once(&begin).with_context(|| missing(&begin))?;
    let (_, after) = rest.split_once(&end).with_context(|| missing(&end))?;
    Ok(format!(
        "{before}{begin}\n\n{}\n\n{end}{after}",
        results.trim()
    ))
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn a_part_is_replaced_and_the_others_are_left() {
        let page = "a\n<!-- projects: written by `cargo xtask agreement --write`. -->\nold\n<!-- End of projects. -->\n\
                    <!-- packages: written by `cargo xtask agreement --write`. -->\nkept\n<!-- End of packages. -->\nz\n";
        let written = replaced(page, "projects", "new\n").unwrap();
        assert!(written.contains("-->\n\nnew\n\n<!-- End of projects."));
        assert!(written.contains("kept") && !written.contains("old"));
        assert!(replaced(page, "matrix", "new").is_err());
    }

    #[test]
    fn the_page_has_the_place_of_each_part() {
        let path = crate::tidy::workspace_root().unwrap().join(super::PAGE);
        let page = std::fs::read_to_string(path).unwrap();
        for part in ["projects", "packages", "matrix"] {
            replaced(&page, part, "").unwrap();
        }
    }
}
