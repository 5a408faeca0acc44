//! Damaged published wheels, and files designed to be expensive: none of them causes a panic, a hang, or excessive
//! memory use. This file has only one test, so that the process's peak is the test's own.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)] // Anything that can't be fetched or read fails the test.
#![allow(
    clippy::disallowed_methods,
    reason = "the test fetches the wheels whose bytes it gives to the crate, and asks the system for its own peak"
)]

mod binaries;
mod sources;

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use binaries::{Elf, pack, wheel};
use wr_anatomy::project::inspect_project;
use wr_anatomy::wheel::inspect_wheel;
use wr_anatomy::{Expectation, inspect};

/// One small wheel for each system, pinned so that every run sees the same bytes.
const WHEELS: [(&str, &str, &str); 4] = [
    ("markupsafe==3.0.3", "manylinux2014_x86_64", "312"),
    ("markupsafe==3.0.3", "macosx_11_0_arm64", "312"),
    ("markupsafe==3.0.3", "win_amd64", "312"),
    ("xxhash==4.1.0", "pyemscripten_2026_0_wasm32", "314"),
];

/// How many different ways each wheel, and each binary in it, is damaged.
const ROUNDS: u64 = 400;

/// The inputs are a few megabytes; the largest bombs among them inflate to gigabytes.
const MOST_MEBIBYTES: u64 = 256;

#[test]
fn no_input_uses_unbounded_memory() {
    let mut chance = Chance(0x5eed);
    for (name, bytes) in fetched() {
        let inspection = inspect_wheel(&bytes, &name).unwrap();
        assert_eq!(inspection.diagnostics, [], "{name}");
        for _ in 0..ROUNDS {
            let _ = inspect_wheel(&chance.damaged(&bytes), &name);
        }
        for binary in binaries_in(&bytes) {
            for _ in 0..ROUNDS {
                let damaged = chance.damaged(&binary);
                let _ = inspect(&damaged, &Expectation::new().file_name("a.abi3.so"));
                // Repacked, its checksum is right, and the wheel is read to the end.
                let _ = inspect_wheel(&wheel(&name, &[("a.so", &damaged)]), &name);
            }
        }
    }
    costly();
    let peak = peak_mebibytes();
    assert!(peak < MOST_MEBIBYTES, "{peak} MiB were in use at once");
}

/// Inputs that once took gigabytes or minutes, or would without a limit.
fn costly() {
    const NAME: &str = "fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";
    let look = |bytes: &[u8]| inspect(bytes, &Expectation::new().file_name("fast.so"));

    // Every symbol needs the same version, whose name is long.
    let mut elf = Elf::default()
        .versioned(&"l".repeat(500_000), "open", &"V".repeat(500_000))
        .shared_version();
    for _ in 0..20_000 {
        elf = elf.import("f");
    }
    assert!(look(&elf.build()).is_err());

    // One archive with many small files, each of which uses as much as a file of its size may.
    let mut small = Elf::default()
        .versioned("l.so.1", "open", &"V".repeat(40_000))
        .shared_version();
    for _ in 0..300 {
        small = small.import("f");
    }
    let small = small.build();
    assert!(look(&small).is_ok());
    let many: Vec<(String, Vec<u8>)> = (0..400)
        .map(|number| (format!("lib{number}.so"), small.clone()))
        .collect();
    let inspection = inspect_wheel(&pack(&many), NAME).unwrap();
    assert!(!inspection.facts.unreadable.is_empty());

    // A record of millions of files that don't exist.
    let record = (
        "fast-1.0.dist-info/RECORD".to_owned(),
        b"a,\n".repeat(5_000_000),
    );
    let _ = inspect_wheel(&pack(&[record]), NAME);

    // As many records as entries. Each used to be compared with every entry, which took minutes.
    let records: Vec<(String, Vec<u8>)> = (0..20_000)
        .map(|number| (format!("{number}.dist-info/RECORD"), b"a,\n".to_vec()))
        .collect();
    let inspection = inspect_wheel(&pack(&records), NAME).unwrap();
    assert_eq!(inspection.facts.missing, ["a"]);

    // Thousands of packages that are all PyO3.
    let lock = "[[package]]\nname = \"pyo3\"\nversion = \"1\"\n".repeat(20_000);
    let _ = inspect_project(
        &sources::project(&[("Cargo.lock", &lock)]),
        &Expectation::new(),
    );
}

/// Numbers that are the same in every run (Knuth's linear congruential generator, MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }

    /// A copy with a few changed bytes, a large number, a piece copied elsewhere, or a truncated end.
    fn damaged(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut copy = bytes.to_vec();
        for _ in 0..=self.below(6) {
            // Headers and tables are at the beginning and at the end.
            let window = copy.len().min(2048);
            let at = match self.below(3) {
                0 => self.below(window),
                1 => copy.len() - 1 - self.below(window),
                _ => self.below(copy.len()),
            };
            match self.below(4) {
                0 => copy[at] = u8::try_from(self.below(256)).unwrap(),
                1 => copy[at] ^= 1 << self.below(8),
                2 => {
                    let end = (at + 4).min(copy.len());
                    copy[at..end].fill(0xff);
                }
                _ => {
                    let from = self.below(copy.len());
                    let length = self.below(64).min(copy.len() - from.max(at));
                    copy.copy_within(from..from + length, at);
                }
            }
        }
        if self.below(8) == 0 {
            copy.truncate(self.below(copy.len()).max(1));
        }
        copy
    }
}

fn binaries_in(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut member = archive.by_index(index).unwrap();
        let name = member.name().unwrap().into_owned();
        if matches!(name.rsplit_once('.'), Some((_, "so" | "pyd"))) {
            let mut content = Vec::new();
            member.read_to_end(&mut content).unwrap();
            found.push(content);
        }
    }
    assert!(!found.is_empty());
    found
}

/// The wheels, by file name. They stay in the target directory for the next run.
fn fetched() -> Vec<(String, Vec<u8>)> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("wheels");
    WHEELS
        .iter()
        .map(|(package, platform, python)| {
            let directory = place.join(platform);
            let file = wheel_in(&directory).unwrap_or_else(|| {
                download(package, platform, python, &directory);
                wheel_in(&directory).expect("pip says that it fetched the wheel")
            });
            let name = file.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read(&file).unwrap())
        })
        .collect()
}

fn wheel_in(directory: &Path) -> Option<PathBuf> {
    std::fs::read_dir(directory)
        .ok()?
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|extension| extension == "whl"))
}

fn download(package: &str, platform: &str, python: &str, directory: &Path) {
    let environment = directory.with_file_name("venv");
    if !environment.join("bin/pip").exists() {
        run(Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment));
    }
    run(Command::new(environment.join("bin/python"))
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
        ])
        .arg("--implementation=cp")
        .arg(format!("--python-version={python}"))
        .arg(format!("--abi=cp{python}"))
        .arg(format!("--platform={platform}"))
        .arg("--dest")
        .arg(directory)
        .arg(package));
}

fn run(command: &mut Command) {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("this test needs `python3` with `venv`: {error}"));
    assert!(
        output.status.success(),
        "this test fetches wheels and needs the network: {command:?} said: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// This process's peak memory use, as counted by the system.
fn peak_mebibytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .expect("Linux says the peak");
    let kibibytes: u64 = line.trim().trim_end_matches(" kB").parse().unwrap();
    kibibytes >> 10
}
