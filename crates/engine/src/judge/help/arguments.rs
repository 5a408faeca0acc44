//! A trailing `Option` parameter that Python leaves out: it has no default unless the signature gives it one.

use super::super::suite::Context;
use crate::test::{FailedTest, Failure};

/// Parameters that PyO3 fills in by itself, or the class.
const NOT_FROM_PYTHON: [&str; 3] = ["Python<", "&Bound<'_,PyType>", "PyRef<"];

pub(super) fn optional(test: &FailedTest, context: Context<'_>) -> Option<String> {
    let Failure::Raised { text, .. } = &test.failure else {
        return None;
    };
    let message = text.lines().next()?.strip_prefix("TypeError: ")?;
    let (function, rest) = message.split_once("() missing ")?;
    let (_, names) = rest.split_once("required positional argument")?;
    let missing: Vec<&str> = names.split('\'').skip(1).step_by(2).collect();
    let name = function.rsplit('.').next()?;
    let (_, function) = context.project.function(name)?;
    if function.has_signature() || missing.is_empty() {
        return None;
    }
    let parameters: Vec<(&str, bool)> = function
        .parameters
        .iter()
        .filter(|(_, kind)| !NOT_FROM_PYTHON.iter().any(|start| kind.starts_with(start)))
        .map(|(name, kind)| (name.as_str(), kind.starts_with("Option<")))
        .collect();
    let is_optional = |name: &&str| parameters.iter().any(|(known, is)| known == name && *is);
    if !missing.iter().all(is_optional) {
        return None;
    }
    let last_required = parameters.iter().rposition(|(_, is_optional)| !is_optional);
    let signature: Vec<String> = parameters
        .iter()
        .enumerate()
        .map(|(index, (name, is_optional))| {
            let has_default = *is_optional && last_required.is_none_or(|last| index > last);
            if has_default {
                format!("{name}=None")
            } else {
                (*name).to_owned()
            }
        })
        .collect();
    Some(format!(
        "an `Option` parameter is still required unless the signature gives it a default: write `#[pyo3(signature = ({}))]` above `fn {}`",
        signature.join(", "),
        function.name
    ))
}
