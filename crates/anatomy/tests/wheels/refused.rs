//! What installers refuse: WR0608, and WR0609 for every Python.

use super::*;

/// The codes and messages for a wheel with changed `METADATA` and `WHEEL`.
fn told(name: &str, change: impl Fn(&str, String) -> String) -> Vec<String> {
    let bytes = wheel_with(name, &[("fast/__init__.py", b"")], change);
    let found = inspect_wheel(&bytes, name).unwrap().diagnostics;
    found
        .into_iter()
        .map(|finding| format!("{} {}", finding.code, finding.message))
        .collect()
}

#[test]
fn wr0608_what_installers_refuse() {
    let check = |file: &'static str, from: &str, to: &str| {
        told(NAME, |changed, text| {
            if changed == file {
                assert!(text.contains(from), "{text}");
                text.replace(from, to)
            } else {
                text
            }
        })
    };
    assert_eq!(check("WHEEL", "by hand", "by hand"), [""; 0]);
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 2.0"),
        ["WR0608 the wheel's format is 2.0, which installers don't know"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: 1.9"),
        ["WR0608 the wheel's format is 1.9, which installers warn about"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0", "Wheel-Version: one"),
        ["WR0608 `one` in WHEEL isn't a format version"]
    );
    assert_eq!(
        check("WHEEL", "Wheel-Version: 1.0\n", ""),
        ["WR0608 WHEEL doesn't say which format version the wheel has"]
    );
    assert_eq!(
        check("WHEEL", "Tag: ", "No-Tag: "),
        ["WR0608 WHEEL has no tags to say which Pythons and systems the wheel is for"]
    );
    assert_eq!(
        check("METADATA", "Name: fast\n", ""),
        ["WR0608 METADATA has no `Name`"]
    );
    assert_eq!(
        check("METADATA", "Version: 1.0\n", "Version:\n"),
        ["WR0608 METADATA has no `Version`"]
    );
    let rest = NAME.strip_prefix("fast-1.0").unwrap();
    assert_eq!(
        told(&format!("fast-new{rest}"), |_, text| text),
        ["WR0608 `new` in the file name isn't a valid version under PEP 440"]
    );
    assert_eq!(
        told(&format!("fast-1.0-abc{rest}"), |_, text| text),
        ["WR0608 `abc` in the file name isn't a build number, which must start with a digit"]
    );
    assert_eq!(
        told(&format!("fast-1.0-1abc{rest}"), |_, text| text),
        [""; 0]
    );
}

#[test]
fn wr0608_an_invalid_requirement() {
    let check = |requirement: &str| {
        told(NAME, |changed, text| match changed {
            "METADATA" => format!("Requires-Dist: {requirement}\n{text}"),
            _ => text,
        })
    };
    for wrong in [
        "?!",
        "-numpy",
        "numpy scipy",
        "numpy >",
        "https://example.org/a.whl",
        "numpy-",
    ] {
        let found = check(wrong);
        let expected: &[String] = match wrong {
            // Versions and markers are left to the installers.
            "numpy >" => &[],
            _ => &[format!(
                "WR0608 `{wrong}` in METADATA isn't a valid requirement"
            )],
        };
        assert_eq!(found, expected, "{wrong}");
    }
    for right in [
        "numpy",
        "numpy>=2",
        "numpy (>=1.0,<2)",
        "zope.interface ~= 5.0 ; python_version < '3.12'",
        "requests[security,socks]>=2",
        "pip @ https://example.org/pip.whl",
        "a;extra=='b'",
    ] {
        assert_eq!(check(right), [""; 0], "{right}");
    }
}

#[test]
fn wr0608_files_that_are_missing() {
    let info = "fast-1.0.dist-info";
    let file = |name: &str, data: &[u8]| (format!("{info}/{name}"), data.to_vec());
    let check = |mut files: Vec<(String, Vec<u8>)>| {
        if !files.is_empty() {
            files.push(record(info, &files));
        }
        let found = inspect_wheel(&pack(&files), PURE).unwrap().diagnostics;
        let [finding] = found.as_slice() else {
            panic!("{found:?}");
        };
        assert_eq!(finding.code.as_str(), "WR0608");
        finding.message.clone()
    };
    assert_eq!(
        check(vec![file("METADATA", METADATA.as_bytes())]),
        "the wheel has no WHEEL file in its `.dist-info`"
    );
    assert_eq!(
        check(vec![file("WHEEL", HEAD)]),
        "the wheel has no METADATA file in its `.dist-info`"
    );
    assert_eq!(
        check(vec![
            file("METADATA", METADATA.as_bytes()),
            file("WHEEL", b"\xff\xfe\x80")
        ]),
        "the wheel's WHEEL file can't be read: it isn't UTF-8 text"
    );
    assert_eq!(
        check(Vec::new()),
        "the wheel has no `.dist-info` directory for its metadata"
    );
}

#[test]
fn wr0609_a_python_that_cannot_install_it() {
    let check = |tag: &str, required: &str| {
        let name = format!("fast-1.0-{tag}-manylinux_2_17_x86_64.whl");
        told(&name, |file, text| match file {
            "METADATA" => format!("{text}Requires-Python: {required}\n"),
            _ => text,
        })
    };
    assert_eq!(
        check("cp312-cp312", ">=3.13"),
        [
            "WR0609 no Python can install the wheel: it's tagged `cp312-cp312`, but requires Python `>=3.13`"
        ]
    );
    for (tag, required) in [
        ("cp312-cp312", "<3.12"),
        ("pp310-pypy310_pp73", ">=3.11"),
        ("cp312-abi3", "<3.12"),
        ("py3-none", "<3"),
        ("cp27-cp27mu", ">=3"),
    ] {
        assert_eq!(check(tag, required).len(), 1, "{tag} {required}");
    }
    for (tag, required) in [
        ("cp312-cp312", ">=3.9"),
        ("cp312-cp312", "==3.12.*"),
        ("cp312-cp312", ">=3.12.4,<3.12.6"),
        ("cp39-abi3", ">=3.13"),
        ("py3-none", ">=3.13"),
        ("py2.py3-none", ">=3.13"),
        ("cp311.cp312-cp312", ">=3.12"),
        ("xy12-none", ">=3.13"),
        ("cp312-cp312", "no requirement"),
    ] {
        assert_eq!(check(tag, required), [""; 0], "{tag} {required}");
    }
}
