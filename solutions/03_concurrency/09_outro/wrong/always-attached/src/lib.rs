//! A word index: which documents a word occurs in, and how often. Many threads build it, and many more search it.

#[pyo3::pymodule]
mod word_index {
    use std::cmp::Reverse;
    use std::collections::{BTreeMap, HashMap};
    use std::sync::RwLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::{PyRuntimeError, PyValueError};
    use pyo3::prelude::*;
    use pyo3::types::PyType;
    use rayon::prelude::*;
    use rayon::{ThreadPool, ThreadPoolBuilder};

    /// The words of a text in lowercase. This function is complete.
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    }

    /// A pool with this many threads. This function is complete.
    fn pool(threads: usize) -> PyResult<ThreadPool> {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        pool.map_err(|error| PyRuntimeError::new_err(error.to_string()))
    }

    /// How often a Rust thread has been attached to the interpreter.
    static ATTACHMENTS: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn attachments() -> usize {
        ATTACHMENTS.load(Ordering::Relaxed)
    }

    /// `Python::attach`, counted. Use this wherever a thread has to be attached.
    fn attach<R>(work: impl FnOnce(Python<'_>) -> R) -> R {
        ATTACHMENTS.fetch_add(1, Ordering::Relaxed);
        Python::attach(work)
    }

    /// For each word, the titles of the documents it occurs in, and how often.
    type Words = HashMap<String, BTreeMap<String, u64>>;

    /// `Index(words={})`
    // Many threads use one index at the same time.
    #[pyclass(frozen)]
    struct Index {
        words: RwLock<Words>,
    }

    #[pymethods]
    impl Index {
        /// This method is complete.
        #[new]
        #[pyo3(signature = (words=Words::new()))]
        fn new(words: Words) -> Self {
            Self {
                words: RwLock::new(words),
            }
        }

        /// `add(documents, *, threads=2, every=100, progress=None) -> None`
        ///
        /// Counts the words of all the documents, a `dict` from title to text, in a pool of threads. A document whose title
        /// already exists replaces the earlier one.
        ///
        /// The documents enter the index all at once, at the end. Until then the index is unchanged and can be searched. After
        /// every `every` documents, `progress(n)` is called, where `n` is the number counted so far, and no thread is attached for
        /// anything else. `progress` may search the index and add to it. If it raises an exception, that goes to the caller, and
        /// these documents stay out of the index.
        ///
        /// `every` is at least 1, otherwise `ValueError`.
        #[pyo3(signature = (documents, *, threads=2, every=100, progress=None))]
        fn add(
            &self,
            py: Python<'_>,
            documents: BTreeMap<String, String>,
            threads: usize,
            every: usize,
            progress: Option<Py<PyAny>>,
        ) -> PyResult<()> {
            if every == 0 {
                return Err(PyValueError::new_err("`every` is at least 1"));
            }
            let pool = pool(threads)?;
            let counted = AtomicUsize::new(0);
            let count = |(title, text): (&String, &String)| -> PyResult<_> {
                let mut counts: HashMap<String, u64> = HashMap::new();
                for word in words(text) {
                    *counts.entry(word).or_insert(0) += 1;
                }
                let number = counted.fetch_add(1, Ordering::Relaxed) + 1;
                attach(|py| match &progress {
                    Some(progress) if number.is_multiple_of(every) => {
                        progress.call1(py, (number,)).map(drop)
                    }
                    _ => Ok(()),
                })?;
                Ok((title.clone(), counts))
            };
            py.detach(|| {
                let counts = || documents.par_iter().map(count).collect();
                let counts: Vec<_> = pool.install::<_, PyResult<_>>(counts)?;
                let mut words = self.words.write().unwrap();
                for titles in words.values_mut() {
                    titles.retain(|title, _| !documents.contains_key(title));
                }
                for (title, counts) in counts {
                    for (word, count) in counts {
                        words.entry(word).or_default().insert(title.clone(), count);
                    }
                }
                words.retain(|_, titles| !titles.is_empty());
                Ok(())
            })
        }

        /// `search(word) -> list[tuple[str, int]]`
        ///
        /// The titles of the documents that contain the word, in upper or lower case, and how often: most frequent
        /// first, then by title.
        fn search(&self, py: Python<'_>, word: &str) -> Vec<(String, u64)> {
            let word = word.to_lowercase();
            py.detach(|| {
                let words = self.words.read().unwrap();
                let titles = words.get(&word).into_iter().flatten();
                let mut found: Vec<_> = titles.map(|(title, n)| (title.clone(), *n)).collect();
                found.sort_by_key(|(_, count)| Reverse(*count));
                found
            })
        }

        /// The number of different words.
        fn __len__(&self, py: Python<'_>) -> usize {
            py.detach(|| self.words.read().unwrap().len())
        }

        /// An index can be sent to another process.
        fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (Words,)) {
            let index = slf.get();
            let words = slf.py().detach(|| index.words.read().unwrap().clone());
            (slf.get_type(), (words,))
        }
    }
}
