//! Statistics of texts. The first line of each doc comment shows the function as Python sees it.

// TODO: a docstring for the module: `Statistics of texts.`
#[pyo3::pymodule]
mod text_stats {
    use pyo3::prelude::*;

    // TODO: a constant that Python can read: `WORDS_PER_MINUTE`, with the value 200.

    /// The words of a text in lowercase. This function is complete, and Python doesn't see it.
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    }

    /// `most_common(text, n=10, *, ignore=()) -> list[tuple[str, int]]`
    ///
    /// The `n` most frequent words, with their counts. Words with equal counts are in
    /// alphabetical order. Words in `ignore`, which may be any sequence, are not counted.
    #[pyfunction]
    fn most_common(text: &str) {
        todo!("count {:?}", words(text).collect::<Vec<_>>())
    }

    /// `summary(text) -> dict[str, int | float | str]`
    ///
    /// The number of `words`, the number of `distinct` ones, their `average_length` in letters, and the `longest` (the
    /// first one, if several are equally long). A text without words has no summary: `ValueError`.
    #[pyfunction]
    fn summary(text: &str) {
        todo!("summarise {text:?}")
    }

    /// `reading_time(text, *, words_per_minute=200) -> float`
    ///
    /// In minutes. Zero words per minute: `ValueError`.
    #[pyfunction]
    fn reading_time(text: &str) {
        todo!("read {text:?}")
    }

    /// `count(documents, *, key=None) -> dict[str, int]`
    ///
    /// How often each word occurs in all the documents, which may be any iterable of strings. With `key`, each word is passed
    /// to that callable, and its result is counted instead; if the result is `None`, the word is left out.
    /// Exceptions go to the caller.
    #[pyfunction]
    fn count(documents: &Bound<'_, PyAny>) {
        todo!("count the words in {documents}")
    }
}
