//! What tags promise about the system: WR0603 for Linux, WR0611 for macOS, and WR0112 for bundled libraries.

use super::*;

#[test]
fn wr0603_more_than_the_policy_has() {
    let newer = extension()
        .versioned("libm.so.6", "log2", "GLIBC_2.29")
        .build();
    assert_eq!(codes(NAME, &[(SUFFIX, &newer)]), ["WR0603"]);
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-manylinux_2_31_x86_64.whl",
            &[(SUFFIX, &newer)]
        ),
        [""; 0]
    );
    assert_eq!(
        inspect_wheel(&wheel(NAME, &[(SUFFIX, &newer)]), NAME)
            .unwrap()
            .facts
            .oldest_manylinux(),
        Some("manylinux_2_31")
    );
    let foreign = extension().needs("libfoo.so.1").build();
    assert_eq!(codes(NAME, &[(SUFFIX, &foreign)]), ["WR0603"]);
    let library = Elf::default().export("foo").build();
    assert_eq!(
        codes(
            NAME,
            &[(SUFFIX, &foreign), ("fast.libs/libfoo.so.1", &library)]
        ),
        [""; 0]
    );
    assert_eq!(
        codes(
            "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl",
            &[(SUFFIX, &extension().build())]
        ),
        ["WR0603"]
    );
}

#[test]
fn wr0603_a_library_with_a_letter_in_its_version_is_found() {
    let needs = extension()
        .needs("libssl-7f59e8e2.so.1.1.1k")
        .rpath("$ORIGIN/fast.libs")
        .build();
    let library = Elf::default().export("SSL_new").build();
    let files = [
        (SUFFIX, needs.as_slice()),
        ("fast.libs/libssl-7f59e8e2.so.1.1.1k", &library),
    ];
    assert_eq!(codes(NAME, &files), [""; 0]);
}

#[test]
fn wr0603_the_tag_is_quoted_as_it_is_written() {
    let newer = extension()
        .versioned("libm.so.6", "log2", "GLIBC_2.29")
        .needs("libfoo.so.1")
        .build();
    let name = "fast-1.0-cp312-cp312-manylinux2014_x86_64.whl";
    assert_eq!(
        messages(name, &[(SUFFIX, &newer)]),
        [format!(
            "the wheel is tagged `manylinux2014_x86_64` (a legacy name for `manylinux_2_17_x86_64`), but `{SUFFIX}` needs \
             GLIBC_2.29, and 1 more requirement like this"
        )]
    );
    let message = &messages(NAME, &[(SUFFIX, &newer)])[0];
    assert!(
        message.starts_with("the wheel is tagged `manylinux_2_17_x86_64`, but"),
        "{message}"
    );
}

#[test]
fn wr0603_musl_provides_its_own_names() {
    let name = "fast-1.0-cp312-cp312-musllinux_1_2_x86_64.whl";
    let path = "fast.cpython-312-x86_64-linux-musl.so";
    let musl = || {
        Elf::default()
            .export("PyInit_fast")
            .import("PyList_New")
            .needs("libc.musl-x86_64.so.1")
    };
    let extension = musl().build();
    // A helper loaded by `ctypes`: musl resolves the names of glibc's libraries to itself.
    let helper = Elf::default()
        .needs("libc.so.6")
        .needs("libm.so.6")
        .needs("libpthread.so.0")
        .build();
    let files = [(path, extension.as_slice()), ("fast/libhelp.so", &helper)];
    assert_eq!(codes(name, &files), [""; 0]);
    let foreign = musl().needs("libmystery.so.1").build();
    assert_eq!(codes(name, &[(path, &foreign)]), ["WR0603"]);
    // An extension for glibc needs a lot that musl doesn't have, but that's all one cause.
    let gnu = Elf::default()
        .export("PyInit_fast")
        .needs("libc.so.6")
        .versioned("libgcc_s.so.1", "_Unwind_Resume", "GCC_3.0")
        .build();
    assert_eq!(
        messages(name, &[(path, &gnu)]),
        [format!(
            "the wheel is tagged `musllinux_1_2_x86_64`, but `{path}` was built for the GNU C library"
        )]
    );
    assert_eq!(
        messages(NAME, &[("fast.so", &extension)]),
        ["the wheel is tagged `manylinux_2_17_x86_64`, but `fast.so` was built for musl"]
    );
}

