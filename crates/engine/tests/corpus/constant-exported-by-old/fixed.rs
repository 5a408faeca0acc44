use pyo3::prelude::*;
const LIMIT: u32 = 3;
#[pymodule]
mod limits {
    use pyo3::prelude::*;
    #[pymodule_init]
    fn init(m: &Bound<'_, PyModule>) -> PyResult<()> { m.add("LIMIT", super::LIMIT) }
}
