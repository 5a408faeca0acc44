//! Renames exercises within text: in links, paths, commands. Pure: string in, string out.
//!
//! All names are replaced in one pass, so that two exercises can swap places.

use course::ExerciseId;

use super::Moved;

/// The names before and after the move.
pub(super) struct Names<'n> {
    /// Every exercise, by its name before the move.
    pub(super) all: &'n [ExerciseId],
    /// The exercises that get a new name.
    pub(super) moved: &'n [Moved],
}

/// Where a text is located.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Location<'p> {
    /// The chapter folder that contains it, before the move.
    pub(super) before: Option<&'p str>,
    /// The same, after the move.
    pub(super) after: Option<&'p str>,
}

impl Names<'_> {
    /// The exercise that a word names or starts with, and the rest of the word: `01_setup` in `01_setup_wheel`.
    pub(super) fn named<'w>(&self, chapter: &str, word: &'w str) -> Option<(&ExerciseId, &'w str)> {
        self.all
            .iter()
            .filter(|id| id.chapter().as_str() == chapter)
            .filter_map(|id| {
                let rest = word.strip_prefix(id.name().as_str())?;
                (rest.is_empty() || rest.starts_with('_')).then_some((id, rest))
            })
            .max_by_key(|(id, _)| id.name().as_str().len())
    }

    /// The exercise's name after the move.
    pub(super) fn after<'i>(&'i self, id: &'i ExerciseId) -> &'i ExerciseId {
        self.moved
            .iter()
            .find(|one| one.from == *id)
            .map_or(id, |one| &one.to)
    }

    /// The chapter of the only exercise with this name.
    fn only_chapter(&self, name: &str) -> Option<&str> {
        let mut all = self.all.iter().filter(|id| id.name().as_str() == name);
        let one = all.next()?;
        all.next().is_none().then(|| one.chapter().as_str())
    }

    fn is_chapter(&self, word: &str) -> bool {
        self.all.iter().any(|id| id.chapter().as_str() == word)
    }

    /// The text with every moved exercise under its new name.
    pub(super) fn rewrite(&self, text: &str, place: Location<'_>) -> String {
        let mut written = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_part) {
            let (before, from) = rest.split_at(start);
            written.push_str(before);
            let end = from.find(|c| !is_part(c)).unwrap_or(from.len());
            let (path, after) = from.split_at(end);
            written.push_str(&self.path(path, place));
            rest = after;
        }
        written.push_str(rest);
        written
    }

    /// A path: words separated by slashes.
    fn path(&self, path: &str, place: Location<'_>) -> String {
        let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
        let mut chapter_at = None;
        for index in 0..parts.len() {
            let part = parts[index].clone();
            if self.is_chapter(&part) {
                chapter_at = Some(index);
                continue;
            }
            // A sentence may end with a name, and a file name continues after it.
            let (word, ending) = part.split_at(part.find('.').unwrap_or(part.len()));
            let chapter = match chapter_at {
                Some(at) => Some(parts[at].clone()),
                None => place
                    .before
                    .filter(|chapter| self.named(chapter, word).is_some())
                    .or_else(|| self.only_chapter(word))
                    .map(str::to_owned),
            };
            let Some(chapter) = chapter else { continue };
            let Some((id, tail)) = self.named(&chapter, word) else {
                continue;
            };
            let to = self.after(id);
            parts[index] = format!("{}{tail}{ending}", to.name());
            match chapter_at {
                Some(at) => parts[at] = to.chapter().to_string(),
                // A link to a neighbour that is now in another chapter, or from a page that is.
                None if index == 0
                    && path != word
                    && place.after.is_some_and(|own| own != to.chapter().as_str()) =>
                {
                    parts[0] = format!("../{}/{}", to.chapter(), parts[0]);
                }
                None => {}
            }
            break;
        }
        parts.join("/")
    }
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(place: Option<&str>, text: &str, expect: &str) {
        let id = |text: &str| -> ExerciseId { text.parse().unwrap() };
        let all = [
            "01_a/01_x",
            "01_a/01_x_more",
            "01_a/02_y",
            "02_b/01_x",
            "02_b/07_only",
        ]
        .map(id);
        let moved = [
            ("01_a/01_x", "01_a/02_x"),
            ("01_a/02_y", "01_a/01_y"),
            ("02_b/07_only", "01_a/07_only"),
        ]
        .map(|(from, to)| Moved {
            from: id(from),
            to: id(to),
        });
        let names = Names {
            all: &all,
            moved: &moved,
        };
        let place = Location {
            before: place,
            after: place,
        };
        assert_eq!(names.rewrite(text, place), expect);
    }

    #[test]
    fn names_can_swap() {
        check(
            None,
            "- [X](01_a/01_x.md)\n- [Y](./01_a/02_y.md#part)",
            "- [X](01_a/02_x.md)\n- [Y](./01_a/01_y.md#part)",
        );
        check(
            Some("01_a"),
            "(01_x.md), (output/01_x_wheel.txt).",
            "(02_x.md), (output/02_x_wheel.txt).",
        );
    }

    #[test]
    fn other_names_are_unchanged() {
        check(
            Some("01_a"),
            "01_x_more 01_xy 101_x",
            "01_x_more 01_xy 101_x",
        );
        check(
            Some("02_b"),
            "[X](01_x.md) [X](../01_a/01_x.md)",
            "[X](01_x.md) [X](../01_a/02_x.md)",
        );
        check(None, "`wr check 01_x`", "`wr check 01_x`");
    }

    #[test]
    fn links_follow_an_exercise_to_another_chapter() {
        check(
            None,
            "{{#include ../../exercises/02_b/07_only/src/lib.rs}}",
            "{{#include ../../exercises/01_a/07_only/src/lib.rs}}",
        );
        check(Some("02_b"), "[it](07_only.md)", "[it](../01_a/07_only.md)");
        check(
            Some("01_a"),
            "[it](../02_b/07_only.md), `wr open 07_only`.",
            "[it](../01_a/07_only.md), `wr open 07_only`.",
        );
    }

    #[test]
    fn a_name_may_end_a_sentence() {
        check(None, "See 01_a/02_y.", "See 01_a/01_y.");
        check(None, "Open `01_a/02_y`...", "Open `01_a/01_y`...");
    }
}
