//! What is known of a wheel.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use diagnostic::Diagnostic;
use serde::Serialize;

use super::archive::{Archive, Entry};
use super::metadata::{Metadata, recorded};
use super::rules::policy_untrue;
use super::{WheelError, WheelName, sbom};
use crate::facts::{CrateVersion, Facts};
use crate::names::FileName;
use crate::read::{self, Budget};
use crate::rules::init_function_missing::is_meant_to_be_imported;

/// Text files of `.dist-info` are small; a `RECORD` has a line for each file, and a bill of materials a few for each crate.
const LARGEST_TEXT: u64 = 16 << 20;

/// What was found in a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelInspection {
    /// What the wheel is.
    pub facts: WheelFacts,
    /// What is wrong with it.
    pub diagnostics: Vec<Diagnostic>,
}

/// A binary in a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelExtension {
    /// Its path in the wheel.
    pub path: String,
    /// What it is.
    pub facts: Facts,
}

/// An entry that is a binary by its name and could not be read as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadableEntry {
    /// Its path in the wheel.
    pub path: String,
    /// Why it could not be read.
    pub reason: String,
}

/// What is known of a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelFacts {
    /// Its file's name.
    pub name: WheelName,
    /// What it says of itself.
    pub metadata: Metadata,
    /// The extension modules in it.
    pub extensions: Vec<WheelExtension>,
    /// The other shared libraries and programs in it.
    pub libraries: Vec<WheelExtension>,
    /// Binaries by their name that could not be read.
    pub unreadable: Vec<UnreadableEntry>,
    /// The crates in it, as its bills of materials and its binaries say.
    pub crates: Vec<CrateVersion>,
    /// Its bills of materials (PEP 770), by their paths.
    pub sboms: Vec<String>,
    /// Archives in it, which are not looked into.
    pub archives: Vec<String>,
    /// How many files it has.
    pub files: usize,
    /// Files that `RECORD` does not list.
    pub unrecorded: Vec<String>,
    /// Files that `RECORD` lists and that are not there.
    pub missing: Vec<String>,
    /// Whether it has a `RECORD` at all.
    pub has_record: bool,
}

impl WheelFacts {
    pub(super) fn read<R: Read + Seek>(
        name: WheelName,
        archive: &mut Archive<R>,
    ) -> Result<Self, WheelError> {
        let entries: Vec<Entry> = archive.entries().to_vec();
        let mut facts = Self {
            name,
            metadata: Metadata::default(),
            extensions: Vec::new(),
            libraries: Vec::new(),
            unreadable: Vec::new(),
            crates: Vec::new(),
            sboms: Vec::new(),
            archives: Vec::new(),
            files: entries.len(),
            unrecorded: Vec::new(),
            missing: Vec::new(),
            has_record: false,
        };
        let mut crates = BTreeSet::new();
        let mut budget = Budget::for_several();
        for entry in &entries {
            if is_binary(&entry.name) || (is_script(&entry.name) && archive.is_program(entry)?) {
                let bytes = archive.read(entry, u64::MAX)?;
                facts.add_binary(&entry.name, &bytes, &mut budget);
            } else if let Some(file) = dist_info_file(&entry.name) {
                match file {
                    // A wheel has one; each more would be compared with every entry.
                    "RECORD" if facts.has_record => {}
                    "METADATA" | "WHEEL" | "RECORD" => {
                        let bytes = archive.read(entry, LARGEST_TEXT)?;
                        facts.add_text(file, &String::from_utf8_lossy(&bytes), &entries);
                    }
                    _ if file.starts_with("sboms/") => {
                        facts.sboms.push(entry.name.clone());
                        crates.extend(sbom::crates(&archive.read(entry, LARGEST_TEXT)?));
                    }
                    _ => {}
                }
            } else if is_archive(&entry.name) {
                facts.archives.push(entry.name.clone());
            }
        }
        let binaries = facts.extensions.iter().chain(&facts.libraries);
        for image in binaries.flat_map(|binary| &binary.facts.images) {
            crates.extend(image.provenance.crates.iter().cloned());
        }
        facts.crates = crates.into_iter().collect();
        Ok(facts)
    }

