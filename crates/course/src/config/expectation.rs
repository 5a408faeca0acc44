//! How an exercise's starter is meant to fail, as its author wrote it down.

use diagnostic::Code;

use super::source::TomlError;
use super::value::Table;

/// What the starter's verdict should be. Only the author's check compares it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Expectation {
    /// The verdict's status, such as `unfinished`, `tests_fail` or `does_not_compile`.
    pub status: Option<String>,
    /// The tests that should fail, by identifier.
    pub failing: Vec<String>,
    /// The finding that should be made.
    pub code: Option<Code>,
}

/// The table `[expect]`, or `None` when the key is absent.
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
        expectation.failing = failing.strings()?;
    }
    if let Some(code) = expect.get("code") {
        let parsed = code.string()?.parse();
        expectation.code = Some(parsed.map_err(|error| code.error(format!("{error}")))?);
    }
    Ok(Some(expectation))
}
