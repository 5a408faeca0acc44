//! Installed packages are found the way Python would find them, and none of them runs.

use testkit::{Workshop, workshop};

use super::{extension, put_wheel};

/// Code that leaves a trace when it runs.
const TRACE: &str = "import pathlib; pathlib.Path(__file__).with_name('it-ran').touch()\n";

/// An environment with a package and its extension; anything in it that could run leaves a trace.
pub(super) fn environment(at: &Workshop) -> String {
    let python = testkit::python();
    let script = "import sys, sysconfig; print('%d.%d' % sys.version_info[:2]); print(sysconfig.get_config_var('EXT_SUFFIX'))";
    let output = std::process::Command::new(&python)
        .args(["-I", "-c", script])
        .output()
        .unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let (version, suffix) = said.trim().split_once('\n').unwrap();
    let home = python.parent().unwrap().display();
    let site = format!(".venv/lib/python{version}/site-packages");
    at.write(
        ".venv/pyvenv.cfg",
        format!("home = {home}\ninclude-system-site-packages = false\n"),
    )
    .folder(".venv/bin")
    .write(format!("{site}/fast/__init__.py"), TRACE)
    .write(format!("{site}/fast/_fast.abi3.so"), extension().build())
    .write(format!("{site}/fast/helper.py"), TRACE)
    .write(format!("{site}/single{suffix}"), extension().build())
    .write(format!("{site}/sitecustomize.py"), TRACE)
    .write(
        format!("{site}/trace.pth"),
        format!(
            "import pathlib; pathlib.Path({:?}).touch()\n",
            at.path("it-ran")
        ),
    )
    .write(
        format!("{site}/project.pth"),
        format!("# a comment\n{}\n", at.path("src").display()),
    )
    .write("src/developed/__init__.py", TRACE)
    .write("src/developed/_core.abi3.so", extension().build())
    .write(
        format!("{site}/Fast_Pkg-1.2.dist-info/RECORD"),
        "fast/__init__.py,,\nfast/_fast.abi3.so,,\n../../../bin/evil.so,,\n/etc/evil.so,,\n",
    );
    std::os::unix::fs::symlink(&python, at.path(".venv/bin/python")).unwrap();
    site
}

#[track_caller]
pub(super) fn nothing_ran(at: &Workshop, site: &str) {
    for trace in ["it-ran".to_owned(), "src/developed/it-ran".to_owned()]
        .into_iter()
        .chain(["", "fast/"].map(|dir| format!("{site}/{dir}it-ran")))
    {
        assert!(!at.path(&trace).exists(), "{trace}");
    }
}

#[test]
fn a_module_is_found_and_not_run() {
    let at = workshop!("inspect-installed");
    let site = environment(&at);
    let package = at.wr(["inspect", "fast"]).run();
    package
        .status(0)
        .says("fast  an installed package (Fast_Pkg 1.2)")
        .says("fast/_fast.abi3.so")
        .says("PyInit__fast");
    at.wr(["inspect", "fast._fast"])
        .run()
        .status(0)
        .says("an installed extension module");
    at.wr(["inspect", "fast.helper"])
        .run()
        .status(0)
        .says("no extension: it's pure Python");
    at.wr(["inspect", "developed"])
        .run()
        .status(0)
        .says("developed/_core.abi3.so");
    at.wr(["inspect", "sys"])
        .run()
        .status(0)
        .says("built into the interpreter");
    nothing_ran(&at, &site);
}

#[test]
fn a_distribution_is_found_by_its_name() {
    let at = workshop!("inspect-distribution");
    let site = environment(&at);
    for name in ["fast-pkg", "Fast.Pkg"] {
        at.wr(["inspect", name])
            .run()
            .status(0)
            .says("an installed distribution (Fast_Pkg 1.2)")
            .says("fast/_fast.abi3.so")
            .never_says("evil");
    }
    nothing_ran(&at, &site);
}

#[cfg(target_os = "linux")]
#[test]
fn an_environment_sees_other_packages_unless_its_settings_say_no() {
    let at = workshop!("inspect-sees-base");
    let site = environment(&at);
    let version = site.split('/').find(|part| part.starts_with("python"));
    let users = format!("home/.local/lib/{}/site-packages", version.unwrap());
    at.write(format!("{users}/mine.py"), "");
    let home = testkit::python().parent().unwrap().display().to_string();
    for (setting, status) in [
        ("include-system-site-packages = false\n", 2),
        ("include-system-site-packages = True\n", 0),
        // Without the line, `site` assumes true.
        ("", 0),
    ] {
        at.write(".venv/pyvenv.cfg", format!("home = {home}\n{setting}"));
        let inspect = at.wr(["inspect", "mine"]);
        inspect.env("HOME", at.path("home")).run().status(status);
    }
}

#[test]
fn problems_under_this_interpreter_are_reported() {
    let at = workshop!("inspect-installed-wrong");
    let site = environment(&at);
    // The file's name doesn't match what it serves, and it requires what no interpreter offers.
    let wrong = extension().import("PyUnheard_Of").build();
    at.write(format!("{site}/fast/_slow.abi3.so"), wrong);
    let outcome = at.wr(["inspect", "fast._slow", "--check"]).run();
    outcome
        .status(1)
        .says("WR0101")
        .says("WR0106")
        .says("PyUnheard_Of");
}

