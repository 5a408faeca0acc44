//! Any bytes as a binary: the readers of ELF, Mach-O, PE, COFF, WebAssembly and archives, and the rules for what they
//! find.
#![no_main]

use anatomy::python_api::OfferedSymbols;
use anatomy::{Expectation, PythonVersion, inspect, inspect_parts};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let expected = Expectation::new()
        .file_name("fast.abi3.so")
        .stable_abi(PythonVersion::new(3, 9))
        .offered(OfferedSymbols::from_iter(["PyList_New"]));
    let found = inspect(data, &expected);
    assert_eq!(
        found,
        inspect(data, &expected),
        "the same bytes, another answer"
    );
    if let Ok(found) = &found {
        serde_json::to_vec(found).expect("what was found can be written down");
    }
    let part = |start: u64, part: &mut [u8]| {
        let start = usize::try_from(start).ok()?;
        part.copy_from_slice(data.get(start..start.checked_add(part.len())?)?);
        Some(())
    };
    if let Some(by_parts) = inspect_parts(data.len() as u64, &expected, part) {
        assert_eq!(by_parts, found, "read by parts, another answer");
    }
});
