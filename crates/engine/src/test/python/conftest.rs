//! A `conftest.py` that cannot be imported. pytest then ends before it has a test to blame, and says it in words alone.

use diagnostic::SourceLocation;

use crate::test::{End, FailedTest, Failure, Known, Suite};

/// pytest's exit status for wrong usage, which is what it takes this for.
const USAGE_ERROR: i32 = 4;

/// How its account begins.
const BEGINS: &str = "ImportError while loading conftest '";

/// Makes a failure of it, as of a test file that cannot be imported; and of nothing else.
pub(crate) fn account_for(suite: &mut Suite) {
    let is_refused = suite.end
        == End::Finished {
            status: USAGE_ERROR,
        };
    if is_refused && suite.failed.is_empty() {
        suite.failed.extend(failed(&suite.output));
    }
}

fn failed(said: &str) -> Option<FailedTest> {
    let (_, account) = said.split_once(BEGINS)?;
    let text = account
        .lines()
        .find_map(|line| line.strip_prefix("E   "))
        .filter(|text| {
            text.starts_with("ImportError: ") || text.starts_with("ModuleNotFoundError: ")
        })?;
    // The last place before it is where it was raised.
    let place = account
        .lines()
        .take_while(|line| !line.starts_with("E   "))
        .filter_map(place)
        .last();
    let missed = text.split_once("No module named '");
    let module = missed.and_then(|(_, rest)| Some(rest.split('\'').next()?.to_owned()));
    Some(FailedTest {
        id: place
            .as_ref()
            .map_or_else(|| "conftest.py".to_owned(), |place| place.file.clone()),
        failure: Failure::Import {
            text: text.to_owned(),
            module,
            place,
            known: Known::default(),
        },
        text: said.trim().to_owned(),
        printed: String::new(),
    })
}

/// `tests/conftest.py:1: in <module>`.
fn place(line: &str) -> Option<SourceLocation> {
    let (place, _) = line.split_once(": in ")?;
    let (file, line) = place.rsplit_once(':')?;
    Some(SourceLocation::line(file, line.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: &str = "ImportError while loading conftest '/p/tests/conftest.py'.\ntests/conftest.py:1: in <module>\n    import fast\npython/fast/__init__.py:2: in <module>\n    from ._core import apply\nE   ImportError: cannot import name 'apply' from 'fast._core' (/p/_core.so)\n";

    #[test]
    fn the_import_that_failed_is_told_with_its_place() {
        let failed = failed(SAID).unwrap();
        assert_eq!(failed.id, "python/fast/__init__.py");
        let Failure::Import { text, place, .. } = failed.failure else {
            panic!("{:?}", failed.failure);
        };
        assert!(text.ends_with("(/p/_core.so)"), "{text}");
        assert_eq!(place.unwrap().line, Some(2));
    }

    #[test]
    fn another_refusal_is_left_to_pytest_s_own_words() {
        assert!(failed("ERROR: usage: pytest [options]").is_none());
        let other = SAID.replace("ImportError: cannot", "ZeroDivisionError: cannot");
        assert!(failed(&other).is_none());
    }
}
