//! Attempts to get an outdated verdict from memory. Each changes something that the verdict depends on, in a place or
//! in a way that is easily missed.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use testkit::{Extension, Workshop, workshop};

const PASSES: &str = "solved";
const FAILS: &str = "tests_fail";

/// Longer than the resolution of file system clocks.
const STEP: Duration = Duration::from_millis(100);

fn status(at: &Workshop, id: &str) -> String {
    let verdict = at.wr(["check", id, "--format", "json"]).run().verdict();
    verdict["status"].as_str().unwrap().to_owned()
}

/// A test that passes while a file says `good`, and for which `reads` finds the file.
fn says_good(reads: &str) -> String {
    format!(
        "import os\nimport sys\n\nHERE = os.path.dirname(__file__)\n\n\ndef test_it():\n    assert {reads} == 'good'\n"
    )
}

fn read_of(path: &str) -> String {
    format!("open(os.path.join(HERE, {path:?})).read()")
}

/// Overwrites a file in place, keeping its size and restoring its time.
fn slip(path: &Path, text: &str) {
    let time = fs::metadata(path)
        .and_then(|found| found.modified())
        .unwrap();
    assert_eq!(fs::metadata(path).unwrap().len(), text.len() as u64);
    fs::write(path, text).unwrap();
    set_time(path, time);
}

fn set_time(path: &Path, time: SystemTime) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(time).unwrap();
}

/// Like `cp -p`: replaces one file with the contents and time of another.
fn copy_with_time(from: &Path, to: &Path) {
    let time = fs::metadata(from)
        .and_then(|found| found.modified())
        .unwrap();
    fs::copy(from, to).unwrap();
    set_time(to, time);
}

#[test]
fn files_read_by_a_python_test_are_checked_wherever_they_are() {
    let at = workshop!("stale-python");
    let far = at.path("far");
    let files: [(&str, String, String); 7] = [
        (
            "hidden",
            "exercises/01_p/01_hidden/.data/x".to_owned(),
            says_good(&read_of(".data/x")),
        ),
        (
            "ignored",
            "exercises/01_p/02_ignored/x.tmp".to_owned(),
            says_good(&read_of("x.tmp")),
        ),
        (
            "outside",
            "far/x".to_owned(),
            says_good(&format!("open({:?}).read()", far.join("x"))),
        ),
        (
            "imported",
            "far/stale_far.py".to_owned(),
            format!(
                "import sys\nsys.path.append({far:?})\n{}",
                says_good("__import__('stale_far').__doc__")
            ),
        ),
        (
            "head",
            ".git/HEAD".to_owned(),
            says_good(&read_of("../../../.git/HEAD")),
        ),
        (
            "cache",
            "exercises/01_p/06_cache/__pycache__/x".to_owned(),
            says_good(&read_of("__pycache__/x")),
        ),
        (
            "tagged",
            "exercises/01_p/07_tagged/made/x".to_owned(),
            says_good(&read_of("made/x")),
        ),
    ];
    at.course();
    at.write("exercises/01_p/07_tagged/made/CACHEDIR.TAG", "");
    for ((name, file, test), number) in files.iter().zip(1..) {
        let id = format!("01_p/{number:02}_{name}");
        let quoted = |text: &str| match *name {
            "imported" => format!("'''{text}'''\n"),
            _ => text.to_owned(),
        };
        at.python_exercise(&id, test);
        at.write(file, quoted("good"));
        std::thread::sleep(STEP);
        assert_eq!(status(&at, &id), PASSES, "{name}");
        slip(&at.path(file), &quoted("evil"));
        assert_eq!(status(&at, &id), FAILS, "{name}: same size, same time");
        at.write(file, quoted("good"));
        std::thread::sleep(STEP);
        assert_eq!(status(&at, &id), PASSES, "{name}");
        assert_eq!(status(&at, &id), PASSES, "{name}");
        at.remove(file);
        assert_ne!(status(&at, &id), PASSES, "{name}: gone");
    }
}

