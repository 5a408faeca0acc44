//! Checks the links of a site: whether their targets exist, and whether anything would be loaded from the network.

use super::site::{Page, Site};

/// The problems, one line each.
pub(super) fn check(site: &Site) -> Vec<String> {
    let mut found = Vec::new();
    for (path, page) in &site.pages {
        // The navigation is on every page, so its problems are reported there; this file is a copy for browsers without
        // scripts.
        if path != "toc.html" {
            found.extend(check_page(site, path, page));
        }
    }
    for (path, text) in &site.styles {
        let is_remote = |url: &&str| place(url) == LinkTarget::Network;
        for url in urls(text).into_iter().filter(is_remote) {
            found.push(format!(
                "{path}: `{url}` would be loaded from the network; keep a copy in the book"
            ));
        }
    }
    found
}

fn check_page(site: &Site, path: &str, page: &Page) -> Vec<String> {
    let mut found = Vec::new();
    for id in &page.doubled {
        found.push(format!(
            "{path}: two elements have the id `{id}`; a link only finds the first"
        ));
    }
    for link in &page.loads {
        match place(link) {
            LinkTarget::Network => found.push(format!(
                "{path}: `{link}` would be loaded from the network; keep a copy in the book"
            )),
            LinkTarget::Site => found.extend(dead(site, path, link)),
            LinkTarget::Elsewhere => {}
        }
    }
    for link in &page.links {
        if place(link) == LinkTarget::Site {
            found.extend(dead(site, path, link));
        }
    }
    found
}

/// What a link points to.
#[derive(Debug, PartialEq, Eq)]
enum LinkTarget {
    /// A place in this site.
    Site,
    /// Another site.
    Network,
    /// A mail program, or the link itself.
    Elsewhere,
}

fn place(link: &str) -> LinkTarget {
    let is_scheme = |scheme: &str| {
        let mut letters = scheme.chars();
        letters
            .next()
            .is_some_and(|first| first.is_ascii_alphabetic())
            && letters.all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
    };
    if link.starts_with("//") {
        return LinkTarget::Network;
    }
    match link.split_once(':') {
        Some(("http" | "https" | "ftp", _)) => LinkTarget::Network,
        Some((scheme, _)) if is_scheme(scheme) => LinkTarget::Elsewhere,
        _ => LinkTarget::Site,
    }
}

/// Why a link into the site is dead.
fn dead(site: &Site, from: &str, link: &str) -> Option<String> {
    let (address, anchor) = link.split_once('#').unwrap_or((link, ""));
    let address = address.split('?').next().unwrap_or(address);
    let (address, anchor) = (decode(address), decode(anchor));
    let Some(target) = resolve(from, &address) else {
        return Some(format!("{from}: `{link}` points outside the book"));
    };
    if !site.files.contains(&target) {
        return Some(format!("{from}: `{link}` is dead: there is no {target}"));
    }
    if anchor.is_empty() {
        return None;
    }
    let page = site.pages.get(&target)?;
    if page.anchors.contains(&anchor) {
        return None;
    }
    Some(format!(
        "{from}: `{link}` is dead: {target} has nothing with the id `{anchor}`"
    ))
}

/// The path in the site that an address on the page `from` refers to; nothing if it points outside the site.
fn resolve(from: &str, address: &str) -> Option<String> {
    if address.is_empty() {
        return Some(from.to_owned());
    }
    let mut parts: Vec<&str> = if address.starts_with('/') {
        Vec::new()
    } else {
        let mut parts: Vec<&str> = from.split('/').collect();
        parts.pop();
        parts
    };
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            name => parts.push(name),
        }
    }
    let mut path = parts.join("/");
    if address.ends_with('/') || path.is_empty() {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str("index.html");
    }
    Some(path)
}

/// Decodes `%20` and the like.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a style sheet loads: the arguments of `url(…)` and `@import`.
fn urls(css: &str) -> Vec<&str> {
    let quotes: &[char] = &['"', '\'', ' '];
    let functions = css.split("url(").skip(1).filter_map(|rest| {
        let (url, _) = rest.split_once(')')?;
        Some(url.trim_matches(quotes))
    });
    let imports = css.split("@import").skip(1).filter_map(|rest| {
        let (url, _) = rest.split_once(';')?;
        Some(url.trim_matches(quotes))
    });
    functions.chain(imports).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&str, &str)], others: &[&str]) -> Site {
        let mut site = Site::default();
        for (path, html) in pages {
            site.files.insert((*path).to_owned());
            site.pages.insert((*path).to_owned(), Page::of(html));
        }
        site.files
            .extend(others.iter().map(|one| (*one).to_owned()));
        site
    }

    #[test]
    fn existing_targets_are_fine() {
        let site = site(
            &[
                (
                    "a/b.html",
                    "<h1 id='x'>X</h1><a href='#x'></a><a href='../index.html#y%20y'></a>\
                     <a href='c.html?q=1'></a><a href='../'></a><img src='i.svg'>\
                     <a href='https://example.org'></a><a href='mailto:a@b'></a>",
                ),
                ("a/c.html", ""),
                ("index.html", "<a id='y y'></a>"),
            ],
            &["a/i.svg"],
        );
        assert_eq!(check(&site), [""; 0]);
    }

    #[test]
    fn dead_links_are_named() {
        let site = site(
            &[(
                "a/b.html",
                "<a href='c.html'></a><a href='#x'></a><a href='../../d.html'></a><img src='i.svg'>",
            )],
            &[],
        );
        assert_eq!(
            check(&site),
            [
                "a/b.html: `i.svg` is dead: there is no a/i.svg",
                "a/b.html: `#x` is dead: a/b.html has nothing with the id `x`",
                "a/b.html: `../../d.html` points outside the book",
                "a/b.html: `c.html` is dead: there is no a/c.html",
            ]
        );
    }

    #[test]
    fn nothing_is_loaded_from_the_network() {
        let mut site = site(
            &[(
                "a.html",
                "<script src='https://cdn/x.js'></script><link rel=stylesheet href='//cdn/x.css'>",
            )],
            &[],
        );
        let css = "@import 'https://fonts/f.css'; a { src: url(\"http://f/g.woff\"), url(h.woff) }";
        site.styles.insert("s.css".to_owned(), css.to_owned());
        let found = check(&site);
        assert_eq!(found.len(), 4, "{found:?}");
        assert!(found.iter().all(|one| one.contains("from the network")));
    }

    #[test]
    fn a_link_within_a_picture_counts() {
        let site = site(&[("a.html", "<svg><use href='#arrow'/></svg>")], &[]);
        assert_eq!(check(&site).len(), 1);
    }

    #[test]
    fn two_elements_with_one_id_are_named() {
        let site = site(&[("a.html", "<p id=x><p id=x>")], &[]);
        assert_eq!(
            check(&site),
            ["a.html: two elements have the id `x`; a link only finds the first"]
        );
    }
}
