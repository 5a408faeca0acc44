//! A lint that guards an invariant may only be switched off in designated places.

use super::finding::Finding;
use super::tokens::{Kind, Token};
use super::tree::Tree;

/// A lint, and the places where it may be switched off.
struct Guard {
    lint: &'static str,
    /// Folders and files, as path prefixes.
    doors: &'static [&'static str],
    /// Whether tests may switch it off anywhere.
    in_tests: bool,
    reason: &'static str,
}

const GUARDS: [Guard; 5] = [
    Guard {
        lint: "unsafe_code",
        doors: &[],
        in_tests: false,
        reason: "`unsafe` is forbidden; an unavoidable system call goes through `rustix`",
    },
    Guard {
        lint: "print_stdout",
        doors: &["crates/wr/", "xtask/"],
        in_tests: true,
        reason: "only `wr` and `xtask` print; return a value, or report it as an event",
    },
    Guard {
        lint: "print_stderr",
        doors: &["crates/wr/", "xtask/"],
        in_tests: true,
        reason: "only `wr` and `xtask` print; return a value, or report it as an event",
    },
    Guard {
        lint: "exit",
        doors: &["crates/wr/", "xtask/"],
        in_tests: true,
        reason: "only `wr` and `xtask` end the process; return an error",
    },
    Guard {
        lint: "disallowed_methods",
        doors: &["crates/engine/src/system", "crates/wr/", "crates/testkit/"],
        in_tests: true,
        reason: "the crate's clippy.toml says what to use instead; the engine goes through its `System`",
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust_files() {
        // Like a test, an example is a separate program, not part of the crate.
        let is_test_file = matches!(file.path.split('/').nth(2), Some("tests" | "examples"));
        for (lint, token) in switched_off(&file.tokens()) {
            let Some(guard) = GUARDS.iter().find(|guard| guard.lint == lint) else {
                continue;
            };
            let is_door = guard.doors.iter().any(|door| file.path.starts_with(door));
            let is_test = guard.in_tests && (is_test_file || token.in_test);
            if !is_door && !is_test {
                findings.push(Finding::at_line(
                    file.path,
                    token.line,
                    format!("the lint `{lint}` is switched off here"),
                    guard.reason,
                ));
            }
        }
    }
    findings
}

/// The lints named in `allow(…)`, `expect(…)` and `warn(…)` of attributes, without their tool's name.
fn switched_off(tokens: &[Token]) -> Vec<(String, Token)> {
    let mut lints = Vec::new();
    for (at, window) in tokens.windows(3).enumerate() {
        let [before, level, open] = window else {
            continue;
        };
        let is_level = matches!(level.name(), Some("allow" | "expect" | "warn"));
        let in_list = matches!(before.kind, Kind::Open(_)) || before.is(',');
        if !is_level || !in_list || open.kind != Kind::Open('(') {
            continue;
        }
        let list = tokens[at + 3..].iter();
        for token in list.take_while(|token| token.kind != Kind::Close) {
            if let Some(name) = token.name() {
                lints.push((name.to_owned(), token.clone()));
            }
        }
    }
    lints
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn unsafe_is_allowed_nowhere() {
        for path in ["crates/wr/src/a.rs", "crates/wr/tests/a.rs"] {
            assert_eq!(found(path, "#![allow(dead_code, unsafe_code)]"), 1);
        }
        assert_eq!(
            found(
                "crates/a/src/a.rs",
                "#[cfg_attr(unix, allow(unsafe_code))] fn f() {}"
            ),
            1
        );
        assert_eq!(
            found("crates/a/src/a.rs", "// allow(unsafe_code)\nfn f() {}"),
            0
        );
    }

    #[test]
    fn printing_belongs_to_the_programs() {
        let text = "#![allow(\n    clippy::print_stdout,\n    reason = \"x\"\n)]";
        assert_eq!(found("xtask/src/main.rs", text), 0);
        assert_eq!(found("crates/engine/src/lib.rs", text), 1);
        assert_eq!(found("crates/engine/tests/a.rs", text), 0);
    }

    #[test]
    fn the_engine_acts_through_its_system() {
        let text = "#[expect(clippy::disallowed_methods)] fn f() {}";
        assert_eq!(found("crates/engine/src/system/native.rs", text), 0);
        assert_eq!(found("crates/engine/src/build.rs", text), 1);
        let in_test = format!("#[cfg(test)] mod tests {{ {text} }}");
        assert_eq!(found("crates/engine/src/build.rs", &in_test), 0);
    }
}
