//! Statistics of texts. Each function is described as Python sees it, in the first line of its doc comment.

// TODO: a docstring for the module, `Statistics of texts.`
#[pyo3::pymodule]
mod text_stats {
    use pyo3::prelude::*;

    // TODO: a constant that Python can read, `WORDS_PER_MINUTE`, with the value 200.

    /// The words of a text, in small letters. This function is complete, and Python does not see it.
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    }

    /// `most_common(text, n=10, *, ignore=()) -> list[tuple[str, int]]`
    ///
    /// The `n` words that occur most often, with their numbers. Of words that occur equally often the one that comes first
    /// in the alphabet comes first. The words in `ignore`, which is any sequence, are not counted.
    #[pyfunction]
    fn most_common(text: &str) {
        todo!("count {:?}", words(text).collect::<Vec<_>>())
    }

    /// `summary(text) -> dict[str, int | float | str]`
    ///
    /// How many `words` there are, how many `distinct` ones, their `average_length` in letters, and the `longest`, or the
    /// first of the longest. A text without words has no summary: `ValueError`.
    #[pyfunction]
    fn summary(text: &str) {
        todo!("sum up {text:?}")
    }

    /// `reading_time(text, *, words_per_minute=200) -> float`
    ///
    /// In minutes. Nobody reads zero words per minute: `ValueError`.
    #[pyfunction]
    fn reading_time(text: &str) {
        todo!("read {text:?}")
    }

    /// `count(documents, *, key=None) -> dict[str, int]`
    ///
    /// How often each word occurs in all the documents, which may be any iterable of texts. With `key`, each word is passed
    /// to that callable, and what it returns is counted in its place; a word for which it returns `None` is left out.
    /// Exceptions go to the caller.
    #[pyfunction]
    fn count(documents: &Bound<'_, PyAny>) {
        todo!("count the words in {documents}")
    }
}
