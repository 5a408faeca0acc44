//! Files with very many of something: the time they take is linear in their size rather than quadratic, and their
//! reports stay short. Nothing is measured here; quadratic code took minutes for each of these.
#![allow(clippy::unwrap_used)] // Anything that can't be read fails the test.

mod binaries;

use binaries::{Elf, pack, wheel};
use wr_anatomy::wheel::inspect_wheel;
use wr_anatomy::{Expectation, inspect};

const NAME: &str = "fast-1.0-cp312-cp312-manylinux_2_17_x86_64.whl";
const SUFFIX: &str = "fast.cpython-312-x86_64-linux-gnu.so";

fn extension() -> Elf {
    Elf::default().export("PyInit_fast").import("PyList_New")
}

#[test]
fn many_init_functions() {
    let mut elf = Elf::default();
    for number in 0..100_000 {
        elf = elf.export(&format!("PyInit_m{number}"));
    }
    let bytes = elf.build();
    let expected = Expectation::new().file_name("fast.abi3.so");
    let inspection = inspect(&bytes, &expected).unwrap();
    assert_eq!(inspection.facts.init_functions().len(), 100_000);
    let finding = &inspection.diagnostics[0];
    assert_eq!(finding.code.as_str(), "WR0101");
    assert!(
        finding.message.ends_with("and 99995 more"),
        "{}",
        finding.message
    );
    assert_eq!(finding.evidence.len(), 6);
}

#[test]
fn many_needed_libraries_and_symbols() {
    let mut elf = extension();
    for number in 0..50_000 {
        elf = elf
            .needs("libz.so.1")
            .needs(&format!("libm{}.so", number % 100))
            .import(&format!("symbol{number}"));
    }
    let elf = elf.import("inflate_table").build();
    let finding = &inspect_wheel(&wheel(NAME, &[(SUFFIX, &elf)]), NAME)
        .unwrap()
        .diagnostics[0];
    assert_eq!(finding.code.as_str(), "WR0603");
    assert_eq!(finding.evidence.len(), 5);
}

#[test]
fn many_versions() {
    let mut elf = extension();
    for number in 0..20_000 {
        elf = elf.versioned("libc.so.6", "open", &format!("GLIBC_9.{number}"));
    }
    let elf = elf.build();
    let inspection = inspect_wheel(&wheel(NAME, &[(SUFFIX, &elf)]), NAME).unwrap();
    assert_eq!(inspection.diagnostics[0].code.as_str(), "WR0603");
    assert_eq!(inspection.facts.oldest_manylinux(), None);
}

#[test]
fn many_extensions() {
    let elf = extension().build();
    let mut files: Vec<(String, Vec<u8>)> = (0..5_000)
        .map(|number| {
            (
                format!("fast/m{number}.cpython-311-x86_64-linux-gnu.so"),
                elf.clone(),
            )
        })
        .collect();
    files.push((format!("fast/{SUFFIX}"), elf));
    let inspection = inspect_wheel(&pack(&files), NAME).unwrap();
    let finding = inspection
        .diagnostics
        .iter()
        .find(|finding| finding.code.as_str() == "WR0604")
        .unwrap();
    assert!(
        finding.message.ends_with("and 4999 others"),
        "{}",
        finding.message
    );
    assert_eq!(finding.evidence.len(), 5);
}