#[test]
fn listed_directories_and_followed_links_are_checked() {
    let at = workshop!("stale-places");
    at.course();
    let far = at.path("far");
    at.python_exercise(
        "01_s/01_listed",
        &format!("import os\n\n\ndef test_it():\n    assert len(os.listdir({far:?})) == 2\n"),
    );
    at.write("far/one", "good").write("far/two", "evil");
    at.python_exercise(
        "01_s/02_link",
        &says_good(&format!("open({:?}).read()", at.path("link"))),
    );
    let point_to = |file: &str| {
        let _ = fs::remove_file(at.path("link"));
        std::os::unix::fs::symlink(far.join(file), at.path("link")).unwrap();
    };
    point_to("one");
    std::thread::sleep(STEP);
    for id in ["01_s/01_listed", "01_s/02_link"] {
        assert_eq!(status(&at, id), PASSES, "{id}");
        assert_eq!(status(&at, id), PASSES, "{id}");
    }
    point_to("two");
    assert_eq!(status(&at, "01_s/02_link"), FAILS);
    at.write("far/three", "");
    assert_eq!(status(&at, "01_s/01_listed"), FAILS);
}

#[test]
fn terminal_variables_are_checked() {
    let at = workshop!("stale-variables");
    at.course().python_exercise(
        "01_v/01_wide",
        "import os\n\n\ndef test_it():\n    assert os.environ.get('COLUMNS') != '40'\n",
    );
    std::thread::sleep(STEP);
    let with = |columns: &str| {
        let run = at.wr(["check", "01_wide", "--format", "json"]);
        run.env("COLUMNS", columns).run().verdict()["status"].clone()
    };
    assert_eq!(with("80"), PASSES);
    assert_eq!(with("40"), FAILS);
}

#[test]
fn what_another_program_reads_is_never_assumed_known() {
    let at = workshop!("stale-programs");
    let far = at.path("far");
    at.course().python_exercise(
        "01_b/01_program",
        &format!("import subprocess\n\n\ndef test_it():\n    assert subprocess.call(['grep', '-q', 'good', {far:?}]) == 0\n"),
    );
    at.write("far", "good");
    std::thread::sleep(STEP);
    assert_eq!(status(&at, "01_program"), PASSES);
    at.write("far", "evil");
    assert_eq!(status(&at, "01_program"), FAILS);
}

/// What is installed belongs to wr's environment, which other tests don't share here.
#[test]
fn an_edit_inside_an_installed_package_is_noticed() {
    let at = workshop!("stale-installed");
    at.course().python_exercise(
        "01_i/01_lib",
        "import stale_lib\nimport stale_bare\n\n\ndef test_it():\n    assert (stale_lib.VALUE, stale_bare.VALUE) == (1, 1)\n",
    );
    let check = || {
        let run = at.wr(["check", "01_lib", "--format", "json"]).own_state();
        run.run().verdict()["status"].as_str().unwrap().to_owned()
    };
    assert_ne!(check(), PASSES, "the packages are not there yet");
    let versions = fs::read_dir(at.path(".wr/venv")).unwrap().flatten();
    let site = versions
        .flat_map(|version| {
            fs::read_dir(version.path().join("lib"))
                .into_iter()
                .flatten()
        })
        .map(|python| python.unwrap().path().join("site-packages"))
        .find(|site| site.is_dir())
        .unwrap();
    let lib = site.join("stale_lib/__init__.py");
    let bare = site.join("stale_bare.py");
    fs::create_dir(lib.parent().unwrap()).unwrap();
    fs::create_dir(site.join("stale_lib-1.dist-info")).unwrap();
    fs::write(site.join("stale_lib-1.dist-info/RECORD"), "").unwrap();
    for file in [&lib, &bare] {
        fs::write(file, "VALUE = 1\n").unwrap();
    }
    std::thread::sleep(STEP);
    assert_eq!(check(), PASSES);
    assert_eq!(check(), PASSES);
    for file in [&lib, &bare] {
        fs::write(file, "VALUE = 2 # longer\n").unwrap();
        assert_eq!(check(), FAILS, "{}", file.display());
        fs::write(file, "VALUE = 1\n").unwrap();
        std::thread::sleep(STEP);
        assert_eq!(check(), PASSES);
    }
    // A hook that Python runs before any of `wr`'s code.
    let hook = site.join("stale_hook.pth");
    fs::write(
        site.join("stale_hook.py"),
        "import stale_bare\nstale_bare.VALUE = 3\n",
    )
    .unwrap();
    fs::write(hook, "import stale_hook\n").unwrap();
    assert_eq!(check(), FAILS, "a hook");
    fs::write(site.join("stale_hook.py"), "import stale_bare\n").unwrap();
    assert_eq!(check(), PASSES, "the module of a hook");
}

