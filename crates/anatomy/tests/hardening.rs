//! What a binary's headers say about its protections, and the rules for them, each next to a healthy twin.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, for_apple, for_macos, macho, pe, universal, wheel, with_command};
use diagnostic::Severity;
use object::Architecture;
use wr_anatomy::facts::{Hardening, Image, Relro, Version};
use wr_anatomy::wheel::inspect_wheel;
use wr_anatomy::{Expectation, Libc, inspect};

const LOAD: u32 = 1;
const STACK: u32 = 0x6474_e551;
const RELRO: u32 = 0x6474_e552;
const READ_WRITE: u32 = 6;
const READ_WRITE_EXECUTE: u32 = 7;

fn image(bytes: &[u8]) -> Image {
    let facts = inspect(bytes, &Expectation::new()).unwrap().facts;
    facts.images.into_iter().next().unwrap()
}

fn findings(bytes: &[u8], expected: &Expectation) -> Vec<(String, Severity)> {
    let found = inspect(bytes, expected).unwrap().diagnostics;
    found
        .into_iter()
        .map(|one| (one.code.to_string(), one.severity))
        .collect()
}

fn codes(bytes: &[u8]) -> Vec<String> {
    let found = findings(bytes, &Expectation::new().file_name("fast.so"));
    found.into_iter().map(|(code, _)| code).collect()
}

fn loaded() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .needs("libc.so.6")
        .segment(LOAD, 5, 0x1000)
}

#[test]
fn relro_is_full_with_immediate_binding() {
    let relro = |elf: Elf| {
        let hardening = image(&elf.build()).hardening;
        (hardening.relro.unwrap(), hardening.bind_now.unwrap())
    };
    assert_eq!(relro(loaded()), (Relro::None, false));
    let partial = loaded().segment(RELRO, 4, 1);
    assert_eq!(relro(partial.clone()), (Relro::Partial, false));
    // DT_BIND_NOW, DF_BIND_NOW and DF_1_NOW mean the same.
    for (tag, value) in [(24, 0), (30, 8), (0x6fff_fffb, 1)] {
        assert_eq!(
            relro(partial.clone().dynamic(tag, value)),
            (Relro::Full, true)
        );
        assert_eq!(relro(loaded().dynamic(tag, value)), (Relro::None, true));
    }
}

#[test]
fn text_relocations_are_detected() {
    let has = |elf: Elf| image(&elf.build()).hardening.text_relocations.unwrap();
    assert!(!has(loaded()));
    assert!(has(loaded().dynamic(22, 0)));
    assert!(has(loaded().dynamic(30, 4)));
}

#[test]
fn only_programs_can_be_at_a_fixed_address() {
    assert_eq!(
        image(&loaded().build()).hardening.position_independent,
        None
    );
    let fixed = Elf::default().executable().segment(LOAD, 5, 0x1000);
    assert_eq!(
        image(&fixed.build()).hardening.position_independent,
        Some(false)
    );
    let anywhere = Elf::default()
        .segment(LOAD, 5, 0x1000)
        .dynamic(0x6fff_fffb, 0x0800_0000);
    assert_eq!(
        image(&anywhere.build()).hardening.position_independent,
        Some(true)
    );
}

#[test]
fn protections_are_unknown_for_files_that_are_not_loaded() {
    let object = image(&Elf::default().export("PyInit_fast").build());
    assert_eq!(object.hardening, Hardening::default());
    assert_eq!(object.segment_alignment, None);
}

