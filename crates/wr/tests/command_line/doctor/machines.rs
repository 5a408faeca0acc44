//! What the doctor says about various machines.

use serde_json::Value;
use testkit::{Invocation, Outcome, Workshop, python, workshop};

/// Everything a machine needs, except uv.
const TOOLS: [&str; 6] = ["cargo", "rustc", "cc", "ld", "as", "git"];

/// The doctor, with only the programs in `programs`, and without asking an index.
fn doctor(at: &Workshop, programs: &std::path::Path) -> Invocation {
    at.folder("home");
    at.wr(["doctor", "--format", "json"])
        .own_state()
        .path([programs])
        .without_version_managers(&at.path("home"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("PIP_NO_INDEX", "1")
}

/// A directory with the usual tools and a Python.
fn machine(at: &Workshop) -> std::path::PathBuf {
    let bin = at.only("bin", &TOOLS);
    std::os::unix::fs::symlink(python(), bin.join("python3")).unwrap();
    bin
}

/// What a check found.
#[track_caller]
fn outcomes(outcome: &Outcome, check: &str) -> Vec<Value> {
    let document = outcome.json();
    let checks = document["checks"].as_array().cloned().unwrap_or_default();
    let found = checks.iter().find(|one| one["check"] == check);
    let found = found.unwrap_or_else(|| panic!("no check {check}: {}", outcome.account()));
    found["outcomes"].as_array().cloned().unwrap_or_default()
}

/// The health and code of the first thing that a check found.
#[track_caller]
fn gist(outcome: &Outcome, check: &str) -> (String, String) {
    let first = outcomes(outcome, check)
        .into_iter()
        .next()
        .unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&first["health"]), text(&first["finding"]["code"]))
}

fn wrong(code: &str) -> (String, String) {
    ("wrong".to_owned(), code.to_owned())
}

#[test]
fn a_machine_that_lacks_nothing() {
    let at = workshop!("doctor-fine");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    let bin = machine(&at);
    let outcome = doctor(&at, &bin).run();
    outcome.status(0);
    assert_eq!(outcome.json()["health"], "fine", "{}", outcome.account());
    assert!(
        !at.path("exercises/progress.db").exists(),
        "looking begins no progress"
    );
    // For people.
    let outcome = at
        .wr(["doctor"])
        .own_state()
        .path([&bin])
        .without_version_managers(&at.path("home"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("PIP_NO_INDEX", "1")
        .run();
    outcome
        .status(0)
        .says("nothing is wrong")
        .says("its C headers aren't needed")
        .says("1 in ");
}

#[test]
fn outside_of_courses_and_projects() {
    let at = workshop!("doctor-outside");
    at.folder(".git");
    let outcome = doctor(&at, &machine(&at)).run();
    outcome.status(0);
    assert!(!at.path(".wr").exists(), "nothing is left behind");
    let place = outcome.json()["place"].as_str().unwrap().to_owned();
    assert!(place.contains("outside"), "{place}");
}

#[test]
fn no_linker() {
    let at = workshop!("doctor-no-cc");
    at.course();
    let bin = machine(&at);
    std::fs::remove_file(bin.join("cc")).unwrap();
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "linker"), wrong("WR0219"));
}

#[test]
fn a_compiler_that_cannot_link() {
    let at = workshop!("doctor-broken-cc");
    at.course();
    let bin = machine(&at);
    std::fs::remove_file(bin.join("cc")).unwrap();
    at.script("bin", "cc", "echo \"cc: cannot find crti.o\" >&2\nexit 1");
    let outcome = doctor(&at, &bin).run();
    outcome.status(1).says("cannot find crti.o");
    assert_eq!(gist(&outcome, "linker"), wrong("WR0219"));
}

#[test]
fn no_python_at_all() {
    let at = workshop!("doctor-no-python");
    at.course();
    let outcome = doctor(&at, &at.only("bin", &TOOLS)).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "python"), wrong("WR0401"));
}

#[test]
fn a_python_without_venv_is_reported_with_this_systems_command() {
    let at = workshop!("doctor-no-venv");
    at.course();
    let bin = at.only("bin", &TOOLS);
    at.script(
        "bin",
        "python3",
        &format!(
            "\"{}\" \"$@\" | /usr/bin/sed 's/\"has_ensurepip\": true/\"has_ensurepip\": false/'",
            python().display()
        ),
    );
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "venv"), wrong("WR0404"));
    // uv does without it.
    at.script("bin", "uv", "echo uv 0.9.9");
    let outcome = doctor(&at, &bin).env("UV_OFFLINE", "1").run();
    outcome.status(0);
}

#[test]
fn a_python_that_hangs_does_not_hang_the_doctor() {
    let at = workshop!("doctor-hanging-python");
    at.course();
    let bin = at.only("bin", &TOOLS);
    at.script("bin", "python3", "exec /bin/sleep 1000");
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "python"), wrong("WR0401"));
    assert_eq!(gist(&outcome, "rust").0, "fine");
}

