//! The wheel's `macosx` tag promises an older macOS than its binaries were built for.
//!
//! A tag such as `macosx_11_0_arm64` promises that the wheel works from macOS 11 on. Each binary says for which macOS it was
//! built, by its deployment target. When that is newer, pip installs the wheel on systems where the binary may ask for
//! what is not there:
//!
//! ```text
//! ImportError: dlopen(…/fast.abi3.so, 0x0002): Symbol not found: _…, Expected in: /usr/lib/libSystem.B.dylib
//! ```
//!
//! Apple's own processors begin with macOS 11, so a tag for an older one says 11.0 of them; and from 11 on only the first number
//! counts, since tags have no other.
//!
//! ## Example
//!
//! A library from Homebrew was bundled. Homebrew builds for the macOS that it runs on, whatever `MACOSX_DEPLOYMENT_TARGET` says of
//! the extension.
//!
//! ## What to do
//!
//! Build everything that is bundled with the `MACOSX_DEPLOYMENT_TARGET` of the tag, or give the wheel the tag that is true:
//! `delocate-wheel` writes it with `--require-target-macos-version`.
//!
//! ## Where it is specified
//!
//! The Python packaging guide under
//! [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platforms};
use crate::facts::{Architecture, Image, Platform as System};
use crate::wheel::{Platform, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0611",
    "wheel-macos-untrue",
    include_str!("macos_untrue.rs"),
);

/// More binaries than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (tag, newer) = platforms(facts).find_map(|(tag, platform)| {
        let Platform::MacOs(major, minor, _) = platform else {
            return None;
        };
        let newer: Vec<(&str, &Image)> = facts
            .binaries()
            .flat_map(|binary| {
                let images = binary.facts.images.iter();
                images.map(|image| (binary.path.as_str(), image))
            })
            .filter(|(_, image)| platform.architectures().contains(&image.architecture))
            .filter(|(_, image)| is_newer(image, (major, minor)))
            .collect();
        (!newer.is_empty()).then_some((tag, newer))
    })?;
    let (path, image) = newer.first()?;
    let others = others(newer.len() - 1);
    let finding = RULE
        .finding(format!(
            "the wheel is tagged `{tag}`, but `{path}` was built for macOS {} or newer{others}",
            needed(image)?
        ))
        .severity(Severity::Warning);
    let finding = newer
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (path, image)| {
            let found = needed(image).unwrap_or_default();
            let what = format!("macOS of {path} for {}", image.architecture);
            finding.because(Evidence::mismatch(what, tag, found))
        });
    Some(finding.hint("build all of it with the `MACOSX_DEPLOYMENT_TARGET` of the tag, or use the tag that is true"))
}

fn needed(image: &Image) -> Option<String> {
    image.minimum_system.as_ref().map(ToString::to_string)
}

fn is_newer(image: &Image, promised: (u32, u32)) -> bool {
    let Some(needed) = image
        .minimum_system
        .as_ref()
        .filter(|_| image.platform == System::MacOs)
    else {
        return false;
    };
    let promised = match image.architecture {
        Architecture::Aarch64 => promised.max((11, 0)),
        _ => promised,
    };
    as_tag(needed.major_minor()) > as_tag(promised)
}

/// The version as tags have it: macOS 10.16 is another name of 11.0, and from there on the second number is 0.
fn as_tag((major, minor): (u32, u32)) -> (u32, u32) {
    match (major, minor) {
        (10, 16..) => (11, 0),
        (10, minor) => (10, minor),
        (major, _) => (major, 0),
    }
}
