//! Finds a function's owner by its name: Rust function names start with the crate, in both mangling schemes.
//!
//! A function belongs to the crate that defines it. A trait implementation belongs to the type's crate, or to the
//! trait's crate if the type comes from the standard library; so code generated for your types counts as yours.

use std::fmt::{self, Write};

/// Longer names are truncated before they're parsed: the crate comes first.
const LONGEST_NAME: usize = 16 << 10;

/// The most that's demangled of a name.
const LONGEST_PATH: usize = 400;

/// A function's owner.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner {
    /// A crate.
    Crate(String),
    /// The standard library: `std`, `core`, `alloc`, and code added by the compiler.
    Std,
    /// C++ code.
    Cpp,
    /// A plain name: C, or assembly.
    Plain,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Crate(name) => name,
            Self::Std => "std",
            Self::Cpp => "C++",
            Self::Plain => "C or unknown",
        })
    }
}

/// The crates that make up the standard library.
const STD: [&str; 10] = [
    "__rustc",
    "std",
    "core",
    "alloc",
    "compiler_builtins",
    "panic_unwind",
    "panic_abort",
    "std_detect",
    "proc_macro",
    "test",
];

/// The owner of a symbol's function.
pub(super) fn owner(symbol: &str) -> Owner {
    let symbol = shortened(symbol);
    let Ok(demangled) = rustc_demangle::try_demangle(symbol) else {
        return of_plain(symbol);
    };
    let mut path = Path(String::new());
    // The rest of a long path doesn't matter, and isn't written.
    let _ = write!(path, "{demangled:#}");
    of_path(&path.0)
}

fn shortened(symbol: &str) -> &str {
    symbol.get(..LONGEST_NAME).unwrap_or(symbol)
}

fn of_plain(symbol: &str) -> Owner {
    let name = symbol.trim_start_matches('_');
    let is_std = ["rust_", "rdl_", "rg_", "rustc_"]
        .iter()
        .any(|prefix| name.starts_with(prefix) && symbol.starts_with('_'))
        || symbol.starts_with("rust_begin_unwind")
        || symbol.starts_with("rust_eh_personality")
        || symbol.starts_with("rust_panic");
    if is_std {
        Owner::Std
    } else if symbol.starts_with("_Z") || symbol.starts_with('?') {
        Owner::Cpp
    } else {
        Owner::Plain
    }
}

/// A string with limited capacity.
struct Path(String);

impl Write for Path {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.push_str(text);
        if self.0.len() > LONGEST_PATH {
            Err(fmt::Error)
        } else {
            Ok(())
        }
    }
}

/// The owner of a path such as `<fast::Counter as core::fmt::Debug>::fmt`.
fn of_path(path: &str) -> Owner {
    let Some(implementation) = path.strip_prefix('<') else {
        return crate_at(path).unwrap_or(Owner::Std);
    };
    let (of, trait_path) = split_at_as(implementation);
    let by_type = crate_at(of).filter(|owner| *owner != Owner::Std);
    by_type
        .or_else(|| trait_path.and_then(crate_at))
        .unwrap_or(Owner::Std)
}

/// Splits `A as B>::f` at the `as` that's not inside brackets.
fn split_at_as(text: &str) -> (&str, Option<&str>) {
    let mut depth = 0_u32;
    let mut before = ' ';
    for (at, letter) in text.char_indices() {
        match letter {
            '<' | '(' | '[' => depth = depth.saturating_add(1),
            // An arrow `->` doesn't close anything.
            '>' if before == '-' => {}
            '>' | ')' | ']' if depth == 0 => {
                return (text.get(..at).unwrap_or_default(), None);
            }
            '>' | ')' | ']' => depth = depth.saturating_sub(1),
            ' ' if depth == 0 => {
                let (of, rest) = text.split_at(at);
                if let Some(rest) = rest.strip_prefix(" as ") {
                    return (of, Some(rest));
                }
            }
            _ => {}
        }
        before = letter;
    }
    (text, None)
}

/// The crate that the first path in a type starts with; `None` if there's no path, as in `u32` or `[u8]`.
fn crate_at(text: &str) -> Option<Owner> {
    let is_letter = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|letter| !is_letter(letter));
        let end = rest.find(|letter| !is_letter(letter)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        if word.is_empty() {
            return None;
        }
        if after.starts_with("::") {
            return Some(if STD.contains(&word) {
                Owner::Std
            } else {
                Owner::Crate(word.to_owned())
            });
        }
        // `&mut dyn fast::Shape`, `*const fast::Shape`.
        if !matches!(
            word,
            "mut" | "dyn" | "const" | "impl" | "for" | "unsafe" | "extern"
        ) {
            // `[fast::Shape]` and `(fast::A, u8)` start with brackets, which were skipped; a primitive type has no
            // crate.
            return None;
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(symbol: &str, expected: &str) {
        assert_eq!(owner(symbol).to_string(), expected, "{symbol}");
    }

    #[test]
    fn both_mangling_schemes_start_with_the_crate() {
        check("_ZN4fast3add17h0123456789abcdefE", "fast");
        check("_RNvCs1234_7mycrate3foo", "mycrate");
        check("_RNvNtCs1234_7mycrate5inner3foo", "mycrate");
        check("_ZN4core3fmt5write17h0123456789abcdefE", "std");
        check("_ZN9hashbrown3raw17h0123456789abcdefE", "hashbrown");
    }

    #[test]
    fn an_implementation_belongs_to_the_types_crate_or_else_to_the_traits() {
        check(
            "_ZN50_$LT$fast..Counter$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE",
            "fast",
        );
        check(
            "_ZN40_$LT$u32$u20$as$u20$core..fmt..Debug$GT$3fmt17h0123456789abcdefE",
            "std",
        );
        check(
            "_ZN39_$LT$u32$u20$as$u20$serde..ser..Ser$GT$3ser17h0123456789abcdefE",
            "serde",
        );
        assert_eq!(
            of_path("<&mut fast::Shape as core::fmt::Debug>::fmt").to_string(),
            "fast"
        );
        assert_eq!(
            of_path("<alloc::vec::Vec<fast::Shape> as serde::Ser>::ser").to_string(),
            "serde"
        );
        assert_eq!(
            of_path("<[fast::Shape] as core::fmt::Debug>::fmt").to_string(),
            "fast"
        );
        assert_eq!(
            of_path("<fn(u8) -> u8 as fast::Call>::call").to_string(),
            "fast"
        );
        assert_eq!(of_path("<dyn fast::Shape>::area").to_string(), "fast");
        assert_eq!(of_path("<fast::Shape>::area").to_string(), "fast");
    }

    #[test]
    fn code_in_other_languages_is_not_a_crate() {
        check("ZSTD_compress", "C or unknown");
        check("_ZNSt6vectorIiSaIiEE9push_backERKi", "C++");
        check("__rust_alloc", "std");
        check("_RNvCs1234_7___rustc12___rust_alloc", "std");
        check("rust_eh_personality", "std");
        check("", "C or unknown");
    }

    #[test]
    fn no_name_is_too_long_or_too_deep() {
        let deep = format!("_RNvC{}3foo", "N".repeat(100_000));
        let _ = owner(&deep);
        let long = format!("_ZN{}{}E", 100_000, "x".repeat(100_000));
        let _ = owner(&long);
        assert!(matches!(
            owner("_RNvMNtCs_7mycrateB2_3foo"),
            Owner::Crate(_) | Owner::Plain | Owner::Std
        ));
    }
}
