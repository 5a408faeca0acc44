//! Which symbols need which glibc version, and what would make the binary load with an older one.
//!
//! There are two reasons why a symbol may need a new version. Either the function existed before, and got a new version
//! when its behaviour or its library changed: linked against an older glibc, the same code needs the older version. Or
//! the function is new, and then something has to stop using it: the compiler's headers, a library that's linked in, or
//! the code itself.

use serde::Serialize;

use crate::facts::{Architecture, Image, Version, VersionNeed};

/// The glibc symbols that exist in several versions, by name.
const TABLE: &str = include_str!("../../data/glibc_symbols.txt");

/// What determines the oldest glibc that a binary loads with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlibcFloor {
    /// The oldest glibc it loads with.
    pub floor: Version,
    /// What needs which version: newest first, without duplicates.
    pub needs: Vec<GlibcNeed>,
    /// What the minimum would be if the same code were linked against an old glibc: only new functions would remain.
    pub relinked: Option<Version>,
}

/// What needs a glibc version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GlibcNeed {
    /// The version.
    pub version: Version,
    /// The symbols, sorted.
    pub symbols: Vec<NeededSymbol>,
}

/// A symbol that needs a glibc version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NeededSymbol {
    /// Its name; the version's name if no symbol has the version.
    pub name: String,
    /// Whether the code can cope without it. When linked against a glibc that has it, the version is needed anyway.
    pub weak: bool,
    /// Why it needs this version.
    #[serde(flatten)]
    pub cause: Cause,
}

/// Why a symbol needs a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum Cause {
    /// The function is older: linked against an older glibc, the same code would need the version below.
    Relink {
        /// The oldest version of the function.
        older: Version,
    },
    /// The headers or the toolchain chose the symbol; older ones choose a different one.
    ToolChain {
        /// What chose it, and what to do.
        advice: &'static str,
        /// The version that the code would then need.
        older: Version,
    },
    /// The function is new in this version.
    New,
    /// This was glibc's version when it was ported to the architecture, so there's no older one.
    First,
}

impl Cause {
    fn older(&self) -> Option<&Version> {
        match self {
            Self::Relink { older } | Self::ToolChain { older, .. } => Some(older),
            Self::New | Self::First => None,
        }
    }
}

/// What determines the oldest glibc that the binary loads with; `None` if it doesn't need glibc.
pub fn glibc_floor(image: &Image) -> Option<GlibcFloor> {
    let floor = image.newest_glibc()?;
    let base = base(image.architecture);
    let mut needs: Vec<GlibcNeed> = Vec::new();
    // Optional versions don't count, and other libraries use the same version names.
    let asked = |library: Option<&str>, version: &str| {
        image
            .version_needs
            .iter()
            .filter(|need| !need.weak && need.version == version)
            .filter(|need| library.is_none_or(|library| library == need.library))
            .find_map(VersionNeed::glibc)
    };
    let mut add = |version: Version, symbol: NeededSymbol| match needs
        .iter_mut()
        .find(|need| need.version == version)
    {
        Some(need) => need.symbols.push(symbol),
        None => needs.push(GlibcNeed {
            version,
            symbols: vec![symbol],
        }),
    };
    for import in &image.imports {
        let version = import.version.as_deref();
        let version = version.and_then(|version| asked(import.library.as_deref(), version));
        if let Some(version) = version {
            let symbol = NeededSymbol {
                name: import.name.clone(),
                weak: import.weak,
                cause: cause(&import.name, &version, &base),
            };
            add(version, symbol);
        }
    }
    // A version may be needed although no symbol has it.
    for need in &image.version_needs {
        let is_carried = image
            .imports
            .iter()
            .any(|import| import.version.as_ref() == Some(&need.version));
        if !is_carried
            && !need.weak
            && let Some(version) = need.glibc()
        {
            let symbol = NeededSymbol {
                name: need.version.clone(),
                weak: false,
                cause: cause(&need.version, &version, &base),
            };
            add(version, symbol);
        }
    }
    for need in &mut needs {
        need.symbols.sort_by(|one, other| one.name.cmp(&other.name));
        need.symbols.dedup();
    }
    needs.sort_by(|one, other| other.version.cmp(&one.version));
    let relinked = needs
        .iter()
        .flat_map(|need| {
            // An optional symbol has no version if the linker doesn't find it.
            need.symbols
                .iter()
                .filter(|symbol| !symbol.weak)
                .map(|symbol| symbol.cause.older().unwrap_or(&need.version))
        })
        .max()
        .cloned();
    Some(GlibcFloor {
        relinked: relinked.filter(|relinked| *relinked < floor),
        floor,
        needs,
    })
}

