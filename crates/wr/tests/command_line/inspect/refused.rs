//! Targets that aren't what they seem, or that shouldn't be touched: each is refused by name, and none hangs.

use testkit::workshop;

use super::binaries::pack;
use super::{WHEEL, extension};
use crate::snapshots::compare;

#[test]
fn files_that_are_not_binaries() {
    let at = workshop!("inspect-no-binary");
    at.write("empty.so", "")
        .write("page.so", "<!DOCTYPE html><title>404</title>")
        .write("fast-1.0.tar.gz", b"\x1f\x8b\x08\x00")
        .write("cut.so", &extension().build()[..200])
        .folder("nothing");
    compare(
        &at,
        "inspect_refused",
        at.wr([
            "inspect",
            "empty.so",
            "page.so",
            "fast-1.0.tar.gz",
            "cut.so",
            "nothing",
            "there/is/none.so",
            "gone.whl",
        ]),
    );
}

#[test]
fn names_do_not_command_the_terminal() {
    let at = workshop!("inspect-control-characters");
    let elf = extension().needs("lib\x1b]0;title\x07\r.so").build();
    at.write("wipe\x1b[2J.so", elf);
    let outcome = at
        .wr([
            "inspect",
            "wipe\x1b[2J.so",
            "gone\x1b[2J.so",
            "--color",
            "always",
        ])
        .run();
    outcome
        .says(r"wipe\u{1b}[2J.so")
        .says(r"lib\u{1b}]0;title\u{7}\u{d}.so")
        .complains(r"gone\u{1b}[2J.so");
    for command in ["\x1b[2J", "\x1b]", "\x07", "\r"] {
        outcome.never_says(command);
    }
}

/// The colours are wr's own sequences, and a name that contains one is shown like any other.
#[test]
fn no_part_of_a_name_is_dropped() {
    let at = workshop!("inspect-hidden-characters");
    let names = [
        ("red\x1b[31m\x1b[0m", r"red\u{1b}[31m\u{1b}[0m"),
        ("bold\x1b[1m", r"bold\u{1b}[1m"),
        ("turned\u{202e}gnp", r"turned\u{202e}gnp"),
        ("marked\u{200e}\u{61c}", r"marked\u{200e}\u{61c}"),
        ("zero\u{200b}\u{feff}width", r"zero\u{200b}\u{feff}width"),
        ("soft\u{ad}hyphen", r"soft\u{ad}hyphen"),
        ("tag\u{e0041}", r"tag\u{e0041}"),
        ("own\u{10ffff}b", r"own\u{10ffff}b"),
    ];
    let mut files = vec![(
        "fast-1.0.dist-info/METADATA".to_owned(),
        "Name: f\x1b[31mast\nVersion: 1.0\nRequires-Python: >=3\u{200b}.9\n".into(),
    )];
    for (name, _) in names {
        files.push((format!("fast/{name}.so"), b"nothing".to_vec()));
        files.push((format!("{name}.pth"), b"import fast".to_vec()));
        files.push((format!("fast/{name}.zip"), pack(&[])));
    }
    at.write(WHEEL, pack(&files))
        .write(format!("dist/{WHEEL}"), pack(&files))
        .write("dist/other.so", extension().needs("lib\x1b[31m.so").build());
    for target in [WHEEL, "dist"] {
        for colour in ["never", "always"] {
            let outcome = at
                .wr(["inspect", target, "--verbose", "--check", "--color", colour])
                .run();
            for (name, shown) in names {
                for ending in [".so", ".zip", ".pth"] {
                    outcome.says(&format!("{shown}{ending}"));
                    outcome.never_says(&format!("{name}{ending}"));
                }
            }
            outcome.says(r"`f\u{1b}[31mast`");
        }
    }
    at.wr(["inspect", "dist"]).run().says(r"red\u{1b}[31m");
}

