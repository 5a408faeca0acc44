//! Makes `#[cfg(Py_3_12)]` and the like known to the crate.

fn main() {
    pyo3_build_config::use_pyo3_cfgs();
}
