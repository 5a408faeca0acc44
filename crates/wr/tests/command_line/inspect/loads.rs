//! `wr inspect --for` and `--environment`: the answers as text and as JSON, and that nothing is run.

use testkit::{Workshop, workshop};

use super::binaries::Elf;
use super::installed::{environment, nothing_ran};
use super::schema::validate;
use super::{WHEEL, beyond_the_stable_abi, extension, put_project, put_wheel};
use crate::snapshots::compare;

/// The schema of these documents.
const SCHEMA: &str = "loads.schema.json";

const PLATFORM: [&str; 2] = ["--platform", "manylinux_2_28_x86_64"];

const LOCK: &str = r#"
version = 1
requires-python = ">=3.11"

[[package]]
name = "app"
version = "0.1.0"
source = { virtual = "." }
dependencies = [{ name = "fast" }, { name = "pure" }, { name = "wheels-only" }, { name = "windows", marker = "sys_platform == 'win32'" }]

[[package]]
name = "fast"
version = "1.0"
source = { registry = "https://index.example/simple" }
sdist = { url = "https://files.example/fast-1.0.tar.gz" }
wheels = [{ url = "https://files.example/fast-1.0-cp313-cp313-manylinux_2_17_x86_64.whl" }]

[[package]]
name = "pure"
version = "2.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.example/pure-2.0-py3-none-any.whl" }]

[[package]]
name = "wheels-only"
version = "3.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.example/wheels_only-3.0-cp313-cp313-manylinux_2_17_x86_64.whl" }]

[[package]]
name = "windows"
version = "4.0"
source = { registry = "https://index.example/simple" }
wheels = [{ url = "https://files.example/windows-4.0-cp313-cp313-win_amd64.whl" }]
"#;

#[test]
fn a_library_and_a_wheel() {
    let at = workshop!("loads-library");
    at.write("_fast.abi3.so", extension().build());
    put_wheel(&at, WHEEL, &extension());
    let ask = |target: &str| {
        at.wr(["inspect", "--for", "3.14,3.15t", target]
            .into_iter()
            .chain(PLATFORM))
    };
    compare(&at, "loads_library", ask("_fast.abi3.so"));
    compare(&at, "loads_wheel", ask(WHEEL));
    at.write("_fast.so", beyond_the_stable_abi().build());
    let open = ["inspect", "--for", "3.14", "_fast.so"];
    compare(&at, "loads_open", at.wr(open.into_iter().chain(PLATFORM)));
}

#[test]
fn a_lock_file() {
    let at = workshop!("loads-lock");
    at.write("uv.lock", LOCK);
    let ask = ["inspect", "--for", "3.13", "--for", "3.14t", "uv.lock"];
    compare(&at, "loads_lock", at.wr(ask.into_iter().chain(PLATFORM)));
    at.write("pylock.toml", "lock-version = \"9.0\"\npackages = []\n");
    at.wr(["inspect", "--for", "3.13", "pylock.toml"])
        .run()
        .status(2)
        .complains("its format version is 9.0");
}

#[test]
fn an_environment() {
    let at = workshop!("loads-environment");
    let site = environment(&at);
    at.write(
        format!("{site}/Fast_Pkg-1.2.dist-info/METADATA"),
        "Name: Fast-Pkg\nVersion: 1.2\nRequires-Python: >=3.8,<3.15\n",
    );
    let ask = |more: &[&str]| {
        let arguments = ["inspect", "--environment", ".venv"].into_iter();
        at.wr(arguments.chain(more.iter().copied())).run()
    };
    // The module `single` has the init function of `_fast`, which fails under its own Python too.
    let own = ask(&["--check", "--ignore", "WR0133"]);
    own.status(1)
        .says("Fast_Pkg 1.2")
        .says("WR0101")
        .says("(of no distribution)")
        .never_says("WR0107");
    let other = ask(&["--for", "3.15", "--check"]);
    other
        .status(1)
        .says("`Fast_Pkg 1.2` requires Python >=3.8,<3.15, which excludes Python 3.15")
        .says("WR0107");
    // Without it, the stable ABI loads there.
    let rest = ask(&["--for", "3.15", "--format", "json", "--ignore", "WR0133"]).json();
    let distributions = &rest["reports"][0]["answers"][0]["distributions"];
    assert_eq!(distributions[0]["name"], "Fast_Pkg");
    assert_eq!(distributions[0]["loads"], "yes", "{distributions:#}");
    nothing_ran(&at, &site);
}

