//! Zips that must be refused, naming the entry, and damaged ones.
#![allow(clippy::unwrap_used)] // A wheel that can't be packed fails the test.

mod binaries;

use binaries::{Elf, pack, wheel};
use proptest::prelude::*;
use wr_anatomy::wheel::{WheelError, inspect_wheel};

const NAME: &str = "fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";
const SUFFIX: &str = "fast.cpython-312-x86_64-linux-gnu.so";

fn extension() -> Elf {
    Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .needs("libc.so.6")
}

/// The method is in each entry's header and in the directory; the contents of unread entries don't matter.
#[test]
fn unsupported_compression_methods_are_named() {
    for (number, method) in [(12_u8, "bzip2"), (14, "lzma"), (77, "method 77")] {
        let mut bytes = pack(&[("fast.so".to_owned(), b"fast".to_vec())]);
        for at in 0..bytes.len() - 12 {
            match &bytes[at..at + 4] {
                b"PK\x03\x04" => bytes[at + 8] = number,
                b"PK\x01\x02" => bytes[at + 10] = number,
                _ => {}
            }
        }
        assert_eq!(
            inspect_wheel(&bytes, NAME),
            Err(WheelError::Compression {
                entry: "fast.so".to_owned(),
                method: method.to_owned()
            })
        );
    }
}

#[test]
fn dishonest_zips_are_refused_by_name() {
    let zeros = vec![0_u8; 40 << 20];
    let bytes = wheel(NAME, &[("fast.so", &zeros)]);
    let bomb = inspect_wheel(&bytes, NAME);
    assert!(
        matches!(&bomb, Err(WheelError::Bomb { entry, .. }) if entry == "fast.so"),
        "{bomb:?}"
    );

    // Each one is small enough to be read, but all together aren't.
    let zeros = vec![0_u8; 15 << 20];
    let many: Vec<(String, &[u8])> = (0..12)
        .map(|number| (format!("lib{number}.so"), zeros.as_slice()))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, zeros)| (name.as_str(), *zeros))
        .collect();
    let bombs = inspect_wheel(&wheel(NAME, &many), NAME);
    assert!(matches!(&bombs, Err(WheelError::Bomb { .. })), "{bombs:?}");

    let outside = pack(&[("../fast.so".to_owned(), Vec::new())]);
    assert_eq!(
        inspect_wheel(&outside, NAME),
        Err(WheelError::OutsideEntry("../fast.so".to_owned()))
    );

    let mut nul = pack(&[("fast_so".to_owned(), Vec::new())]);
    let places: Vec<usize> = nul
        .windows(7)
        .enumerate()
        .filter_map(|(at, bytes)| (bytes == b"fast_so").then_some(at + 4))
        .collect();
    for at in places {
        nul[at] = 0;
    }
    assert_eq!(
        inspect_wheel(&nul, NAME),
        Err(WheelError::NulInName("fast\\0so".to_owned()))
    );

    // Two entries with names of equal length, one of which is then renamed to match the other.
    let mut twice = pack(&[
        ("a.so".to_owned(), b"1".to_vec()),
        ("b.so".to_owned(), b"2".to_vec()),
    ]);
    for at in 0..twice.len() - 4 {
        if &twice[at..at + 4] == b"b.so" {
            twice[at] = b'a';
        }
    }
    assert_eq!(
        inspect_wheel(&twice, NAME),
        Err(WheelError::DuplicateEntry("a.so".to_owned()))
    );

    // The second one's name is only changed in the directory, which comes last.
    let mut disguised = pack(&[
        ("evil.so".to_owned(), b"1".to_vec()),
        ("fast.so".to_owned(), b"2".to_vec()),
    ]);
    let last = (0..disguised.len() - 7)
        .rfind(|&at| &disguised[at..at + 7] == b"fast.so")
        .unwrap();
    disguised[last..last + 7].copy_from_slice(b"good.so");
    assert_eq!(
        inspect_wheel(&disguised, NAME),
        Err(WheelError::DisguisedEntry {
            directory: "good.so".to_owned(),
            header: "fast.so".to_owned()
        })
    );

    // The second entry's offset in the directory is changed to the first one's.
    let mut over = pack(&[
        ("a.so".to_owned(), b"1".to_vec()),
        ("b.so".to_owned(), b"1".to_vec()),
    ]);
    let directory: Vec<usize> = (0..over.len() - 4)
        .filter(|&at| &over[at..at + 4] == b"PK\x01\x02")
        .collect();
    over[directory[1] + 42..directory[1] + 46].fill(0);
    assert!(matches!(
        inspect_wheel(&over, NAME),
        Err(WheelError::OverlappingEntry(_))
    ));

    assert!(matches!(
        inspect_wheel(b"no zip", NAME),
        Err(WheelError::Zip(_))
    ));
    assert!(matches!(
        inspect_wheel(b"", "fast.zip"),
        Err(WheelError::Name(_))
    ));
}

#[test]
fn a_large_file_is_not_a_bomb() {
    let text: String = (0..3_000_000).map(|number| format!("{number}\n")).collect();
    let path = "fast-1.0.dist-info/METADATA";
    let refused = inspect_wheel(&pack(&[(path.to_owned(), text.clone().into_bytes())]), NAME);
    assert_eq!(
        refused,
        Err(WheelError::TooLarge {
            entry: path.to_owned(),
            size: text.len() as u64,
            limit: 16 << 20,
        })
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn damaged_wheels_get_an_answer(
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        end in any::<Option<prop::sample::Index>>(),
    ) {
        let elf = extension().build();
        let mut bytes = wheel(NAME, &[(SUFFIX, &elf), ("fast/__init__.py", b"x = 1")]);
        for (place, value) in flips {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Some(end) = end {
            bytes.truncate(end.index(bytes.len()));
        }
        let _ = inspect_wheel(&bytes, NAME);
    }
}