#[test]
fn an_old_compiler() {
    let at = workshop!("doctor-old-rustc");
    at.course();
    let bin = machine(&at);
    std::fs::remove_file(bin.join("rustc")).unwrap();
    at.script(
        "bin",
        "rustc",
        "echo 'rustc 1.63.0'; echo 'host: x86_64-unknown-linux-gnu'; echo 'release: 1.63.0'",
    );
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "rust"), wrong("WR0220"));
}

#[test]
fn an_interpreter_of_another_word_size() {
    let at = workshop!("doctor-width");
    at.course();
    let bin = at.only("bin", &TOOLS);
    at.script(
        "bin",
        "python3",
        &format!(
            "\"{}\" \"$@\" | /usr/bin/sed 's/\"pointer_width\": 64/\"pointer_width\": 32/'",
            python().display()
        ),
    );
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "architecture"), wrong("WR0205"));
}

#[test]
fn variables_are_reported_with_their_effect_on_wr() {
    let at = workshop!("doctor-variables");
    at.course().folder("venv").folder("conda");
    let bin = machine(&at);
    let outcome = doctor(&at, &bin)
        .env("VIRTUAL_ENV", at.path("venv"))
        .env("CONDA_PREFIX", at.path("conda"))
        .env("CARGO_BUILD_TARGET", "wasm32-unknown-unknown")
        .env("RUSTFLAGS", "-Ctarget-cpu=native")
        .env("PYO3_PYTHON", "/usr/bin/python3")
        .run();
    outcome.status(1);
    let all = outcomes(&outcome, "variables");
    let health_of = |text: &str| {
        let found = all.iter().find(|one| one.to_string().contains(text));
        found.map(|one| one["health"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(health_of("WR0208").as_deref(), Some("wrong"));
    assert_eq!(health_of("CARGO_BUILD_TARGET").as_deref(), Some("wrong"));
    assert_eq!(health_of("RUSTFLAGS is set").as_deref(), Some("advice"));
    assert_eq!(
        health_of("wr's own builds don't see it").as_deref(),
        Some("fine")
    );
}

#[test]
fn a_damaged_progress_file_is_reported_and_left_alone() {
    let at = workshop!("doctor-progress");
    at.course().write(
        "exercises/progress.db",
        "this isn't a database, and it's long enough to be read",
    );
    let before = at.read("exercises/progress.db");
    let bin = machine(&at);
    let outcome = doctor(&at, &bin).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "progress"), wrong("WR0502"));
    doctor(&at, &bin).run();
    assert_eq!(at.read("exercises/progress.db"), before);
}

#[test]
fn an_unreadable_course_does_not_prevent_checking_the_machine() {
    let at = workshop!("doctor-broken-course");
    at.course().write(".wr.toml", "exercises_dir = 3\n");
    let outcome = doctor(&at, &machine(&at)).run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "exercises").0, "wrong");
    assert_eq!(gist(&outcome, "rust").0, "fine");
}

#[test]
fn an_unreachable_index_only_matters_without_an_environment() {
    let at = workshop!("doctor-no-index");
    at.course();
    let bin = machine(&at);
    at.folder("cargo-home");
    // Nothing listens there, so the connection is refused at once.
    let outcome = doctor(&at, &bin)
        .without("CARGO_NET_OFFLINE")
        .without("PIP_NO_INDEX")
        .env("CARGO_HOME", at.path("cargo-home"))
        .env("HTTPS_PROXY", "http://127.0.0.1:9")
        .env("https_proxy", "http://127.0.0.1:9")
        .env("CARGO_HTTP_PROXY", "http://127.0.0.1:9")
        .env("PIP_PROXY", "http://127.0.0.1:9")
        .run();
    outcome.status(1);
    assert_eq!(gist(&outcome, "index"), wrong("WR0412"));
    outcome.says("cargo can't reach its index of crates");
}

