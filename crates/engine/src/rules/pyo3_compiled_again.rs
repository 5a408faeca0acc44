//! PyO3 is compiled again though its code has not changed.
//!
//! A first build of PyO3 takes seconds to minutes, every later one nothing, unless something that it depends on has changed. Its
//! build script asks the Python interpreter, and declares every variable by which it found it: `PYO3_PYTHON`,
//! `VIRTUAL_ENV`, `CONDA_PREFIX`, `PYO3_CONFIG_FILE`, and where none of them is set the whole of `PATH`. When one of them differs from
//! one build to the next, PyO3 and everything above it is compiled again; when two tools take turns, every time.
//! Features, `RUSTFLAGS`, the profile and the compiler count too: cargo keeps a build for each, and makes each once.
//!
//! ## Example
//!
//! ```text
//! $ source .venv/bin/activate && cargo build     # VIRTUAL_ENV is set
//! $ deactivate && cargo build                    # it is not: PyO3 is compiled again
//! ```
//!
//! `maturin develop` sets `PYO3_PYTHON` where `cargo build` does not. `uv run` and `pip install .` build in an isolated
//! environment, whose interpreter has another path each time. An editor's rust-analyzer has the environment that the editor
//! was started with.
//!
//! ## What to do
//!
//! `wr doctor --why-rebuild` says which variable changed, from what to what. Then say it once for all tools, in
//! `.cargo/config.toml`:
//!
//! ```toml
//! [env]
//! PYO3_PYTHON = { value = ".venv/bin/python", relative = true, force = true }
//! ```
//!
//! Or give a tool a target directory of its own: `"rust-analyzer.cargo.targetDir": true` in the editor's settings,
//! `CARGO_TARGET_DIR` for a script. Builds of `wr` itself are not affected: it has a directory of its own and a `PYO3_CONFIG_FILE`
//! that does not change.
//!
//! ## Where it is specified
//!
//! The cargo book under [`rerun-if-env-changed`](https://doc.rust-lang.org/cargo/reference/build-scripts.html#rerun-if-env-changed) and
//! [`[env]`](https://doc.rust-lang.org/cargo/reference/config.html#env); PyO3's guide under [Configuring the Python
//! version](https://pyo3.rs/latest/building-and-distribution.html#configuring-the-python-version); PyO3's issues 1708 and 6113.

use diagnostic::Rule;

pub(crate) const RULE: Rule = Rule::new(
    "WR0224",
    "pyo3-compiled-again",
    include_str!("pyo3_compiled_again.rs"),
);
