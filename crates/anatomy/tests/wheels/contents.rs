//! A wheel's contents apart from extensions: machine code under misleading names, files that Python runs when it
//! starts, and missing libraries.

use super::*;
use binaries::archive_of;
use diagnostic::Severity::{Advice, Warning};
use wr_anatomy::wheel::StartupKind;

#[test]
fn machine_code_is_known_by_its_first_bytes() {
    let elf = Elf::default().export("f").needs("libc.so.6").build();
    let dll = pe(true, &["f"], "kernel32.dll", &["Sleep"]);
    let archive = archive_of(&[("a.o", b"nothing")]);
    let files: [(&str, &[u8]); 6] = [
        ("fast/data.dat", &elf),
        ("fast/data.bin", &dll),
        ("fast/libfast.a", &archive),
        ("fast/fast.lib", &archive),
        (
            "fast/text.dat",
            b"MZ is how it begins, and it goes on and on and on and on and on with words",
        ),
        ("fast/fast.node", &elf),
    ];
    let facts = inspect_wheel(&wheel(NAME, &files), NAME).unwrap().facts;
    let found: Vec<&str> = facts
        .other_binaries
        .iter()
        .map(|one| one.path.as_str())
        .collect();
    assert_eq!(
        found,
        [
            "fast/data.dat",
            "fast/data.bin",
            "fast/libfast.a",
            "fast/fast.lib",
            "fast/fast.node"
        ]
    );
    // Names that don't promise anything aren't a finding, and a Windows program is a program.
    assert_eq!(codes(NAME, &files), [""; 0]);
    let files: [(&str, &[u8]); 1] = [("fast/fast.exe", &dll)];
    let facts = inspect_wheel(&wheel(PURE, &files), PURE).unwrap().facts;
    assert_eq!(facts.libraries[0].path, "fast/fast.exe");
}

#[test]
fn wr0618_machine_code_under_a_misleading_name() {
    let elf = Elf::default().export("f").needs("libc.so.6").build();
    let check = |path: &str, data: &[u8]| codes(PURE, &[(path, data)]);
    for path in [
        "fast/a.py",
        "fast/a.txt",
        "fast/logo.PNG",
        "fast-1.0.dist-info/a.json",
    ] {
        assert_eq!(check(path, &elf), ["WR0618"], "{path}");
    }
    for path in ["fast/a.dat", "fast/a.bin", "fast/a", "fast/a.so.1"] {
        assert_eq!(check(path, &elf), [""; 0], "{path}");
    }
    assert_eq!(check("fast/a.py", b"x = 1"), [""; 0]);
}

#[test]
fn wr0619_what_python_runs_when_it_starts() {
    let check = |path: &str, text: &str| {
        let name = "fast-1.0-py3-none-any.whl";
        let found = inspect_wheel(&wheel(name, &[(path, text.as_bytes())]), name).unwrap();
        let severity = found.diagnostics.first().map(|one| {
            assert_eq!(one.code.as_str(), "WR0619", "{path}");
            one.severity
        });
        (found.facts.startup.first().map(|one| one.kind), severity)
    };
    let pth = Some(StartupKind::Pth);
    assert_eq!(
        check("a.pth", "import fast; fast.start()"),
        (pth, Some(Advice))
    );
    assert_eq!(
        check("fast-1.0.data/purelib/a.pth", "import x"),
        (pth, Some(Advice))
    );
    assert_eq!(
        check("a.start", "fast:start"),
        (Some(StartupKind::Start), Some(Advice))
    );
    let site = Some(StartupKind::SiteCustomize);
    assert_eq!(check("sitecustomize.py", ""), (site, Some(Warning)));
    let user = Some(StartupKind::UserCustomize);
    assert_eq!(
        check("usercustomize/__init__.py", ""),
        (user, Some(Warning))
    );
    // Search directories aren't code, and neither are files elsewhere.
    assert_eq!(check("a.pth", "../src"), (pth, None));
    assert_eq!(check("fast/model.pth", "import x"), (None, None));
    assert_eq!(check("fast/sitecustomize.py", "import x"), (None, None));
    // What build backends write.
    for (path, line) in [
        (
            "distutils-precedence.pth",
            "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; enabled and __import__('_distutils_hack').add_shim(); ",
        ),
        (
            "distutils-precedence.pth",
            "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, 'local') == 'local'; enabled and __import__('_distutils_hack'); ",
        ),
        (
            "__editable__.fast-1.0.pth",
            "import __editable___fast_1_0_finder; __editable___fast_1_0_finder.install()",
        ),
        ("_fast_editable.pth", "import _fast_editable"),
        (
            "fast-1.0-py3.7-nspkg.pth",
            "import sys, types, os;has_mfs = sys.version_info > (3, 5);m = sys.modules.setdefault('fast', types.ModuleType('fast'))",
        ),
    ] {
        assert_eq!(check(path, line), (pth, None), "{path}");
    }
    // A name by itself doesn't make code harmless.
    for path in [
        "distutils-precedence.pth",
        "__editable__.fast-1.0.pth",
        "_fast_editable.pth",
        "fast-nspkg.pth",
    ] {
        assert_eq!(
            check(path, "import os; os.system('x')"),
            (pth, Some(Advice)),
            "{path}"
        );
    }
}