/// glibc's version when it was ported to an architecture: nothing is older there.
fn base(architecture: Architecture) -> Version {
    let [major, minor, patch] = match architecture {
        Architecture::X86_64 => [2, 2, 5],
        Architecture::Arm => [2, 4, 0],
        Architecture::S390x => [2, 2, 0],
        Architecture::Powerpc64 => [2, 3, 0],
        Architecture::Aarch64 | Architecture::Powerpc64Le => [2, 17, 0],
        Architecture::Riscv64 => [2, 27, 0],
        Architecture::Loongarch64 => [2, 36, 0],
        _ => [2, 0, 0],
    };
    Version::of([major, minor, patch])
}

fn cause(symbol: &str, version: &Version, base: &Version) -> Cause {
    if let Some((advice, older)) = chosen_by_tools(symbol) {
        let older = Version::of(older).max(base.clone());
        if older < *version {
            return Cause::ToolChain { advice, older };
        }
    }
    let older = oldest(symbol).map(|oldest| oldest.max(base.clone()));
    match older {
        Some(older) if older < *version => Cause::Relink { older },
        _ if version <= base => Cause::First,
        _ => Cause::New,
    }
}

/// The oldest version of a symbol with several versions.
fn oldest(symbol: &str) -> Option<Version> {
    TABLE
        .lines()
        .filter(|line| !line.starts_with('#'))
        .find_map(|line| {
            let (name, version) = line.split_once(' ')?;
            (name == symbol).then(|| Version::parse(version))?
        })
}

/// Symbols that sources don't name because the headers or the toolchain add them. With advice, and the version that
/// older ones would need.
fn chosen_by_tools(symbol: &str) -> Option<(&'static str, [u32; 3])> {
    const STAT: [&str; 10] = [
        "stat",
        "stat64",
        "fstat",
        "fstat64",
        "lstat",
        "lstat64",
        "fstatat",
        "fstatat64",
        "mknod",
        "mknodat",
    ];
    if STAT.contains(&symbol) {
        return Some((
            "the headers of glibc 2.33 and later call this; older ones call `__xstat` and the like",
            [2, 2, 5],
        ));
    }
    if symbol.starts_with("__isoc23_") {
        return Some((
            "the headers of glibc 2.38 and later rename it for C23; build C code against older headers, or with `-std=c17` and without `_GNU_SOURCE`",
            [2, 2, 5],
        ));
    }
    Some(match symbol {
        "fcntl64" => (
            "the headers of glibc 2.28 and later rename `fcntl`; build against older ones",
            [2, 2, 5],
        ),
        "_dl_find_object" => (
            "the unwinder of GCC 12 and later, linked in statically; link `libgcc_s.so.1` dynamically, or use an older GCC",
            [2, 2, 5],
        ),
        "__libc_single_threaded" => (
            "libstdc++ of GCC 11 and later, or its headers; use an older toolchain, or link `libstdc++` dynamically",
            [2, 2, 5],
        ),
        "GLIBC_ABI_DT_RELR" => (
            "the linker packed relocations; drop `-z pack-relative-relocs`",
            [2, 2, 5],
        ),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        Version::parse(text).unwrap()
    }

    #[test]
    fn the_table_is_sorted_and_every_row_is_read() {
        let rows: Vec<&str> = TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .collect();
        assert!(rows.len() > 100);
        assert!(rows.is_sorted());
        for row in rows {
            let (name, _) = row.split_once(' ').unwrap();
            assert!(oldest(name).is_some(), "{row}");
        }
    }

    #[test]
    fn old_functions_need_a_relink_and_new_ones_a_change() {
        let why = |symbol: &str, needed: &str| {
            cause(symbol, &version(needed), &base(Architecture::X86_64))
        };
        let relink = |older: &str| Cause::Relink {
            older: version(older),
        };
        assert_eq!(why("pthread_create", "2.34"), relink("2.2.5"));
        assert_eq!(why("memcpy", "2.14"), relink("2.2.5"));
        assert_eq!(why("malloc", "2.2.5"), Cause::First);
        assert_eq!(why("getrandom", "2.25"), Cause::New);
        assert_eq!(why("strlcpy", "2.38"), Cause::New);
        assert!(matches!(why("fcntl64", "2.28"), Cause::ToolChain { .. }));
        assert!(matches!(
            why("__isoc23_strtol", "2.38"),
            Cause::ToolChain { .. }
        ));
    }

    #[test]
    fn no_version_is_older_than_the_port_to_an_architecture() {
        let base = base(Architecture::Aarch64);
        assert_eq!(
            cause("pthread_create", &version("2.34"), &base),
            Cause::Relink {
                older: version("2.17")
            }
        );
        assert_eq!(cause("memcpy", &version("2.17"), &base), Cause::First);
    }
}
