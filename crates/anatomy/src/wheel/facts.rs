//! The facts about a wheel.

use std::collections::{BTreeSet, HashSet};
use std::io::{Read, Seek};

use diagnostic::Diagnostic;
use serde::Serialize;

use super::archive::{Archive, Entry};
use super::entry_names::{below, dist_info, is_archive, may_be_program, same_names};
use super::layout::Irregularity;
use super::members::Members;
use super::metadata::Metadata;
use super::record::{AlteredFile, Hashes, Record, WeaklyHashed};
use super::rules::policy_unmet;
use super::sbom::{self, BundledComponent};
use super::startup::{StartupFile, StartupKind};
use super::{WheelError, WheelName};
use crate::facts::{CrateVersion, Facts};
use crate::names::{FileName, is_binary_name};
use crate::read::{self, Budget};
use crate::rules::init_function_missing::is_meant_to_be_imported;

/// Text files in `.dist-info` are small; a `RECORD` has a line for each file, and a bill of materials a few for each
/// crate.
const LARGEST_TEXT: u64 = 16 << 20;

/// No system follows longer links.
const LONGEST_PATH: u64 = 4096;

/// The result of inspecting a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelInspection {
    /// What the wheel is.
    pub facts: WheelFacts,
    /// What's wrong with it.
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

/// A file in a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelFile {
    /// Its path in the wheel.
    pub path: String,
    /// Its unpacked size in bytes.
    pub size: u64,
}

/// An entry with a binary's name, or `WHEEL`, that couldn't be read as such.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnreadableEntry {
    /// Its path in the wheel.
    pub path: String,
    /// Why it couldn't be read.
    pub reason: String,
}

