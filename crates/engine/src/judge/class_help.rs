//! Help for Python's errors about a `#[pyclass]` that lacks something: what to write in Rust.
//!
//! Python's messages name a class together with its module, so a class of the extension under test can be
//! distinguished from any other.

use std::ops::Not;

/// The help for an exception whose message leaves only one cause. `extension` is the module under test.
pub(super) fn of_exception(text: &str, extension: Option<&str>) -> Option<String> {
    let (kind, message) = text.lines().next()?.split_once(": ")?;
    let extension = extension?;
    match kind {
        "TypeError" => {
            if let Some(class) = between(message, "type '", "' is not an acceptable base type") {
                let class = class_of(class, extension)?;
                return Some(format!(
                    "write `#[pyclass(subclass)]` above `{class}`, so that Python can subclass it"
                ));
            }
            if let Some(class) = between(message, "unhashable type: '", "'") {
                let class = class_of(class, extension)?;
                return Some(format!(
                    "give `{class}` a `__hash__`, or write `#[pyclass(eq, hash, frozen)]` with `#[derive(PartialEq, Eq, Hash)]`"
                ));
            }
            if let Some(class) = between(message, "object of type '", "' has no len()") {
                return Some(format!(
                    "give `{}` a `__len__`",
                    class_of(class, extension)?
                ));
            }
            if let Some(class) = between(message, "'", "' object is not iterable") {
                return Some(format!(
                    "give `{}` an `__iter__`",
                    class_of(class, extension)?
                ));
            }
            not_ordered(message, extension).or_else(|| not_bound(message, extension))
        }
        "AttributeError" => {
            let (name, rest) = message.strip_prefix("attribute '")?.split_once("' of '")?;
            let class = class_of(rest.strip_suffix("' objects is not writable")?, extension)?;
            Some(format!(
                "if Python may assign `{name}` of `{class}`, add `set`, as in `#[pyo3(get, set)]`, or a `#[setter]`"
            ))
        }
        _ => None,
    }
}

/// The help for an assertion that compares a method instead of what it returns.
pub(super) fn of_assertion(text: &str, extension: Option<&str>) -> Option<String> {
    // The lines below the first show the calls that its values come from. Methods are fine there.
    let (_, rest) = text.lines().next()?.split_once("<built-in method ")?;
    let (name, rest) = rest.split_once(" of ")?;
    let (class, _) = rest.split_once(" object at 0x")?;
    let class = class_of(class, extension?)?;
    Some(format!(
        "`{name}` of `{class}` is a method, and it isn't called here: is `#[getter]` missing above it?"
    ))
}

/// `'<' not supported between instances of 'm.X' and 'm.X'`.
fn not_ordered(message: &str, extension: &str) -> Option<String> {
    let (operator, rest) = message
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
            "make `{class}` comparable: write `#[pyclass(eq, ord)]` with `#[derive(PartialEq, PartialOrd)]`, or `{method}`"
        )
    } else {
        format!("give `{class}` a `{method}` that takes the other type")
    })
}

/// `descriptor 'f' for 'm.X' objects doesn't apply to a 'str' object`: an instance method was called on the class.
fn not_bound(message: &str, extension: &str) -> Option<String> {
    let (name, rest) = message
        .strip_prefix("descriptor '")?
        .split_once("' for '")?;
    let (class, _) = rest.split_once("' objects doesn't apply to a")?;
    let class = class_of(class, extension)?;
    let is_special = name.starts_with("__");
    is_special.not().then(|| {
        format!(
            "`{name}` is called on the class `{class}` itself: is `#[staticmethod]` or `#[classmethod]` missing above it?"
        )
    })
}

/// The part of the text between two markers, if it has no quote in it.
fn between<'s>(message: &'s str, before: &str, after: &str) -> Option<&'s str> {
    let (_, rest) = message.split_once(before)?;
    let (found, _) = rest.split_once(after)?;
    found.contains('\'').not().then_some(found)
}

/// The class without its module, if the module is the extension's. PyO3 assigns a class outside a `#[pymodule] mod` to
/// `builtins`; Python's own built-in classes are named without a module.
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
    fn the_help_says_what_a_class_of_the_extension_lacks() {
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
        // Python's message since 3.14.
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
    fn other_classes_get_no_help() {
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
    fn a_class_outside_its_module_is_recognised_too() {
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
    fn a_compared_method_may_lack_its_getter() {
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
