//! Counts letters, and finds the words of a list that are closest to a misspelt one.

#[pyo3::pymodule]
mod spelling {
    use pyo3::prelude::*;
    use rayon::prelude::*;

    // ANCHOR: sequential
    /// The letters of all words, counted by one thread.
    #[pyfunction]
    fn letters_alone(list: Vec<String>) -> usize {
        list.iter().map(|word| word.chars().count()).sum()
    }
    // ANCHOR_END: sequential

    // ANCHOR: letters
    /// The letters of all words: each thread adds up its share, then the shares are added up.
    #[pyfunction]
    fn letters(py: Python<'_>, list: Vec<String>) -> usize {
        py.detach(|| list.par_iter().map(|word| word.chars().count()).sum())
    }
    // ANCHOR_END: letters

    /// How many letters you have to change, insert or delete.
    fn distance(a: &str, b: &str) -> usize {
        let b: Vec<char> = b.chars().collect();
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, letter) in a.chars().enumerate() {
            let mut diagonal = i;
            row[0] = i + 1;
            for (j, other) in b.iter().enumerate() {
                let changed = diagonal + usize::from(letter != *other);
                diagonal = row[j + 1];
                row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
            }
        }
        row[b.len()]
    }

    // ANCHOR: nearest
    /// The words with the smallest distance, in the order of the list.
    #[pyfunction]
    fn nearest(py: Python<'_>, word: &str, list: Vec<String>) -> Vec<String> {
        py.detach(|| {
            let distances: Vec<usize> =
                list.par_iter().map(|known| distance(word, known)).collect();
            let least = distances.par_iter().min();
            list.par_iter()
                .zip(&distances)
                .filter(|(_, distance)| Some(*distance) == least)
                .map(|(known, _)| known.clone())
                .collect()
        })
    }
    // ANCHOR_END: nearest
}
