//! Which wheel of a release installers pick for each Python on each system, for the test that checks `anatomy`'s own
//! choice.
//!
//! pip ranks wheels by the position of their best tag in `packaging.tags`, and breaks ties by build number.

use std::io;

use super::packages::{Scratch, version_of};

/// The names of the wheels.
const NAMES: &str = include_str!("../../../crates/anatomy/tests/data/released_wheels.txt");

/// Prints `PROJECT SYSTEM PYTHON WHEEL`; a minus means that no wheel is picked.
const PROGRAM: &str = r#"
from packaging import _manylinux, _musllinux, tags
from packaging.utils import parse_wheel_filename

def linux(glibc, musl, machine):
    _manylinux._get_glibc_version = lambda: glibc
    _manylinux._have_compatible_abi = lambda *_: glibc != (-1, -1)
    _manylinux._is_compatible = lambda *_: True
    _musllinux._get_musl_version = lambda _: musl and _musllinux._MuslVersion(*musl)
    found = list(_manylinux.platform_tags([machine])) if musl is None else []
    return found + list(_musllinux.platform_tags([machine])) + [f"linux_{machine}"]

systems = {f"Linux {machine}": linux((2, 60), None, machine) for machine in ("x86_64", "aarch64", "i686", "armv7l", "riscv64")}
systems.update({f"musl {machine}": linux((-1, -1), (1, 9), machine) for machine in ("x86_64", "aarch64")})
systems.update({f"macOS {machine}": list(tags.mac_platforms((40, 0), machine)) for machine in ("arm64", "x86_64")})
systems.update({"Windows x86": ["win32"], "Windows x86_64": ["win_amd64"], "Windows arm64": ["win_arm64"]})
pythons = [("cp", (3, minor), "") for minor in range(9, 16)]
pythons += [("cp", (3, minor), "t") for minor in (13, 14, 15)]
pythons += [("pp", (3, minor), "") for minor in (10, 11, 12)]
projects = {}
for name in names.split("\n"):
    if name.endswith(".whl"):
        projects.setdefault(name.split("-")[0], []).append((name, *parse_wheel_filename(name)[2:]))
for system, platforms in systems.items():
    for implementation, version, flags in pythons:
        digits = "".join(map(str, version))
        dotted = ".".join(map(str, version))
        if implementation == "cp":
            python, interpreter = dotted + flags, "cp" + digits
            supported = list(tags.cpython_tags(version, [f"cp{digits}{flags}"], platforms))
        else:
            # Each PyPy has one of the two.
            python, interpreter = "pypy" + dotted, "pp3"
            abis = [f"pypy{digits}_pp73", f"pypy{digits}_pp80"]
            supported = list(tags.generic_tags("pp" + digits, abis, platforms))
        supported += tags.compatible_tags(version, interpreter, platforms)
        rank = {tag: place for place, tag in reversed(list(enumerate(supported)))}
        for project, wheels in projects.items():
            found = []
            for name, build, wheel_tags in wheels:
                places = [rank[tag] for tag in wheel_tags if tag in rank]
                if places:
                    found.append((-min(places), build, name))
            print(project, system.replace(" ", "_", 1), python, max(found)[2] if found else "-")
"#;

pub(super) fn table(scratch: &Scratch) -> io::Result<String> {
    let wheel = scratch.wheel("packaging")?;
    let rows = scratch.python(&wheel, &format!("names = '''{NAMES}'''\n{PROGRAM}"))?;
    Ok(format!(
        "# Which of the wheels in released_wheels.txt an installer takes: project, system, Python, wheel.\n\
         # Written by `cargo xtask tables`; do not edit.\n\
         # source: packaging.tags of the Python package packaging (Apache-2.0 or BSD-2-Clause)\n\
         # version: packaging {}\n\
         {rows}",
        version_of(&wheel)
    ))
}
