//! The watch loop: files and keys in, verdicts out.
//!
//! One thread runs the loop below and owns all state. The engine works in a second one. Each source of messages (files,
//! keys, signals) has a thread that only waits. The rules for what runs when are in [`engine::Queue`].

mod ask;
mod asked;
mod book;
mod editing;
mod event;
mod files;
mod goal;
mod inbox;
mod keys;
mod outcome;
mod settle;
mod state;
mod suspend;
mod ticker;
mod view;
mod worker;

use std::process::ExitCode;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Instant;

use crossterm::event::KeyEvent;

use engine::{
    Action, Cancel, Change, ChangeSet, Engine, Interrupted, Memory, NativeSystem, Queue,
    SelfWriteDetector, Timing, Verdict, Watched,
};

use self::ask::Ask;
use self::book::Book;
pub(crate) use self::book::{
    Opened, Opening, Wanted, running as running_book, source as book_source,
};
use self::event::{Event, Moved};
use self::files::Files;
pub(crate) use self::goal::Goal;
use self::inbox::Inbox;
use self::keys::Keys;
use self::settle::{SETTLE, SETTLE_AT_MOST, Settled, settle};
use self::state::State;
use self::ticker::Ticker;
use self::view::View;
use self::worker::Order;
use crate::cli::Global;
use crate::error::CommandError;
use crate::interrupt;

/// What the loop receives.
pub(crate) enum Message {
    /// Something happened to a file.
    Touched,
    /// A key was pressed.
    Key(KeyEvent),
    /// The terminal has another size.
    Resized,
    /// The editor that had the terminal has ended.
    EditorClosed,
    /// The user wants the shell back for a while.
    Suspend,
    /// Somebody asks for something, with a button on a page.
    Ask(Ask),
    /// A moment passed while something was running.
    Tick,
    /// The engine reports what it does in a run.
    Engine {
        generation: u64,
        event: engine::Event,
    },
    /// The system doesn't report changes of files; they are looked at often instead.
    Polling { reason: String },
    /// A run ended.
    Ended {
        generation: u64,
        result: Result<Result<Verdict, Interrupted>, CommandError>,
        watched: Option<Box<Watched>>,
    },
    /// The user or the system wants it to end.
    Interrupted,
}

/// The loop's state.
pub(crate) struct Watcher<'w> {
    system: &'w NativeSystem,
    goal: Goal<'w>,
    global: &'w Global,
    tell: Sender<Message>,
    queue: Queue,
    self_writes: SelfWriteDetector,
    watched: Watched,
    /// The state of the files when the last run started.
    at_start: Watched,
    /// When it started.
    began: Instant,
    /// When a delayed run is due.
    due: Option<Instant>,
    cancel: Cancel,
    /// The state after the events so far.
    state: State,
    book: Book,
    /// When to open it for the first time.
    opening: Opening,
    /// The first is the terminal's.
    views: Vec<Box<dyn View + 'w>>,
    keys: Keys,
    ticker: Ticker,
    /// Whether an editor has the terminal.
    is_editing: bool,
    /// Whether the program stops when the current run has ended.
    is_suspending: bool,
    /// When the first change that isn't in a run yet was reported.
    noticed: Option<Instant>,
    /// Timings from before the current run.
    before: Vec<Timing>,
}

impl<'w> Watcher<'w> {
    /// Watches until the user ends it.
    pub(crate) fn run(
        system: &'w NativeSystem,
        goal: Goal<'w>,
        engine: Engine<'w>,
        wanted: Wanted,
        global: &'w Global,
    ) -> Result<ExitCode, CommandError> {
        let (tell, messages) = mpsc::channel();
        let (opening, is_plain) = (wanted.opening, wanted.is_plain);
        let book = match opening {
            Opening::OnRequest => Book::serve_if_possible(goal.course(), tell.clone()),
            Opening::Browser | Opening::Address => {
                Book::serve(goal.course(), wanted, tell.clone())?
            }
        };
        let mut views = vec![view::for_terminal(goal.course(), is_plain, global)];
        if let Some((course, server)) = goal.course().zip(book.server()) {
            views.push(Box::new(view::book::Book::new(course, server)));
        }
        let interrupted = tell.clone();
        let stop = interrupt::install_with(move || {
            let _ = interrupted.send(Message::Interrupted);
        })?;
        suspend::listen(tell.clone());
        let files = Files::watch(tell.clone());
        let watcher = Self {
            state: State::default(),
            keys: Keys::listen(tell.clone()),
            views,
            book,
            opening,
            ticker: Ticker::new(tell.clone()),
            is_suspending: false,
            is_editing: false,
            system,
            watched: Watched::begin(system, goal.root()),
            at_start: Watched::default(),
            began: Instant::now(),
            due: None,
            goal,
            global,
            tell: tell.clone(),
            queue: Queue::new(),
            self_writes: SelfWriteDetector::default(),
            cancel: Cancel::new(),
            noticed: None,
            before: Vec::new(),
        };
        let exit = watcher.watch(files, engine, &tell, &messages);
        if stop.is_cancelled() {
            return Err(Interrupted.into());
        }
        exit
    }

