//! The watch loop: files and keys in, verdicts out.
//!
//! One thread runs the loop below and owns all state. The engine works in a second one, and each source of messages
//! (files, keys, signals) has a thread that does nothing but wait. The rules of what runs when are in [`engine::Queue`].

mod files;
mod goal;
mod keys;
mod settle;
mod worker;

use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use engine::{
    Action, Cancel, ChangeSet, Engine, Interrupted, NativeSystem, Queue, Timing, Verdict, Watched,
};

use self::files::Files;
pub(crate) use self::goal::Goal;
use self::settle::{SETTLE, SETTLE_AT_MOST, Settled, settle};
use self::worker::Order;
use crate::cli::Global;
use crate::error::CommandError;
use crate::{interrupt, render};

/// What reaches the loop.
pub(crate) enum Message {
    /// Something happened to a file.
    Touched,
    /// A key was pressed.
    Key(char),
    /// A run ended.
    Ended {
        generation: u64,
        result: Result<Result<Verdict, Interrupted>, CommandError>,
        watched: Option<Box<Watched>>,
    },
    /// The user, or the system, asks to end.
    Interrupted,
}

/// The loop's state.
pub(crate) struct Watcher<'w> {
    system: &'w NativeSystem,
    goal: Goal<'w>,
    global: &'w Global,
    queue: Queue,
    watched: Watched,
    cancel: Cancel,
    is_solved: bool,
    /// When word of the change came that is not yet in a run.
    noticed: Option<Instant>,
    /// What went before the run that goes on.
    before: Vec<Timing>,
}

impl<'w> Watcher<'w> {
    pub(crate) fn new(system: &'w NativeSystem, goal: Goal<'w>, global: &'w Global) -> Self {
        Self {
            system,
            watched: Watched::begin(system, goal.root()),
            goal,
            global,
            queue: Queue::new(),
            cancel: Cancel::new(),
            is_solved: false,
            noticed: None,
            before: Vec::new(),
        }
    }

    /// Watches until the user ends it.
    pub(crate) fn run(mut self, engine: Engine<'w>) -> Result<ExitCode, CommandError> {
        let (tell, messages) = mpsc::channel();
        let interrupted = tell.clone();
        let stop = interrupt::install_with(move || {
            let _ = interrupted.send(Message::Interrupted);
        })?;
        let keys = keys::Keys::listen(tell.clone());
        let mut files = Files::watch(tell.clone());
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
        let result = std::thread::scope(|scope| {
            let (orders, inbox) = mpsc::channel();
            scope.spawn(|| worker::work(engine, inbox, &tell));
            self.greet();
            self.act(&Action::Wait, &orders);
            let first = self.queue.changed(ChangeSet {
                is_asked: true,
                ..ChangeSet::default()
            });
            self.act(&first, &orders);
            let result = self.take_messages(&messages, &mut files, &orders);
            self.cancel.cancel();
            // Without orders the worker ends, and with it the engine and all that it has started.
            drop(orders);
            result
        });
        drop(keys);
        drop(files);
        if stop.is_cancelled() {
            return Err(Interrupted.into());
        }
        result
    }

