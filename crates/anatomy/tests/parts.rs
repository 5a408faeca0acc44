//! Large files that are only read in parts.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::Elf;
use proptest::prelude::*;
use wr_anatomy::{Expectation, Inspection, ReadError, inspect, inspect_parts};

/// Reads in parts: returns the result, and how many bytes were requested.
fn by_parts(bytes: &[u8]) -> (Option<Result<Inspection, ReadError>>, usize) {
    let mut read = 0;
    let part = |start: u64, part: &mut [u8]| {
        let start = usize::try_from(start).ok()?;
        part.copy_from_slice(bytes.get(start..start.checked_add(part.len())?)?);
        read += part.len();
        Some(())
    };
    let found = inspect_parts(bytes.len() as u64, &Expectation::new(), part);
    (found, read)
}

fn library() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .constants(".rodata", b"/src/index/pyo3-0.30.1/src/err.rs\0")
        .constants(".eh_frame", &vec![7; 1 << 16])
        .section(".debug_info", &vec![9; 1 << 16])
        .section(".comment", b"rustc version 1.95.0 (x)\0")
}

#[test]
fn reading_parts_gives_the_same_result() {
    for (wide, little) in [(true, true), (true, false), (false, true), (false, false)] {
        let bytes = library().shape(wide, little).build();
        let (found, read) = by_parts(&bytes);
        let whole = inspect(&bytes, &Expectation::new());
        let crates = &whole.as_ref().unwrap().facts.images[0].provenance.crates;
        assert_eq!(crates.len(), 1);
        assert_eq!(found, Some(whole));
        assert!(read < bytes.len() / 4, "{read} of {}", bytes.len());
    }
}

#[test]
fn other_formats_have_to_be_read_completely() {
    for bytes in [&b"MZ"[..], b"", b"\x7fELF"] {
        assert_eq!(by_parts(bytes).0, None);
    }
    // A part that can't be read counts as missing.
    let nothing = |_: u64, _: &mut [u8]| None;
    assert_eq!(inspect_parts(4096, &Expectation::new(), nothing), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn damage_gives_the_same_result(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = library().build();
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let (Some(found), _) = by_parts(&bytes) {
            let whole = inspect(&bytes, &Expectation::new());
            prop_assert!(found == whole);
        }
    }
}
