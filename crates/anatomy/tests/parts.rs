//! Files of which only the parts that are looked at were read.
#![allow(clippy::unwrap_used)] // What cannot be read is a failed test.

mod binaries;

use anatomy::{Expectation, inspect, parts_looked_at};
use binaries::Elf;
use proptest::prelude::*;

/// The same file with zeros wherever nothing is looked at.
fn only_what_is_looked_at(bytes: &[u8]) -> Vec<u8> {
    let part = |start: u64, size: usize| {
        let start = usize::try_from(start).ok()?;
        Some(bytes.get(start..start.checked_add(size)?)?.to_vec())
    };
    let Some(parts) = parts_looked_at(bytes.len() as u64, part) else {
        return bytes.to_vec();
    };
    let mut some = vec![0; bytes.len()];
    for part in parts {
        let part = usize::try_from(part.start).unwrap()..usize::try_from(part.end).unwrap();
        some[part.clone()].copy_from_slice(&bytes[part]);
    }
    some
}

fn library() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .constants(".rodata", b"/src/index/pyo3-0.30.1/src/err.rs\0")
        .constants(".eh_frame", &[7; 4096])
        .section(".debug_info", &[9; 4096])
        .section(".comment", b"rustc version 1.95.0 (x)\0")
}

#[test]
fn what_is_not_looked_at_changes_nothing() {
    for (wide, little) in [(true, true), (true, false), (false, true), (false, false)] {
        let bytes = library().shape(wide, little).build();
        let some = only_what_is_looked_at(&bytes);
        assert_ne!(some, bytes);
        assert_eq!(
            inspect(&some, &Expectation::new()),
            inspect(&bytes, &Expectation::new())
        );
    }
}

#[test]
fn of_other_formats_everything_is_looked_at() {
    let whole = |bytes: &[u8]| parts_looked_at(bytes.len() as u64, |_, _| Some(bytes.to_vec()));
    assert_eq!(whole(b"MZ"), None);
    assert_eq!(whole(b""), None);
    assert_eq!(whole(b"\x7fELF"), None);
    // A part that cannot be read is no part.
    assert_eq!(parts_looked_at(4096, |_, _| None), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn damage_is_answered_and_no_part_lies_outside(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut bytes = library().build();
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        // It panics where a part lies outside of the file.
        let some = only_what_is_looked_at(&bytes);
        let _ = inspect(&some, &Expectation::new());
    }
}