#[cfg(target_os = "linux")]
#[test]
fn wr0112_a_library_the_loader_cannot_find() {
    let at = workshop!("inspect-installed-needs");
    let site = environment(&at);
    let path = format!("{site}/fast/_fast.abi3.so");
    let inspect = || at.wr(["inspect", "fast", "--check"]).run();
    let needs = || extension().needs("libwr-nowhere.so.1");
    at.write(&path, needs().build());
    inspect()
        .status(1)
        .says("WR0112 `_fast.abi3.so` needs the library `libwr-nowhere.so.1`, which this system's loader can't find");
    // With a search path that leads to it.
    let library = super::Elf::default().export("f");
    let place = format!("{site}/fast/libs/libwr-nowhere.so.1");
    at.write(&place, library.build())
        .write(&path, needs().rpath("$ORIGIN/libs").build());
    inspect().status(0).never_says("WR0112");
    at.write(&path, needs().runpath("${ORIGIN}/libs").build());
    inspect().status(0).never_says("WR0112");
    // Its own dependencies are looked for too, using the RPATH of the first, but not its RUNPATH.
    at.write(&place, library.needs("libwr-other.so").build())
        .write(
            format!("{site}/fast/libs/libwr-other.so"),
            super::Elf::default().build(),
        );
    inspect()
        .status(1)
        .says("needs the library `libwr-other.so`");
    at.write(&path, needs().rpath("$ORIGIN/libs").build());
    inspect().status(0).never_says("WR0112");
    // Another package may load its own libraries before.
    at.write(&path, needs().build()).write(
        format!("{site}/other-1.0.dist-info/RECORD"),
        "other/libwr-nowhere.so.1,,\nother/libwr-other.so,,\n",
    );
    inspect().status(0).never_says("WR0112");
}

/// Makes a file older than anything a test writes.
pub(super) fn age(at: &Workshop, file: &str) {
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    let file = std::fs::File::options().write(true).open(at.path(file));
    file.unwrap().set_modified(old).unwrap();
}

/// The suffix of an extension for this version only.
pub(super) fn own_suffix(at: &Workshop, site: &str) -> String {
    let files = at.path(site).read_dir().unwrap().flatten();
    let mut names = files.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names
        .find_map(|name| Some(name.strip_prefix("single")?.to_owned()))
        .unwrap()
}

#[test]
fn a_stale_build_that_hides_a_newer_one_is_reported() {
    let at = workshop!("inspect-installed-stale");
    let site = environment(&at);
    let suffix = own_suffix(&at, &site);
    age(&at, &format!("{site}/single{suffix}"));
    at.write(format!("{site}/single.abi3.so"), extension().build());
    at.wr(["inspect", "single"])
        .run()
        .says("WR0111")
        .says("single.abi3.so");
    // In a package too, under either name.
    at.write(format!("{site}/fast/_fast{suffix}"), extension().build());
    at.wr(["inspect", "fast"]).run().never_says("WR0111");
    age(&at, &format!("{site}/fast/_fast{suffix}"));
    at.write(
        format!("{site}/Fast_Pkg-1.2.dist-info/RECORD"),
        format!("fast/_fast.abi3.so,,\nfast/_fast{suffix},,\n"),
    );
    for name in ["fast", "fast-pkg", "fast._fast"] {
        at.wr(["inspect", name])
            .run()
            .says("WR0111")
            .says("for `fast._fast`, though there is a newer build further down the search path")
            .says(&format!("delete `{}", at.path(&site).display()));
    }
}

#[test]
fn a_distribution_with_older_metadata_is_found_too() {
    let at = workshop!("inspect-egg-info");
    let site = environment(&at);
    let info = |name: &str, file: &str| format!("{site}/{name}.egg-info/{file}");
    at.write(
        info("Old_Pkg-0.3-py3.11", "top_level.txt"),
        "fast\nsingle\n",
    )
    .write(
        info("listed-2.0", "installed-files.txt"),
        "../fast/_fast.abi3.so\n../../../../evil.so\nPKG-INFO\n",
    )
    .write(
        info("developed", "PKG-INFO"),
        "Name: developed\nVersion: 7.1\n",
    )
    .write(info("developed", "top_level.txt"), "developed\n")
    .write(format!("{site}/bare-1.0.egg-info"), "Name: bare\n");
    at.wr(["inspect", "old-pkg"])
        .run()
        .status(0)
        .says("an installed distribution (Old_Pkg 0.3)")
        .says("fast/_fast.abi3.so")
        .says("single.cpython");
    at.wr(["inspect", "listed"])
        .run()
        .status(0)
        .says("(listed 2.0)")
        .says("fast/_fast.abi3.so")
        .never_says("evil");
    at.wr(["inspect", "developed"])
        .run()
        .says("an installed package (developed 7.1)");
    at.wr(["inspect", "bare"]).run().fails(
        "which files belong to the distribution",
        "pass the module's name",
    );
}

