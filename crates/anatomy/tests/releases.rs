//! Releases: which wheel serves which Python, what the metadata promises, and the smallest number of wheels that would
//! do.
#![allow(clippy::unwrap_used)] // A wheel that can't be read fails the test.

mod binaries;

use std::collections::BTreeMap;

use binaries::{Elf, wheel_with};
use wr_anatomy::release::{
    Cell, ReleaseInspection, ReleasedWheel, SourceDistribution, inspect_releases,
};
use wr_anatomy::wheel::{WheelFacts, inspect_wheel};

/// What `packaging` chooses; `cargo xtask tables` writes it.
const CHOICES: &str = include_str!("data/release_choices.txt");
const NAMES: &str = include_str!("data/released_wheels.txt");

/// A wheel with this name, with additional metadata lines.
fn facts(name: &str, metadata: &str) -> WheelFacts {
    let elf = Elf::default()
        .export("PyInit_fast")
        .import("PyList_New")
        .import("PyType_GetName");
    let bytes = wheel_with(name, &[("fast.abi3.so", &elf.build())], |file, text| {
        if file == "METADATA" {
            format!("{text}{metadata}")
        } else {
            text
        }
    });
    inspect_wheel(&bytes, name).unwrap().facts
}

fn inspect(wheels: &[(&str, &str)], sdist: Option<&str>) -> Vec<ReleaseInspection> {
    let wheels: Vec<(String, WheelFacts)> = wheels
        .iter()
        .map(|(tags, metadata)| {
            let name = format!("fast-1.0-{tags}.whl");
            let facts = facts(&name, metadata);
            (name, facts)
        })
        .collect();
    let released: Vec<ReleasedWheel<'_>> = wheels
        .iter()
        .map(|(file, facts)| ReleasedWheel { file, facts })
        .collect();
    let sdists: Vec<SourceDistribution> = sdist
        .into_iter()
        .filter_map(SourceDistribution::parse)
        .collect();
    inspect_releases(&released, &sdists)
}

/// What serves a Python on a system, in one word.
fn served(release: &ReleaseInspection, system: &str, python: &str) -> String {
    let facts = &release.facts;
    let column = facts
        .pythons
        .iter()
        .position(|one| one.to_string() == python)
        .unwrap();
    let row = facts
        .rows
        .iter()
        .find(|row| row.system.to_string() == system)
        .unwrap();
    match &row.cells[column] {
        Cell::Wheel { tag, .. } => tag.to_string(),
        Cell::Sdist => "sdist".to_owned(),
        Cell::Nothing => "nothing".to_owned(),
        Cell::Excluded => "excluded".to_owned(),
    }
}

fn codes(release: &ReleaseInspection) -> Vec<&str> {
    release
        .diagnostics
        .iter()
        .map(|finding| finding.code.as_str())
        .collect()
}

#[test]
fn real_releases_serve_the_wheels_that_pip_chooses() {
    let wheels: Vec<(&str, WheelFacts)> = NAMES
        .lines()
        .filter(|name| name.strip_suffix(".whl").is_some())
        .map(|name| {
            let bytes = wheel_with(name, &[], |_, text| text);
            (name, inspect_wheel(&bytes, name).unwrap().facts)
        })
        .collect();
    let released: Vec<ReleasedWheel<'_>> = wheels
        .iter()
        .map(|(file, facts)| ReleasedWheel { file, facts })
        .collect();
    let mut chosen: BTreeMap<(String, String, String), String> = BTreeMap::new();
    for release in inspect_releases(&released, &[]) {
        let facts = release.facts;
        for row in &facts.rows {
            for (python, cell) in facts.pythons.iter().zip(&row.cells) {
                let file = match cell {
                    Cell::Wheel { file, .. } => file.clone(),
                    _ => "-".to_owned(),
                };
                let system = row.system.to_string().replacen(' ', "_", 1);
                chosen.insert(
                    (facts.distribution.clone(), system, python.to_string()),
                    file,
                );
            }
        }
    }
    let (mut compared, mut taken) = (0, 0);
    for line in CHOICES.lines().filter(|line| !line.starts_with('#')) {
        let [project, system, python, expected] = line.split(' ').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let key = (project.to_owned(), system.to_owned(), python.to_owned());
        if let Some(found) = chosen.get(&key) {
            assert_eq!(found, expected, "{key:?}");
            compared += 1;
            taken += usize::from(expected != "-");
        }
    }
    assert!(compared > 500 && taken > 300, "{compared} {taken}");
}

