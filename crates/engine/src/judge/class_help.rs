//! What Python says of a `#[pyclass]` that lacks something, and what is to be written in Rust.
//!
//! Python's words name the class with its module, so that a class of the extension under test is told from any other.

use std::ops::Not;

/// The help for an exception, where its words leave one cause alone. `extension` is the module under test.
pub(super) fn of_exception(text: &str, extension: Option<&str>) -> Option<String> {
    let (kind, said) = text.lines().next()?.split_once(": ")?;
    let extension = extension?;
    match kind {
        "TypeError" => {
            if let Some(class) = between(said, "type '", "' is not an acceptable base type") {
                let class = class_of(class, extension)?;
                return Some(format!(
                    "write `#[pyclass(subclass)]` above `{class}`, so that Python may derive from it"
                ));
            }
            if let Some(class) = between(said, "unhashable type: '", "'") {
                let class = class_of(class, extension)?;
                return Some(format!(
                    "give `{class}` a `__hash__`, or `#[pyclass(eq, hash, frozen)]` with `#[derive(PartialEq, Eq, Hash)]`"
                ));
            }
            if let Some(class) = between(said, "object of type '", "' has no len()") {
                return Some(format!(
                    "give `{}` a `__len__`",
                    class_of(class, extension)?
                ));
            }
            if let Some(class) = between(said, "'", "' object is not iterable") {
                return Some(format!(
                    "give `{}` an `__iter__`",
                    class_of(class, extension)?
                ));
            }
            not_ordered(said, extension).or_else(|| not_bound(said, extension))
        }
        "AttributeError" => {
            let (name, rest) = said.strip_prefix("attribute '")?.split_once("' of '")?;
            let class = class_of(rest.strip_suffix("' objects is not writable")?, extension)?;
            Some(format!(
                "where Python may change `{name}` of `{class}`, it takes `set` as in `#[pyo3(get, set)]`, or a `#[setter]`"
            ))
        }
        _ => None,
    }
}

/// The help for an assertion that compares a method in the place of what it returns.
pub(super) fn of_assertion(text: &str, extension: Option<&str>) -> Option<String> {
    // Below the first line stand the calls that led to its values, where a method is as it should be.
    let (_, rest) = text.lines().next()?.split_once("<built-in method ")?;
    let (name, rest) = rest.split_once(" of ")?;
    let (class, _) = rest.split_once(" object at 0x")?;
    let class = class_of(class, extension?)?;
    Some(format!(
        "`{name}` of `{class}` is a method, and here it is not called: is `#[getter]` missing above it?"
    ))
}

/// `'<' not supported between instances of 'm.X' and 'm.X'`.
fn not_ordered(said: &str, extension: &str) -> Option<String> {
    let (operator, rest) = said
        .strip_prefix('\'')?
        .split_once("' not supported between instances of '")?;
    let (left, right) = rest.strip_suffix('\'')?.split_once("' and '")?;
    let method = match operator {
        "<" => "__lt__",
        "<=" => "__le__",
        ">" => "__gt__",
        ">=" => "__ge__",
        _ => return None,
    };
    let class = class_of(left, extension)?;
    Some(if left == right {
        format!(
            "give `{class}` an order: `#[pyclass(eq, ord)]` with `#[derive(PartialEq, PartialOrd)]`, or `{method}`"
        )
    } else {
        format!("give `{class}` a `{method}` that takes the other type")
    })
}

/// `descriptor 'f' for 'm.X' objects doesn't apply to a 'str' object`: the class was asked for a method of its objects.
fn not_bound(said: &str, extension: &str) -> Option<String> {
    let (name, rest) = said.strip_prefix("descriptor '")?.split_once("' for '")?;
    let (class, _) = rest.split_once("' objects doesn't apply to a")?;
    let class = class_of(class, extension)?;
    let is_special = name.starts_with("__");
    is_special.not().then(|| {
        format!(
            "`{name}` is called on the class `{class}` itself: is `#[staticmethod]` or `#[classmethod]` missing above it?"
        )
    })
}

