//! The few colours, and the lines that every renderer shares.

use crate::render::plain::complain;
use crate::render::wrap::wrapped_complaint;
use anstyle::{AnsiColor, Style};

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const GOOD: Style = AnsiColor::Green.on_default().bold();
pub(super) const BAD: Style = AnsiColor::Red.on_default().bold();
pub(super) const WARN: Style = AnsiColor::Yellow.on_default().bold();
pub(super) const PLACE: Style = AnsiColor::Cyan.on_default();

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
        complain!("  {BOLD}help{BOLD:#}: {}", wrapped_complaint(help, 8));
    }
}