#[test]
fn wr0118_an_executable_stack() {
    let expected = Expectation::new().file_name("fast.so");
    let plain = loaded().segment(STACK, READ_WRITE, 16);
    let executable = loaded().segment(STACK, READ_WRITE_EXECUTE, 16).build();
    assert_eq!(
        image(&plain.build()).hardening.executable_stack,
        Some(false)
    );
    assert_eq!(codes(&plain.build()), [""; 0]);
    let found = |expected: &Expectation| findings(&executable, expected);
    let warned = [("WR0118".to_owned(), Severity::Warning)];
    assert_eq!(found(&expected), warned);
    let glibc = |text: &str| {
        expected
            .clone()
            .libc(Libc::Gnu(Version::parse(text).unwrap()))
    };
    assert_eq!(found(&glibc("2.36")), warned);
    assert_eq!(
        found(&glibc("2.41")),
        [("WR0118".to_owned(), Severity::Error)]
    );
    // musl ignores it.
    let musl = Elf::default()
        .export("PyInit_fast")
        .needs("libc.musl-x86_64.so.1")
        .segment(LOAD, 5, 0x1000)
        .segment(STACK, READ_WRITE_EXECUTE, 16);
    assert_eq!(codes(&musl.build()), [""; 0]);
    // A program may request one.
    let program = Elf::default()
        .executable()
        .needs("libc.so.6")
        .segment(LOAD, 5, 0x1000)
        .segment(STACK, READ_WRITE_EXECUTE, 16);
    assert_eq!(
        findings(&program.build(), &Expectation::new().file_name("run")),
        []
    );
}

#[test]
fn wr0118_without_a_header_it_depends_on_the_processor() {
    // x86, and 32-bit ARM.
    for (machine, wide) in [(62, true), (3, false), (40, false)] {
        let elf = loaded().shape(wide, true).machine(machine);
        assert_eq!(codes(&elf.build()), ["WR0118"], "{machine}");
    }
    // 64-bit ARM, and RISC-V.
    for machine in [183, 243] {
        let elf = loaded().machine(machine);
        assert_eq!(image(&elf.build()).hardening.executable_stack, None);
        assert_eq!(codes(&elf.build()), [""; 0], "{machine}");
    }
}

#[test]
fn wr0119_a_search_path_of_the_machine_that_built_it() {
    let name = "fast-1.0-cp312-cp312-linux_x86_64.whl";
    let file = "fast.cpython-312-x86_64-linux-gnu.so";
    let in_wheel = |elf: Elf| -> Vec<String> {
        let found = inspect_wheel(&wheel(name, &[(file, &elf.build())]), name).unwrap();
        let codes = found.diagnostics.iter().map(|one| one.code.to_string());
        codes.filter(|code| code == "WR0119").collect()
    };
    let elf = Elf::default().export("PyInit_fast").needs("libz.so.1");
    for place in [
        "/home/me/lib",
        "/root/.local/lib",
        "/tmp/build/lib",
        "/Users/me/lib",
    ] {
        assert_eq!(in_wheel(elf.clone().runpath(place)), ["WR0119"], "{place}");
        assert_eq!(
            in_wheel(elf.clone().rpath(&format!("$ORIGIN:{place}"))),
            ["WR0119"]
        );
    }
    for place in [
        "$ORIGIN/../fast.libs",
        "/usr/local/lib",
        "/opt/vendor/lib",
        "/homes",
    ] {
        assert_eq!(in_wheel(elf.clone().runpath(place)), [""; 0], "{place}");
    }
    // If no library is needed, none is searched for.
    let alone = Elf::default().export("PyInit_fast").runpath("/home/me/lib");
    assert_eq!(in_wheel(alone), [""; 0]);
    // On your own machine your own directory is fine.
    assert_eq!(codes(&elf.runpath("/home/me/lib").build()), [""; 0]);
}

