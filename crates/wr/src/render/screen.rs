//! The screen that a watch's verdict has to fit on. Nobody scrolls back there, and the first thing to scroll away is
//! what matters most: the verdict and its first finding.

use terminal_size::{Height, Width, terminal_size_of};

use super::text::Text;

/// The rows left on a screen; an endless screen always has enough.
#[derive(Debug)]
pub(super) struct Screen {
    left: Option<usize>,
    width: usize,
}

impl Screen {
    /// For output that can be scrolled or is read from a file.
    pub(super) fn endless() -> Self {
        Self {
            left: None,
            width: usize::MAX,
        }
    }

    /// The terminal behind standard output, minus the rows needed for other things; endless if it isn't a terminal.
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

    /// Whether a string fits on the screen.
    pub(super) fn holds(&self, text: &str) -> bool {
        self.left.is_none_or(|left| self.rows(text) <= left)
    }

    /// Reserves rows for what is shown later.
    pub(super) fn keep(&mut self, rows: usize) {
        self.left = self.left.map(|left| left.saturating_sub(rows));
    }

    /// Shows something even if there's no room for it.
    pub(super) fn always(&mut self, out: &mut Text, shown: impl FnOnce(&mut Text)) {
        let mut part = out.part();
        shown(&mut part);
        self.keep(self.rows(part.as_str()));
        out.add(&part);
    }

    /// Shows something if there's room for it, and returns whether there was.
    pub(super) fn where_it_fits(&mut self, out: &mut Text, shown: impl FnOnce(&mut Text)) -> bool {
        let mut part = out.part();
        shown(&mut part);
        let rows = self.rows(part.as_str());
        let fits = self.left.is_none_or(|left| rows <= left);
        if fits {
            self.keep(rows);
            out.add(&part);
        }
        fits
    }

    /// How many of these lines fit next to this many other rows, up to `most`.
    pub(super) fn fitting(&self, lines: &[&str], others: usize, most: usize) -> usize {
        let Some(left) = self.left else {
            return lines.len().min(most);
        };
        let mut rows = others;
        lines
            .iter()
            .take(most)
            .take_while(|line| {
                rows += self.rows(line);
                rows <= left
            })
            .count()
    }

    /// The rows that a string takes up, colours included.
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
    use crate::render::text::{Text, say};

    fn screen(left: usize) -> Screen {
        Screen {
            left: Some(left),
            width: 10,
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let mut screen = screen(5);
        let mut out = Text::with_width(None);
        screen.always(&mut out, |out| say!(out, "one"));
        assert!(screen.where_it_fits(&mut out, |out| say!(out, "a line that takes three")));
        assert!(!screen.where_it_fits(&mut out, |out| say!(out, "two\nlines")));
        assert!(screen.where_it_fits(&mut out, |out| say!(out, "last")));
        assert_eq!(out.as_str(), "one\na line that takes three\nlast\n");
    }

    #[test]
    fn a_string_fits_or_scrolls_away() {
        assert!(screen(2).holds("one\ntwo"));
        assert!(!screen(2).holds("one\ntwo\nthree"));
        assert!(!screen(2).holds("a line that takes three"));
        assert!(Screen::endless().holds("one\ntwo\nthree"));
    }

    #[test]
    fn lines_are_counted_the_way_the_terminal_wraps_them() {
        let lines = ["short", "eleven long", "short", "short"];
        assert_eq!(screen(5).fitting(&lines, 1, 40), 3);
        assert_eq!(screen(5).fitting(&lines, 1, 2), 2);
        assert_eq!(screen(1).fitting(&lines, 1, 40), 0);
        assert_eq!(Screen::endless().fitting(&lines, 1, 40), 4);
    }
}
