//! What people ask of a watch, with a key on the terminal or a button on a page.

use course::ExerciseId;
use diagnostic::SourceLocation;

/// Something that only the watch can do. Scrolling and the like are the views' own business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    /// End the watch.
    Quit,
    /// Verify again, whatever is remembered.
    Rerun,
    /// Go on to the next exercise that isn't solved.
    Next {
        /// Even though this one isn't solved.
        anyway: bool,
    },
    /// Go back to the exercise before this one.
    Previous,
    /// Go to an exercise.
    Open(ExerciseId),
    /// Open the book.
    Book,
    /// Open a place in the learner's editor. The file is relative to what is watched.
    Edit(SourceLocation),
    /// Open the first source in the learner's editor.
    EditSource,
    /// Restore the exercise's original files, after a backup.
    Reset,
    /// Undo the last reset.
    Undo,
    /// Show the next hint.
    Hint,
    /// Compare the learner's answer with the course's solution.
    Solution {
        /// Even though the exercise isn't solved.
        anyway: bool,
    },
}
