//! Which pages' sessions and outputs to run.

/// The beginning of a page's path below `book/src`, such as `04_data/02` or `04_data/02_numpy_in`; all pages if it's empty.
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
        let Some((of, output)) = file.split_once("/output/") else {
            return file.starts_with(&self.0);
        };
        match self.0.split_once('/') {
            // An output's name begins with the number of its page, and goes on as it likes.
            Some((chapter, page)) => {
                let number = page.split('_').next().unwrap_or_default();
                of == chapter && output.starts_with(number)
            }
            None => of.starts_with(&self.0),
        }
    }
}

#[test]
fn a_selection_holds_outputs_and_sessions_of_a_page() {
    let selection = Selection("04_data/02".to_owned());
    assert!(selection.contains("04_data/output/02_numpy_in.txt"));
    assert!(selection.contains("04_data/02_numpy_in/session.txt"));
    let by_name = Selection("04_data/02_numpy_in".to_owned());
    assert!(by_name.contains("04_data/output/02_strides.txt"));
    assert!(by_name.contains("04_data/02_numpy_in/session.txt"));
    assert!(!by_name.contains("04_data/output/03_numpy_out.txt"));
    assert!(Selection("04_data".to_owned()).contains("04_data/output/02_strides.txt"));
    assert!(!selection.contains("04_data/output/03_numpy_out.txt"));
    assert!(!selection.contains("05_craft/02_panics/session.txt"));
    assert!(Selection(String::new()).contains("05_craft/02_panics/session.txt"));
}
