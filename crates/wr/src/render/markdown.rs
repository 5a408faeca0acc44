//! Shows Markdown in a terminal: the pages about findings, and hints.
//!
//! Paragraphs and list items are wrapped at the text's width, whatever width they were written in. Code is indented and
//! never wrapped, so that it can be copied.

mod table;
mod words;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Options, Parser, Tag, TagEnd};

use self::table::Table;
use self::words::Words;
use super::text::{Text, say};

/// How far code is indented, in characters.
const CODE_INDENT: &str = "    ";

/// Writes Markdown.
pub(super) fn write(out: &mut Text, markdown: &str) {
    let mut page = Page::new(out);
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        page.take(event);
    }
    page.finish_line();
}

/// What a list item or a quotation puts before its lines.
struct Margin {
    /// Before the first line, until that's written.
    first: Option<String>,
    /// Before each further line.
    rest: String,
}

/// The part of the Markdown that has been read but not written, and where it goes.
struct Page<'t> {
    out: &'t mut Text,
    margins: Vec<Margin>,
    /// The next number of each open list; `None` for a list without numbers.
    lists: Vec<Option<u64>>,
    /// The open paragraph, list item, heading or cell.
    words: Words,
    /// What follows the text of each open link.
    links: Vec<String>,
    table: Option<Table>,
    code: Option<String>,
    /// Whether the next block needs an empty line above it.
    needs_space: bool,
}

impl<'t> Page<'t> {
    fn new(out: &'t mut Text) -> Self {
        Self {
            out,
            margins: Vec::new(),
            lists: Vec::new(),
            words: Words::default(),
            links: Vec::new(),
            table: None,
            code: None,
            needs_space: false,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.words.push(&text),
            },
            Event::Code(code) => self.words.push_code(&code),
            // A name in angle brackets, such as `<path>`, is parsed as HTML.
            Event::Html(text) | Event::InlineHtml(text) => self.words.push(&text),
            Event::SoftBreak => self.words.push(" "),
            Event::HardBreak => self.finish_line(),
            Event::Rule => {
                self.begin_block();
                self.line("---");
                self.needs_space = true;
            }
            // Extensions that aren't enabled.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin_block(),
            Tag::Heading { .. } => {
                self.begin_block();
                self.words.start_bold();
            }
            Tag::Strong | Tag::Emphasis => self.words.start_bold(),
            Tag::BlockQuote(_) => {
                self.begin_block();
                self.margins.push(Margin {
                    first: None,
                    rest: "> ".to_owned(),
                });
            }
            Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented) => {
                self.begin_block();
                self.code = Some(String::new());
            }
            Tag::List(number) => {
                self.begin_block();
                self.lists.push(number);
            }
            Tag::Item => self.start_item(),
            Tag::Table(_) => {
                self.begin_block();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.start_row();
                }
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            }
            | Tag::Image {
                link_type,
                dest_url,
                ..
            } => self.start_link(link_type, &dest_url),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.finish_line();
                self.needs_space = true;
            }
            TagEnd::Heading(_) => {
                self.words.end_bold();
                self.finish_line();
                self.needs_space = true;
            }
            TagEnd::Strong | TagEnd::Emphasis => self.words.end_bold(),
            TagEnd::BlockQuote(_) => {
                self.margins.pop();
                self.needs_space = true;
            }
            TagEnd::CodeBlock => {
                for line in self.code.take().unwrap_or_default().lines() {
                    self.line(&format!("{CODE_INDENT}{line}"));
                }
                self.needs_space = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.needs_space |= self.lists.is_empty();
            }
            TagEnd::Item => {
                self.finish_line();
                // An item without any text.
                if self
                    .margins
                    .last()
                    .is_some_and(|margin| margin.first.is_some())
                {
                    self.line("");
                }
                self.margins.pop();
            }
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.push(std::mem::take(&mut self.words));
                }
            }
            TagEnd::Table => {
                let lines = self.table.take().unwrap_or_default().lines(self.room());
                for line in lines {
                    self.line(&line);
                }
                self.needs_space = true;
            }
            TagEnd::Link | TagEnd::Image => {
                let after = self.links.pop().unwrap_or_default();
                self.words.push(&after);
            }
            _ => {}
        }
    }

    fn start_item(&mut self) {
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                let mark = format!("{number}. ");
                *number += 1;
                mark
            }
            _ => "- ".to_owned(),
        };
        self.space();
        self.margins.push(Margin {
            rest: " ".repeat(mark.len()),
            first: Some(mark),
        });
    }

    /// Relative links lead to files that the reader of a terminal doesn't have.
    fn start_link(&mut self, kind: LinkType, url: &str) {
        let after = match kind {
            LinkType::Autolink | LinkType::Email => {
                self.words.push("<");
                ">".to_owned()
            }
            _ if url.contains("://") => format!(" <{url}>"),
            _ => String::new(),
        };
        self.links.push(after);
    }

    /// Finishes the text of a list item that comes before this block, and leaves space above it.
    fn begin_block(&mut self) {
        self.finish_line();
        self.space();
    }

    fn space(&mut self) {
        if std::mem::take(&mut self.needs_space) {
            let margin: String = self.margins.iter().map(|one| one.rest.as_str()).collect();
            say!(self.out, "{}", margin.trim_end());
        }
    }

    /// Writes the open paragraph, item or heading, if there is one.
    fn finish_line(&mut self) {
        let words = std::mem::take(&mut self.words);
        let style = words.style();
        for line in words.lines(self.room()) {
            self.line(&line);
        }
        self.words = style;
    }

    /// How many characters of a line are left for text; `None` if there's no limit.
    fn room(&self) -> Option<usize> {
        let margin: usize = self.margins.iter().map(|margin| margin.rest.len()).sum();
        self.out
            .columns()
            .map(|columns| columns.saturating_sub(margin).max(1))
    }

    fn line(&mut self, line: &str) {
        let mut whole = String::new();
        for margin in &mut self.margins {
            match margin.first.take() {
                Some(first) => whole.push_str(&first),
                None => whole.push_str(&margin.rest),
            }
        }
        whole.push_str(line);
        say!(self.out, "{}", whole.trim_end());
    }
}

#[cfg(test)]
#[path = "markdown/tests.rs"]
mod tests;
