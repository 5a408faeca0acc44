//! The wheel's `manylinux` or `musllinux` tag promises more than the wheel delivers.
//!
//! A tag such as `manylinux_2_17_x86_64` promises that the wheel works on every Linux with glibc 2.17 or later, and
//! only needs the few libraries that all of them have. pip trusts it. Here a binary in the wheel needs newer symbols,
//! or a library that's neither in the wheel nor on every system:
//!
//! ```text
//! ImportError: /lib/x86_64-linux-gnu/libc.so.6: version `GLIBC_2.38' not found (required by …)
//! ```
//!
//! An extension built for the other C library breaks every promise the tag makes: `manylinux` is for the GNU C library,
//! `musllinux` for musl. Programs in the wheel are judged like libraries.
//!
//! ## Example
//!
//! A wheel was built on Ubuntu 24.04 and tagged `manylinux2014` with `--skip-auditwheel`.
//!
//! ## What to do
//!
//! Build in the image for the promised policy (`pypa/manylinux2014_x86_64`), or with
//! `maturin build --zig --compatibility manylinux2014`; then let `auditwheel repair` bundle libraries and write the
//! tag. Or give the wheel a truthful tag.
//!
//! ## Where it is specified
//!
//! [PEP 600](https://peps.python.org/pep-0600/), [PEP 656](https://peps.python.org/pep-0656/); the lists of symbols and
//! libraries come from auditwheel's policies.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;

use diagnostic::{Diagnostic, Evidence, Rule, Severity};

use super::{misfits, platform_mismatch, platforms};
use crate::facts::{Format, Image, Library, Platform as System, Version};
use crate::wheel::policies::{policies, policy};
use crate::wheel::{Platform, Policy, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0603",
    "wheel-policy-unmet",
    include_str!("policy_unmet.rs"),
);

/// The finding lists at most this many violations.
const SHOWN: usize = 5;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let bundled = bundled(facts);
    let (tag, platform, breaches) = platforms(facts).find_map(|(tag, platform)| {
        let breaches = breaches(facts, platform, &bundled);
        (!breaches.is_empty()).then_some((tag, platform, breaches))
    })?;
    let first = breaches.first()?;
    let claim = claim(tag, platform);
    let others = match breaches.len() - 1 {
        0 => String::new(),
        1 => ", and 1 more requirement like this".to_owned(),
        rest => format!(", and {rest} more requirements like this"),
    };
    let finding = RULE
        .finding(format!(
            "the wheel is tagged {claim}, but `{}` {}{others}",
            first.path, first.what
        ))
        .severity(Severity::Warning);
    let finding = breaches.iter().take(SHOWN).fold(finding, |finding, one| {
        finding.because(Evidence::mismatch(&one.path, tag, one.what.to_string()))
    });
    Some(finding.hint("build in the image for that policy and let `auditwheel repair` write the tag, or use a truthful \
                       tag"))
}

/// The tag as written and, if it's one of the legacy names, what it stands for.
fn claim(tag: &str, platform: Platform<'_>) -> String {
    let plain = match platform {
        Platform::Manylinux(major, minor, architecture) => {
            format!("manylinux_{major}_{minor}_{architecture}")
        }
        _ => tag.to_owned(),
    };
    if plain == tag {
        format!("`{tag}`")
    } else {
        format!("`{tag}` (a legacy name for `{plain}`)")
    }
}

/// The oldest policy of a family that every binary complies with.
pub(crate) fn oldest_kept(facts: &WheelFacts, family: &str) -> Option<&'static str> {
    let architecture = platforms(facts).find_map(|(_, platform)| match platform {
        Platform::Manylinux(_, _, name)
        | Platform::Musllinux(_, _, name)
        | Platform::Linux(name) => Some(name),
        _ => None,
    })?;
    let bundled = bundled(facts);
    policies()
        .iter()
        .filter(|policy| policy.versions.contains_key(architecture))
        .find(|policy| {
            let platform = format!("{}_{architecture}", policy.name);
            policy.name.starts_with(family)
                && breaches(facts, Platform::parse(&platform), &bundled).is_empty()
        })
        .map(|policy| policy.name)
}

