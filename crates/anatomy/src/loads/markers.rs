//! Environment markers (PEP 508), as far as a Python and a system determine them.
//!
//! A marker may ask for something that's unknown about a machine that isn't there, such as its kernel version, or for
//! extras. So there are three answers, one of them "unknown".

use pep440_rs::{Version, VersionSpecifiers};

use super::{Python, System};
use crate::facts::Architecture;
use crate::target::Implementation;

/// No honest marker is longer, or more deeply nested.
const LONGEST: usize = 20_000;
const DEEPEST: usize = 64;

/// Whether a marker is true for a Python on a system; `None` if unknown, also if the marker can't be parsed.
pub(super) fn holds(marker: &str, python: Python, system: &System) -> Option<bool> {
    if marker.len() > LONGEST {
        return None;
    }
    let tokens = tokens(marker)?;
    let mut reader = Reader {
        tokens: &tokens,
        at: 0,
        python,
        system,
    };
    let value = reader.either(0)?;
    (reader.at == tokens.len()).then_some(value).flatten()
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'marker> {
    Word(&'marker str),
    Text(&'marker str),
    Operator(&'marker str),
    Open,
    Close,
}

fn tokens(marker: &str) -> Option<Vec<Token<'_>>> {
    let mut tokens = Vec::new();
    let mut rest = marker.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' => {
                tokens.push(if first == '(' {
                    Token::Open
                } else {
                    Token::Close
                });
                1
            }
            '\'' | '"' => {
                let text = rest.get(1..)?;
                let end = text.find(first)?;
                tokens.push(Token::Text(text.get(..end)?));
                end.checked_add(2)?
            }
            '<' | '>' | '=' | '!' | '~' => {
                let end = rest
                    .find(|letter| !matches!(letter, '<' | '>' | '=' | '!' | '~'))
                    .unwrap_or(rest.len());
                tokens.push(Token::Operator(rest.get(..end)?));
                end
            }
            _ => {
                let end = rest
                    .find(|letter: char| {
                        !(letter.is_ascii_alphanumeric() || matches!(letter, '_' | '.'))
                    })
                    .unwrap_or(rest.len());
                tokens.push(Token::Word(
                    rest.get(..end).filter(|word| !word.is_empty())?,
                ));
                end
            }
        };
        rest = rest.get(length..)?.trim_start();
    }
    Some(tokens)
}

/// One side of a comparison.
enum Side<'marker> {
    Text(&'marker str),
    /// The value of a variable, if known.
    Variable(&'marker str, Option<String>),
}

struct Reader<'marker> {
    tokens: &'marker [Token<'marker>],
    at: usize,
    python: Python,
    system: &'marker System,
}

/// The outer `Option` says whether it can be parsed, the inner one whether the answer is known.
type Read = Option<Option<bool>>;

impl<'marker> Reader<'marker> {
    fn next(&mut self) -> Option<Token<'marker>> {
        let token = self.tokens.get(self.at)?.clone();
        self.at += 1;
        Some(token)
    }

    fn takes(&mut self, word: &str) -> bool {
        let is_there = self.tokens.get(self.at) == Some(&Token::Word(word));
        self.at += usize::from(is_there);
        is_there
    }

    fn either(&mut self, depth: usize) -> Read {
        let mut value = self.both(depth)?;
        while self.takes("or") {
            let other = self.both(depth)?;
            value = match (value, other) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            };
        }
        Some(value)
    }

    fn both(&mut self, depth: usize) -> Read {
        let mut value = self.one(depth)?;
        while self.takes("and") {
            let other = self.one(depth)?;
            value = match (value, other) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (Some(true), Some(true)) => Some(true),
                _ => None,
            };
        }
        Some(value)
    }

    fn one(&mut self, depth: usize) -> Read {
        if self.tokens.get(self.at) == Some(&Token::Open) {
            if depth >= DEEPEST {
                return None;
            }
            self.at += 1;
            let value = self.either(depth + 1)?;
            return (self.next()? == Token::Close).then_some(value);
        }
        let left = self.side()?;
        let operator = match self.next()? {
            Token::Operator(operator) => operator,
            Token::Word("in") => "in",
            Token::Word("not") if self.takes("in") => "not in",
            _ => return None,
        };
        let right = self.side()?;
        Some(compare(&left, operator, &right))
    }

    fn side(&mut self) -> Option<Side<'marker>> {
        match self.next()? {
            Token::Text(text) => Some(Side::Text(text)),
            Token::Word(name) => Some(Side::Variable(name, value(name, self.python, self.system))),
            _ => None,
        }
    }
}

