//! Counts words. This module stands for a crate that you can't change.

use std::collections::BTreeMap;

/// The longest word that it accepts.
const LONGEST: usize = 20;

/// How often each word was seen.
#[derive(Default)]
pub struct Counts {
    words: BTreeMap<String, u32>,
}

impl Counts {
    /// Counts the words of a text.
    ///
    /// # Panics
    ///
    /// If a word is too long. No word of that text is counted then.
    pub fn add(&mut self, text: &str) {
        for word in text.split_whitespace() {
            assert!(word.len() <= LONGEST, "`{word}` isn't a word");
        }
        for word in text.split_whitespace() {
            *self.words.entry(word.to_lowercase()).or_default() += 1;
        }
    }

    /// The number of words counted.
    pub fn total(&self) -> u32 {
        self.words.values().sum()
    }

    /// The most frequent word and how often it was seen. Among equals, it's the first in the alphabet.
    pub fn most_frequent(&self) -> Option<(&str, u32)> {
        let mut best: Option<(&str, u32)> = None;
        for (word, &count) in &self.words {
            if best.is_none_or(|(_, most)| count > most) {
                best = Some((word, count));
            }
        }
        best
    }
}
