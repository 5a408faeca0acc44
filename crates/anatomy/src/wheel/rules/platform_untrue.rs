//! The wheel's platform tag names another processor or system than its extensions are for.
//!
//! pip installs a wheel by its tag, without looking inside. When an extension in it was built for another processor or
//! system, it is installed and cannot be imported:
//!
//! ```text
//! ImportError: dlopen(…): … (mach-o file, but is an incompatible architecture (have 'x86_64', need 'arm64'))
//! ```
//!
//! A program that the wheel installs, as `ruff` and `uv` do, is judged like an extension, and so are the libraries of a wheel that
//! has nothing else. Windows and macOS run programs of some other processors by emulation; that is only advice here.
//!
//! Android isn't the Linux of `manylinux`, and iOS isn't macOS, though their files have the same formats; nor does a library for the
//! simulator load on a phone.
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

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{misfits, others, platforms};
use crate::facts::{ApplePlatform, Architecture, Facts, Format, Image, Kind, Platform as System};
use crate::wheel::{IosTarget, Platform, Runtime, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0602",
    "wheel-platform-untrue",
    include_str!("platform_untrue.rs"),
);

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    // Each tag is a promise of its own: pip installs the wheel wherever one of them fits.
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
            .hint("build for the platform of the tag, or tag the wheel with what is in it"),
        );
    }
    emulated(facts)
}

/// Programs of another processor that the system runs all the same.
fn emulated(facts: &WheelFacts) -> Option<Diagnostic> {
    platforms(facts).find_map(|(tag, platform)| {
        // Every Windows for 64 bits runs what is for 32.
        if matches!(platform, Platform::Windows("amd64")) {
            return None;
        }
        let slow = misfits(facts, |one| fits(platform, one));
        let first = slow.first()?;
        let found = found(platform, &first.facts);
        let others = others(slow.len() - 1);
        Some(
            RULE.finding(format!(
                "the wheel is tagged `{tag}`, and `{}` is {found}: it runs there by emulation, if at all{others}",
                first.path
            ))
            .severity(Severity::Advice)
            .because(Evidence::mismatch(
                format!("platform of {}", first.path),
                tag,
                found,
            ))
            .hint("build for the processor of the tag as well"),
        )
    })
}

/// Whether a system runs a program of another processor.
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

/// What a file is, as opposed to what the tag says.
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

/// What the system of a binary is called.
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

/// Whether a binary is for a platform by its format, its system and its processor.
pub(super) fn fits(platform: Platform<'_>, binary: &WheelExtension) -> bool {
    let facts = &binary.facts;
    // An architecture without a name here is not judged.
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

/// Whether a binary was linked for the system of a tag, as far as it says. Which C library it is linked with is another rule's
/// question.
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

/// Android's C library is called `libc.so`, which is a name of musl's too.
fn is_for_linux(image: &Image) -> bool {
    image.libraries.iter().any(|library| {
        let name = library.file_name();
        name == "libc.so.6" || name.starts_with("libc.musl-") || name.starts_with("ld-musl-")
    })
}
