//! The wheel's tag promises an older Android or iOS than its binaries were built for.
//!
//! A tag such as `android_21_arm64_v8a` promises that the wheel works from API level 21 on, and `ios_13_0_arm64_iphoneos` that it
//! works from iOS 13.0 on. Each binary says for which version it was built. When that is newer, the wheel is put into apps for
//! systems where the binary may ask for what isn't there, and the app ends when it's imported:
//!
//! ```text
//! ImportError: dlopen failed: cannot locate symbol "…" referenced by "…/fast.cpython-313-aarch64-linux-android.so"
//! ```
//!
//! Simulators of Macs with Apple's own processors begin with iOS 14, so a tag for an older one says 14.0 of them.
//!
//! ## Example
//!
//! The wheel was built with API level 24, and tagged with the level of another one.
//!
//! ## What to do
//!
//! Build all of it for the version of the tag (`ANDROID_API_LEVEL`, `IPHONEOS_DEPLOYMENT_TARGET`), or use the tag that is true.
//! `cibuildwheel` keeps the two together.
//!
//! ## Where it is specified
//!
//! [PEP 738](https://peps.python.org/pep-0738/) for Android, [PEP 730](https://peps.python.org/pep-0730/) for iOS, and the Python
//! packaging guide under
//! [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{others, platform_untrue, platforms};
use crate::facts::{Image, Platform as System};
use crate::wheel::{IosTarget, Platform, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0616",
    "wheel-mobile-untrue",
    include_str!("mobile_untrue.rs"),
);

/// The first iOS whose simulator runs code for Apple's own processors: linkers raise older versions to it.
const FIRST_ARM_SIMULATOR: (u32, u32) = (14, 0);

/// More binaries than these say nothing more.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let (tag, newer) = platforms(facts).find_map(|(tag, platform)| {
        let newer: Vec<(&str, String)> = facts
            .binaries()
            // What is for another system, or for the simulator, is another rule's finding.
            .filter(|binary| platform_untrue::fits(platform, binary))
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
    Some(finding.hint("build all of it for the version of the tag, or use the tag that is true"))
}

/// The version that a binary was built for, where that is newer than what a tag promises.
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
