//! A page of the book on its way to the browser: the panel is added, and the scripts that may run are named.

use data_encoding::BASE64;
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use sha2::{Digest, Sha256};

/// What a page loads to show the panel. Without scripts nothing of it is visible.
const HEAD: &str = "<link rel=\"stylesheet\" href=\"/.wr/panel.css\">\
                    <script src=\"/.wr/panel.js\" defer></script>";

/// A page and its content security policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) html: String,
    pub(crate) policy: String,
}

impl Page {
    /// A page with the panel.
    pub(crate) fn with_panel(html: &str) -> Self {
        // In a page's text, the `<` would be written as `&lt;`.
        let shown = match html.split_once("</head>") {
            Some((before, after)) => format!("{before}{HEAD}</head>{after}"),
            None => format!("{HEAD}{html}"),
        };
        Self::bare(shown)
    }

    /// A page as it is.
    pub(crate) fn bare(html: String) -> Self {
        let policy = policy(&inline_scripts(&html));
        Self { html, policy }
    }
}

/// The policy for a page with these scripts in it. Everything comes from this server, and nothing may show the page in a frame.
///
/// mdBook and drawings set styles on elements, which can't run anything.
pub(crate) fn policy(scripts: &[String]) -> String {
    let hashes: String = scripts
        .iter()
        .map(|script| format!(" 'sha256-{}'", BASE64.encode(&Sha256::digest(script))))
        .collect();
    format!(
        "default-src 'none'; script-src 'self'{hashes}; style-src 'self' 'unsafe-inline'; \
         img-src 'self' data:; media-src 'self'; font-src 'self'; connect-src 'self'; \
         base-uri 'self'; form-action 'none'; frame-ancestors 'none'"
    )
}

/// The scripts that are written in a page, each as the browser hashes it.
fn inline_scripts(html: &str) -> Vec<String> {
    let mut emitter = DefaultEmitter::default();
    // So that a script isn't mistaken for elements.
    emitter.naively_switch_states(true);
    let mut scripts = Vec::new();
    let mut open: Option<String> = None;
    for Ok(token) in Tokenizer::new_with_emitter(html, emitter) {
        match token {
            Token::StartTag(tag) if tag.name.as_slice() == b"script" => {
                let is_inline = !tag.attributes.contains_key(b"src".as_slice());
                open = is_inline.then(String::new);
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"script" => scripts.extend(open.take()),
            Token::String(text) => {
                if let Some(script) = &mut open {
                    script.push_str(&String::from_utf8_lossy(&text));
                }
            }
            _ => {}
        }
    }
    scripts.sort_unstable();
    scripts.dedup();
    scripts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_panel_is_added_to_the_head() {
        let page = Page::with_panel("<html><head><title>x</title></head><body></body></html>");
        assert_eq!(
            page.html,
            format!("<html><head><title>x</title>{HEAD}</head><body></body></html>")
        );
    }

    #[test]
    fn scripts_in_a_page_are_named_by_their_digest() {
        let page = Page::bare(
            "<script>alert('a < b');</script><script src=x.js></script>\
             <pre>&lt;script>no&lt;/script></pre><script>alert('a < b');</script>"
                .to_owned(),
        );
        // Computed with Python: base64.b64encode(hashlib.sha256(b"alert('a < b');").digest())
        assert!(
            page.policy.contains(
                "script-src 'self' 'sha256-sL5Ui4xcKSGhViWPGTPVeVom8MR5bOBM0NuOA30/vw0='; style"
            ),
            "{}",
            page.policy
        );
    }

    #[test]
    fn a_page_without_scripts_may_run_only_those_of_the_server() {
        assert!(policy(&[]).contains("script-src 'self';"));
    }
}