    fn take_messages(
        &mut self,
        messages: &Receiver<Message>,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<ExitCode, CommandError> {
        loop {
            let message = match messages.recv_timeout(files.interval()) {
                Ok(message) => message,
                // Every so often the files are looked at without being told to: not every file system tells.
                Err(RecvTimeoutError::Timeout) => {
                    if self.goal.follow(self.global) {
                        self.begin_anew(files, orders);
                    }
                    if self.look(files, orders) {
                        // Of a save at this very moment, word is still on its way.
                        let settled = settle(messages, SETTLE_AT_MOST);
                        if !settled.is_told {
                            files.missed_a_change();
                        }
                        if let Some(exit) = self.take_all(settled, files, orders)? {
                            return Ok(exit);
                        }
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return Ok(ExitCode::SUCCESS),
            };
            match message {
                Message::Interrupted => return Ok(ExitCode::from(interrupt::STATUS)),
                Message::Touched => {
                    self.noticed.get_or_insert_with(Instant::now);
                    let mut settled = settle(messages, SETTLE);
                    settled.is_told = true;
                    if let Some(exit) = self.take_all(settled, files, orders)? {
                        return Ok(exit);
                    }
                }
                other => {
                    if let Some(exit) = self.take(other, files, orders)? {
                        return Ok(exit);
                    }
                }
            }
        }
    }

    /// Takes in what came while the files settled.
    fn take_all(
        &mut self,
        settled: Settled,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        if settled.is_told {
            self.look(files, orders);
        }
        for other in settled.others {
            if let Some(exit) = self.take(other, files, orders)? {
                return Ok(Some(exit));
            }
        }
        Ok(None)
    }

    /// Takes in what is not about files.
    fn take(
        &mut self,
        message: Message,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        match message {
            Message::Interrupted => return Ok(Some(ExitCode::from(interrupt::STATUS))),
            Message::Key(key) => return self.key(key, files, orders),
            Message::Ended {
                generation,
                result,
                watched,
            } => {
                if let Some(learnt) = watched {
                    self.learn(*learnt, files);
                }
                self.ended(generation, result, orders)?;
            }
            Message::Touched => {
                self.look(files, orders);
            }
        }
        Ok(None)
    }

    /// Looks at the files; says whether something changed.
    fn look(&mut self, files: &mut Files, orders: &Sender<Order>) -> bool {
        let now = self.watched.look_again(self.system, self.goal.root());
        let changed = now.changed_since(&self.watched);
        files.look_at(&now.directories(self.system, self.goal.root()));
        self.watched = now;
        if changed.is_empty() {
            self.noticed = None;
            return false;
        }
        tracing::debug!(?changed, "saved");
        let action = self.queue.changed(ChangeSet {
            files: changed.into_iter().collect(),
            is_asked: false,
        });
        self.act(&action, orders);
        true
    }

    fn act(&mut self, action: &Action, orders: &Sender<Order>) {
        match action {
            Action::Wait => {}
            Action::Cancel { .. } => self.cancel.cancel(),
            Action::Start { generation, .. } => {
                self.cancel = Cancel::new();
                let noticed = self.noticed.take().map(|since| since.elapsed());
                let began = Instant::now();
                let subject = self.goal.describe(self.system);
                self.before = noticed
                    .map(|took| Timing::new("notice", took))
                    .into_iter()
                    .chain([Timing::new("describe", began.elapsed())])
                    .collect();
                let order = Order {
                    generation: *generation,
                    cancel: self.cancel.clone(),
                    subject,
                    watched: self.watched.clone(),
                    root: self.goal.root().to_owned(),
                    global: self.global.clone(),
                };
                // The worker ends after the loop only.
                let _ = orders.send(order);
            }
        }
    }

    fn learn(&mut self, learnt: Watched, files: &mut Files) {
        // Only what the build told of files elsewhere is new; the state of the files is this loop's own.
        self.watched.adopt(learnt);
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
    }

    fn ended(
        &mut self,
        generation: u64,
        result: Result<Result<Verdict, Interrupted>, CommandError>,
        orders: &Sender<Order>,
    ) -> Result<(), CommandError> {
        let is_current = self.queue.is_current(generation);
        let has_verdict = matches!(result, Ok(Ok(_)));
        match result {
            Ok(Ok(mut verdict)) if is_current => {
                verdict.timings.splice(0..0, self.before.drain(..));
                self.is_solved = verdict.is_solved();
                self.goal.record(&verdict)?;
                render::verdict(&verdict, self.goal.root(), self.global);
                render::watched(&verdict, self.global);
                if self.is_solved {
                    self.goal.after_solved(self.global);
                }
                self.keys_line();
            }
            // A broken manifest is an error of the tool's for `wr check`; here it is mended by the next save.
            Err(error) if is_current => {
                // Nothing is known of what was saved, so nobody is led on by what was known before.
                self.is_solved = false;
                render::error(&error, self.global.format);
                self.keys_line();
            }
            _ => {}
        }
        let action = self.queue.ended(generation, has_verdict);
        self.act(&action, orders);
        Ok(())
    }

    fn key(
        &mut self,
        key: char,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Result<Option<ExitCode>, CommandError> {
        match key {
            'q' => return Ok(Some(super::command::status(self.is_solved))),
            'n' => {
                if !self.is_solved {
                    render::say("Not yet: this one is not solved.", self.global);
                } else if self.goal.next(self.global)? {
                    self.begin_anew(files, orders);
                } else {
                    return Ok(Some(ExitCode::SUCCESS));
                }
            }
            'h' => {
                self.goal.hint(self.global)?;
                self.keys_line();
            }
            '\n' | '\r' | 'r' => self.again(orders),
            _ => {}
        }
        Ok(None)
    }

    /// Begins to watch what the goal is now.
    fn begin_anew(&mut self, files: &mut Files, orders: &Sender<Order>) {
        self.is_solved = false;
        self.watched = Watched::begin(self.system, self.goal.root());
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
        self.again(orders);
    }

    fn again(&mut self, orders: &Sender<Order>) {
        let action = self.queue.changed(ChangeSet {
            is_asked: true,
            ..ChangeSet::default()
        });
        self.act(&action, orders);
    }

    fn greet(&self) {
        render::say(
            &format!(
                "Watching {}. Save a file to verify it.",
                self.goal.root().display()
            ),
            self.global,
        );
    }

    fn keys_line(&self) {
        render::keys(self.goal.is_exercise(), self.is_solved, self.global);
    }
}
