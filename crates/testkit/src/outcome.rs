//! The outcome of running `wr`.

use std::process::ExitStatus;
use std::time::Duration;

use serde_json::Value;

/// A completed run of `wr`.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// How long it took.
    pub elapsed: Duration,
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    pub(crate) shown: String,
    pub(crate) status: ExitStatus,
}

impl Outcome {
    /// Requires an exit status.
    #[track_caller]
    pub fn status(&self, expected: i32) -> &Self {
        assert_eq!(self.status.code(), Some(expected), "{}", self.account());
        self
    }

    /// How it ended, in words that are the same on every platform.
    pub fn ending(&self) -> String {
        match self.status.code() {
            Some(code) => format!("exit status {code}"),
            None => "ended by a signal".to_owned(),
        }
    }

    /// Requires a string in standard output.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(
            self.stdout.contains(text),
            "no {text:?}: {}",
            self.account()
        );
        self
    }

    /// Requires a string in standard error.
    #[track_caller]
    pub fn complains(&self, text: &str) -> &Self {
        assert!(
            self.stderr.contains(text),
            "no {text:?}: {}",
            self.account()
        );
        self
    }

    /// Requires that a string is in neither.
    #[track_caller]
    pub fn never_says(&self, text: &str) -> &Self {
        let everything = format!("{}{}", self.stdout, self.stderr);
        assert!(!everything.contains(text), "{text:?}: {}", self.account());
        self
    }

    /// Requires an error as described in the contract: status 2, what is wrong, and what to do.
    #[track_caller]
    pub fn fails(&self, what: &str, help: &str) -> &Self {
        self.status(2).complains("error: ").complains(what);
        self.complains("help: ")
            .complains(help)
            .never_says("panicked at")
    }

    /// The JSON document on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", self.account()))
    }

    /// The only verdict in the JSON document.
    #[track_caller]
    pub fn verdict(&self) -> Value {
        let document = self.json();
        let verdicts = document["verdicts"].as_array();
        match verdicts.map(Vec::as_slice) {
            Some([one]) => one.clone(),
            _ => panic!("not one verdict: {}", self.account()),
        }
    }

    /// Everything we know about the run, for the message of a failed test.
    pub fn account(&self) -> String {
        format!(
            "wr {} ended with {} after {:.2?}\n--- stdout ---\n{}\n--- stderr ---\n{}",
            self.shown, self.status, self.elapsed, self.stdout, self.stderr
        )
    }
}
