//! Builds the program for release: a single file, for machines without Rust or with another system. The program then writes
//! what packages put next to it: manual pages and scripts for shells.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anatomy::Expectation;
use anyhow::{Context, bail};

use crate::tidy::{cargo, workspace_root};

/// Builds it, and prints where it is and what it requires of a machine.
pub(crate) fn run() -> anyhow::Result<bool> {
    let program = build(&workspace_root()?)?;
    extras(&program)?;
    let bytes = fs::read(&program)?;
    let facts = anatomy::inspect(&bytes, &Expectation::new())?.facts;
    let image = facts.images.first().context("it has no image")?;
    let needs = image.newest_glibc().map_or_else(
        || match image.libraries.as_slice() {
            [] => "nothing but the kernel".to_owned(),
            [first, ..] => format!("{} and what comes with it", first.name),
        },
        |version| format!("glibc {version} or newer"),
    );
    println!(
        "{}: {} MB, for {}, needs {needs}",
        program.display(),
        bytes.len() / 1_000_000,
        image.architecture
    );
    Ok(true)
}

/// Builds it and returns the program's path.
pub(crate) fn build(root: &Path) -> anyhow::Result<PathBuf> {
    let host = host()?;
    let mut build = Command::new(cargo());
    // Naming a target keeps this build separate from others, and the flags away from programs that run during the
    // build.
    build
        .current_dir(root)
        .args(["build", "--quiet", "--release", "--package", "wr"])
        .args(["--target", &host]);
    if can_link_libc(&host) {
        build.args([
            "--config",
            &format!(r#"target.{host}.rustflags = ["-C", "target-feature=+crt-static"]"#),
        ]);
    }
    // Flags in the environment would take precedence.
    let status = build.env_remove("RUSTFLAGS").status();
    if !status.context("cannot start cargo")?.success() {
        bail!("cannot build `wr`");
    }
    let metadata = cargo_metadata::MetadataCommand::new()
        .manifest_path(root.join("Cargo.toml"))
        .no_deps()
        .exec()?;
    let target = metadata.target_directory.into_std_path_buf();
    let name = Path::new("wr").with_extension(std::env::consts::EXE_EXTENSION);
    let dir = target.join("dist");
    fs::create_dir_all(&dir)?;
    // Running copies keep using the old file.
    let (fresh, program) = (dir.join("wr.new"), dir.join(&name));
    fs::copy(target.join(&host).join("release").join(&name), &fresh)
        .and_then(|_| fs::rename(&fresh, &program))
        .with_context(|| format!("cannot write {}", program.display()))?;
    Ok(program)
}

/// The scripts for shells: the file where each shell looks for it, and the shell's name.
const SCRIPTS: [(&str, &str); 3] = [
    ("bash-completion/completions/wr", "bash"),
    ("zsh/site-functions/_wr", "zsh"),
    ("fish/vendor_completions.d/wr.fish", "fish"),
];

/// Writes the manual pages and the scripts below `share`, next to the program, as packages install them.
fn extras(program: &Path) -> anyhow::Result<()> {
    let share = program.with_file_name("share");
    if share.exists() {
        fs::remove_dir_all(&share).with_context(|| share.display().to_string())?;
    }
    let wr = |args: &[&OsStr]| -> anyhow::Result<Vec<u8>> {
        let output = Command::new(program)
            .args(args)
            .output()
            .with_context(|| format!("cannot start {}", program.display()))?;
        if !output.status.success() {
            bail!(
                "{} {args:?} failed: {}",
                program.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(output.stdout)
    };
    let pages = share.join("man").join("man1");
    wr(&["man".as_ref(), "--write".as_ref(), pages.as_os_str()])?;
    for (name, shell) in SCRIPTS {
        let script = wr(&["completions".as_ref(), shell.as_ref()])?;
        let file = share.join(name);
        let dir = file.parent().unwrap_or(&share);
        fs::create_dir_all(dir)
            .and_then(|()| fs::write(&file, script))
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// This machine's target triple, in rustc's terms.
fn host() -> anyhow::Result<String> {
    let output = Command::new("rustc")
        .arg("-vV")
        .output()
        .context("cannot start rustc")?;
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .find_map(|line| line.strip_prefix("host: ").map(str::to_owned))
        .context("rustc doesn't report the host")
}

/// Whether the GNU C library is available as an archive and can be linked statically. On Debian it comes with every C
/// compiler, on Fedora in the package `glibc-static`. musl is linked statically by default.
fn can_link_libc(host: &str) -> bool {
    let archive = || {
        let output = Command::new("cc")
            .arg("-print-file-name=libc.a")
            .output()
            .ok()?;
        Some(PathBuf::from(
            String::from_utf8_lossy(&output.stdout).trim().to_owned(),
        ))
    };
    // Without a directory in front, the compiler hasn't found it.
    host.ends_with("-linux-gnu")
        && archive().is_some_and(|path| path.is_absolute() && path.is_file())
}
