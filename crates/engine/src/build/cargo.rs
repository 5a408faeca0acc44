//! The only place that calls cargo to build.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use cargo_metadata::Message;

use super::ledger::{Begun, Ledger};
use super::messages::{self, Collected, LocalArtifact};
use super::{Artifact, BuildFailureCause, Outcome};
use crate::event::Event;
use crate::manifest::{Maturin, local_packages};
use crate::process::run_watched;
use crate::rules::{self, cargo_failed};
use crate::subject::shown_source;
use crate::system::{Cancel, Command, Limits, Stream, System};

/// Variables that would misdirect PyO3's build script, or that an outer cargo left behind.
pub(crate) const SHIELDED_FROM: [&str; 15] = [
    "PYO3_PYTHON",
    "PYO3_NO_PYTHON",
    "PYO3_CROSS",
    "PYO3_CROSS_LIB_DIR",
    "PYO3_CROSS_PYTHON_VERSION",
    "PYO3_CROSS_PYTHON_IMPLEMENTATION",
    "PYO3_PRINT_CONFIG",
    "PYO3_ENVIRONMENT_SIGNATURE",
    "PYTHON_SYS_EXECUTABLE",
    "VIRTUAL_ENV",
    "CONDA_PREFIX",
    "CARGO_TARGET_DIR",
    "CARGO_BUILD_TARGET_DIR",
    "CARGO_TERM_COLOR",
    "CARGO_TERM_QUIET",
];

/// What cargo is asked to build.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// The library of an extension.
    Extension {
        options: BuildOptions,
        /// Whether the manifest lacks the crate type that Python needs; like maturin, `wr` then adds it.
        lacks_cdylib: bool,
        /// The features that `[tool.maturin]` asks for with this Python version.
        features: Vec<String>,
    },
    /// Rust tests of an extension, linked against libpython with these rustc arguments.
    ExtensionTests {
        of: TestsOf,
        options: BuildOptions,
        features: Vec<String>,
        link: Vec<String>,
    },
    /// The libraries of several packages in one workspace; if one fails, the others are still built.
    Libraries {
        /// Their names and manifests.
        packages: Vec<(String, PathBuf)>,
    },
    /// All tests of a crate, and what `cargo test` needs for them.
    Tests,
    /// Every target of a crate, including its tests.
    Everything,
    /// Everything that a course's build step asks for, in the directory where its author and learners build: cargo's ordinary
    /// one, if cargo could name it.
    AllTargets { build_dir: Option<PathBuf> },
}

/// Which Rust tests of an extension to build: cargo passes arguments to rustc for one target at a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum TestsOf {
    /// The library's unit tests.
    Library,
    /// The integration tests with this name.
    Integration(String),
}

impl Target {
    /// The profile whose settings apply. The test profile inherits from it.
    pub(crate) fn profile(&self) -> &str {
        match self {
            Self::Extension { options, .. } => options.profile.as_deref().unwrap_or("dev"),
            Self::ExtensionTests { .. }
            | Self::Libraries { .. }
            | Self::Tests
            | Self::Everything
            | Self::AllTargets { .. } => "dev",
        }
    }

    /// The configuration that the project passes to cargo.
    pub(crate) fn config(&self) -> &[String] {
        match self {
            Self::Extension { options, .. } | Self::ExtensionTests { options, .. } => {
                &options.config
            }
            Self::Libraries { .. } | Self::Tests | Self::Everything | Self::AllTargets { .. } => {
                &[]
            }
        }
    }
}

/// The part of `[tool.maturin]` that becomes cargo arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct BuildOptions {
    all_features: bool,
    no_default_features: bool,
    profile: Option<String>,
    rustc_args: Vec<String>,
    config: Vec<String>,
    locked: bool,
}

impl From<&Maturin> for BuildOptions {
    fn from(options: &Maturin) -> Self {
        Self {
            all_features: options.all_features,
            no_default_features: options.no_default_features,
            profile: options.editable_profile.clone(),
            rustc_args: options.rustc_args.clone(),
            config: options.config.clone(),
            locked: options.locked,
        }
    }
}

