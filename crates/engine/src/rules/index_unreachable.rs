//! A package index does not answer.
//!
//! The first command of a course takes packages from two indexes: crates such as PyO3 through cargo, and pytest through `uv`
//! or pip. Afterwards both are on the machine, and nothing needs the network. `wr doctor` asks with these very programs, so
//! that mirrors, proxies and certificates are used as they are configured.
//!
//! ## Example
//!
//! A firewall that lets only a proxy through, and no `HTTPS_PROXY`; a mirror that is configured for pip and not for cargo.
//!
//! ```text
//! ERROR: Could not find a version that satisfies the requirement pytest (from versions: none)
//! ERROR: No matching distribution found for pytest
//! ```
//!
//! ## What to do
//!
//! Read what the program says. For a proxy set `HTTPS_PROXY`; for a mirror `PIP_INDEX_URL`, `UV_DEFAULT_INDEX`, and
//! `[source]` in cargo's `config.toml`; for certificates of your own `SSL_CERT_FILE` (uv), `PIP_CERT` (pip) and
//! `CARGO_HTTP_CAINFO`. Without a network, let the first command run where there is one.
//!
//! ## Where it is specified
//!
//! The cargo book under [Source Replacement](https://doc.rust-lang.org/cargo/reference/source-replacement.html); pip's
//! documentation under [Configuration](https://pip.pypa.io/en/stable/topics/configuration/).

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0412",
    "index-unreachable",
    include_str!("index_unreachable.rs"),
);

/// The finding: which program asked for what, and what it said.
pub(crate) fn finding(program: &str, what: &str, said: &str) -> Diagnostic {
    RULE.finding(format!("{program} does not reach its index of {what}"))
        .because(Evidence::output(program, said))
        .hint("see that the network, the proxy (HTTPS_PROXY) and the mirror it is configured for are right")
}
