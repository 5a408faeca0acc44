//! The few colours, and the lines that every renderer shares.

use std::fmt::{self, Write};
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use anstyle::{AnsiColor, Style};

use crate::render::plain::complain;
use crate::render::wrap::wrapped_complaint;

pub(super) const BOLD: StyleMark = StyleMark('b');
/// For the label of what to do next, which the eye should find first.
pub(super) const HELP: StyleMark = StyleMark('h');
pub(super) const DIM: StyleMark = StyleMark('d');
pub(super) const GOOD: StyleMark = StyleMark('g');
pub(super) const BAD: StyleMark = StyleMark('r');
pub(super) const WARN: StyleMark = StyleMark('y');
pub(super) const PLACE: StyleMark = StyleMark('c');

/// The end of a style.
const PLAIN: char = '0';

/// One of the styles: `{BOLD}` starts it and `{BOLD:#}` ends it.
///
/// It isn't written as the terminal's own sequence but as a mark that no file name can contain, since nobody can know
/// it before the program runs. So text from others never passes for one of our colours, and all of it is shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct StyleMark(char);

/// The start of every mark: a character that no string contains.
pub(super) const MARK: char = '\u{10ffff}';

/// The prefix of all marks in this run of the program.
static SECRET: LazyLock<String> = LazyLock::new(|| {
    let chance = RandomState::new().hash_one(MARK);
    let parts = chance.to_le_bytes();
    let letters = parts.chunks(2).map(|pair| {
        let value = pair
            .iter()
            .fold(0, |value, byte| value << 8 | u32::from(*byte));
        // From a private-use plane.
        char::from_u32(0xf_0000 + value).unwrap_or(MARK)
    });
    std::iter::once(MARK).chain(letters).collect()
});

impl fmt::Display for StyleMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&SECRET)?;
        f.write_char(if f.alternate() { PLAIN } else { self.0 })
    }
}

/// Splits a mark off the start of a string: the terminal's sequence for it, and the rest.
pub(super) fn mark(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix(SECRET.as_str())?.chars();
    let style = match rest.next()? {
        PLAIN => {
            return Some((
                Style::new().bold().render_reset().to_string(),
                rest.as_str(),
            ));
        }
        'b' => Style::new().bold(),
        'h' => AnsiColor::Cyan.on_default().bold(),
        'd' => Style::new().dimmed(),
        'g' => AnsiColor::Green.on_default().bold(),
        'r' => AnsiColor::Red.on_default().bold(),
        'y' => AnsiColor::Yellow.on_default().bold(),
        'c' => AnsiColor::Cyan.on_default(),
        _ => return None,
    };
    Some((style.to_string(), rest.as_str()))
}

pub(super) fn error(message: &str, help: Option<&str>) {
    complain!("{BAD}error{BAD:#}: {}", wrapped_complaint(message, 7));
    help_line(help);
}

pub(super) fn note(message: &str, help: Option<&str>) {
    complain!("{WARN}note{WARN:#}: {}", wrapped_complaint(message, 6));
    help_line(help);
}

fn help_line(help: Option<&str>) {
    if let Some(help) = help {
        complain!("  {HELP}help{HELP:#}: {}", wrapped_complaint(help, 8));
    }
}
