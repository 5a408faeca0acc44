//! Search in many documents at once. Whoever asked is told what was found, document by document.

#[pyo3::pymodule]
mod attaching_as_little_as_possible {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread;

    use pyo3::prelude::*;

    /// How often a thread of Rust has been attached to the interpreter.
    static ATTACHMENTS: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn attachments() -> usize {
        ATTACHMENTS.load(Ordering::Relaxed)
    }

    /// `Python::attach`, counted. Use it wherever this thread has to be attached.
    fn attach<R>(work: impl FnOnce(Python<'_>) -> R) -> R {
        ATTACHMENTS.fetch_add(1, Ordering::Relaxed);
        Python::attach(work)
    }

    /// Where the word begins in the document, in bytes. This is the work, and it needs no Python.
    fn places(document: &str, word: &str) -> Vec<usize> {
        document
            .match_indices(word)
            .map(|(place, _)| place)
            .collect()
    }

    /// Looks for a word in all documents, each in a thread of its own.
    ///
    /// For a document in which there is something, `report(number, places)` is called once, as soon as it has been searched.
    /// When a report raises an exception, it goes to the caller after all the searches have ended. Of several exceptions it
    /// is the one of the first document.
    #[pyfunction]
    fn search(
        py: Python<'_>,
        documents: Vec<String>,
        word: &str,
        report: Py<PyAny>,
    ) -> PyResult<()> {
        let report = Arc::new(report);
        let search_one = |(number, document): (usize, String)| {
            let (word, report) = (word.to_owned(), Arc::clone(&report));
            thread::spawn(move || {
                let places = places(&document, &word);
                if places.is_empty() {
                    return Ok(());
                }
                attach(|py| report.call1(py, (number, places)).map(drop))
            })
        };
        py.detach(|| {
            let searches: Vec<_> = documents.into_iter().enumerate().map(search_one).collect();
            for search in searches {
                search.join().expect("a search does not panic")?;
            }
            Ok(())
        })
    }
}
