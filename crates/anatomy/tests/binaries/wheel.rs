//! Wheels, packed in memory.

use std::fmt::Write as _;
use std::io::{Cursor, Write};

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A wheel with these files, with metadata that matches the name and a complete record.
pub(crate) fn wheel(name: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    wheel_with(name, files, |_, text| text)
}

/// Like [`wheel`], with a change to `METADATA` and `WHEEL`: a function from the file's name and text to its new text.
pub(crate) fn wheel_with(
    name: &str,
    files: &[(&str, &[u8])],
    change: impl Fn(&str, String) -> String,
) -> Vec<u8> {
    let parts: Vec<&str> = name.trim_end_matches(".whl").split('-').collect();
    let info = format!("{}-{}.dist-info", parts[0], parts[1]);
    let metadata = format!(
        "Metadata-Version: 2.4\nName: {}\nVersion: {}\n",
        parts[0], parts[1]
    );
    let tags = parts[parts.len() - 3..].join("-");
    let wheel =
        format!("Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: false\nTag: {tags}\n");
    let mut all: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(path, data)| ((*path).to_owned(), data.to_vec()))
        .collect();
    for (file, text) in [("METADATA", metadata), ("WHEEL", wheel)] {
        let text = change(file, text);
        all.push((format!("{info}/{file}"), text.into_bytes()));
    }
    all.push(record(&info, &all));
    pack(&all)
}

/// A `RECORD` in this directory that lists these files with their hashes.
pub(crate) fn record(info: &str, files: &[(String, Vec<u8>)]) -> (String, Vec<u8>) {
    let itself = format!("{info}/RECORD");
    let mut text = String::new();
    for (path, data) in files {
        let hash = BASE64URL_NOPAD.encode(&Sha256::digest(data));
        writeln!(text, "{path},sha256={hash},{}", data.len()).unwrap();
    }
    writeln!(text, "{itself},,").unwrap();
    (itself, text.into_bytes())
}

/// A zip with these files.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, data) in files {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
