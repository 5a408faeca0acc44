//! Makes a message of rustc the same on every machine, and no larger than it has to be.

use serde_json::Value;

/// Directories of other people's sources, and what the corpus has instead.
const REGISTRY: (&str, &str) = ("/registry/src/", "/registry/src/index/");
const LIBRARY: &str = "/lib/rustlib/src/";

/// Replaces the paths in a message of a package, and takes away what no rule looks at: positions in other people's sources, their
/// text, and fields without a value. Versions of PyO3 that say the same can then share a recording.
pub(super) fn normalize(message: &mut Value, package: &str) {
    match message {
        Value::String(text) => *text = without_foreign_code(&with_paths(text, package)),
        Value::Array(all) => all.iter_mut().for_each(|one| normalize(one, package)),
        Value::Object(fields) => {
            // The long explanation of the error's number.
            fields.remove("explanation");
            fields.remove("$message_type");
            fields.remove("def_site_span");
            fields.retain(|name, field| !field.is_null() || name == "code");
            for field in fields.values_mut() {
                normalize(field, package);
            }
            let is_foreign = fields
                .get("file_name")
                .and_then(Value::as_str)
                .is_some_and(|file| file.starts_with('/'));
            for (name, field) in fields.iter_mut() {
                let is_byte = name == "byte_start" || name == "byte_end";
                if field.is_number() && (is_foreign || is_byte) {
                    *field = Value::from(1);
                } else if is_foreign && name == "text" {
                    *field = Value::Array(Vec::new());
                }
            }
        }
        _ => {}
    }
}

fn with_paths(text: &str, package: &str) -> String {
    text.split_inclusive('\n')
        .map(|line| with_path(line, package))
        .collect()
}

fn with_path(line: &str, package: &str) -> String {
    let line = line.replace(&format!("{package}/src/lib.rs"), "src/lib.rs");
    // rustc names a file of its own with the rest of a long type.
    if let Some((before, rest)) = line.split_once("has been written to '/") {
        let after = rest.split_once('\'').map_or("", |(_, after)| after);
        return format!("{before}has been written to '/target/type.txt'{after}");
    }
    let start_of = |at: usize| {
        line[..at]
            .rfind([' ', '"', '\'', '`', '('])
            .map_or(0, |at| at + 1)
    };
    if let Some(at) = line.find(REGISTRY.0) {
        let rest = &line[at + REGISTRY.0.len()..];
        // The directory of the registry's index, and that of the package, which has the version in its name.
        let mut parts = rest.splitn(3, '/').skip(1);
        if let (Some(of), Some(file)) = (parts.next(), parts.next()) {
            let name = of.rsplit_once('-').map_or(of, |(name, _)| name);
            return format!("{}{}{name}/{file}", &line[..start_of(at)], REGISTRY.1);
        }
    }
    if let Some(at) = line.find(LIBRARY) {
        return format!("{}{}", &line[..start_of(at)], &line[at..]);
    }
    line
}

/// A rendered message without the lines of other people's code, those that say why an item isn't there excepted.
fn without_foreign_code(rendered: &str) -> String {
    let mut kept = String::new();
    let mut is_foreign = false;
    for line in rendered.split_inclusive('\n') {
        let text = line.trim_start();
        if let Some(place) = text
            .strip_prefix("--> ")
            .or_else(|| text.strip_prefix("::: "))
        {
            is_foreign = place.starts_with('/');
            if is_foreign {
                // Without the line and the column.
                let file = place.split(".rs:").next().unwrap_or(place).trim_end();
                let before = &line[..line.len() - place.len()];
                kept.push_str(&format!("{}{file}.rs:1:1\n", before.trim_start()));
                continue;
            }
        } else if text.starts_with("= ")
            || !line.starts_with([' ', '|', '.']) && !text.starts_with(|c: char| c.is_ascii_digit())
        {
            is_foreign = false;
        }
        let says_why = line.contains("the item is gated") || line.contains("cfg(");
        if !is_foreign || says_why {
            kept.push_str(line);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_the_same_on_every_machine_and_for_every_version() {
        let check = |line: &str, expect: &str| assert_eq!(with_path(line, "a-case"), expect);
        check(" --> a-case/src/lib.rs:3:1\n", " --> src/lib.rs:3:1\n");
        check(
            "  ::: /home/me/.cargo/registry/src/index.crates.io-1949/pyo3-macros-0.30.1/src/lib.rs:4:1",
            "  ::: /registry/src/index/pyo3-macros/src/lib.rs:4:1",
        );
        check(
            "  --> /home/me/.rustup/toolchains/x/lib/rustlib/src/rust/library/core/src/lib.rs:1:1",
            "  --> /lib/rustlib/src/rust/library/core/src/lib.rs:1:1",
        );
    }

    #[test]
    fn the_file_of_a_long_type_has_no_name() {
        assert_eq!(
            with_path(
                "the full name for the type has been written to '/home/me/target/x-1.txt'\n",
                "x"
            ),
            "the full name for the type has been written to '/target/type.txt'\n"
        );
    }

    #[test]
    fn code_of_others_is_left_out_and_why_an_item_is_missing_is_not() {
        let rendered = "error: no\n --> src/lib.rs:2:1\n  |\n2 | own\n  | ^^^\nnote: found\n   --> /registry/src/index/pyo3/src/x.rs:31:2\n   |\n31 | foreign\n   | ^^^^\n32 | #![cfg(any(Py_3_11))]\n   | --- the item is gated here\n   = note: more\n";
        assert_eq!(
            without_foreign_code(rendered),
            "error: no\n --> src/lib.rs:2:1\n  |\n2 | own\n  | ^^^\nnote: found\n--> /registry/src/index/pyo3/src/x.rs:1:1\n32 | #![cfg(any(Py_3_11))]\n   | --- the item is gated here\n   = note: more\n"
        );
    }
}
