//! Methods and fields that are not where they are looked for, and who has them.

use super::{ErrorMatcher, Kind, Meaning, between, line_of};
use crate::build::CompilerError;
use crate::judge::compiler::sources::{Sources, TypeOrigin};

pub(super) const READINGS: &[ErrorMatcher] = &[
    parent,
    with_its_object,
    cloned,
    copied_reference,
    without_token,
    underived,
    parallel,
    held,
];

/// A method of the parent, or the way to it, that is not found.
fn parent(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let method = method(error)?;
    let found_for = found_for(error)?;
    if method == "as_super" {
        let (name, holder) = match found_for.strip_prefix("&mut ") {
            Some(name) => (name, "PyRefMut"),
            None => (found_for.trim_start_matches('&'), "PyRef"),
        };
        sources.class(name)?;
        return Some(Meaning::new(
            Kind::Parent,
            method,
            format!(
                "`as_super` is a method of `PyRef` and `PyRefMut`: take `slf: {holder}<'_, Self>` in the place of `self`, and call `slf.as_super()`"
            ),
        ));
    }
    let (holder, class) = holder_of(&found_for)?;
    let definition = sources.class(class)?;
    let is_method = sources.has_method(method, &["&self", "&mut self"]);
    let is_reference = matches!(holder, "PyRef" | "PyRefMut");
    (is_reference && is_method && definition.has_argument("extends")).then(|| {
        Meaning::new(
            Kind::Parent,
            method,
            format!("what the parent of `{class}` can do is reached by `as_super()`, as in `slf.as_super().{method}(…)`"),
        )
    })
}

/// A function that takes its object as `slf` is called like a method.
fn with_its_object(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let is_function = error
        .label
        .as_deref()
        .is_some_and(|label| label.contains("this is an associated function"));
    let method = method(error).filter(|_| is_function)?;
    let found_for = found_for(error)?;
    let class = holder_of(&found_for).map_or(found_for.trim_start_matches('&'), |(_, class)| class);
    sources.class(class)?;
    sources.has_method(method, &["slf:", "mut slf:"]).then(|| {
        Meaning::new(
            Kind::Method,
            method,
            format!("for Rust a function that begins with `slf` is no method: hand the object over, as in `{class}::{method}(slf)`"),
        )
    })
}

/// A `Py` that is cloned without the interpreter.
fn cloned(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let message = &error.message;
    let is_call = (message.starts_with("no method named `clone` found for")
        || message.starts_with("the method `clone` exists for"))
        && message.contains("Py<");
    let is_bound = message.contains("Py<") && message.ends_with(": Clone` is not satisfied");
    if is_call {
        let is_inside = message.starts_with("the method");
        let how = if is_inside && message.contains("Vec<") {
            "`.iter().map(|one| one.clone_ref(py)).collect()` for a `Vec`"
        } else if is_inside {
            "`.as_ref().map(|one| one.clone_ref(py))` for an `Option`"
        } else {
            "`clone_ref(py)`"
        };
        return Some(Meaning::new(
            Kind::Copied,
            "",
            format!(
                "another reference to an object is counted by the interpreter: {how}, with `py: Python<'_>` as a parameter"
            ),
        ));
    }
    is_bound.then(|| {
        Meaning::new(
            Kind::Copied,
            "",
            "a `Py` has no `Clone`, since the interpreter counts the references: take `Clone` away and use `clone_ref(py)` where another one is needed, or keep the `Py` in an `Arc`",
        )
    })
}

/// A reference to an object where the object itself is wanted.
fn copied_reference(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let label = error.label.as_deref()?.replace("pyo3::", "");
    let wanted = between(&label, "expected `Py<", ">`")?;
    let found = between(&label, "found `&", "`")?;
    let line = line_of(error);
    let of_object = format!("Py<{wanted}>");
    let advice = if found == of_object && line.contains(".clone()") {
        "another reference to an object is counted by the interpreter: `clone_ref(py)` in the place of `clone()`".to_owned()
    } else if found == of_object {
        "another reference to an object is made by `.clone_ref(py)`".to_owned()
    } else if found.trim_start_matches("mut ") == wanted && line.contains("self") {
        "the object itself is had from the receiver: `slf: Py<Self>` in the place of `self`; `slf.borrow(py)` lends what it holds".to_owned()
    } else {
        return None;
    };
    Some(Meaning::new(Kind::Copied, wanted, advice))
}

