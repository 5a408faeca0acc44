//! The manylinux and musllinux policies: what a Linux wheel may require of the system (PEP 513, PEP 600, PEP 656).
//!
//! They come from the package `auditwheel`.

use std::io;

use super::packages::{Scratch, version_of};

/// Prints a policy's lines one after another: `policy`, `libraries`, `versions` by architecture and name, `forbidden`
/// symbols by library.
const PROGRAM: &str = r#"
import json, zipfile, sys
archive = zipfile.ZipFile(sys.argv[1])
for family in ("manylinux", "musllinux"):
    policies = json.loads(archive.read(f"auditwheel/policy/{family}-policy.json"))
    for policy in policies:
        if policy["name"] == "linux":
            continue
        print("policy", policy["name"], policy["priority"], *policy["aliases"])
        print("libraries", *sorted(policy["lib_whitelist"]))
        for architecture, names in sorted(policy["symbol_versions"].items()):
            print("architecture", architecture)
            for name, versions in sorted(names.items()):
                print("versions", name, *versions)
        for library, symbols in sorted(policy["blacklist"].items()):
            print("forbidden", library, *sorted(symbols))
"#;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let wheel = scratch.wheel("auditwheel")?;
    let rows = scratch.python(&wheel, PROGRAM)?;
    Ok(format!(
        "# What a Linux wheel may ask of the system, by policy; `versions` lines belong to the architecture above them.\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: auditwheel/policy/*.json of the Python package auditwheel (MIT)\n\
         # version: auditwheel {}\n\
         {rows}",
        version_of(&wheel)
    ))
}