/// Cargo, as the engine calls it.
pub(crate) struct Cargo<'a> {
    pub(crate) system: &'a dyn System,
    pub(crate) env: &'a BTreeMap<OsString, OsString>,
    /// `wr`'s own target directory: an editor's build neither blocks it nor makes it stale.
    pub(crate) target_dir: &'a Path,
    pub(crate) python: PythonLink<'a>,
    /// How long a build may take.
    pub(crate) time_limit: Duration,
    /// What cargo and everything that it starts may use.
    pub(crate) limits: Limits,
    pub(crate) cancel: &'a Cancel,
    pub(crate) emit: &'a dyn Fn(Event),
}

/// What a build has to do with Python.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PythonLink<'a> {
    /// Nothing.
    None,
    /// Python loads what is built, so it isn't linked with libpython; this is PyO3's configuration file.
    Extends(&'a Path),
    /// What is built embeds this interpreter, and is linked with its libpython.
    Embeds(&'a Path),
}

/// The variables that make cargo build the same way in any environment.
pub(crate) fn environment(
    of: &BTreeMap<OsString, OsString>,
    python: PythonLink<'_>,
) -> BTreeMap<OsString, OsString> {
    let mut env = of.clone();
    env.retain(|name, _| !SHIELDED_FROM.iter().any(|removed| name == *removed));
    // Line tables would be linked into every artifact, and nothing reads them.
    env.insert("CARGO_PROFILE_DEV_DEBUG".into(), "0".into());
    env.insert("CARGO_INCREMENTAL".into(), "1".into());
    match python {
        PythonLink::None => {}
        PythonLink::Extends(config) => {
            env.insert("PYO3_CONFIG_FILE".into(), config.into());
            env.insert("PYO3_BUILD_EXTENSION_MODULE".into(), "1".into());
        }
        PythonLink::Embeds(interpreter) => {
            env.insert("PYO3_PYTHON".into(), interpreter.into());
            for name in ["PYO3_CONFIG_FILE", "PYO3_BUILD_EXTENSION_MODULE"] {
                env.remove(std::ffi::OsStr::new(name));
            }
        }
    }
    env
}

impl Cargo<'_> {
    /// Builds a target of the package with this manifest; messages name files relative to `root`.
    pub(crate) fn build(&self, manifest: &Path, root: &Path, target: &Target) -> Outcome {
        if manifest.to_str().is_none() {
            return Outcome::Failed {
                finding: Box::new(cargo_failed::path_not_text(manifest)),
                blame: BuildFailureCause::Machine,
                output: String::new(),
            };
        }
        let command = self.command(manifest, root, target);
        let mut collected = Collected::default();
        let build_dir = match target {
            Target::AllTargets { build_dir } => build_dir.as_deref(),
            _ => Some(self.target_dir),
        };
        let ledger = build_dir.map(|dir| Ledger::of(self.system, dir, manifest));
        let begun = match ledger
            .as_ref()
            .map(|one| one.begin(self.cancel))
            .transpose()
        {
            Ok(begun) => begun,
            Err(error) => return self.cannot_write(&error),
        };
        let shown = shown_source(self.system, manifest, root);
        let finished = run_watched(
            self.system,
            &command,
            self.time_limit,
            self.cancel,
            &mut |stream, line| match stream {
                Stream::Stdout => collected.line(line, manifest, &shown),
                Stream::Stderr => {
                    collected.stderr_line(line);
                    self.progress(line);
                }
            },
        );
        if let Some((ledger, begun)) = ledger.zip(begun)
            && let Err(error) = ledger.finish(begun, &collected.local)
        {
            return self.cannot_write(&error);
        }
        match finished {
            Ok(finished) => super::ending::judge(&finished, self.time_limit, collected),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Outcome::Failed {
                finding: Box::new(rules::program_missing::finding("cargo")),
                blame: BuildFailureCause::Machine,
                output: String::new(),
            },
            Err(error) => Outcome::Failed {
                finding: Box::new(cargo_failed::finding(&format!("error: {error}"))),
                blame: BuildFailureCause::Machine,
                output: String::new(),
            },
        }
    }

    /// The outcome when the target directory can't be written to.
    fn cannot_write(&self, error: &std::io::Error) -> Outcome {
        let text = error.to_string();
        Outcome::Failed {
            finding: Box::new(
                rules::no_space::in_output("wr", &text)
                    .unwrap_or_else(|| rules::state_unwritable::finding(self.target_dir, &text)),
            ),
            blame: BuildFailureCause::Machine,
            output: String::new(),
        }
    }

    /// Builds the libraries of several packages in one go, and calls `is_built` for each as soon as it's done with its manifest,
    /// the artifact, and the compiler's warnings. Packages that can't be built are left out.
    pub(crate) fn build_libraries(
        &self,
        workspace: &Path,
        packages: Vec<(String, PathBuf)>,
        is_built: &mut dyn FnMut(&Path, Artifact, Vec<String>),
    ) {
        let root = workspace.parent().unwrap_or(workspace);
        let begun: Vec<(PathBuf, Begun)> = packages
            .iter()
            .filter_map(|(_, manifest)| {
                let begun = Ledger::of(self.system, self.target_dir, manifest).begin(self.cancel);
                Some((manifest.clone(), begun.ok()?))
            })
            .collect();
        let command = self.command(workspace, root, &Target::Libraries { packages });
        let mut local = Vec::new();
        let mut warnings: BTreeMap<PathBuf, Collected> = BTreeMap::new();
        let finished = run_watched(
            self.system,
            &command,
            self.time_limit,
            self.cancel,
            &mut |stream, line| {
                if stream == Stream::Stderr {
                    self.progress(line);
                    return;
                }
                match serde_json::from_str::<Message>(line) {
                    Ok(Message::CompilerMessage(message)) => {
                        let source = PathBuf::from(&message.target.src_path);
                        warnings
                            .entry(source)
                            .or_default()
                            .warning(&message.message);
                    }
                    Ok(Message::CompilerArtifact(artifact)) => {
                        let manifest = PathBuf::from(&artifact.manifest_path);
                        let source = PathBuf::from(&artifact.target.src_path);
                        local.extend(LocalArtifact::of(&artifact));
                        if let Some(built) = messages::built(artifact) {
                            let its = warnings.remove(&source).unwrap_or_default().warnings;
                            is_built(&manifest, built, its);
                        }
                    }
                    _ => {}
                }
            },
        );
        for (manifest, begun) in begun {
            let ledger = Ledger::of(self.system, self.target_dir, &manifest);
            let its = local_packages(self.system, &manifest);
            let local: Vec<_> = local
                .iter()
                .filter(|one| its.contains(&one.manifest))
                .cloned()
                .collect();
            // If nothing can be written, each package reports that when it's built by itself.
            let _ = ledger.finish(begun, &local);
        }
        if let Err(error) = finished {
            // Each package is then built by itself, and reports what is wrong.
            tracing::warn!(%error, "cargo cannot be started");
        }
    }

    fn progress(&self, line: &str) {
        let line = line.trim_start();
        match line.strip_prefix("Compiling ") {
            Some(package) => (self.emit)(Event::Compiling {
                package: package.split(" (").next().unwrap_or(package).to_owned(),
            }),
            None => (self.emit)(Event::Line {
                from: "cargo".to_owned(),
                text: line.to_owned(),
            }),
        }
    }

    fn command(&self, manifest: &Path, root: &Path, target: &Target) -> Command {
        let mut command = Command {
            limits: self.limits,
            ..Command::new("cargo", root)
        };
        let is_ordinary = matches!(target, Target::AllTargets { .. });
        command.env = if is_ordinary {
            // The build step of a course with its own commands gets the same environment as those commands.
            self.env.clone()
        } else {
            environment(self.env, self.python)
        };
        let (verb, features) = arguments(target);
        command = command
            .args(verb)
            .args([
                "--message-format=json-diagnostic-rendered-ansi",
                "--manifest-path",
            ])
            .arg(manifest);
        if !is_ordinary {
            command = command
                .arg("--target-dir")
                .arg(self.target_dir)
                .args(self.keep_apart(manifest, target));
        }
        command.args(features)
    }
}