    fn watch(
        mut self,
        mut files: Files,
        engine: Engine<'w>,
        tell: &Sender<Message>,
        messages: &Receiver<Message>,
    ) -> Result<ExitCode, CommandError> {
        files.look_at(&self.watched.directories(self.system, self.goal.root()));
        std::thread::scope(|scope| {
            let (orders, inbox) = mpsc::channel();
            scope.spawn(|| worker::work(engine, inbox, tell));
            self.emit(&Event::Watching {
                root: self.goal.root().to_owned(),
                subject: self.goal.subject(),
            });
            self.report_progress()?;
            if self.opening != Opening::OnRequest {
                let opened = self.open_book(self.opening);
                self.report_error(opened);
            }
            let first = self.queue.changed(ChangeSet::default());
            self.act(&first, &orders);
            let exit = self.take_messages(messages, &mut files, &orders);
            self.cancel.cancel();
            // Without orders the worker ends, and with it the engine and everything it has started.
            drop(orders);
            Ok(exit)
        })
    }

    fn take_messages(
        &mut self,
        messages: &Receiver<Message>,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> ExitCode {
        let mut inbox = Inbox::new(messages);
        loop {
            let left = self
                .due
                .map(|due| due.saturating_duration_since(Instant::now()));
            let message = match inbox.next(files.interval(), left) {
                Ok(message) => message,
                Err(RecvTimeoutError::Timeout) if self.is_due() => {
                    // Look for saves made during the pause before the pause counts as quiet.
                    self.look(files, orders);
                    if self.is_due() {
                        let action = self.queue.changed(ChangeSet::default());
                        self.act(&action, orders);
                    }
                    continue;
                }
                // From time to time, look at the files unprompted: not every file system reports changes.
                Err(RecvTimeoutError::Timeout) => {
                    if self.goal.follow() {
                        let restarted = self.restart(Moved::OpenedElsewhere, files, orders);
                        self.report_error(restarted);
                    }
                    if self.look(files, orders) {
                        // The report of a save at this very moment is still on its way.
                        let settled = settle(messages, SETTLE_AT_MOST);
                        if !settled.has_file_changes {
                            files.missed_a_change();
                        }
                        if let Some(exit) = self.take_all(settled, files, orders) {
                            return exit;
                        }
                    }
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return ExitCode::SUCCESS,
            };
            match message {
                Message::Interrupted => return ExitCode::from(interrupt::STATUS),
                Message::Touched => {
                    self.noticed.get_or_insert_with(Instant::now);
                    let mut settled = settle(messages, SETTLE);
                    settled.has_file_changes = true;
                    if let Some(exit) = self.take_all(settled, files, orders) {
                        return exit;
                    }
                }
                Message::Ended { .. } if self.is_touched() => {
                    // A change at the end of the run may be half of a save.
                    self.noticed.get_or_insert_with(Instant::now);
                    let settled = settle(messages, SETTLE);
                    if let Some(exit) = self
                        .take(message, files, orders)
                        .or_else(|| self.take_all(settled, files, orders))
                    {
                        return exit;
                    }
                }
                other => {
                    if let Some(exit) = self.take(other, files, orders) {
                        return exit;
                    }
                }
            }
        }
    }

    /// Whether a file differs from the last look.
    fn is_touched(&self) -> bool {
        let now = self.watched.look_again(self.system, self.goal.root());
        !now.changed_since(&self.watched).is_empty()
    }

    /// Takes in the messages that came while the files settled.
    fn take_all(
        &mut self,
        settled: Settled,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Option<ExitCode> {
        if settled.has_file_changes {
            self.look(files, orders);
        }
        for other in settled.others {
            if let Some(exit) = self.take(other, files, orders) {
                return Some(exit);
            }
        }
        None
    }

    /// Takes in a message that isn't about files.
    fn take(
        &mut self,
        message: Message,
        files: &mut Files,
        orders: &Sender<Order>,
    ) -> Option<ExitCode> {
        match message {
            Message::Interrupted => return Some(ExitCode::from(interrupt::STATUS)),
            Message::Key(key) => {
                let asked = self
                    .views
                    .iter_mut()
                    .find_map(|view| view.key(key, &self.state));
                if let Some(ask) = asked {
                    return self.answer(ask, files, orders);
                }
            }
            Message::Ask(ask) => {
                // No button of a page ends the watch, not even after the last exercise.
                let _ = self.answer(ask, files, orders);
            }
            Message::Resized => self.redraw(),
            Message::Suspend => self.suspend(orders),
            Message::EditorClosed => self.editor_closed(),
            Message::Tick => {
                for view in &mut self.views {
                    view.tick(&self.state);
                }
            }
            Message::Ended {
                generation,
                result,
                watched,
            } => {
                if let Some(learnt) = watched {
                    self.adopt_inputs(*learnt, files);
                }
                self.ended(generation, result, orders);
            }
            Message::Touched => {
                self.look(files, orders);
            }
            Message::Engine { generation, event } => {
                self.emit(&Event::Engine {
                    generation,
                    event,
                    at: Instant::now(),
                });
            }
            Message::Polling { reason } => self.emit(&Event::Polling { reason }),
        }
        None
    }

    fn answer(&mut self, ask: Ask, files: &mut Files, orders: &Sender<Order>) -> Option<ExitCode> {
        match self.asked(ask, files, orders) {
            Ok(exit) => exit,
            Err(error) => {
                self.report_error(Err(error));
                None
            }
        }
    }

    /// Looks at the files and returns whether something changed.
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
        if self.queue.is_idle() {
            self.self_writes.between_runs(&changed);
        } else if self.self_writes.in_run(&changed) == Change::Waits {
            return true;
        }
        let action = self.queue.changed(ChangeSet {
            files: changed.into_iter().collect(),
            is_asked: false,
        });
        self.act(&action, orders);
        true
    }

    fn is_due(&self) -> bool {
        self.due.is_some_and(|due| due <= Instant::now())
    }

    fn act(&mut self, action: &Action, orders: &Sender<Order>) {
        match action {
            Action::Wait => {}
            Action::Cancel { generation } => {
                self.cancel.cancel();
                self.emit(&Event::Cancelled {
                    generation: *generation,
                });
            }
            Action::Start {
                generation,
                changes,
            } => {
                self.cancel = Cancel::new();
                self.emit(&Event::Started {
                    generation: *generation,
                    at: Instant::now(),
                });
                self.self_writes.begin(self.is_due());
                self.due = None;
                self.at_start = self.watched.clone();
                self.began = Instant::now();
                let noticed = self.noticed.take().map(|since| since.elapsed());
                let subject = self.goal.describe(self.system);
                self.before = noticed
                    .map(|took| Timing::new("notice", took))
                    .into_iter()
                    .chain([Timing::new("describe", self.began.elapsed())])
                    .collect();
                let order = Order {
                    generation: *generation,
                    cancel: self.cancel.clone(),
                    // People who ask again doubt the last result.
                    memory: if changes.is_asked || self.global.recheck {
                        Memory::Ignored
                    } else {
                        Memory::Trusted
                    },
                    subject,
                    watched: self.watched.clone(),
                };
                // The worker ends only after the loop.
                let _ = orders.send(order);
            }
        }
    }

    /// Takes an event into the state, and shows it.
    fn emit(&mut self, event: &Event) {
        self.state.apply(event);
        self.ticker.set(self.state.run.is_some());
        for view in &mut self.views {
            view.show(event, &self.state);
        }
    }

    /// Shows the whole state again.
    fn redraw(&mut self) {
        for view in &mut self.views {
            view.redraw(&self.state);
        }
    }
}
