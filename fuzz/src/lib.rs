//! Shared by the fuzz targets: encodes several files in one byte string.

/// Splits bytes into files: each starts with a line `==> path <==`, as printed by `head`, and ends at the next such
/// line. Anything before the first one is the file with the empty path.
pub fn files(data: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = vec![(String::new(), Vec::new())];
    for line in data.split_inclusive(|&byte| byte == b'\n') {
        let path = line
            .strip_prefix(b"==> ")
            .and_then(|rest| rest.strip_suffix(b" <==\n"));
        if let Some(path) = path {
            files.push((String::from_utf8_lossy(path).into_owned(), Vec::new()));
        } else if let Some((_, content)) = files.last_mut() {
            content.extend_from_slice(line);
        }
    }
    files
}

/// The opposite: files as one byte string.
pub fn joined<'file>(files: impl IntoIterator<Item = (&'file str, &'file [u8])>) -> Vec<u8> {
    let mut data = Vec::new();
    for (path, content) in files {
        if !path.is_empty() {
            data.extend_from_slice(format!("==> {path} <==\n").as_bytes());
        }
        data.extend_from_slice(content);
        if !content.ends_with(b"\n") {
            data.push(b'\n');
        }
    }
    data
}