#[test]
fn wr0112_a_library_that_no_rpath_leads_to() {
    const A: &str = "liba-1234abcd.so.1";
    const B: &str = "libb-1234abcd.so.1";
    let library = || Elf::default().export("f");
    let check = |extension: Elf, a: Elf, places: [&str; 2]| {
        let [a_place, b_place] = places.map(str::to_owned);
        let files = [
            (format!("fast/{SUFFIX}"), extension.needs(A).build()),
            (format!("{a_place}/{A}"), a.build()),
            (format!("{b_place}/{B}"), library().build()),
        ];
        let files: Vec<(&str, &[u8])> = files
            .iter()
            .map(|(path, data)| (path.as_str(), data.as_slice()))
            .collect();
        codes(NAME, &files)
    };
    let together = ["fast.libs", "fast.libs"];
    let there = "$ORIGIN/../fast.libs";
    assert_eq!(
        check(extension().rpath(there), library(), together),
        [""; 0]
    );
    assert_eq!(check(extension(), library(), together), ["WR0112"]);
    let elsewhere = ["elsewhere", "elsewhere"];
    assert_eq!(
        check(extension().rpath(there), library(), elsewhere),
        ["WR0112"]
    );
    // A library inherits its loader's RPATH but not RUNPATH; its own RUNPATH ends the inheritance.
    let needs = || library().needs(B);
    assert_eq!(check(extension().rpath(there), needs(), together), [""; 0]);
    assert_eq!(
        check(extension().runpath(there), needs(), together),
        ["WR0112"]
    );
    assert_eq!(
        check(
            extension().runpath(there),
            needs().rpath("$ORIGIN"),
            together
        ),
        [""; 0]
    );
    assert_eq!(
        check(
            extension().rpath(there),
            needs().runpath("$ORIGIN/none"),
            together
        ),
        ["WR0112"]
    );
    // A library that's already loaded is found by name.
    assert_eq!(
        check(extension().needs(B).runpath(there), needs(), together),
        [""; 0]
    );
    // Outside the wheel there may be anything.
    assert_eq!(
        check(extension().rpath("$ORIGIN/../.."), library(), together),
        [""; 0]
    );
    // A library with a plain name may be there for `ctypes`.
    let plain = extension().needs("liba.so.1").build();
    let other = library().build();
    let files = [(SUFFIX, plain.as_slice()), ("data/liba.so.1", &other)];
    assert_eq!(codes(NAME, &files), [""; 0]);
}

#[test]
fn wr0603_a_policy_missing_from_the_table() {
    let name = "fast-1.0-cp312-cp312-manylinux_2_30_x86_64.whl";
    let check = |elf: Elf| codes(name, &[(SUFFIX, &elf.build())]);
    let needs_glibc = |version| extension().versioned("libc.so.6", "open", version);
    assert_eq!(check(needs_glibc("GLIBC_2.30")), [""; 0]);
    assert_eq!(check(needs_glibc("GLIBC_2.31")), ["WR0603"]);
    // A version that no newer policy has either isn't promised.
    assert_eq!(check(extension().needs("libssl.so.3")), ["WR0603"]);
    // For a policy newer than all in the table, only the number is known.
    let name = "fast-1.0-cp312-cp312-manylinux_3_0_x86_64.whl";
    let foreign = extension().needs("libssl.so.3").build();
    assert_eq!(codes(name, &[(SUFFIX, &foreign)]), [""; 0]);
}

#[test]
fn wr0603_a_symbol_that_is_not_promised() {
    // The Rust standard library imports this one weakly, and works without it.
    let symbol = "__cxa_thread_atexit_impl";
    assert_eq!(
        codes(NAME, &[(SUFFIX, &extension().import(symbol).build())]),
        ["WR0603"]
    );
    assert_eq!(
        codes(NAME, &[(SUFFIX, &extension().weak_import(symbol).build())]),
        [""; 0]
    );
}

