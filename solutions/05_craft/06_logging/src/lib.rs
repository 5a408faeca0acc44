//! Reads measurements from texts, skips what isn't one, and reports it to Python's `logging`.

#[pyo3::pymodule]
mod logged {
    use std::sync::OnceLock;
    use std::thread;

    use log::{debug, info, warn};
    use pyo3::prelude::*;
    use pyo3_log::ResetHandle;

    /// A place and a temperature.
    type Measurement = (String, f64);

    /// Makes the bridge forget which levels it has seen.
    static LEVELS: OnceLock<ResetHandle> = OnceLock::new();

    #[pymodule_init]
    fn init(_module: &Bound<'_, PyModule>) -> PyResult<()> {
        LEVELS.get_or_init(pyo3_log::init);
        Ok(())
    }

    /// From now on, the current levels hold.
    fn forget_levels() {
        if let Some(levels) = LEVELS.get() {
            levels.reset();
        }
    }

    /// The measurements in a text. Each line has a place, a space, and a number.
    ///
    /// Reports to the logger `logged`:
    ///
    /// - DEBUG for each measurement: `line 1: Oslo`
    /// - WARNING for each line that is skipped: `line 2: not a measurement`
    /// - INFO at the end: `2 read, 1 skipped`
    fn parse(text: &str) -> Vec<Measurement> {
        let mut read = Vec::new();
        let mut skipped = 0;
        for (number, line) in (1..).zip(text.lines()) {
            match measurement(line) {
                Some(found) => {
                    debug!(target: "logged", "line {number}: {}", found.0);
                    read.push(found);
                }
                None => {
                    skipped += 1;
                    warn!(target: "logged", "line {number}: not a measurement");
                }
            }
        }
        info!(target: "logged", "{} read, {skipped} skipped", read.len());
        read
    }

    /// This function is complete.
    fn measurement(line: &str) -> Option<Measurement> {
        let (place, number) = line.rsplit_once(' ')?;
        Some((place.to_owned(), number.parse().ok()?))
    }

    /// Reads one text.
    ///
    /// If a level has been changed in Python, the next call goes by the new one. A message that nobody wants doesn't call
    /// Python each time.
    #[pyfunction]
    fn read(text: &str) -> Vec<Measurement> {
        forget_levels();
        parse(text)
    }

    /// Reads several texts, each in a thread of its own.
    #[pyfunction]
    fn read_all(py: Python<'_>, texts: Vec<String>) -> Vec<Vec<Measurement>> {
        forget_levels();
        py.detach(|| {
            thread::scope(|scope| {
                let readers: Vec<_> = texts
                    .iter()
                    .map(|text| scope.spawn(|| parse(text)))
                    .collect();
                readers
                    .into_iter()
                    .map(|reader| reader.join().expect("reading doesn't panic"))
                    .collect()
            })
        })
    }
}
