//! The wheel tells the loader to look for libraries in someone's personal directory.
//!
//! A library can name directories where the loader should look for the libraries it needs: `DT_RPATH` and `DT_RUNPATH`
//! on Linux, `LC_RPATH` on macOS. Here one of them is a home or temporary directory on the machine that built the
//! wheel. The libraries won't be there on anyone else's machine, and anyone who can create that directory decides what
//! your process loads.
//!
//! ## Example
//!
//! The extension was linked with `-Wl,-rpath,/home/me/openssl/lib`, so that its tests would find the library, and was
//! packaged unchanged:
//!
//! ```text
//! `fast.abi3.so` makes the loader look for libraries in `/home/me/openssl/lib`, someone's personal directory
//! ```
//!
//! ## What to do
//!
//! Put the libraries into the wheel with `auditwheel repair` or `delocate-wheel`; both write search paths that start at
//! the extension itself (`$ORIGIN`, `@loader_path`). If the path is just a leftover, remove it: `patchelf
//! --remove-rpath` or `install_name_tool -delete_rpath`. It usually comes from `cargo:rustc-link-arg=-Wl,-rpath,…` in a
//! build script; limit that to tests (`cargo:rustc-link-arg-tests`).
//!
//! ## Where it is specified
//!
//! [ld.so(8)](https://man7.org/linux/man-pages/man8/ld.so.8.html) and Apple's `dyld(1)` describe where the loader looks
//! for libraries; [CWE-426](https://cwe.mitre.org/data/definitions/426.html) explains why a search path that others can
//! write to is a risk.

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use crate::facts::{Facts, Format, Image};

pub(crate) static RULE: Rule = Rule::new(
    "WR0119",
    "build-search-path",
    include_str!("build_search_path.rs"),
);

/// Where home directories and temporary files are, on Linux and macOS.
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

/// Only for binaries packaged for others: on the machine that built it, such a path is fine.
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
            "`{path}` makes the loader look for libraries in `{place}`, someone's personal directory"
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

/// The first such directory that the loader really searches.
fn searched(image: &Image) -> Option<&str> {
    let is_asked = match image.format {
        // Only libraries named with `@rpath` are looked for there.
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
