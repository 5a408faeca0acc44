//! Typed access to the values of a configuration file, with errors that name the key and the location.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::source::{Source, TomlError};

/// Parses a configuration file.
pub(super) fn parse(source: Source<'_>) -> Result<Spanned<DeTable<'_>>, TomlError> {
    let (table, errors) = DeTable::parse_recoverable(source.text());
    // After one mistake, the parser often complains about what follows it as well, and not always in order. An error
    // without a span means that the input ended too early.
    let end = source.text().len();
    let place = |error: &toml::de::Error| error.span().unwrap_or(end..end);
    match errors.iter().min_by_key(|error| place(error).start) {
        Some(error) => Err(source.error(place(error), error.message())),
        None => Ok(table),
    }
}

/// A table of a configuration file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Table<'a> {
    source: Source<'a>,
    table: &'a DeTable<'a>,
}

impl<'a> Table<'a> {
    /// The file's outermost table.
    pub(super) fn outermost(source: Source<'a>, table: &'a Spanned<DeTable<'a>>) -> Self {
        Self {
            source,
            table: table.get_ref(),
        }
    }

    /// The value of `key`, if present.
    pub(super) fn get(&self, key: &str) -> Option<Value<'a>> {
        let value = self.table.get(key)?;
        Some(Value {
            source: self.source,
            name: key.to_owned(),
            spanned: value,
        })
    }

    /// All keys with their values and the locations of the keys.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'a str, Range<usize>, Value<'a>)> {
        let source = self.source;
        self.table.iter().map(move |(key, value)| {
            let name = key.get_ref().to_string();
            let value = Value {
                source,
                name,
                spanned: value,
            };
            (key.get_ref().as_ref(), key.span(), value)
        })
    }

    /// An error at `span`.
    pub(super) fn error(&self, span: Range<usize>, reason: impl Into<String>) -> TomlError {
        self.source.error(span, reason)
    }
}

/// A value in a configuration file, and its name in error messages.
#[derive(Debug, Clone)]
pub(super) struct Value<'a> {
    source: Source<'a>,
    name: String,
    spanned: &'a Spanned<DeValue<'a>>,
}

impl<'a> Value<'a> {
    /// The name used in error messages.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// The raw value, for keys that accept more than one type.
    pub(super) fn raw(&self) -> &'a DeValue<'a> {
        self.spanned.get_ref()
    }

    /// An error at the value.
    pub(super) fn error(&self, reason: impl Into<String>) -> TomlError {
        self.source.error(self.spanned.span(), reason)
    }

    /// An error that says which type was expected.
    pub(super) fn wrong_type(&self, wanted: &str) -> TomlError {
        let found = match self.raw() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a float",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        self.error(format!("`{}` must be {wanted}, not {found}", self.name))
    }

    /// A string.
    pub(super) fn string(&self) -> Result<&'a str, TomlError> {
        self.raw()
            .as_str()
            .ok_or_else(|| self.wrong_type("a string"))
    }

    /// A boolean.
    pub(super) fn boolean(&self) -> Result<bool, TomlError> {
        self.raw()
            .as_bool()
            .ok_or_else(|| self.wrong_type("true or false"))
    }

    /// The items of an array; `wanted` describes what the array should contain, such as "an array of strings".
    pub(super) fn items(&self, wanted: &str) -> Result<Vec<Value<'a>>, TomlError> {
        let DeValue::Array(array) = self.raw() else {
            return Err(self.wrong_type(wanted));
        };
        let item = |(index, value)| Value {
            source: self.source,
            name: format!("{}[{index}]", self.name),
            spanned: value,
        };
        Ok(array.iter().enumerate().map(item).collect())
    }

    /// An array of strings.
    pub(super) fn strings(&self) -> Result<Vec<String>, TomlError> {
        self.items("an array of strings")?
            .iter()
            .map(|item| item.string().map(str::to_owned))
            .collect()
    }

    /// A table; `wanted` describes how to write it.
    pub(super) fn table(&self, wanted: &str) -> Result<Table<'a>, TomlError> {
        let DeValue::Table(table) = self.raw() else {
            return Err(self.wrong_type(wanted));
        };
        Ok(Table {
            source: self.source,
            table,
        })
    }
}
