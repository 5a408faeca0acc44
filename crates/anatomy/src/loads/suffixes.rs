//! The file names that a Python considers when it imports an extension.

use super::{Python, System};
use crate::python_api::FIRST_ABI3T;
use crate::target::{Implementation, PythonVersion};

/// The first Python that also considers `.abi3-x86_64-linux-gnu.so`.
const FIRST_WITH_PLATFORM_IN_ABI3: PythonVersion = PythonVersion::new(3, 14);

/// Before this one, Python gave musl systems the same name as glibc systems.
const FIRST_TO_NAME_MUSL: PythonVersion = PythonVersion::new(3, 11);

/// The suffixes that a Python looks for, as `importlib.machinery.EXTENSION_SUFFIXES` lists them (PEP 3149, PEP 384, PEP
/// 703, PEP 803); `None` for systems whose list isn't known here.
pub(super) fn suffixes(python: Python, system: &System) -> Option<Vec<String>> {
    let (ending, platforms) = match system {
        System::Glibc { architecture, .. } => ("so", vec![linux(architecture, "gnu")?]),
        System::Musl { architecture, .. } => {
            let mut platforms = vec![linux(architecture, "musl")?];
            if python.version < FIRST_TO_NAME_MUSL {
                platforms.push(linux(architecture, "gnu")?);
            }
            ("so", platforms)
        }
        System::MacOs { .. } => ("so", vec!["darwin".to_owned()]),
        System::Windows(tag) => ("pyd", vec![tag.clone()]),
        System::Android { .. } | System::Ios { .. } | System::Other(_) => return None,
    };
    let version = python.version;
    let digits = format!("{}{}", version.major, version.minor);
    let flags = if python.is_free_threaded() {
        "t"
    } else if version <= PythonVersion::new(3, 7) && ending == "so" {
        "m"
    } else {
        ""
    };
    let versioned = |platform: &String| match python.implementation {
        Implementation::CPython if ending == "pyd" => format!(".cp{digits}{flags}-{platform}.pyd"),
        Implementation::CPython => format!(".cpython-{digits}{flags}-{platform}.so"),
        _ => format!(".pypy{digits}-pp73-{platform}.{ending}"),
    };
    let mut found: Vec<String> = platforms.iter().map(versioned).collect();
    if python.implementation != Implementation::CPython {
        return (python.implementation == Implementation::PyPy).then_some(found);
    }
    // Windows has no suffix for the stable ABI.
    if ending == "so" {
        let both = version >= FIRST_ABI3T;
        let abis = [("abi3", !python.is_free_threaded()), ("abi3t", both)];
        for (abi, _) in abis.iter().filter(|(_, is_taken)| *is_taken) {
            found.push(format!(".{abi}.so"));
            if version >= FIRST_WITH_PLATFORM_IN_ABI3 && !matches!(system, System::MacOs { .. }) {
                found.extend(platforms.iter().map(|one| format!(".{abi}-{one}.so")));
            }
        }
    }
    found.push(format!(".{ending}"));
    Some(found)
}

/// A Linux system's name in suffixes (its multiarch tuple), from an architecture in platform tags.
fn linux(architecture: &str, library: &str) -> Option<String> {
    let processor = match architecture {
        "i686" => "i386",
        "armv7l" | "armv8l" => return Some(format!("arm-linux-{library}eabihf")),
        "ppc64le" => "powerpc64le",
        "ppc64" => "powerpc64",
        "x86_64" | "aarch64" | "s390x" | "riscv64" | "loongarch64" => architecture,
        _ => return None,
    };
    Some(format!("{processor}-linux-{library}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(python: &str, system: &str) -> Vec<String> {
        suffixes(python.parse().unwrap(), &system.parse().unwrap()).unwrap()
    }

    /// As these interpreters list them, except that 3.15 puts those with a platform first.
    #[test]
    fn suffixes_match_real_pythons() {
        let linux = "manylinux_2_36_x86_64";
        assert_eq!(
            of("3.7", linux),
            [".cpython-37m-x86_64-linux-gnu.so", ".abi3.so", ".so"]
        );
        assert_eq!(
            of("3.12", linux),
            [".cpython-312-x86_64-linux-gnu.so", ".abi3.so", ".so"]
        );
        assert_eq!(
            of("3.15", linux),
            [
                ".cpython-315-x86_64-linux-gnu.so",
                ".abi3.so",
                ".abi3-x86_64-linux-gnu.so",
                ".abi3t.so",
                ".abi3t-x86_64-linux-gnu.so",
                ".so"
            ]
        );
        assert_eq!(of("3.13t", "win_amd64"), [".cp313t-win_amd64.pyd", ".pyd"]);
        assert_eq!(
            of("3.13t", "macosx_14_0_arm64"),
            [".cpython-313t-darwin.so", ".so"]
        );
        assert_eq!(
            of("3.12", "musllinux_1_2_aarch64"),
            [".cpython-312-aarch64-linux-musl.so", ".abi3.so", ".so"]
        );
        assert_eq!(of("pypy3.11", linux), [".pypy311-pp73-x86_64-linux-gnu.so"]);
    }
}
