//! What a page may ask for. Each action has a button, and there are no others.

use serde::{Deserialize, Serialize};

use crate::seat::Seat;

/// A button was pressed. Each names the exercise that the page showed at that moment, so that a page that is a little
/// behind never acts on another exercise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case", deny_unknown_fields)]
pub enum Action {
    /// Make this exercise the current one.
    Open {
        /// The exercise.
        exercise: String,
    },
    /// Go on to the next exercise.
    Next {
        /// The current exercise.
        exercise: String,
    },
    /// Go back to the previous exercise.
    Previous {
        /// The current exercise.
        exercise: String,
    },
    /// Show the next hint.
    Hint {
        /// The current exercise.
        exercise: String,
    },
    /// Show how the solution differs.
    Solution {
        /// The current exercise.
        exercise: String,
    },
    /// Run the exercise again.
    Run {
        /// The current exercise.
        exercise: String,
    },
}

/// Why an action isn't carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The course has no such exercise.
    Unknown,
    /// The current exercise has changed since.
    Behind,
}

impl Action {
    /// Whether the action makes sense at this seat.
    pub(crate) fn check(&self, seat: &Seat) -> Result<(), Refusal> {
        match self {
            Self::Open { exercise } if seat.has(exercise) => Ok(()),
            Self::Open { .. } => Err(Refusal::Unknown),
            Self::Next { exercise }
            | Self::Previous { exercise }
            | Self::Hint { exercise }
            | Self::Solution { exercise }
            | Self::Run { exercise } => {
                if *exercise == seat.exercise {
                    Ok(())
                } else {
                    Err(Refusal::Behind)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seat::{Entry, Progress};

    fn seat() -> Seat {
        let entry = |id: &str| Entry {
            id: id.to_owned(),
            progress: Progress::Unopened,
        };
        Seat {
            exercise: "a/b".to_owned(),
            exercises: vec![entry("a/b"), entry("a/c")],
            ..Seat::default()
        }
    }

    fn check(json: &str) -> Result<Result<(), Refusal>, String> {
        let action: Action = serde_json::from_str(json).map_err(|error| error.to_string())?;
        Ok(action.check(&seat()))
    }

    #[test]
    fn an_action_is_about_an_exercise_that_exists() {
        let open = |id: &str| check(&format!(r#"{{"action":"open","exercise":"{id}"}}"#));
        assert_eq!(open("a/c"), Ok(Ok(())));
        assert_eq!(open("../etc"), Ok(Err(Refusal::Unknown)));
    }

    #[test]
    fn a_page_that_is_behind_changes_nothing() {
        for action in ["next", "previous", "hint", "solution", "run"] {
            let sent = |id: &str| check(&format!(r#"{{"action":"{action}","exercise":"{id}"}}"#));
            assert_eq!(sent("a/b"), Ok(Ok(())));
            assert_eq!(sent("a/c"), Ok(Err(Refusal::Behind)), "{action}");
        }
    }

    #[test]
    fn nothing_else_is_understood() {
        for json in [
            r#"{"action":"edit","exercise":"a/b"}"#,
            r#"{"action":"hint"}"#,
            r#"{"action":"hint","exercise":"a/b","number":3}"#,
            r#"["hint"]"#,
            "",
        ] {
            assert!(check(json).is_err(), "{json}");
        }
    }
}
