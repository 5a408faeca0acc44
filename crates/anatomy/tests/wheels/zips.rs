//! Archives with irregular layouts: what pip would install is compared, and the rest is reported.

use super::*;
use libdeflater::{CompressionLvl, Compressor, crc32};
use wr_anatomy::wheel::{IrregularityKind, WheelInspection};

/// A member with arbitrary contents in its directory entry and header.
#[derive(Clone)]
struct Member {
    name: String,
    method: u16,
    flags: u16,
    packed: Vec<u8>,
    crc32: u32,
    size: u32,
    /// How the header before the data differs.
    header_crc32: Option<u32>,
    header_size: Option<u32>,
    /// What comes after the data.
    after: Vec<u8>,
    is_listed: bool,
}

impl Member {
    fn new(name: &str, data: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            method: 8,
            flags: 0,
            packed: deflate(data),
            crc32: crc32(data),
            size: u32::try_from(data.len()).unwrap(),
            header_crc32: None,
            header_size: None,
            after: Vec::new(),
            is_listed: true,
        }
    }

    fn stored(name: &str, data: &[u8]) -> Self {
        Self {
            method: 0,
            packed: data.to_vec(),
            ..Self::new(name, data)
        }
    }
}

fn deflate(data: &[u8]) -> Vec<u8> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut packed = vec![0; compressor.deflate_compress_bound(data.len())];
    let length = compressor.deflate_compress(data, &mut packed).unwrap();
    packed.truncate(length);
    packed
}

/// An archive with these members, with bytes before and after it.
fn zip(before: &[u8], members: &[Member], after: &[u8]) -> Vec<u8> {
    let mut bytes = before.to_vec();
    let mut directory = Vec::new();
    let mut count = 0_u16;
    let halves = |values: &[u16]| -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect()
    };
    let words = |values: &[u32]| -> Vec<u8> {
        values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect()
    };
    let length = |length: usize| u32::try_from(length).unwrap();
    let short = |length: usize| u16::try_from(length).unwrap();
    for member in members {
        // Offsets are relative to the archive itself, as `zipfile` expects.
        let place = length(bytes.len() - before.len());
        let head = halves(&[20, member.flags, member.method, 0, 0x21]);
        let packed = length(member.packed.len());
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&head);
        bytes.extend(words(&[
            member.header_crc32.unwrap_or(member.crc32),
            packed,
            member.header_size.unwrap_or(member.size),
        ]));
        bytes.extend(halves(&[short(member.name.len()), 0]));
        bytes.extend(member.name.bytes());
        bytes.extend(&member.packed);
        bytes.extend(&member.after);
        if member.is_listed {
            count += 1;
            directory.extend(b"PK\x01\x02");
            directory.extend(halves(&[0x314]));
            directory.extend(&head);
            directory.extend(words(&[member.crc32, packed, member.size]));
            directory.extend(halves(&[short(member.name.len()), 0, 0, 0, 0]));
            directory.extend(words(&[0o100_644 << 16, place]));
            directory.extend(member.name.bytes());
        }
    }
    let start = length(bytes.len() - before.len());
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06");
    bytes.extend(halves(&[0, 0, count, count]));
    bytes.extend(words(&[length(directory.len()), start]));
    bytes.extend(halves(&[0]));
    bytes.extend(after);
    bytes
}

const GOOD: &[u8] = b"print('good')\n";
const EVIL: &[u8] = b"print('evil')\n";
const PATH: &str = "fast/__init__.py";

/// The members of a pure wheel with one module that `RECORD` says is [`GOOD`].
fn members(module: Member) -> Vec<Member> {
    let info = "fast-1.0.dist-info";
    let files = [
        (PATH.to_owned(), GOOD.to_vec()),
        (format!("{info}/METADATA"), METADATA.as_bytes().to_vec()),
        (format!("{info}/WHEEL"), HEAD.to_vec()),
    ];
    let (path, text) = record(info, &files);
    let rest = files[1..]
        .iter()
        .map(|(name, data)| Member::new(name, data));
    let mut all = vec![module];
    all.extend(rest);
    all.push(Member::new(&path, &text));
    all
}

fn look(bytes: &[u8]) -> WheelInspection {
    inspect_wheel(bytes, PURE).unwrap()
}

