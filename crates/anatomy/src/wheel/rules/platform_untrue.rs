//! The wheel's platform tag names another processor or system than its extensions are for.
//!
//! pip installs a wheel by its tag, without looking inside. When an extension in it was built for another processor or
//! system, it is installed and cannot be imported:
//!
//! ```text
//! ImportError: dlopen(…): … (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))
//! ```
//!
//! A `universal2` wheel promises both architectures of macOS, in every extension. So does one with a tag for each, such as
//! `macosx_10_12_x86_64.macosx_11_0_arm64`.
//!
//! ## Example
//!
//! `macosx_11_0_universal2` with an extension for `arm64` alone, since only one slice was built.
//!
//! ## What to do
//!
//! Tag the wheel with what is in it, or build what the tag says: `maturin build --target universal2-apple-darwin`.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/), and the Python packaging guide under
//! [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).

use diagnostic::{Diagnostic, Evidence, Rule};

use super::platforms;
use crate::facts::{Architecture, Format};
use crate::wheel::{Platform, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0602",
    "wheel-platform-untrue",
    include_str!("platform_untrue.rs"),
);

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // Each tag is a promise of its own: pip installs the wheel wherever one of them fits. Only modules are judged: helpers of
    // debuggers and the like are rightly there for several processors.
    let (extension, tag) = facts.extensions.iter().find_map(|extension| {
        let broken = platforms(facts).find(|(_, platform)| !fits(*platform, extension));
        Some((extension, broken?.0))
    })?;
    let found: Vec<String> = extension
        .facts
        .architectures()
        .map(|architecture| architecture.to_string())
        .collect();
    let found = format!("{} for {}", extension.facts.format, found.join(", "));
    Some(
        RULE.finding(format!(
            "the wheel is tagged `{tag}`, but `{}` is {found}",
            extension.path
        ))
        .because(Evidence::mismatch(
            format!("platform of {}", extension.path),
            tag,
            found,
        ))
        .hint("build for the platform of the tag, or tag the wheel with what is in it"),
    )
}

/// Whether an extension is for a platform by its format and processor.
pub(super) fn fits(platform: Platform<'_>, extension: &WheelExtension) -> bool {
    let is_format = match platform {
        Platform::Manylinux(..) | Platform::Musllinux(..) | Platform::Linux(_) => {
            extension.facts.format == Format::Elf
        }
        Platform::MacOs(..) => matches!(
            extension.facts.format,
            Format::MachO | Format::UniversalMachO
        ),
        Platform::Windows(_) => extension.facts.format == Format::Pe,
        Platform::Any | Platform::Other => true,
    };
    // An architecture without a name here is not judged.
    let found: Vec<Architecture> = extension.facts.architectures().collect();
    let is_known = !found.contains(&Architecture::Other);
    is_format
        && (!is_known
            || platform
                .architectures()
                .iter()
                .all(|wanted| found.contains(wanted)))
}
