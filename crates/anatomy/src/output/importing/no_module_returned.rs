//! The init function didn't return a module.
//!
//! Python called the extension's init function, but got nothing usable back: neither a module nor an exception, or
//! something that isn't a module:
//!
//! ```text
//! SystemError: initialization of fast failed without raising an exception
//! SystemError: initialization of fast raised unreported exception
//! SystemError: initialization of fast did not return an extension module
//! ```
//!
//! PyO3 generates this function correctly. If you write it by hand, in C or as `extern "C" fn PyInit_fast`, you have to
//! follow the rule: return the module, or set an exception and return NULL.
//!
//! ## Example
//!
//! ```c
//! PyMODINIT_FUNC PyInit_fast(void) {
//!     PyObject *module = PyModule_Create(&definition);
//!     if (setup() < 0) return NULL;   /* no exception is set */
//!     return module;
//! }
//! ```
//!
//! ## What to do
//!
//! Set an exception before returning NULL (`PyErr_SetString(PyExc_ImportError, "…")`), and otherwise return the value
//! from `PyModule_Create` or `PyModuleDef_Init`. In Rust, use `#[pymodule]`.
//!
//! ## Where it is specified
//!
//! [PEP 489](https://peps.python.org/pep-0489/), Python's manual under [Defining extension
//! modules](https://docs.python.org/3/c-api/extension-modules.html).

use diagnostic::{Diagnostic, Rule};

use crate::output::OutputContext;
use crate::output::text::{Output, between};

pub(crate) static RULE: Rule = Rule::new(
    "WR0116",
    "no-module-returned",
    include_str!("no_module_returned.rs"),
);

pub(super) fn check(output: &Output<'_>, _: &OutputContext) -> Option<Diagnostic> {
    let line = output.lines().find(|line| {
        line.contains("initialization of ")
            && [
                "did not return an extension module",
                "raised unreported exception",
                "failed without raising an exception",
            ]
            .iter()
            .any(|end| line.contains(end))
    })?;
    let module = between(line, "initialization of ", " ").unwrap_or("the module");
    Some(
        output
            .finding(&RULE, line, format!("the init function of `{module}` didn't return a module"))
            .hint("return the module, or set an exception before returning NULL; `#[pymodule]` does both for you"),
    )
}
