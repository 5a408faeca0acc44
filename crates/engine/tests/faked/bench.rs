//! A subject in a world where everything works; each test changes one thing.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;
use std::time::Duration;

use wr_engine::{
    Cancel, Engine, Event, Interrupted, Memory, RunMode, Settings, Subject, Verdict, project,
};

use crate::cargo;
use crate::python::Python;
use crate::world::{Behaviour, World};

/// The subject's directory.
pub(crate) const ROOT: &str = "/w/fast";

/// The environment of a project without requirements, which has only pytest.
pub(crate) const ENVIRONMENT: &str = "/w/.wr/venv/3.12-ab2d0930";

/// How long its tests may run.
pub(crate) const LIMIT: Duration = Duration::from_secs(10);

/// A world with a subject, and how it is verified.
pub(crate) struct Bench {
    pub(crate) world: World,
    pub(crate) python: Python,
    pub(crate) settings: Settings,
    pub(crate) memory_limit: Option<u64>,
}

impl Bench {
    fn new() -> Self {
        let world = World::default();
        let python = Python::install(&world);
        for name in ["cargo", "rustc", "cc", "python3"] {
            world.save(&format!("/bin/{name}"), name);
        }
        world.program("cargo", cargo::builds);
        world.program("unit-1", |_, _| passing_tests());
        world.settle("/w/Cargo.lock", "version = 4\n");
        let env: BTreeMap<OsString, OsString> = [("PATH", "/bin"), ("HOME", "/home")]
            .map(|(name, value)| (name.into(), value.into()))
            .into();
        Self {
            world,
            python,
            settings: Settings {
                state_dir: "/w/.wr".into(),
                program: "/bin/wr".into(),
                env,
                python: None,
                preferred_python: None,
                time_limit: None,
                build_time_limit: None,
                memory_limit: None,
                runner: "wr 1".to_owned(),
                memory: Memory::Trusted,
                run_mode: RunMode::Once,
            },
            memory_limit: None,
        }
    }

    /// An extension with a Python test.
    pub(crate) fn extension() -> Self {
        let bench = Self::new();
        bench.put_extension(ROOT);
        bench
    }

    /// The same with Rust tests, too.
    pub(crate) fn extension_with_rust_tests() -> Self {
        let bench = Self::extension();
        bench
            .world
            .settle("/w/fast/src/lib.rs", "#[test]\nfn a() {}\n");
        bench
    }

    /// Only a Python test.
    pub(crate) fn python() -> Self {
        let bench = Self::new();
        bench
            .world
            .settle("/w/fast/test_it.py", "def test_a(): ...\n");
        bench
    }

    /// A Rust crate with a doctest.
    pub(crate) fn rust() -> Self {
        let bench = Self::new();
        let world = &bench.world;
        world.save("/w/fast/Cargo.toml", "[package]\nname = \"fast\"\n");
        world.settle("/w/fast/src/lib.rs", "/// ```\n/// ```\npub fn f() {}\n");
        bench
    }

    pub(crate) fn put_extension(&self, root: &str) {
        let name = root.rsplit('/').next().unwrap_or_default();
        let manifest = format!(
            "[package]\nname = \"{name}\"\n[lib]\ncrate-type = [\"cdylib\"]\n[dependencies]\npyo3 = \"0.30\"\n"
        );
        self.world.save(&format!("{root}/Cargo.toml"), &manifest);
        self.world
            .save(&format!("{root}/src/lib.rs"), "fn f() {}\n");
        let test = "def test_a(): ...\n";
        self.world.settle(&format!("{root}/test_it.py"), test);
    }

    pub(crate) fn subject_at(&self, root: &str) -> Subject {
        let described = project(&self.world, Path::new(root), &[]);
        Subject {
            time_limit: LIMIT,
            memory_limit: self.memory_limit,
            ..described.expect("there should be something to verify")
        }
    }

    pub(crate) fn subject(&self) -> Subject {
        self.subject_at(ROOT)
    }

    pub(crate) fn engine(&self) -> Engine<'_> {
        Engine::new(&self.world, self.settings.clone())
    }

    /// The verdict of a new engine, as in a program that has just started.
    pub(crate) fn verify(&self) -> Verdict {
        self.verify_with(&mut self.engine())
    }

    pub(crate) fn verify_with(&self, engine: &mut Engine<'_>) -> Verdict {
        self.try_with(engine, &Cancel::new())
            .expect("nothing cancels")
    }

    pub(crate) fn try_with(
        &self,
        engine: &mut Engine<'_>,
        cancel: &Cancel,
    ) -> Result<Verdict, Interrupted> {
        engine.verify(&self.subject(), cancel, &|_: Event| {})
    }

    /// Verifies until the environment exists and the verdict is remembered.
    pub(crate) fn settle(&self) {
        for _ in 0..2 {
            let verdict = self.verify();
            assert!(verdict.is_solved(), "{verdict:#?}");
            self.world.pass(Duration::from_secs(5));
        }
        self.world.take_calls();
    }
}

/// Requires that the subject is verified again after a change.
#[track_caller]
pub(crate) fn is_verified_again(bench: &Bench, what: &str) {
    bench.world.take_calls();
    let verdict = bench.verify();
    assert!(!verdict.remembered, "{what}");
    assert!(!bench.world.take_starts().is_empty(), "{what}");
}

/// A test program whose one test passes.
pub(crate) fn passing_tests() -> Behaviour {
    let lines = cargo::PASSES.iter();
    lines
        .fold(Behaviour::new().wait(10), |all, line| all.out(*line))
        .exit(0)
}

/// The status, and the name of the first finding's rule.
pub(crate) fn gist(verdict: &Verdict) -> [&str; 2] {
    let first = verdict.diagnostics.first();
    let rule =
        first.and_then(|finding| wr_engine::rules().find(|rule| *rule.code() == finding.code));
    let name = rule.map_or("", |rule| rule.name());
    [verdict.status.name(), name]
}

/// The steps of a verdict, in order.
pub(crate) fn steps(verdict: &Verdict) -> Vec<&str> {
    let timings = verdict.timings.iter();
    // What comes before and after the steps isn't a step.
    timings
        .map(|timing| timing.step.as_str())
        .filter(|step| !matches!(*step, "recall" | "judge"))
        .collect()
}