#[test]
fn wr0611_a_macos_that_is_too_new() {
    let file = "fast.cpython-312-darwin.so";
    let library = "/usr/lib/libSystem.B.dylib";
    let image = |architecture, major, minor| {
        for_macos(
            &macho(architecture, &["PyInit_fast"], library),
            major,
            minor,
        )
    };
    let check = |platform: &str, binary: &[u8]| {
        let name = format!("fast-1.0-cp312-cp312-{platform}.whl");
        messages(&name, &[(file, binary)])
    };
    let arm = image(Architecture::Aarch64, 14, 0);
    assert_eq!(
        check("macosx_11_0_arm64", &arm),
        [format!(
            "the wheel is tagged `macosx_11_0_arm64`, but `{file}` was built for macOS 14.0 or newer"
        )]
    );
    assert_eq!(check("macosx_14_0_arm64", &arm), [""; 0]);
    // Tags have no minor version since 11.
    let patched = image(Architecture::Aarch64, 11, 3);
    assert_eq!(check("macosx_11_0_arm64", &patched), [""; 0]);
    // Apple silicon starts with 11.0, so for it an older tag means that.
    let intel = image(Architecture::X86_64, 10, 13);
    let both = universal(&[&intel, &image(Architecture::Aarch64, 11, 0)]);
    assert_eq!(check("macosx_10_13_universal2", &both), [""; 0]);
    assert_eq!(check("macosx_10_9_universal2", &both).len(), 1);
    assert_eq!(check("macosx_10_9_x86_64", &intel).len(), 1);
    assert_eq!(
        check("macosx_11_0_x86_64", &image(Architecture::X86_64, 10, 16)),
        [""; 0]
    );
}

#[test]
fn programs_in_packages_comply_with_the_policy() {
    let program = Elf::default()
        .executable()
        .versioned("libc.so.6", "open", "GLIBC_2.38")
        .build();
    let check = |path: &str, mode: u32, data: &[u8]| {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().unix_permissions(mode);
        zip.start_file(path, options).unwrap();
        std::io::Write::write_all(&mut zip, data).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        let found = inspect_wheel(&bytes, NAME).unwrap();
        let is_untrue = found
            .diagnostics
            .iter()
            .any(|one| one.code.as_str() == "WR0603");
        (found.facts.libraries.len(), is_untrue)
    };
    assert_eq!(check("fast/bin/run", 0o644, &program), (1, true));
    assert_eq!(check("fast/bin/run.bin", 0o755, &program), (1, true));
    assert_eq!(check("fast/data.bin", 0o644, &program), (0, false));
    // Text that happens to start like PE, and a Java class file, which starts like a universal file.
    let text = ["MZ isn't a program: ", &"it is text ".repeat(9)].concat();
    assert_eq!(check("fast/text", 0o755, text.as_bytes()), (0, false));
    let class = b"\xca\xfe\xba\xbe\0\0\0\x34";
    assert_eq!(check("fast/Fast.class", 0o755, class), (0, false));
}

#[test]
fn wr0603_times_of_64_bits_came_with_musl_1_2() {
    let codes_of = |wide: bool, tag: &str, symbol: &str, weak: bool| {
        let elf = Elf::default()
            .shape(wide, true)
            .export("PyInit_fast")
            .needs(if wide {
                "libc.musl-x86_64.so.1"
            } else {
                "libc.musl-x86.so.1"
            });
        let elf = if weak {
            elf.weak_import(symbol)
        } else {
            elf.import(symbol)
        };
        let file = if wide {
            "fast.cpython-312-x86_64-linux-musl.so"
        } else {
            "fast.cpython-312-i386-linux-musl.so"
        };
        let name = format!("fast-1.0-cp312-cp312-{tag}.whl");
        codes(&name, &[(file, &elf.build())])
    };
    for symbol in ["__stat_time64", "__clock_gettime64", "__localtime64_r"] {
        let of = |tag: &str| codes_of(false, tag, symbol, false);
        assert_eq!(of("musllinux_1_2_i686"), [""; 0], "{symbol}");
        assert_eq!(of("musllinux_1_1_i686"), ["WR0603"], "{symbol}");
    }
    assert_eq!(
        codes_of(false, "musllinux_1_1_i686", "stat", false),
        [""; 0]
    );
    assert_eq!(
        codes_of(false, "musllinux_1_1_i686", "__stat_time64", true),
        [""; 0]
    );
    assert_eq!(
        codes_of(true, "musllinux_1_1_x86_64", "__stat_time64", false),
        [""; 0]
    );
}
