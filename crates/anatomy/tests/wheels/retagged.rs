//! Wheels for one Python, ABI and platform that are tagged for another: each wrong tag is reported, and no right one
//! is.

use super::*;
use binaries::{Wasm, with_command};

/// The main file of a wheel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Manylinux,
    ManylinuxArm,
    Musllinux,
    MacOs,
    Windows,
    Windows32,
    Android,
    IosDevice,
    IosSimulator,
    Emscripten,
}

const ALL: [What; 10] = [
    What::Manylinux,
    What::ManylinuxArm,
    What::Musllinux,
    What::MacOs,
    What::Windows,
    What::Windows32,
    What::Android,
    What::IosDevice,
    What::IosSimulator,
    What::Emscripten,
];

impl What {
    fn tag(self) -> &'static str {
        match self {
            Self::Manylinux => "manylinux_2_17_x86_64",
            Self::ManylinuxArm => "manylinux_2_17_aarch64",
            Self::Musllinux => "musllinux_1_2_x86_64",
            Self::MacOs => "macosx_11_0_arm64",
            Self::Windows => "win_amd64",
            Self::Windows32 => "win32",
            Self::Android => "android_21_arm64_v8a",
            Self::IosDevice => "ios_13_0_arm64_iphoneos",
            Self::IosSimulator => "ios_13_0_arm64_iphonesimulator",
            Self::Emscripten => "pyemscripten_2026_0_wasm32",
        }
    }

    /// The system part of an extension's suffix.
    fn system(self) -> &'static str {
        match self {
            Self::Manylinux => "x86_64-linux-gnu",
            Self::ManylinuxArm => "aarch64-linux-gnu",
            Self::Musllinux => "x86_64-linux-musl",
            Self::MacOs => "darwin",
            Self::Windows => "win_amd64",
            Self::Windows32 => "win32",
            Self::Android => "aarch64-linux-android",
            Self::IosDevice => "iphoneos",
            Self::IosSimulator => "iphonesimulator",
            Self::Emscripten => "wasm32-emscripten",
        }
    }

    fn is_windows(self) -> bool {
        matches!(self, Self::Windows | Self::Windows32)
    }

    fn extension(self, symbol: &str) -> Vec<u8> {
        self.extension_for("", symbol)
    }

    /// On Windows it's linked with the DLL for the stable ABI that the tag names.
    fn extension_for(self, python: &str, symbol: &str) -> Vec<u8> {
        let stable = if python.contains("abi3t") {
            "python3t.dll"
        } else {
            "python3.dll"
        };
        let elf = Elf::default().export("PyInit_fast").import(symbol);
        let apple = |platform| {
            let library = "/usr/lib/libSystem.B.dylib";
            let mut plain = macho(Architecture::Aarch64, &["PyInit_fast"], library);
            if symbol.starts_with("PyPy") {
                let at = plain.windows(10).position(|name| name == b"PyList_New");
                plain[at.unwrap()..][..10].copy_from_slice(b"PyPyLi_New");
            }
            // With a signature, otherwise macOS wouldn't run it.
            let signed = with_command(&plain, &[0x1d, 16, 0, 16]);
            for_apple(&signed, platform, 11, 0)
        };
        match self {
            Self::Manylinux => elf.needs("libc.so.6").build(),
            Self::ManylinuxArm => elf.machine(183).needs("libc.so.6").build(),
            Self::Musllinux => elf.needs("libc.musl-x86_64.so.1").build(),
            Self::MacOs => apple(1),
            Self::IosDevice => apple(2),
            Self::IosSimulator => apple(7),
            Self::Windows => pe(true, &["PyInit_fast"], stable, &[symbol]),
            Self::Windows32 => pe(false, &["PyInit_fast"], stable, &[symbol]),
            Self::Android => android(21).import(symbol).export("PyInit_fast").build(),
            Self::Emscripten => Wasm::default().export("PyInit_fast").import(symbol).build(),
        }
    }

    fn program(self) -> Vec<u8> {
        let elf = Elf::default().executable();
        match self {
            Self::Manylinux => elf.needs("libc.so.6").build(),
            Self::ManylinuxArm => elf.machine(183).needs("libc.so.6").build(),
            Self::Musllinux => elf.needs("libc.musl-x86_64.so.1").build(),
            Self::Android => android(21).executable().build(),
            // Programs for these have the same headers as libraries, except for one number.
            _ => as_program(self.extension("PyList_New")),
        }
    }
}

