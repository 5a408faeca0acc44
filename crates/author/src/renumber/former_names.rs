//! Records an exercise's former name in its `.wr.toml`, so that learners keep their progress.

use toml_edit::{Array, DocumentMut, Item, value};

use crate::AuthorError;

/// The configuration of an exercise that gets a new name. `root` is the root configuration: its commands apply to an
/// exercise without a file of its own, and stop applying as soon as it has one.
pub(super) fn recorded(
    own: Option<&str>,
    root: &str,
    from: &str,
    to: &str,
) -> Result<String, AuthorError> {
    let broken = |error: toml_edit::TomlError| AuthorError::Refused {
        message: format!(
            "cannot read the configuration of {from}: {}",
            error.message()
        ),
        help: "fix its .wr.toml first".to_owned(),
    };
    let mut document: DocumentMut = own.unwrap_or_default().parse().map_err(broken)?;
    if own.is_none() {
        let root: DocumentMut = root.parse().map_err(broken)?;
        if let Some(commands) = root.get("verification") {
            document.insert("verification", commands.clone());
        }
    }
    let names = document
        .get("formerly")
        .and_then(Item::as_array)
        .cloned()
        .unwrap_or_default();
    let mut kept: Array = names
        .iter()
        .filter_map(|name| name.as_str())
        .filter(|name| *name != to && *name != from)
        .collect();
    kept.push(from);
    if document.contains_key("formerly") {
        document["formerly"] = value(kept);
        return Ok(document.to_string());
    }
    // Keys come before tables: a key at the end of a document would belong to its last table.
    let text = document.to_string();
    Ok(format!(
        "formerly ={kept}\n{}{text}",
        if text.is_empty() { "" } else { "\n" }
    )
    .replacen("formerly =[", "formerly = [", 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(own: Option<&str>, root: &str, expect: &str) {
        assert_eq!(
            recorded(own, root, "01_a/01_x", "01_a/02_x").unwrap(),
            expect
        );
    }

    #[test]
    fn the_old_name_is_kept() {
        check(
            Some("# Hints.\nhints = []\n\n[expect]\nstatus = \"x\"\n"),
            "",
            "formerly = [\"01_a/01_x\"]\n\n# Hints.\nhints = []\n\n[expect]\nstatus = \"x\"\n",
        );
        check(
            Some("formerly = [\"00_z/00_z\", \"01_a/02_x\"]\n"),
            "",
            "formerly = [\"00_z/00_z\", \"01_a/01_x\"]\n",
        );
    }

    #[test]
    fn the_roots_commands_stay_in_force() {
        check(
            None,
            "exercises_dir = \"x\"\n[[verification]]\ncommand = \"a\"\n",
            "formerly = [\"01_a/01_x\"]\n\n[[verification]]\ncommand = \"a\"\n",
        );
        check(None, "", "formerly = [\"01_a/01_x\"]\n");
    }
}