#[test]
fn a_command_works_for_any_directory_name() {
    let at = workshop!("doctor-quoted");
    let root = "my proj $HOME 'a'";
    at.folder(".git")
        .write(
            format!("{root}/pyproject.toml"),
            "[build-system]\nrequires = [\"maturin>=1\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"quoted\"\nversion = \"0.1.0\"\n",
        )
        .write(
            format!("{root}/Cargo.toml"),
            "[package]\nname = \"quoted\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        )
        // An environment whose interpreter is gone.
        .write(format!("{root}/.venv/pyvenv.cfg"), "home = /usr/bin\n");
    let outcome = doctor(&at, &machine(&at)).at(root).run();
    outcome.status(1);
    let command = outcomes(&outcome, "environment")
        .iter()
        .find_map(|one| one["command"].as_str().map(str::to_owned))
        .unwrap_or_else(|| panic!("no command: {}", outcome.account()));
    // A shell splits it into the intended words.
    let words = at.script("shell", "python3", "printf '%s\\n' \"$@\"");
    let ran = std::process::Command::new("/bin/sh")
        .args(["-c", &command])
        .env("PATH", words)
        .output()
        .unwrap();
    let expected = format!(
        "-m\nvenv\n--clear\n{}\n",
        at.path(root).join(".venv").display()
    );
    assert_eq!(String::from_utf8_lossy(&ran.stdout), expected, "{command}");
}

/// A project with its own environment, which seems to contain pytest.
fn project_with_environment(at: &Workshop) {
    at.folder(".git")
        .write(
            "pyproject.toml",
            "[build-system]\nrequires = [\"maturin>=1\"]\nbuild-backend = \"maturin\"\n\n[project]\nname = \"owning\"\nversion = \"0.1.0\"\n",
        )
        .write(
            "Cargo.toml",
            "[package]\nname = \"owning\"\nversion = \"0.1.0\"\nedition = \"2024\"\n",
        );
    let made = std::process::Command::new(python())
        .args(["-I", "-m", "venv", "--without-pip"])
        .arg(at.path(".venv"))
        .status()
        .unwrap();
    assert!(made.success(), "no virtual environment");
    let lib = std::fs::read_dir(at.path(".venv/lib")).unwrap().next();
    let version = lib.unwrap().unwrap().file_name();
    let packages = format!(".venv/lib/{}/site-packages", version.to_string_lossy());
    at.write(format!("{packages}/pytest/__init__.py"), "");
}

#[test]
fn the_python_shown_is_the_one_used() {
    let at = workshop!("doctor-own-python");
    project_with_environment(&at);
    // The one on PATH is another one, and doesn't even work.
    let bin = at.only("bin", &TOOLS);
    at.script("bin", "python3", "exit 1");
    let outcome = doctor(&at, &bin).run();
    outcome.status(0);
    let message = |check: &str| {
        outcomes(&outcome, check)[0]["message"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    assert!(
        message("python").contains("/.venv/bin/python"),
        "{}",
        message("python")
    );
    let environments = outcomes(&outcome, "environment");
    assert_eq!(environments.len(), 1, "{environments:?}");
    assert!(
        message("environment").contains("is your own, and `wr` uses it"),
        "{environments:?}"
    );
}

#[test]
fn rust_installed_but_not_on_path_is_not_reinstalled() {
    let at = workshop!("doctor-rust-off-path");
    at.course();
    let bin = at.only("bin", &["cc", "ld", "as", "git"]);
    std::os::unix::fs::symlink(python(), bin.join("python3")).unwrap();
    at.script("my cargo/bin", "cargo", "echo cargo 1.95.0");
    at.script("my cargo/bin", "rustc", "echo rustc 1.95.0");
    let look = || {
        doctor(&at, &bin)
            .env("CARGO_HOME", at.path("my cargo"))
            .run()
    };
    let command = |outcome: &Outcome| {
        let rust = outcomes(outcome, "rust");
        assert_eq!(rust.len(), 2, "{rust:?}");
        rust[0]["command"].as_str().unwrap().to_owned()
    };
    // The suggested command makes a shell find them.
    let works = |command: &str| {
        let line = format!("{command}; cargo; rustc");
        let ran = std::process::Command::new("/bin/sh")
            .args(["-c", &line])
            .env("PATH", &bin)
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8_lossy(&ran.stdout),
            "cargo 1.95.0\nrustc 1.95.0\n",
            "{line}"
        );
    };
    let outcome = look();
    outcome.status(1).says("is installed but not on PATH");
    works(&command(&outcome));
    // The way rustup sets it up.
    at.write(
        "my cargo/env",
        format!(
            "export PATH='{}':\"$PATH\"\n",
            at.path("my cargo/bin").display()
        ),
    );
    let with_script = command(&look());
    assert!(with_script.starts_with(". "), "{with_script}");
    works(&with_script);
    // If there is no such file, the command sets PATH itself.
    at.remove("my cargo");
    let outcome = doctor(&at, &bin).env("CARGO_HOME", at.path("none")).run();
    assert!(
        command(&outcome).starts_with("curl "),
        "{}",
        outcome.account()
    );
}

#[test]
fn sentences_are_wrapped_between_words_within_their_column() {
    let at = workshop!("doctor-narrow");
    at.course();
    let bin = at.only("bin", &TOOLS);
    let shown = at
        .wr(["doctor"])
        .own_state()
        .path([&bin])
        .without_version_managers(&at.path("bin"))
        .env("CARGO_NET_OFFLINE", "true")
        .env("PIP_NO_INDEX", "1")
        .env("NO_COLOR", "1")
        .on_terminal_of_width(80)
        .end()
        .1;
    let missing = shown.lines().skip_while(|line| !line.contains("Python"));
    let told: Vec<&str> = missing.map(str::trim_end).take(4).collect();
    for line in &told {
        let is_word = !line.trim().contains(' ');
        assert!(line.chars().count() <= 80 || is_word, "{line:?} in {shown}");
    }
    // Everything that belongs to the check is below it, whether it's one line or more.
    assert!(
        told[1..]
            .iter()
            .any(|line| line.starts_with(&" ".repeat(19))),
        "{shown}"
    );
    let long = shown.lines().filter(|line| line.chars().count() > 80);
    let torn: Vec<_> = long.filter(|line| !line.contains('/')).collect();
    assert!(torn.is_empty(), "{torn:#?}");
}
