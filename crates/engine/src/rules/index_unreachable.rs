//! A package index doesn't respond.
//!
//! The first command of a course downloads packages from two indexes: crates such as PyO3 through cargo, and pytest
//! through `uv` or pip. Afterwards both are on the machine, and nothing needs the network. `wr doctor` checks with
//! these same programs, so your configured mirrors, proxies and certificates apply.
//!
//! ## Example
//!
//! A firewall that lets only a proxy through, but no `HTTPS_PROXY`; a mirror configured for pip but not for cargo.
//!
//! ```text
//! ERROR: Could not find a version that satisfies the requirement pytest (from versions: none)
//! ERROR: No matching distribution found for pytest
//! ```
//!
//! ## What to do
//!
//! Read the program's message. For a proxy, set `HTTPS_PROXY`. For a mirror, set `PIP_INDEX_URL`,
//! `UV_DEFAULT_INDEX`, and `[source]` in cargo's `config.toml`. For your own certificates, set `SSL_CERT_FILE`
//! (uv), `PIP_CERT` (pip) and `CARGO_HTTP_CAINFO`. If there is no network, run the first command
//! once there is one.
//!
//! ## Where it is specified
//!
//! The cargo book under [Source Replacement](https://doc.rust-lang.org/cargo/reference/source-replacement.html);
//! pip's documentation under [Configuration](https://pip.pypa.io/en/stable/topics/configuration/).

use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0412",
    "index-unreachable",
    include_str!("index_unreachable.rs"),
);

/// The finding: which program asked for what, and what it printed.
pub(crate) fn finding(program: &str, what: &str, output: &str) -> Diagnostic {
    RULE.finding(format!("{program} can't reach its index of {what}"))
        .because(Evidence::output(program, output))
        .hint(
            "check the network, the proxy (HTTPS_PROXY) and the mirror that it's configured to use",
        )
}
