//! Fetches many pages, but not too many at once. How to fetch one is up to Python.

#[pyo3::pymodule]
mod fetching {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use pyo3::prelude::*;
    use pyo3_async_runtimes::tokio::{future_into_py, get_current_locals, into_future, scope};
    use tokio::sync::Semaphore;
    use tokio::task::JoinSet;

    /// How many pages someone still waits for.
    static PENDING: AtomicUsize = AtomicUsize::new(0);

    #[pyfunction]
    fn pending() -> usize {
        PENDING.load(Ordering::SeqCst)
    }

    /// A page that someone waits for, as long as this value exists.
    struct Pending;

    impl Pending {
        fn new() -> Self {
            PENDING.fetch_add(1, Ordering::SeqCst);
            Pending
        }
    }

    impl Drop for Pending {
        fn drop(&mut self) {
            PENDING.fetch_sub(1, Ordering::SeqCst);
        }
    }

    /// Waits for a place, and fetches a page with `await fetch(url)`.
    async fn fetch_one(
        fetch: Arc<Py<PyAny>>,
        url: String,
        places: Arc<Semaphore>,
    ) -> PyResult<Py<PyAny>> {
        let _pending = Pending::new();
        let _place = places.acquire().await.expect("nobody closes it");
        let page = Python::attach(|py| into_future(fetch.bind(py).call1((url,))?))?;
        page.await
    }

    /// Fetches all pages, at most `at_once` at a time, and returns them in the order of their URLs.
    ///
    /// Ends at once with the first exception that `fetch` raises. After that, or if the caller is cancelled, no further
    /// page is fetched.
    #[pyfunction]
    fn fetch_all<'py>(
        py: Python<'py>,
        fetch: Py<PyAny>,
        urls: Vec<String>,
        at_once: usize,
    ) -> PyResult<Bound<'py, PyAny>> {
        let fetch = Arc::new(fetch);
        let places = Arc::new(Semaphore::new(at_once));
        let locals = get_current_locals(py)?;
        future_into_py(py, async move {
            let mut tasks = JoinSet::new();
            for (position, url) in urls.into_iter().enumerate() {
                let page = fetch_one(Arc::clone(&fetch), url, Arc::clone(&places));
                let page = async move { page.await.map(|page| (position, page)) };
                tasks.spawn(scope(locals.clone(), page));
            }
            let mut pages = Vec::new();
            while let Some(page) = tasks.join_next().await {
                pages.push(page.expect("a task doesn't panic")?);
            }
            pages.sort_by_key(|(position, _)| *position);
            let pages: Vec<_> = pages.into_iter().map(|(_, page)| page).collect();
            Ok(pages)
        })
    }
}
