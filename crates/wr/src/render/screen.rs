//! The screen on which a verdict of a watch is to fit. Nobody scrolls back there, and what scrolls away first is what matters
//! most: the verdict and its first finding.

use terminal_size::{Height, Width, terminal_size_of};

use super::plain::{held, show};

/// What is left of a screen; of one without an end there is always enough.
#[derive(Debug)]
pub(super) struct Screen {
    left: Option<usize>,
    width: usize,
}

impl Screen {
    /// Where one scrolls, or reads a file.
    pub(super) fn endless() -> Self {
        Self {
            left: None,
            width: usize::MAX,
        }
    }

    /// The terminal that standard output is, less the rows that are needed for something else; without an end where it is
    /// none.
    pub(super) fn of_terminal(needed: usize) -> Self {
        match terminal_size_of(std::io::stdout()) {
            Some((Width(width), Height(height))) => Self {
                left: Some(usize::from(height).saturating_sub(needed)),
                width: usize::from(width).max(1),
            },
            None => Self::endless(),
        }
    }

    pub(super) fn is_endless(&self) -> bool {
        self.left.is_none()
    }

    /// Whether a text can be seen whole.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.left.is_none_or(|left| self.rows(text) <= left)
    }

    /// Keeps rows for what is shown later.
    pub(super) fn keep(&mut self, rows: usize) {
        self.left = self.left.map(|left| left.saturating_sub(rows));
    }

    /// Shows something whether or not there is room for it.
    pub(super) fn always(&mut self, shown: impl FnOnce()) {
        let text = held(shown);
        self.keep(self.rows(&text));
        show(&text);
    }

    /// Shows something where there is room for it; says whether there was.
    pub(super) fn where_it_fits(&mut self, shown: impl FnOnce()) -> bool {
        let text = held(shown);
        let rows = self.rows(&text);
        let fits = self.left.is_none_or(|left| rows <= left);
        if fits {
            self.keep(rows);
            show(&text);
        }
        fits
    }

    /// How many of these lines fit besides so many rows of something else, but not more than `most`.
    pub(super) fn fitting(&self, lines: &[&str], besides: usize, most: usize) -> usize {
        let Some(left) = self.left else {
            return lines.len().min(most);
        };
        let mut rows = besides;
        lines
            .iter()
            .take(most)
            .take_while(|line| {
                rows += self.rows(line);
                rows <= left
            })
            .count()
    }

    /// The rows that a text takes, colours and all.
    fn rows(&self, text: &str) -> usize {
        let plain = anstream::adapter::strip_str(text).to_string();
        plain
            .lines()
            .map(|line| line.chars().count().div_ceil(self.width).max(1))
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::Screen;
    use crate::render::plain::{held, say};

    fn screen(left: usize) -> Screen {
        Screen {
            left: Some(left),
            width: 10,
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut screen = screen(5);
        let shown = held(|| {
            screen.always(|| say!("one"));
            assert!(screen.where_it_fits(|| say!("a line that takes three")));
            assert!(!screen.where_it_fits(|| say!("two\nlines")));
            assert!(screen.where_it_fits(|| say!("last")));
        });
        assert_eq!(shown, "one\na line that takes three\nlast\n");
    }

    #[test]
    fn a_text_is_held_or_scrolls_away() {
        assert!(screen(2).holds("one\ntwo"));
        assert!(!screen(2).holds("one\ntwo\nthree"));
        assert!(!screen(2).holds("a line that takes three"));
        assert!(Screen::endless().holds("one\ntwo\nthree"));
    }

    #[test]
    fn lines_are_counted_as_the_terminal_breaks_them() {
        let lines = ["short", "eleven long", "short", "short"];
        assert_eq!(screen(5).fitting(&lines, 1, 40), 3);
        assert_eq!(screen(5).fitting(&lines, 1, 2), 2);
        assert_eq!(screen(1).fitting(&lines, 1, 40), 0);
        assert_eq!(Screen::endless().fitting(&lines, 1, 40), 4);
    }
}
