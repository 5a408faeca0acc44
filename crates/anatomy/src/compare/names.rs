//! The name that a file or library from one release has in another: names contain versions of Python, of the wheel and
//! of the library, and hashes added by repair tools.

use crate::names::FileName;
use crate::wheel::WheelName;

/// The minimum length of the hashes that auditwheel and delvewheel put into names.
const SHORTEST_HASH: usize = 8;

/// The name of a binary in a wheel without the parts that differ between releases.
pub(super) fn of_binary(path: &str, wheel: &WheelName) -> String {
    let (directory, file) = match path.rsplit_once('/') {
        Some((directory, file)) => (Some(directory), file),
        None => (None, path),
    };
    let file = of_file(file);
    match directory {
        Some(directory) => format!("{}/{file}", of_directory(directory, wheel)),
        None => file,
    }
}

/// The path of any file in a wheel: every version has a different name for `fast-1.0.dist-info/METADATA`.
pub(super) fn of_path(path: &str, wheel: &WheelName) -> String {
    match path.split_once('/') {
        Some((first, rest)) => format!("{}/{rest}", of_directory(first, wheel)),
        None => path.to_owned(),
    }
}

fn of_directory(directory: &str, wheel: &WheelName) -> String {
    let (first, rest) = match directory.split_once('/') {
        Some((first, rest)) => (first, Some(rest)),
        None => (directory, None),
    };
    let is_own = |stem: &str| {
        stem.rsplit_once('-').is_some_and(|(name, version)| {
            wheel.is_of_distribution(name) && wheel.is_of_version(version)
        })
    };
    let first = [".data", ".dist-info"]
        .into_iter()
        .find(|suffix| first.strip_suffix(suffix).is_some_and(is_own))
        .map_or(first, |suffix| suffix);
    match rest {
        Some(rest) => format!("{first}/{rest}"),
        None => first.to_owned(),
    }
}

/// A file's name: an extension's without its tag, a library's without its hash and version.
pub(super) fn of_file(file: &str) -> String {
    let parsed = FileName::parse(file);
    if let (Some(_), Some(module)) = (parsed.tag(), parsed.module()) {
        return without_hashes(module).to_owned();
    }
    let (stem, is_library) = match file.find(".so").or_else(|| file.find(".dylib")) {
        Some(end) => (file.get(..end).unwrap_or(file), true),
        None => match file.rsplit_once('.') {
            Some((stem, "dll" | "pyd")) => (stem, true),
            _ => (file, false),
        },
    };
    if !is_library {
        return file.to_owned();
    }
    without_hashes(stem).to_owned()
}

/// A name without the hashes at its end, even if a version follows them.
fn without_hashes(stem: &str) -> &str {
    let is_hash = |part: &str| {
        let hash = part.split('.').next().unwrap_or(part);
        hash.len() >= SHORTEST_HASH && hash.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    let mut stem = stem;
    while let Some((name, last)) = stem.rsplit_once('-')
        && is_hash(last)
    {
        stem = name;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_change_between_releases_are_dropped() {
        let wheel: WheelName = "fast-1.0-cp312-cp312-linux_x86_64.whl".parse().unwrap();
        let of = |path| of_binary(path, &wheel);
        assert_eq!(
            of("fast/_fast.cpython-312-x86_64-linux-gnu.so"),
            "fast/_fast"
        );
        assert_eq!(of("fast/_fast.abi3.so"), "fast/_fast");
        assert_eq!(of("fast/_fast.cp312-win_amd64.pyd"), "fast/_fast");
        assert_eq!(
            of("fast.libs/libgfortran-040039e1-0352e75f.so.5.0.0"),
            "fast.libs/libgfortran"
        );
        assert_eq!(
            of("fast.libs/libopenblas64_p-r0-15028c96.3.21.so"),
            "fast.libs/libopenblas64_p-r0"
        );
        assert_eq!(of("fast.libs/libz-1a2b3c4d.so.1"), "fast.libs/libz");
        assert_eq!(of("fast-1.0.data/scripts/fast"), ".data/scripts/fast");
        assert_eq!(
            of_path("fast-1.0.dist-info/METADATA", &wheel),
            ".dist-info/METADATA"
        );
        assert_eq!(
            of_path("slow-1.0.dist-info/x", &wheel),
            "slow-1.0.dist-info/x"
        );
        assert_eq!(of("fast/data.bin"), "fast/data.bin");
    }
}