impl Cargo<'_> {
    fn keep_apart(&self, manifest: &Path, target: &Target) -> Vec<String> {
        let one = |manifest| {
            let package = super::Apart {
                system: self.system,
                env: self.env,
                manifest,
                profile: target.profile(),
                config: target.config(),
            };
            package.arguments()
        };
        match target {
            // The same settings as when each is built by itself; otherwise cargo would build each twice.
            Target::Libraries { packages } => packages
                .iter()
                .flat_map(|(_, manifest)| one(manifest))
                .collect(),
            _ => one(manifest),
        }
    }
}

/// The subcommand with its target, and the arguments after the common ones.
fn arguments(target: &Target) -> (Vec<String>, Vec<String>) {
    let text = |items: &[&str]| {
        items
            .iter()
            .map(|&item| item.to_owned())
            .collect::<Vec<_>>()
    };
    match target {
        Target::Libraries { packages } => {
            let named = packages
                .iter()
                .flat_map(|(name, _)| ["--package".to_owned(), name.clone()]);
            (text(&["build", "--lib", "--keep-going"]), named.collect())
        }
        Target::Tests => (text(&["test", "--no-run"]), Vec::new()),
        Target::Everything | Target::AllTargets { .. } => {
            (text(&["build", "--all-targets"]), Vec::new())
        }
        Target::Extension {
            options,
            lacks_cdylib,
            features,
        } => {
            let mut after = options.to_args(features);
            if *lacks_cdylib {
                after.extend(text(&["--crate-type", "cdylib"]));
            }
            let mut rustc = options.rustc_args.clone();
            if cfg!(target_os = "macos") {
                // An extension's Python symbols are resolved in the process that loads it (PyO3's guide, "Building").
                rustc.extend(text(&[
                    "-C",
                    "link-arg=-undefined",
                    "-C",
                    "link-arg=dynamic_lookup",
                ]));
            }
            if rustc.is_empty() && !lacks_cdylib {
                return (text(&["build", "--lib"]), after);
            }
            if !rustc.is_empty() {
                after.push("--".to_owned());
                after.extend(rustc);
            }
            (text(&["rustc", "--lib"]), after)
        }
        Target::ExtensionTests {
            of,
            options,
            features,
            link,
        } => {
            let mut after = options.clone().for_tests().to_args(features);
            after.push("--".to_owned());
            after.extend(options.rustc_args.iter().cloned());
            after.extend(link.iter().cloned());
            let which = match of {
                TestsOf::Library => vec!["--lib".to_owned()],
                TestsOf::Integration(name) => vec!["--test".to_owned(), name.clone()],
            };
            let verb = [text(&["rustc", "--profile", "test"]), which].concat();
            (verb, after)
        }
    }
}

impl BuildOptions {
    /// `editable-profile` is that of the library; cargo takes one profile, and tests have theirs.
    pub(crate) fn for_tests(self) -> Self {
        Self {
            profile: None,
            ..self
        }
    }

    /// As cargo builds the library by itself.
    pub(crate) fn for_cargo_alone(self) -> Self {
        Self {
            rustc_args: Vec::new(),
            ..self.for_tests()
        }
    }

    pub(crate) fn to_args(&self, features: &[String]) -> Vec<String> {
        let mut args = Vec::new();
        if self.all_features {
            args.push("--all-features".to_owned());
        }
        if self.no_default_features {
            args.push("--no-default-features".to_owned());
        }
        if !features.is_empty() {
            args.push("--features".to_owned());
            args.push(features.join(","));
        }
        if let Some(profile) = &self.profile {
            args.push("--profile".to_owned());
            args.push(profile.clone());
        }
        if self.locked {
            args.push("--locked".to_owned());
        }
        for value in &self.config {
            args.push("--config".to_owned());
            args.push(value.clone());
        }
        args
    }
}
