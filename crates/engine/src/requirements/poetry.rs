//! Poetry's dependencies (Poetry's documentation, "Dependency specification"), in projects that maturin builds.

use toml::{Table, Value};

use super::ci::Ci;
use super::is_for_tests;
use crate::manifest::Pyproject;

/// What Poetry would install for tests, as PEP 508 requirements.
pub(super) fn of(pyproject: &Pyproject, ci: &Ci) -> Vec<String> {
    let Some(poetry) = pyproject.poetry() else {
        return Vec::new();
    };
    let mut tables = vec![poetry.get("dependencies"), poetry.get("dev-dependencies")];
    let groups = poetry.get("group").and_then(Value::as_table);
    for (name, group) in groups.into_iter().flatten() {
        let is_optional = group.get("optional").and_then(Value::as_bool) == Some(true);
        if (is_for_tests(name) && !is_optional) || ci.names(name) {
            tables.push(group.get("dependencies"));
        }
    }
    tables
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .flat_map(Table::iter)
        .filter(|(name, _)| *name != "python")
        .flat_map(|(name, value)| match value {
            // One for each Python version or platform.
            Value::Array(all) => all
                .iter()
                .filter_map(|one| requirement(name, one))
                .collect(),
            one => requirement(name, one).into_iter().collect::<Vec<_>>(),
        })
        .collect()
}

fn requirement(name: &str, value: &Value) -> Option<String> {
    let (table, version) = match value {
        Value::String(version) => (None, Some(version.as_str())),
        Value::Table(table) => (Some(table), table.get("version").and_then(Value::as_str)),
        _ => return None,
    };
    let get = |key: &str| table?.get(key);
    let is_optional = get("optional").and_then(Value::as_bool) == Some(true);
    if is_optional || get("path").is_some() {
        return None;
    }
    let extras: Vec<&str> = get("extras")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let mut text = name.to_owned();
    if !extras.is_empty() {
        text.push_str(&format!("[{}]", extras.join(",")));
    }
    if let Some(repository) = get("git").and_then(Value::as_str) {
        let at = ["rev", "tag", "branch"]
            .iter()
            .find_map(|key| get(key)?.as_str());
        let at = at.map(|at| format!("@{at}")).unwrap_or_default();
        text.push_str(&format!(" @ git+{repository}{at}"));
    } else {
        text.push_str(&specifiers(version.unwrap_or("*")));
    }
    let python = get("python").and_then(Value::as_str).map(python_marker);
    let own = get("markers").and_then(Value::as_str).map(str::to_owned);
    let markers: Vec<String> = [python, own].into_iter().flatten().collect();
    match markers.as_slice() {
        [] => {}
        [one] => text.push_str(&format!(" ; {one}")),
        all => text.push_str(&format!(" ; ({})", all.join(") and ("))),
    }
    Some(text)
}

/// A Poetry constraint as PEP 440 specifiers; empty if any version will do, or if alternatives (`||`) can't be expressed.
fn specifiers(constraint: &str) -> String {
    if constraint.contains("||") {
        return String::new();
    }
    let parts: Vec<String> = constraint
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "*")
        .map(specifier)
        .collect();
    parts.join(",")
}

fn specifier(part: &str) -> String {
    let numbers = |text: &str| -> Vec<u64> {
        text.split('.')
            .map_while(|part| part.parse().ok())
            .collect()
    };
    if let Some(version) = part.strip_prefix('^') {
        // Up to the next change of the first non-zero part, or of the last part given.
        let version = version.trim();
        let parts = numbers(version);
        let at = parts
            .iter()
            .position(|part| *part != 0)
            .unwrap_or(parts.len().saturating_sub(1));
        return format!(">={version},<{}", raised(&parts, at));
    }
    if let Some(version) = part.strip_prefix('~').filter(|rest| !rest.starts_with('=')) {
        // The second part, if given, may not change.
        let version = version.trim();
        let parts = numbers(version);
        return format!(
            ">={version},<{}",
            raised(&parts, parts.len().min(2).saturating_sub(1))
        );
    }
    if part.starts_with(|letter: char| letter.is_ascii_digit()) {
        return format!("=={part}");
    }
    part.replace(' ', "")
}

/// A version with one part raised, and nothing after it.
fn raised(parts: &[u64], at: usize) -> String {
    let mut parts: Vec<u64> = parts.iter().take(at + 1).copied().collect();
    if let Some(last) = parts.last_mut() {
        *last += 1;
    }
    let parts: Vec<String> = parts.iter().map(ToString::to_string).collect();
    parts.join(".")
}

/// The Python versions that a dependency is for, as a marker.
fn python_marker(constraint: &str) -> String {
    let parts: Vec<String> = specifiers(constraint)
        .split(',')
        .filter(|part| !part.is_empty())
        .map(|part| {
            let version = part.trim_start_matches(['>', '<', '=', '!', '~']);
            let operator = &part[..part.len() - version.len()];
            format!("python_version {operator} '{version}'")
        })
        .collect();
    if parts.is_empty() {
        "python_version >= '3'".to_owned()
    } else {
        parts.join(" and ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn carets_and_tildes_are_ranges() {
        for (poetry, pep440) in [
            ("^1.2.3", ">=1.2.3,<2"),
            ("^0.2.3", ">=0.2.3,<0.3"),
            ("^0.0.3", ">=0.0.3,<0.0.4"),
            ("^0.0", ">=0.0,<0.1"),
            ("^0", ">=0,<1"),
            ("~1.2.3", ">=1.2.3,<1.3"),
            ("~1.2", ">=1.2,<1.3"),
            ("~1", ">=1,<2"),
            ("~=1.2", "~=1.2"),
            ("1.2.3", "==1.2.3"),
            ("1.2.*", "==1.2.*"),
            (">=1.2, <2", ">=1.2,<2"),
            ("*", ""),
            ("^1 || ^2", ""),
        ] {
            assert_eq!(specifiers(poetry), pep440, "{poetry}");
        }
    }

    #[test]
    fn tables_have_further_keys() {
        let check = |value: &str, expect: Option<&str>| {
            let table: Table = format!("x = {value}").parse().unwrap();
            assert_eq!(requirement("x", &table["x"]).as_deref(), expect, "{value}");
        };
        check("\"^1\"", Some("x>=1,<2"));
        check(
            "{ version = \"*\", extras = [\"a\", \"b\"] }",
            Some("x[a,b]"),
        );
        check(
            "{ git = \"https://h/x\", tag = \"v1\" }",
            Some("x @ git+https://h/x@v1"),
        );
        check("{ path = \"../x\" }", None);
        check("{ version = \"1\", optional = true }", None);
        check(
            "{ version = \"~2\", python = \"^3.9\", markers = \"sys_platform == 'linux'\" }",
            Some(
                "x>=2,<3 ; (python_version >= '3.9' and python_version < '4') and (sys_platform == 'linux')",
            ),
        );
    }
}
