//! A run in which Python imported another module instead of the extension.

use anatomy::shared::SHADOWED as RULE;
use diagnostic::{Diagnostic, Evidence, SourceLocation};

use crate::test::Loaded;

/// `extension` is the import name of the extension, which is `hidden` or inside it.
pub(crate) fn finding(hidden: &Loaded, extension: &str) -> Diagnostic {
    let Loaded { module, origin, .. } = hidden;
    let package = match extension.strip_prefix(module.as_str()) {
        Some("") | None => String::new(),
        Some(_) => format!(", so nothing can import `{extension}`"),
    };
    if origin == "built-in" || origin == "frozen" {
        return RULE
            .finding(format!(
                "Python has its own module called `{module}` and imports that instead of yours{package}"
            ))
            .because(Evidence::output("Python", format!("`{module}` is {origin}")))
            .hint(another_name(module));
    }
    let finding = RULE
        .finding(format!(
            "Python imports `{module}` from {origin} instead of yours{package}"
        ))
        .because(Evidence::at_text(
            SourceLocation::file(origin),
            format!("`import {module}` loads this file"),
        ));
    finding.hint(if is_of_standard_library(origin) {
        another_name(module)
    } else if is_installed(origin) {
        format!(
            "an installed package is also called `{module}`: uninstall it, or {}",
            another_name(module)
        )
    } else {
        format!("rename or delete {origin}: Python finds it before any installed package")
    })
}

fn another_name(module: &str) -> String {
    format!(
        "rename your module `{module}`: under `[project] name` or `module-name` in pyproject.toml, in \
         `[lib] name`, in the `#[pymodule]`, and where it is imported"
    )
}

fn is_installed(origin: &str) -> bool {
    ["site-packages", "dist-packages"]
        .iter()
        .any(|dir| origin.contains(dir))
}

/// Whether a file is among Python's own modules, in `lib/python3.12/` or `Lib/` of an installation.
fn is_of_standard_library(origin: &str) -> bool {
    let is_absolute = std::path::Path::new(origin).is_absolute();
    is_absolute
        && !is_installed(origin)
        && (origin.contains("/lib/python3") || origin.contains("\\Lib\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(module: &str, origin: &str, says: &str, helps: &str) {
        let hidden = Loaded {
            module: module.to_owned(),
            origin: origin.to_owned(),
            is_fresh: false,
        };
        let finding = finding(&hidden, "fast._core");
        assert!(finding.message.contains(says), "{finding:?}");
        let hint = finding.hint.as_deref().unwrap_or_default();
        assert!(hint.contains(helps), "{finding:?}");
    }

    #[test]
    fn each_place_has_its_own_help() {
        check(
            "fast",
            "tests/fast.py",
            "nothing can import `fast._core`",
            "rename or delete tests/fast.py",
        );
        check(
            "time",
            "built-in",
            "its own module called",
            "rename your module `time`",
        );
        check(
            "statistics",
            "/usr/lib/python3.11/statistics.py",
            "from /usr/lib/python3.11/statistics.py",
            "rename your module",
        );
        check(
            "slug",
            "/v/lib/python3.11/site-packages/slug/__init__.py",
            "instead of yours",
            "uninstall it",
        );
    }
}
