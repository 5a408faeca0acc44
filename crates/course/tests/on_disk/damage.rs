//! Damaged databases, and files that aren't databases.

use std::fs;

use proptest::prelude::*;
use wr_course::{Notice, Progress, ProgressError};

use crate::fixture::{Fixture, id, names};

const EXERCISES: [&str; 3] = ["01_a/01_x", "01_a/02_y", "02_b/01_z"];

/// A database with every exercise solved and a current one.
fn whole() -> Vec<u8> {
    let fixture = Fixture::new(&EXERCISES);
    let mut progress = fixture.progress();
    for exercise in EXERCISES {
        progress.set_solved(&id(exercise), true).unwrap();
    }
    progress.set_current(&id("01_a/02_y")).unwrap();
    drop(progress);
    fs::read(fixture.db()).unwrap()
}

/// Opens `bytes` as a database: a damaged one is kept byte for byte, and the new one works.
fn check(bytes: &[u8], expect_damaged: bool) -> (Vec<String>, Vec<Notice>) {
    let fixture = Fixture::new(&EXERCISES);
    fs::write(fixture.db(), bytes).unwrap();
    let mut progress = fixture.progress();
    assert!(progress.can_record());
    let notices = progress.notices().to_vec();
    let kept = fixture.path("exercises/progress.db.damaged-1");
    assert_eq!(
        kept.exists(),
        expect_damaged,
        "{} bytes: {notices:?}",
        bytes.len()
    );
    if expect_damaged {
        assert_eq!(fs::read(&kept).unwrap(), bytes);
        assert!(
            matches!(&notices[..], [Notice::DamagedKept { .. }]),
            "{notices:?}"
        );
        assert!(notices[0].to_string().contains("progress.db.damaged-1"));
    }
    let all = names(&fixture.path("exercises"));
    let expect = 3 + usize::from(expect_damaged);
    assert_eq!(all.len(), expect, "something was left behind: {all:?}");
    let opened = fixture.opened(&progress);
    progress.set_solved(&id("02_b/01_z"), true).unwrap();
    drop(progress);
    let progress = fixture.progress();
    assert!(progress.notices().is_empty());
    assert!(fixture.opened(&progress).contains(&"02_b/01_z".to_owned()));
    (opened, notices)
}

#[test]
fn an_empty_file_is_an_empty_database() {
    // SQLite itself treats a single byte as an empty file, because it once wrote one to work around a file system.
    for bytes in [&b""[..], b"x"] {
        let (opened, _) = check(bytes, false);
        assert!(opened.is_empty());
    }
}

#[test]
fn the_complete_file_is_intact() {
    let (opened, _) = check(&whole(), false);
    assert_eq!(opened, EXERCISES);
}

#[test]
fn a_truncated_file_is_kept_whatever_its_length() {
    let whole = whole();
    let page = 4096;
    let edges = [
        2,
        15,
        16,
        17,
        99,
        100,
        101,
        511,
        512,
        1000,
        page - 1,
        page,
        page + 1,
        2 * page - 1,
    ];
    let end = [
        2 * page,
        2 * page + 1,
        3 * page - 1,
        3 * page,
        whole.len() - 1,
    ];
    for length in edges.into_iter().chain(end) {
        assert!(length < whole.len());
        check(&whole[..length], true);
    }
}

#[test]
fn readable_progress_of_a_damaged_file_is_carried_over() {
    let whole = whole();
    let (opened, notices) = check(&whole[..whole.len() - 1], true);
    assert_eq!(opened, EXERCISES);
    assert!(
        matches!(&notices[..], [Notice::DamagedKept { salvaged: 3, .. }]),
        "{notices:?}"
    );
    // The page after the rows is missing entirely.
    let (opened, _) = check(&whole[..2 * 4096], true);
    assert_eq!(opened, EXERCISES);
}

#[test]
fn a_file_that_never_was_a_database_is_kept() {
    check(b"hello", true);
    check(&[0; 4096], true);
    check(&[0xa5; 10_000], true);
    let mut overwritten = whole();
    overwritten[4096..4200].fill(0xff);
    check(&overwritten, true);
}

#[test]
fn earlier_kept_files_are_not_overwritten() {
    let fixture = Fixture::new(&EXERCISES);
    fixture.write("exercises/progress.db.damaged-1", "first");
    fixture.write("exercises/progress.db.damaged-2-wal", "second");
    for text in ["third", "fourth"] {
        fs::write(fixture.db(), text).unwrap();
        drop(fixture.progress());
    }
    let read = |name: &str| fs::read_to_string(fixture.path("exercises").join(name)).unwrap();
    assert_eq!(read("progress.db.damaged-1"), "first");
    assert_eq!(read("progress.db.damaged-2-wal"), "second");
    assert_eq!(read("progress.db.damaged-3"), "third");
    assert_eq!(read("progress.db.damaged-4"), "fourth");
}

#[test]
fn a_journal_moves_with_its_database() {
    let fixture = Fixture::new(&EXERCISES);
    fs::write(fixture.db(), [0xa5; 4096]).unwrap();
    fixture.write("exercises/progress.db-journal", [0x5a; 2000]);
    drop(fixture.progress());
    let all = names(&fixture.path("exercises"));
    assert!(!all.contains(&"progress.db-journal".to_owned()), "{all:?}");
    assert!(all.contains(&"progress.db.damaged-1".to_owned()), "{all:?}");
}

#[test]
fn a_folder_in_the_databases_place_is_left_alone() {
    let fixture = Fixture::new(&[]);
    fixture.write("exercises/progress.db/precious", "x");
    let error = Progress::open(&fixture.course()).unwrap_err();
    assert!(matches!(&error, ProgressError::NotAFile { .. }), "{error}");
    assert!(fixture.path("exercises/progress.db/precious").exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn changed_bytes_never_panic_and_nothing_is_lost(changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = whole();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let fixture = Fixture::new(&EXERCISES);
        fs::write(fixture.db(), &bytes).unwrap();
        match Progress::open(&fixture.course()) {
            Ok(progress) => {
                let _ = progress.opened(&fixture.course());
                if let [Notice::DamagedKept { kept, .. }] = progress.notices() {
                    prop_assert_eq!(fs::metadata(kept).unwrap().len(), bytes.len() as u64);
                }
            }
            Err(error) => {
                prop_assert!(!error.to_string().is_empty());
                prop_assert!(fixture.db().exists());
            }
        }
    }

    #[test]
    fn random_bytes_are_kept(bytes in proptest::collection::vec(any::<u8>(), 2..3000)) {
        check(&bytes, true);
    }
}
