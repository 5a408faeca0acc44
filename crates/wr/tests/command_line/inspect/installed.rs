//! What is installed is found as Python would find it, and none of it runs.

use testkit::{Workshop, workshop};

use super::{extension, put_wheel};

/// Code that leaves a trace when it runs.
const TRACE: &str = "import pathlib; pathlib.Path(__file__).with_name('it-ran').touch()\n";

/// An environment with a package and its extension in it; everything of it that could run leaves a trace.
fn environment(at: &Workshop) -> String {
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
fn nothing_ran(at: &Workshop, site: &str) {
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
        .says("fast  an installed package, of Fast_Pkg 1.2")
        .says("fast/_fast.abi3.so")
        .says("PyInit__fast");
    at.wr(["inspect", "fast._fast"])
        .run()
        .status(0)
        .says("an installed extension module");
    at.wr(["inspect", "fast.helper"])
        .run()
        .status(0)
        .says("no extension: it is Python alone");
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
            .says("an installed distribution, of Fast_Pkg 1.2")
            .says("fast/_fast.abi3.so")
            .never_says("evil");
    }
    nothing_ran(&at, &site);
}

#[test]
fn what_is_wrong_under_this_interpreter_is_told() {
    let at = workshop!("inspect-installed-wrong");
    let site = environment(&at);
    // The file is called otherwise than what it serves, and asks for what no interpreter offers.
    let wrong = extension().import("PyUnheard_Of").build();
    at.write(format!("{site}/fast/_slow.abi3.so"), wrong);
    let outcome = at.wr(["inspect", "fast._slow", "--check"]).run();
    outcome
        .status(1)
        .says("WR0101")
        .says("WR0106")
        .says("PyUnheard_Of");
    // A stale build that hides a newer one.
    let suffix_file = at.path(&site).read_dir().unwrap().flatten().find(|entry| {
        entry
            .file_name()
            .to_string_lossy()
            .starts_with("single.cpython")
    });
    let stale = suffix_file.unwrap().path();
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000);
    std::fs::File::options()
        .write(true)
        .open(&stale)
        .unwrap()
        .set_modified(old)
        .unwrap();
    at.write(format!("{site}/single.abi3.so"), extension().build());
    at.wr(["inspect", "single"])
        .run()
        .says("WR0111")
        .says("single.abi3.so");
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
fn what_is_not_installed_is_told_with_the_interpreter() {
    let at = workshop!("inspect-not-installed");
    environment(&at);
    at.wr(["inspect", "no_such_module"]).run().fails(
        ".venv/bin/python has neither a module nor a distribution called so",
        "--python",
    );
    at.wr(["inspect", "fast", "--python", "3.99"])
        .run()
        .fails("no Python interpreter `3.99` was found", "--python");
}
