//! How an exercise's starter should fail, according to its author.

use diagnostic::Code;

use super::source::TomlError;
use super::value::Table;

/// The expected verdict on the starter. Only the author's check looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    /// The verdict's status, such as `unfinished`, `tests_fail` or `does_not_compile`.
    pub status: Option<String>,
    /// The IDs of the tests that should fail; `None` if the author doesn't say, or no test runs.
    pub failing: Option<Vec<String>>,
    /// The expected finding.
    pub code: Option<Code>,
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
        expectation.failing = Some(failing.strings()?);
    }
    if let Some(code) = expect.get("code") {
        let parsed = code.string()?.parse();
        expectation.code = Some(parsed.map_err(|error| code.error(format!("{error}")))?);
    }
    Ok(Some(expectation))
}
