//! Markdown as a tree that a page can show without ever parsing HTML.
//!
//! Hints, explanations and findings are Markdown, and findings quote what programs printed. The page creates an element for
//! each node of this tree and puts strings into text nodes, so nothing in them can become markup.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use serde::{Deserialize, Serialize};

/// A part of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Block {
    /// A paragraph, or the cell of a table.
    Paragraph {
        /// Its contents.
        spans: Vec<Span>,
    },
    /// A heading.
    Heading {
        /// Its contents.
        spans: Vec<Span>,
    },
    /// A block of code.
    Code {
        /// Its language, or an empty string.
        language: String,
        /// The code.
        text: String,
    },
    /// A list.
    List {
        /// Whether its items are numbered.
        is_numbered: bool,
        /// The items.
        items: Vec<Vec<Block>>,
    },
    /// A quotation.
    Quote {
        /// Its contents.
        blocks: Vec<Block>,
    },
    /// A table, its head being the first row.
    Table {
        /// The rows, each with its cells.
        rows: Vec<Vec<Vec<Span>>>,
    },
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Span {
    /// Plain words.
    Text {
        /// The words.
        text: String,
    },
    /// Code.
    Code {
        /// The code.
        text: String,
    },
    /// Emphasised.
    Emphasis {
        /// Its contents.
        spans: Vec<Span>,
    },
    /// Strongly emphasised.
    Strong {
        /// Its contents.
        spans: Vec<Span>,
    },
    /// A link to another site.
    Link {
        /// The address, which begins with `https://` or `http://`.
        to: String,
        /// Its contents.
        spans: Vec<Span>,
    },
}

/// Parses Markdown. HTML in it is shown as it's written, and a link within a site keeps only its words.
pub fn parse(markdown: &str) -> Vec<Block> {
    let mut reader = Reader {
        events: Parser::new_ext(markdown, Options::ENABLE_TABLES),
    };
    reader.blocks()
}

struct Reader<'m> {
    events: Parser<'m>,
}

impl Reader<'_> {
    /// The blocks up to the end of the element that contains them. Words outside any paragraph, as in the items of a tight
    /// list, become one.
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut loose = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) => match self.block(tag) {
                    Ok(block) => {
                        flush(&mut loose, &mut blocks);
                        blocks.extend(block);
                    }
                    Err(spans) => loose.extend(spans),
                },
                other => loose.extend(span(&other)),
            }
        }
        flush(&mut loose, &mut blocks);
        blocks
    }

    /// The block that begins with `tag`; its spans, if it's only a part of a line.
    fn block(&mut self, tag: Tag<'_>) -> Result<Option<Block>, Vec<Span>> {
        Ok(match tag {
            // Lines of HTML are shown as they are written.
            Tag::Paragraph | Tag::HtmlBlock => Some(Block::Paragraph {
                spans: self.spans(),
            }),
            Tag::Heading { .. } => Some(Block::Heading {
                spans: self.spans(),
            }),
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(words) => {
                        let first = words.split([',', ' ']).next().unwrap_or_default();
                        first.to_owned()
                    }
                    CodeBlockKind::Indented => String::new(),
                };
                let text = self.text();
                Some(Block::Code { language, text })
            }
            Tag::List(first) => Some(Block::List {
                is_numbered: first.is_some(),
                items: self.children(Self::blocks),
            }),
            Tag::BlockQuote(_) => Some(Block::Quote {
                blocks: self.blocks(),
            }),
            Tag::Table(_) => Some(Block::Table {
                rows: self.children(|row| row.children(Self::spans)),
            }),
            inline => return Err(self.inline(inline).into_iter().collect()),
        })
    }

    /// What `read` makes of each child of the current element.
    fn children<T>(&mut self, read: impl Fn(&mut Self) -> T) -> Vec<T> {
        let mut children = Vec::new();
        while let Some(Event::Start(_)) = self.events.next() {
            children.push(read(self));
        }
        children
    }

    fn spans(&mut self) -> Vec<Span> {
        let mut spans = Vec::new();
        while let Some(event) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(tag) => spans.extend(self.inline(tag)),
                other => spans.extend(span(&other)),
            }
        }
        join(spans)
    }

    fn inline(&mut self, tag: Tag<'_>) -> Vec<Span> {
        let spans = self.spans();
        match tag {
            Tag::Emphasis => vec![Span::Emphasis { spans }],
            Tag::Strong => vec![Span::Strong { spans }],
            Tag::Link { dest_url, .. }
                if dest_url.starts_with("https://") || dest_url.starts_with("http://") =>
            {
                vec![Span::Link {
                    to: dest_url.into_string(),
                    spans,
                }]
            }
            _ => spans,
        }
    }

    /// The text of a block of code.
    fn text(&mut self) -> String {
        let mut text = String::new();
        for event in self.events.by_ref() {
            match event {
                Event::End(TagEnd::CodeBlock) => break,
                Event::Text(part) => text.push_str(&part),
                _ => {}
            }
        }
        text
    }
}

