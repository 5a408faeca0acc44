//! A `conftest.py` that can't be imported. pytest then exits before any test could fail, and reports it only as
//! text.

use diagnostic::SourceLocation;

use crate::test::{End, FailedTest, Failure, Known, Suite};

/// pytest's exit status for wrong usage, which it also uses here.
const USAGE_ERROR: i32 = 4;

/// How its report starts.
const BEGINS: &str = "ImportError while loading conftest '";

/// Adds a failure for it, as for a test file that can't be imported. Other errors are left alone.
pub(crate) fn include_conftest(suite: &mut Suite) {
    let is_refused = suite.end
        == End::Finished {
            status: USAGE_ERROR,
        };
    if is_refused && suite.failed.is_empty() {
        suite.failed.extend(failed(&suite.output));
    }
}

fn failed(output: &str) -> Option<FailedTest> {
    let (_, report) = output.split_once(BEGINS)?;
    let text = report
        .lines()
        .find_map(|line| line.strip_prefix("E   "))
        .filter(|text| {
            text.starts_with("ImportError: ") || text.starts_with("ModuleNotFoundError: ")
        })?;
    // The last place before it is where it was raised.
    let place = report
        .lines()
        .take_while(|line| !line.starts_with("E   "))
        .filter_map(place)
        .last();
    let missing = text.split_once("No module named '");
    let module = missing.and_then(|(_, rest)| Some(rest.split('\'').next()?.to_owned()));
    Some(FailedTest {
        id: place
            .as_ref()
            .map_or_else(|| "conftest.py".to_owned(), |place| place.file.clone()),
        causes: Vec::new(),
        failure: Failure::Import {
            text: text.to_owned(),
            module,
            place,
            known: Known::default(),
        },
        text: output.trim().to_owned(),
        printed: String::new(),
    })
}

/// Parses `tests/conftest.py:1: in <module>`.
fn place(line: &str) -> Option<SourceLocation> {
    let (place, _) = line.split_once(": in ")?;
    let (file, line) = place.rsplit_once(':')?;
    Some(SourceLocation::line(file, line.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "ImportError while loading conftest '/p/tests/conftest.py'.\ntests/conftest.py:1: in <module>\n    import fast\npython/fast/__init__.py:2: in <module>\n    from ._core import apply\nE   ImportError: cannot import name 'apply' from 'fast._core' (/p/_core.so)\n";

    #[test]
    fn the_failed_import_is_reported_with_its_place() {
        let failed = failed(OUTPUT).unwrap();
        assert_eq!(failed.id, "python/fast/__init__.py");
        let Failure::Import { text, place, .. } = failed.failure else {
            panic!("{:?}", failed.failure);
        };
        assert!(text.ends_with("(/p/_core.so)"), "{text}");
        assert_eq!(place.unwrap().line, Some(2));
    }

    #[test]
    fn other_errors_are_left_to_pytest() {
        assert!(failed("ERROR: usage: pytest [options]").is_none());
        let other = OUTPUT.replace("ImportError: cannot", "ZeroDivisionError: cannot");
        assert!(failed(&other).is_none());
    }
}