/// The facts about a wheel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WheelFacts {
    /// Its file name.
    pub name: WheelName,
    /// Its metadata.
    pub metadata: Metadata,
    /// The `.dist-info` directories in it, sorted. An honest wheel has one. If there are several, the one that matches
    /// the file name is read, otherwise the first.
    pub dist_info: Vec<String>,
    /// The extension modules in it.
    pub extensions: Vec<WheelExtension>,
    /// The other shared libraries and programs in it.
    pub libraries: Vec<WheelExtension>,
    /// Machine code under names that no loader or system uses, such as `data.bin`, found by its first bytes.
    pub other_binaries: Vec<WheelExtension>,
    /// Files with a binary's name that couldn't be read, and `WHEEL` if it isn't text.
    pub unreadable: Vec<UnreadableEntry>,
    /// Damaged files that can't be unpacked: among those that were read, or among all if all hashes were requested.
    pub damaged: Vec<UnreadableEntry>,
    /// Irregularities of the archive that may make different tools see different contents.
    pub irregular: Vec<Irregularity>,
    /// Files that Python reads every time it starts.
    pub startup: Vec<StartupFile>,
    /// The crates it contains, according to its bills of materials and binaries.
    pub crates: Vec<CrateVersion>,
    /// Everything else that its bills of materials list.
    pub components: Vec<BundledComponent>,
    /// The paths of its bills of materials (PEP 770).
    pub sboms: Vec<String>,
    /// Archives in it, which aren't opened.
    pub archives: Vec<String>,
    /// The number of files.
    pub files: usize,
    /// All files, in archive order.
    #[serde(skip)]
    pub contents: Vec<WheelFile>,
    /// Pairs of files whose names differ only in case, sorted.
    pub same_names: Vec<(String, String)>,
    /// Files that `RECORD` doesn't list.
    pub unrecorded: Vec<String>,
    /// Files that `RECORD` lists but that don't exist.
    pub missing: Vec<String>,
    /// Files whose size doesn't match `RECORD`, or, among those that were hashed, whose hash doesn't.
    pub altered: Vec<AlteredFile>,
    /// Files that `RECORD` lists without a hash, sorted.
    pub unhashed: Vec<String>,
    /// Files that it lists with a forbidden kind of hash, sorted.
    pub weakly_hashed: Vec<WeaklyHashed>,
    /// How many files were compared with the hashes in `RECORD`: the text files that are read anyway, or all if
    /// requested.
    pub hashed: usize,
    /// How many files have a strong enough hash in `RECORD`.
    pub hashes: usize,
    /// Files that should have been compared with their hashes but couldn't be, with the reason.
    pub uncompared: Vec<UnreadableEntry>,
    /// Whether it has a `RECORD` at all.
    pub has_record: bool,
    /// Whether it has a `METADATA`.
    pub has_metadata: bool,
    /// Whether it has a `WHEEL`.
    pub has_wheel: bool,
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
        let mut facts = Self::new(name, dist_info, &entries);
        let record = facts.record(own.as_deref(), archive, &entries)?;
        let mut members = Members {
            archive,
            record,
            hashes,
            seen: HashSet::new(),
            damaged: std::collections::BTreeMap::new(),
        };
        let mut crates = BTreeSet::new();
        let mut components = BTreeSet::new();
        let mut budget = Budget::for_several();
        for entry in &entries {
            let own_file = own.as_deref().and_then(|own| below(own, &entry.name));
            if let Some(kind) = StartupKind::of(&entry.name)
                && !entry.is_link()
            {
                facts.add_startup(entry, kind, &mut members)?;
            }
            if entry.is_link() {
                facts.add_link(entry, &mut members)?;
            } else if is_binary_name(&entry.name)
                || (own_file.is_none() && may_be_program(entry) && entry.is_program())
            {
                if let Some(bytes) = members.binary(entry)? {
                    facts.add_binary(&entry.name, &bytes, &mut budget);
                }
            } else if let Some(file @ ("METADATA" | "WHEEL")) = own_file {
                let bytes = members.text(entry, LARGEST_TEXT)?;
                facts.add_text(&entry.name, file == "METADATA", bytes.as_deref());
            } else if own_file.is_some_and(|file| file.starts_with("sboms/")) {
                facts.sboms.push(entry.name.clone());
                let bytes = members.text(entry, LARGEST_TEXT)?.unwrap_or_default();
                let (more_crates, more) = sbom::components(&bytes);
                crates.extend(more_crates);
                components.extend(more);
            } else if entry.is_program() || entry.is_object_code() {
                facts.add_other_binary(entry, &mut members, &mut budget)?;
            } else if is_archive(&entry.name) {
                facts.archives.push(entry.name.clone());
            }
        }
        if hashes == Hashes::OfAll {
            facts.uncompared = members.read_rest(&entries)?;
        }
        let Members {
            record, damaged, ..
        } = members;
        let damaged = damaged.into_iter();
        facts.damaged = damaged
            .map(|(path, reason)| UnreadableEntry { path, reason })
            .collect();
        facts.set_libraries_apart();
        let binaries = facts.extensions.iter().chain(&facts.libraries);
        for image in binaries.flat_map(|binary| &binary.facts.images) {
            crates.extend(image.provenance.crates.iter().cloned());
        }
        facts.crates = crates.into_iter().collect();
        facts.components = components.into_iter().collect();
        facts.conclude(record);
        Ok(facts)
    }

    /// The result of the comparison with `RECORD`.
    fn conclude(&mut self, mut record: Record) {
        self.missing = std::mem::take(&mut record.missing);
        self.unrecorded = std::mem::take(&mut record.unrecorded);
        self.unhashed = std::mem::take(&mut record.unhashed);
        self.unhashed.sort();
        self.weakly_hashed = std::mem::take(&mut record.weakly_hashed);
        self.weakly_hashed
            .sort_by(|one, other| one.path.cmp(&other.path));
        self.hashed = record.hashed;
        self.hashes = record.comparable.saturating_add(record.unknown.len());
        let unknown = record.unknown.drain(..);
        self.uncompared
            .extend(unknown.map(|(path, kind)| UnreadableEntry {
                path,
                reason: format!("its hash is of the kind `{kind}`, which `wr` doesn't support"),
            }));
        self.altered = record.into_altered();
    }

    /// Only the names of its files are known yet.
    fn new(name: WheelName, dist_info: Vec<String>, entries: &[Entry]) -> Self {
        Self {
            name,
            metadata: Metadata::default(),
            dist_info,
            extensions: Vec::new(),
            libraries: Vec::new(),
            other_binaries: Vec::new(),
            unreadable: Vec::new(),
            damaged: Vec::new(),
            irregular: Vec::new(),
            startup: Vec::new(),
            crates: Vec::new(),
            components: Vec::new(),
            sboms: Vec::new(),
            archives: Vec::new(),
            files: entries.len(),
            contents: entries
                .iter()
                .map(|entry| WheelFile {
                    path: entry.name.clone(),
                    size: entry.size,
                })
                .collect(),
            same_names: same_names(entries),
            unrecorded: Vec::new(),
            missing: Vec::new(),
            altered: Vec::new(),
            unhashed: Vec::new(),
            weakly_hashed: Vec::new(),
            hashed: 0,
            hashes: 0,
            uncompared: Vec::new(),
            has_record: false,
            has_metadata: false,
            has_wheel: false,
        }
    }

    /// Reads the list of files before the files, so that each file can be compared when it's read.
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
        let bytes = match archive.read(entry, LARGEST_TEXT) {
            Ok(bytes) => bytes,
            // This is reported once it's read again with the other text files.
            Err(WheelError::Damaged { .. }) => return Ok(Record::default()),
            Err(error) => return Err(error),
        };
        Ok(Record::new(
            &String::from_utf8_lossy(&bytes),
            &path,
            entries,
            archive.directories(),
        ))
    }

    /// A link with a binary's name isn't a binary once it's installed.
    fn add_link<R: Read + Seek>(
        &mut self,
        entry: &Entry,
        members: &mut Members<'_, R>,
    ) -> Result<(), WheelError> {
        if is_binary_name(&entry.name)
            && let Some(target) = members.text(entry, LONGEST_PATH)?
        {
            self.unreadable.push(UnreadableEntry {
                path: entry.name.clone(),
                reason: format!(
                    "this is a symbolic link to `{}`, which installers unpack as a text file",
                    String::from_utf8_lossy(&target)
                ),
            });
        }
        Ok(())
    }

    /// `METADATA` is read as far as it's text; `WHEEL`, which only tools write, only if all of it is.
    fn add_text(&mut self, path: &str, is_metadata: bool, bytes: Option<&[u8]>) {
        if is_metadata {
            self.has_metadata = true;
            let text = String::from_utf8_lossy(bytes.unwrap_or_default());
            self.metadata.read_metadata(&text);
            return;
        }
        self.has_wheel = true;
        let Some(bytes) = bytes else { return };
        match std::str::from_utf8(bytes) {
            Ok(text) => self.metadata.read_wheel(text),
            Err(_) => self.unreadable.push(UnreadableEntry {
                path: path.to_owned(),
                reason: "it isn't UTF-8 text".to_owned(),
            }),
        }
    }

    /// Adds what Python reads every time it starts.
    fn add_startup<R: Read + Seek>(
        &mut self,
        entry: &Entry,
        kind: StartupKind,
        members: &mut Members<'_, R>,
    ) -> Result<(), WheelError> {
        let bytes = match kind {
            StartupKind::Pth | StartupKind::Start => match members.text(entry, LARGEST_TEXT) {
                Ok(bytes) => bytes.unwrap_or_default(),
                // Python doesn't care about its size.
                Err(WheelError::TooLarge { .. }) => Vec::new(),
                Err(error) => return Err(error),
            },
            StartupKind::SiteCustomize | StartupKind::UserCustomize => Vec::new(),
        };
        self.startup
            .push(StartupFile::read(&entry.name, kind, &bytes));
        Ok(())
    }

    /// Adds machine code that its name doesn't reveal.
    fn add_other_binary<R: Read + Seek>(
        &mut self,
        entry: &Entry,
        members: &mut Members<'_, R>,
        budget: &mut Budget,
    ) -> Result<(), WheelError> {
        let bytes = match members.binary(entry) {
            Ok(Some(bytes)) => bytes,
            Ok(None) => return Ok(()),
            // Nothing depends on it, and its first bytes show what it is.
            Err(error @ (WheelError::TooLarge { .. } | WheelError::Bomb { .. })) => {
                self.unreadable.push(UnreadableEntry {
                    path: entry.name.clone(),
                    reason: error.to_string(),
                });
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        match read::read_among(&bytes, budget) {
            Ok(facts) => self.other_binaries.push(WheelExtension {
                path: entry.name.clone(),
                facts,
            }),
            Err(error) => self.unreadable.push(UnreadableEntry {
                path: entry.name.clone(),
                reason: error.to_string(),
            }),
        }
        Ok(())
    }

    fn add_binary(&mut self, path: &str, bytes: &[u8], budget: &mut Budget) {
        match read::read_among(bytes, budget) {
            Ok(facts) => {
                let file = FileName::parse(path);
                // What Apple's linker stores separately for debuggers has the same name as the library it was split off
                // from.
                let is_for_debuggers = path.contains(".dSYM/");
                let is_module = file.module().is_some()
                    && !is_for_debuggers
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

    /// A binary that another one is linked with and that has no init function is a library, whatever its suffix.
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

    /// The oldest manylinux policy, for its tags' architecture, that every binary in the wheel complies with: what
    /// `auditwheel show` calls the platform tag that the wheel is consistent with.
    pub fn oldest_manylinux(&self) -> Option<&'static str> {
        policy_unmet::oldest_kept(self, "manylinux")
    }

    /// The same for musllinux.
    pub fn oldest_musllinux(&self) -> Option<&'static str> {
        policy_unmet::oldest_kept(self, "musllinux")
    }

    /// The extensions and the other binaries.
    pub fn binaries(&self) -> impl Iterator<Item = &WheelExtension> {
        self.extensions.iter().chain(&self.libraries)
    }
}