/// The names of the libraries in the wheel.
fn bundled(facts: &WheelFacts) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for binary in facts.binaries() {
        names.extend(binary.path.rsplit('/').next().map(str::to_owned));
        names.extend(
            binary
                .facts
                .images
                .iter()
                .filter_map(|image| image.own_name.clone()),
        );
    }
    names
}

/// A promise that a binary breaks.
struct PolicyViolation {
    path: String,
    what: Unkept,
}

/// How a binary contradicts the tag.
enum Unkept {
    /// It needs more from the system than the policy allows.
    Needs(String),
    /// It's linked for another C library, with everything that follows.
    OtherLibc(&'static str),
}

impl fmt::Display for Unkept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Needs(what) => write!(f, "needs {what}"),
            Self::OtherLibc(name) => write!(f, "was built for {name}"),
        }
    }
}

fn breaches(
    facts: &WheelFacts,
    platform: Platform<'_>,
    bundled: &BTreeSet<String>,
) -> Vec<PolicyViolation> {
    let (family, major, minor, architecture) = match platform {
        Platform::Manylinux(major, minor, architecture) => {
            ("manylinux", major, minor, architecture)
        }
        Platform::Musllinux(major, minor, architecture) => {
            ("musllinux", major, minor, architecture)
        }
        _ => return Vec::new(),
    };
    let promise = Promise {
        family,
        version: (major, minor),
        architecture,
        policy: policy(family, major, minor),
    };
    let wanted = platform.architectures();
    // Helpers for other processors aren't loaded there, and another rule reports binaries for another system.
    let is_meant = |binary: &&WheelExtension| {
        binary.facts.format == Format::Elf
            && platform_mismatch::fits(platform, binary)
            && binary
                .facts
                .architectures()
                .all(|one| wanted.contains(&one))
    };
    let is_right =
        |binary: &WheelExtension| !is_meant(&binary) || !is_for_other_libc(platform, binary);
    let foreign: Vec<PolicyViolation> = misfits(facts, is_right)
        .into_iter()
        .filter_map(|binary| other_libc(platform, binary))
        .collect();
    // With another C library, everything else follows.
    if !foreign.is_empty() {
        return foreign;
    }
    let images = facts
        .binaries()
        .filter(is_meant)
        .flat_map(|binary| binary.facts.images.iter().map(move |image| (binary, image)));
    images
        .flat_map(|(binary, image)| {
            let what = promise.breaches(image, bundled).into_iter();
            what.map(move |what| PolicyViolation {
                path: binary.path.clone(),
                what: Unkept::Needs(what),
            })
        })
        .collect()
}

/// Whether a binary is linked for the other family's C library.
pub(super) fn is_for_other_libc(platform: Platform<'_>, extension: &WheelExtension) -> bool {
    other_libc(platform, extension).is_some()
}

/// The evidence for that.
fn other_libc(platform: Platform<'_>, extension: &WheelExtension) -> Option<PolicyViolation> {
    let (system, library, name) = match platform {
        Platform::Musllinux(..) => (System::LinuxGnu, "libc.so.6", "the GNU C library"),
        Platform::Manylinux(..) => (System::LinuxMusl, "libc.musl-", "musl"),
        _ => return None,
    };
    let is_linked = |image: &Image| {
        image.platform == system
            && image
                .libraries
                .iter()
                .any(|one| one.file_name().starts_with(library))
    };
    let images = &extension.facts.images;
    images.iter().any(is_linked).then(|| PolicyViolation {
        path: extension.path.clone(),
        what: Unkept::OtherLibc(name),
    })
}

/// The first musl release with 64-bit times everywhere.
const WIDE_TIME: (u32, u32) = (1, 2);

/// What a tag promises.
struct Promise<'tag> {
    family: &'tag str,
    version: (u32, u32),
    architecture: &'tag str,
    /// The policy for that version, or the next newer one in the table, which promises at least as much.
    policy: Option<&'static Policy>,
}