#[test]
fn a_file_wins_over_a_module_of_its_name() {
    let at = workshop!("inspect-file-wins");
    environment(&at);
    put_wheel(&at, &format!("fast/{}", super::WHEEL), &extension());
    at.wr(["inspect", "fast"])
        .run()
        .status(0)
        .says("wheel of fast 1.0");
}

#[test]
fn a_missing_package_is_reported_with_the_interpreter() {
    let at = workshop!("inspect-not-installed");
    environment(&at);
    at.wr(["inspect", "no_such_module"]).run().fails(
        ".venv/bin/python has no module or distribution with it either",
        "--python",
    );
    at.wr(["inspect", "fast", "--python", "3.99"])
        .run()
        .fails("no Python interpreter `3.99` was found", "--python");
}

#[test]
fn an_interpreter_path_is_relative_to_the_current_directory() {
    let at = workshop!("inspect-relative-python");
    environment(&at);
    for python in [".venv/bin/python", "./.venv/bin/python", "./.venv", ".venv"] {
        at.wr(["inspect", "fast", "--python", python])
            .run()
            .status(0)
            .says("(Fast_Pkg 1.2)");
    }
}

#[test]
fn a_program_that_is_not_python_is_reported_in_one_line() {
    let at = workshop!("inspect-no-python");
    let said = "echo 'pyenv: python2.7: command not found' >&2\necho 'Note: see pyenv help' >&2\nexit 127\n";
    at.script("tools", "shim", said);
    for (program, said) in [
        (
            "/bin/ls",
            "/bin/ls isn't a working Python: it exited with status 2\n",
        ),
        (
            "tools/shim",
            "it exited with status 127 and printed: pyenv: python2.7: command not found",
        ),
    ] {
        let outcome = at.wr(["inspect", "json", "--python", program]).run();
        outcome.fails(said, "it's what --python asks for");
        assert!(outcome.stderr.len() < 500, "{}", outcome.stderr);
    }
}

/// An untrusted checkout may contain an environment; inspecting never runs anything in it.
#[test]
fn an_interpreter_of_the_checkout_is_never_run() {
    let at = workshop!("inspect-trust");
    let python = testkit::python();
    let script = format!("#!/bin/sh\ntouch {}\n", at.path("it-ran").display());
    at.folder(".git").write("tools/python", &script);
    let run = std::os::unix::fs::PermissionsExt::from_mode(0o755);
    std::fs::set_permissions(at.path("tools/python"), run).unwrap();
    let outside = python.parent().unwrap().to_owned();
    let cases = [
        (
            "a program of its own",
            at.path("tools/python"),
            outside.clone(),
        ),
        (
            "an installation of its own",
            python.clone(),
            at.path("tools"),
        ),
    ];
    for (what, program, home) in cases {
        at.write(".venv/pyvenv.cfg", format!("home = {}\n", home.display()));
        at.folder(".venv/bin");
        let link = at.path(".venv/bin/python");
        let _ = std::fs::remove_file(&link);
        std::os::unix::fs::symlink(program, link).unwrap();
        for command in [
            &["inspect", "nothing_of_this_name"][..],
            &["list"],
            &["hint"],
            &["explain", "WR0101"],
        ] {
            let said = at.wr(command).at(".").run();
            if command[0] == "inspect" {
                said.complains(".venv is skipped");
            }
            assert!(!at.path("it-ran").exists(), "{what}: {command:?}");
        }
    }
}

#[test]
fn a_file_is_judged_for_the_python_that_is_named() {
    let at = workshop!("inspect-file-for-python");
    environment(&at);
    at.write("_fast.abi3.so", extension().build())
        .write("_fast.cpython-38-x86_64-linux-gnu.so", extension().build())
        .write(
            "_wrong.abi3.so",
            extension()
                .export("PyInit__wrong")
                .import("PyUnheard_Of")
                .build(),
        );
    let file = |file: &str| {
        at.wr(["inspect", file, "--python", ".venv", "--ignore", "WR0108"])
            .run()
    };
    file("_fast.abi3.so").says("nothing wrong was found");
    file("_fast.cpython-38-x86_64-linux-gnu.so").says("WR0107");
    file("_wrong.abi3.so").says("WR0106").says("PyUnheard_Of");
    // Several at once, as well.
    let all = ["_wrong.abi3.so", "_fast.cpython-38-x86_64-linux-gnu.so"];
    at.wr([&["inspect", "--python", ".venv"], &all[..]].concat())
        .run()
        .says("WR0106")
        .says("WR0107");
    // Without a name it's for any Python, even next to something looked up in one.
    for targets in [&all[..], &["fast", all[0], all[1]]] {
        at.wr([&["inspect"], targets].concat())
            .run()
            .never_says("WR0106")
            .never_says("WR0107");
    }
    at.wr(["inspect", "_fast.abi3.so", "--python", "3.99"])
        .run()
        .fails("no Python interpreter `3.99` was found", "--python");
}
