//! The library for Apple silicon has no code signature, without which macOS doesn't run it.
//!
//! On Macs with Apple's processors all code has to be signed, if only by a signature that names nobody ("ad hoc"). The
//! linker writes one. Where it's missing, macOS refuses the library or ends the process:
//!
//! ```text
//! ImportError: dlopen(/…/fast.so, 0x0002): … code signature invalid
//! zsh: killed     python
//! ```
//!
//! Whether a signature that's there is still true isn't looked at: that's gone when the file was changed afterwards.
//!
//! ## Example
//!
//! A tool that strips or patches libraries on Linux took the signature out and wrote no new one.
//!
//! ## What to do
//!
//! Sign it again, as the last step of the build: `codesign --force --sign - fast.so` on a Mac, or `rcodesign sign fast.so`
//! anywhere.
//!
//! ## Where it is specified
//!
//! Apple's release notes of [macOS
//! 11](https://developer.apple.com/documentation/macos-release-notes/macos-big-sur-11_0_1-universal-apps-release-notes), under
//! Code Signing.

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
        RULE.finding("the code for Apple silicon isn't signed, and macOS doesn't run it")
            .because(Evidence::Section {
                name: "LC_CODE_SIGNATURE (missing)".to_owned(),
                binary: expected.artifact(),
            })
            .hint(
                "sign it again: `codesign --force --sign -` on a Mac, `rcodesign sign` elsewhere",
            ),
    )
}