/// What stands between a beginning and an end that make up the text, or between which the text has it.
fn between<'s>(said: &'s str, before: &str, after: &str) -> Option<&'s str> {
    let (_, rest) = said.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    found.contains('\'').not().then_some(found)
}

/// The class without its module, where the module is the extension's. A class that stands outside of a `#[pymodule] mod` is
/// given to `builtins` by PyO3; Python's own are named there without a module.
fn class_of<'s>(name: &'s str, extension: &str) -> Option<&'s str> {
    let (module, class) = name.rsplit_once('.')?;
    let last = |module: &str| module.rsplit('.').next().map(str::to_owned);
    (module == "builtins" || last(module) == last(extension)).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expect: Option<&str>) {
        let found = of_exception(text, Some("shop"));
        match expect {
            Some(part) => assert!(
                found.as_deref().unwrap_or_default().contains(part),
                "{found:?}"
            ),
            None => assert_eq!(found, None, "{text}"),
        }
        assert_eq!(of_exception(text, None), None);
        assert_eq!(of_exception(text, Some("other")), None);
    }

    #[test]
    fn a_class_of_the_extension_is_told_what_it_lacks() {
        check(
            "TypeError: type 'shop.Cart' is not an acceptable base type",
            Some("`#[pyclass(subclass)]` above `Cart`"),
        );
        check(
            "AttributeError: attribute 'size' of 'shop.Cart' objects is not writable",
            Some("`#[setter]`"),
        );
        check(
            "TypeError: unhashable type: 'shop.Cart'",
            Some("`#[pyclass(eq, hash, frozen)]`"),
        );
        // So Python says from 3.14 on.
        check(
            "TypeError: cannot use 'shop.Cart' as a set element (unhashable type: 'shop.Cart')",
            Some("give `Cart` a `__hash__`"),
        );
        check(
            "TypeError: object of type 'shop.Cart' has no len()",
            Some("give `Cart` a `__len__`"),
        );
        check(
            "TypeError: 'shop.Cart' object is not iterable",
            Some("give `Cart` an `__iter__`"),
        );
        check(
            "TypeError: '<' not supported between instances of 'shop.Cart' and 'shop.Cart'",
            Some("`#[pyclass(eq, ord)]`"),
        );
        check(
            "TypeError: '>=' not supported between instances of 'shop.Cart' and 'int'",
            Some("give `Cart` a `__ge__` that"),
        );
        check(
            "TypeError: descriptor 'parse' for 'shop.Cart' objects doesn't apply to a 'str' object",
            Some("`#[staticmethod]`"),
        );
    }

    #[test]
    fn what_is_not_the_extension_s_is_left_alone() {
        for text in [
            "TypeError: unhashable type: 'list'",
            "TypeError: 'int' object is not iterable",
            "TypeError: '<' not supported between instances of 'int' and 'shop.Cart'",
            "TypeError: '<' not supported between instances of 'sample.Cart' and 'sample.Cart'",
            "ValueError: 'shop.Cart' object is not iterable",
            "TypeError",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn a_class_outside_of_its_module_is_known_too() {
        let text = "TypeError: unhashable type: 'builtins.Cart'";
        assert!(of_exception(text, Some("shop")).is_some());
        assert!(
            of_exception(
                "TypeError: unhashable type: '_core.Cart'",
                Some("shop._core")
            )
            .is_some()
        );
    }

    #[test]
    fn a_method_that_is_compared_may_lack_its_getter() {
        let compared = "assert <built-in method mean of shop.Cart object at 0x7fe4428b5b40> is None\n +  where <built-in method mean of shop.Cart object at 0x7fe4428b5b40> = <shop.Cart object at 0x7fe4428b5b40>.mean";
        let help = of_assertion(compared, Some("shop")).unwrap();
        assert!(
            help.contains("`mean` of `Cart`") && help.contains("#[getter]"),
            "{help}"
        );
        let called = "assert 3 == 4\n +  where 3 = <built-in method mean of shop.Cart object at 0x7fe4428b5b40>()";
        assert_eq!(of_assertion(called, Some("shop")), None);
        assert_eq!(of_assertion(compared, Some("other")), None);
        assert_eq!(of_assertion(compared, None), None);
    }
}
