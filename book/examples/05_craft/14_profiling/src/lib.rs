//! Points for words.

#[pyo3::pymodule]
mod scrabble {
    use pyo3::prelude::*;

    // ANCHOR: points
    /// What a word is worth.
    #[pyfunction]
    fn points(word: &str) -> u32 {
        word.bytes().map(points_of_letter).sum()
    }
    // ANCHOR_END: points

    fn points_of_letter(letter: u8) -> u32 {
        match letter.to_ascii_lowercase() {
            b'q' | b'z' => 10,
            b'j' | b'x' => 8,
            b'k' => 5,
            _ => 1,
        }
    }

    // ANCHOR: total
    /// What many words are worth together.
    #[pyfunction]
    fn total(words: Vec<String>) -> u32 {
        words.iter().map(|word| points(word)).sum()
    }

    /// The same, but only for words for which `is_valid(word)` is true.
    #[pyfunction]
    fn total_of_valid(words: Vec<String>, is_valid: &Bound<'_, PyAny>) -> PyResult<u32> {
        let mut sum = 0;
        for word in &words {
            if is_valid.call1((word,))?.is_truthy()? {
                sum += points(word);
            }
        }
        Ok(sum)
    }
    // ANCHOR_END: total

    /// A player. Its constructor is called from Python, too.
    #[pyclass(frozen)]
    struct Player {}

    #[pymethods]
    impl Player {
        #[new]
        fn new() -> Self {
            Player {}
        }
    }
}
