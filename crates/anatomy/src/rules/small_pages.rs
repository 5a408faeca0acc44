//! The library is aligned for 4 KiB pages, but newer Android devices use larger ones.
//!
//! Memory is divided into pages, and each segment of a library has to start on a page boundary. Phones with Android 15
//! and later may use 16 KiB pages. A library aligned for 4 KiB doesn't load there:
//!
//! ```text
//! dlopen failed: "libfast.so" program alignment (4096) cannot be smaller than system page size (16384)
//! ```
//!
//! Since November 2025, Google Play no longer accepts new apps and updates with such 64-bit libraries.
//!
//! ## Example
//!
//! A wheel for Android was built with NDK r26.
//!
//! ## What to do
//!
//! Build with NDK r28 or newer, which aligns for 16 KiB by default. With an older one, pass `RUSTFLAGS="-C
//! link-arg=-Wl,-z,max-page-size=16384"` to the build. Bundled libraries have to be built this way too.
//!
//! ## Where it is specified
//!
//! Android's guide under [Support 16 KB page sizes](https://developer.android.com/guide/practices/page-sizes).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::expectation::Expectation;
use crate::facts::{Architecture, Facts, Image, Platform};

pub(crate) static RULE: Rule = Rule::new("WR0120", "small-pages", include_str!("small_pages.rs"));

/// The largest page size of Android devices.
const PAGE: u64 = 16 << 10;

pub(super) fn check(facts: &Facts, expected: &Expectation) -> Option<Diagnostic> {
    let alignment = facts.images.iter().find_map(too_small)?;
    Some(
        RULE.finding(format!(
            "the library is aligned for {alignment}-byte pages and won't load on Android devices with {PAGE}-byte pages"
        ))
        .severity(Severity::Warning)
        .because(Evidence::mismatch(
            format!("alignment of {}", expected.artifact()),
            PAGE.to_string(),
            alignment.to_string(),
        ))
        .hint("build it with NDK r28 or newer, or link it with `-Wl,-z,max-page-size=16384`"),
    )
}

/// 32-bit systems keep 4 KiB pages.
fn too_small(image: &Image) -> Option<u64> {
    let has_large_pages = image.platform == Platform::Android
        && matches!(
            image.architecture,
            Architecture::Aarch64 | Architecture::X86_64
        );
    image
        .segment_alignment
        .filter(|alignment| has_large_pages && image.is_loadable() && *alignment < PAGE)
}
