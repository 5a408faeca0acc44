//! Writes the initial inputs for the fuzz targets into `fuzz/corpus`: the binaries and projects from the tests of
//! `anatomy`, the messages that they explain, and the small parts of the wheels in the given directory.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --example seeds -- target/authorities/wheels`

#[path = "../../crates/anatomy/tests/binaries/mod.rs"]
mod binaries;
#[path = "../../crates/anatomy/tests/sources/mod.rs"]
mod sources;
#[path = "../../crates/anatomy/tests/tool_messages/mod.rs"]
mod tool_messages;

use std::fs::{self, File};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::Context;
use object::Architecture;

/// Larger parts of wheels would slow down every run without showing anything new.
const LARGEST: u64 = 48 << 10;

fn main() -> anyhow::Result<()> {
    let corpus = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let seeds = Seeds { corpus };
    synthetic(&seeds)?;
    texts(&seeds)?;
    for text in ASKED {
        seeds.add("questions", text.as_bytes())?;
    }
    if let Some(directory) = std::env::args().nth(1) {
        let entries = fs::read_dir(&directory).with_context(|| directory.clone())?;
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "whl") {
                from_wheel(&seeds, &path).with_context(|| path.display().to_string())?;
            }
        }
    }
    Ok(())
}

struct Seeds {
    corpus: PathBuf,
}

impl Seeds {
    fn add(&self, target: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let directory = self.corpus.join(target);
        fs::create_dir_all(&directory)?;
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        fs::write(
            directory.join(format!("seed-{:016x}", hasher.finish())),
            bytes,
        )?;
        // The questions are asked about the same binaries.
        if target == "binary" {
            self.add("questions", bytes)?;
        }
        Ok(())
    }
}

/// Lock files in both formats, and other inputs for the questions.
const ASKED: [&str; 4] = [
    "version = 1\nrequires-python = \">=3.11\"\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"r\" }\n\
     dependencies = [{ name = \"b\", marker = \"python_full_version < '3.14' or (os_name == 'nt' and extra == 'x')\" }]\n\
     wheels = [{ url = \"u/a-1-cp315-abi3.abi3t-win_amd64.whl\" }]\n",
    "lock-version = \"1.0\"\n[[packages]]\nname = \"a\"\nversion = \"1\"\nmarker = \"sys_platform != 'win32'\"\n\
     [[packages.wheels]]\nname = \"a-1-cp38-abi3-manylinux_2_17_x86_64.whl\"\n",
    "3.15t\nmanylinux_2_28_x86_64",
    "implementation_name == 'cpython' and python_version ~= '3.11'",
];

fn synthetic(seeds: &Seeds) -> anyhow::Result<()> {
    let elf = binaries::Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .needs("libc.so.6");
    let narrow = elf.clone().shape(false, false).build();
    let android = elf
        .clone()
        .note(".note.android.ident", "Android", 1, &[24; 132])
        .segment(1, 5, 0x4000)
        .segment(0x6474_e551, 6, 16);
    let wasm = binaries::Wasm::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .import_data("PyExc_ValueError")
        .weak_import("PyType_GetName")
        .needs("libz.so")
        .producers(&[("rustc", "1.95.0")])
        .features(&["simd128"]);
    let elf = elf.build();
    let intel = binaries::macho(Architecture::X86_64, &["PyInit_fast"], "a.dylib");
    let arm = binaries::macho(Architecture::Aarch64, &["PyInit_fast"], "a.dylib");
    for binary in [
        binaries::universal(&[&intel, &arm]),
        binaries::pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]),
        binaries::pe(false, &["PyInit_fast"], "python312.dll", &["PyList_New"]),
        binaries::coff_object(),
        binaries::archive_of(&[("lib.rmeta", b"rust"), ("a.o", b"xx")]),
        narrow,
        android.build(),
        wasm.build(),
        wasm.plain().with_memory().wide().build(),
        binaries::for_macos(&arm, 11, 0),
        intel,
        arm,
        elf.clone(),
    ] {
        seeds.add("binary", &binary)?;
        let name = "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl";
        let files: [(&str, &[u8]); 4] = [
            ("fast/fast.abi3.so", &binary),
            ("fast/__init__.py", b"from .fast import *"),
            ("fast.libs/libz-1.so.1", &elf),
            (
                "fast-1.0.dist-info/sboms/fast.cyclonedx.json",
                br#"{"components":[{"name":"pyo3","version":"0.30.1","purl":"pkg:cargo/pyo3@0.30.1"}]}"#,
            ),
        ];
        seeds.add("wheel", &binaries::wheel(name, &files))?;
        let texts: [(&str, &[u8]); 4] = [
            ("", name.as_bytes()),
            ("fast-1.0.dist-info/METADATA", b"Name: fast\nVersion: 1.0\nRequires-Python: >=3.9\n"),
            (
                "fast-1.0.dist-info/WHEEL",
                b"Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: cp39-abi3-manylinux_2_17_x86_64\n",
            ),
            ("fast-1.0.dist-info/RECORD", b"fast/fast.abi3.so,sha256=x,1\n\"a,b\",,\n"),
        ];
        seeds.add(
            "members",
            &anatomy_fuzz::joined(texts.into_iter().chain(files)),
        )?;
    }
    Ok(())
}

