//! An entrance that counts people, and tells a watcher about each.

#[pyo3::pymodule]
mod entrance {
    use pyo3::prelude::*;

    // ANCHOR: gate
    #[pyclass]
    struct Entrance {
        #[pyo3(get)]
        count: u32,
        watcher: Py<PyAny>,
    }
    // ANCHOR_END: gate

    #[pymethods]
    impl Entrance {
        #[new]
        fn new(watcher: Py<PyAny>) -> Self {
            Entrance { count: 0, watcher }
        }

        // ANCHOR: careless
        fn enter_carelessly(&mut self, py: Python<'_>) -> PyResult<()> {
            self.count += 1;
            self.watcher.call1(py, (self.count,)).map(drop)
        }
        // ANCHOR_END: careless

        // ANCHOR: enter
        fn enter(slf: &Bound<'_, Self>) -> PyResult<()> {
            let (count, watcher) = {
                let mut entrance = slf.borrow_mut();
                entrance.count += 1;
                (entrance.count, entrance.watcher.clone_ref(slf.py()))
            };
            watcher.call1(slf.py(), (count,)).map(drop)
        }
        // ANCHOR_END: enter

        // ANCHOR: held
        fn enter_held(slf: &Bound<'_, Self>) -> PyResult<()> {
            let mut entrance = slf.borrow_mut();
            entrance.count += 1;
            entrance
                .watcher
                .call1(slf.py(), (entrance.count,))
                .map(drop)
        }
        // ANCHOR_END: held

        // ANCHOR: replace
        fn replace_watcher(&mut self, watcher: Py<PyAny>) {
            self.watcher = watcher;
        }
        // ANCHOR_END: replace

        // ANCHOR: replaced
        fn watch_with(slf: &Bound<'_, Self>, watcher: Py<PyAny>) {
            let old = std::mem::replace(&mut slf.borrow_mut().watcher, watcher);
            drop(old);
        }
        // ANCHOR_END: replaced
    }
}
