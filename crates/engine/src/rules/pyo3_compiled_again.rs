//! PyO3 is recompiled although its code hasn't changed.
//!
//! The first build of PyO3 takes seconds to minutes; later builds reuse it unless something it depends on has
//! changed. Its build script asks the Python interpreter, and it declares every variable that it uses to find one:
//! `PYO3_PYTHON`, `VIRTUAL_ENV`, `CONDA_PREFIX`, `PYO3_CONFIG_FILE`, and, if none of them is set, all of `PATH`. If
//! one of them differs between two builds, PyO3 and everything that depends on it is compiled again; if two tools
//! take turns, this happens every time. Features, `RUSTFLAGS`, the profile and the compiler count too, but cargo
//! keeps a separate build for each and compiles each only once.
//!
//! ## Example
//!
//! ```text
//! $ source .venv/bin/activate && cargo build     # VIRTUAL_ENV is set
//! $ deactivate && cargo build                    # it isn't: PyO3 is compiled again
//! ```
//!
//! `maturin develop` sets `PYO3_PYTHON`, but `cargo build` doesn't. `uv run` and `pip install .` build in an
//! isolated environment, whose interpreter has a different path each time. rust-analyzer runs with the environment
//! that your editor was started with.
//!
//! ## What to do
//!
//! `wr doctor --why-rebuild` says which variable changed, with the old and the new value. Then set it once for all
//! tools, in `.cargo/config.toml`:
//!
//! ```toml
//! [env]
//! PYO3_PYTHON = { value = ".venv/bin/python", relative = true, force = true }
//! ```
//!
//! Or give a tool its own target directory: `"rust-analyzer.cargo.targetDir": true` in the editor's settings,
//! `CARGO_TARGET_DIR` for a script. `wr`'s own builds aren't affected: it uses its own target directory and a
//! `PYO3_CONFIG_FILE` that doesn't change.
//!
//! ## Where it is specified
//!
//! The cargo book under
//! [`rerun-if-env-changed`](https://doc.rust-lang.org/cargo/reference/build-scripts.html#rerun-if-env-changed) and
//! [`[env]`](https://doc.rust-lang.org/cargo/reference/config.html#env); PyO3's guide under [Configuring the Python
//! version](https://pyo3.rs/latest/building-and-distribution.html#configuring-the-python-version); PyO3's issues
//! 1708 and 6113.

use diagnostic::Rule;

pub(crate) const RULE: Rule = Rule::new(
    "WR0224",
    "pyo3-compiled-again",
    include_str!("pyo3_compiled_again.rs"),
);
