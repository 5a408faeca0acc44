//! Wheels, packed in memory.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A wheel of these files, with metadata that fits the name and a record of all.
pub(crate) fn wheel(name: &str, files: &[(&str, &[u8])]) -> Vec<u8> {
    let parts: Vec<&str> = name.trim_end_matches(".whl").split('-').collect();
    let info = format!("{}-{}.dist-info", parts[0], parts[1]);
    let metadata = format!(
        "Metadata-Version: 2.4\nName: {}\nVersion: {}\n",
        parts[0], parts[1]
    );
    let tags = parts[2..].join("-");
    let wheel =
        format!("Wheel-Version: 1.0\nGenerator: by hand\nRoot-Is-Purelib: false\nTag: {tags}\n");
    let mut record = String::new();
    for (path, data) in files {
        record += &format!("{path},,{}\n", data.len());
    }
    for file in ["METADATA", "WHEEL", "RECORD"] {
        record += &[&info, "/", file, ",,\n"].concat();
    }
    let mut all: Vec<(String, Vec<u8>)> = files
        .iter()
        .map(|(path, data)| ((*path).to_owned(), data.to_vec()))
        .collect();
    all.push((format!("{info}/METADATA"), metadata.into_bytes()));
    all.push((format!("{info}/WHEEL"), wheel.into_bytes()));
    all.push((format!("{info}/RECORD"), record.into_bytes()));
    pack(&all)
}

/// A zip of these files.
pub(crate) fn pack(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, data) in files {
        zip.start_file(path, SimpleFileOptions::default()).unwrap();
        zip.write_all(data).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
