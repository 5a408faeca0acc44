//! Full disks.
//!
//! If the system lets us, a small file system is mounted in a separate namespace. Otherwise the size of files is
//! limited, which tools report in other words but which stops them in the same way.

use std::process::Command;

use testkit::{Invocation, Outcome, Workshop, workshop};

use crate::states::{existing_tool, rows};

/// What simulates a full disk on this machine.
enum Full {
    /// A file system with this many kilobytes, mounted with this command.
    Mounted(&'static [&'static str]),
    /// Files of at most this many kilobytes.
    Limited,
}

impl Full {
    fn here() -> Self {
        let ways: [&[&str]; 2] = [
            &["unshare", "--mount"],
            &["unshare", "--map-root-user", "--mount"],
        ];
        let works = |way: &&[&str]| {
            let mut command = Command::new(way[0]);
            command
                .args(&way[1..])
                .args(["mount", "-t", "tmpfs", "none", "/mnt"]);
            command.output().is_ok_and(|output| output.status.success())
        };
        ways.into_iter()
            .find(works)
            .map_or(Self::Limited, Self::Mounted)
    }

    /// Runs it with this directory almost full.
    fn run(&self, at: &Workshop, dir: &str, kilobytes: u32, invocation: Invocation) -> Outcome {
        at.folder(dir);
        let dir = at.path(dir);
        let script = match self {
            Self::Mounted(_) => format!(
                "mount -t tmpfs -o size={kilobytes}k none '{}' && exec \"$@\"",
                dir.display()
            ),
            Self::Limited => format!("ulimit -f {kilobytes} && exec \"$@\""),
        };
        let shell = ["sh", "-c", &script, "sh"];
        match self {
            Self::Mounted(way) => invocation.within(&[*way, &shell].concat()).run(),
            Self::Limited => invocation.within(&shell).run(),
        }
    }
}

/// Requires that it failed for lack of space, and that solved exercises are still solved.
#[track_caller]
fn failed(full: &Full, at: &Workshop, outcome: &Outcome) {
    outcome.status(1).never_says("panicked at");
    if matches!(full, Full::Mounted(_)) {
        outcome
            .says("there is no space left on the disk")
            .says("free some space and start again");
    }
    assert_eq!(rows(at), [("01_a/01_x".to_owned(), 1)]);
}

#[test]
fn for_the_environment() {
    let at = workshop!("full-environment");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    drop(existing_tool(&at, &[("01_a", "01_x", true)]));
    let full = Full::here();
    let check = at
        .wr(["check", "01_x"])
        .env("WR_STATE_DIR", at.path("state"));
    let outcome = full.run(&at, "state", 2048, check);
    failed(&full, &at, &outcome);
}

#[test]
fn for_what_cargo_builds() {
    let at = workshop!("full-target");
    at.course().rust_exercise("01_a/01_x");
    drop(existing_tool(&at, &[("01_a", "01_x", true)]));
    let full = Full::here();
    let check = at
        .wr(["check", "01_x"])
        .env("WR_STATE_DIR", at.path("state"));
    let outcome = full.run(&at, "state", 512, check);
    failed(&full, &at, &outcome);
}

#[test]
fn for_wrs_own_files() {
    let at = workshop!("full-state");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    drop(existing_tool(&at, &[("01_a", "01_x", true)]));
    let full = Full::here();
    let check = at
        .wr(["check", "01_x"])
        .env("WR_STATE_DIR", at.path("state"));
    // The mounted file system replaces the whole directory.
    let outcome = full.run(&at, "state", 4, check);
    outcome.never_says("panicked at");
    assert_eq!(
        rows(&at),
        [("01_a/01_x".to_owned(), 1)],
        "{}",
        outcome.account()
    );
}

#[test]
fn for_the_progress() {
    let at = workshop!("full-progress");
    at.course().command_exercise("01_a/01_x", &[&["true"]]);
    let connection = existing_tool(&at, &[("01_a", "01_x", false)]);
    // The database itself may not grow: SQLite reports that the way it reports a full disk.
    connection
        .execute_batch("PRAGMA max_page_count = 1")
        .unwrap();
    drop(connection);
    let full = Full::here();
    let Full::Mounted(way) = &full else {
        let outcome = full.run(&at, "state", 1, at.wr(["check", "01_x"]));
        outcome.never_says("panicked at");
        assert_eq!(
            rows(&at),
            [("01_a/01_x".to_owned(), 0)],
            "{}",
            outcome.account()
        );
        return;
    };
    at.folder("small");
    let course = at.root().display();
    let script = format!(
        "cd '{course}/small' && mount -t tmpfs -o size=160k none . && cd '{course}/small' && \
         cp -r ../.git ../.wr.toml ../exercises . && \
         {{ head -c 1000000 /dev/zero > filler 2>/dev/null; \"$@\"; echo \"status $?\"; rm filler; \"$@\"; echo \"status $?\"; }}"
    );
    let within = [*way, &["sh", "-c", &script, "sh"]].concat();
    let outcome = at.wr(["check", "01_x"]).within(&within).run();
    outcome
        .complains("there is no disk space left")
        .complains("free some disk space")
        .says("status 0")
        .never_says("status 2");
}
