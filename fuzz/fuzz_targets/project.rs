//! Any strings as a project's files: `Cargo.toml`, `pyproject.toml`, `Cargo.lock` and Rust sources.
#![no_main]

use anatomy::project::{Texts, inspect_project};
use anatomy::{Expectation, PythonVersion};
use anatomy_fuzz::files;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let texts: Texts = files(data)
        .into_iter()
        .map(|(path, content)| (path, String::from_utf8_lossy(&content).into_owned()))
        .collect();
    let found = inspect_project(
        &texts,
        &Expectation::new().python(PythonVersion::new(3, 12)),
    );
    serde_json::to_vec(&found).expect("what was found can be written down");
});
