/// Written in Rust, imported by Python.
#[pyo3::pymodule]
mod setup {
    use pyo3::prelude::*;

    /// Whether the tools on this machine can build, install and call an extension module.
    #[pyfunction]
    fn it_works() -> bool {
        false
    }
}