/// The findings for the wheel with this module, with and without all hashes.
fn found(module: Member) -> (Vec<String>, WheelInspection) {
    let found = look(&zip(b"", &members(module), b""));
    let codes = found.diagnostics.iter().map(|one| one.code.to_string());
    (codes.collect(), found)
}

fn kinds(found: &WheelInspection) -> Vec<IrregularityKind> {
    found.facts.irregular.iter().map(|one| one.kind).collect()
}

#[test]
fn an_honest_archive_has_no_findings() {
    for module in [Member::new(PATH, GOOD), Member::stored(PATH, GOOD)] {
        let (codes, found) = found(module);
        assert_eq!(codes, [""; 0]);
        assert_eq!((found.facts.hashed, found.facts.hashes), (3, 3));
    }
}

/// The original case: pip unpacks as many bytes as the entry claims, and their checksum is right.
#[test]
fn wr0612_data_past_the_claimed_size_is_still_compared() {
    for stored in [false, true] {
        for (data, expected) in [(EVIL, &["WR0605", "WR0612"][..]), (GOOD, &["WR0612"])] {
            let longer = [data, b"#"].concat();
            let module = Member {
                packed: if stored { longer } else { deflate(&longer) },
                method: if stored { 0 } else { 8 },
                ..Member::new(PATH, data)
            };
            let (codes, found) = found(module);
            assert_eq!(codes, expected, "stored: {stored}");
            assert_eq!(kinds(&found), [IrregularityKind::Longer]);
            // It was compared, as it would be installed.
            assert_eq!((found.facts.hashed, found.facts.hashes), (3, 3));
        }
    }
}

#[test]
fn wr0612_data_that_is_shorter_than_its_size() {
    for method in [0, 8] {
        let module = Member {
            size: u32::try_from(GOOD.len() + 5).unwrap(),
            method,
            packed: if method == 0 {
                GOOD.to_vec()
            } else {
                deflate(GOOD)
            },
            ..Member::new(PATH, GOOD)
        };
        let (codes, found) = found(module);
        // The size in `RECORD` is the actual one, and the archive says something else.
        assert_eq!(codes, ["WR0605", "WR0612"], "method {method}");
        assert_eq!(kinds(&found), [IrregularityKind::Shorter]);
    }
}

#[test]
fn wr0613_a_flipped_bit_is_damage_rather_than_a_bomb() {
    let data: Vec<u8> = (0..20_000_u32)
        .flat_map(|number| (number.wrapping_mul(2_654_435_761) >> 20).to_le_bytes())
        .collect();
    let honest = Member::new("fast/data.bin", &data);
    for at in [10, 100, honest.packed.len() / 2, honest.packed.len() - 10] {
        let mut module = honest.clone();
        module.packed[at] ^= 0x10;
        let mut all = members(Member::new(PATH, GOOD));
        all.push(module);
        let found = look(&zip(b"", &all, b""));
        assert_eq!(found.facts.damaged.len(), 1, "byte {at}");
        assert_eq!(found.facts.damaged[0].path, "fast/data.bin");
        let first = &found.diagnostics[0];
        assert_eq!(first.code.as_str(), "WR0613");
        assert_eq!(first.message, "`fast/data.bin` can't be unpacked");
    }
}

#[test]
fn wr0613_the_rest_is_read_despite_damage() {
    for name in ["METADATA", "WHEEL", "RECORD"] {
        let mut all = members(Member::new(PATH, GOOD));
        let path = format!("fast-1.0.dist-info/{name}");
        let one = all.iter_mut().find(|one| one.name == path).unwrap();
        one.crc32 ^= 1;
        let found = look(&zip(b"", &all, b""));
        assert_eq!(found.facts.damaged[0].path, path);
        assert_eq!(found.diagnostics[0].code.as_str(), "WR0613", "{name}");
        assert!(
            found
                .diagnostics
                .iter()
                .all(|one| one.code.as_str() != "WR0608"),
            "{name}: {:?}",
            found.diagnostics
        );
    }
    let elf = extension().build();
    let mut broken = Member::stored(SUFFIX, &elf);
    broken.crc32 ^= 1;
    let found = look(&zip(b"", &[broken], b""));
    assert_eq!(found.facts.damaged[0].path, SUFFIX);
    assert!(found.facts.unreadable.is_empty());
}

