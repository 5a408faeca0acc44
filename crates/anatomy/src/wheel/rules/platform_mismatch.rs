//! The wheel's platform tag names a different processor or system than its extensions were built for.
//!
//! pip installs a wheel by its tag, without looking inside. If an extension was built for another processor or system,
//! it's installed but can't be imported:
//!
//! ```text
//! ImportError: dlopen(…): … (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))
//! ```
//!
//! Programs that the wheel installs, as `ruff` and `uv` do, are judged like extensions, and so are the libraries in a
//! wheel that has nothing else. Windows and macOS can run programs for some other processors through emulation; in that
//! case the finding is only advice.
//!
//! Android isn't the Linux that `manylinux` means, and iOS isn't macOS, although they share file formats. A library for
//! the simulator doesn't load on a phone either.
//!
//! A `universal2` wheel promises both architectures of macOS, in every extension. So does a wheel with one tag per
//! architecture, such as `macosx_10_12_x86_64.macosx_11_0_arm64`.
//!
//! ## Example
//!
//! A wheel tagged `macosx_11_0_universal2` has an extension for `arm64` only, because only one slice was built.
//!
//! ## What to do
//!
//! Tag the wheel for what's in it, or build what the tag says: `maturin build --target universal2-apple-darwin`.
//!
//! ## Where it is specified
//!
//! [PEP 425](https://peps.python.org/pep-0425/), and the Python packaging guide under
//! [Platform compatibility tags](https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/).

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{misfits, others, platforms};
use crate::facts::{ApplePlatform, Architecture, Facts, Format, Image, Kind, Platform as System};
use crate::wheel::{IosTarget, Platform, Runtime, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0602",
    "wheel-platform-mismatch",
    include_str!("platform_mismatch.rs"),
);

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // Each tag is a separate promise: pip installs the wheel wherever one of them fits.
    for (tag, platform) in platforms(facts) {
        let wrong = misfits(facts, |one| {
            fits(platform, one) || is_emulated(platform, &one.facts)
        });
        let Some(first) = wrong.first() else { continue };
        let found = found(platform, &first.facts);
        let others = others(wrong.len() - 1);
        return Some(
            RULE.finding(format!(
                "the wheel is tagged `{tag}`, but `{}` is {found}{others}",
                first.path
            ))
            .because(Evidence::mismatch(
                format!("platform of {}", first.path),
                tag,
                found,
            ))
            .hint("build for the platform that the tag names, or tag the wheel for what's in it"),
        );
    }
    emulated(facts)
}

/// Programs for another processor that the system runs anyway.
fn emulated(facts: &WheelFacts) -> Option<Diagnostic> {
    platforms(facts).find_map(|(tag, platform)| {
        // Every 64-bit Windows runs 32-bit programs.
        if matches!(platform, Platform::Windows("amd64")) {
            return None;
        }
        let slow = misfits(facts, |one| fits(platform, one));
        let first = slow.first()?;
        let found = found(platform, &first.facts);
        let others = others(slow.len() - 1);
        Some(
            RULE.finding(format!(
                "the wheel is tagged `{tag}`, but `{}` is {found}: it only runs there through emulation, if at all{others}",
                first.path
            ))
            .severity(Severity::Advice)
            .because(Evidence::mismatch(
                format!("platform of {}", first.path),
                tag,
                found,
            ))
            .hint("build for the tag's processor too"),
        )
    })
}

/// Whether a system runs programs for another processor.
fn is_emulated(platform: Platform<'_>, facts: &Facts) -> bool {
    let runs: &[Architecture] = match platform {
        Platform::Windows("amd64") => &[Architecture::X86],
        Platform::Windows("arm64") => &[Architecture::X86, Architecture::X86_64],
        Platform::MacOs(_, _, "arm64") => &[Architecture::X86_64],
        _ => return false,
    };
    facts.kind == Kind::Executable
        && is_format(platform, facts.format)
        && facts.architectures().any(|one| runs.contains(&one))
}

/// What a file really is, in contrast to what the tag says.
fn found(platform: Platform<'_>, facts: &Facts) -> String {
    let architectures: Vec<String> = facts
        .architectures()
        .map(|architecture| architecture.to_string())
        .collect();
    let system = facts
        .images
        .iter()
        .find(|image| !is_system(platform, image))
        .and_then(system);
    let system = system.map_or_else(String::new, |system| format!(" on {system}"));
    format!("{} for {}{system}", facts.format, architectures.join(", "))
}

/// The name of a binary's system.
fn system(image: &Image) -> Option<&'static str> {
    if let Some(apple) = image.apple_platform {
        return Some(apple.name());
    }
    Some(match image.platform {
        System::LinuxGnu | System::LinuxMusl => "Linux",
        System::Android => "Android",
        System::MacOs => "macOS",
        System::AppleMobile => "iOS",
        System::Windows => "Windows",
        System::Emscripten => "Emscripten",
        System::Wasi => "WASI",
        System::Unknown => return None,
    })
}

/// Whether a binary's format, system and processor fit a platform.
pub(super) fn fits(platform: Platform<'_>, binary: &WheelExtension) -> bool {
    let facts = &binary.facts;
    // An architecture that isn't known here isn't judged.
    let found: Vec<Architecture> = facts.architectures().collect();
    let is_known = !found.contains(&Architecture::Other);
    is_format(platform, facts.format)
        && facts.images.iter().all(|image| is_system(platform, image))
        && (!is_known
            || platform
                .architectures()
                .iter()
                .all(|wanted| found.contains(wanted)))
}

fn is_format(platform: Platform<'_>, format: Format) -> bool {
    match platform {
        Platform::Manylinux(..)
        | Platform::Musllinux(..)
        | Platform::Linux(_)
        | Platform::Android(..) => format == Format::Elf,
        Platform::MacOs(..) | Platform::Ios(..) => {
            matches!(format, Format::MachO | Format::UniversalMachO)
        }
        Platform::Windows(_) => format == Format::Pe,
        Platform::Wasm(Runtime::Emscripten | Runtime::Wasi) => !matches!(
            format,
            Format::Elf | Format::MachO | Format::UniversalMachO | Format::Pe
        ),
        Platform::Any | Platform::Other => true,
    }
}

/// Whether a binary was linked for the tag's system, as far as it says. Another rule checks which C library it's linked
/// with.
fn is_system(platform: Platform<'_>, image: &Image) -> bool {
    match platform {
        Platform::Manylinux(..) | Platform::Musllinux(..) | Platform::Linux(_) => {
            image.platform != System::Android
        }
        Platform::Android(..) => image.platform == System::Android || !is_for_linux(image),
        Platform::MacOs(..) => image.platform != System::AppleMobile,
        Platform::Ios(.., apparatus) => match image.apple_platform {
            Some(ApplePlatform::Ios) => apparatus == IosTarget::Device,
            Some(ApplePlatform::IosSimulator) => apparatus == IosTarget::Simulator,
            Some(_) => false,
            None => image.platform != System::MacOs,
        },
        Platform::Wasm(Runtime::Emscripten) => image.platform != System::Wasi,
        Platform::Wasm(Runtime::Wasi) => image.platform != System::Emscripten,
        Platform::Windows(_) | Platform::Any | Platform::Other => true,
    }
}

/// Android's C library is called `libc.so`, a name that musl uses too.
fn is_for_linux(image: &Image) -> bool {
    image.libraries.iter().any(|library| {
        let name = library.file_name();
        name == "libc.so.6" || name.starts_with("libc.musl-") || name.starts_with("ld-musl-")
    })
}
