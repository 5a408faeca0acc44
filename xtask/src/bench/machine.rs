//! The machine and tools that the figures were measured with.

use std::process::Command;

use super::Profile;
use super::bench_dir::BenchDir;

/// One line each: the processor, the system, and the tools with their versions.
pub(super) fn describe(bench_dir: &BenchDir) -> anyhow::Result<Vec<String>> {
    let venv = bench_dir.venv("maturin")?;
    let version = |program: &std::path::Path, argument: &str| -> String {
        let output = Command::new(program).arg(argument).output();
        output.map_or_else(
            |error| format!("{}: {error}", program.display()),
            |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        )
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let built = match bench_dir.profile {
        Profile::Release => "as `cargo install` builds it",
        Profile::Dev => "as `cargo run` builds it",
    };
    let tools = [
        version("rustc".as_ref(), "--version"),
        version(&venv.join("bin/python"), "--version"),
        version(&venv.join("bin/maturin"), "--version"),
        version(&venv.join("bin/uv"), "--version"),
        version(&venv.join("bin/pytest"), "--version"),
    ];
    Ok(vec![
        format!("{cores} cores, {}", processor()),
        tools.join(", "),
        format!("`wr` {built}"),
    ])
}

fn processor() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    told.lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or_else(
            || std::env::consts::ARCH.to_owned(),
            |(_, name)| name.trim().to_owned(),
        )
}
