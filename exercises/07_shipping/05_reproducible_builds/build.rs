//! Tells the library when it was built.

use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    // TODO: this is a different number for each build. If SOURCE_DATE_EPOCH is set, that's the number to take. And cargo
    // has to run this script again when the variable changes.
    let seconds = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .expect("this is after 1970")
        .as_secs();
    println!("cargo::rustc-env=BUILT_AT={seconds}");
    println!("cargo::rerun-if-changed=build.rs");
}
