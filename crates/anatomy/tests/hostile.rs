//! No bytes make the reader panic, hang or use unbounded memory.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, Wasm, archive_of, coff_object, for_macos, macho, pe, universal};
use object::Architecture;
use proptest::prelude::*;
use wr_anatomy::{Expectation, LooksLike, ReadError, inspect};

/// One healthy file of each kind.
fn healthy() -> Vec<Vec<u8>> {
    let elf = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .needs("libc.so.6");
    let intel = macho(Architecture::X86_64, &["PyInit_fast"], "a.dylib");
    vec![
        elf.build(),
        elf.clone().shape(false, false).build(),
        universal(&[&intel, &intel]),
        intel.clone(),
        pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]),
        pe(false, &["PyInit_fast"], "python312.dll", &["PyList_New"]),
        coff_object(),
        archive_of(&[("lib.rmeta", b"rust"), ("a.o", b"xx")]),
        Wasm::default()
            .export("PyInit_fast")
            .import("PyList_New")
            .import_data("PyExc_ValueError")
            .weak_import("PyType_GetName")
            .needs("libz.so")
            .producers(&[("rustc", "1.95.0")])
            .features(&["simd128"])
            .build(),
        elf.clone()
            .note(".note.android.ident", "Android", 1, &[24; 132])
            .segment(1, 5, 0x4000)
            .segment(0x6474_e551, 6, 16)
            .build(),
        for_macos(&intel, 11, 0),
    ]
}

fn look(bytes: &[u8]) -> Result<wr_anatomy::Inspection, ReadError> {
    inspect(bytes, &Expectation::new().file_name("fast.abi3.so"))
}

#[test]
fn every_prefix_of_a_healthy_file_gets_an_answer() {
    for file in healthy() {
        assert!(look(&file).is_ok());
        for length in 0..file.len() {
            let _ = look(&file[..length]);
        }
    }
}

#[test]
fn a_truncated_file_is_reported_as_such() {
    let elf = Elf::default().export("PyInit_fast").build();
    let cut = &elf[..elf.len() - 10];
    assert!(
        matches!(look(cut), Err(ReadError::Truncated { .. })),
        "{:?}",
        look(cut)
    );
    let dll = pe(true, &["PyInit_fast"], "python312.dll", &[]);
    let cut = &dll[..dll.len() - 100];
    assert!(
        matches!(look(cut), Err(ReadError::Truncated { .. })),
        "{:?}",
        look(cut)
    );
}

#[test]
fn a_long_shared_name_is_not_copied_endlessly() {
    let mut elf = Elf::default()
        .versioned(&"l".repeat(40_000), "open", &"V".repeat(40_000))
        .shared_version();
    for _ in 0..3000 {
        elf = elf.import("f");
    }
    let found = look(&elf.build());
    assert!(matches!(found, Err(ReadError::TooMuch { .. })), "{found:?}");
}

#[test]
fn a_universal_file_whose_parts_overlap_is_damaged() {
    let intel = macho(Architecture::X86_64, &["PyInit_fast"], "a.dylib");
    let arm = macho(Architecture::Aarch64, &["PyInit_fast"], "a.dylib");
    let mut both = universal(&[&intel, &arm]);
    assert!(look(&both).is_ok());
    // The second part's offset, after the header's two words and the first part's five, is set to the first one's.
    both.copy_within(16..20, 36);
    let found = look(&both);
    assert!(
        matches!(found, Err(ReadError::Malformed { .. })),
        "{found:?}"
    );
}

#[test]
fn other_kinds_of_files_are_named() {
    assert_eq!(look(b""), Err(ReadError::Empty));
    assert_eq!(
        look(b"<!doctype html><p>Not found"),
        Err(ReadError::NotABinary(LooksLike::Html))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn flipped_bytes_get_an_answer(
        which in 0_usize..11,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        end in any::<Option<prop::sample::Index>>(),
    ) {
        let mut file = healthy().swap_remove(which);
        for (place, value) in flips {
            let place = place.index(file.len());
            file[place] = value;
        }
        if let Some(end) = end {
            file.truncate(end.index(file.len()));
        }
        let _ = look(&file);
    }

    #[test]
    fn arbitrary_bytes_get_an_answer(
        magic in prop::sample::select(vec![
            &b""[..], b"\x7fELF\x02\x01\x01", b"\x7fELF\x01\x02\x01", b"MZ", b"\xcf\xfa\xed\xfe",
            b"\xca\xfe\xba\xbe\0\0\0\x02", b"!<arch>\n", b"\x64\x86", b"\0asm\x01\0\0\0",
        ]),
        rest in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [magic, &rest].concat();
        let _ = look(&bytes);
    }
}