#[test]
fn names_do_not_forge_lines() {
    let at = workshop!("inspect-forged-lines");
    let forged = "\n  nothing wrong was found\n";
    let bytes = extension().needs(&format!("lib{forged}.so")).build();
    let files = [
        (format!("fast/_fast{forged}.abi3.so"), bytes.clone()),
        (format!("fast/_broken{forged}.abi3.so"), b"nothing".to_vec()),
        (format!("fast/{forged}.zip"), pack(&[])),
    ];
    let dir = format!("two{forged}wheels");
    at.write(WHEEL, pack(&files))
        .write(format!("{dir}/{WHEEL}"), pack(&files))
        .write(format!("{dir}/x{forged}.so"), bytes.clone())
        .write(format!("x{forged}.abi3.so"), bytes)
        .write("evil.whl", pack(&[(format!("../{forged}"), Vec::new())]))
        .write(
            format!("project{forged}/Cargo.toml"),
            format!("[package]\nname = {forged:?}\n[lib]\ncrate-type = [\"cdylib\", {forged:?}]\n[dependencies]\npyo3 = {forged:?}\n"),
        );
    for target in [
        WHEEL,
        &dir,
        &format!("x{forged}.abi3.so"),
        &format!("gone{forged}.abi3.so"),
        &format!("project{forged}"),
        "evil.whl",
    ] {
        for more in [&["--check"][..], &["--verbose"]] {
            let outcome = at.wr([&["inspect", target], more].concat()).run();
            let lines = outcome.stdout.lines().chain(outcome.stderr.lines());
            let forged: Vec<&str> = lines
                .filter(|line| line.trim() == "nothing wrong was found")
                .collect();
            let is_honest = target.starts_with('x') || target.starts_with("project");
            assert!(
                forged.is_empty() || (is_honest && forged.len() == 1),
                "{target:?}\n{}",
                outcome.stdout
            );
        }
    }
    let document = at.wr(["inspect", WHEEL, "--format", "json"]).run().json();
    let broken = &document["reports"][0]["wheel"]["unreadable"][0]["path"];
    assert_eq!(broken, &format!("fast/_broken{forged}.abi3.so"));
}

#[test]
fn very_long_names_are_shortened_only_for_people() {
    let at = workshop!("inspect-long-names");
    let long = format!("fast/{}.abi3.so", "n".repeat(60_000));
    let files = [
        (long.clone(), extension().build()),
        (format!("{long}.broken.so"), b"nothing".to_vec()),
    ];
    at.write(WHEEL, pack(&files));
    let shown = at.wr(["inspect", WHEEL]).run();
    shown.status(0).says("nnn…nnn");
    assert!(shown.stdout.len() < 8_000, "{} bytes", shown.stdout.len());
    let document = at.wr(["inspect", WHEEL, "--format", "json"]).run().json();
    let wheel = &document["reports"][0]["wheel"];
    assert_eq!(wheel["extensions"][0]["path"], long);
}

#[test]
fn one_unreadable_target_does_not_hide_the_others() {
    let at = workshop!("inspect-some");
    at.write("_fast.abi3.so", extension().build())
        .write("empty.so", "");
    let outcome = at.wr(["inspect", "empty.so", "_fast.abi3.so"]).run();
    outcome
        .fails(
            "empty.so: the file is empty",
            "an extension is a shared library",
        )
        .says("PyInit__fast")
        .says("1 could not be read");
}

#[test]
fn dishonest_wheels_are_refused_by_the_entry() {
    let at = workshop!("inspect-dishonest");
    let zeros = vec![0_u8; 40 << 20];
    at.write(
        WHEEL,
        super::wheel(WHEEL, &[("fast/_fast.abi3.so", &zeros)]),
    );
    at.wr(["inspect", WHEEL]).run().fails(
        "the entry `fast/_fast.abi3.so` is a bomb",
        "don't install it",
    );
    for name in ["../fast.so", "/etc/fast.so"] {
        at.write(WHEEL, pack(&[(name.to_owned(), Vec::new())]));
        at.wr(["inspect", WHEEL]).run().fails(
            &format!("the entry `{name}` points outside the wheel"),
            "don't install it",
        );
    }
    let mut twice = pack(&[
        ("a.so".to_owned(), b"1".to_vec()),
        ("b.so".to_owned(), b"2".to_vec()),
    ]);
    for at in 0..twice.len() - 4 {
        if &twice[at..at + 4] == b"b.so" {
            twice[at] = b'a';
        }
    }
    at.write(WHEEL, twice);
    at.wr(["inspect", WHEEL])
        .run()
        .fails("contains the entry `a.so` twice", "don't install it");
    let text: String = (0..3_000_000).map(|number| format!("{number}\n")).collect();
    let metadata = "fast-1.0.dist-info/METADATA".to_owned();
    at.write(WHEEL, pack(&[(metadata, text.into_bytes())]));
    at.wr(["inspect", WHEEL])
        .run()
        .fails("at most 16777216 would be read", "wheel unpack")
        .never_says("bomb");
    at.write("fast.whl", "");
    at.wr(["inspect", "fast.whl"])
        .run()
        .fails("isn't a wheel's name", "restore the name");
}

