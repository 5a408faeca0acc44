use pyo3::prelude::*;
struct Double { n: u32 }
#[pymodule]
mod doubles {
    #[pymodule_export]
    use super::Double;
}
