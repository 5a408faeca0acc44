//! Books on a shelf.

#[pyo3::pymodule]
mod shelf {
    use std::collections::BTreeMap;
    use std::vec::IntoIter;

    use pyo3::exceptions::PyKeyError;
    use pyo3::prelude::*;

    // ANCHOR: shelf
    /// How many copies there are of each title.
    #[pyclass(mapping)]
    struct Shelf {
        copies: BTreeMap<String, u32>,
    }
    // ANCHOR_END: shelf

    #[pymethods]
    impl Shelf {
        #[new]
        fn new() -> Self {
            Shelf {
                copies: BTreeMap::new(),
            }
        }

        // ANCHOR: read
        fn __len__(&self) -> usize {
            self.copies.len()
        }

        fn __contains__(&self, title: &str) -> bool {
            self.copies.contains_key(title)
        }

        fn __getitem__(&self, title: &str) -> PyResult<u32> {
            let copies = self.copies.get(title).copied();
            copies.ok_or_else(|| PyKeyError::new_err(title.to_owned()))
        }
        // ANCHOR_END: read

        // ANCHOR: write
        fn __setitem__(&mut self, title: String, copies: u32) {
            self.copies.insert(title, copies);
        }

        fn __delitem__(&mut self, title: &str) -> PyResult<()> {
            let removed = self.copies.remove(title);
            removed
                .map(drop)
                .ok_or_else(|| PyKeyError::new_err(title.to_owned()))
        }
        // ANCHOR_END: write

        // ANCHOR: iter
        /// The titles at this moment.
        fn __iter__(&self) -> Titles {
            let titles: Vec<String> = self.copies.keys().cloned().collect();
            Titles {
                rest: titles.into_iter(),
            }
        }
        // ANCHOR_END: iter
    }

    // ANCHOR: titles
    /// One loop over the titles.
    #[pyclass]
    struct Titles {
        rest: IntoIter<String>,
    }

    #[pymethods]
    impl Titles {
        fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
            slf
        }

        fn __next__(&mut self) -> Option<String> {
            self.rest.next()
        }
    }
    // ANCHOR_END: titles
}
