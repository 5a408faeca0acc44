//! Searches many documents at once, and reports what it finds, document by document.

#[pyo3::pymodule]
mod attaching_as_little_as_possible {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use pyo3::prelude::*;

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

    /// Where the word starts in the document, in bytes. This is the work, and it needs no Python.
    fn places(document: &str, word: &str) -> Vec<usize> {
        document
            .match_indices(word)
            .map(|(place, _)| place)
            .collect()
    }

    /// Searches all documents for a word, each in a thread of its own.
    ///
    /// For each document that contains the word, `report(number, places)` is called once, as soon as it has been searched.
    /// If a report raises an exception, that goes to the caller after all the searches have ended. If there are several, it
    /// is the one for the first document.
    #[pyfunction]
    fn search(
        documents: Vec<String>,
        word: &str,
        report: Py<PyAny>,
    ) -> PyResult<()> {
        let search_one = |number: usize, document: &str| {
            let places = places(document, word);
            if places.is_empty() {
                return Ok(());
            }
            attach(|py| report.call1(py, (number, places)).map(drop))
        };
        let search_one = &search_one;
        {
            thread::scope(|scope| {
                let searches: Vec<_> = documents
                    .iter()
                    .enumerate()
                    .map(|(number, document)| scope.spawn(move || search_one(number, document)))
                    .collect();
                let results: Vec<PyResult<()>> = searches
                    .into_iter()
                    .map(|search| search.join().expect("a search doesn't panic"))
                    .collect();
                results.into_iter().collect()
            })
        }
    }
}
