//! The library for Apple silicon has no code signature, so macOS won't load it.
//!
//! On Macs with Apple silicon all code has to be signed, if only with an "ad hoc" signature that names nobody. The
//! linker adds one. If it's missing, macOS refuses the library or kills the process:
//!
//! ```text
//! ImportError: dlopen(/…/fast.so, 0x0002): … code signature invalid
//! zsh: killed     python
//! ```
//!
//! `wr inspect` doesn't check whether an existing signature is still valid; changing the file afterwards invalidates
//! it.
//!
//! ## Example
//!
//! A tool that strips or patches libraries on Linux removed the signature and didn't write a new one.
//!
//! ## What to do
//!
//! Sign it again, as the last step of the build: `codesign --force --sign - fast.so` on a Mac, or `rcodesign sign fast.so`
//! anywhere.
//!
//! ## Where it is specified
//!
//! Apple's release notes for [macOS
//! 11](https://developer.apple.com/documentation/macos-release-notes/macos-big-sur-11_0_1-universal-apps-release-notes),
//! under Code Signing.

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::expectation::Expectation;
use crate::facts::{Architecture, Facts, Platform};

pub(crate) static RULE: Rule = Rule::new("WR0121", "unsigned", include_str!("unsigned.rs"));

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    facts.images.iter().find(|image| {
        image.is_loadable()
            && image.platform == Platform::MacOs
            && image.architecture == Architecture::Aarch64
            && image.hardening.code_signature == Some(false)
    })?;
    Some(
        RULE.finding("the code for Apple silicon isn't signed, so macOS won't load it")
            .because(Evidence::Section {
                name: "LC_CODE_SIGNATURE (missing)".to_owned(),
                binary: expected.artifact(),
            })
            .hint(
                "sign it again: `codesign --force --sign -` on a Mac, `rcodesign sign` elsewhere",
            ),
    )
}
