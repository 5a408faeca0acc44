//! Any bytes as a wheel file: the zip reader, and everything behind it.
#![no_main]

use anatomy::wheel::inspect_wheel;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(found) = inspect_wheel(data, "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl") {
        let _ = found.facts.oldest_manylinux();
        serde_json::to_vec(&found).expect("what was found can be written down");
    }
});
