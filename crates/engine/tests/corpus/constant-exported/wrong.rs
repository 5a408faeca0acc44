use pyo3::prelude::*;
const LIMIT: u32 = 3;
#[pymodule]
mod limits {
    #[pymodule_export]
    use super::LIMIT;
}
