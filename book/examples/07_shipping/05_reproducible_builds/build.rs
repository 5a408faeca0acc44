//! Tells the library who sells it.

use std::env;

fn main() {
    let seller = env::var("POSTMARK_SELLER").unwrap_or_else(|_| "nobody".to_owned());
    println!("cargo::rustc-env=SELLER={seller}");
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=POSTMARK_SELLER");
}
