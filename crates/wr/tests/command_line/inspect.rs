//! `wr inspect`: what it shows for each kind of target, what it refuses, and that it never runs anything.

mod document;
mod installed;
mod loads;
mod ownership;
mod projects;
mod questions;
mod refused;
mod schema;
mod shown;

// The builders of small binaries and wheels that the inspector's own tests use.
#[path = "../../../anatomy/tests/binaries/mod.rs"]
mod binaries;

use binaries::{Elf, wheel};
use testkit::Workshop;

/// The file name of a valid wheel.
const WHEEL: &str = "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl";

/// An extension like those that PyO3 builds for the stable ABI.
fn extension() -> Elf {
    Elf::default()
        .export("PyInit__fast")
        .import("PyList_New")
        .import("PyModuleDef_Init")
        .versioned("libc.so.6", "memcpy", "GLIBC_2.14")
        .needs("libgcc_s.so.1")
        .constants(
            ".rodata",
            b"/registry/src/index/pyo3-0.30.1/src/err/mod.rs\0/rustc/0123456789abcdef0123456789abcdef01234567/library/core\0",
        )
        .section(".comment", b"rustc version 1.95.0 (abc 2026-04-01)\0")
}

/// The same, with a symbol outside the stable ABI and a private one.
fn beyond_the_stable_abi() -> Elf {
    extension()
        .import("PyUnicode_AsUTF8")
        .import("_PyLong_Sign")
}

fn put_wheel(at: &Workshop, file: &str, elf: &Elf) {
    let name = file.rsplit('/').next().unwrap();
    let files: [(&str, &[u8]); 2] = [
        ("fast/__init__.py", b"from ._fast import *\n"),
        ("fast/_fast.abi3.so", &elf.build()),
    ];
    at.write(file, wheel(name, &files));
}

/// A project whose `#[pymodule]` and library have different names.
fn put_project(at: &Workshop, dir: &str) {
    at.write(
        format!("{dir}/Cargo.toml"),
        "[package]\nname = \"fast\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[lib]\ncrate-type = [\"cdylib\"]\n\n\
         [dependencies]\npyo3 = { version = \"0.30.1\", features = [\"abi3-py39\"] }\n",
    )
    .write(
        format!("{dir}/pyproject.toml"),
        "[build-system]\nrequires = [\"maturin>=1.9,<2\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"fast\"\nversion = \"0.1.0\"\n\
         requires-python = \">=3.11\"\n",
    )
    .write(
        format!("{dir}/src/lib.rs"),
        "use pyo3::prelude::*;\n\n#[pymodule]\nmod fats {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn two() -> u32 {\n        2\n    }\n}\n",
    );
}
