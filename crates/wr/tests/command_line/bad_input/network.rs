//! No network during the first setup, and later there is one.

use testkit::{Invocation, Workshop, workshop};

/// A local port that nothing listens on: the system assigned it, and it was closed again.
fn closed_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

fn check(at: &Workshop) -> Invocation {
    at.wr(["check", "01_x"]).own_state()
}

#[test]
fn the_package_index_is_unreachable_and_later_reachable() {
    let at = workshop!("no-package-index");
    at.course()
        .python_exercise("01_a/01_x", "def test_a():\n    pass\n");
    let nobody = format!("http://127.0.0.1:{}/simple", closed_port());
    let outcome = check(&at)
        .env("PIP_INDEX_URL", &nobody)
        .env("PIP_CONFIG_FILE", "/dev/null")
        .env("PIP_RETRIES", "1")
        .without("PIP_FIND_LINKS")
        .without("PIP_NO_INDEX")
        .without("PIP_EXTRA_INDEX_URL")
        .env("UV_DEFAULT_INDEX", &nobody)
        .env("UV_INDEX_URL", &nobody)
        .env("UV_NO_CACHE", "1")
        .env("UV_HTTP_RETRIES", "0")
        .run();
    outcome
        .status(1)
        .says("the package index can't be reached")
        .says("pytest")
        .says("start again when the network is back");
    // The environment is reused: a file in it survives.
    let environment = std::fs::read_dir(at.path(".wr/venv"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.is_dir())
        .expect("the environment was made");
    std::fs::write(environment.join("witness"), "").unwrap();
    let outcome = check(&at).run();
    assert!(
        outcome.stdout.contains("solved"),
        "this test installs pytest and needs the package index: {}",
        outcome.account()
    );
    assert!(
        environment.join("witness").exists(),
        "wr created the environment again"
    );
}

#[test]
fn the_crate_registry_is_unreachable() {
    let at = workshop!("no-crate-registry");
    at.course().rust_exercise("01_a/01_x");
    let manifest = "exercises/01_a/01_x/Cargo.toml";
    let text = at.read(manifest);
    at.write(manifest, format!("{text}\n[dependencies]\nitoa = \"1\"\n"));
    at.write(
        "cargo-home/config.toml",
        format!(
            "[http]\nproxy = \"http://127.0.0.1:{}\"\n[net]\nretry = 0\n",
            closed_port()
        ),
    );
    let outcome = at
        .wr(["check", "01_x", "--format", "json"])
        .env("CARGO_HOME", at.path("cargo-home"))
        .run();
    let verdict = outcome.status(1).verdict();
    assert_eq!(
        verdict["status"],
        "environment_broken",
        "{}",
        outcome.account()
    );
    outcome.says("itoa");
}
