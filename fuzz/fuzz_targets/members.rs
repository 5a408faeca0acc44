//! Any files in an honest zip, with any wheel name: what a wheel's members reveal. The target `wheel` rarely gets that
//! far, because a changed byte breaks a checksum.
#![no_main]

use std::io::{Cursor, Write};

use anatomy::wheel::inspect_wheel;
use anatomy_fuzz::files;
use libfuzzer_sys::fuzz_target;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fuzz_target!(|data: &[u8]| {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let mut name = String::new();
    for (path, content) in files(data) {
        if path.is_empty() {
            name = String::from_utf8_lossy(&content).trim().to_owned();
        } else if zip.start_file(path, options).is_err() || zip.write_all(&content).is_err() {
            return;
        }
    }
    let Ok(bytes) = zip.finish() else {
        return;
    };
    if let Ok(found) = inspect_wheel(&bytes.into_inner(), &name) {
        let _ = found.facts.oldest_manylinux();
        let _ = found.facts.oldest_musllinux();
        serde_json::to_vec(&found).expect("what was found can be written down");
    }
});
