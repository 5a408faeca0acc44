//! Web addresses, made from titles.

#[pyo3::pymodule]
mod functions {
    use pyo3::prelude::*;

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
    fn slug(title: &str) -> String {
        todo!("add the other two parameters, and join the words of {title:?}")
    }

    /// An address: `url("/tea", "green", page=2)` is `/tea/green?page=2`.
    ///
    /// Each further argument is one more part of the path, and each keyword is one part of the query. Both may be any
    /// object, and appear as Python's `str` shows them. To Python, the function looks as if it were written
    ///
    ///     def url(base, /, *parts, **query)
    #[pyfunction]
    fn url(base: &str) -> PyResult<String> {
        todo!("accept more arguments, and add them to {base:?}")
    }
}
