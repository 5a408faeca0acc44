//! Web addresses, made from titles.

#[pyo3::pymodule]
mod functions {
    use pyo3::prelude::*;
    use pyo3::types::{PyDict, PyTuple};

    /// The words of a title in lowercase, without punctuation.
    fn words(title: &str) -> Vec<String> {
        title
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    }

    /// The words of a title, joined by a separator: `slug("Rust for Python")` is `rust-for-python`.
    ///
    /// With `max_words`, only that many words are used. To Python, the function looks as if it were written
    ///
    ///     def slug(title, /, *, separator="-", max_words=None)
    #[pyfunction]
    #[pyo3(signature = (title, /, *, separator="-", max_words=None))]
    fn slug(title: &str, separator: &str, max_words: Option<usize>) -> String {
        let mut words = words(title);
        if let Some(count) = max_words {
            words.truncate(count);
        }
        words.join(separator)
    }

    /// An address: `url("/tea", "green", page=2)` is `/tea/green?page=2`.
    ///
    /// Each further argument is one more part of the path, and each keyword is one part of the query. Both may be any
    /// object, and appear as Python's `str` shows them. To Python, the function looks as if it were written
    ///
    ///     def url(base, /, *parts, **query)
    #[pyfunction]
    #[pyo3(signature = (base, /, *parts, **query))]
    fn url(
        base: &str,
        parts: &Bound<'_, PyTuple>,
        query: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<String> {
        let mut url = base.to_owned();
        for part in parts {
            url.push('/');
            url.push_str(part.str()?.to_str()?);
        }
        for (index, (name, value)) in query.into_iter().flatten().enumerate() {
            let mark = if index == 0 { '?' } else { '&' };
            url.push_str(&format!("{mark}{name}={value:?}"));
        }
        Ok(url)
    }
}
