//! `cargo xtask check`: every check except the tests, starting with those that fail fastest.

use std::process::Command;
use std::time::Instant;

use anyhow::Context;
use cargo_metadata::Metadata;

use crate::tools::{CARGO_DENY, with_requirements};
use crate::{harness, tidy};

/// What `cargo xtask check` understands.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// Check nothing but the security advisories for the dependencies, which needs the network each time.
    #[arg(long)]
    advisories: bool,
}

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
    /// A program from the Python package index, in the workspace's root.
    Python {
        tool: &'static str,
        args: &'static [&'static str],
    },
    /// `cargo-deny`.
    Deny { args: &'static [&'static str] },
    /// This program's own checks.
    Tidy,
    /// The checks of the Python package that runs pytest.
    Harness,
}

/// The packages of the programs from the Python package index.
const REQUIREMENTS: &str = "xtask/data/check-requirements.txt";

/// Where the workflows are.
const WORKFLOWS: &str = ".github/workflows";

const STEPS: [Step; 9] = [
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
        repeat: "typos",
        work: Work::Python {
            tool: "typos",
            args: &["--format", "brief"],
        },
    },
    Step {
        repeat: "check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/ci.yml",
        work: Work::Python {
            tool: "check-jsonschema",
            args: &[
                "--builtin-schema",
                "vendor.github-workflows",
                ".github/workflows/ci.yml",
            ],
        },
    },
    Step {
        repeat: "zizmor --offline .github/workflows",
        work: Work::Python {
            tool: "zizmor",
            args: &["--offline", "--quiet", WORKFLOWS],
        },
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
    Step {
        repeat: "cargo deny check bans licenses sources",
        work: Work::Deny {
            args: &[
                "check",
                "--hide-inclusion-graph",
                "bans",
                "licenses",
                "sources",
            ],
        },
    },
];

const ADVISORIES: [Step; 1] = [Step {
    repeat: "cargo deny check advisories",
    work: Work::Deny {
        args: &["check", "advisories"],
    },
}];

/// Runs the steps up to the first failure; `false` if there was one.
pub(crate) fn run(check: &Check) -> anyhow::Result<bool> {
    let workspace = tidy::workspace()?;
    let steps: &[Step] = if check.advisories {
        &ADVISORIES
    } else {
        &STEPS
    };
    for (number, step) in steps.iter().enumerate() {
        println!("[{}/{}] {}", number + 1, steps.len(), step.repeat);
        let started = Instant::now();
        if !succeeds(&workspace, &step.work)? {
            println!("\nfailed; to repeat it: {}", step.repeat);
            return Ok(false);
        }
        println!("      done in {:.1} s", started.elapsed().as_secs_f64());
    }
    println!("all checks passed; next, run the tests with `cargo test`");
    Ok(true)
}

fn succeeds(workspace: &Metadata, work: &Work) -> anyhow::Result<bool> {
    let root = workspace.workspace_root.as_std_path();
    let target = workspace.target_directory.as_std_path();
    let mut command = match work {
        Work::Tidy => return tidy::run(),
        Work::Harness => return harness::run(),
        Work::Cargo { args, env } => {
            let mut command = Command::new(tidy::cargo());
            command.args(*args).envs(env.iter().copied());
            command
        }
        Work::Python { tool, args } => {
            let environment = target.join("tools/python");
            let python = with_requirements(&environment, &root.join(REQUIREMENTS))?;
            let mut command = Command::new(python.with_file_name(tool));
            command.args(*args);
            command
        }
        Work::Deny { args } => {
            let mut command = Command::new(CARGO_DENY.program(target)?);
            command.args(*args);
            command
        }
    };
    let status = command
        .current_dir(root)
        .status()
        .with_context(|| format!("cannot start {}", command.get_program().display()))?;
    Ok(status.success())
}
