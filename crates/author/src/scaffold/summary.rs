//! The line of a new page in the book's table of contents.

use course::ExerciseId;

/// Adds a line for an exercise to the table of contents, in course order.
pub(super) fn with(text: &str, id: &ExerciseId, title: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut after = None;
    let mut before = None;
    let mut last_page = None;
    for (index, line) in lines.iter().enumerate() {
        let Some(other) = exercise_of(line) else {
            continue;
        };
        last_page = Some(index);
        if other.chapter() != id.chapter() {
            continue;
        }
        if other < *id {
            after = Some(index);
        } else if before.is_none() {
            before = Some(index);
        }
    }
    let entry = |indent: &str| format!("{indent}- [{title}]({id}.md)");
    match (after, before, last_page) {
        (Some(at), _, _) => {
            let indent = indent(&lines[at]);
            lines.insert(at + 1, entry(&indent));
        }
        (None, Some(at), _) => {
            let indent = indent(&lines[at]);
            lines.insert(at, entry(&indent));
        }
        (None, None, last) => {
            let at = last.map_or(lines.len(), |at| at + 1);
            let chapter = super::title_of(id.chapter().title());
            lines.insert(at, entry("  "));
            lines.insert(at, format!("- [{chapter}]()"));
        }
    }
    lines.join("\n") + "\n"
}

/// The exercise whose page a line links to.
fn exercise_of(line: &str) -> Option<ExerciseId> {
    let (_, rest) = line.split_once("](")?;
    let (link, _) = rest.split_once(')')?;
    link.trim_start_matches("./")
        .strip_suffix(".md")?
        .parse()
        .ok()
}

fn indent(line: &str) -> String {
    line.chars().take_while(|c| c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, id: &str, expect: &str) {
        assert_eq!(with(text, &id.parse().unwrap(), "New"), expect);
    }

    #[test]
    fn a_line_is_inserted_in_order() {
        let text = "# Summary\n\n- [A]()\n    - [One](01_a/01_one.md)\n    - [Three](01_a/03_three.md)\n\n[End](end.md)\n";
        check(
            text,
            "01_a/02_new",
            "# Summary\n\n- [A]()\n    - [One](01_a/01_one.md)\n    - [New](01_a/02_new.md)\n    - [Three](01_a/03_three.md)\n\n[End](end.md)\n",
        );
        check(
            text,
            "01_a/00_new",
            "# Summary\n\n- [A]()\n    - [New](01_a/00_new.md)\n    - [One](01_a/01_one.md)\n    - [Three](01_a/03_three.md)\n\n[End](end.md)\n",
        );
        check(
            text,
            "02_more/01_new",
            "# Summary\n\n- [A]()\n    - [One](01_a/01_one.md)\n    - [Three](01_a/03_three.md)\n- [More]()\n  - [New](02_more/01_new.md)\n\n[End](end.md)\n",
        );
        check(
            "# Summary\n",
            "01_a/01_new",
            "# Summary\n- [A]()\n  - [New](01_a/01_new.md)\n",
        );
    }
}
