//! Limits on an exercise: how long it may run, and how much memory and how many processes it may use.

use std::time::Duration;

use toml::de::DeValue;

use super::source::TomlError;
use super::value::{Table, Value};

const TIME: &str = "a positive number of seconds";
const SIZE: &str = "a number of bytes or a string such as \"2GiB\"";
const PROCESSES: &str = "a positive number of processes";

/// The limits set by a configuration file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Limits {
    /// The time limit.
    pub(crate) time: Option<Duration>,
    /// The time limit for each build.
    pub(crate) build_time: Option<Duration>,
    /// The memory limit in bytes.
    pub(crate) memory: Option<u64>,
    /// How many processes it may have at once.
    pub(crate) processes: Option<u32>,
    /// How large a file it may write, in bytes.
    pub(crate) file: Option<u64>,
}

impl Limits {
    /// Reads `time_limit`, `build_time_limit`, `memory_limit`, `process_limit` and `file_limit`.
    pub(super) fn read(table: &Table<'_>) -> Result<Self, TomlError> {
        let times = |key: &'static str| {
            let value = table.get(key);
            value.as_ref().map(|value| time(key, value)).transpose()
        };
        let sizes = |key: &'static str| {
            let value = table.get(key);
            value.as_ref().map(|value| bytes(key, value)).transpose()
        };
        Ok(Self {
            time: times("time_limit")?,
            build_time: times("build_time_limit")?,
            memory: sizes("memory_limit")?,
            file: sizes("file_limit")?,
            processes: table
                .get("process_limit")
                .as_ref()
                .map(processes)
                .transpose()?,
        })
    }

    /// These limits, completed by the course's where they are unset.
    pub(super) fn or(self, course: Self) -> Self {
        Self {
            time: self.time.or(course.time),
            build_time: self.build_time.or(course.build_time),
            memory: self.memory.or(course.memory),
            processes: self.processes.or(course.processes),
            file: self.file.or(course.file),
        }
    }
}

fn time(key: &str, value: &Value<'_>) -> Result<Duration, TomlError> {
    let limit = match value.raw() {
        DeValue::Integer(seconds) => u64::from_str_radix(seconds.as_str(), seconds.radix())
            .ok()
            .map(Duration::from_secs),
        DeValue::Float(seconds) => seconds
            .as_str()
            .parse()
            .ok()
            .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok()),
        _ => return Err(value.wrong_type(TIME)),
    };
    limit
        .filter(|limit| !limit.is_zero())
        .ok_or_else(|| value.error(format!("`{key}` must be {TIME}")))
}

fn bytes(key: &str, value: &Value<'_>) -> Result<u64, TomlError> {
    let bytes = match value.raw() {
        DeValue::Integer(bytes) => u64::from_str_radix(bytes.as_str(), bytes.radix()).ok(),
        DeValue::String(text) => size(text),
        _ => return Err(value.wrong_type(SIZE)),
    };
    bytes
        .filter(|bytes| *bytes > 0)
        .ok_or_else(|| value.error(format!("`{key}` must be {SIZE}")))
}

fn processes(value: &Value<'_>) -> Result<u32, TomlError> {
    let DeValue::Integer(number) = value.raw() else {
        return Err(value.wrong_type(PROCESSES));
    };
    u32::from_str_radix(number.as_str(), number.radix())
        .ok()
        .filter(|number| *number > 0)
        .ok_or_else(|| value.error(format!("`process_limit` must be {PROCESSES}")))
}

/// Parses a size such as `512 MiB` into bytes: whole numbers, with units of 1000 (`kB`, `MB`) or 1024 (`KiB`, `MiB`),
/// in any case.
pub fn size(text: &str) -> Option<u64> {
    let text = text.trim();
    let unit_at = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(unit_at);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1000,
        "mb" => 1000_u64.pow(2),
        "gb" => 1000_u64.pow(3),
        "tb" => 1000_u64.pow(4),
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(factor)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expect: Option<u64>) {
        assert_eq!(size(text), expect, "{text:?}");
    }

    #[test]
    fn sizes() {
        check("2GiB", Some(2 << 30));
        check(" 512 mib ", Some(512 << 20));
        check("1kB", Some(1000));
        check("1024", Some(1024));
        check("7 B", Some(7));
        check("99999999 TiB", None);
        for text in ["", "GiB", "1.5GiB", "-1", "2G", "2 Gi B", "２GiB"] {
            check(text, None);
        }
    }

    proptest! {
        #[test]
        fn no_input_panics(text in any::<String>()) {
            let _ = size(&text);
        }
    }
}
