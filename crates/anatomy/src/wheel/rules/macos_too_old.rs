//! The wheel's `macosx` tag promises an older macOS than its binaries were built for.
//!
//! A tag such as `macosx_11_0_arm64` promises that the wheel works from macOS 11 on. Each binary records the macOS it
//! was built for, its deployment target. If that's newer, pip installs the wheel on systems where the binary may use
//! functions that don't exist:
//!
//! ```text
//! ImportError: dlopen(…/fast.abi3.so, 0x0002): Symbol not found: _…, Expected in: /usr/lib/libSystem.B.dylib
//! ```
//!
//! Apple silicon starts with macOS 11, so for it a tag with an older version means 11.0. From macOS 11 on only the
//! major version counts, because tags contain nothing else.
//!
//! ## Example
//!
//! The wheel bundles a library from Homebrew. Homebrew builds for the macOS it runs on, no matter which
//! `MACOSX_DEPLOYMENT_TARGET` the extension uses.
//!
//! ## What to do
//!
//! Build everything in the wheel with the tag's `MACOSX_DEPLOYMENT_TARGET`, or give the wheel a truthful tag:
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
    "wheel-macos-too-old",
    include_str!("macos_too_old.rs"),
);

/// The finding lists at most this many binaries.
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
    Some(
        finding.hint(
            "build everything with the tag's `MACOSX_DEPLOYMENT_TARGET`, or use a truthful tag",
        ),
    )
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

/// The version as tags spell it: macOS 10.16 is another name for 11.0, and from there on the minor version is 0.
fn as_tag((major, minor): (u32, u32)) -> (u32, u32) {
    match (major, minor) {
        (10, 16..) => (11, 0),
        (10, minor) => (10, minor),
        (major, _) => (major, 0),
    }
}
