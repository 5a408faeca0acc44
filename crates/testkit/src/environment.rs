//! The environment of a `wr` under test.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The variables that are passed on: where the tools are, and how they reach the network. Anything else, such as
/// `NO_COLOR` or an active virtual environment, would make a test's result depend on who runs it.
const PASSED_ON: [&str; 14] = [
    "PATH",
    "HOME",
    "USERPROFILE",
    "SYSTEMROOT",
    "TMPDIR",
    "PYENV_ROOT",
    "RUSTUP_TOOLCHAIN",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "GIT_SSL_CAINFO",
    "NIX_SSL_CERT_FILE",
    "XDG_CACHE_HOME",
];

/// The same, for groups of variables with a common prefix.
const FAMILIES: [&str; 6] = [
    "PIP_",
    "UV_",
    "CARGO_HTTP_",
    "CARGO_NET_",
    "CARGO_REGISTRIES_",
    "CARGO_SOURCE_",
];

/// The environment for a program under test.
pub(crate) fn clean() -> BTreeMap<OsString, OsString> {
    let mut env: BTreeMap<OsString, OsString> = std::env::vars_os()
        .filter(|(name, _)| {
            let name = name.to_string_lossy().to_uppercase();
            PASSED_ON.contains(&&*name)
                || name.ends_with("_PROXY")
                || FAMILIES.iter().any(|family| name.starts_with(family))
        })
        .collect();
    // Set explicitly, so that a test can move HOME and still have its tools.
    for (name, below_home) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
        let home = || std::env::home_dir().map(|home| home.join(below_home).into());
        if let Some(dir) = std::env::var_os(name).or_else(home) {
            env.insert(name.into(), dir);
        }
    }
    env.insert("LANG".into(), "C.UTF-8".into());
    // A version manager's shim takes longer to find the interpreter than the interpreter takes to start.
    let dirs = python().parent().map(PathBuf::from).into_iter();
    let present = env
        .get(&OsString::from("PATH"))
        .cloned()
        .unwrap_or_default();
    let all = dirs.chain(std::env::split_paths(&present));
    env.insert(
        "PATH".into(),
        std::env::join_paths(all).expect("what was joined before can be joined again"),
    );
    env
}

/// The Python that tests use: the default `python3` itself, not a shim for it.
pub(crate) fn python() -> PathBuf {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND
        .get_or_init(|| {
            let script = "import sys; print(sys.executable)";
            let output = Command::new("python3").args(["-I", "-c", script]).output();
            let output = output.expect("these tests need `python3` on PATH");
            assert!(output.status.success(), "python3 does not run: {output:?}");
            PathBuf::from(String::from_utf8_lossy(&output.stdout).trim())
        })
        .clone()
}
