//! Tells the library when it was built.

use std::env;
use std::time::{SystemTime, UNIX_EPOCH};

fn main() {
    let seconds = env::var("SOURCE_DATE_EPOCH").unwrap_or_else(|_| now().to_string());
    println!("cargo::rustc-env=BUILT_AT={seconds}");
    println!("cargo::rerun-if-changed=build.rs");
}

fn now() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    since.expect("this is after 1970").as_secs()
}
