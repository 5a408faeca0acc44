//! Manual pages, made from the same definition as `--help`.

use clap::Command;
use clap_mangen::Man;
use roff::{Roff, roman};

/// The section of the manual that programs are in.
const SECTION: &str = "1";

/// A manual page.
pub(crate) struct Page {
    /// Its file's name, such as `wr-check.1`.
    pub(crate) file: String,
    /// In roff.
    pub(crate) text: Vec<u8>,
}

/// The page of a verb, given as words such as `author` and `new`; of `wr` itself without any. `None` if there's no such
/// verb.
pub(crate) fn page(definition: Command, verb: &[String]) -> Option<std::io::Result<Page>> {
    let whole = built(definition);
    let mut command = &whole;
    for word in verb {
        command = command.find_subcommand(word)?;
    }
    Some(render(command))
}

/// All pages.
pub(crate) fn pages(definition: Command) -> std::io::Result<Vec<Page>> {
    let whole = built(definition);
    let mut pages = Vec::new();
    collect(&whole, &mut pages)?;
    Ok(pages)
}

fn built(definition: Command) -> Command {
    let mut whole = definition.disable_help_subcommand(true);
    whole.build();
    whole
}

fn collect(command: &Command, pages: &mut Vec<Page>) -> std::io::Result<()> {
    pages.push(render(command)?);
    let verbs = command.get_subcommands();
    verbs
        .filter(|verb| !verb.is_hide_set())
        .try_for_each(|verb| collect(verb, pages))
}

fn render(command: &Command) -> std::io::Result<Page> {
    let man = Man::new(command.clone())
        .section(SECTION)
        .source(concat!("wr ", env!("CARGO_PKG_VERSION")))
        .manual("wr");
    let mut text = Vec::new();
    man.render_title(&mut text)?;
    man.render_name_section(&mut text)?;
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if command.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    if let Some(after) = command.get_after_help() {
        ending(&after.to_string()).to_writer(&mut text)?;
    }
    Ok(Page {
        file: man.get_filename(),
        text: in_ascii(&String::from_utf8_lossy(&text)).into_bytes(),
    })
}

/// Replaces each character that isn't ASCII by its escape, because roff reads bytes (the manual page of groff characters, section 7).
fn in_ascii(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        if character.is_ascii() {
            escaped.push(character);
        } else {
            escaped.push_str(&format!("\\[u{:04X}]", u32::from(character)));
        }
    }
    escaped
}

/// What comes after the options: paragraphs, some with a title such as `Examples:` and lines that mustn't be joined.
fn ending(text: &str) -> Roff {
    let mut roff = Roff::new();
    let mut has_section = false;
    for paragraph in text.split("\n\n") {
        let lines: Vec<&str> = paragraph.lines().collect();
        match lines.as_slice() {
            [title, rest @ ..] if title.ends_with(':') && !rest.is_empty() => {
                let title = title.trim_end_matches(':').to_uppercase();
                roff.control("SH", [title.as_str()]);
                roff.control("nf", []);
                for line in rest {
                    roff.text([roman(*line)]);
                }
                roff.control("fi", []);
            }
            other => {
                if has_section {
                    roff.control("PP", []);
                } else {
                    roff.control("SH", ["NOTES"]);
                }
                roff.text([roman(other.join(" "))]);
            }
        }
        has_section = true;
    }
    roff
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;

    #[test]
    fn every_verb_has_a_page() {
        let pages = pages(cli::definition()).unwrap();
        let names: Vec<&str> = pages.iter().map(|page| page.file.as_str()).collect();
        for name in ["wr.1", "wr-check.1", "wr-author.1", "wr-author-new.1"] {
            assert!(names.contains(&name), "{name} is not among {names:?}");
        }
        let definition = cli::definition();
        let verbs = definition
            .get_subcommands()
            .filter(|verb| !verb.is_hide_set());
        for verb in verbs {
            let name = format!("wr-{}.1", verb.get_name());
            assert!(names.contains(&name.as_str()), "{name}");
        }
    }

    #[test]
    fn examples_keep_their_lines() {
        let page = page(cli::definition(), &["check".to_owned()])
            .unwrap()
            .unwrap();
        let text = String::from_utf8(page.text).unwrap();
        let (_, examples) = text.split_once(".SH EXAMPLES\n.nf\n").unwrap();
        let (lines, rest) = examples.split_once("\n.fi\n").unwrap();
        assert!(lines.lines().count() > 4, "{lines}");
        assert!(rest.contains("If the verdict names a code"), "{rest}");
    }

    #[test]
    fn a_page_lists_only_flags_that_apply() {
        let page = page(cli::definition(), &["list".to_owned()])
            .unwrap()
            .unwrap();
        let text = String::from_utf8(page.text).unwrap();
        assert!(!text.contains("memory"), "{text}");
        assert!(super::page(cli::definition(), &["nothing".to_owned()]).is_none());
    }
}
