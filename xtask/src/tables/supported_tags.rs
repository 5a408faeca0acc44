//! Which tags a Python accepts on a system, for the test that checks `anatomy`'s own list.
//!
//! pip relies on the package `packaging`.

use std::io;

use super::packages::{Scratch, version_of};

/// Prints `python NAME TAG…` with the tags for two platforms, which shows how they alternate, and `system TAG PLATFORM…`.
const PROGRAM: &str = r#"
from packaging import _manylinux, _musllinux, tags
two = ["android_17_x86", "android_16_x86"]
pythons = [("cp", (3, minor), "") for minor in (7, 8, 9, 11, 12, 13, 14, 15, 16)]
pythons += [("cp", (3, minor), "t") for minor in (13, 14, 15, 16)]
pythons += [("pp", (3, minor), "") for minor in (9, 10, 11)]
for implementation, version, flags in pythons:
    digits = "".join(map(str, version))
    dotted = ".".join(map(str, version))
    if implementation == "cp":
        name, interpreter = dotted + flags, "cp" + digits
        abi = f"cp{digits}{flags or ('m' if version < (3, 8) else '')}"
        found = list(tags.cpython_tags(version, [abi], two))
    else:
        name, interpreter = "pypy" + dotted, "pp3"
        found = list(tags.generic_tags("pp" + digits, [f"pypy{digits}_pp73"], two))
    found += tags.compatible_tags(version, interpreter, two)
    print("python", name, *found)

def linux(glibc, musl, machine):
    _manylinux._get_glibc_version = lambda: glibc
    _manylinux._have_compatible_abi = lambda *_: glibc != (-1, -1)
    _manylinux._is_compatible = lambda *_: True
    _musllinux._get_musl_version = lambda _: musl and _musllinux._MuslVersion(*musl)
    machines = {"armv8l": ["armv8l", "armv7l"]}.get(machine, [machine])
    found = list(_manylinux.platform_tags(machines)) if musl is None else []
    found += _musllinux.platform_tags(machines)
    return found + [f"linux_{machine}" for machine in machines]

for minor, machine in ((17, "x86_64"), (36, "x86_64"), (28, "aarch64"), (31, "i686"), (36, "armv8l"), (39, "riscv64")):
    print("system", f"manylinux_2_{minor}_{machine}", *linux((2, minor), None, machine))
for minor, machine in ((1, "x86_64"), (2, "aarch64")):
    print("system", f"musllinux_1_{minor}_{machine}", *linux((-1, -1), (1, minor), machine))
for version, machine in (((10, 9), "x86_64"), ((10, 16), "x86_64"), ((11, 0), "arm64"), ((14, 5), "x86_64"), ((26, 0), "arm64")):
    print("system", "macosx_%d_%d_%s" % (*version, machine), *tags.mac_platforms(version, machine))
for version, machine in (((12, 0), "arm64_iphoneos"), ((13, 4), "arm64_iphonesimulator")):
    print("system", "ios_%d_%d_%s" % (*version, machine), *tags.ios_platforms(version, machine))
for level, machine in ((21, "arm64_v8a"), (30, "x86_64")):
    print("system", f"android_{level}_{machine}", *tags.android_platforms(level, machine))
"#;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let wheel = scratch.wheel("packaging")?;
    let rows = scratch.python(&wheel, PROGRAM)?;
    Ok(format!(
        "# The tags that each Python takes for the platforms android_17_x86 and android_16_x86, and the platforms that each\n\
         # system takes, the best first.\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: packaging.tags of the Python package packaging (Apache-2.0 or BSD-2-Clause)\n\
         # version: packaging {}\n\
         {rows}",
        version_of(&wheel)
    ))
}
