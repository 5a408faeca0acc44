//! `cargo xtask check`: every check except the tests, starting with those that fail fastest.

use std::process::Command;
use std::time::Instant;

use anyhow::Context;

use crate::tidy;

/// One of the checks.
struct Step {
    /// The command that repeats it.
    repeat: &'static str,
    work: Work,
}

enum Work {
    /// Cargo with these arguments and environment variables.
    Cargo {
        args: &'static [&'static str],
        env: &'static [(&'static str, &'static str)],
    },
    /// This program's own checks.
    Tidy,
}

const STEPS: [Step; 4] = [
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

/// Runs the steps up to the first failure; `false` if there was one.
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
    println!("all checks passed; next, run the tests with `cargo test`");
    Ok(true)
}

fn succeeds(work: &Work) -> anyhow::Result<bool> {
    match work {
        Work::Tidy => tidy::run(),
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