#[test]
fn files_included_in_rust_count_however_the_path_is_written() {
    let at = workshop!("stale-include");
    let extension = Extension::named_after(&at)
        .answering("include_str ! ( concat ! (\"..\", \"/..\", \"/../../far\") ).trim().parse::<u32>().unwrap() + other::VALUE");
    let source = format!(
        "#[path = \"../../../../far.rs\"]\nmod other;\n\n{}",
        extension.source
    );
    let extension = extension.source(&source.replace(
        "use pyo3::prelude::*;",
        "use pyo3::prelude::*;\n    use crate::other;",
    ));
    at.course();
    extension.put_into(&at);
    at.write("far", "40")
        .write("far.rs", "pub const VALUE: u32 = 2;\n");
    std::thread::sleep(STEP);
    assert_eq!(status(&at, &extension.id), PASSES);
    slip(&at.path("far"), "41");
    assert_eq!(status(&at, &extension.id), FAILS);
    slip(&at.path("far"), "40");
    assert_eq!(status(&at, &extension.id), PASSES);
    slip(&at.path("far.rs"), "pub const VALUE: u32 = 3;\n");
    assert_eq!(status(&at, &extension.id), FAILS);
}

/// `cp -p` of the starter over the solution: cargo relies on times and builds nothing.
#[test]
fn an_older_file_copied_back_is_compiled() {
    let at = workshop!("stale-older");
    at.course().rust_exercise("01_o/01_rust");
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let rust = "exercises/01_o/01_rust/src/lib.rs".to_owned();
    let cases = [
        ("01_o/01_rust", rust, "    2\n"),
        (
            &*extension.id,
            format!("{}/src/lib.rs", extension.dir()),
            "        42\n",
        ),
    ];
    for (id, file, answer) in cases {
        let file = at.path(file);
        let solution = fs::read_to_string(&file).unwrap();
        let starter = at.path("starter.rs");
        fs::write(&starter, solution.replace(answer, "        todo!()\n")).unwrap();
        set_time(&starter, SystemTime::now() - Duration::from_hours(2));
        std::thread::sleep(STEP);
        for kept in [true, false] {
            for args in [&["check", id][..], &["check", id, "--recheck"]] {
                fs::write(&file, &solution).unwrap();
                assert_eq!(status(&at, id), PASSES, "{id}");
                copy_with_time(&starter, &file);
                if !kept {
                    let _ = fs::remove_dir_all(at.shared_state().join("run").join(id));
                    remove_runs(&at, id);
                }
                let args = args.iter().chain(&["--format", "json"]);
                let verdict = at.wr(args).run().verdict();
                assert_eq!(verdict["status"], "unfinished", "{id}, {kept}");
            }
        }
    }
}

/// Removes by hand what is kept of one exercise.
fn remove_runs(at: &Workshop, id: &str) {
    let (chapter, name) = id.split_once('/').unwrap();
    let runs = at.shared_state().join("run").join(chapter);
    for run in fs::read_dir(runs).unwrap().flatten() {
        if run.file_name().to_string_lossy().starts_with(name) {
            fs::remove_dir_all(run.path()).unwrap();
        }
    }
}

#[test]
fn two_courses_with_a_shared_state_directory_stay_separate() {
    let at = workshop!("stale-same-name");
    for (root, answer) in [("one", 1), ("two", 2)] {
        at.write(format!("{root}/.git/HEAD"), "ref: refs/heads/main\n")
            .write(format!("{root}/.wr.toml"), "")
            .write(
                format!("{root}/exercises/01_t/01_same/test_it.py"),
                format!("def test_it():\n    assert {answer} == 1\n"),
            );
    }
    std::thread::sleep(STEP);
    for _ in 0..2 {
        for (root, expected) in [("one", PASSES), ("two", FAILS)] {
            let run = at.wr(["check", "01_same", "--format", "json"]).at(root);
            assert_eq!(run.run().verdict()["status"], expected, "{root}");
        }
    }
}
