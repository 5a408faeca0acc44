//! Which pages' sessions and outputs to run.

/// The beginning of a page's path below `book/src`, such as `04_data/02`; all pages if it's empty.
pub struct Selection(String);

impl Selection {
    /// The selection that the environment asks for.
    pub fn read() -> Self {
        Self(std::env::var("WR_CAPTURE_ONLY").unwrap_or_default())
    }

    pub fn is_everything(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an output (`04_data/output/02_numpy_in.txt`) or a session (`04_data/02_numpy_in/session.txt`) belongs to a
    /// selected page.
    pub fn contains(&self, file: &str) -> bool {
        file.replacen("/output/", "/", 1).starts_with(&self.0)
    }
}

#[test]
fn a_selection_holds_outputs_and_sessions_of_a_page() {
    let selection = Selection("04_data/02".to_owned());
    assert!(selection.contains("04_data/output/02_numpy_in.txt"));
    assert!(selection.contains("04_data/02_numpy_in/session.txt"));
    assert!(!selection.contains("04_data/output/03_numpy_out.txt"));
    assert!(!selection.contains("05_craft/02_panics/session.txt"));
    assert!(Selection(String::new()).contains("05_craft/02_panics/session.txt"));
}