fn compare(left: &Side<'_>, operator: &str, right: &Side<'_>) -> Option<bool> {
    let is_version = |side: &Side<'_>| {
        matches!(
            side,
            Side::Variable(
                "python_version" | "python_full_version" | "implementation_version",
                _
            )
        )
    };
    let text = |side: &Side<'_>| match side {
        Side::Text(text) => Some((*text).to_owned()),
        Side::Variable(_, value) => value.clone(),
    };
    let (one, other) = (text(left)?, text(right)?);
    match operator {
        "in" => return Some(other.contains(&one)),
        "not in" => return Some(!other.contains(&one)),
        _ => {}
    }
    if is_version(left) || is_version(right) {
        let (version, operator, wanted) = if is_version(left) {
            (one, operator, other)
        } else {
            (other, turned(operator), one)
        };
        let version: Version = version.parse().ok()?;
        let wanted: VersionSpecifiers = format!("{operator}{wanted}").parse().ok()?;
        return Some(wanted.contains(&version));
    }
    match operator {
        "==" | "===" => Some(one == other),
        "!=" => Some(one != other),
        _ => None,
    }
}

/// The operator with its sides swapped.
fn turned(operator: &str) -> &str {
    match operator {
        "<" => ">",
        ">" => "<",
        "<=" => ">=",
        ">=" => "<=",
        same => same,
    }
}

fn value(name: &str, python: Python, system: &System) -> Option<String> {
    let value = match name {
        "python_version" => return Some(python.version.to_string()),
        // The patch version is unknown; assume a later one, as most people have.
        "python_full_version" => return Some(format!("{}.99", python.version)),
        "implementation_name" => match python.implementation {
            Implementation::CPython => "cpython",
            Implementation::PyPy => "pypy",
            Implementation::GraalPy => "graalpy",
        },
        "platform_python_implementation" => match python.implementation {
            Implementation::CPython => "CPython",
            Implementation::PyPy => "PyPy",
            Implementation::GraalPy => "GraalVM",
        },
        "os_name" => match system {
            System::Windows(_) => "nt",
            _ => "posix",
        },
        "sys_platform" => match system {
            System::Glibc { .. } | System::Musl { .. } => "linux",
            System::MacOs { .. } => "darwin",
            System::Windows(_) => "win32",
            System::Android { .. } => "android",
            System::Ios { .. } => "ios",
            System::Other(tag) if tag.ends_with("wasm32") => "emscripten",
            System::Other(_) => return None,
        },
        "platform_system" => match system {
            System::Glibc { .. } | System::Musl { .. } => "Linux",
            System::MacOs { .. } => "Darwin",
            System::Windows(_) => "Windows",
            System::Android { .. } => "Android",
            System::Ios { .. } => "iOS",
            System::Other(tag) if tag.ends_with("wasm32") => "Emscripten",
            System::Other(_) => return None,
        },
        "platform_machine" => match system {
            System::Glibc { architecture, .. }
            | System::Musl { architecture, .. }
            | System::MacOs { architecture, .. } => architecture,
            System::Windows(_) => match system.architecture()? {
                Architecture::X86_64 => "AMD64",
                Architecture::Aarch64 => "ARM64",
                _ => "x86",
            },
            System::Other(tag) if tag.ends_with("wasm32") => "wasm32",
            _ => return None,
        },
        _ => return None,
    };
    Some(value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(marker: &str, python: &str, system: &str, expected: Option<bool>) {
        let found = holds(marker, python.parse().unwrap(), &system.parse().unwrap());
        assert_eq!(found, expected, "{marker}");
    }

    const LINUX: &str = "manylinux_2_28_x86_64";

    #[test]
    fn a_python_and_a_system_determine_markers() {
        check("sys_platform == 'win32'", "3.13", LINUX, Some(false));
        check("sys_platform == \"win32\"", "3.13", "win_amd64", Some(true));
        check("python_version < '3.11'", "3.13", LINUX, Some(false));
        check("'3.9' <= python_version", "3.13", LINUX, Some(true));
        check("python_full_version >= '3.13.2'", "3.13", LINUX, Some(true));
        check("python_full_version < '3.13'", "3.13", LINUX, Some(false));
        check(
            "platform_machine in 'x86_64 aarch64'",
            "3.13",
            LINUX,
            Some(true),
        );
        check(
            "platform_machine not in 'x86_64'",
            "3.13",
            LINUX,
            Some(false),
        );
        check(
            "platform_python_implementation != 'PyPy' and (os_name == 'nt' or platform_system == 'Linux')",
            "3.13",
            LINUX,
            Some(true),
        );
        check("python_version == '3.*'", "3.13", LINUX, Some(true));
        check(
            "implementation_name == 'pypy'",
            "pypy3.11",
            LINUX,
            Some(true),
        );
    }

    #[test]
    fn unknown_markers_stay_undecided() {
        check("extra == 'fast'", "3.13", LINUX, None);
        check(
            "extra == 'fast' and sys_platform == 'win32'",
            "3.13",
            LINUX,
            Some(false),
        );
        check(
            "extra == 'fast' or sys_platform == 'linux'",
            "3.13",
            LINUX,
            Some(true),
        );
        check("platform_release > '5'", "3.13", LINUX, None);
        for broken in [
            "",
            "(",
            "sys_platform ==",
            "a b c",
            "'x",
            "sys_platform == 'linux' extra",
            "é == 'x'",
        ] {
            check(broken, "3.13", LINUX, None);
        }
        check(&"(".repeat(10_000), "3.13", LINUX, None);
    }
}