#[test]
fn without_a_wheel_there_is_the_source_distribution_or_nothing() {
    let wheels = [(
        "cp312-cp312-manylinux_2_28_x86_64",
        "Requires-Python: >=3.12\n",
    )];
    let with = &inspect(&wheels, Some("fast-1.0.tar.gz"))[0];
    assert_eq!(
        served(with, "Linux x86_64", "3.12"),
        "cp312-cp312-manylinux_2_28_x86_64"
    );
    assert_eq!(served(with, "Linux x86_64", "3.13"), "sdist");
    assert_eq!(served(with, "Linux aarch64", "3.12"), "sdist");
    assert_eq!(served(with, "Linux x86_64", "3.11"), "excluded");
    let without = &inspect(&wheels, None)[0];
    assert_eq!(served(without, "Linux x86_64", "3.13"), "nothing");
}

#[test]
fn stable_abis_serve_later_pythons_of_their_kind() {
    let release = &inspect(
        &[
            ("cp311-abi3-win_amd64", ""),
            ("cp315-abi3t-win_amd64", ""),
            ("cp314-cp314t-win_amd64", ""),
        ],
        None,
    )[0];
    let on_windows = |python| served(release, "Windows x86_64", python);
    assert_eq!(on_windows("3.15"), "cp311-abi3-win_amd64");
    assert_eq!(on_windows("3.15t"), "cp315-abi3t-win_amd64");
    assert_eq!(on_windows("3.14t"), "cp314-cp314t-win_amd64");
    assert_eq!(on_windows("pypy3.11"), "nothing");
}

#[test]
fn the_higher_build_number_wins() {
    let names = [
        "fast-1.0-2-cp312-cp312-win32.whl",
        "fast-1.0-10-cp312-cp312-win32.whl",
    ];
    let wheels: Vec<(&str, WheelFacts)> =
        names.iter().map(|name| (*name, facts(name, ""))).collect();
    let released: Vec<ReleasedWheel<'_>> = wheels
        .iter()
        .map(|(file, facts)| ReleasedWheel { file, facts })
        .collect();
    let release = &inspect_releases(&released, &[])[0];
    let row = release
        .facts
        .rows
        .iter()
        .find(|row| row.has_wheel())
        .unwrap();
    let taken = row.cells.iter().find_map(|cell| match cell {
        Cell::Wheel { file, .. } => Some(file.as_str()),
        _ => None,
    });
    assert_eq!(taken, Some(names[1]));
}