    fn add_binary(&mut self, path: &str, bytes: &[u8], budget: &mut Budget) {
        match read::read_among(bytes, budget) {
            Ok(facts) => {
                let file = FileName::parse(path);
                let is_module = file.module().is_some()
                    && (!facts.init_functions().is_empty()
                        || is_meant_to_be_imported(&facts, &file));
                let list = if is_module {
                    &mut self.extensions
                } else {
                    &mut self.libraries
                };
                list.push(WheelExtension {
                    path: path.to_owned(),
                    facts,
                });
            }
            Err(error) => self.unreadable.push(UnreadableEntry {
                path: path.to_owned(),
                reason: error.to_string(),
            }),
        }
    }

    fn add_text(&mut self, file: &str, text: &str, entries: &[Entry]) {
        match file {
            "METADATA" => self.metadata.read_metadata(text),
            "WHEEL" => self.metadata.read_wheel(text),
            _ => {
                self.has_record = true;
                let listed = recorded(text);
                let present: BTreeSet<&str> =
                    entries.iter().map(|entry| entry.name.as_str()).collect();
                self.missing = listed
                    .iter()
                    .filter(|path| !present.contains(path.as_str()))
                    .cloned()
                    .collect();
                // Signatures of RECORD cannot be listed in it, and it need not list itself (PEP 427).
                self.unrecorded = present
                    .into_iter()
                    .filter(|path| !listed.contains(*path))
                    .filter(|path| {
                        dist_info_file(path).is_none_or(|file| {
                            !matches!(file, "RECORD" | "RECORD.jws" | "RECORD.p7s")
                        })
                    })
                    .map(str::to_owned)
                    .collect();
            }
        }
    }

    /// The oldest manylinux policy that every binary in the wheel keeps to, of the architecture of its tags: what
    /// `auditwheel show` calls the platform tag that the wheel is consistent with.
    pub fn oldest_manylinux(&self) -> Option<&'static str> {
        policy_untrue::oldest_kept(self, "manylinux")
    }

    /// The same for musllinux.
    pub fn oldest_musllinux(&self) -> Option<&'static str> {
        policy_untrue::oldest_kept(self, "musllinux")
    }

    /// The extensions and the other binaries.
    pub fn binaries(&self) -> impl Iterator<Item = &WheelExtension> {
        self.extensions.iter().chain(&self.libraries)
    }
}

/// The path below the wheel's own `.dist-info`, which lies at its root.
fn dist_info_file(path: &str) -> Option<&str> {
    let (directory, file) = path.split_once('/')?;
    directory.ends_with(".dist-info").then_some(file)
}

/// Whether an entry is installed beside the interpreter, where programs have no suffix.
fn is_script(path: &str) -> bool {
    path.split_once('/').is_some_and(|(directory, rest)| {
        directory.strip_suffix(".data").is_some() && rest.starts_with("scripts/")
    })
}

/// Whether a name is that of an archive. Archives in archives are how small files become large, and no installer unpacks
/// them: what is in them is no part of what is installed.
fn is_archive(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    [
        ".whl", ".zip", ".egg", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz",
    ]
    .iter()
    .any(|suffix| path.ends_with(suffix))
}

/// Whether a name is that of a shared library: by its suffix, or for ELF with a version after it.
fn is_binary(path: &str) -> bool {
    let file = path.rsplit('/').next().unwrap_or(path);
    let file = file.to_ascii_lowercase();
    [".so", ".pyd", ".dll", ".dylib"]
        .iter()
        .any(|suffix| file.ends_with(suffix))
        || file.split_once(".so.").is_some_and(|(_, version)| {
            version
                .split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
        })
}
