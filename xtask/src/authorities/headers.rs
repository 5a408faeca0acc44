//! What the headers of Mach-O and PE files say about the system and protections, compared with `llvm-objdump` and
//! `llvm-readobj`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use anatomy::facts::{ApplePlatform, Format, Image};

use super::Answer;
use super::difference::ComparisonSite;
use super::llvm;
use super::members;
use super::tools::{self, Tools};
use super::wheel::{self, Inspected};

pub(super) fn ask(wheel: &Inspected, tools: &Tools) -> anyhow::Result<Answer> {
    let mut answer = Answer::default();
    for binary in wheel.binaries(&[Format::MachO, Format::UniversalMachO, Format::Pe]) {
        let path = members::unpacked(wheel, &binary.path, tools)?;
        let theirs = if binary.facts.format == Format::Pe {
            dll(&tools::run(
                Command::new("llvm-readobj")
                    .arg("--file-headers")
                    .arg(&path),
            )?)
        } else {
            macho(&load_commands(&path)?)
        };
        let mut ours = Said::new();
        for image in &binary.facts.images {
            say(image, &mut ours);
        }
        let place = ComparisonSite {
            authority: "llvm headers",
            wheel: &wheel.file,
            member: &binary.path,
        };
        answer.compared += 1;
        answer.differences.extend(place.subjects(&ours, &theirs));
    }
    Ok(answer)
}

fn load_commands(path: &Path) -> anyhow::Result<String> {
    tools::run(
        Command::new("llvm-objdump")
            .args(["--macho", "--private-headers", "--arch=all"])
            .arg(path),
    )
}

/// By subject, with the architecture in front of each fact.
type Said = BTreeMap<&'static str, BTreeSet<String>>;

const PLATFORM: &str = "platform and oldest system";
const SIGNED: &str = "code signature";
const SEARCH: &str = "search paths";
const OWN_NAME: &str = "own name";
const PROTECTIONS: &str = "protections";

fn say(image: &Image, said: &mut Said) {
    let architecture = wheel::architecture(image);
    let mut add = |subject, text: &str| {
        let text = format!("{architecture}:{text}");
        said.entry(subject).or_default().insert(text);
    };
    if image.format == Format::Pe {
        let hardening = &image.hardening;
        for (name, is_on) in [
            ("DYNAMIC_BASE", hardening.aslr),
            ("HIGH_ENTROPY_VA", hardening.high_entropy_aslr),
            ("NX_COMPAT", hardening.dep),
            ("GUARD_CF", hardening.control_flow_guard),
        ] {
            if is_on == Some(true) {
                add(PROTECTIONS, name);
            }
        }
        return;
    }
    if let (Some(platform), Some(system)) = (image.apple_platform, &image.minimum_system) {
        add(PLATFORM, &format!("{} {system}", word(platform)));
    }
    if image.hardening.code_signature == Some(true) {
        add(SIGNED, "yes");
    }
    for path in &image.rpath {
        add(SEARCH, path);
    }
    if let Some(name) = &image.own_name {
        add(OWN_NAME, name);
    }
}

/// LLVM's name for a platform.
fn word(platform: ApplePlatform) -> &'static str {
    match platform {
        ApplePlatform::MacOs => "macos",
        ApplePlatform::MacCatalyst => "macCatalyst",
        ApplePlatform::Ios => "ios",
        ApplePlatform::IosSimulator => "iossimulator",
        ApplePlatform::TvOs => "tvos",
        ApplePlatform::TvOsSimulator => "tvossimulator",
        ApplePlatform::WatchOs => "watchos",
        ApplePlatform::WatchOsSimulator => "watchossimulator",
        ApplePlatform::DriverKit => "driverkit",
        ApplePlatform::VisionOs | ApplePlatform::VisionOsSimulator | ApplePlatform::Other => {
            "another"
        }
    }
}

fn dll(text: &str) -> Said {
    let mut said = Said::new();
    let mut arch = String::new();
    for line in text.lines() {
        let line = line.trim();
        if let Some(name) = line.strip_prefix("Arch: ") {
            arch = llvm::architecture(name);
        } else if let Some(flag) = line.strip_prefix("IMAGE_DLL_CHARACTERISTICS_") {
            let flag = flag.split_whitespace().next().unwrap_or_default();
            if ["DYNAMIC_BASE", "HIGH_ENTROPY_VA", "NX_COMPAT", "GUARD_CF"].contains(&flag) {
                let text = format!("{arch}:{flag}");
                said.entry(PROTECTIONS).or_default().insert(text);
            }
        }
    }
    said
}

