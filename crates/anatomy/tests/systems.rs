//! What a binary says about the system it was built for: Android's note, Apple's load commands, versions of symbols.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, for_apple, macho, pe_by_number, with_command};
use object::Architecture;
use wr_anatomy::facts::{ApplePlatform, Image, Platform, Version};
use wr_anatomy::{Expectation, inspect};

fn image(bytes: &[u8]) -> Image {
    let facts = inspect(bytes, &Expectation::new()).unwrap().facts;
    facts.images.into_iter().next().unwrap()
}

/// An NDK's note, as in its startup code.
fn ident(api: u8, ndk: &str, build: &str) -> Vec<u8> {
    let mut note = vec![api, 0, 0, 0];
    for (end, text) in [(68, ndk), (132, build)] {
        note.extend(text.bytes());
        note.resize(end, 0);
    }
    note
}

#[test]
fn the_ndk_records_the_api_level_and_its_version() {
    let android = Elf::default()
        .note(
            ".note.android.ident",
            "Android",
            1,
            &ident(24, "r27c", "12479018"),
        )
        .needs("libc.so");
    let image = image(&android.build());
    assert_eq!(image.platform, Platform::Android);
    assert_eq!(image.android_api(), Some(24));
    let noted = image.android.unwrap();
    assert_eq!(noted.ndk.as_deref(), Some("r27c"));
    assert_eq!(noted.ndk_build.as_deref(), Some("12479018"));
}

#[test]
fn a_note_from_another_vendor_is_not_androids() {
    let other = Elf::default().note(".note.gnu.property", "GNU", 1, &ident(24, "", ""));
    assert_eq!(image(&other.build()).android, None);
    // In the right section but with a different name, and one that's too short.
    for (owner, content) in [("GNU", &[24, 0, 0, 0][..]), ("Android", &[24])] {
        let damaged = Elf::default().note(".note.android.ident", owner, 1, content);
        assert_eq!(image(&damaged.build()).android, None, "{owner}");
    }
}

#[test]
fn android_libc_has_symbol_versions_and_musl_has_none() {
    let bionic = Elf::default().versioned("libc.so", "memcpy", "LIBC");
    assert_eq!(image(&bionic.build()).platform, Platform::Android);
    let newer = Elf::default().versioned("libc.so", "reallocarray", "LIBC_Q");
    assert_eq!(image(&newer.build()).platform, Platform::Android);
    let musl = Elf::default().needs("libc.so");
    assert_eq!(image(&musl.build()).platform, Platform::LinuxMusl);
}

#[test]
fn apple_platforms_are_distinguished() {
    let plain = macho(Architecture::Aarch64, &["PyInit_fast"], "libSystem.B.dylib");
    let platform = |number: u32| {
        let image = image(&for_apple(&plain, number, 13, 2));
        assert_eq!(image.minimum_system, Version::parse("13.2"));
        (image.apple_platform, image.platform)
    };
    assert_eq!(platform(1), (Some(ApplePlatform::MacOs), Platform::MacOs));
    for (number, expected) in [
        (2, ApplePlatform::Ios),
        (3, ApplePlatform::TvOs),
        (4, ApplePlatform::WatchOs),
        (6, ApplePlatform::MacCatalyst),
        (7, ApplePlatform::IosSimulator),
        (8, ApplePlatform::TvOsSimulator),
        (9, ApplePlatform::WatchOsSimulator),
        (11, ApplePlatform::VisionOs),
        (12, ApplePlatform::VisionOsSimulator),
        (99, ApplePlatform::Other),
    ] {
        assert_eq!(
            platform(number),
            (Some(expected), Platform::AppleMobile),
            "{number}"
        );
    }
    assert_eq!(image(&plain).apple_platform, None);
}

#[test]
fn old_commands_name_the_device_for_the_simulator_too() {
    let of = |architecture: Architecture, command: u32| {
        let plain = macho(architecture, &["PyInit_fast"], "libSystem.B.dylib");
        let image = image(&with_command(&plain, &[command, 16, 11 << 16 | 1 << 8, 0]));
        assert_eq!(image.minimum_system, Version::parse("11.1"));
        image.apple_platform.unwrap()
    };
    assert_eq!(of(Architecture::X86_64, 0x24), ApplePlatform::MacOs);
    assert_eq!(of(Architecture::Aarch64, 0x25), ApplePlatform::Ios);
    assert_eq!(of(Architecture::X86_64, 0x25), ApplePlatform::IosSimulator);
    assert_eq!(of(Architecture::Aarch64, 0x2f), ApplePlatform::TvOs);
    assert_eq!(
        of(Architecture::X86_64, 0x30),
        ApplePlatform::WatchOsSimulator
    );
}

#[test]
fn a_library_for_macos_and_catalyst_counts_as_macos() {
    let plain = macho(Architecture::Aarch64, &["PyInit_fast"], "libSystem.B.dylib");
    for (first, second) in [(1, 6), (6, 1)] {
        let inner = for_apple(&plain, second, if second == 1 { 11 } else { 14 }, 0);
        let both = for_apple(&inner, first, if first == 1 { 11 } else { 14 }, 0);
        let image = image(&both);
        assert_eq!(image.apple_platform, Some(ApplePlatform::MacOs));
        assert_eq!(image.minimum_system, Version::parse("11.0"));
    }
}

#[test]
fn symbols_need_glibc_versions() {
    let elf = Elf::default()
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .versioned("libc.so.6", "stat", "GLIBC_2.33")
        .versioned("libm.so.6", "log2", "GLIBC_2.33")
        .versioned("libgcc_s.so.1", "_Unwind_Resume", "GLIBC_2.99");
    let found = image(&elf.build());
    assert_eq!(found.newest_glibc(), Version::parse("2.33"));
    assert_eq!(found.newest_glibc_symbols(), ["log2", "stat"]);
    // Optional symbols don't need anything.
    let weak = image(&elf.weak_versions().build());
    assert!(weak.version_needs.iter().all(|need| need.weak));
    assert_eq!(weak.newest_glibc(), None);
    assert_eq!(weak.newest_glibc_symbols(), [""; 0]);
}

#[test]
fn musl_needs_no_glibc() {
    // GCC's library has symbols with this version no matter where it was built.
    let elf = Elf::default().needs("libc.musl-x86.so.1").versioned(
        "libgcc_s.so.1",
        "__register_frame_info",
        "GLIBC_2.0",
    );
    let image = image(&elf.build());
    assert_eq!(image.platform, Platform::LinuxMusl);
    assert_eq!(image.newest_glibc(), None);
}

#[test]
fn functions_imported_by_number_are_counted() {
    for wide in [true, false] {
        let found = image(&pe_by_number(
            wide,
            &["PyInit_fast"],
            "python3.dll",
            &[45, 7],
        ));
        let names: Vec<&str> = found.imports.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["#45", "#7"]);
        assert_eq!(found.imports[0].ordinal, Some(45));
        assert_eq!(found.python_ordinals(), 2);
        // It isn't known what they are, so the stable ABI is unknown too.
        assert_eq!(found.oldest_python(), None);
        assert!(!found.may_be_abi3t());
        let other = image(&pe_by_number(wide, &["PyInit_fast"], "OLEAUT32.dll", &[2]));
        assert_eq!(other.python_ordinals(), 0);
        assert_eq!(other.imports[0].library.as_deref(), Some("OLEAUT32.dll"));
    }
}