fn texts(seeds: &Seeds) -> anyhow::Result<()> {
    let lock = "[[package]]\nname = \"pyo3\"\nversion = \"0.30.1\"\ndependencies = [\"pyo3-ffi\"]\n\n\
                [[package]]\nname = \"pyo3-ffi\"\nversion = \"0.30.1\"\n";
    let declared = "#[pymodule]\n#[pyo3(name = \"_fast\")]\nmod fast {\n    #[pymodule_export]\n    use super::double;\n\
                    }\n#[path = \"x.rs\"]\nmod inner;\nmacro_rules! m { () => { include!(\"x\") } }\n";
    for source in [sources::SOURCE, declared] {
        let files = [
            ("Cargo.toml", sources::CARGO),
            ("pyproject.toml", sources::PYPROJECT),
            ("Cargo.lock", lock),
            ("src/lib.rs", source),
            (
                "src/x.rs",
                "#[cfg(feature = \"a\")]\n#[pyfunction(name = r#\"a\"#)]\npub fn r#fn() {}\n",
            ),
        ];
        let files = files.map(|(path, text)| (path, text.as_bytes()));
        seeds.add("project", &anatomy_fuzz::joined(files))?;
    }
    let explained = tool_messages::MESSAGES.iter().map(|(text, _)| *text);
    for text in explained.chain(tool_messages::UNEXPLAINED.iter().copied()) {
        seeds.add("output", text.as_bytes())?;
        seeds.add("output", format!("PyO3 0.27.2\n{text}").as_bytes())?;
    }
    Ok(())
}

/// A wheel's small binaries, its text files, and the wheel itself if it's small.
fn from_wheel(seeds: &Seeds, path: &Path) -> anyhow::Result<()> {
    let name = path
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let mut archive = zip::ZipArchive::new(File::open(path)?)?;
    let mut texts: Vec<(String, Vec<u8>)> = vec![(String::new(), name.into_bytes())];
    for index in 0..archive.len() {
        let member = archive.by_index(index)?;
        let (member_name, size) = (member.name()?.into_owned(), member.size());
        if size > LARGEST {
            continue;
        }
        let mut bytes = Vec::new();
        member.take(LARGEST).read_to_end(&mut bytes)?;
        if [".so", ".pyd", ".dll", ".dylib"]
            .iter()
            .any(|suffix| member_name.ends_with(suffix))
        {
            seeds.add("binary", &bytes)?;
        } else if member_name.contains(".dist-info/") && bytes.len() < 8 << 10 {
            texts.push((member_name, bytes));
        }
    }
    let texts = texts
        .iter()
        .map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    seeds.add("members", &anatomy_fuzz::joined(texts))?;
    if fs::metadata(path)?.len() <= LARGEST {
        seeds.add("wheel", &fs::read(path)?)?;
    }
    Ok(())
}
