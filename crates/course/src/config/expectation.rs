//! How an exercise's starter should fail, according to its author.

use diagnostic::Code;
use pep440_rs::{Version, VersionSpecifiers};
use toml::de::DeValue;

use super::source::TomlError;
use super::value::{Table, Value};

/// The expected verdict on the starter. Only the author's check looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    /// The verdict's status, such as `unfinished`, `tests_fail` or `does_not_compile`.
    pub status: Option<String>,
    /// The tests that should fail; `None` if the author doesn't say, or no test runs.
    pub failing: Option<Vec<FailingTest>>,
    /// The expected finding.
    pub code: Option<Code>,
}

impl Expectation {
    /// The IDs of the tests that should fail in a version of Python, or in an exercise without Python.
    pub fn failing_in(&self, python: Option<&Version>) -> Option<Vec<&str>> {
        let failing = self.failing.as_ref()?.iter();
        Some(
            failing
                .filter(|one| one.runs_in(python))
                .map(|one| one.id.as_str())
                .collect(),
        )
    }
}

/// A test that the starter should fail, and a solution has to pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailingTest {
    /// Its ID.
    pub id: String,
    /// The versions of Python in which it runs, if it's skipped in others.
    pub python: Option<VersionSpecifiers>,
}

impl FailingTest {
    /// Whether it runs in a version of Python, or in an exercise without Python.
    pub fn runs_in(&self, python: Option<&Version>) -> bool {
        match (&self.python, python) {
            (Some(wanted), Some(python)) => wanted.contains(python),
            (Some(_) | None, None) | (None, Some(_)) => true,
        }
    }
}

/// The table `[expect]`; `None` if the key is absent.
pub(super) fn read(table: &Table<'_>) -> Result<Option<Expectation>, TomlError> {
    let Some(expect) = table.get("expect") else {
        return Ok(None);
    };
    let expect = expect.table("a table, written [expect]")?;
    let mut expectation = Expectation::default();
    if let Some(status) = expect.get("status") {
        expectation.status = Some(status.string()?.to_owned());
    }
    if let Some(failing) = expect.get("failing") {
        let items = failing.items("an array of tests")?;
        expectation.failing = Some(items.iter().map(failing_test).collect::<Result<_, _>>()?);
    }
    if let Some(code) = expect.get("code") {
        let parsed = code.string()?.parse();
        expectation.code = Some(parsed.map_err(|error| code.error(format!("{error}")))?);
    }
    Ok(Some(expectation))
}

/// A test's ID, or a table with it and the versions of Python in which the test runs.
fn failing_test(value: &Value<'_>) -> Result<FailingTest, TomlError> {
    let DeValue::Table(_) = value.raw() else {
        let id = value.string()?.to_owned();
        return Ok(FailingTest { id, python: None });
    };
    let table = value.table("a table with `test` and `python`")?;
    let test = table
        .get("test")
        .ok_or_else(|| value.error("`test` is missing: the ID of the test"))?;
    let specifiers = |python: Value<'_>| {
        let parsed = python.string()?.parse();
        parsed.map_err(|error| python.error(format!("{error}")))
    };
    let python = table.get("python").map(specifiers).transpose()?;
    Ok(FailingTest {
        id: test.string()?.to_owned(),
        python,
    })
}