#[cfg(unix)]
#[test]
fn endless_files_are_not_read() {
    use rustix::fs::{CWD, FileType, Mode, mknodat};
    use std::os::unix::fs::symlink;

    let at = workshop!("inspect-endless");
    mknodat(CWD, at.path("pipe.so"), FileType::Fifo, Mode::RUSR, 0).unwrap();
    symlink("loop.so", at.path("loop.so")).unwrap();
    symlink("nowhere", at.path("dangling.so")).unwrap();
    let refused = |target: &str, what: &str| {
        at.wr(["inspect", target])
            .run()
            .status(2)
            .complains(what)
            .never_says("panicked");
    };
    refused("pipe.so", "this is a named pipe");
    refused("/dev/zero", "this is a device");
    refused("loop.so", "it can't be read");
    refused("dangling.so", "a link to a file that doesn't exist");
    // In a directory they are skipped, and circular links aren't followed.
    at.folder("dir/below")
        .write("dir/_fast.abi3.so", extension().build());
    mknodat(CWD, at.path("dir/pipe.so"), FileType::Fifo, Mode::RUSR, 0).unwrap();
    symlink("..", at.path("dir/below/above")).unwrap();
    at.wr(["inspect", "dir"])
        .run()
        .status(0)
        .says("PyInit__fast");
}

#[cfg(unix)]
#[test]
fn directories_without_access_are_reported() {
    use std::fs::{Permissions, set_permissions};
    use std::os::unix::fs::PermissionsExt;

    /// A user without any special permissions.
    const NOBODY: u32 = 65534;

    let at = workshop!("inspect-locked");
    at.folder("locked/inner")
        .write("open.so", extension().build());
    set_permissions(at.path("locked/inner"), Permissions::from_mode(0o0)).unwrap();
    let is_superuser = rustix::process::geteuid().is_root();
    let mut invocation = at.wr(["inspect", "locked"]);
    if is_superuser {
        // Permissions don't apply to root.
        invocation = invocation.user(NOBODY);
    }
    let reaches_it = at.root().ancestors().all(|dir| {
        dir.metadata()
            .is_ok_and(|found| found.permissions().mode() & 0o001 != 0)
    });
    let outcome = invocation.run();
    outcome
        .status(2)
        .complains("error: ")
        .never_says("panicked");
    if reaches_it {
        outcome.complains("locked/inner: it can't be read");
    }
}

#[cfg(unix)]
#[test]
fn one_interrupt_ends_it_in_the_middle_of_a_wheel() {
    let at = workshop!("inspect-interrupted");
    // One file takes so long to read that the wheel takes many times as long as the interrupt.
    let mut slow = extension();
    for number in 0..50_000 {
        slow = slow.import(&format!("symbol{number}"));
    }
    let slow = slow.build();
    let files: Vec<(String, Vec<u8>)> = (0..60)
        .map(|number| (format!("fast/lib{number}.so"), slow.clone()))
        .collect();
    at.write(WHEEL, pack(&files));
    let mut running = at.wr(["inspect", WHEEL]).start();
    running.complained("inspecting ");
    running.interrupt();
    let outcome = running.wait();
    outcome.status(130).never_says("wheel of");
}