/// A call that lacks the interpreter's token.
fn without_token(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    const TOKEN: &str = "/* Python<'_> */";
    let takes = ["this method takes ", "this function takes "];
    if !takes.iter().any(|words| error.message.starts_with(words)) {
        return None;
    }
    let proposals = error
        .notes
        .iter()
        .filter_map(|note| note.proposal.as_deref());
    let arguments = proposals
        .into_iter()
        .find(|proposal| proposal.contains(TOKEN))?
        .replace(TOKEN, "py");
    // Other placeholders are the compiler's to explain.
    (!arguments.contains("/*")).then(|| {
        Meaning::new(
            Kind::Token,
            "",
            format!(
                "this call needs a `Python` token: pass `{arguments}`; add a parameter `py: Python<'_>` to the function to get one (callers in Python don't see it), or call `.py()` on any `Bound`"
            ),
        )
    })
}

/// A trait of the crate's own type that only has to be derived. What rustc says of it names no line to write.
fn underived(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    if method(error)? != "clone" {
        return None;
    }
    let found_for = found_for(error)?;
    let name = found_for.trim_start_matches('&').trim_start_matches("mut ");
    let (TypeOrigin::Class(definition) | TypeOrigin::Plain(definition)) = sources.whose(name)
    else {
        return None;
    };
    (!sources.is_clone(name, &definition)).then(|| {
        Meaning::new(
            Kind::Copied,
            name,
            format!("write `#[derive(Clone)]` above `{name}`"),
        )
    })
}

/// A method of rayon's traits, which are to be imported together.
fn parallel(error: &CompilerError, _: &Sources<'_>) -> Option<Meaning> {
    let name = method(error)?;
    let is_parallel = name.starts_with("par_") || name.starts_with("into_par_");
    is_parallel.then(|| {
        Meaning::new(
            Kind::Name,
            "rayon",
            format!("`{name}` is a method of rayon's traits: write `use rayon::prelude::*;` beside the other `use` lines"),
        )
    })
}

/// What a class has is asked of what only points to the object.
fn held(error: &CompilerError, sources: &Sources<'_>) -> Option<Meaning> {
    let field = between(&error.message, "no field `", "` on type `")
        .or_else(|| between(&error.message, "attempted to take value of method `", "`"));
    let method = method(error);
    let name = field.or(method)?;
    let found_for = found_for(error)?;
    let (holder, class) = holder_of(&found_for)?;
    let definition = sources.class(class)?;
    let is_there = match method {
        Some(_) => sources.has_method(name, &["&self", "&mut self"]),
        None => sources.has_field(name),
    };
    let token = match holder {
        "Bound" | "Borrowed" => "",
        "Py" => "py",
        _ => return None,
    };
    let how = if definition.has_argument("frozen") {
        "`.get()` lends it".to_owned()
    } else {
        format!("`.borrow({token})` lends it to be read, `.borrow_mut({token})` to be changed")
    };
    is_there.then(|| {
        Meaning::new(
            Kind::Held,
            class,
            format!("a `{holder}` only points to the `{class}`: {how}"),
        )
    })
}

/// The method that was not found.
fn method(error: &CompilerError) -> Option<&str> {
    between(&error.message, "no method named `", "` found for")
}

/// What it was not found for, without PyO3's path. Where the message says `T`, what stands beneath the place says more.
fn found_for(error: &CompilerError) -> Option<String> {
    let message = &error.message;
    let (_, rest) = message
        .split_once(" on type `")
        .or_else(|| message.split_once(" found for ")?.1.split_once('`'))?;
    let (name, _) = rest.split_once('`')?;
    let label = error.label.as_deref().unwrap_or_default();
    let name = between(label, "method not found in `", "`").unwrap_or(name);
    Some(name.replace("pyo3::", ""))
}

/// The smart pointer, and the class of the object.
fn holder_of(name: &str) -> Option<(&str, &str)> {
    let name = name.trim_start_matches('&').trim_start_matches("mut ");
    let (holder, rest) = name.split_once('<')?;
    let class = rest.strip_suffix('>')?.rsplit(", ").next()?;
    ["Bound", "Borrowed", "Py", "PyRef", "PyRefMut"]
        .contains(&holder)
        .then_some((holder, class))
}
