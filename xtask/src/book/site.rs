//! A built site: its pages, with their anchors and links, and its other files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::Context;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{StartTag, Token, Tokenizer};

/// A built site.
#[derive(Debug, Default)]
pub(super) struct Site {
    /// The HTML pages by path below the site, with `/` between parts.
    pub(super) pages: BTreeMap<String, Page>,
    /// The style sheets by path, with their contents.
    pub(super) styles: BTreeMap<String, String>,
    /// Every file, by path.
    pub(super) files: BTreeSet<String>,
}

/// A page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The anchors that a link can point to after `#`.
    pub(super) anchors: BTreeSet<String>,
    /// The links that a reader can follow, as written.
    pub(super) links: BTreeSet<String>,
    /// What the browser loads on its own, as written.
    pub(super) loads: BTreeSet<String>,
    /// Duplicate values of `id`, which make a link to them ambiguous.
    pub(super) doubled: BTreeSet<String>,
}

impl Site {
    /// Reads the site in a directory.
    pub(super) fn read(dir: &Path) -> anyhow::Result<Self> {
        let mut site = Self::default();
        site.read_below(dir, "")?;
        Ok(site)
    }

    fn read_below(&mut self, dir: &Path, prefix: &str) -> anyhow::Result<()> {
        let failed = || format!("cannot read {}", dir.display());
        for entry in fs::read_dir(dir).with_context(failed)? {
            let path = entry.with_context(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let below = format!("{prefix}{name}");
            if path.is_dir() {
                self.read_below(&path, &format!("{below}/"))?;
                continue;
            }
            let text = || fs::read_to_string(&path).context(format!("cannot read {below}"));
            match path.extension().and_then(|end| end.to_str()) {
                Some("html") => {
                    self.pages.insert(below.clone(), Page::of(&text()?));
                }
                Some("css") => {
                    self.styles.insert(below.clone(), text()?);
                }
                _ => {}
            }
            self.files.insert(below);
        }
        Ok(())
    }
}

impl Page {
    /// Extracts what we need from a page's HTML.
    pub(super) fn of(html: &str) -> Self {
        let mut page = Self::default();
        let mut emitter = DefaultEmitter::default();
        // So that the contents of scripts aren't mistaken for elements.
        emitter.naively_switch_states(true);
        for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
            if let Token::StartTag(tag) = token {
                page.add(&tag);
            }
        }
        page
    }

    fn add(&mut self, tag: &StartTag<()>) {
        let value = |name: &str| {
            let value = tag.attributes.get(name.as_bytes())?;
            Some(String::from_utf8_lossy(value).into_owned())
        };
        if let Some(id) = value("id")
            && !self.anchors.insert(id.clone())
        {
            self.doubled.insert(id);
        }
        match tag.name.as_slice() {
            b"a" => {
                self.anchors.extend(value("name"));
                self.links.extend(value("href"));
            }
            b"area" => self.links.extend(value("href")),
            // Inside a picture, where it can also refer to other elements of the page.
            b"use" => self
                .links
                .extend(value("href").or_else(|| value("xlink:href"))),
            b"link" => {
                let kind = value("rel").unwrap_or_default();
                // Other kinds only describe the page.
                if ["stylesheet", "icon", "shortcut icon", "preload"].contains(&kind.as_str()) {
                    self.loads.extend(value("href"));
                }
            }
            _ => {
                let names = ["src", "srcset", "poster", "data"];
                self.loads.extend(names.into_iter().filter_map(value));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(of: &[&str]) -> BTreeSet<String> {
        of.iter().map(|one| (*one).to_owned()).collect()
    }

    #[test]
    fn a_page_has_anchors_links_and_loads() {
        let page = Page::of(concat!(
            "<link rel=stylesheet href='a.css'><link rel='canonical' href='https://x'>",
            "<script src=\"b.js\"></script><script>\"<a href='no'>\"</script>",
            "<h1 id=top><a href='#top'>T</a></h1><a name='old' href=\"c.html?x=1&amp;y=2#z\">c</a>",
            "<img src='d.png'><svg><use href='#top'/></svg><p id=top>",
        ));
        assert_eq!(page.anchors, set(&["top", "old"]));
        assert_eq!(page.doubled, set(&["top"]));
        assert_eq!(page.links, set(&["#top", "c.html?x=1&y=2#z"]));
        assert_eq!(page.loads, set(&["a.css", "b.js", "d.png"]));
    }
}
