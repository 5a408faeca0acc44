//! `RECORD`: the list of a wheel's files, with their hashes and sizes (the Python packaging guide under "the RECORD file").

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use csv::ReaderBuilder;
use data_encoding::BASE64URL_NOPAD;
use serde::Serialize;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::archive::Entry;

/// A wheel with more files isn't read at all, so more lines have no meaning.
const MOST_RECORDED: usize = 200_000;

/// A line in `RECORD`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The file's path, relative to the directory that contains `.dist-info`, with slashes.
    pub path: String,
    /// The name of a hash and its value in base64, such as `sha256=…`; `None` for `RECORD` itself.
    pub hash: Option<String>,
    /// Its size in bytes.
    pub size: Option<u64>,
}

/// The lines of a `RECORD`, in order. Invalid lines are skipped.
pub fn recorded(text: &str) -> impl Iterator<Item = Recorded> {
    ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
        .into_records()
        .take(MOST_RECORDED)
        .filter_map(|line| {
            let line = line.ok()?;
            let field = |at| line.get(at).map(str::trim).filter(|text| !text.is_empty());
            Some(Recorded {
                path: line.get(0)?.replace('\\', "/"),
                hash: field(1).map(str::to_owned),
                size: field(2).and_then(|text| text.parse().ok()),
            })
        })
}

/// A file that doesn't match `RECORD`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlteredFile {
    /// Its path in the wheel.
    pub path: String,
    /// Its size or hash according to `RECORD`.
    pub recorded: String,
    /// Its size or hash in the wheel.
    pub found: String,
}

/// A file with a kind of hash that `RECORD` must not use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WeaklyHashed {
    /// Its path in the wheel.
    pub path: String,
    /// The kind of its hash.
    pub algorithm: String,
}

/// The hashes weaker than `sha256`, the minimum (PEP 427, which names the first two).
const WEAK: [&str; 3] = ["md5", "sha1", "sha224"];

/// The files that are compared with the hashes in `RECORD`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hashes {
    /// The text files that are read anyway. Hashing binaries takes about a third of the time that inflating them takes.
    OfTexts,
    /// Every file, so all are inflated.
    OfAll,
}

/// A `RECORD` compared with the actual contents.
#[derive(Debug, Default)]
pub(super) struct Record {
    /// Files that it lists but that don't exist.
    pub(super) missing: Vec<String>,
    /// Files that it doesn't list.
    pub(super) unrecorded: Vec<String>,
    /// Files that it lists without a hash.
    pub(super) unhashed: Vec<String>,
    /// Files that it lists with a hash that's too weak.
    pub(super) weakly_hashed: Vec<WeaklyHashed>,
    /// The number of files with a comparable hash.
    pub(super) comparable: usize,
    /// The number of files that were compared with their hashes.
    pub(super) hashed: usize,
    /// Files with an unsupported kind of hash, and that kind.
    pub(super) unknown: Vec<(String, String)>,
    hashes: HashMap<String, String>,
    altered: BTreeMap<String, AlteredFile>,
}

impl Record {
    /// Compares paths and sizes with those of the entries. `itself` is the path of the `RECORD`.
    pub(super) fn new(text: &str, itself: &str, entries: &[Entry], directories: &[String]) -> Self {
        let present: BTreeMap<&str, u64> = entries
            .iter()
            .map(|entry| (entry.name.as_str(), entry.size))
            .collect();
        let directories: HashSet<&str> = directories.iter().map(String::as_str).collect();
        // RECORD can't list its own signatures, and doesn't have to list itself (PEP 427).
        let need_not = [".jws", ".p7s", ""].map(|ending| [itself, ending].concat());
        let need_not = |path: &str| need_not.iter().any(|one| one == path);
        let mut record = Self::default();
        let mut listed = BTreeSet::new();
        for line in recorded(text) {
            let is_first = !listed.contains(&line.path);
            match present.get(line.path.as_str()) {
                Some(&size) => record.add(&line, size, is_first && !need_not(&line.path)),
                None if is_first && !directories.contains(line.path.as_str()) => {
                    record.missing.push(line.path.clone());
                }
                None => {}
            }
            listed.insert(line.path);
        }
        record.missing.sort();
        record.unrecorded = present
            .into_keys()
            .filter(|path| !listed.contains(*path) && !need_not(path))
            .map(str::to_owned)
            .collect();
        record
    }