#[test]
fn wr0614_files_too_large_to_compare_are_reported() {
    // More than the limit for one file: zeros, a megabyte at a time.
    let mut state = flate2::Compress::new(flate2::Compression::best(), false);
    let mut megabyte = Vec::with_capacity(1 << 16);
    let zeros = vec![0; 1 << 20];
    state
        .compress_vec(&zeros, &mut megabyte, flate2::FlushCompress::Full)
        .unwrap();
    let mut huge = Member::new("fast/huge.bin", b"x");
    huge.packed = [megabyte.repeat(1100), huge.packed].concat();
    huge.size = (1100 << 20) + 1;
    let info = "fast-1.0.dist-info";
    let files = [
        ("fast/huge.bin".to_owned(), b"x".to_vec()),
        (format!("{info}/METADATA"), METADATA.as_bytes().to_vec()),
        (format!("{info}/WHEEL"), HEAD.to_vec()),
    ];
    let (path, text) = record(info, &files);
    let mut all = vec![huge];
    all.extend(
        files[1..]
            .iter()
            .map(|(name, data)| Member::new(name, data)),
    );
    all.push(Member::new(&path, &text));
    let bytes = zip(b"", &all, b"");
    let found = look(&bytes);
    assert!(bytes.len() < 2 << 20);
    assert_eq!((found.facts.hashed, found.facts.hashes), (2, 3));
    assert_eq!(found.facts.uncompared[0].path, "fast/huge.bin");
    let codes: Vec<&str> = found
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert!(codes.contains(&"WR0614"), "{codes:?}");
    // Not requested, so not a finding.
    let quick = inspect_wheel_from(Cursor::new(&bytes), PURE, Hashes::OfTexts).unwrap();
    let codes: Vec<&str> = quick
        .diagnostics
        .iter()
        .map(|one| one.code.as_str())
        .collect();
    assert!(!codes.contains(&"WR0614"), "{codes:?}");
    assert_eq!((quick.facts.hashed, quick.facts.hashes), (2, 3));
}

/// A size with one wrong bit may be thousands of times the right one, and nothing inflates to that.
#[test]
fn wr0612_an_impossible_size_is_not_a_bomb() {
    for method in [0, 8] {
        for name in [PATH, "fast-1.0.dist-info/METADATA"] {
            let mut all = members(Member::new(PATH, GOOD));
            let one = all.iter_mut().find(|one| one.name == name).unwrap();
            if method == 0 {
                let data = if name == PATH {
                    GOOD
                } else {
                    METADATA.as_bytes()
                };
                *one = Member::stored(name, data);
            }
            one.size |= 1 << 31;
            let found = look(&zip(b"", &all, b""));
            assert_eq!(kinds(&found), [IrregularityKind::Shorter], "{name}");
            assert_eq!((found.facts.hashed, found.facts.hashes), (3, 3), "{name}");
        }
    }
}

#[test]
fn wr0614_a_hash_of_another_kind() {
    let mut all = members(Member::new(PATH, GOOD));
    let text = format!("{PATH},blake2b=AAAA,{}\n", GOOD.len());
    let path = all.last().unwrap().name.clone();
    let (_, rest) = record("fast-1.0.dist-info", &[]);
    let text = [text.as_bytes(), &rest].concat();
    *all.last_mut().unwrap() = Member::new(&path, &text);
    let found = look(&zip(b"", &all, b""));
    assert_eq!(found.facts.uncompared[0].path, PATH);
    assert!(found.facts.uncompared[0].reason.contains("`blake2b`"));
    assert_eq!((found.facts.hashed, found.facts.hashes), (0, 1));
}

/// It inflates to a thousand times its size, and is compared without being kept in memory.
#[test]
fn wr0605_many_zeros_under_a_wrong_hash() {
    let zeros = vec![0_u8; 100 << 20];
    let info = "fast-1.0.dist-info";
    for (recorded, is_right) in [(&zeros[..], true), (b"something else", false)] {
        let files = [("fast/zeros.bin".to_owned(), recorded.to_vec())];
        let (path, text) = record(info, &files);
        let text = String::from_utf8(text).unwrap();
        let text = text.replace(",14\n", &format!(",{}\n", zeros.len()));
        let all = [
            Member::new("fast/zeros.bin", &zeros),
            Member::new(&path, text.as_bytes()),
        ];
        let bytes = zip(b"", &all, b"");
        assert!(bytes.len() < 1 << 20);
        let found = look(&bytes);
        assert_eq!((found.facts.hashed, found.facts.hashes), (1, 1));
        assert_eq!(found.facts.altered.is_empty(), is_right);
    }
}

