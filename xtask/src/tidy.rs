//! `cargo xtask tidy`: checks that go beyond the compiler and clippy.
//!
//! A check is a function from the [`Tree`] to [`Finding`]s, in its own file in `tidy/`.

mod bans;
mod course;
mod declared_rule;
mod dependencies;
mod diagnosis;
mod document_paths;
mod escapes;
mod file_length;
mod finding;
mod io_in_anatomy;
mod leftovers;
mod module_documentation;
mod module_names;
mod page_code;
mod prose;
mod rules;
mod style;
mod tokens;
pub(crate) mod tree;
mod unsafe_code;

use std::ffi::OsString;
use std::path::PathBuf;

use cargo_metadata::Metadata;
pub(crate) use diagnosis::{chapter, orphaned};
use finding::{Finding, Weight};
use tree::Tree;

/// A check.
type Check = fn(&Tree) -> Vec<Finding>;

/// Every check, with the name shown next to its findings.
const CHECKS: [(&str, Check); 15] = [
    ("dependencies", dependencies::check),
    ("io-in-anatomy", io_in_anatomy::check),
    ("bans", bans::check),
    ("unsafe-code", unsafe_code::check),
    ("escapes", escapes::check),
    ("module-documentation", module_documentation::check),
    ("module-names", module_names::check),
    ("file-length", file_length::check),
    ("document-paths", document_paths::check),
    ("leftovers", leftovers::check),
    ("page-code", page_code::check),
    ("course", course::check),
    ("rules", rules::check),
    ("diagnosis", diagnosis::check),
    ("style", style::check),
];

/// Runs every check on the repository around the current directory; `false` if there is something to fix.
pub(crate) fn run() -> anyhow::Result<bool> {
    let tree = Tree::load(&cargo())?;
    let mut errors = 0;
    for (name, check) in CHECKS {
        for finding in check(&tree) {
            println!("{name}: {finding}");
            if finding.weight == Weight::Error {
                errors += 1;
            }
        }
    }
    match errors {
        0 => println!("tidy: {} checks found nothing to fix", CHECKS.len()),
        1 => println!("tidy: 1 error"),
        _ => println!("tidy: {errors} errors"),
    }
    Ok(errors == 0)
}

/// The metadata that cargo reports for the workspace around the current directory.
pub(crate) fn workspace() -> anyhow::Result<Metadata> {
    tree::metadata(&cargo())
}

/// The root of the workspace around the current directory.
pub(crate) fn workspace_root() -> anyhow::Result<PathBuf> {
    Ok(workspace()?.workspace_root.into_std_path_buf())
}

/// The cargo that started this program, or the one on PATH.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
