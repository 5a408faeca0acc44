//! The extension imports, but it doesn't have the name that the test asks for.
//!
//! A `#[pyfunction]` or `#[pyclass]` is at first just Rust code. Python sees it only once it has been added to the
//! module.
//!
//! ## Example
//!
//! ```text
//! ImportError: cannot import name 'it_works' from 'setup'
//! ```
//!
//! ## What to do
//!
//! In a function-style module, add it by hand:
//!
//! ```rust,ignore
//! #[pymodule]
//! fn setup(m: &Bound<'_, PyModule>) -> PyResult<()> {
//!     m.add_function(wrap_pyfunction!(it_works, m)?)?;
//!     Ok(())
//! }
//! ```
//!
//! In a declarative module (`#[pymodule] mod setup { … }`), the attributes `#[pyfunction]` and `#[pyclass]` inside
//! the module are enough, and `#[pymodule_export] use super::it_works;` brings in an item from outside. Without its
//! attribute, a function or class in the module is visible only to Rust, and so is a constant without
//! `#[pymodule_export]`. An `as` in that `use` also renames for Rust only: to change the name in Python, write
//! `#[pyo3(name = "…")]` above the function itself.
//!
//! `AttributeError: module 'setup' has no attribute 'it_works'` is the same mistake, after `import setup`.
//!
//! The finding also lists the names that the module does have. If one of them is nearly the same, it comes first:
//! one of the two is probably a typo.
//!
//! ## Where it is specified
//!
//! PyO3's guide, "Python modules".

use anatomy::project::{Definition, DefinitionKind};
use diagnostic::{Diagnostic, Evidence, Rule, SourceLocation, some};

use crate::test::{Defined, Known};

pub(crate) const RULE: Rule = Rule::new(
    "WR0356",
    "name-not-in-module",
    include_str!("name_not_in_module.rs"),
);

/// How many names are listed.
const MOST: usize = 8;

/// `extension` is the module under test, if there is one.
pub(crate) fn finding(
    name: &str,
    module: &str,
    error: &str,
    place: Option<SourceLocation>,
    known: &Known,
    extension: Option<&str>,
) -> Diagnostic {
    let finding = RULE.finding(format!("the module `{module}` has no `{name}`"));
    let finding = match &known.defined {
        Some(defined) => finding.because(Evidence::at_text(
            defined.place.clone(),
            format!("`{name}` is defined here, but Python doesn't see it"),
        )),
        None => finding,
    };
    let finding = match place {
        Some(place) => finding.because(Evidence::at_text(place, error)),
        None => finding.because(Evidence::output("Python", error)),
    };
    let mut offered = nearest_first(name, &known.offered);
    // maturin puts the library into a package of the same name, which then contains its own name.
    offered.retain(|one| one != module);
    let finding = match offered.as_slice() {
        [] => finding,
        names => finding.because(Evidence::output(
            format!("the module `{module}` has"),
            some(names, MOST),
        )),
    };
    let inner = extension.filter(|inner| is_inside(inner, module));
    finding.hint(match (&known.defined, offered.first(), inner) {
        (_, _, Some(_)) if error.contains("(unknown location)") => format!(
            "Python found `{module}` as a directory without an `__init__.py`: check that the package exists and that \
             `python-source` under `[tool.maturin]` points to it"
        ),
        (Some(defined), _, Some(inner)) => format!(
            "import it from `{inner}` in the `__init__.py` of `{module}`; if you already do, {}",
            how_to_add(name, defined)
        ),
        (Some(defined), _, None) => how_to_add(name, defined),
        (None, Some(near), _) if is_near(name, near) => {
            format!("the module has `{near}`: fix the name there or in the import")
        }
        (None, _, Some(inner)) => format!(
            "define `{name}` in `{module}`, or in Rust and import it there from `{inner}`; or fix the name in the import"
        ),
        (None, _, None) => format!(
            "define `{name}` and add it in the `#[pymodule]`, or fix the name in the import"
        ),
    })
}

