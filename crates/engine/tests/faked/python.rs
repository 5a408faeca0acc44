//! A fake Python that describes itself, creates environments, installs packages, and runs the harness.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};

use crate::world::{Act, Behaviour, World};

/// How a harness starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    Ready,
    Silent,
    Exits,
    WithoutPytest,
}

/// How a child of the harness exits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Status(i32),
    Signal(i32),
    /// It runs until the harness is told to stop it.
    Hangs,
    /// It runs, and the harness no longer responds.
    HangsDeaf,
    /// The harness itself exits.
    HarnessExits(i32),
    HarnessDies(i32),
}

/// What one run of pytest reports, and how it exits.
#[derive(Debug, Clone)]
pub(crate) struct Pytest {
    pub(crate) events: Vec<Value>,
    pub(crate) end: End,
}

impl Pytest {
    /// One test, which passes.
    pub(crate) fn passes() -> Self {
        Self {
            events: vec![test("passed"), read(&[]), finished(0)],
            end: End::Status(0),
        }
    }

    /// One test, which fails.
    pub(crate) fn fails() -> Self {
        Self {
            events: vec![test("failed"), read(&[]), finished(1)],
            end: End::Status(1),
        }
    }

    pub(crate) fn of(events: impl IntoIterator<Item = Value>, end: End) -> Self {
        Self {
            events: events.into_iter().collect(),
            end,
        }
    }
}

pub(crate) const TEST: &str = "test_it.py::test_a";

pub(crate) fn test(outcome: &str) -> Value {
    json!({"event": "test", "id": TEST, "outcome": outcome, "when": "call", "seconds": 0.001})
}

pub(crate) fn test_started() -> Value {
    json!({"event": "test_started", "id": TEST, "file": "test_it.py", "line": 1})
}

/// What a run read, in addition to its subject's known files.
pub(crate) fn read(files: &[&str]) -> Value {
    json!({"event": "read", "files": files, "directories": [], "unseen": []})
}

pub(crate) fn finished(status: i32) -> Value {
    json!({"event": "finished", "status": status})
}

pub(crate) fn exited(id: u64, end: &str, value: i32) -> Value {
    json!({"event": "exited", "id": id, end: value})
}

#[derive(Clone)]
pub(crate) struct Python(Arc<Mutex<State>>);

struct State {
    version: [u32; 3],
    start: Start,
    ahead: VecDeque<Pytest>,
    /// Children of harnesses that are running.
    children: u32,
}

