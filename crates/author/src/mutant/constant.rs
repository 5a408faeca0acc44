//! Replaces a function's body with a constant of its return type.

use syn::{GenericArgument, PathArguments, ReturnType, Type};

use super::{Edit, Mutant, line_of};
use crate::rust_source::Function;

/// How many constants to try per function.
const MOST: usize = 3;

pub(super) fn of(function: &Function<'_>, solution: &str) -> Vec<Mutant> {
    let body = function.body();
    let present = plain(&solution[body.clone()]);
    let constants = match &function.signature.output {
        ReturnType::Default => vec![String::new()],
        ReturnType::Type(_, kind) => constants(kind),
    };
    constants
        .into_iter()
        .filter(|constant| plain(constant) != present)
        .take(MOST)
        .enumerate()
        .map(|(index, constant)| Mutant {
            name: if constant.is_empty() {
                format!("{} does nothing", function.path)
            } else {
                format!("{} returns {constant}", function.path)
            },
            line: line_of(solution, body.start),
            // The second constant tells us less if the first was noticed.
            rank: if index == 0 { 1 } else { 3 },
            edits: vec![Edit {
                range: body.clone(),
                text: if constant.is_empty() {
                    String::new()
                } else {
                    format!(" {constant} ")
                },
            }],
        })
        .collect()
}

/// A string without spaces, for comparison.
fn plain(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Constants of a type, as expressions; empty if there are none we can think of.
fn constants(kind: &Type) -> Vec<String> {
    let some = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect();
    match kind {
        Type::Tuple(tuple) if tuple.elems.is_empty() => vec![String::new()],
        Type::Tuple(tuple) => {
            let first: Option<Vec<String>> = tuple
                .elems
                .iter()
                .map(|one| constants(one).into_iter().next())
                .collect();
            first
                .map(|all| format!("({},)", all.join(", ")))
                .into_iter()
                .collect()
        }
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => some(&["\"\"", "\"xyzzy\""]),
            Type::Slice(_) => some(&["&[]"]),
            _ => Vec::new(),
        },
        Type::Paren(inner) => constants(&inner.elem),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else {
                return Vec::new();
            };
            named(&last.ident.to_string(), &arguments(&last.arguments))
        }
        _ => Vec::new(),
    }
}

fn named(name: &str, arguments: &[Type]) -> Vec<String> {
    let some = |items: &[&str]| items.iter().map(|&item| item.to_owned()).collect();
    let inner = || arguments.first().map(constants).unwrap_or_default();
    let wrapped = |with: &str, inner: Vec<String>| -> Vec<String> {
        inner
            .into_iter()
            .map(|one| {
                let one = if one.is_empty() { "()" } else { &one };
                format!("{with}({one})")
            })
            .collect()
    };
    match name {
        "bool" => some(&["true", "false"]),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128"
        | "isize" => some(&["0", "1"]),
        "f32" | "f64" => some(&["0.0", "1.0"]),
        "char" => some(&["'x'"]),
        "String" => some(&["String::new()", "\"xyzzy\".to_string()"]),
        "Ordering" => some(&["std::cmp::Ordering::Equal"]),
        "Option" => {
            let mut all = vec!["None".to_owned()];
            all.extend(wrapped("Some", inner()));
            all
        }
        "Result" | "PyResult" => wrapped("Ok", inner()),
        "Vec" => {
            let mut all = vec!["vec![]".to_owned()];
            all.extend(inner().into_iter().take(1).map(|one| {
                let one = if one.is_empty() { "()".to_owned() } else { one };
                format!("vec![{one}]")
            }));
            all
        }
        "HashMap" | "BTreeMap" | "HashSet" | "BTreeSet" | "VecDeque" | "PathBuf" | "Duration"
        | "Default" => some(&["Default::default()"]),
        "Box" | "Arc" | "Rc" => wrapped(&format!("{name}::new"), inner()),
        "Cow" => some(&["\"\".into()"]),
        // Python objects and the course's own types can't be constructed out of nothing.
        _ => Vec::new(),
    }
}

fn arguments(arguments: &PathArguments) -> Vec<Type> {
    let PathArguments::AngleBracketed(list) = arguments else {
        return Vec::new();
    };
    list.args
        .iter()
        .filter_map(|one| match one {
            GenericArgument::Type(kind) => Some(kind.clone()),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(kind: &str, expect: &[&str]) {
        let kind: Type = syn::parse_str(kind).unwrap();
        assert_eq!(constants(&kind), expect);
    }

    #[test]
    fn a_constant_of_each_type() {
        check("bool", &["true", "false"]);
        check("PyResult<()>", &["Ok(())"]);
        check(
            "PyResult<Option<u64>>",
            &["Ok(None)", "Ok(Some(0))", "Ok(Some(1))"],
        );
        check(
            "std::result::Result<String, E>",
            &["Ok(String::new())", "Ok(\"xyzzy\".to_string())"],
        );
        check("&'static str", &["\"\"", "\"xyzzy\""]);
        check("(u8, Vec<(bool,)>)", &["(0, vec![],)"]);
        check("Vec<f64>", &["vec![]", "vec![0.0]"]);
        check("HashMap<String, u8>", &["Default::default()"]);
        check("PyResult<Bound<'py, PyDict>>", &[]);
        check("Self", &[]);
        check("impl Iterator<Item = u8>", &[]);
    }
}