fn macho(text: &str) -> Said {
    let mut said = Said::new();
    let (mut arch, mut command, mut platform) = (String::new(), "", "");
    for line in text.lines() {
        let mut add = |subject, text: &str| {
            let text = format!("{arch}:{text}");
            said.entry(subject).or_default().insert(text);
        };
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["cmd", name] => {
                command = name;
                platform = match *name {
                    "LC_VERSION_MIN_MACOSX" => "macos",
                    "LC_VERSION_MIN_IPHONEOS" => "ios",
                    "LC_VERSION_MIN_TVOS" => "tvos",
                    "LC_VERSION_MIN_WATCHOS" => "watchos",
                    _ => "",
                };
                if command == "LC_CODE_SIGNATURE" {
                    add(SIGNED, "yes");
                }
            }
            // The first word after the table's head is the processor, even if the file isn't universal.
            [magic, cpu, ..] if magic.starts_with("MH_MAGIC") => {
                arch = llvm::architecture(&cpu.to_ascii_lowercase());
                command = "";
            }
            ["platform", name] if command == "LC_BUILD_VERSION" => platform = name,
            ["minos", version] if command == "LC_BUILD_VERSION" => {
                add(PLATFORM, &format!("{platform} {version}"));
            }
            ["version", version] if command.starts_with("LC_VERSION_MIN_") => {
                add(PLATFORM, &format!("{platform} {version}"));
            }
            ["path", ..] if command == "LC_RPATH" => add(SEARCH, &name_of(line, "path ")),
            ["name", ..] if command == "LC_ID_DYLIB" => add(OWN_NAME, &name_of(line, "name ")),
            _ => {}
        }
    }
    said
}

/// A name may contain spaces; `(offset 12)` comes after it.
fn name_of(line: &str, key: &str) -> String {
    let line = line.trim_start();
    let name = line.strip_prefix(key).unwrap_or(line);
    name.rsplit_once(" (offset ")
        .map_or(name, |(name, _)| name)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn load_commands_are_read_for_each_architecture() {
        let said = macho(
            "a.so (architecture x86_64):\nMach header\n      magic cputype cpusubtype\nMH_MAGIC_64   X86_64        ALL\n\
             Load command 8\n      cmd LC_VERSION_MIN_MACOSX\n  cmdsize 16\n  version 10.10\n      sdk 12.1\n\
             a.so (architecture arm64):\nMach header\nMH_MAGIC_64    ARM64        ALL\n\
             Load command 3\n          cmd LC_ID_DYLIB\n         name @rpath/a b.so (offset 24)\n\
             Load command 8\n       cmd LC_BUILD_VERSION\n  platform iossimulator\n       sdk 12.1\n     minos 13.0\n    ntools 1\n      tool ld\n\
             \x20  version 600.1\nLoad command 9\n      cmd LC_CODE_SIGNATURE\n",
        );
        let of = |subject| {
            let found: Vec<&str> = said[subject].iter().map(String::as_str).collect();
            found.join(" ")
        };
        assert_eq!(of(PLATFORM), "aarch64:iossimulator 13.0 x86_64:macos 10.10");
        assert_eq!(of(OWN_NAME), "aarch64:@rpath/a b.so");
        assert_eq!(of(SIGNED), "aarch64:yes");
    }

    #[test]
    fn protections_of_a_dll_are_read() {
        let said = dll(
            "Format: COFF-x86-64\nArch: x86_64\n  Characteristics [ (0x160)\n    IMAGE_DLL_CHARACTERISTICS_DYNAMIC_BASE (0x40)\n    \
             IMAGE_DLL_CHARACTERISTICS_NX_COMPAT (0x100)\n    IMAGE_DLL_CHARACTERISTICS_TERMINAL_SERVER_AWARE (0x8000)\n  ]\n",
        );
        let flags: Vec<&str> = said[PROTECTIONS].iter().map(String::as_str).collect();
        assert_eq!(flags, ["x86_64:DYNAMIC_BASE", "x86_64:NX_COMPAT"]);
    }
}