/// An Android library, built for this API level.
pub(super) fn android(api: u32) -> Elf {
    Elf::default().machine(183).needs("libc.so").note(
        ".note.android.ident",
        "Android",
        1,
        &api.to_le_bytes(),
    )
}

/// Turns a Mach-O or PE file into a program.
fn as_program(mut bytes: Vec<u8>) -> Vec<u8> {
    if bytes.starts_with(b"MZ") {
        // The characteristics, without the flag of a DLL.
        bytes[0x40 + 4 + 18..][..2].copy_from_slice(&2_u16.to_le_bytes());
    } else if bytes.starts_with(b"\xcf\xfa\xed\xfe") {
        bytes[12..16].copy_from_slice(&2_u32.to_le_bytes());
    }
    bytes
}

/// Python, ABI and the module's suffix before the system.
const PYTHONS: [(&str, &str); 6] = [
    ("cp312-cp312", "cpython-312-"),
    ("cp313-cp313t", "cpython-313t-"),
    ("cp39-abi3", "abi3"),
    ("cp315-abi3t", "abi3t"),
    ("cp315-abi3.abi3t", "abi3t"),
    ("pp310-pypy310_pp73", "pypy310-pp73-"),
];

fn file(what: What, stem: &str) -> String {
    match (what.is_windows(), stem) {
        (true, "abi3" | "abi3t") => "fast.pyd".to_owned(),
        (true, stem) => {
            let stem = stem.replace("cpython-", "cp");
            format!("fast.{stem}{}.pyd", what.system())
        }
        (false, "abi3" | "abi3t") => format!("fast.{stem}.so"),
        (false, stem) => format!("fast.{stem}{}.so", what.system()),
    }
}

fn symbol(python: &str) -> &'static str {
    if python.starts_with("pp") {
        "PyPyList_New"
    } else {
        "PyList_New"
    }
}

pub(super) fn findings(python: &str, platform: &str, files: &[(&str, &[u8])]) -> Vec<String> {
    codes(&format!("fast-1.0-{python}-{platform}.whl"), files)
}

#[test]
fn an_extension_only_fits_the_platform_it_was_built_for() {
    let mut tried = 0;
    for (python, stem) in PYTHONS {
        for built in ALL {
            let name = file(built, stem);
            let bytes = if python == "cp313-cp313t" && built.is_windows() {
                pe(
                    built == What::Windows,
                    &["PyInit_fast"],
                    "python313t.dll",
                    &["PyList_New"],
                )
            } else {
                built.extension_for(python, symbol(python))
            };
            for tagged in ALL {
                let found = findings(python, tagged.tag(), &[(&name, &bytes)]);
                let case = format!("{python}: {built:?} tagged {tagged:?}: {found:?}");
                assert_eq!(found.is_empty(), built == tagged, "{case}");
                tried += 1;
            }
        }
    }
    assert_eq!(tried, 600);
}

#[test]
fn an_extension_only_fits_the_python_it_was_built_for() {
    for what in ALL {
        for (built, stem) in PYTHONS {
            let name = file(what, stem);
            let bytes = if built == "cp313-cp313t" && what.is_windows() {
                pe(
                    what == What::Windows,
                    &["PyInit_fast"],
                    "python313t.dll",
                    &["PyList_New"],
                )
            } else {
                what.extension_for(built, symbol(built))
            };
            for (tagged, _) in PYTHONS {
                let found = findings(tagged, what.tag(), &[(&name, &bytes)]);
                let case = format!("{what:?}: {built} tagged {tagged}: {found:?}");
                // `abi3t` is also for the Pythons of the tag with both ABIs.
                let is_one_of = |python: &str| python.starts_with("cp315-abi3");
                // A wheel for one version may contain a build for its stable ABI. On Windows that has no separate
                // suffix, and free-threaded builds had `python3t.dll` before `abi3t` existed.
                let holds = |python: &str| match python {
                    "cp312-cp312" => built == "cp39-abi3",
                    "cp313-cp313t" => what.is_windows() && built.contains("abi3t"),
                    _ => false,
                };
                let fits =
                    built == tagged || (is_one_of(built) && is_one_of(tagged)) || holds(tagged);
                assert_eq!(found.is_empty(), fits, "{case}");
            }
        }
    }
}

