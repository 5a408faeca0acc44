//! What is known of a wheel.

use std::collections::{BTreeSet, HashSet};
use std::io::{Read, Seek};

use diagnostic::Diagnostic;
use serde::Serialize;

use super::archive::{Archive, Entry};
use super::metadata::Metadata;
use super::record::{AlteredFile, Hashes, Record};
use super::rules::policy_untrue;
use super::{WheelError, WheelName, sbom};
use crate::facts::{CrateVersion, Facts};
use crate::names::{FileName, is_binary_name};
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
    /// The `.dist-info` directories in it, sorted. An honest wheel has one. Where there are several, the one that the file's
    /// name speaks of is read, or else the first.
    pub dist_info: Vec<String>,
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
    /// Files whose size is not what `RECORD` says; of those that were hashed also ones whose hash is not.
    pub altered: Vec<AlteredFile>,
    /// How many files were compared with the hashes in `RECORD`: of those that were read to know the rest, the texts, and where
    /// it was asked for the binaries.
    pub hashed: usize,
    /// Whether it has a `RECORD` at all.
    pub has_record: bool,
}

impl WheelFacts {
    pub(super) fn read<R: Read + Seek>(
        name: WheelName,
        archive: &mut Archive<R>,
        hashes: Hashes,
    ) -> Result<Self, WheelError> {
        let entries: Vec<Entry> = archive.entries().to_vec();
        let dist_info = dist_info(&entries);
        let own = dist_info
            .iter()
            .find(|directory| name.owns(directory))
            .or_else(|| dist_info.first())
            .cloned();
        let mut facts = Self {
            name,
            metadata: Metadata::default(),
            dist_info,
            extensions: Vec::new(),
            libraries: Vec::new(),
            unreadable: Vec::new(),
            crates: Vec::new(),
            sboms: Vec::new(),
            archives: Vec::new(),
            files: entries.len(),
            unrecorded: Vec::new(),
            missing: Vec::new(),
            altered: Vec::new(),
            hashed: 0,
            has_record: false,
        };
        let mut record = facts.record(own.as_deref(), archive, &entries)?;
        let mut read = |archive: &mut Archive<R>, entry: &Entry, limit: u64| {
            archive
                .read(entry, limit)
                .inspect(|bytes| record.compare(&entry.name, bytes))
        };
        let mut crates = BTreeSet::new();
        let mut budget = Budget::for_several();
        for entry in &entries {
            if is_binary_name(&entry.name)
                || (is_script(&entry.name) && archive.is_program(entry)?)
            {
                let bytes = match hashes {
                    Hashes::OfAll => read(archive, entry, u64::MAX)?,
                    Hashes::OfTexts => archive.read(entry, u64::MAX)?,
                };
                facts.add_binary(&entry.name, &bytes, &mut budget);
            } else if let Some(file) = own.as_deref().and_then(|own| below(own, &entry.name)) {
                match file {
                    "METADATA" | "WHEEL" => {
                        let bytes = read(archive, entry, LARGEST_TEXT)?;
                        let text = String::from_utf8_lossy(&bytes);
                        match file {
                            "METADATA" => facts.metadata.read_metadata(&text),
                            _ => facts.metadata.read_wheel(&text),
                        }
                    }
                    _ if file.starts_with("sboms/") => {
                        facts.sboms.push(entry.name.clone());
                        crates.extend(sbom::crates(&read(archive, entry, LARGEST_TEXT)?));
                    }
                    _ => {}
                }
            } else if is_archive(&entry.name) {
                facts.archives.push(entry.name.clone());
            }
        }
        facts.set_libraries_apart();
        let binaries = facts.extensions.iter().chain(&facts.libraries);
        for image in binaries.flat_map(|binary| &binary.facts.images) {
            crates.extend(image.provenance.crates.iter().cloned());
        }
        facts.crates = crates.into_iter().collect();
        facts.missing = std::mem::take(&mut record.missing);
        facts.unrecorded = std::mem::take(&mut record.unrecorded);
        facts.hashed = record.hashed;
        facts.altered = record.into_altered();
        Ok(facts)
    }

    /// Reads the list of the files before the files, so that each can be compared when it is read.
    fn record<R: Read + Seek>(
        &mut self,
        own: Option<&str>,
        archive: &mut Archive<R>,
        entries: &[Entry],
    ) -> Result<Record, WheelError> {
        let path = format!("{}/RECORD", own.unwrap_or_default());
        let Some(entry) = entries.iter().find(|entry| entry.name == path) else {
            return Ok(Record::default());
        };
        self.has_record = true;
        let bytes = archive.read(entry, LARGEST_TEXT)?;
        Ok(Record::new(
            &String::from_utf8_lossy(&bytes),
            &path,
            entries,
        ))
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

    /// What another binary is linked with, and Python cannot enter, is a library of that one, whatever its suffix.
    fn set_libraries_apart(&mut self) {
        let linked: HashSet<String> = self
            .binaries()
            .flat_map(|binary| &binary.facts.images)
            .flat_map(|image| &image.libraries)
            .map(|library| library.file_name().to_ascii_lowercase())
            .collect();
        let (libraries, extensions) =
            std::mem::take(&mut self.extensions)
                .into_iter()
                .partition(|one| {
                    let file = FileName::parse(&one.path);
                    let is_entered = one
                        .facts
                        .init_functions()
                        .iter()
                        .any(|function| Some(function.module.as_str()) == file.module());
                    !is_entered && linked.contains(&file.as_str().to_ascii_lowercase())
                });
        self.extensions = extensions;
        self.libraries.extend::<Vec<_>>(libraries);
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

/// The `.dist-info` directories at the root of the wheel.
fn dist_info(entries: &[Entry]) -> Vec<String> {
    let directories: BTreeSet<&str> = entries
        .iter()
        .filter_map(|entry| entry.name.split_once('/'))
        .map(|(directory, _)| directory)
        .filter(|directory| directory.ends_with(".dist-info"))
        .collect();
    directories.into_iter().map(str::to_owned).collect()
}

/// The path below a directory.
fn below<'path>(directory: &str, path: &'path str) -> Option<&'path str> {
    path.strip_prefix(directory)?.strip_prefix('/')
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