/// Whether an extension is inside a package, which can re-export its names.
pub(crate) fn is_inside(extension: &str, package: &str) -> bool {
    extension
        .strip_prefix(package)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// What to write, depending on where the name is defined and on its attributes.
fn how_to_add(name: &str, defined: &Defined) -> String {
    let definition = &defined.definition;
    let attribute = match &definition.kind {
        DefinitionKind::Use(text) => return how_to_bring_in(name, definition, text),
        DefinitionKind::Constant(of_type) => return how_to_add_constant(name, defined, of_type),
        DefinitionKind::Function => "pyfunction",
        DefinitionKind::Type => "pyclass",
    };
    if let Some(other) = definition.python_name().filter(|other| *other != name) {
        return format!(
            "its attribute gives it the name `{other}` in Python: fix the name there or in the import"
        );
    }
    if let Some(added) = &defined.added {
        return format!(
            "{added} adds it: check that the line is compiled and reached (a `#[cfg]`, a `return` before it), and that it adds to \
             the module you import"
        );
    }
    let keyword = match definition.kind {
        DefinitionKind::Function => "fn ",
        _ => "",
    };
    let in_rust = &definition.name;
    let has_attribute = definition.attribute(attribute).is_some();
    let mut steps = Vec::new();
    if !has_attribute {
        steps.push(format!("`#[{attribute}]` above `{keyword}{in_rust}`"));
    }
    if !definition.is_inside_module {
        steps.push(match (defined.has_declarative_module, attribute) {
            (true, _) => format!("`#[pymodule_export] use super::{in_rust};` in the `#[pymodule]`"),
            (false, "pyclass") => format!("`m.add_class::<{in_rust}>()?;` in the `#[pymodule]`"),
            (false, _) => {
                format!("`m.add_function(wrap_pyfunction!({in_rust}, m)?)?;` in the `#[pymodule]`")
            }
        });
    }
    if steps.is_empty() {
        return renamed();
    }
    format!("write {}", steps.join(", and "))
}

/// What to write for a `use` in the module. An `as` renames only for Rust: in Python, a function has the name from its own
/// attribute.
fn how_to_bring_in(name: &str, definition: &Definition, text: &str) -> String {
    let is_exported = definition.attribute("pymodule_export").is_some();
    let original = text
        .trim_end_matches(';')
        .split_once(" as ")
        .map(|(path, _)| path.rsplit([':', ' ']).next().unwrap_or(path));
    match (original, is_exported) {
        (Some(original), false) => format!(
            "`as` renames only for Rust: write `#[pymodule_export]` above `{text}`, and `#[pyo3(name = \"{name}\")]` above `{original}` itself"
        ),
        (Some(original), true) => format!(
            "`as` renames only for Rust: write `#[pyo3(name = \"{name}\")]` above `{original}` itself"
        ),
        (None, false) => format!("write `#[pymodule_export]` above `{text}`"),
        (None, true) => renamed(),
    }
}

/// What to write for a constant, which has to be written inside the module to be exported.
fn how_to_add_constant(name: &str, defined: &Defined, of_type: &str) -> String {
    let definition = &defined.definition;
    if definition.is_inside_module {
        return match definition.attribute("pymodule_export") {
            None => format!("write `#[pymodule_export]` above `const {name}`"),
            Some(_) => renamed(),
        };
    }
    if defined.has_declarative_module {
        format!(
            "write `#[pymodule_export] const {name}: {of_type} = super::{name};` in the `#[pymodule]`"
        )
    } else {
        format!("write `m.add(\"{name}\", {name})?;` in the `#[pymodule]`")
    }
}

fn renamed() -> String {
    "its attribute gives it another name in Python, or a `cfg` leaves it out: fix the name there or in the import, or the `cfg`".to_owned()
}

/// The names, the most similar first, the rest in their order.
fn nearest_first(name: &str, offered: &[String]) -> Vec<String> {
    let mut names = offered.to_vec();
    names.sort_by_key(|one| !is_near(name, one));
    if let Some(near) = names
        .iter()
        .filter(|one| is_near(name, one))
        .count()
        .checked_sub(1)
    {
        names[..=near].sort_by_key(|one| strsim::damerau_levenshtein(name, one));
    }
    names
}

/// Whether one name may be a typo for the other: up to a third of it may differ.
pub(crate) fn is_near(name: &str, other: &str) -> bool {
    strsim::damerau_levenshtein(name, other) <= (name.chars().count() / 3).max(1)
}

#[cfg(test)]
mod tests {
    use anatomy::project::{find_definition, has_declarative_module};

    use super::*;

    fn check(source: &str, name: &str, expect: &str) {
        let defined = find_definition(source, name).map(|definition| Defined {
            place: SourceLocation::line("src/lib.rs", definition.line),
            definition,
            has_declarative_module: has_declarative_module(source),
            added: None,
        });
        let known = Known {
            offered: ["VAT_PERCENT", "Vresion", "gross"]
                .map(str::to_owned)
                .into(),
            defined,
        };
        let found = finding(name, "shop", "ImportError", None, &known, Some("shop"));
        assert_eq!(found.hint.as_deref(), Some(expect));
    }

    #[test]
    fn a_package_re_exports_from_its_extension() {
        let hint = |error: &str| {
            let known = Known::default();
            let found = finding("gross", "shop", error, None, &known, Some("shop._core"));
            found.hint.unwrap_or_default()
        };
        assert!(
            hint("from 'shop' (/p/shop/__init__.py)").contains("import it there from `shop._core`")
        );
        assert!(hint("from 'shop' (unknown location)").contains("without an `__init__.py`"));
    }

    #[test]
    fn a_function_in_the_module_needs_its_attribute() {
        let source = "#[pymodule]\nmod shop {\n    fn it_works() {}\n    struct Cart;\n}\n";
        check(
            source,
            "it_works",
            "write `#[pyfunction]` above `fn it_works`",
        );
        check(source, "Cart", "write `#[pyclass]` above `Cart`");
    }

    #[test]
    fn an_item_outside_the_module_is_brought_in() {
        let source = "#[pymodule]\nmod shop {\n    use super::gross as with_vat;\n}\n#[pyfunction]\nfn net() {}\nfn tax() {}\n";
        check(
            source,
            "net",
            "write `#[pymodule_export] use super::net;` in the `#[pymodule]`",
        );
        check(
            source,
            "tax",
            "write `#[pyfunction]` above `fn tax`, and `#[pymodule_export] use super::tax;` in the `#[pymodule]`",
        );
        check(
            source,
            "with_vat",
            "`as` renames only for Rust: write `#[pymodule_export]` above `use super::gross as with_vat;`, and `#[pyo3(name = \"with_vat\")]` above `gross` itself",
        );
    }

    #[test]
    fn an_exported_use_is_not_renamed_for_python() {
        check(
            "#[pymodule]\nmod shop {\n    #[pymodule_export]\n    use super::gross as with_vat;\n}\n#[pyfunction]\nfn gross() {}\n",
            "with_vat",
            "`as` renames only for Rust: write `#[pyo3(name = \"with_vat\")]` above `gross` itself",
        );
    }

    #[test]
    fn a_constant_is_exported_inside_the_module() {
        let source = "const RATE: u64 = 20;\n#[pymodule]\nmod shop {\n    const VAT: u64 = super::RATE;\n}\n";
        check(
            source,
            "VAT",
            "write `#[pymodule_export]` above `const VAT`",
        );
        check(
            source,
            "RATE",
            "write `#[pymodule_export] const RATE: u64 = super::RATE;` in the `#[pymodule]`",
        );
        check(
            "const RATE: u64 = 20;\n#[pymodule]\nfn shop(m: &Bound<'_, PyModule>) -> PyResult<()> { Ok(()) }\n",
            "RATE",
            "write `m.add(\"RATE\", RATE)?;` in the `#[pymodule]`",
        );
    }

    #[test]
    fn a_function_may_have_another_name_in_python() {
        let source = "#[pymodule]\nmod shop {}\n#[pyfunction]\n#[pyo3(name = \"with_vat\")]\nfn gross() {}\n";
        check(
            source,
            "with_vat",
            "write `#[pymodule_export] use super::gross;` in the `#[pymodule]`",
        );
        check(
            source,
            "gross",
            "its attribute gives it the name `with_vat` in Python: fix the name there or in the import",
        );
    }

    #[test]
    fn a_function_style_module_adds_by_hand() {
        let source = "#[pymodule]\nfn shop(m: &Bound<'_, PyModule>) -> PyResult<()> { Ok(()) }\n#[pyfunction]\nfn net() {}\n#[pyclass]\nstruct Cart;";
        check(
            source,
            "net",
            "write `m.add_function(wrap_pyfunction!(net, m)?)?;` in the `#[pymodule]`",
        );
        check(
            source,
            "Cart",
            "write `m.add_class::<Cart>()?;` in the `#[pymodule]`",
        );
    }

    #[test]
    fn a_typo_is_named_first() {
        check(
            "",
            "Version",
            "the module has `Vresion`: fix the name there or in the import",
        );
        let offered = ["VAT_PERCENT", "Vresion", "gross"].map(str::to_owned);
        assert_eq!(nearest_first("Version", &offered)[0], "Vresion");
        check(
            "",
            "discount",
            "define `discount` and add it in the `#[pymodule]`, or fix the name in the import",
        );
    }
}
