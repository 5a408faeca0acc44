use pyo3::prelude::*;
const LIMIT: u32 = 3;
#[pymodule]
mod limits {
    #[pymodule_export]
    const LIMIT: u32 = super::LIMIT;
}
