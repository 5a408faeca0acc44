//! A new project, and what somebody can do who has none.

use std::path::Path;

use super::on_a_line;
use super::style::{BOLD, DIM};
use super::text::{Text, say};
use crate::scaffold::{Layout, Scaffolded};

/// Writes which files a new project has, and what to do next.
pub(super) fn written(out: &mut Text, written: &Scaffolded, here: &Path) {
    let (distribution, module) = (written.names.distribution(), written.names.module());
    let what = match written.layout {
        Layout::Mixed => {
            format!("It's the Python package `{module}`, with the native module `{module}._core`.")
        }
        Layout::Rust => format!("It's the native module `{module}`."),
    };
    say!(out, "{BOLD}{distribution}{BOLD:#} is ready. {what}\n");
    for file in &written.files {
        say!(out, "  {DIM}{}{DIM:#}", file.display());
    }
    say!(out);
    let dir = written.dir.strip_prefix(here).unwrap_or(&written.dir);
    if !dir.as_os_str().is_empty() {
        say!(out, "  next   cd {}", on_a_line(&engine::shell_word(dir)));
    }
    say!(out, "  then   wr check    build it and run its tests");
    say!(out, "         wr run      try it in Python");
    say!(out, "         wr watch    check it on every save");
}

/// Writes what `wr` is for, to somebody who started it where there's nothing to verify.
pub(super) fn guide(out: &mut Text) {
    let rows = [
        (
            "wr new fast",
            "start an extension module in Rust, with tests that pass",
        ),
        (
            "wr inspect numpy",
            "look inside an installed extension, a file or a wheel",
        ),
        (
            "wr inspect --environment --for 3.14",
            "would everything that's installed load there?",
        ),
        (
            "wr doctor",
            "check whether this machine can build extensions",
        ),
        ("wr explain", "list the mistakes that wr recognises"),
        ("wr --help", "everything else"),
    ];
    say!(
        out,
        "{BOLD}wr{BOLD:#} helps with Python extension modules written in Rust. Here you can:\n"
    );
    for (command, what) in rows {
        say!(out, "  {command:<37}{DIM}{what}{DIM:#}");
    }
    say!(
        out,
        "\n{}",
        out.wrapped(
            "In a project that maturin builds, `wr` builds it and runs its tests. In a clone of a course, it takes you from exercise to exercise.",
            0
        )
    );
}
