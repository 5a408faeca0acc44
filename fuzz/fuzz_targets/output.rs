//! Any string as the output of a build, an import or a run. A first line `PyO3 0.30` sets the version in use.
#![no_main]

use anatomy::{OutputContext, explain_output};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let context = OutputContext::new().speaker("python");
    let context = match text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("PyO3 "))
    {
        Some(version) => context.pyo3(version),
        None => context,
    };
    let found = explain_output(&text, &context);
    serde_json::to_vec(&found).expect("what was found can be written down");
    let again = explain_output(&text, &context.after(&found));
    for finding in again {
        assert!(
            found.iter().all(|known| known.code != finding.code),
            "{} was known already",
            finding.code
        );
    }
});
