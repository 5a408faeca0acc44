//! The extension is for another operating system.
//!
//! Linux only loads ELF files, macOS Mach-O files and Windows PE files. A file for another system may have the right
//! name, but importing it still fails with
//!
//! ```text
//! ImportError: /…/fast.so: invalid ELF header
//! ImportError: dlopen(/…/fast.so, 0x0002): tried: '/…/fast.so' (not a mach-o file)
//! ImportError: DLL load failed while importing fast: %1 is not a valid Win32 application.
//! ```
//!
//! ## Example
//!
//! A project's directory was copied from a Mac into a Linux container, with the `fast.abi3.so` that `maturin develop` had put
//! there.
//!
//! ## What to do
//!
//! Build it on the system that should load it, or use a wheel for that system.
//!
//! ## Where it is specified
//!
//! `man dlopen`; the platform tags in [PEP 425](https://peps.python.org/pep-0425/).

use diagnostic::{Diagnostic, Evidence, Rule};

use crate::facts::{Facts, Format, Image, Platform};
use crate::loads::{Host, System};

pub(crate) static RULE: Rule = Rule::new("WR0135", "other-system", include_str!("other_system.rs"));

pub(in crate::loads) fn check(facts: &Facts, artifact: &str, host: &Host) -> Option<Diagnostic> {
    let wanted = family(host.system())?;
    let found: Vec<&'static str> = facts
        .images
        .iter()
        .filter_map(|image| system_of(image, wanted))
        .collect();
    let first = *found.first()?;
    if found.len() < facts.images.len() || found.contains(&wanted) {
        return None;
    }
    Some(
        RULE.finding(format!(
            "the extension is for {first}, but the system is {wanted}"
        ))
        .because(Evidence::mismatch(
            "system",
            wanted,
            format!("{first} ({artifact})"),
        ))
        .hint(format!(
            "build it for {}, or use a wheel for it",
            host.system()
        )),
    )
}

fn family(system: &System) -> Option<&'static str> {
    Some(match system {
        System::Glibc { .. } | System::Musl { .. } => "Linux",
        System::MacOs { .. } => "macOS",
        System::Windows(_) => "Windows",
        System::Android { .. } => "Android",
        System::Ios { .. } => "iOS",
        System::Other(tag) if tag.starts_with("wasi_") => "WASI",
        System::Other(tag) if tag.ends_with("wasm32") => "Emscripten",
        System::Other(_) => return None,
    })
}

/// The system that a binary is for; `None` if it doesn't say. If it could be for the wanted system, it counts as that.
fn system_of(image: &Image, wanted: &'static str) -> Option<&'static str> {
    Some(match (image.platform, image.format) {
        (Platform::Android, _) => "Android",
        (Platform::MacOs, _) => "macOS",
        (Platform::AppleMobile, _) => "iOS",
        (Platform::Emscripten, _) => "Emscripten",
        (Platform::Wasi, _) => "WASI",
        (Platform::LinuxGnu | Platform::LinuxMusl, _) => "Linux",
        (Platform::Windows, _) | (Platform::Unknown, Format::Pe) => "Windows",
        (Platform::Unknown, Format::Elf) => match wanted {
            "Android" => wanted,
            _ => "Linux",
        },
        (Platform::Unknown, Format::MachO) => match wanted {
            "iOS" => wanted,
            _ => "macOS",
        },
        (Platform::Unknown, _) => return None,
    })
}
