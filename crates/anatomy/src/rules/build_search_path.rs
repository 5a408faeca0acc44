//! The wheel tells the loader to look for libraries in somebody's own directory.
//!
//! A library can name directories in which its own libraries are looked for: `DT_RPATH` and `DT_RUNPATH` on Linux, `LC_RPATH`
//! on macOS. Here one of them is a home or temporary directory of the machine that built the wheel. The libraries aren't
//! there on anybody else's machine, and whoever can create that directory there decides what your process loads.
//!
//! ## Example
//!
//! The extension was linked with `-Wl,-rpath,/home/me/openssl/lib`, so that its tests found the library, and was packed as
//! it was:
//!
//! ```text
//! `fast.abi3.so` has the loader look for libraries in `/home/me/openssl/lib`, which is somebody's own directory
//! ```
//!
//! ## What to do
//!
//! Put the libraries into the wheel with `auditwheel repair` or `delocate-wheel`; both write search paths that start at
//! the extension itself (`$ORIGIN`, `@loader_path`). Where the path is only left over, remove it: `patchelf --remove-rpath`
//! or `install_name_tool -delete_rpath`. A build script writes it with `cargo:rustc-link-arg=-Wl,-rpath,…`, which is better
//! kept to tests (`cargo:rustc-link-arg-tests`).
//!
//! ## Where it is specified
//!
//! [ld.so(8)](https://man7.org/linux/man-pages/man8/ld.so.8.html) and Apple's `dyld(1)` say where libraries are looked for;
//! [CWE-426](https://cwe.mitre.org/data/definitions/426.html) says why a path that others can write to is a risk.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::facts::{Facts, Format, Image};

pub(crate) static RULE: Rule = Rule::new(
    "WR0119",
    "build-search-path",
    include_str!("build_search_path.rs"),
);

/// Where people's and temporary files are, on Linux and macOS.
const PLACES: [&str; 8] = [
    "/home/",
    "/root/",
    "/tmp/",
    "/var/tmp/",
    "/Users/",
    "/private/tmp/",
    "/var/folders/",
    "/private/var/folders/",
];

/// Judges a binary that's packed for others; on the machine that built it, such a path is in order.
pub(crate) fn check(path: &str, facts: &Facts) -> Option<Diagnostic> {
    let (image, place) = facts
        .images
        .iter()
        .find_map(|image| Some((image, searched(image)?)))?;
    let entry = match image.format {
        Format::MachO => "LC_RPATH",
        _ if image.rpath.iter().any(|one| one == place) => "DT_RPATH",
        _ => "DT_RUNPATH",
    };
    Some(
        RULE.finding(format!(
            "`{path}` has the loader look for libraries in `{place}`, which is somebody's own directory"
        ))
        .severity(Severity::Warning)
        .because(Evidence::Section {
            name: format!("{entry} {place}"),
            binary: path.to_owned(),
        })
        .hint(
            "let `auditwheel repair` or `delocate-wheel` put the libraries into the wheel, or remove the path with `patchelf` or \
             `install_name_tool`",
        ),
    )
}

/// The first such directory in which a library is really looked for.
fn searched(image: &Image) -> Option<&str> {
    let is_asked = match image.format {
        // Only libraries that say so are looked for there.
        Format::MachO => image
            .libraries
            .iter()
            .any(|library| library.name.starts_with("@rpath/")),
        _ => !image.libraries.is_empty(),
    };
    let mut places = image.rpath.iter().chain(&image.runpath);
    places
        .find(|place| is_asked && PLACES.iter().any(|prefix| place.starts_with(prefix)))
        .map(String::as_str)
}