#[test]
fn wr0612_data_outside_any_member() {
    let honest = members(Member::new(PATH, GOOD));
    let check = |bytes: &[u8], expected: IrregularityKind, message: &str| {
        let found = look(bytes);
        assert_eq!(kinds(&found), [expected]);
        let [finding] = found.diagnostics.as_slice() else {
            panic!("{:?}", found.diagnostics);
        };
        assert_eq!(finding.code.as_str(), "WR0612");
        assert_eq!(finding.message, message);
    };
    check(
        &zip(b"#!/bin/sh\n", &honest, b""),
        IrregularityKind::Prefixed,
        "there is data before the first member: 10 bytes",
    );
    check(
        &zip(b"", &honest, b"more"),
        IrregularityKind::Trailing,
        "there is data after the end of the archive: 4 bytes",
    );
    let mut gap = honest.clone();
    gap[1].after = b"hidden".to_vec();
    let bytes = zip(b"", &gap, b"");
    let at = bytes.windows(6).position(|some| some == b"hidden").unwrap();
    check(
        &bytes,
        IrregularityKind::Gap,
        &format!("there is data between the members: 6 bytes at {at}"),
    );
    let mut unlisted = honest.clone();
    unlisted.insert(
        1,
        Member {
            is_listed: false,
            ..Member::new("fast/evil.py", EVIL)
        },
    );
    check(
        &zip(b"", &unlisted, b""),
        IrregularityKind::Unlisted,
        "`fast/evil.py` is in the archive, but its directory doesn't list it",
    );
}

#[test]
fn wr0612_a_header_that_contradicts_the_directory() {
    for (crc32, size, expected) in [
        (Some(7), None, "checksum"),
        (
            None,
            Some(3),
            "`fast/__init__.py` has 14 bytes in the directory, but 3 bytes",
        ),
    ] {
        let module = Member {
            header_crc32: crc32,
            header_size: size,
            ..Member::new(PATH, GOOD)
        };
        let (codes, found) = found(module);
        assert_eq!(codes, ["WR0612"]);
        assert_eq!(kinds(&found), [IrregularityKind::Header]);
        let message = &found.diagnostics[0].message;
        assert!(message.contains(expected), "{message}");
    }
}

#[test]
fn data_descriptors_are_part_of_an_archive() {
    for mark in [&b"PK\x07\x08"[..], b""] {
        let honest = Member::new(PATH, GOOD);
        let mut after = mark.to_vec();
        for word in [
            honest.crc32,
            u32::try_from(honest.packed.len()).unwrap(),
            honest.size,
        ] {
            after.extend(word.to_le_bytes());
        }
        let module = Member {
            flags: 8,
            header_crc32: Some(0),
            header_size: Some(0),
            after,
            ..honest
        };
        assert_eq!(found(module).0, [""; 0]);
    }
}

#[test]
fn encrypted_members_are_refused() {
    for flags in [0x1, 0x40] {
        let module = Member {
            flags,
            ..Member::new(PATH, GOOD)
        };
        let refused = inspect_wheel(&zip(b"", &members(module), b""), PURE);
        assert_eq!(
            refused,
            Err(wr_anatomy::wheel::WheelError::EncryptedEntry(
                PATH.to_owned()
            ))
        );
    }
}

/// If a file contains two archives, Python uses the one whose end record comes last.
#[test]
fn the_last_of_several_archives_is_read() {
    let first = zip(b"", &members(Member::new(PATH, EVIL)), b"");
    let both = zip(&first, &members(Member::new(PATH, GOOD)), b"");
    let found = look(&both);
    assert_eq!(found.facts.altered, []);
    // The data before it starts like an unlisted member.
    assert_eq!(kinds(&found), [IrregularityKind::Unlisted]);
    // After the end, it's the other way round.
    let comment = zip(b"", &members(Member::new(PATH, GOOD)), &first);
    assert_eq!(look(&comment).facts.altered.len(), 1);
}