#[test]
fn a_program_only_fits_the_platform_it_was_built_for() {
    for path in ["fast-1.0.data/scripts/fast", "fast/bin/fast"] {
        for built in ALL {
            let bytes = built.program();
            for tagged in ALL {
                let found = findings("py3-none", tagged.tag(), &[(path, &bytes)]);
                let case = format!("{path}: {built:?} tagged {tagged:?}: {found:?}");
                // Windows also runs 32-bit programs.
                let runs = built == What::Windows32 && tagged == What::Windows;
                assert_eq!(found.is_empty(), built == tagged || runs, "{case}");
            }
            let is_script = path.contains("scripts");
            let pure = findings("py3-none", "any", &[(path, &bytes)]);
            let expected: &[&str] = if is_script { &["WR0606"] } else { &[] };
            assert_eq!(pure, expected, "{path}: {built:?}");
        }
    }
}

#[test]
fn a_library_for_ctypes_only_fits_the_platform_it_was_built_for() {
    let elf = Elf::default().export("fast").import("malloc");
    let libraries = [
        (What::Manylinux, elf.clone().needs("libc.so.6").build()),
        (What::Musllinux, elf.needs("libc.musl-x86_64.so.1").build()),
        (What::Android, android(21).build()),
        (
            What::Windows,
            pe(true, &["fast"], "kernel32.dll", &["Sleep"]),
        ),
    ];
    for (built, bytes) in libraries {
        let path = if built == What::Windows {
            "fast/fast.dll"
        } else {
            "fast/libfast.so"
        };
        for tagged in ALL {
            let found = findings("py3-none", tagged.tag(), &[(path, &bytes)]);
            let case = format!("{built:?} tagged {tagged:?}: {found:?}");
            assert_eq!(found.is_empty(), built == tagged, "{case}");
        }
    }
}

#[test]
fn helpers_for_other_systems_are_fine_next_to_the_right_one() {
    let own = What::Manylinux.program();
    let other = What::ManylinuxArm.program();
    let extension = What::Manylinux.extension("PyList_New");
    let tag = What::Manylinux.tag();
    for files in [
        [
            ("fast/bin/fast", own.as_slice()),
            ("fast/bin/fast-arm", &other),
        ],
        [
            ("fast-1.0.data/scripts/fast", &own),
            ("fast/bin/fast-arm", &other),
        ],
        [("fast.abi3.so", &extension), ("fast/bin/fast-arm", &other)],
    ] {
        assert_eq!(findings("py3-none", tag, &files), [""; 0]);
    }
    let files: [(&str, &[u8]); 2] = [
        ("fast-1.0.data/scripts/fast", &other),
        ("fast/bin/fast", &own),
    ];
    assert_eq!(findings("py3-none", tag, &files), ["WR0602"]);
}

#[test]
fn emulated_programs_are_advice() {
    let script = "fast-1.0.data/scripts/fast.exe";
    let bytes = What::Windows.program();
    let name = "fast-1.0-py3-none-win_arm64.whl";
    let found = inspect_wheel(&wheel(name, &[(script, &bytes)]), name).unwrap();
    let [finding] = found.diagnostics.as_slice() else {
        panic!("{:?}", found.diagnostics);
    };
    assert_eq!(finding.severity, diagnostic::Severity::Advice);
    assert!(
        finding.message.contains("through emulation"),
        "{}",
        finding.message
    );
    // An extension is loaded into the interpreter, and has to match it.
    let bytes = What::Windows.extension("PyList_New");
    let name = "fast-1.0-cp312-cp312-win_arm64.whl";
    let found = inspect_wheel(&wheel(name, &[("fast.pyd", &bytes)]), name).unwrap();
    assert_eq!(found.diagnostics[0].severity, diagnostic::Severity::Error);
}

#[test]
fn wr0604_suffixes_of_the_stable_abi() {
    let elf = What::Manylinux.extension("PyList_New");
    let check = |python: &str, file: &str| {
        findings(python, "manylinux_2_17_x86_64", &[(file, elf.as_slice())])
    };
    let (with_gil, both) = (
        "fast.abi3-x86_64-linux-gnu.so",
        "fast.abi3t-x86_64-linux-gnu.so",
    );
    // Debian's Python 3.15 considers them; older ones don't.
    assert_eq!(check("cp315-abi3", with_gil), [""; 0]);
    assert_eq!(check("cp315-abi3t", both), [""; 0]);
    assert_eq!(check("cp315-abi3.abi3t", both), [""; 0]);
    assert_eq!(check("cp39-abi3", with_gil), ["WR0604"]);
    assert_eq!(check("cp39-abi3", both), ["WR0604"]);
    // Free-threaded builds ignore those without the `t`.
    assert_eq!(check("cp315-abi3t", with_gil), ["WR0604"]);
    assert_eq!(check("cp315-abi3.abi3t", with_gil), ["WR0604"]);
    assert_eq!(check("cp315-abi3.abi3t", "fast.abi3.so"), ["WR0604"]);
    // The platform in it counts as well.
    let arm = "fast.abi3-aarch64-linux-gnu.so";
    assert_eq!(check("cp315-abi3", arm), ["WR0604"]);
    // Each for its own builds.
    let files: [(&str, &[u8]); 2] = [("fast.abi3.so", &elf), ("fast.abi3t.so", &elf)];
    let both = findings("cp315-abi3.abi3t", "manylinux_2_17_x86_64", &files);
    assert_eq!(both, [""; 0]);
    assert_eq!(check("py3-none", "fast.abi3t.so"), ["WR0604"]);
    let pypy = What::Manylinux.extension("PyPyList_New");
    let files: [(&str, &[u8]); 1] = [("fast.pypy310-pp73-x86_64-linux-gnu.so", &pypy)];
    let found = findings("py3-none", "manylinux_2_17_x86_64", &files);
    assert_eq!(found, ["WR0604"]);
}

