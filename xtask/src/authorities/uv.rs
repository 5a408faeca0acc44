//! Whether uv installs the wheel, on a system that it's tagged for.
//!
//! The wheel is really installed, to a directory that is then removed: uv is strict about archives in its own way. uv
//! knows some systems by name and runs as the Python it's started for, so it's only asked about wheels for those
//! systems and for CPython builds with the GIL.

use std::fs;
use std::process::Command;

use anatomy::wheel::{IosTarget, Platform, Runtime, Tag};

use super::Answer;
use super::difference::ComparisonSite;
use super::tools::Tools;
use super::wheel::Inspected;

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let refusal = match verdict(wheel, tools)? {
        Verdict::Unasked => return Ok(Answer::default()),
        Verdict::Taken => None,
        Verdict::Refused(words) => Some(words),
    };
    let place = ComparisonSite {
        authority: "uv",
        wheel: &wheel.file,
        member: "",
    };
    let ours = wheel.fired(&["WR0608", "WR0609", "WR0612", "WR0613"]);
    Ok(Answer {
        compared: 1,
        differences: place
            .verdicts("whether it can be installed", &ours, refusal.as_deref())
            .into_iter()
            .collect(),
    })
}

/// What uv does with a wheel.
pub(super) enum Verdict {
    /// It can't be asked about wheels for this system.
    Unasked,
    /// It installs it.
    Taken,
    /// It doesn't, and prints this.
    Refused(String),
}

/// Makes uv install the wheel.
pub(super) fn verdict(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Verdict> {
    let tags = &wheel.inspection.facts.name.tags;
    let Some((version, platform)) = tags.iter().find_map(system) else {
        return Ok(Verdict::Unasked);
    };
    let place = tools.directory("uv")?.join(wheel.key());
    fs::create_dir_all(&place)?;
    let said = tools.said(
        Command::new(tools.script("uv"))
            .args(["pip", "install", "--no-deps", "--offline", "--no-config"])
            .args(["--link-mode=hardlink", "--python"])
            .arg(tools.python())
            .args(["--python-version", &version])
            .args(["--python-platform", platform])
            .arg("--cache-dir")
            .arg(place.join("cache"))
            .arg("--target")
            .arg(place.join("target"))
            .arg(&wheel.path),
    );
    fs::remove_dir_all(&place)?;
    let said = said?;
    Ok(if said.code == Some(0) {
        Verdict::Taken
    } else {
        Verdict::Refused(said.all_errors())
    })
}

/// The Python and system that uv should install for.
fn system(tag: &Tag) -> Option<(String, &'static str)> {
    let is_stable = tag.abi == "abi3" || tag.abi == "none";
    let version = match tag.version() {
        _ if !(tag.python.starts_with("cp") || tag.python.starts_with("py3")) => return None,
        // A Python that nothing rules out: the wheel may require a newer one than its tag.
        Some(version) if !is_stable && tag.abi == tag.python => version.to_string(),
        _ if is_stable => "3.15".to_owned(),
        _ => return None,
    };
    let platform = match Platform::parse(&tag.platform) {
        Platform::Manylinux(_, minor, "x86_64") if minor <= 40 => "x86_64-manylinux_2_40",
        Platform::Manylinux(_, minor, "aarch64") if minor <= 40 => "aarch64-manylinux_2_40",
        Platform::Manylinux(_, _, "riscv64") => "riscv64-unknown-linux",
        Platform::Musllinux(_, _, "x86_64") => "x86_64-unknown-linux-musl",
        Platform::Musllinux(_, _, "aarch64") => "aarch64-unknown-linux-musl",
        Platform::Windows("amd64") => "x86_64-pc-windows-msvc",
        Platform::Windows("arm64") => "aarch64-pc-windows-msvc",
        Platform::Windows("win32") => "i686-pc-windows-msvc",
        Platform::MacOs(major, _, "arm64" | "universal2") if major <= 13 => "aarch64-apple-darwin",
        Platform::MacOs(major, _, "x86_64") if major <= 13 => "x86_64-apple-darwin",
        Platform::Android(api, "arm64_v8a") if api <= 24 => "aarch64-linux-android",
        Platform::Android(api, "x86_64") if api <= 24 => "x86_64-linux-android",
        Platform::Ios(.., "arm64", IosTarget::Device) => "arm64-apple-ios",
        Platform::Ios(.., "arm64", IosTarget::Simulator) => "arm64-apple-ios-simulator",
        Platform::Ios(.., "x86_64", IosTarget::Simulator) => "x86_64-apple-ios-simulator",
        Platform::Wasm(Runtime::Emscripten) if tag.platform == "pyemscripten_2025_0_wasm32" => {
            "wasm32-pyodide2025"
        }
        _ => return None,
    };
    Some((version, platform))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_is_chosen_for_a_tag() {
        let system = |python: &str, abi: &str, platform: &str| {
            system(&Tag {
                python: python.to_owned(),
                abi: abi.to_owned(),
                platform: platform.to_owned(),
            })
        };
        let is = |version: &str, platform| Some((version.to_owned(), platform));
        assert_eq!(
            system("cp312", "cp312", "win_arm64"),
            is("3.12", "aarch64-pc-windows-msvc")
        );
        assert_eq!(
            system("cp39", "abi3", "manylinux_2_28_x86_64"),
            is("3.15", "x86_64-manylinux_2_40")
        );
        assert_eq!(
            system("py3", "none", "musllinux_1_2_aarch64"),
            is("3.15", "aarch64-unknown-linux-musl")
        );
        assert_eq!(system("cp313", "cp313t", "win_amd64"), None);
        assert_eq!(system("pp310", "pypy310_pp73", "win_amd64"), None);
        assert_eq!(system("cp312", "cp312", "manylinux_2_17_s390x"), None);
    }
}
