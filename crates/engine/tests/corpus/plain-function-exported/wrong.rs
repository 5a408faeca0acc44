use pyo3::prelude::*;
fn double(n: u32) -> u32 { n * 2 }
#[pymodule]
mod doubles {
    #[pymodule_export]
    use super::double;
}
