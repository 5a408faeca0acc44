//! Runs the examples in a crate's documentation, as `cargo test` does.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use super::{Engine, Stop, Work, python_link};
use crate::build::{self, BuildOptions, PythonLink, Target};
use crate::environment::Environment;
use crate::event::{Event, Step};
use crate::interpreter::Interpreter;
use crate::subject::{Extension, RustCrate};
use crate::test::Suite;
use crate::test::rust::{Program, link_arguments};

/// Arguments of rustdoc, in cargo's two spellings.
const ENCODED: &str = "CARGO_ENCODED_RUSTDOCFLAGS";
const SPACED: &str = "RUSTDOCFLAGS";

impl Engine<'_> {
    /// Those of a Rust crate.
    pub(super) fn doctests(
        &self,
        work: &Work<'_>,
        rust: &RustCrate,
        embedded: Option<&Environment>,
    ) -> Result<Suite, Stop> {
        let mut program = self.program(work, &rust.manifest, None);
        if let Some(environment) = embedded {
            let link = python_link(work, None);
            program.env = build::environment(&program.env, link);
            program.env.extend(self.activated(environment));
        }
        self.examples(work, &rust.manifest, program, &[], Vec::new())
    }

    /// Those of an extension: linked against libpython, like its unit tests.
    pub(super) fn extension_doctests(
        &self,
        work: &Work<'_>,
        extension: &Extension,
        interpreter: &Interpreter,
        config: &Path,
    ) -> Result<Suite, Stop> {
        let options = BuildOptions::from(&extension.options).for_cargo_alone();
        let features = extension.options.features_for(&interpreter.pep440());
        if !extension.is_built_for_examples() {
            // What they need is built with the time limit of builds, and what fails is explained.
            let target = Target::Extension {
                options: options.clone(),
                lacks_cdylib: false,
                features: features.clone(),
            };
            self.built(work, &extension.manifest, Some(config), &target)?;
        }
        let mut program = self.program(work, &extension.manifest, None);
        program.env = build::environment(&program.env, PythonLink::Extends(config));
        let mut arguments = options.to_args(&features);
        let link = link_arguments(self.system, interpreter);
        if !add_to(&mut program.env, &link) {
            arguments.push("--config".to_owned());
            arguments.push(format!("build.rustdocflags={}", toml_list(&link)));
        }
        let config = &extension.options.config;
        self.examples(work, &extension.manifest, program, config, arguments)
    }

    /// `program` has everything but the name and the command line.
    fn examples(
        &self,
        work: &Work<'_>,
        manifest: &Path,
        mut program: Program,
        config: &[String],
        arguments: Vec<String>,
    ) -> Result<Suite, Stop> {
        (work.emit)(Event::Step {
            step: Step::RustTests,
            detail: "running the examples in the documentation".to_owned(),
        });
        let package = self.package(manifest, build::PROFILE, config);
        let target_dir = package.target_dir(&self.target_dir_for(work.subject));
        let mut command: Vec<OsString> = ["cargo", "test", "--doc", "--manifest-path"]
            .map(OsString::from)
            .to_vec();
        command.push(manifest.into());
        command.push("--target-dir".into());
        command.push(target_dir.into());
        let arguments = package.arguments().into_iter().chain(arguments);
        command.extend(arguments.map(OsString::from));
        // Without cargo's `--quiet`, which libtest would be given too: its lines, one a test, are what is read.
        command.extend(["--", "--color=never"].map(OsString::from));
        "doc".clone_into(&mut program.target);
        program.command = command;
        program
            .env
            .insert("CARGO_PROFILE_DEV_DEBUG".into(), "0".into());
        self.run_program(work, manifest, &program)
    }
}

/// Adds rustdoc arguments to those in the environment, if it has any, because cargo then looks nowhere else.
fn add_to(env: &mut BTreeMap<OsString, OsString>, link: &[String]) -> bool {
    for (name, between) in [(ENCODED, "\x1f"), (SPACED, " ")] {
        if let Some(present) = env.get_mut(OsStr::new(name)) {
            for argument in link {
                if !present.is_empty() {
                    present.push(between);
                }
                present.push(argument);
            }
            return true;
        }
    }
    false
}

fn toml_list(items: &[String]) -> String {
    let items = items.iter().cloned().map(toml::Value::String).collect();
    toml::Value::Array(items).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_of_the_user_stay() {
        let link = ["-C".to_owned(), "link-arg=x".to_owned()];
        let of = |name: &str| {
            let mut env = BTreeMap::from([(OsString::from(name), OsString::from("--cfg=a"))]);
            let is_added = add_to(&mut env, &link);
            (is_added, env.remove(OsStr::new(name)).unwrap())
        };
        assert_eq!(of(SPACED), (true, "--cfg=a -C link-arg=x".into()));
        let encoded = "--cfg=a\x1f-C\x1flink-arg=x";
        assert_eq!(of(ENCODED), (true, encoded.into()));
        assert_eq!(of("OTHER"), (false, "--cfg=a".into()));
        assert_eq!(toml_list(&link), r#"["-C", "link-arg=x"]"#);
    }
}