#[test]
fn projects_and_versions_are_inspected_separately() {
    let names = [
        "fast-1.0-cp312-cp312-win32.whl",
        "Fast-1.0.0-cp313-cp313-win32.whl",
        "fast-1.1-cp312-cp312-win32.whl",
        "slow-1.0-cp312-cp312-win32.whl",
    ];
    let wheels: Vec<(&str, WheelFacts)> =
        names.iter().map(|name| (*name, facts(name, ""))).collect();
    let released: Vec<ReleasedWheel<'_>> = wheels
        .iter()
        .map(|(file, facts)| ReleasedWheel { file, facts })
        .collect();
    let sdists: Vec<SourceDistribution> = ["slow-1.0.tar.gz", "other-2.0.tar.gz"]
        .into_iter()
        .filter_map(SourceDistribution::parse)
        .collect();
    let releases = inspect_releases(&released, &sdists);
    let told: Vec<(&str, &str, usize, bool)> = releases
        .iter()
        .map(|release| {
            let facts = &release.facts;
            (
                facts.distribution.as_str(),
                facts.version.as_str(),
                facts.wheels.len(),
                facts.sdist.is_some(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("Fast", "1.0.0", 2, false),
            ("fast", "1.1", 1, false),
            ("other", "2.0", 0, true),
            ("slow", "1.0", 1, true),
        ]
    );
}

const PROMISES: &str = "Requires-Python: >=3.11\nClassifier: Programming Language :: Python :: 3\n\
                        Classifier: Programming Language :: Python :: 3.14\n\
                        Classifier: Programming Language :: Python :: 3.15\n";

#[test]
fn wr0631_a_promised_python_without_a_wheel() {
    let only_old = [("cp314-cp314-win_amd64", PROMISES)];
    let release = &inspect(&only_old, Some("fast-1.0.tar.gz"))[0];
    assert_eq!(codes(release), ["WR0631"]);
    let finding = &release.diagnostics[0];
    assert!(
        finding.message.contains("Python 3.15") && finding.message.contains("no system has"),
        "{}",
        finding.message
    );
    let both = [
        ("cp314-cp314-win_amd64", PROMISES),
        ("cp315-cp315-win_amd64", PROMISES),
    ];
    assert!(codes(&inspect(&both, None)[0]).is_empty());
    let stable = [("cp311-abi3-win_amd64", PROMISES)];
    assert!(codes(&inspect(&stable, None)[0]).is_empty());
}

#[test]
fn wr0631_one_system_was_forgotten() {
    let forgotten = [
        ("cp314-cp314-win_amd64", PROMISES),
        ("cp315-cp315-win_amd64", PROMISES),
        ("cp314-cp314-macosx_11_0_arm64", PROMISES),
    ];
    let release = &inspect(&forgotten, None)[0];
    assert_eq!(codes(release), ["WR0631"]);
    assert!(
        release.diagnostics[0]
            .message
            .contains("1 system has no wheel")
    );
    // A rarer system whose wheels start with a newer Python wasn't forgotten.
    let begins_later = [
        ("cp314-cp314-win_amd64", PROMISES),
        ("cp315-cp315-win_amd64", PROMISES),
        ("cp315-cp315-win_arm64", PROMISES),
    ];
    assert!(codes(&inspect(&begins_later, None)[0]).is_empty());
}

#[test]
fn wr0631_classifiers_without_a_version() {
    let promise =
        |more: &str| format!("{PROMISES}Classifier: Programming Language :: Python :: {more}\n");
    let stable = "cp311-abi3-win_amd64";
    let free = promise("Free Threading :: 3 - Stable");
    let release = &inspect(&[(stable, &free)], None)[0];
    assert_eq!(codes(release), ["WR0631"]);
    assert!(
        release.diagnostics[0]
            .message
            .contains("free-threaded Python 3.14 and free-threaded Python 3.15")
    );
    let served = [
        (stable, free.as_str()),
        ("cp314-cp314t-win_amd64", &free),
        ("cp315-abi3t-win_amd64", &free),
    ];
    assert!(codes(&inspect(&served, None)[0]).is_empty());
    // Unstable support is an invitation to try it, and PyPy 3.11 isn't promised if Python 3.11 isn't.
    for offered in ["Free Threading :: 1 - Unstable", "Implementation :: PyPy"] {
        assert!(
            codes(&inspect(&[(stable, &promise(offered))], None)[0]).is_empty(),
            "{offered}"
        );
    }
}

#[test]
fn wr0630_wheels_that_require_different_things() {
    let one = "Requires-Python: >=3.11\nRequires-Dist: numpy>=2\nRequires-Dist: attrs ; os_name == 'nt'\n";
    let same = "Requires-Python: >= 3.11\nRequires-Dist: attrs; os_name == \"nt\"\nRequires-Dist: numpy >=2\n";
    let other = "Requires-Python: >=3.11\nRequires-Dist: numpy>=2\n";
    let check = |second: &str| {
        let wheels = [("cp312-cp312-win32", one), ("cp313-cp313-win32", second)];
        inspect(&wheels, None).remove(0)
    };
    assert!(codes(&check(same)).is_empty());
    let release = check(other);
    assert_eq!(codes(&release), ["WR0630"]);
    assert!(release.diagnostics[0].message.contains("attrs"));
    assert_eq!(
        codes(&check(
            "Requires-Python: >=3.12\nRequires-Dist: numpy>=2\nRequires-Dist: attrs ; os_name == 'nt'\n"
        )),
        ["WR0630"]
    );
}

#[test]
fn the_smallest_set_serves_what_is_promised_and_what_is_served() {
    let metadata = "Classifier: Programming Language :: Python :: 3.11\n\
                    Classifier: Programming Language :: Python :: 3.15\n";
    let release = &inspect(
        &[
            ("cp311-cp311-win32", metadata),
            ("cp314-cp314t-win32", metadata),
            ("cp315-cp315-win32", metadata),
        ],
        None,
    )[0];
    let set = release.facts.smallest.as_ref().unwrap();
    let tags: Vec<(&str, bool)> = set
        .wheels
        .iter()
        .map(|wheel| (wheel.tags.as_str(), wheel.exists))
        .collect();
    assert_eq!(tags, [("cp311-abi3", false), ("cp314-cp314t", true)]);
    assert_eq!((set.now, set.outside), (3, 0));
    // Wheels without an extension are for all Pythons anyway.
    let name = "fast-1.0-py3-none-any.whl";
    let bytes = wheel_with(name, &[("fast.py", b"")], |_, text| text);
    let facts = inspect_wheel(&bytes, name).unwrap().facts;
    let released = [ReleasedWheel {
        file: name,
        facts: &facts,
    }];
    assert!(inspect_releases(&released, &[])[0].facts.smallest.is_none());
}