#[test]
fn wr0119_on_macos_only_rpath_libraries_count() {
    let name = "fast-1.0-cp312-cp312-macosx_11_0_x86_64.whl";
    let in_wheel = |library: &str| -> Vec<String> {
        let plain = macho(Architecture::X86_64, &["PyInit_fast"], library);
        // LC_RPATH: the command, its size, where the path starts, and the path.
        let path = b"/Users/me/a\0";
        let words: Vec<u32> = path
            .chunks(4)
            .map(|four| u32::from_le_bytes(four.try_into().unwrap()))
            .collect();
        let bytes = with_command(&plain, &[&[0x8000_001c, 24, 12], &words[..]].concat());
        assert_eq!(image(&bytes).rpath, ["/Users/me/a"]);
        let files: [(&str, &[u8]); 1] = [("fast.cpython-312-darwin.so", &bytes)];
        let found = inspect_wheel(&wheel(name, &files), name).unwrap();
        let codes = found.diagnostics.iter().map(|one| one.code.to_string());
        codes.filter(|code| code == "WR0119").collect()
    };
    assert_eq!(in_wheel("@rpath/libz.dylib"), ["WR0119"]);
    assert_eq!(in_wheel("/usr/lib/libz.dylib"), [""; 0]);
}

#[test]
fn wr0120_pages_of_newer_android_devices() {
    let android = |machine: u16, wide: bool, alignment: u64| {
        let elf = Elf::default()
            .shape(wide, true)
            .machine(machine)
            .export("PyInit_fast")
            .note(".note.android.ident", "Android", 1, &[24, 0, 0, 0])
            .segment(LOAD, 5, alignment);
        codes(&elf.build())
    };
    for machine in [183, 62] {
        assert_eq!(android(machine, true, 0x1000), ["WR0120"]);
        assert_eq!(android(machine, true, 0x4000), [""; 0]);
        assert_eq!(android(machine, true, 0x10000), [""; 0]);
    }
    // 32-bit systems keep their small pages.
    assert_eq!(android(40, false, 0x1000), [""; 0]);
    // On other systems, pages are as large as the system says.
    let linux = loaded().machine(183);
    assert_eq!(image(&linux.build()).segment_alignment, Some(0x1000));
    assert_eq!(codes(&linux.build()), [""; 0]);
}

#[test]
fn wr0121_apple_silicon_needs_a_signature() {
    let library = "/usr/lib/libSystem.B.dylib";
    let arm = macho(Architecture::Aarch64, &["PyInit_fast"], library);
    let unsigned = for_apple(&arm, 1, 11, 0);
    assert_eq!(image(&unsigned).hardening.code_signature, Some(false));
    assert_eq!(codes(&unsigned), ["WR0121"]);
    let signed = for_macos(&arm, 11, 0);
    assert_eq!(image(&signed).hardening.code_signature, Some(true));
    assert_eq!(codes(&signed), [""; 0]);
    // Intel Macs run unsigned code, and apps are signed as a whole.
    let intel = macho(Architecture::X86_64, &["PyInit_fast"], library);
    let intel = for_apple(&intel, 1, 11, 0);
    assert_eq!(codes(&intel), [""; 0]);
    assert_eq!(codes(&for_apple(&arm, 2, 13, 0)), [""; 0]);
    assert_eq!(codes(&universal(&[&intel, &unsigned])), ["WR0121"]);
    assert_eq!(codes(&universal(&[&intel, &signed])), [""; 0]);
}

#[test]
fn windows_flags_are_read() {
    let flagged = |wide: bool, flags: u16| {
        let mut bytes = pe(wide, &["PyInit_fast"], "python3.dll", &["PyList_New"]);
        // `DllCharacteristics` of the optional header.
        bytes[0x58 + 70..][..2].copy_from_slice(&flags.to_le_bytes());
        image(&bytes).hardening
    };
    let bare = flagged(true, 0);
    assert_eq!(
        (
            bare.aslr,
            bare.high_entropy_aslr,
            bare.dep,
            bare.control_flow_guard
        ),
        (Some(false), Some(false), Some(false), Some(false))
    );
    let full = flagged(true, 0x4160);
    assert_eq!(
        (
            full.aslr,
            full.high_entropy_aslr,
            full.dep,
            full.control_flow_guard
        ),
        (Some(true), Some(true), Some(true), Some(true))
    );
    assert_eq!(flagged(false, 0x4160).high_entropy_aslr, None);
}
