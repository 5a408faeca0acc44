//! Large files that are read by the parts that are looked at.
#![allow(clippy::unwrap_used)] // What cannot be read is a failed test.

mod binaries;

use anatomy::{Expectation, Inspection, ReadError, inspect, inspect_parts};
use binaries::Elf;
use proptest::prelude::*;

/// Reads by parts: what was found, and how many bytes were asked for.
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
fn the_same_is_found_in_less() {
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
fn all_of_other_files_has_to_be_read() {
    for bytes in [&b"MZ"[..], b"", b"\x7fELF"] {
        assert_eq!(by_parts(bytes).0, None);
    }
    // A part that cannot be read is no part.
    let nothing = |_: u64, _: &mut [u8]| None;
    assert_eq!(inspect_parts(4096, &Expectation::new(), nothing), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn damage_is_answered_alike(
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
