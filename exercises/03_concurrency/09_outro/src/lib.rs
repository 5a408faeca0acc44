//! A word index: which documents a word occurs in, and how often. Many threads build it, and many more search it.

#[pyo3::pymodule]
mod word_index {
    use std::collections::{BTreeMap, HashMap};
    use std::sync::RwLock;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::exceptions::PyRuntimeError;
    use pyo3::prelude::*;
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
    // TODO: many threads use one index at the same time. Make the class frozen.
    #[pyclass]
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
        fn add(&self, documents: BTreeMap<String, String>) {
            todo!("add {documents:?}")
        }

        /// `search(word) -> list[tuple[str, int]]`
        ///
        /// The titles of the documents that contain the word, in upper or lower case, and how often: most frequent
        /// first, then by title.
        fn search(&self, word: &str) {
            todo!("search {word:?}")
        }

        /// The number of different words.
        fn __len__(&self) -> usize {
            todo!("count the words")
        }

        /// An index can be sent to another process.
        fn __reduce__(slf: &Bound<'_, Self>) {
            todo!("describe how to make {slf}")
        }
    }
}
