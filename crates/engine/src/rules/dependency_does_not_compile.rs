//! A dependency doesn't compile.
//!
//! The compiler rejects the code of a package that comes from a registry or a repository. Your own code isn't the
//! cause, and there is nothing to fix in the file that the compiler names. Usually the package is old and the compiler
//! is newer: the code relies on something that has changed since, or that the compiler now rejects.
//!
//! ## Example
//!
//! ```text
//! error[E0282]: type annotations needed for `Box<_>`
//!   --> /home/me/.cargo/registry/src/…/time-0.3.34/src/format_description/parse/mod.rs:83:9
//! ```
//!
//! ## What to do
//!
//! Take a newer version: `cargo update -p time`. If `Cargo.toml` asks for exactly the old one (`=0.3.34`), loosen
//! that first. If another dependency asks for it, `cargo tree -i time` shows which: update that one. If no newer
//! version compiles, build with an older compiler (`rustup override set …`).
//!
//! ## Where it is specified
//!
//! The cargo book under [cargo update](https://doc.rust-lang.org/cargo/commands/cargo-update.html) and [Specifying
//! dependencies](https://doc.rust-lang.org/cargo/reference/specifying-dependencies.html).

use anatomy::project::Dependencies;
use diagnostic::{Diagnostic, Evidence, Rule};

pub(crate) const RULE: Rule = Rule::new(
    "WR0232",
    "dependency-does-not-compile",
    include_str!("dependency_does_not_compile.rs"),
);

/// `number` and `message` are those of the compiler's first error in the package.
pub(crate) fn finding(
    name: &str,
    version: &str,
    number: Option<&str>,
    message: &str,
    dependencies: &Dependencies,
) -> Diagnostic {
    let number = number.map_or(String::new(), |number| format!("[{number}]"));
    let mut finding = RULE
        .finding(format!(
            "the dependency `{name}` {version} doesn't compile; your own code isn't the cause"
        ))
        .because(Evidence::output(
            "rustc",
            format!("error{number}: {message}"),
        ));
    let direct = dependencies.on(name);
    if let Some(direct) = direct {
        finding = finding.because(direct.place().clone());
    }
    let manifest = dependencies.manifest();
    let exact = direct
        .and_then(|direct| direct.requirement())
        .filter(|asked| asked.starts_with('='));
    finding.hint(match (exact, direct) {
        (Some(exact), _) => {
            let loose = exact.trim_start_matches(['=', ' ']);
            format!(
                "{manifest} asks for exactly this version: write `{loose}` instead of `{exact}`, then run `cargo update -p {name}`"
            )
        }
        (None, Some(_)) => format!(
            "run `cargo update -p {name}`; if that finds nothing newer, ask for a newer version in {manifest}"
        ),
        (None, None) => format!(
            "run `cargo update -p {name}`; if that finds nothing newer, `cargo tree -i {name}` shows which of your dependencies asks for it: update that one"
        ),
    })
}
