//! What happens to progress if the disk is full, which only code inside [`Progress`] can simulate.

use std::fs;
use std::path::Path;

use super::*;

fn course(root: &Path) -> Course {
    fs::create_dir_all(root.join(".git")).unwrap();
    fs::create_dir_all(root.join("exercises/01_a/01_x")).unwrap();
    fs::write(root.join(".wr.toml"), "").unwrap();
    Course::find(root).unwrap()
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    let dir = tempfile::TempDir::new().unwrap();
    let course = course(dir.path());
    let mut progress = Progress::open(&course).unwrap();
    let known: ExerciseId = "01_a/01_x".parse().unwrap();
    progress.set_solved(&known, true).unwrap();
    // A database that isn't allowed to grow fails the way it does on a full disk.
    let connection = &progress.database.connection;
    let pages: i64 = connection
        .pragma_query_value(None, "page_count", |row| row.get(0))
        .unwrap();
    connection
        .pragma_update_and_check(None, "max_page_count", pages, |_| Ok(()))
        .unwrap();
    let long = "x".repeat(200);
    let full = (0..1000).find_map(|number| {
        let id = format!("01_a/{number:04}_{long}").parse().unwrap();
        progress
            .set_solved(&id, true)
            .err()
            .map(|error| (number, error))
    });
    let (recorded, error) = full.expect("the database does not grow");
    assert!(matches!(&error, ProgressError::NoSpace { .. }), "{error}");
    assert!(error.help().unwrap().contains("is kept"));
    drop(progress);

    let progress = Progress::open(&course).unwrap();
    assert!(progress.notices().is_empty());
    assert_eq!(progress.rows().unwrap().len(), recorded + 1);
    assert!(progress.opened(&course).unwrap()[0].solved);
}
