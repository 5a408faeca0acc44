//! Changing a field in Python has no effect because `#[pyo3(get)]` returns a copy of the Rust value.

use super::super::suite::Context;
use super::lines_of;
use crate::test::{FailedTest, Failure};

/// Methods that change Python's collections.
const CHANGES: [&str; 12] = [
    "append",
    "extend",
    "insert",
    "remove",
    "pop",
    "clear",
    "sort",
    "reverse",
    "update",
    "add",
    "discard",
    "setdefault",
];

pub(super) fn changed_without_effect(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Assertion { text, .. } = &test.failure else {
        return None;
    };
    let (object, field, change) = lines_of(test).find_map(changes)?;
    // The assertion is about that field, or shows it.
    let is_asserted = lines_of(test)
        .filter(|line| line.contains("assert"))
        .any(|line| line.contains(&format!(".{field}")))
        || text.contains(&format!(".{field}"));
    let fields = context.project.fields(field);
    let (_, rust) = fields.first().filter(|_| is_asserted)?;
    let is_shown = rust.attributes.iter().any(|(_, text)| {
        text.starts_with("pyo3(")
            && text
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word == "get")
    });
    let is_copied = [
        "Vec<",
        "HashMap<",
        "BTreeMap<",
        "HashSet<",
        "BTreeSet<",
        "VecDeque<",
    ]
    .iter()
    .any(|start| rust.kind.starts_with(start));
    (is_shown && is_copied).then(|| {
        format!(
            "`{object}.{field}` is a new copy of the `{}` each time, and `{change}` changes only the copy: assign it back (`items = {object}.{field}; …; {object}.{field} = items`), \
             give `{}` a method that changes it, or keep a `Py<PyList>` or `Py<PyDict>` in the field",
            rust.kind.replace(',', ", "),
            rust.of
        )
    })
}

/// The object, the field and the method of `b.fruits.append(…)`.
fn changes(line: &str) -> Option<(&str, &str, &'static str)> {
    CHANGES.iter().find_map(|change| {
        let (before, _) = line.split_once(&format!(".{change}("))?;
        let path = before
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
            .next()?;
        let (object, field) = path.rsplit_once('.')?;
        (!object.is_empty() && !field.is_empty()).then_some((object, field, *change))
    })
}