#[test]
fn a_directory_of_packages_is_an_environment_too() {
    let at = workshop!("loads-target-directory");
    at.write("vendor/fast/_fast.abi3.so", extension().build())
        .write(
            "vendor/fast-1.0.dist-info/METADATA",
            "Name: fast\nVersion: 1.0\n",
        )
        .write("vendor/fast-1.0.dist-info/RECORD", "fast/_fast.abi3.so,,\n")
        .folder("empty");
    let ask = ["inspect", "--environment", "vendor", "--for", "3.12"];
    at.wr(ask.into_iter().chain(PLATFORM))
        .run()
        .status(0)
        .says("fast 1.0")
        .says("all 1 distribution with extensions load");
    at.wr(["inspect", "--environment", "vendor"])
        .run()
        .fails("no interpreter of its own", "--for 3.15");
    at.wr(["inspect", "--environment", "empty", "--for", "3.12"])
        .run()
        .fails("isn't an environment", "such as .venv");
}

#[test]
fn an_installed_name() {
    let at = workshop!("loads-installed");
    let site = environment(&at);
    let ask = |python: &str| at.wr(["inspect", "fast", "--for", python, "--check"]).run();
    ask("3.14").status(0).says("loads");
    ask("3.14t").status(1).says("WR0107");
    nothing_ran(&at, &site);
}

#[test]
fn a_named_interpreter_is_asked() {
    let at = workshop!("loads-interpreter");
    let site = environment(&at);
    at.write("_fast.abi3.so", extension().build());
    let document = at
        .wr([
            "inspect",
            "_fast.abi3.so",
            "--for",
            ".venv",
            "--format",
            "json",
        ])
        .run()
        .status(0)
        .json();
    let answer = &document["reports"][0]["answers"][0];
    assert_eq!(answer["loads"], "yes");
    let interpreter = answer["interpreter"].as_str().unwrap();
    assert!(interpreter.ends_with("/.venv/bin/python"), "{interpreter}");
    at.wr(["inspect", "_fast.abi3.so", "--for", "./gone"])
        .run()
        .status(2);
    let ask = ["inspect", "_fast.abi3.so", "--for", ".venv"];
    at.wr(ask.into_iter().chain(PLATFORM))
        .run()
        .fails("which has its own platform", "--for 3.15");
    nothing_ran(&at, &site);
}

#[test]
fn impossible_questions_are_refused() {
    let at = workshop!("loads-refused");
    at.write("_fast.abi3.so", extension().build());
    put_project(&at, "project");
    let ask = |python: &str, platform: &str, target: &str| {
        at.wr(["inspect", "--for", python, "--platform", platform, target])
            .run()
    };
    let [_, linux] = PLATFORM;
    ask("three", linux, "_fast.abi3.so").fails("isn't a Python", "doesn't need an interpreter");
    ask("3.12t", linux, "_fast.abi3.so").fails("isn't a Python", "doesn't need an interpreter");
    ask("3.12", "linux_x86_64", "_fast.abi3.so").fails("C library", "platform tag");
    ask("3.12", "any", "_fast.abi3.so").fails("isn't a platform", "platform tag");
    ask("3.12", linux, "project")
        .status(2)
        .complains("it has to be built before");
    at.wr(["inspect"]).run().status(2);
    at.wr(["inspect", "x.so", "--platform", linux])
        .run()
        .status(2);
}

/// pip runs without a network and uses a directory of wheels as the index.
#[test]
fn a_requirement_from_the_index() {
    let at = workshop!("loads-index");
    let wheel = "fast-1.0-cp313-cp313-manylinux_2_17_x86_64.whl";
    put_wheel(&at, &format!("index/{wheel}"), &extension());
    put_wheel(&at, "index/pure-2.0-py3-none-any.whl", &extension());
    at.write(
        "requirements.txt",
        "fast==1.0\npure\nwindows; sys_platform == 'win32'\n",
    );
    let python = testkit::python().display().to_string();
    let ask = |more: &[&str]| {
        let arguments = ["inspect", "--python", &python, "--for", "3.13,3.14t"].into_iter();
        at.wr(arguments.chain(PLATFORM).chain(more.iter().copied()))
            .env("PIP_NO_INDEX", "1")
            .env("PIP_FIND_LINKS", at.path("index"))
            .run()
    };
    let document = ask(&["--index", "requirements.txt", "--format", "json"])
        .status(0)
        .json();
    validate(&document, SCHEMA);
    let answers = &document["reports"][0]["answers"];
    assert_eq!(answers[0]["left_out"], 1, "{answers:#}");
    assert_eq!(answers[0]["packages"][0]["file"], wheel);
    assert_eq!(answers[0]["packages"][1]["is_pure"], true);
    assert_eq!(answers[1]["packages"][0]["installs"], "nothing");
    assert_eq!(answers[1]["packages"][0]["findings"][0]["code"], "WR0134");
    ask(&["--index", "fast>=1", "--check"])
        .status(1)
        .says("no version that matches `fast>=1` has a wheel for Python 3.14t");
    ask(&["--index", "nothing>=1"])
        .status(0)
        .says("is the name right?");
    // Nothing is asked unnecessarily.
    ask(&["fast>=1", "requirements.txt"])
        .status(2)
        .complains("add --index");
}