#[test]
fn components_that_are_not_crates() {
    let sbom = br#"{"bomFormat": "CycloneDX", "components": [
        {"name": "pyo3", "version": "0.30.1", "purl": "pkg:cargo/pyo3@0.30.1"},
        {"name": "libgomp", "version": "8.5", "purl": "pkg:rpm/almalinux/libgomp@8.5"},
        {"name": "numpy", "purl": "pkg:pypi/numpy"},
        {"name": "nameless"}]}"#;
    let bytes = wheel(NAME, &[("fast-1.0.dist-info/sboms/a.cdx.json", sbom)]);
    let facts = inspect_wheel(&bytes, NAME).unwrap().facts;
    assert_eq!(facts.crates.len(), 1);
    let components: Vec<&str> = facts
        .components
        .iter()
        .map(|one| one.purl.as_str())
        .collect();
    assert_eq!(
        components,
        ["pkg:rpm/almalinux/libgomp@8.5", "pkg:pypi/numpy"]
    );
}

/// The findings for a Windows wheel with this extension and these libraries.
fn on_windows(needs: &str, others: &[(&str, &str)], requires: &str) -> Vec<String> {
    let name = "fast-1.0-cp312-cp312-win_amd64.whl";
    let library = |exports: &[&str], needs: &str| pe(true, exports, needs, &["f"]);
    let mut files = vec![(
        "fast/_fast.pyd".to_owned(),
        library(&["PyInit__fast"], needs),
    )];
    files.extend(
        others
            .iter()
            .map(|(path, needs)| ((*path).to_owned(), library(&["f"], needs))),
    );
    let files: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(path, data)| (path.as_str(), data.as_slice()))
        .collect();
    let bytes = wheel_with(name, &files, |file, text| match file {
        "METADATA" => format!("{text}{requires}"),
        _ => text,
    });
    let found = inspect_wheel(&bytes, name).unwrap().diagnostics;
    found
        .into_iter()
        .map(|one| format!("{} {:?} {}", one.code, one.severity, one.message))
        .collect()
}

#[test]
fn wr0617_a_library_missing_from_windows() {
    let missing = "WR0617 Warning `fast/_fast.pyd` needs `libpq.dll`, which is neither in the wheel nor part of Windows";
    assert_eq!(on_windows("libpq.dll", &[], ""), [missing]);
    let advice = missing.replace("Warning", "Advice");
    assert_eq!(
        on_windows("libpq.dll", &[], "Requires-Dist: libpq>=1\n"),
        [advice]
    );
    let optional = "Requires-Dist: libpq; extra == 'binary'\n";
    assert_eq!(on_windows("libpq.dll", &[], optional), [missing]);
    for library in [
        "KERNEL32.dll",
        "api-ms-win-crt-runtime-l1-1-0.dll",
        "VCRUNTIME140_1.dll",
        "MSVCP140.dll",
        "python312.dll",
        "python3.dll",
        "d3d11.dll",
    ] {
        assert_eq!(on_windows(library, &[], ""), [""; 0], "{library}");
    }
    // Bundled, in any case, with the libraries that the bundled one needs.
    let bundled = [("fast.libs/LIBPQ-0a1b.dll", "kernel32.dll")];
    assert_eq!(on_windows("libpq-0a1b.dll", &bundled, ""), [""; 0]);
    let bundled = [("fast.libs/libpq-0a1b.dll", "libssl-3.dll")];
    assert_eq!(
        on_windows("libpq-0a1b.dll", &bundled, ""),
        [
            "WR0617 Warning `fast.libs/libpq-0a1b.dll` needs `libssl-3.dll`, which is neither in the wheel nor part of \
             Windows"
        ]
    );
    // A plugin that nothing links with may be fine without its libraries.
    let plugin = [("fast/plugins/sql.dll", "oci.dll")];
    assert_eq!(on_windows("kernel32.dll", &plugin, ""), [""; 0]);
}

#[test]
fn wr0617_a_library_missing_from_macos() {
    let name = "fast-1.0-cp312-cp312-macosx_11_0_x86_64.whl";
    let library = |exports: &[&str], needs: &str| macho(Architecture::X86_64, exports, needs);
    let check = |needs: &str, bundled: &[&str]| {
        let extension = library(&["PyInit__fast"], needs);
        let other = library(&["f"], "/usr/lib/libSystem.B.dylib");
        let mut files: Vec<(&str, &[u8])> = vec![("fast/_fast.cpython-312-darwin.so", &extension)];
        files.extend(bundled.iter().map(|path| (*path, other.as_slice())));
        codes(name, &files)
    };
    for needs in [
        "/opt/homebrew/opt/libpq/lib/libpq.5.dylib",
        "/usr/local/opt/libpq/lib/libpq.5.dylib",
        "@rpath/libpq.5.dylib",
        "@loader_path/.dylibs/libpq.5.dylib",
    ] {
        assert_eq!(check(needs, &[]), ["WR0617"], "{needs}");
    }
    let bundled = ["fast/.dylibs/libpq.5.dylib"];
    assert_eq!(
        check("@loader_path/.dylibs/libpq.5.dylib", &bundled),
        [""; 0]
    );
    assert_eq!(check("@rpath/libpq.5.dylib", &bundled), [""; 0]);
    // A bundled library doesn't help if the path points elsewhere.
    let absolute = "/opt/homebrew/opt/libpq/lib/libpq.5.dylib";
    assert_eq!(check(absolute, &bundled), ["WR0617"]);
    for needs in [
        "/usr/lib/libSystem.B.dylib",
        "/System/Library/Frameworks/Security.framework/Versions/A/Security",
        "@rpath/libswiftCore.dylib",
    ] {
        assert_eq!(check(needs, &[]), [""; 0], "{needs}");
    }
}