impl Python {
    pub(crate) fn install(world: &World) -> Self {
        let python = Self(Arc::new(Mutex::new(State {
            version: [3, 12, 1],
            start: Start::Ready,
            ahead: VecDeque::new(),
            children: 0,
        })));
        for name in ["python3", "python"] {
            let python = python.clone();
            world.program(name, move |_, command| {
                let args: Vec<String> = command
                    .args
                    .iter()
                    .map(|arg| arg.to_string_lossy().into_owned())
                    .collect();
                python.start(Path::new(&command.program), &args)
            });
        }
        python
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn version(&self, version: [u32; 3]) {
        self.state().version = version;
    }

    pub(crate) fn harness(&self, start: Start) {
        self.state().start = start;
    }

    /// What the next run of pytest does; by default a run passes.
    pub(crate) fn next_run(&self, run: Pytest) {
        self.state().ahead.push_back(run);
    }

    /// How many runs of pytest have started but not ended.
    pub(crate) fn children(&self) -> u32 {
        self.state().children
    }

    fn start(&self, program: &Path, args: &[String]) -> Behaviour {
        let words: Vec<&str> = args.iter().map(String::as_str).collect();
        match words.as_slice() {
            ["-I", "-S", "-c", _] => self.probe(program),
            ["-I", "-m", "venv", dir] => venv(Path::new(*dir)),
            ["-I", "-m", "pip", "install", ..] => pip(program),
            ["-P", ..] => self.serve(),
            other => panic!("Python is not started like this: {other:?}"),
        }
    }

    fn probe(&self, program: &Path) -> Behaviour {
        let version = self.state().version;
        let answer = json!({
            "executable": program, "base": "/bin/python3", "implementation": "CPython", "version": version,
            "suffixes": [".cpython-312-x86_64-linux-gnu.so", ".abi3.so", ".so"], "pointer_width": 64,
            "machine": "x86_64", "free_threaded": false, "debug": false, "shared": false, "library_dir": null,
            "library": null, "has_ensurepip": true, "link_with": "",
        });
        Behaviour::new().wait(20).out(answer.to_string()).exit(0)
    }

    fn serve(&self) -> Behaviour {
        let begin = Behaviour::new().wait(300);
        let begin = match self.state().start {
            Start::Ready => begin.out(r#"{"event":"ready","pytest":"8.4.0","reusable":true}"#),
            Start::Silent => begin,
            Start::Exits => begin.err("python: no room").exit(3),
            Start::WithoutPytest => begin
                .out(r#"{"event":"unusable","text":"No module named 'pytest'"}"#)
                .exit(1),
        };
        let python = self.clone();
        let mut child = None;
        begin.reacting(move |_, line| {
            let request: Value = serde_json::from_str(line).expect("a request is JSON");
            match request["do"].as_str().expect("a request has a verb") {
                "prepare" => {
                    let old = child
                        .take()
                        .map(|(id, runs)| python.end(id, runs, "status", 0));
                    child = Some((request["id"].as_u64().expect("a number"), false));
                    old.unwrap_or_default()
                }
                "go" => {
                    let Some((id, _)) = child else {
                        return Vec::new();
                    };
                    let run = python.state().ahead.pop_front();
                    python.state().children += 1;
                    python.run(id, &run.unwrap_or_else(Pytest::passes), &mut child)
                }
                "stop" => match child.take_if(|(id, _)| *id != 0) {
                    Some((id, runs)) => python.end(id, runs, "signal", 9),
                    None => Vec::new(),
                },
                _ => Vec::new(),
            }
        })
    }

    fn run(&self, id: u64, run: &Pytest, child: &mut Option<(u64, bool)>) -> Vec<Act> {
        let mut acts = Behaviour::new();
        for event in &run.events {
            acts = acts.wait(5).out(event.to_string());
        }
        let mut acts = acts.acts();
        match run.end {
            End::Status(status) => acts.extend(self.end(id, true, "status", status)),
            End::Signal(signal) => acts.extend(self.end(id, true, "signal", signal)),
            End::Hangs => *child = Some((id, true)),
            // No child has this number, so there is none to stop.
            End::HangsDeaf => *child = Some((0, true)),
            End::HarnessExits(status) => acts.extend(Behaviour::new().wait(5).exit(status).acts()),
            End::HarnessDies(signal) => acts.extend(Behaviour::new().wait(5).die(signal).acts()),
        }
        if matches!(run.end, End::Status(_) | End::Signal(_)) {
            *child = None;
        }
        acts
    }

    /// The exit of a child, as the harness reports it.
    fn end(&self, id: u64, runs: bool, how: &str, value: i32) -> Vec<Act> {
        if runs {
            self.state().children -= 1;
        }
        Behaviour::new()
            .wait(5)
            .err(format!("\u{1e}wr-end {id}"))
            .out(exited(id, how, value).to_string())
            .acts()
    }
}

fn venv(dir: &Path) -> Behaviour {
    let python = dir.join("bin/python").display().to_string();
    Behaviour::new()
        .wait(2000)
        .effect(move |world| world.save(&python, "Python"))
        .exit(0)
}

fn pip(program: &Path) -> Behaviour {
    let dir: PathBuf = program.ancestors().skip(2).take(1).collect();
    let packages = dir.join("lib/python3.12/site-packages");
    let [module, record] = ["pytest/__init__.py", "pytest-8.4.0.dist-info/RECORD"]
        .map(|file| packages.join(file).display().to_string());
    Behaviour::new()
        .wait(3000)
        .out("Successfully installed pytest")
        .effect(move |world| {
            world.save(&module, "pytest");
            world.save(&record, "pytest/__init__.py,,\n");
        })
        .exit(0)
}
