//! `wr run`: Python with the extension at hand.

use std::fs;

use serde_json::json;
use testkit::{Extension, Project, workshop};

#[test]
fn python_finds_the_exercises_modules_and_what_it_prints_is_all_there_is() {
    let at = workshop!("run-exercise");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    at.wr(["open", "1/1"]).run().status(0);
    let module = &extension.module;
    let code = format!("import {module}, sample; print({module}.answer())");
    let ran = at.wr(["run", "-c", &code]).run();
    ran.status(0);
    assert_eq!(ran.stdout, "42\n");

    // A change is built first.
    at.replace(format!("{}/src/lib.rs", extension.dir()), "42", "43");
    let ran = at.wr(["run", "-c", &code]).run();
    ran.status(0);
    assert_eq!(ran.stdout, "43\n");

    // Programs that Python starts find it too, and the directory is the caller's own.
    at.write(
        "try.py",
        format!("import os, subprocess, sys\nprint(sys.argv[1:], os.getcwd() == os.environ['PWD'], flush=True)\nsubprocess.run([sys.executable, '-c', '{code}'], check=True)\n"),
    );
    let pwd = at.root().to_owned();
    let ran = at
        .wr(["run", "try.py", "--verbose", "-x"])
        .env("PWD", pwd)
        .run();
    ran.status(0);
    assert_eq!(ran.stdout, "['--verbose', '-x'] True\n43\n");

    let timed = at
        .wr([
            "run",
            "-m",
            "timeit",
            "-n",
            "1",
            &format!("import {module}"),
        ])
        .run();
    timed.status(0).says("1 loop");
    // Python's own options come before what it runs.
    let ran = at.wr(["run", "--", "-v", "-c", "print(1)"]).run();
    ran.status(0).says("1\n").complains("import ");
}

#[test]
fn the_exit_status_is_pythons() {
    let at = workshop!("run-status");
    at.course()
        .python_exercise("01_a/01_x", "def test_a(): ...\n");
    let run = |code: &str| at.wr(["run", "-c", code]).at("exercises/01_a/01_x").run();
    run("raise SystemExit(7)").status(7);
    run("raise ValueError('no')")
        .status(1)
        .complains("ValueError: no");
    assert_eq!(
        run("import os, signal; os.kill(os.getpid(), signal.SIGKILL)").ending(),
        "ended by a signal"
    );
    // The end of the input ends the prompt.
    at.wr(["run"]).at("exercises/01_a/01_x").run().status(0);
}

#[test]
fn a_broken_build_is_diagnosed_like_a_verdict() {
    let at = workshop!("run-broken");
    let extension = Extension::named_after(&at).answering("missing");
    at.course();
    extension.put_into(&at);
    let run = || at.wr(["run", "-c", "print('never')"]).at(extension.dir());
    run()
        .run()
        .status(1)
        .says("does not build")
        .says("src/lib.rs:7:9")
        .never_says("never");
    let document = at
        .wr(["run", "--format", "json", "-c", "print('never')"])
        .at(extension.dir())
        .run();
    document.status(1);
    assert_eq!(document.json()["command"], json!("run"));
    assert_eq!(document.verdict()["status"], json!("does_not_compile"));

    // The library is fine for cargo, and Python couldn't import it.
    at.write(
        format!("{}/src/lib.rs", extension.dir()),
        "#[pyo3::pymodule]\nmod another {}\n",
    );
    run()
        .run()
        .status(1)
        .says("does not import")
        .says("the `#[pymodule]` is `another`")
        .never_says("never");
}

#[test]
fn a_mixed_project_runs_from_any_of_its_directories() {
    let at = workshop!("run-project");
    let name = "prj_run_project";
    let source = "#[pyo3::pymodule]\nmod _core {\n    use pyo3::prelude::*;\n\n    #[pyfunction]\n    fn answer() -> u32 {\n        42\n    }\n}\n";
    Project::named_after(&at, source)
        .maturin(&format!(
            "python-source = \"python\"\nmodule-name = \"{name}._core\""
        ))
        .put_into(&at);
    at.write(
        format!("python/{name}/__init__.py"),
        "from ._core import answer as answer\n",
    );
    let code = format!("import {name}; print({name}.answer())");
    for dir in [".", "src", &format!("python/{name}")] {
        let ran = at.wr(["run", "-c", &code]).at(dir).run();
        ran.status(0);
        assert_eq!(ran.stdout, "42\n", "{dir}");
    }
    // Nothing was installed or written into the project.
    let built = fs::read_dir(at.path(format!("python/{name}"))).unwrap();
    let names: Vec<_> = built.flatten().map(|entry| entry.file_name()).collect();
    assert!(
        !names
            .iter()
            .any(|name| name.to_string_lossy().ends_with(".so")),
        "{names:?}"
    );
}

#[test]
fn without_python_code_there_is_nothing_to_run() {
    let at = workshop!("run-rust");
    at.course().rust_exercise("01_a/01_x");
    at.wr(["run"]).at("exercises/01_a/01_x").run().fails(
        "01_a/01_x contains nothing that Python could import",
        "`wr check`",
    );
}

#[cfg(unix)]
#[test]
fn the_prompt_has_the_terminal_and_ctrl_c() {
    let at = workshop!("run-prompt");
    let extension = Extension::named_after(&at);
    at.course();
    extension.put_into(&at);
    // The plain prompt, which prints what is typed in the same way in every version.
    let mut terminal = at
        .wr(["run"])
        .at(extension.dir())
        .env("PYTHON_BASIC_REPL", "1")
        .on_terminal();
    terminal.expect(">>> ");
    terminal.press(&format!("import {}, time\r", extension.module));
    terminal.expect(">>> ");
    terminal.press(&format!("print('got', {}.answer())\r", extension.module));
    terminal.expect("got 42").expect(">>> ");
    terminal.press("print('sleeping'.upper()); time.sleep(60)\r");
    terminal.expect("SLEEPING");
    terminal.press("\u{3}");
    terminal.expect("KeyboardInterrupt").expect(">>> ");
    terminal.press("raise SystemExit(5)\r");
    let (status, _) = terminal.end();
    assert_eq!(status, 5);
}
