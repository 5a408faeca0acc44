//! Parses the output of test programs, for when a course's own command started `cargo test`.

use super::libtest::{Reader, failures};
use crate::test::{End, Suite};

/// The suite in the output; `None` unless a test program reports in it that a test failed.
pub(crate) fn suite(text: &str, shown: &dyn Fn(&str) -> String) -> Option<Suite> {
    if !text
        .lines()
        .any(|line| line.starts_with("test result: FAILED."))
    {
        return None;
    }
    let mut all = Suite {
        end: End::Finished { status: 101 },
        output: text.to_owned(),
        ..Suite::unusable("")
    };
    for (target, part) in parts(text) {
        let mut reader = Reader::default();
        for line in part.lines() {
            reader.line(line, &target);
        }
        let failed = failures(&part, "", &reader.tests, &target, shown);
        for test in &mut reader.tests {
            if let Some(failed) = failed.iter().find(|failed| failed.id == test.id) {
                let (place, message) = failed.failure.place_and_text();
                test.place = place;
                test.message = Some(message);
            }
        }
        all.tests.append(&mut reader.tests);
        all.failed.extend(failed);
    }
    (!all.failed.is_empty()).then_some(all)
}

/// The name of each program's target, with what the program printed.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts = vec![("tests".to_owned(), String::new())];
    for line in text.lines() {
        if let Some(target) = started(line) {
            parts.push((target, String::new()));
        } else if let Some((_, part)) = parts.last_mut() {
            part.push_str(line);
            part.push('\n');
        }
    }
    parts
}

/// The target in `Running unittests src/lib.rs (target/debug/deps/name-0123456789abcdef)`, or in `Doc-tests name`.
fn started(line: &str) -> Option<String> {
    let line = line.trim_start();
    if line.starts_with("Doc-tests ") {
        return Some("doc".to_owned());
    }
    let program = line.strip_prefix("Running ")?.strip_suffix(')')?;
    let file = program.rsplit(['/', '\\', '(']).next()?;
    let (name, digest) = file.rsplit_once('-')?;
    let is_digest = digest.split('.').next().is_some_and(|digest| {
        digest.len() == 16 && digest.chars().all(|one| one.is_ascii_hexdigit())
    });
    is_digest.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
     Running unittests src/lib.rs (target/debug/deps/calc-0123456789abcdef)

running 2 tests
test tests::adds ... FAILED
test tests::ok ... ok

failures:

---- tests::adds stdout ----

thread 'tests::adds' (77) panicked at src/lib.rs:9:9:
assertion `left == right` failed
  left: 1
 right: 2

failures:
    tests::adds

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s

error: test failed, to rerun pass `--lib`
";

    #[test]
    fn tests_are_read_with_their_target() {
        let read = suite(OUTPUT, &|file| file.to_owned()).unwrap();
        let ids: Vec<_> = read.tests.iter().map(|test| test.id.as_str()).collect();
        assert_eq!(ids, ["calc::tests::adds", "calc::tests::ok"]);
        let (place, text) = read.failed[0].failure.place_and_text();
        assert_eq!(place.unwrap().to_string(), "src/lib.rs:9:9");
        assert!(text.contains("left: 1"));
    }

    #[test]
    fn passing_tests_are_not_read_as_a_failure() {
        let passed = OUTPUT.replace("result: FAILED.", "result: ok.");
        assert!(suite(&passed, &|file| file.to_owned()).is_none());
    }
}