    fn add(&mut self, line: &Recorded, size: u64, needs_hash: bool) {
        if let Some(recorded) = line.size
            && recorded != size
        {
            self.alter(
                &line.path,
                format!("{recorded} bytes"),
                format!("{size} bytes"),
            );
        }
        let Some(hash) = &line.hash else {
            if needs_hash {
                self.unhashed.push(line.path.clone());
            }
            return;
        };
        let algorithm = hash.split('=').next().unwrap_or_default();
        if needs_hash && WEAK.contains(&algorithm) {
            self.weakly_hashed.push(WeaklyHashed {
                path: line.path.clone(),
                algorithm: algorithm.to_owned(),
            });
        }
        // Files that don't need a hash aren't compared: RECORD can't contain its own.
        if !needs_hash {
            return;
        }
        if Hasher::new(algorithm).is_some() {
            self.hashes.insert(line.path.clone(), hash.clone());
            self.comparable = self.hashes.len();
        } else if !WEAK.contains(&algorithm) {
            self.unknown.push((line.path.clone(), algorithm.to_owned()));
        }
    }

    /// Whether an entry has a hash that it hasn't been compared with yet.
    pub(super) fn awaits(&self, path: &str) -> bool {
        self.hashes.contains_key(path)
    }

    /// Compares an entry that has been read with its hash.
    pub(super) fn compare(&mut self, path: &str, bytes: &[u8]) {
        if let Some(mut hasher) = self.hasher(path) {
            hasher.update(bytes);
            self.settle(path, hasher);
        }
    }

    /// The hasher for an entry that hasn't been compared yet.
    pub(super) fn hasher(&self, path: &str) -> Option<Hasher> {
        let recorded = self.hashes.get(path)?;
        Hasher::new(recorded.split('=').next().unwrap_or_default())
    }

    /// Compares an entry with its hash once all of it has been hashed.
    pub(super) fn settle(&mut self, path: &str, hasher: Hasher) {
        let Some(recorded) = self.hashes.remove(path) else {
            return;
        };
        let found = hasher.finish();
        self.hashed += 1;
        if recorded.trim_end_matches('=') != found {
            self.alter(path, recorded, found);
        }
    }

    fn alter(&mut self, path: &str, recorded: String, found: String) {
        let path = path.to_owned();
        // A size is more meaningful to people than a hash, so it comes first.
        self.altered.entry(path.clone()).or_insert(AlteredFile {
            path,
            recorded,
            found,
        });
    }

    /// The files that differ from `RECORD`, sorted.
    pub(super) fn into_altered(self) -> Vec<AlteredFile> {
        self.altered.into_values().collect()
    }
}

/// Computes one of the kinds of hash that `RECORD` uses.
#[derive(Debug)]
pub(super) enum Hasher {
    Sha256(Sha256),
    Sha384(Sha384),
    Sha512(Sha512),
}

impl Hasher {
    /// `None` for an unsupported kind.
    fn new(algorithm: &str) -> Option<Self> {
        Some(match algorithm {
            "sha256" => Self::Sha256(Sha256::new()),
            "sha384" => Self::Sha384(Sha384::new()),
            "sha512" => Self::Sha512(Sha512::new()),
            _ => return None,
        })
    }

    pub(super) fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha256(state) => state.update(bytes),
            Self::Sha384(state) => state.update(bytes),
            Self::Sha512(state) => state.update(bytes),
        }
    }

    /// The hash in `RECORD`'s notation.
    fn finish(self) -> String {
        let (algorithm, value) = match self {
            Self::Sha256(state) => ("sha256", BASE64URL_NOPAD.encode(&state.finalize())),
            Self::Sha384(state) => ("sha384", BASE64URL_NOPAD.encode(&state.finalize())),
            Self::Sha512(state) => ("sha512", BASE64URL_NOPAD.encode(&state.finalize())),
        };
        format!("{algorithm}={value}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_csv() {
        let text =
            "a/b.py,sha256=x,1\n\"odd,\"\"name\"\".txt\",sha256=y,2\r\nx.dist-info/RECORD,,\n\n";
        let lines: Vec<Recorded> = recorded(text).collect();
        let paths: Vec<&str> = lines.iter().map(|line| line.path.as_str()).collect();
        assert_eq!(paths, ["a/b.py", "odd,\"name\".txt", "x.dist-info/RECORD"]);
        assert_eq!(lines[1].hash.as_deref(), Some("sha256=y"));
        assert_eq!(lines[1].size, Some(2));
        assert_eq!((&lines[2].hash, lines[2].size), (&None, None));
    }
}
