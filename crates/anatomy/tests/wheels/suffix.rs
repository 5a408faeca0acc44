//! Suffixes compared with tags: WR0604.

use super::*;

#[test]
fn wr0604_a_suffix_that_contradicts_the_tag() {
    let elf = extension().build();
    let old = "fast.cpython-311-x86_64-linux-gnu.so";
    assert_eq!(codes(NAME, &[(old, &elf)]), ["WR0604"]);
    assert_eq!(
        codes(
            "fast-1.0-cp39-abi3-manylinux_2_17_x86_64.whl",
            &[(old, &elf)]
        ),
        ["WR0604"]
    );
    // As a leftover next to the right one, it does no harm.
    assert_eq!(codes(NAME, &[(old, &elf), (SUFFIX, &elf)]), [""; 0]);
    // A wrong tag is one finding, no matter how many extensions there are.
    let other = ["fast/", old].concat();
    assert_eq!(codes(NAME, &[(old, &elf), (&other, &elf)]), ["WR0604"]);
}

#[test]
fn wr0604_a_suffix_of_another_system() {
    let elf = extension().build();
    let check = |python: &str, platform: &str, suffix: &str| {
        let name = format!("fast-1.0-{python}-{python}-{platform}.whl");
        let file = format!("fast.{suffix}");
        codes(&name, &[(&file, &elf)])
    };
    for suffix in [
        "cpython-312-aarch64-linux-gnu.so",
        "cpython-312-x86_64-linux-musl.so",
        "cpython-312-darwin.so",
        "cp312-win_amd64.pyd",
    ] {
        assert_eq!(
            check("cp312", "manylinux_2_17_x86_64", suffix),
            ["WR0604"],
            "{suffix}"
        );
    }
    for suffix in ["cpython-312-x86_64-linux-gnu.so", "cpython-312.so", "so"] {
        assert_eq!(
            check("cp312", "manylinux_2_17_x86_64", suffix),
            [""; 0],
            "{suffix}"
        );
    }
    // If the file is for another system, one finding is enough.
    let suffix = "cpython-312-x86_64-linux-gnu.so";
    assert_eq!(check("cp312", "win_amd64", suffix), ["WR0602"]);

    let musl = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .build();
    let check = |python: &str, file: &str| {
        let name = format!("fast-1.0-{python}-{python}-musllinux_1_2_x86_64.whl");
        codes(&name, &[(file, &musl)])
    };
    assert_eq!(check("cp312", SUFFIX), ["WR0604"]);
    assert_eq!(check("cp310", &SUFFIX.replace("312", "310")), [""; 0]);
    assert_eq!(check("cp312", &SUFFIX.replace("gnu", "musl")), [""; 0]);

    let dll = pe(true, &["PyInit_fast"], "python312.dll", &["PyList_New"]);
    let name = "fast-1.0-cp312-cp312-win_amd64.whl";
    assert_eq!(
        codes(name, &[("fast.cp312-win_arm64.pyd", &dll)]),
        ["WR0604"]
    );
    assert_eq!(codes(name, &[("fast.cp312-win_amd64.pyd", &dll)]), [""; 0]);
}

#[test]
fn wr0604_a_file_for_one_version_under_a_tag_for_all() {
    let elf = extension().build();
    let name = "fast-1.0-py3-none-manylinux_2_17_x86_64.whl";
    assert_eq!(
        messages(name, &[(SUFFIX, &elf)]),
        [format!(
            "the wheel is tagged `py3-none` for every Python 3, but only Python 3.12 looks at `{SUFFIX}`"
        )]
    );
    let other = SUFFIX.replace("312", "313");
    assert_eq!(codes(name, &[(SUFFIX, &elf), (&other, &elf)]), [""; 0]);
    assert_eq!(codes(name, &[("fast.abi3.so", &elf)]), [""; 0]);
}

#[test]
fn wr0604_and_wr0617_graalpy_suffixes_and_libraries() {
    let elf = extension().build();
    let check = |python: &str, file: &str| {
        codes(
            &format!("fast-1.0-{python}-manylinux_2_17_x86_64.whl"),
            &[(file, &elf)],
        )
    };
    let own = "fast.graalpy250-312-native-x86_64-linux.so";
    let tag = "graalpy312-graalpy250_312_native";
    assert_eq!(check(tag, own), [""; 0]);
    assert_eq!(check(tag, "fast.so"), [""; 0]);
    assert_eq!(check("graalpy312-none", own), [""; 0]);
    assert_eq!(check("graalpy312-graalpy242_312_native", own), ["WR0604"]);
    assert_eq!(check("graalpy311-graalpy250_311_native", own), ["WR0604"]);
    for other in [
        "fast.abi3.so",
        "fast.abi3t.so",
        "fast.cpython-312-x86_64-linux-gnu.so",
    ] {
        assert_eq!(check(tag, other), ["WR0604"], "{other}");
    }
    // On Windows its library comes with it.
    let dll = |library| pe(true, &["PyInit_fast"], library, &["PyList_New"]);
    let file = "fast.graalpy250-312-native-x86_64-win32.pyd";
    let on_windows = |library| {
        codes(
            &format!("fast-1.0-{tag}-win_amd64.whl"),
            &[(file, &dll(library))],
        )
    };
    assert_eq!(on_windows("python-native.dll"), [""; 0]);
    assert_eq!(on_windows("graal-native.dll"), ["WR0617"]);
}