#[test]
fn wr0604_each_python_of_a_compressed_tag_finds_its_module() {
    let elf = What::Manylinux.extension("PyList_New");
    let of = |minor: u8| format!("fast.cpython-3{minor}-x86_64-linux-gnu.so");
    let (one, other) = (of(11), of(12));
    let name = "cp311.cp312-cp311.cp312";
    let platform = "manylinux_2_17_x86_64";
    let both: [(&str, &[u8]); 2] = [(&one, &elf), (&other, &elf)];
    assert_eq!(findings(name, platform, &both), [""; 0]);
    assert_eq!(findings(name, platform, &both[..1]), ["WR0604"]);
    assert_eq!(findings("cp312-none", platform, &both[..1]), ["WR0604"]);
    assert_eq!(findings("cp311-none", platform, &both[..1]), [""; 0]);
}

/// `PyPy` has a few functions with plain names, `PyType_GetFlags` among them, which `NumPy`'s extensions for it use.
#[test]
fn wr0106_an_extension_for_pypy_may_use_plain_names_too() {
    let check = |symbols: &[&str]| {
        let elf = Elf::default().export("PyInit_fast").needs("libc.so.6");
        let elf = symbols.iter().fold(elf, |elf, symbol| elf.import(symbol));
        let bytes = elf.build();
        let file = "fast.pypy310-pp73-x86_64-linux-gnu.so";
        let tag = What::Manylinux.tag();
        findings("pp310-pypy310_pp73", tag, &[(file, &bytes)])
    };
    assert_eq!(check(&["PyPyList_New", "PyType_GetFlags"]), [""; 0]);
    assert_eq!(check(&["PyList_New", "PyType_GetFlags"]), ["WR0106"]);
}

#[test]
fn wr0615_the_library_of_another_python() {
    let check = |python: &str, library: &str| {
        let symbol = symbol(python);
        let dll = pe(true, &["PyInit_fast"], library, &[symbol]);
        findings(python, "win_amd64", &[("fast.pyd", &dll)])
    };
    for (python, library) in [
        ("cp312-cp312", "python311.dll"),
        ("cp312-none", "python311.dll"),
        ("cp313-cp313t", "python313.dll"),
        ("cp313-cp313", "python313t.dll"),
        ("cp310-cp310", "libpypy3.10-c.dll"),
        ("pp310-pypy310_pp73", "python310.dll"),
        ("pp311-pypy311_pp73", "libpypy3.10-c.dll"),
        ("cp315-abi3t", "python3.dll"),
        ("cp315-abi3.abi3t", "python3.dll"),
        ("cp313-cp313t", "python3.dll"),
        ("cp313-abi3", "python3t.dll"),
        ("cp312-cp312", "python3t.dll"),
    ] {
        assert_eq!(check(python, library), ["WR0615"], "{python} {library}");
    }
    for (python, library) in [
        ("cp312-cp312", "python312.dll"),
        ("cp312-cp312", "python3.dll"),
        ("cp39-abi3", "python3.dll"),
        ("cp313-abi3t", "python3t.dll"),
        ("cp315-abi3", "python3t.dll"),
        ("cp315-abi3t", "python3t.dll"),
        ("cp315-abi3.abi3t", "python3t.dll"),
        ("cp313-cp313t", "python3t.dll"),
        ("cp313-cp313t", "python313t.dll"),
        ("cp313-none", "python313t.dll"),
        ("pp310-pypy310_pp73", "libpypy3.10-c.dll"),
        ("cp311.cp312-cp311.cp312", "python311.dll"),
    ] {
        assert_eq!(check(python, library), [""; 0], "{python} {library}");
    }
}