fn span(event: &Event<'_>) -> Option<Span> {
    let text = match event {
        Event::Code(code) => {
            return Some(Span::Code {
                text: code.to_string(),
            });
        }
        Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => text.to_string(),
        Event::SoftBreak => " ".to_owned(),
        Event::HardBreak => "\n".to_owned(),
        _ => return None,
    };
    Some(Span::Text { text })
}

/// Joins neighbouring words, which the parser reports in pieces.
fn join(spans: Vec<Span>) -> Vec<Span> {
    let mut joined: Vec<Span> = Vec::new();
    for span in spans {
        match (joined.last_mut(), span) {
            (Some(Span::Text { text }), Span::Text { text: more }) => text.push_str(&more),
            (_, span) => joined.push(span),
        }
    }
    joined
}

fn flush(loose: &mut Vec<Span>, blocks: &mut Vec<Block>) {
    if !loose.is_empty() {
        blocks.push(Block::Paragraph {
            spans: join(std::mem::take(loose)),
        });
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(markdown: &str, expect: &Value) {
        let found = serde_json::to_value(parse(markdown)).unwrap();
        assert_eq!(found, *expect, "{markdown}");
    }

    #[test]
    fn paragraphs_headings_and_code() {
        check(
            "# A\n\nOne *two* **three** `four`\nfive.\n\n```rust,ignore\nfn a() {}\n```\n\n    b\n",
            &json!([
                {"kind": "heading", "spans": [{"kind": "text", "text": "A"}]},
                {"kind": "paragraph", "spans": [
                    {"kind": "text", "text": "One "},
                    {"kind": "emphasis", "spans": [{"kind": "text", "text": "two"}]},
                    {"kind": "text", "text": " "},
                    {"kind": "strong", "spans": [{"kind": "text", "text": "three"}]},
                    {"kind": "text", "text": " "},
                    {"kind": "code", "text": "four"},
                    {"kind": "text", "text": " five."},
                ]},
                {"kind": "code", "language": "rust", "text": "fn a() {}\n"},
                {"kind": "code", "language": "", "text": "b\n"},
            ]),
        );
    }

    #[test]
    fn lists_may_be_nested() {
        check(
            "1. a `b`\n   - c\n2. d\n",
            &json!([{"kind": "list", "is_numbered": true, "items": [
                [
                    {"kind": "paragraph", "spans": [{"kind": "text", "text": "a "}, {"kind": "code", "text": "b"}]},
                    {"kind": "list", "is_numbered": false, "items": [
                        [{"kind": "paragraph", "spans": [{"kind": "text", "text": "c"}]}],
                    ]},
                ],
                [{"kind": "paragraph", "spans": [{"kind": "text", "text": "d"}]}],
            ]}]),
        );
    }

    #[test]
    fn tables_and_quotations() {
        check(
            "| a | b |\n|---|---|\n| c | `d` |\n\n> e\n",
            &json!([
                {"kind": "table", "rows": [
                    [[{"kind": "text", "text": "a"}], [{"kind": "text", "text": "b"}]],
                    [[{"kind": "text", "text": "c"}], [{"kind": "code", "text": "d"}]],
                ]},
                {"kind": "quote", "blocks": [{"kind": "paragraph", "spans": [{"kind": "text", "text": "e"}]}]},
            ]),
        );
    }

    #[test]
    fn markup_stays_text_and_only_web_addresses_are_links() {
        check(
            "<b onclick=x>a</b> [b](javascript:x) [c](https://c) [d](../d.html)\n\n<script>e</script>\n",
            &json!([
                {"kind": "paragraph", "spans": [
                    {"kind": "text", "text": "<b onclick=x>a</b> b "},
                    {"kind": "link", "to": "https://c", "spans": [{"kind": "text", "text": "c"}]},
                    {"kind": "text", "text": " d"},
                ]},
                {"kind": "paragraph", "spans": [{"kind": "text", "text": "<script>e</script>\n"}]},
            ]),
        );
    }
}
