//! An extension needs a library that's neither in the wheel nor part of the system.
//!
//! Wheels for Windows and macOS include every library that their extensions need, apart from those of the system, of
//! Python and, on Windows, of the Visual C++ runtime. An extension that needs another library can be imported on the
//! machine that built it, and on few others:
//!
//! ```text
//! ImportError: DLL load failed while importing fast: The specified module could not be found.
//! ImportError: dlopen(…/fast.abi3.so, 0x0002): Library not loaded: /opt/homebrew/opt/libpq/lib/libpq.5.dylib
//! ```
//!
//! Libraries needed by a bundled library count too. A library may also come from another distribution that this wheel
//! requires, the way extensions for `torch` get theirs; if the wheel has such requirements, this is only advice. For
//! Linux, the `manylinux` and `musllinux` policies define which libraries every system has.
//!
//! ## Example
//!
//! The extension was linked with `libpq` from Homebrew, and the wheel wasn't repaired.
//!
//! ## What to do
//!
//! Let `delvewheel repair` (Windows) or `delocate-wheel` (macOS) bundle the missing library, or link it statically.
//!
//! ## Where it is specified
//!
//! The documentation of [delvewheel](https://github.com/adang1345/delvewheel) and of
//! [delocate](https://github.com/matthew-brett/delocate); Microsoft's documentation under
//! [Dynamic-link library search order](https://learn.microsoft.com/windows/win32/dlls/dynamic-link-library-search-order),
//! and the manual page `dyld(1)`.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};
use std::sync::LazyLock;

use diagnostic::{Diagnostic, Evidence, Rule, Severity, some};

use super::{others, platforms};
use crate::facts::{Format, Image, Library};
use crate::wheel::entry_names::is_script;
use crate::wheel::{Platform, WheelExtension, WheelFacts};

pub(crate) static RULE: Rule = Rule::new(
    "WR0617",
    "wheel-library-missing",
    include_str!("library_missing.rs"),
);

/// The finding lists at most this many libraries.
const SHOWN: usize = 5;

static OF_WINDOWS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../../data/windows_libraries.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .collect()
});

/// Prefixes of libraries that are part of Windows, or come with Python, the Visual C++ runtime or a driver.
const ON_WINDOWS: [&str; 18] = [
    "api-ms-win-",
    "ext-ms-",
    "vcruntime",
    "msvcp",
    "msvcr",
    "concrt",
    "vccorlib",
    "vcomp",
    "vcamp",
    "mfc",
    "atl",
    "libpypy",
    // GraalPy's own.
    "python-native.dll",
    "nvcuda",
    "nvml",
    "nvapi",
    "opencl.dll",
    "vulkan-1.dll",
];

/// Missing libraries, each with the files that need it.
type Missing<'facts> = BTreeMap<&'facts str, BTreeSet<&'facts str>>;

pub(super) fn check(facts: &WheelFacts) -> Option<Diagnostic> {
    let is_judged = |platform| matches!(platform, Platform::Windows(_) | Platform::MacOs(..));
    let is_for_these = platforms(facts).all(|(_, platform)| is_judged(platform));
    if !is_for_these {
        return None;
    }
    let missing = missing(facts);
    let (library, needed_by) = missing.first_key_value()?;
    let path = needed_by.first()?;
    let others = others(missing.len() - 1);
    let is_windows = platforms(facts).all(|(_, one)| matches!(one, Platform::Windows(_)));
    let system = if is_windows { "Windows" } else { "macOS" };
    let required: Vec<&str> = facts.metadata.always_required().collect();
    let finding = RULE.finding(format!(
        "`{path}` needs `{library}`, which is neither in the wheel nor part of {system}{others}"
    ));
    let finding = missing
        .iter()
        .take(SHOWN)
        .fold(finding, |finding, (library, needed_by)| {
            let paths: Vec<&str> = needed_by.iter().copied().collect();
            finding.because(Evidence::mismatch(
                *library,
                "a library in the wheel",
                format!("none; needed by {}", some(&paths, SHOWN)),
            ))
        });
    let tool = if is_windows {
        "delvewheel repair"
    } else {
        "delocate-wheel"
    };
    Some(if required.is_empty() {
        finding
            .severity(Severity::Warning)
            .hint(format!("let `{tool}` bundle it, or link it statically"))
    } else {
        finding.severity(Severity::Advice).hint(format!(
            "let `{tool}` bundle it, unless one of the wheel's requirements provides it: {}",
            some(&required, SHOWN)
        ))
    })
}

/// The libraries that loaded files need and that nothing provides.
fn missing(facts: &WheelFacts) -> Missing<'_> {
    let everything = facts.binaries().chain(&facts.other_binaries);
    let mut bundled: HashMap<String, Vec<&WheelExtension>> = HashMap::new();
    for binary in everything {
        let own = binary.facts.images.iter();
        let own = own.filter_map(|image| image.own_name.as_deref());
        for name in own.chain([binary.path.as_str()]) {
            let of_name = bundled.entry(file_name(name)).or_default();
            of_name.push(binary);
        }
    }
    let scripts = facts.libraries.iter().filter(|one| is_script(&one.path));
    let mut next: VecDeque<&WheelExtension> = facts.extensions.iter().chain(scripts).collect();
    let mut seen: HashSet<&str> = next.iter().map(|one| one.path.as_str()).collect();
    let mut missing = Missing::new();
    while let Some(binary) = next.pop_front() {
        for image in &binary.facts.images {
            for library in &image.libraries {
                let found = bundled.get(&file_name(&library.name));
                if is_missing(image, library, found.map(Vec::as_slice).unwrap_or_default()) {
                    let needed_by = missing.entry(library.name.as_str()).or_default();
                    needed_by.insert(binary.path.as_str());
                }
                for one in found.into_iter().flatten() {
                    if seen.insert(&one.path) {
                        next.push_back(one);
                    }
                }
            }
        }
    }
    missing
}

fn is_missing(image: &Image, library: &Library, bundled: &[&WheelExtension]) -> bool {
    if library.optional || library.is_libpython() {
        return false;
    }
    match image.format {
        Format::Pe => bundled.is_empty() && !is_on_windows(&file_name(&library.name)),
        Format::MachO => {
            // An absolute path, which nothing in the wheel matches unless a bundled library has it as its own name.
            let is_absolute = library.name.starts_with('/');
            let is_called_so = || {
                let images = bundled.iter().flat_map(|one| &one.facts.images);
                let mut names = images.filter_map(|image| image.own_name.as_deref());
                names.any(|name| name == library.name)
            };
            !is_on_macos(&library.name)
                && if is_absolute {
                    !is_called_so()
                } else {
                    bundled.is_empty()
                }
        }
        _ => false,
    }
}

/// Takes a lower-case name.
fn is_on_windows(name: &str) -> bool {
    OF_WINDOWS.contains(name) || ON_WINDOWS.iter().any(|start| name.starts_with(start))
}

fn is_on_macos(name: &str) -> bool {
    name.starts_with("/usr/lib/")
        || name.starts_with("/System/")
        // Swift's libraries are part of macOS, and found there even if the path says otherwise.
        || file_name(name).starts_with("libswift")
}

/// The last part of a name, in lower case: neither system is case-sensitive by default.
fn file_name(name: &str) -> String {
    name.rsplit(['/', '\\'])
        .next()
        .unwrap_or(name)
        .to_ascii_lowercase()
}
