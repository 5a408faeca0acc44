//! A music player.

#[pyo3::pymodule]
mod playback {
    use pyo3::prelude::*;

    // ANCHOR: player
    /// Plays titles one after the other.
    #[pyclass]
    struct Player {
        queue: Vec<String>,
        played: usize,
    }

    #[pymethods]
    impl Player {
        #[new]
        fn new() -> Self {
            Player {
                queue: Vec::new(),
                played: 0,
            }
        }

        /// How many titles are still to come.
        fn remaining(&self) -> usize {
            self.queue.len() - self.played
        }

        /// Plays the next title, or returns `None` at the end.
        fn play(&mut self) -> Option<String> {
            let title = self.queue.get(self.played)?;
            self.played += 1;
            Some(title.clone())
        }
        // ANCHOR_END: player

        // ANCHOR: add
        /// Puts a title at the end of the queue, and returns the player.
        fn add(mut slf: PyRefMut<'_, Self>, title: String) -> PyRefMut<'_, Self> {
            slf.queue.push(title);
            slf
        }
        // ANCHOR_END: add

        // ANCHOR: add_from
        /// Adds what `pick` returns. The player is borrowed during the call.
        fn add_from(&mut self, pick: &Bound<'_, PyAny>) -> PyResult<()> {
            self.queue.push(pick.call0()?.extract()?);
            Ok(())
        }
        // ANCHOR_END: add_from

        // ANCHOR: add_from_any
        /// Adds what `pick` returns. The player isn't borrowed during the call.
        fn add_from_any(slf: &Bound<'_, Self>, pick: &Bound<'_, PyAny>) -> PyResult<()> {
            let title = pick.call0()?.extract()?;
            slf.borrow_mut().queue.push(title);
            Ok(())
        }
        // ANCHOR_END: add_from_any
    }
}
