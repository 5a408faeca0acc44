//! Shows progress once the work takes long enough for people to wonder.

use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use engine::Event;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::cli::{Format, Global};
use crate::render;

/// Work that ends sooner than this shows only its result.
const PATIENCE: Duration = Duration::from_millis(400);

/// The progress display of a run, on standard error.
pub(crate) struct Display {
    verbose: bool,
    to: Option<Sender<String>>,
    drawer: Option<JoinHandle<()>>,
    /// For many verdicts: how many there will be, and how many are known so far.
    many: Option<(usize, AtomicUsize)>,
    /// What the count is of.
    counted_as: String,
}

impl Display {
    pub(crate) fn new(global: &Global) -> Self {
        if global.verbose || global.format == Format::Json {
            return Self {
                verbose: global.verbose && global.format != Format::Json,
                to: None,
                drawer: None,
                many: None,
                counted_as: String::new(),
            };
        }
        let (to, messages) = mpsc::channel::<String>();
        let drawer = std::thread::spawn(move || {
            let mut latest = String::new();
            // Draw nothing until the work has taken long enough.
            let deadline = std::time::Instant::now() + PATIENCE;
            loop {
                let left = deadline.saturating_duration_since(std::time::Instant::now());
                match messages.recv_timeout(left) {
                    Ok(message) => latest = message,
                    Err(RecvTimeoutError::Timeout) => break,
                    Err(RecvTimeoutError::Disconnected) => return,
                }
            }
            if std::io::stderr().is_terminal() {
                draw(latest, &messages);
            } else {
                print_lines(&latest, &messages);
            }
        });
        Self {
            verbose: false,
            to: Some(to),
            drawer: Some(drawer),
            many: None,
            counted_as: String::new(),
        }
    }

    /// For many verdicts: shows how many are known.
    pub(crate) fn for_many(global: &Global, count: usize) -> Self {
        let mut display = Self::new(global);
        display.many = Some((count, AtomicUsize::new(0)));
        "verified".clone_into(&mut display.counted_as);
        display
    }

    /// For a proof with many steps: shows how many are done.
    pub(crate) fn for_proof(global: &Global, proof: &str, count: usize) -> Self {
        let mut display = Self::for_many(global, count);
        proof.clone_into(&mut display.counted_as);
        display
    }

    /// Records that one more step is done.
    pub(crate) fn step(&self, about: &str) {
        let (Some((count, known)), Some(to)) = (&self.many, &self.to) else {
            return;
        };
        let known = known.fetch_add(1, Ordering::Relaxed) + 1;
        let _ = to.send(format!("{known} of {count} {}: {about}", self.counted_as));
    }

    /// Shows a message for work outside the engine.
    pub(crate) fn say(&self, message: impl Into<String>) {
        if let Some(to) = &self.to {
            // Ignored for the same reason as below.
            let _ = to.send(render::on_a_line(&message.into()));
        }
    }

    /// Shows a count that changes so often that it would only fill a log.
    pub(crate) fn count(&self, message: impl Into<String>) {
        if std::io::stderr().is_terminal() {
            self.say(message);
        }
    }

    /// Takes in an event. What tools and tests print is escaped, so that the terminal doesn't obey it.
    pub(crate) fn show(&self, event: &Event) {
        if self.verbose {
            match event {
                Event::Step { detail, .. } => eprintln!("== {}", render::tools_line(detail)),
                Event::Compiling { package } => {
                    eprintln!("   compiling {}", render::tools_line(package));
                }
                Event::Line { from, text } => eprintln!("   {from}: {}", render::tools_line(text)),
                // The verdict says the rest.
                _ => {}
            }
            return;
        }
        let message = match event {
            Event::Step { detail, .. } => detail.clone(),
            Event::Compiling { package } => format!("compiling {package}"),
            Event::Judged(verdict) if self.many.is_some() => verdict.exercise.clone(),
            // A test may take long, for example because it builds a wheel. In a log, the names would bury the steps.
            Event::TestStarted { id } if self.many.is_none() && std::io::stderr().is_terminal() => {
                format!("running {}", render::tools_line(id))
            }
            _ => return,
        };
        let message = match &self.many {
            None => message,
            Some((count, known)) => {
                let step = usize::from(matches!(event, Event::Judged(_)));
                let known = known.fetch_add(step, Ordering::Relaxed) + step;
                format!("{known} of {count} {}: {message}", self.counted_as)
            }
        };
        if let Some(to) = &self.to {
            // The drawer may have ended already; then there is nobody left to tell.
            let _ = to.send(message);
        }
    }

    /// Removes the display before the result is printed.
    pub(crate) fn finish(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        self.to = None;
        if let Some(drawer) = self.drawer.take() {
            let _ = drawer.join();
        }
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A spinner with the step and its elapsed time.
fn draw(latest: String, messages: &mpsc::Receiver<String>) {
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
    if let Ok(style) = ProgressStyle::with_template("{spinner} {wide_msg} {elapsed}") {
        bar.set_style(style);
    }
    bar.set_message(latest);
    bar.enable_steady_tick(Duration::from_millis(100));
    while let Ok(message) = messages.recv() {
        bar.set_message(message);
    }
    bar.finish_and_clear();
}

/// Without a terminal: one line per step, so that a log shows where the time went.
fn print_lines(latest: &str, messages: &mpsc::Receiver<String>) {
    eprintln!("{latest} ...");
    while let Ok(message) = messages.recv() {
        eprintln!("{message} ...");
    }
}