/// The way the Linux loader looks for libraries.
#[test]
#[cfg(target_os = "linux")]
fn a_missing_library() {
    let at = workshop!("loads-library-missing");
    let site = environment(&at);
    let needs = extension().needs("libnowhere-1.so");
    at.write("alone/_fast.abi3.so", needs.build())
        .write("beside/_fast.abi3.so", needs.build())
        .write("beside/libnowhere-1.so", "")
        .write("found/_fast.abi3.so", needs.runpath("$ORIGIN").build())
        .write("found/libnowhere-1.so", "");
    let answer = |dir: &str| {
        let file = format!("{dir}/_fast.abi3.so");
        let ask = ["inspect", "--for", ".venv", "--format", "json", &file];
        let document = at.wr(ask).run().json();
        document["reports"][0]["answers"][0].clone()
    };
    let alone = answer("alone");
    assert_eq!(alone["loads"], "no", "{alone:#}");
    assert_eq!(alone["modules"][0]["findings"][0]["code"], "WR0112");
    assert_eq!(answer("beside")["loads"], "unknown");
    assert_eq!(answer("found")["loads"], "yes");
    nothing_ran(&at, &site);
}

fn put_everything(at: &Workshop) {
    at.write("_fast.abi3.so", extension().build())
        .write("fast.so", beyond_the_stable_abi().build())
        .write(
            "old.cpython-314t-x86_64-linux-gnu.so",
            Elf::default()
                .needs("libc.so.6")
                .import("PyModule_Create2")
                .export("PyInit_old")
                .build(),
        )
        .write("uv.lock", LOCK);
    put_wheel(at, WHEEL, &extension());
}

#[test]
fn every_kind_of_answer_fits_the_schema() {
    let at = workshop!("loads-schema");
    put_everything(&at);
    let site = environment(&at);
    at.write(format!("{site}/pure-1.0.dist-info/RECORD"), "pure.py,,\n");
    let targets = [
        "_fast.abi3.so",
        "fast.so",
        "old.cpython-314t-x86_64-linux-gnu.so",
        WHEEL,
        "uv.lock",
        "gone.so",
        "fast",
    ];
    let ask = [
        "inspect",
        "--format",
        "json",
        "--for",
        "3.13,3.14t,3.15",
        "--environment=.venv",
    ];
    let outcome = at.wr(ask.into_iter().chain(targets)).run();
    outcome.status(2);
    let document = outcome.json();
    validate(&document, SCHEMA);
    let kinds: Vec<&str> = document["reports"]
        .as_array()
        .unwrap()
        .iter()
        .map(|report| report["kind"].as_str().unwrap())
        .collect();
    // `fast` is installed, and there is no file of that name here.
    assert_eq!(
        kinds,
        [
            "environment",
            "binary",
            "binary",
            "binary",
            "wheel",
            "lock",
            "installed"
        ]
    );
    let answers = |report: usize| -> Vec<&str> {
        let answers = document["reports"][report]["answers"].as_array().unwrap();
        let loads = answers.iter().map(|answer| answer["loads"].as_str());
        loads.map(Option::unwrap_or_default).collect()
    };
    assert_eq!(answers(1), ["yes", "no", "yes"]);
    assert_eq!(answers(3), ["no", "yes", "no"]);
    assert_eq!(answers(4), ["yes", "no", "yes"]);
    let old = &document["reports"][3]["answers"][1];
    assert_eq!(old["gil"], "turns_on", "{old:#}");
    assert_eq!(document["errors"][0]["target"], "gone.so");
    nothing_ran(&at, &site);
}
