//! The tags that a Python accepts are those of `packaging.tags`, in the same order.
//!
//! `tests/data/supported_tags.txt` contains the output of `packaging`; `cargo xtask tables` writes it.

use wr_anatomy::loads::{Python, System};
use wr_anatomy::wheel::{SupportedTags, WheelName};

const TABLE: &str = include_str!("data/supported_tags.txt");

fn system(tag: &str) -> System {
    tag.parse().expect("the tag names a system")
}

/// The rows of a kind, each as its subject and its list.
fn rows(kind: &str) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    TABLE.lines().filter_map(move |line| {
        let mut words = line.strip_prefix(kind)?.strip_prefix(' ')?.split(' ');
        Some((words.next()?, words.collect()))
    })
}

#[test]
fn pythons_accept_the_tags_of_packaging_in_its_order() {
    // Two platforms show how they alternate with Pythons and ABIs.
    let two = system("android_17_x86");
    let mut count = 0;
    for (python, expected) in rows("python") {
        let python: Python = python.parse().unwrap();
        let tags: Vec<String> = SupportedTags::new(python, &two)
            .iter()
            .map(|tag| tag.to_string())
            .collect();
        assert_eq!(tags, expected, "{python}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

#[test]
fn systems_accept_the_platforms_of_packaging_in_its_order() {
    let mut count = 0;
    for (tag, expected) in rows("system") {
        assert_eq!(system(tag).platforms(), expected, "{tag}");
        count += 1;
    }
    assert!(count >= 12, "{count}");
}

fn supported(python: &str, platform: &str) -> SupportedTags {
    SupportedTags::new(
        python.parse().expect("the name is a Python's"),
        &system(platform),
    )
}

fn wheel(tags: &str) -> WheelName {
    format!("x-1.0-{tags}.whl")
        .parse()
        .expect("the name is a wheel's")
}

#[test]
fn each_tag_has_its_rank() {
    for platform in ["manylinux_2_28_x86_64", "macosx_14_0_arm64", "win_amd64"] {
        let supported = supported("3.12", platform);
        for (rank, tag) in supported.iter().enumerate() {
            assert_eq!(supported.rank(&tag), Some(rank), "{tag}");
        }
    }
}

#[test]
fn the_best_tag_is_the_one_pip_would_choose() {
    let supported = supported("3.12", "manylinux_2_28_x86_64");
    let best = |tags: &str| {
        let name = wheel(tags);
        supported.best(&name.tags).map(|(_, tag)| tag.to_string())
    };
    assert_eq!(
        best("cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64").as_deref(),
        Some("cp39-abi3-manylinux_2_17_x86_64")
    );
    assert_eq!(best("py2.py3-none-any").as_deref(), Some("py3-none-any"));
    assert_eq!(best("cp312-cp312-manylinux_2_34_x86_64"), None);
    assert_eq!(best("cp312-none-any").as_deref(), Some("cp312-none-any"));
    assert_eq!(best("cp311-none-any"), None);
}

const LINUX: &str = "manylinux_2_28_x86_64";

#[track_caller]
fn check(tags: &str, python: &str, platform: &str, expected: Option<&str>) {
    let name = wheel(tags);
    let refusal = supported(python, platform)
        .refusal(&name.tags)
        .map(|refusal| refusal.reason());
    assert_eq!(refusal.as_deref(), expected, "{tags} {python} {platform}");
}

#[test]
fn matching_wheels_are_not_refused() {
    check("cp39-abi3-manylinux_2_17_x86_64", "3.12", LINUX, None);
    check(
        "cp315-abi3.abi3t-manylinux_2_17_x86_64",
        "3.15",
        LINUX,
        None,
    );
    check(
        "cp315-abi3.abi3t-manylinux_2_17_x86_64",
        "3.15t",
        LINUX,
        None,
    );
    check("cp315-abi3t-manylinux_2_17_x86_64", "3.16t", LINUX, None);
    check(
        "pp311-pypy311_pp73-manylinux_2_17_x86_64",
        "pypy3.11",
        LINUX,
        None,
    );
    check("py3-none-any", "pypy3.11", LINUX, None);
    check("py3-none-win_amd64", "3.13t", "win_amd64", None);
}

#[test]
fn a_refusal_says_what_is_wrong_with_the_python() {
    check(
        "cp312-cp312-manylinux_2_17_x86_64",
        "3.13",
        LINUX,
        Some("it's only for CPython 3.12"),
    );
    check(
        "cp313-cp313-manylinux_2_17_x86_64",
        "3.13t",
        LINUX,
        Some("it's only for the build with the GIL"),
    );
    check(
        "cp313-cp313t-win_amd64",
        "3.13",
        "win_amd64",
        Some("it's only for the free-threaded build"),
    );
    check(
        "cp312-abi3-manylinux_2_17_x86_64",
        "3.11",
        LINUX,
        Some("it's for Python 3.12 and later"),
    );
    check(
        "cp39-abi3-manylinux_2_17_x86_64",
        "3.14t",
        LINUX,
        Some(
            "its stable ABI, abi3, is for builds with the GIL; free-threaded builds have none before Python 3.15",
        ),
    );
    check(
        "cp39-abi3-manylinux_2_17_x86_64",
        "3.15t",
        LINUX,
        Some("its stable ABI, abi3, is for builds with the GIL"),
    );
    check(
        "cp315-abi3t-manylinux_2_17_x86_64",
        "3.15",
        LINUX,
        Some(
            "its stable ABI, abi3t, is for free-threaded builds; a wheel for both would be tagged abi3.abi3t",
        ),
    );
    check(
        "cp311-cp311-manylinux_2_17_x86_64",
        "pypy3.11",
        LINUX,
        Some("it's for CPython, not for PyPy"),
    );
    check("py2-none-any", "3.12", LINUX, Some("it's for Python 2"));
    check(
        "py313-none-any",
        "3.12",
        LINUX,
        Some("it's for Python 3.13 and later"),
    );
}

#[test]
fn a_refusal_says_what_is_wrong_with_the_platform() {
    check(
        "cp312-cp312-manylinux_2_34_x86_64",
        "3.12",
        LINUX,
        Some("it needs glibc 2.34 or later, but the system has 2.28"),
    );
    check(
        "cp312-cp312-musllinux_1_2_x86_64",
        "3.12",
        LINUX,
        Some("it's for Linux with musl, but the system has glibc"),
    );
    check(
        "cp312-cp312-macosx_14_0_arm64",
        "3.12",
        "macosx_13_0_arm64",
        Some("it needs macOS 14.0 or later, but the system has 13.0"),
    );
    check(
        "cp312-cp312-win_amd64",
        "3.12",
        LINUX,
        Some("it's for win_amd64, not for manylinux_2_28_x86_64"),
    );
    check(
        "cp312-cp312-win_amd64",
        "3.13",
        LINUX,
        Some("it's only for CPython 3.12, and it's for win_amd64, not for manylinux_2_28_x86_64"),
    );
    // If there are several tags, the closest one is explained.
    check(
        "cp311-abi3-manylinux_2_34_x86_64.macosx_11_0_arm64",
        "3.12",
        LINUX,
        Some("it needs glibc 2.34 or later, but the system has 2.28"),
    );
    check(
        "jython-none-any",
        "3.12",
        LINUX,
        Some("its tag `jython` isn't one that this Python accepts"),
    );
}
