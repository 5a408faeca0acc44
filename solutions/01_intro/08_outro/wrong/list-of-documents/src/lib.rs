/// Statistics of texts.
#[pyo3::pymodule]
mod text_stats {
    use std::cmp::Reverse;
    use std::collections::{BTreeMap, HashMap, HashSet};

    use pyo3::exceptions::PyValueError;
    use pyo3::prelude::*;

    /// Reading speed.
    #[pymodule_export]
    const WORDS_PER_MINUTE: u32 = 200;

    /// The words of a text in lowercase.
    fn words(text: &str) -> impl Iterator<Item = String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
    }

    /// The most frequent words, with their counts.
    #[pyfunction]
    #[pyo3(signature = (text, n=10, *, ignore=Vec::new()))]
    fn most_common(text: &str, n: usize, ignore: Vec<String>) -> Vec<(String, usize)> {
        let mut counts = BTreeMap::new();
        for word in words(text).filter(|word| !ignore.contains(word)) {
            *counts.entry(word).or_insert(0) += 1;
        }
        let mut counts: Vec<_> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| Reverse(*count));
        counts.truncate(n);
        counts
    }

    /// The statistics of a text. In Python it is a `dict`.
    #[derive(IntoPyObject)]
    struct Summary {
        words: usize,
        distinct: usize,
        average_length: f64,
        longest: String,
    }

    /// Statistics of a text that has words.
    #[pyfunction]
    fn summary(text: &str) -> PyResult<Summary> {
        let words: Vec<String> = words(text).collect();
        let letters = |word: &String| word.chars().count();
        let longest = words.iter().rev().max_by_key(|word| letters(word));
        let longest = longest.ok_or_else(|| PyValueError::new_err("there are no words"))?;
        Ok(Summary {
            words: words.len(),
            distinct: words.iter().collect::<HashSet<_>>().len(),
            average_length: words.iter().map(letters).sum::<usize>() as f64 / words.len() as f64,
            longest: longest.clone(),
        })
    }

    /// How many minutes it takes to read a text.
    #[pyfunction]
    #[pyo3(signature = (text, *, words_per_minute=WORDS_PER_MINUTE))]
    fn reading_time(text: &str, words_per_minute: u32) -> PyResult<f64> {
        if words_per_minute == 0 {
            return Err(PyValueError::new_err("words_per_minute must not be 0"));
        }
        Ok(words(text).count() as f64 / f64::from(words_per_minute))
    }

    /// How often each word occurs in the documents.
    #[pyfunction]
    #[pyo3(signature = (documents, *, key=None))]
    fn count(
        documents: Vec<String>,
        key: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<HashMap<String, usize>> {
        let mut counts = HashMap::new();
        for document in documents {
            for word in words(&document) {
                let counted: Option<String> = match key {
                    Some(key) => key.call1((word,))?.extract()?,
                    None => Some(word),
                };
                if let Some(counted) = counted {
                    *counts.entry(counted).or_insert(0) += 1;
                }
            }
        }
        Ok(counts)
    }
}
