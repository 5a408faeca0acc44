//! The arguments of `wr run`.

use std::ffi::OsString;

use clap::{Args, ValueHint};

use super::examples;

#[derive(Debug, Args)]
#[command(after_help = examples::RUN, override_usage = "wr run [OPTIONS] [SCRIPT | -c CODE | -m MODULE] [ARGS]...")]
pub(crate) struct Run {
    /// A script, `-c CODE` or `-m MODULE`, and its arguments: everything that `python` accepts; by default Python's prompt
    ///
    /// wr's own options come first. Write `--` before options of Python that wr has too: `wr run -- -v`.
    #[arg(
        trailing_var_arg = true,
        allow_hyphen_values = true,
        value_name = "ARGS", value_hint = ValueHint::FilePath
    )]
    pub(crate) args: Vec<OsString>,
}
