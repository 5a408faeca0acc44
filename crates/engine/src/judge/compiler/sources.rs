//! What the sources say about the names in the compiler's messages. Advice to add an attribute is given only if it's missing.

use anatomy::project::{Definition, DefinitionKind, Dependencies, Texts, find_definitions};
use diagnostic::SourceLocation;

use super::versions::NEWEST_PYO3;
use crate::source_words::has_word;
pub(super) use crate::source_words::words;

/// What is known about the crate that the compiler refused.
pub(super) struct Sources<'texts> {
    /// The contents of its Rust sources, by the names under which they are shown.
    pub(super) texts: &'texts Texts,
    /// What it depends on.
    pub(super) dependencies: &'texts Dependencies,
    /// The version of the compiler, if it is known.
    pub(super) rustc: Option<&'texts str>,
}

/// Where a type comes from.
pub(super) enum TypeOrigin {
    /// A Python class of this crate.
    Class(Definition),
    /// A type of this crate that isn't a class.
    Plain(Definition),
    /// A type that no source of this crate defines.
    Elsewhere,
    /// The sources don't say.
    Unknown,
}

/// What follows an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Item {
    Function,
    Type,
    Field,
}

impl Sources<'_> {
    /// Where the type of this name comes from.
    pub(super) fn whose(&self, name: &str) -> TypeOrigin {
        let mut found = self.definitions(name, &DefinitionKind::Type);
        match (found.pop(), found.pop()) {
            (Some(one), None) if one.attribute("pyclass").is_some() => TypeOrigin::Class(one),
            // Some `cfg_attr` decides.
            (Some(one), None) if one.has_argument("pyclass") => TypeOrigin::Unknown,
            (Some(one), None) => TypeOrigin::Plain(one),
            (None, _) if !self.texts.is_empty() && !self.may_hide_types() => TypeOrigin::Elsewhere,
            _ => TypeOrigin::Unknown,
        }
    }

    /// The class of this name, if this crate defines it.
    pub(super) fn class(&self, name: &str) -> Option<Definition> {
        match self.whose(name) {
            TypeOrigin::Class(definition) => Some(definition),
            _ => None,
        }
    }

    /// Whether the type has `Clone`, derived or written.
    pub(super) fn is_clone(&self, name: &str, definition: &Definition) -> bool {
        definition.has_argument("Clone") || self.contains_name("Clone for ", name)
    }

    /// The minor version of the PyO3 in use. An unknown one is treated as the newest that rules are written for.
    pub(super) fn pyo3_minor(&self) -> u32 {
        self.dependencies.pyo3_minor().unwrap_or(NEWEST_PYO3)
    }

    /// Whether the PyO3 in use is at least of this minor version.
    pub(super) fn has(&self, minor: u32) -> bool {
        self.pyo3_minor() >= minor
    }

    /// Whether a class only has to ask for copies with the option `from_py_object`. PyO3 0.27 introduced it; before, `Clone` is enough.
    pub(super) fn has_from_py_object(&self) -> bool {
        self.has(27)
    }

    /// Whether there is a function of this name that isn't exported to Python.
    pub(super) fn is_plain_function(&self, name: &str) -> bool {
        let mut found = self.definitions(name, &DefinitionKind::Function);
        matches!(
            (found.pop(), found.pop()),
            (Some(one), None)
                if one.attribute("pyfunction").is_none() && !one.has_argument("pyfunction")
        )
    }

    /// Whether there is a function of this name with one of PyO3's attributes.
    pub(super) fn is_for_python(&self, name: &str) -> bool {
        const ABOVE: [&str; 2] = ["pyfunction", "pymodule"];
        let found = self.definitions(name, &DefinitionKind::Function);
        found.iter().any(|one| {
            ABOVE
                .iter()
                .any(|attribute| one.attribute(attribute).is_some())
        })
    }

    /// Whether there is a constant of this name.
    pub(super) fn is_constant(&self, name: &str) -> bool {
        let mut found = self
            .texts
            .values()
            .flat_map(|text| find_definitions(text, name));
        found.any(|one| matches!(one.kind, DefinitionKind::Constant(_)))
    }

    /// Whether there is a function of this name whose first parameter begins with one of these receivers.
    pub(super) fn has_method(&self, name: &str, receivers: &[&str]) -> bool {
        let start = format!("fn {name}");
        self.texts.values().any(|text| {
            let calls = text.split(&start).skip(1);
            calls
                .filter_map(|rest| rest.split_once('('))
                // Only generics come between the name and its parameters.
                .filter(|(generics, _)| generics.is_empty() || generics.starts_with('<'))
                .any(|(_, parameters)| {
                    let first = parameters.trim_start();
                    receivers.iter().any(|receiver| first.starts_with(receiver))
                })
        })
    }

    /// Whether something may be a field of this name.
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.texts.values().any(|text| {
            text.split(&format!("{name}:"))
                .zip(text.split(&format!("{name}:")).skip(1))
                .any(|(before, after)| {
                    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
                        && !after.starts_with(':')
                })
        })
    }

    /// Whether a `use` line at the file's top level names this path. An indented line belongs to a module.
    pub(super) fn imports(&self, file: &str, path: &str) -> bool {
        self.texts.get(file).is_some_and(|text| {
            text.lines().any(|line| {
                let line = line.trim_start_matches("pub ");
                line.starts_with("use pyo3::")
                    && (has_word(line, path) || (path.contains("::") && line.contains(path)))
            })
        })
    }

    /// The line with the head of the function around a place.
    pub(super) fn function_head(&self, place: &SourceLocation) -> Option<String> {
        let until = usize::try_from(place.line?).ok()?;
        let lines: Vec<&str> = self.texts.get(&place.file)?.lines().take(until).collect();
        let head = lines.iter().rev().find(|line| has_word(line, "fn"))?;
        Some(head.trim().to_owned())
    }

    /// The item below the attributes at a place.
    pub(super) fn item_after(&self, place: &SourceLocation) -> Option<Item> {
        let from = usize::try_from(place.line?).ok()?.checked_sub(1)?;
        let line = self
            .texts
            .get(&place.file)?
            .lines()
            .skip(from)
            .map(str::trim)
            .find(|line| {
                let is_attribute = line.starts_with('#') && line.ends_with(']');
                !(line.is_empty() || line.starts_with("//") || is_attribute)
            })?;
        if has_word(line, "fn") {
            Some(Item::Function)
        } else if has_word(line, "struct") || has_word(line, "enum") {
            Some(Item::Type)
        } else {
            let name = line.rsplit(']').next()?.split_once(':')?.0;
            let name = name.trim().trim_start_matches("pub ").trim();
            name.chars()
                .all(|c| c.is_alphanumeric() || c == '_')
                .then_some(Item::Field)
        }
    }

    /// The parameter and the letter of a default in single quotes, in the signature above a place.
    pub(super) fn character_default(&self, place: &SourceLocation) -> Option<(&str, &str)> {
        // A signature is right above its function and seldom longer than this.
        const NEAR: usize = 12;
        let until = usize::try_from(place.line?).ok()?;
        let text = self.texts.get(&place.file)?;
        let lines = text.lines().take(until).collect::<Vec<_>>();
        let near = lines.iter().rev().take(NEAR);
        near.filter(|line| !line.trim_start().starts_with("//"))
            .find_map(|line| {
                let (before, rest) = line.split_once("='").or_else(|| line.split_once("= '"))?;
                let letter = rest
                    .split('\'')
                    .next()
                    .filter(|letter| !letter.is_empty())?;
                let name = before.trim_end();
                let start = name.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
                let name = name.get(start.map_or(0, |at| at + 1)..)?;
                (!name.is_empty()).then_some((name, letter))
            })
    }

    /// The type of the `impl` around a place, and whether it has `#[pymethods]`.
    pub(super) fn impl_around(&self, place: &SourceLocation) -> Option<(String, bool)> {
        let until = usize::try_from(place.line?).ok()?;
        let lines: Vec<&str> = self.texts.get(&place.file)?.lines().take(until).collect();
        let at = lines.iter().rposition(|line| {
            let line = line.trim_start();
            line.starts_with("impl ") || line.starts_with("impl<")
        })?;
        // A closing brace at its own depth ends it.
        let indentation = |line: &str| line.len() - line.trim_start().len();
        let depth = indentation(lines[at]);
        let is_whole_line = at + 1 < lines.len() && lines[at].trim_end().ends_with('}');
        let is_over = lines[at + 1..]
            .iter()
            .any(|line| line.trim_start().starts_with('}') && indentation(line) <= depth);
        if is_whole_line || is_over {
            return None;
        }
        let head = lines[at].split('{').next()?;
        let name = head
            .rsplit([' ', ':'])
            .find(|word| !word.is_empty())?
            .split('<')
            .next()?;
        let above = lines[..at].iter().rev().map(|line| line.trim());
        let is_for_python = above
            .take_while(|line| line.starts_with('#') || line.starts_with("//"))
            .any(|line| line.starts_with('#') && has_word(line, "pymethods"));
        Some((name.to_owned(), is_for_python))
    }

    /// All items of this kind and name.
    fn definitions(&self, name: &str, kind: &DefinitionKind) -> Vec<Definition> {
        self.texts
            .values()
            .flat_map(|text| find_definitions(text, name))
            .filter(|one| one.kind == *kind)
            .collect()
    }

    /// Whether the crate may define types that a search of its sources misses.
    fn may_hide_types(&self) -> bool {
        const HIDES: [&str; 3] = ["macro_rules!", "include!", "#[path"];
        self.texts
            .values()
            .any(|text| HIDES.iter().any(|word| text.contains(word)))
    }

    /// Whether this name follows this beginning.
    fn contains_name(&self, beginning: &str, name: &str) -> bool {
        let start = format!("{beginning}{name}");
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        self.texts
            .values()
            .any(|text| text.split(&start).skip(1).any(ends))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
use pyo3::prelude::*;

#[pyclass(frozen)]
#[derive(Clone)]
struct Point { x: f64 }

struct Plain;

impl Point {
    fn x(&self) -> f64 { self.x }
}

#[pymethods]
impl Plain {
    #[getter]
    fn y(&self) -> u32 { 1 }
}

fn double(n: u32) -> u32 { n * 2 }

#[pymodule]
mod shapes {
    #[pymodule_export]
    use super::Point;
}
";

    fn sources_of(texts: &Texts) -> Sources<'_> {
        static NONE: std::sync::LazyLock<Dependencies> =
            std::sync::LazyLock::new(Dependencies::default);
        Sources {
            texts,
            dependencies: &NONE,
            rustc: None,
        }
    }

    fn texts() -> Texts {
        Texts::from([("src/lib.rs".to_owned(), SOURCE.to_owned())])
    }

    #[test]
    fn a_class_a_plain_type_and_a_foreign_type_differ() {
        let texts = texts();
        let sources = sources_of(&texts);
        // A module's export is a `use` of the class, not a second definition.
        assert!(
            matches!(sources.whose("Point"), TypeOrigin::Class(class) if class.has_argument("frozen"))
        );
        assert!(matches!(sources.whose("Plain"), TypeOrigin::Plain(_)));
        assert!(matches!(sources.whose("AtomicU64"), TypeOrigin::Elsewhere));
        let none = Texts::new();
        assert!(matches!(
            sources_of(&none).whose("Point"),
            TypeOrigin::Unknown
        ));
    }

    #[test]
    fn a_place_is_in_the_block_around_it_not_in_an_earlier_one() {
        let texts = texts();
        let sources = sources_of(&texts);
        let around = |line| sources.impl_around(&SourceLocation::line("src/lib.rs", line));
        assert_eq!(around(10), Some(("Point".to_owned(), false)));
        assert_eq!(around(15), Some(("Plain".to_owned(), true)));
        assert_eq!(around(19), None);
    }

    #[test]
    fn the_item_below_an_attribute_is_found() {
        let texts = texts();
        let sources = sources_of(&texts);
        let below = |line| sources.item_after(&SourceLocation::line("src/lib.rs", line));
        assert_eq!(below(3), Some(Item::Type));
        assert_eq!(below(15), Some(Item::Function));
        assert!(sources.has_method("x", &["&self"]));
        assert!(sources.is_plain_function("double"));
    }
}
