//! The wheel's tag promises an older Android or iOS than its binaries were built for.
//!
//! A tag such as `android_21_arm64_v8a` promises that the wheel works from API level 21 on, and
//! `ios_13_0_arm64_iphoneos` that it works from iOS 13.0 on. Each binary records the version it was built for. If
//! that's newer, the wheel ends up in apps for systems where the binary may use functions that don't exist, and the
//! import crashes the app:
//!
//! ```text
//! ImportError: dlopen failed: cannot locate symbol "…" referenced by "…/fast.cpython-313-aarch64-linux-android.so"
//! ```
//!
//! On Macs with Apple silicon, simulators start with iOS 14, so for them a tag with an older version means 14.0.
//!
//! ## Example
//!
//! The wheel was built for API level 24 but tagged with the level of another wheel.
//!
//! ## What to do
//!
//! Build everything for the tag's version (`ANDROID_API_LEVEL`, `IPHONEOS_DEPLOYMENT_TARGET`), or use a truthful tag.
//! `cibuildwheel` keeps the two in sync.
//!
//! ## Where it is specified
//!
//! [PEP 738](https://peps.python.org/pep-0738/) for Android, [PEP 730](https://peps.python.org/pep-0730/) for iOS, and the Python
//! packaging guide under
//! [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platform_mismatch, platforms};
use crate::facts::{Image, Platform as System};
use crate::wheel::{IosTarget, Platform, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0616",
    "wheel-mobile-too-old",
    include_str!("mobile_too_old.rs"),
);

/// The first iOS whose simulator runs code for Apple silicon: linkers raise older versions to it.
const FIRST_ARM_SIMULATOR: (u32, u32) = (14, 0);

/// The finding lists at most this many binaries.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (tag, newer) = platforms(facts).find_map(|(tag, platform)| {
        let newer: Vec<(&str, String)> = facts
            .binaries()
            // Another rule reports binaries for another system or for the simulator.
            .filter(|binary| platform_mismatch::fits(platform, binary))
            .flat_map(|binary| {
                let images = binary.facts.images.iter();
                images.map(|image| (binary.path.as_str(), image))
            })
            .filter(|(_, image)| platform.architectures().contains(&image.architecture))
            .filter_map(|(path, image)| Some((path, newer(platform, image)?)))
            .collect();
        (!newer.is_empty()).then_some((tag, newer))
    })?;
    let (path, needed) = newer.first()?;
    let others = others(newer.len() - 1);
    let finding = RULE
        .finding(format!(
            "the wheel is tagged `{tag}`, but `{path}` was built for {needed} or newer{others}"
        ))
        .severity(Severity::Warning);
    let finding = newer
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (path, needed)| {
            finding.because(Evidence::mismatch(format!("system of {path}"), tag, needed))
        });
    Some(finding.hint("build everything for the tag's version, or use a truthful tag"))
}

/// The version that a binary was built for, if it's newer than what a tag promises.
fn newer(platform: Platform<'_>, image: &Image) -> Option<String> {
    match platform {
        Platform::Ios(major, minor, architecture, apparatus)
            if image.platform == System::AppleMobile =>
        {
            let promised = match (architecture, apparatus) {
                ("arm64", IosTarget::Simulator) => FIRST_ARM_SIMULATOR.max((major, minor)),
                _ => (major, minor),
            };
            image
                .minimum_system
                .as_ref()
                .filter(|needed| needed.major_minor() > promised)
                .map(|needed| format!("iOS {needed}"))
        }
        Platform::Android(api, _) => image
            .android_api()
            .filter(|needed| *needed > api)
            .map(|needed| format!("Android's API level {needed}")),
        _ => None,
    }
}