impl Promise<'_> {
    fn breaches(&self, image: &Image, bundled: &BTreeSet<String>) -> Vec<String> {
        let versions = self
            .policy
            .and_then(|policy| policy.versions.get(self.architecture));
        let mut found: Vec<String> = versions
            .into_iter()
            .flat_map(|versions| newer_versions(image, versions, bundled))
            .collect();
        // A version that isn't in the table is judged by its number.
        let newer = self
            .newer_glibc(image)
            .map(|glibc| format!("GLIBC_{glibc}"));
        found.extend(newer.filter(|_| found.is_empty()));
        if let Some(policy) = self.policy {
            self.add_libraries(image, policy, bundled, &mut found);
        }
        found.extend(self.wide_time(image));
        found
    }

    /// A musl 1.2 function that older versions don't have. On 32-bit processors that release made times 64 bits wide,
    /// and gave the functions that take one new names (`__stat_time64`, `__clock_gettime64`). musl's symbols have no
    /// versions to go by.
    fn wide_time(&self, image: &Image) -> Option<String> {
        let is_older = self.family == "musllinux" && self.version < WIDE_TIME;
        let name = image
            .imports
            .iter()
            .filter(|import| is_older && image.pointer_width == 32 && !import.weak)
            .map(|import| import.name.as_str())
            .find(|name| name.starts_with("__") && name.contains("time64"))?;
        Some(format!("`{name}`, which was added in musl 1.2"))
    }

    /// The glibc version that the image needs, if the promised version isn't in the table and is older.
    fn newer_glibc(&self, image: &Image) -> Option<Version> {
        let (major, minor) = self.version;
        let is_known = self
            .policy
            .is_some_and(|policy| policy.version(self.family) == Some(self.version));
        let promised = Version::parse(&format!("{major}.{minor}"))?;
        image
            .newest_glibc()
            .filter(|needed| self.family == "manylinux" && !is_known && *needed > promised)
    }

    fn add_libraries(
        &self,
        image: &Image,
        policy: &Policy,
        bundled: &BTreeSet<String>,
        found: &mut Vec<String>,
    ) {
        // A damaged or dishonest file may name one library thousands of times.
        let mut known = HashSet::new();
        let libraries: Vec<&Library> = image
            .libraries
            .iter()
            .filter(|library| known.insert(library.name.as_str()))
            .filter(|library| !bundled.contains(library.file_name()))
            .collect();
        let is_foreign = |library: &&&Library| {
            let name = library.file_name();
            let is_served = self.family == "musllinux" && is_musl(name);
            !is_served
                && !is_loader(name)
                && !library.is_libpython()
                && !policy.libraries.contains(name)
        };
        found.extend(
            libraries
                .iter()
                .filter(is_foreign)
                .map(|library| format!("the library `{}`", library.name)),
        );
        for library in libraries {
            let Some(forbidden) = policy.forbidden.get(library.name.as_str()) else {
                continue;
            };
            let used = image
                .imports
                .iter()
                .find(|import| !import.weak && forbidden.contains(import.name.as_str()));
            found.extend(used.map(|import| format!("`{}` of `{}`", import.name, library.name)));
        }
    }
}

/// The symbol versions of system libraries that are needed but not promised, without duplicates.
fn newer_versions(
    image: &Image,
    promised: &BTreeMap<&str, BTreeSet<&str>>,
    bundled: &BTreeSet<String>,
) -> impl Iterator<Item = String> {
    let mut known = HashSet::new();
    image
        .version_needs
        .iter()
        // A library in the wheel has its own versions.
        .filter(|need| !is_loader(&need.library) && !bundled.contains(&need.library))
        .filter(|need| {
            need.version.split_once('_').is_some_and(|(name, version)| {
                promised
                    .get(name)
                    .is_some_and(|versions| !versions.contains(version))
            })
        })
        .filter(move |need| known.insert(need.version.as_str()))
        .map(|need| need.version.clone())
}

/// The names that musl's loader, which is also the C library, resolves to itself (`load_library` in musl's
/// `ldso/dynlink.c`), with any version after them.
fn is_musl(library: &str) -> bool {
    [
        "libc.",
        "libpthread.",
        "librt.",
        "libm.",
        "libdl.",
        "libutil.",
        "libxnet.",
    ]
    .iter()
    .any(|name| library.starts_with(name))
}

/// Every system has the loader itself.
fn is_loader(library: &str) -> bool {
    library.contains("ld-linux")
        || matches!(library, "ld64.so.1" | "ld64.so.2")
        || library.starts_with("ld-musl-")
}
