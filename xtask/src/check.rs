//! `cargo xtask check`: everything that is checked besides the tests, in the order of what fails soonest.

use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::{harness, tidy};

/// One of the checks.
struct Step {
    /// The command by which a person repeats it.
    repeat: &'static str,
    work: Work,
}

enum Work {
    /// Cargo with these arguments, and with these environment variables set.
    Cargo {
        args: &'static [&'static str],
        env: &'static [(&'static str, &'static str)],
    },
    /// The checks of this program itself.
    Tidy,
    /// The checks of the Python package that runs pytest.
    Harness,
}

const STEPS: [Step; 5] = [
    Step {
        repeat: "cargo fmt --all --check",
        work: Work::Cargo {
            args: &["fmt", "--all", "--check"],
            env: &[],
        },
    },
    Step {
        repeat: "cargo xtask tidy",
        work: Work::Tidy,
    },
    Step {
        repeat: "cargo xtask harness",
        work: Work::Harness,
    },
    Step {
        repeat: "cargo clippy --workspace --all-targets -- -D warnings",
        work: Work::Cargo {
            args: &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
            env: &[],
        },
    },
    Step {
        repeat: "RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps",
        work: Work::Cargo {
            args: &["doc", "--workspace", "--no-deps"],
            env: &[("RUSTDOCFLAGS", "-D warnings")],
        },
    },
];

/// Runs the steps up to the first failure; `false` when there was one.
pub(crate) fn run() -> anyhow::Result<bool> {
    for (number, step) in STEPS.iter().enumerate() {
        println!("[{}/{}] {}", number + 1, STEPS.len(), step.repeat);
        let started = Instant::now();
        if !succeeds(&step.work)? {
            println!("\nfailed; to repeat it: {}", step.repeat);
            return Ok(false);
        }
        println!("      done in {:.1} s", started.elapsed().as_secs_f64());
    }
    println!("all checks pass; `cargo test` runs the tests");
    Ok(true)
}

fn succeeds(work: &Work) -> anyhow::Result<bool> {
    match work {
        Work::Tidy => tidy::run(),
        Work::Harness => harness::run(),
        Work::Cargo { args, env } => {
            let status = Command::new(tidy::cargo())
                .args(*args)
                .envs(env.iter().copied())
                .status()
                .context("cannot start cargo")?;
            Ok(status.success())
        }
    }
}
