//! The harness process: started early, used for runs, killed with everything below it.
// tidy: long because a run is one exchange with one process, and every part of it works on the same state.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::phases::Phases;
use super::protocol::{Reply, Request};
use super::reports::{self, Shown};
use super::request::request;
use super::{Run, files, limit_in, trace};
use crate::event::Event;
use crate::memory::Seen;
use crate::process::{Output, TICK};
use crate::system::{Cancel, Command, Exit, Input, Limits, Process, ProcessEvent, Stream, System};
use crate::test::{End, Load, Suite};
use crate::verdict::Outcome;

/// How long the harness may take to load pytest before it counts as stuck.
const START_LIMIT: Duration = Duration::from_mins(1);

/// How long the harness may take to stop a run when told to.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// The harness records where a run is when its time is up; it gets this long to write it down,
const AFTER_NOTE: Duration = Duration::from_millis(150);

/// and this long to start: on a busy machine, its clock started later than the engine's.
const BEFORE_NOTE: Duration = Duration::from_secs(1);

/// How many events are read between runs; further ones are read during the run.
const MOST_QUEUED: usize = 1000;

/// What the harness prints after a run's output.
const END_MARK: &str = "\u{1e}wr-end";

/// What a harness process is started with; a different spec needs a different process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ZygoteSpec {
    /// The interpreter of the virtual environment.
    pub(crate) python: PathBuf,
    /// A digest of what is installed there, so that a change restarts the process.
    pub(crate) installed: String,
    /// The environment variables.
    pub(crate) env: BTreeMap<OsString, OsString>,
    /// What the whole tree may use.
    pub(crate) limits: Limits,
    /// Where the harness's own files are kept.
    pub(crate) dir: PathBuf,
}

impl ZygoteSpec {
    /// Where the files of this version's harness are kept, below the directory for those of all versions.
    pub(crate) fn dir_below(all: &Path) -> PathBuf {
        files::dir_below(all)
    }
}

/// A harness process.
pub(crate) struct Zygote {
    spec: ZygoteSpec,
    process: Box<dyn Process>,
    state: State,
    /// Events that arrived between runs.
    queued: VecDeque<ProcessEvent>,
    /// The number of the last child that was requested.
    runs: u64,
    /// What the waiting child was prepared for.
    prepared: Option<Run>,
    /// When it was started, in nanoseconds since the Unix epoch.
    started: i128,
    /// The files of the modules that it has loaded, in their state at that time.
    loaded: Seen,
    /// The directories that it searched for them.
    searched: BTreeSet<PathBuf>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum State {
    Starting,
    Idle { reusable: bool },
    Spent,
}

impl Zygote {
    /// Writes the harness's own files.
    pub(crate) fn write(system: &dyn System, spec: &ZygoteSpec) -> io::Result<()> {
        files::write(system, &spec.dir)
    }

    /// Starts the process without waiting for it: it loads pytest while cargo compiles.
    pub(crate) fn start(system: &dyn System, spec: ZygoteSpec) -> io::Result<Self> {
        let command = Command {
            input: Input::Lines,
            limits: spec.limits,
            ..Command::new(&spec.python, &spec.dir)
                .arg("-P")
                .arg(files::program(&spec.dir))
                .envs(&spec.env)
        };
        let started = system.clock();
        let process = system.spawn(&command)?;
        Ok(Self {
            spec,
            process,
            state: State::Starting,
            queued: VecDeque::new(),
            runs: 0,
            prepared: None,
            started,
            loaded: Seen::default(),
            searched: BTreeSet::new(),
        })
    }

    /// Whether the process is running, fits this spec, and has loaded what is on disk now.
    pub(crate) fn serves(&mut self, system: &dyn System, spec: &ZygoteSpec) -> bool {
        self.look();
        self.state != State::Spent && self.spec == *spec && self.loaded.hold(system)
    }

    /// Notices if the process has exited between two runs. Other events are queued for the run.
    fn look(&mut self) {
        while self.queued.len() < MOST_QUEUED {
            match self.process.next(Duration::ZERO) {
                Some(ProcessEvent::Exited(_)) => {
                    self.state = State::Spent;
                    return;
                }
                Some(event) => self.queued.push_back(event),
                None => return,
            }
        }
    }

    fn next(&mut self) -> Option<ProcessEvent> {
        let queued = self.queued.pop_front();
        queued.or_else(|| self.process.next(TICK))
    }

    /// Has a child forked and configured for a run; the child then waits until it's needed.
    pub(crate) fn prepare(&mut self, system: &dyn System, run: &Run) {
        if self.prepared.as_ref() == Some(run) || self.state == State::Spent {
            return;
        }
        // The harness needs the directory; if it can't be created, the harness reports that.
        let _ = system.write(&run.trace, b"");
        self.runs += 1;
        let line = request(self.runs, run, &self.spec);
        // A harness that can't be written to has exited, which the run itself will report.
        self.prepared = self.process.send(&line).is_ok().then(|| run.clone());
    }

    /// Runs pytest once.
    pub(crate) fn run(
        &mut self,
        system: &dyn System,
        run: &Run,
        panic_file: &dyn Fn(&str) -> String,
        cancel: &Cancel,
        emit: &dyn Fn(Event),
    ) -> Suite {
        self.prepare(system, run);
        let mut exchange = Exchange {
            zygote: self,
            system,
            run,
            shown: Shown {
                root: &run.cwd,
                panic_file,
            },
            cancel,
            emit,
            suite: Suite {
                end: End::Cancelled,
                ..Suite::unusable("")
            },
            printed: Output::default(),
            is_marked: false,
            internal_error: None,
            finished: None,
            exceeded: None,
            collected: 0,
            ran: 0,
            phases: Phases::begin(system.now()),
        };
        if let Err(end) = exchange.wait_until_ready() {
            exchange.suite.end = end;
        } else if let Err(error) = exchange.go() {
            exchange.zygote.state = State::Spent;
            exchange.suite.end = End::Unusable {
                reason: error.to_string(),
            };
        } else {
            exchange.suite.end = exchange.listen();
        }
        exchange.conclude()
    }

    fn send(&mut self, request: &Request) -> io::Result<()> {
        let line = serde_json::to_string(request).map_err(io::Error::other)?;
        self.process.send(&line)
    }
}

/// One exchange with the harness.
struct Exchange<'a> {
    zygote: &'a mut Zygote,
    system: &'a dyn System,
    run: &'a Run,
    shown: Shown<'a>,
    cancel: &'a Cancel,
    emit: &'a dyn Fn(Event),
    suite: Suite,
    printed: Output,
    /// Whether the end of the child's output was marked.
    is_marked: bool,
    internal_error: Option<String>,
    finished: Option<i32>,
    /// The limit that it exceeded.
    exceeded: Option<End>,
    /// How many tests pytest found, and how many of them finished.
    collected: usize,
    ran: usize,
    phases: Phases,
}

impl Exchange<'_> {
    fn go(&mut self) -> io::Result<()> {
        self.zygote.prepared = None;
        self.zygote.send(&Request::Go)
    }

    fn wait_until_ready(&mut self) -> Result<(), End> {
        let deadline = self.system.now() + START_LIMIT;
        while self.zygote.state == State::Starting {
            if self.cancel.is_cancelled() {
                return Err(End::Cancelled);
            }
            if self.system.now() > deadline {
                self.abandon();
                return Err(End::Unusable {
                    reason: "Python didn't load pytest in time".to_owned(),
                });
            }
            match self.next() {
                Received::Reply(reply) => match *reply {
                    Reply::Ready {
                        reusable,
                        loaded,
                        searched,
                        ..
                    } => {
                        self.zygote.state = State::Idle { reusable };
                        self.zygote.loaded = Seen::now(self.system, loaded);
                        self.zygote.searched = searched;
                    }
                    Reply::Unusable { text } => {
                        self.zygote.state = State::Spent;
                        return Err(End::Unusable { reason: text });
                    }
                    _ => {}
                },
                Received::Gone(_) => {
                    return Err(End::Unusable {
                        reason: self.printed.last_line(),
                    });
                }
                Received::Nothing => {}
            }
        }
        Ok(())
    }

    /// Handles events until the child has exited.
    fn listen(&mut self) -> End {
        let deadline = self.system.now() + self.run.limit + AFTER_NOTE;
        let mut stopped: Option<(End, Duration)> = None;
        loop {
            match self.next() {
                Received::Reply(reply) if matches!(*reply, Reply::Exited { id, .. } if id == self.zygote.runs) =>
                {
                    let Reply::Exited { status, signal, .. } = *reply else {
                        continue;
                    };
                    if self.zygote.state == (State::Idle { reusable: false }) {
                        self.zygote.state = State::Spent;
                    }
                    self.drain();
                    let exit = match (status, signal) {
                        (_, Some(signal)) => Exit::Signal(signal),
                        (status, None) => Exit::Code(status.unwrap_or(-1)),
                    };
                    let exceeded = self.exceeded.take();
                    return stopped
                        .map(|(end, _)| end)
                        .or(exceeded)
                        .unwrap_or_else(|| self.end(exit));
                }
                Received::Reply(reply) => self.handle(*reply),
                Received::Gone(exit) => {
                    return stopped.map_or_else(
                        || limit_in(&self.printed.text()).unwrap_or(End::Died { exit }),
                        |(end, _)| end,
                    );
                }
                Received::Nothing => {}
            }
            let now = self.system.now();
            match &stopped {
                None => {
                    let end = if self.cancel.is_cancelled() {
                        End::Cancelled
                    } else if now >= deadline
                        && (now >= deadline + BEFORE_NOTE || self.has_dumped())
                    {
                        End::TimedOut {
                            limit: self.run.limit,
                        }
                    } else {
                        continue;
                    };
                    let look = matches!(end, End::TimedOut { .. });
                    if self.ask_to_stop(look).is_err() {
                        self.abandon();
                    }
                    stopped = Some((end, now + STOP_LIMIT));
                }
                Some((_, patience)) if now > *patience => self.abandon(),
                Some(_) => {}
            }
        }
    }

    /// Whether the harness has recorded where the run is.
    fn has_dumped(&self) -> bool {
        let dumped = self.system.read(&self.run.trace);
        dumped.is_ok_and(|dumped| !dumped.is_empty())
    }

    fn ask_to_stop(&mut self, look: bool) -> io::Result<()> {
        self.zygote.send(&Request::Stop { look })
    }

    /// Gives up on the whole process.
    fn abandon(&mut self) {
        self.zygote.process.kill();
        self.zygote.state = State::Spent;
    }

    /// Reads the rest of standard error after the child has exited: the two streams are read in parallel, and the harness marks
    /// the end of the child's output.
    fn drain(&mut self) {
        let deadline = self.system.now() + STOP_LIMIT;
        while !self.is_marked && self.system.now() < deadline {
            match self.zygote.next() {
                Some(ProcessEvent::Line(Stream::Stderr, line)) => self.print(&line),
                Some(ProcessEvent::Line(Stream::Stdout, _)) | None => {}
                Some(ProcessEvent::Exited(_)) => {
                    self.zygote.state = State::Spent;
                    return;
                }
            }
        }
    }

    /// Handles a line of output.
    fn print(&mut self, line: &str) {
        let printed = match line.split_once(END_MARK) {
            // A child that was prepared but never needed also marks its end.
            Some((before, id)) => {
                if id.trim().parse() != Ok(self.zygote.runs) {
                    // It's from a child before the current one, whose output isn't part of the run.
                    self.printed = Output::default();
                    return;
                }
                self.is_marked = true;
                before
            }
            None => line,
        };
        if !(self.is_marked && printed.is_empty()) {
            (self.emit)(Event::Line {
                from: "pytest".to_owned(),
                text: printed.to_owned(),
            });
            self.printed.push(printed);
        }
    }

    fn end(&self, exit: Exit) -> End {
        match (self.finished, exit) {
            // An exit status only counts if pytest itself reported that it finished.
            // pytest counts a session that was stopped with `pytest.exit(returncode=0)` as a success.
            (Some(0), Exit::Code(0)) if self.ran < self.collected => End::Short {
                ran: self.ran,
                of: self.collected,
            },
            (Some(status), Exit::Code(code)) if code == status => End::Finished { status },
            (_, exit) => End::Died { exit },
        }
    }

    fn next(&mut self) -> Received {
        match self.zygote.next() {
            Some(ProcessEvent::Line(Stream::Stdout, line)) => {
                match serde_json::from_str::<Reply>(&line) {
                    Ok(reply) => Received::Reply(Box::new(reply)),
                    Err(error) => {
                        tracing::warn!(%error, line, "the harness printed a line that isn't an event");
                        Received::Nothing
                    }
                }
            }
            Some(ProcessEvent::Line(Stream::Stderr, line)) => {
                self.print(&line);
                Received::Nothing
            }
            Some(ProcessEvent::Exited(exit)) => {
                self.zygote.state = State::Spent;
                Received::Gone(exit)
            }
            None => Received::Nothing,
        }
    }

    fn handle(&mut self, reply: Reply) {
        match reply {
            Reply::TestStarted { id } => {
                (self.emit)(Event::TestStarted { id: id.clone() });
                self.suite.running = Some(id);
            }
            Reply::TestFinished { .. } => {
                self.suite.running = None;
                self.ran += 1;
            }
            Reply::Test(mut report) => {
                self.suite.pythons.append(&mut report.pythons);
                let test = reports::test(&report, &self.shown);
                if report.outcome == "skipped" && report.xfail.is_none() {
                    self.suite.skipped.push(reports::skip(&report));
                }
                if report.outcome == "failed" {
                    let printed = self.printed.text();
                    self.suite
                        .failed
                        .push(reports::failure(&report, &printed, &self.shown));
                }
                (self.emit)(Event::Tested(test.clone()));
                // A test that passes but then fails to clean up has failed, and so has one that passes after one of its subtests
                // failed. An attempt that a plugin repeats doesn't count as a failure.
                let has_failed = self.suite.failed.iter().any(|one| one.id == test.id);
                if !has_failed || test.outcome == Outcome::Failed {
                    self.suite.tests.retain(|earlier| earlier.id != test.id);
                    self.suite.tests.push(test);
                }
            }
            Reply::CollectFailed(report) => {
                let printed = self.printed.text();
                self.suite
                    .failed
                    .push(reports::failure(&report, &printed, &self.shown));
            }
            Reply::CollectSkipped(report) => self.suite.skipped.push(reports::skip(&report)),
            Reply::Imported { found, error } => {
                let module = self.run.module.as_ref().map(|(module, _)| module.as_str());
                reports::imported(&mut self.suite, module, &found, error, &self.shown);
            }
            Reply::Replaced { name, file } => self.suite.replaced.push((name, file)),
            Reply::Unraisable { id, text } => self.suite.unraisable.push((id, text)),
            Reply::Load { main, all } => self.suite.load = Some(Load { main, all }),
            Reply::InternalError { text } => self.internal_error = Some(text),
            Reply::Collected { count, seconds } => {
                self.collected = count;
                (self.emit)(Event::Collected { count });
                self.phases.collected(seconds);
            }
            Reply::Read(mut reads) => {
                reads.since = self.zygote.started;
                reads
                    .files
                    .extend(self.zygote.loaded.paths().map(Path::to_owned));
                reads
                    .directories
                    .extend(self.zygote.searched.iter().cloned());
                self.suite.reads = Some(reads);
            }
            Reply::Finished { status, seconds } => {
                self.phases.finished(seconds, self.system.now());
                self.finished = Some(status);
            }
            Reply::Exceeded { what, used, most } => {
                self.exceeded = Some(End::Exceeded { what, used, most });
            }
            Reply::Ready { .. } | Reply::Unusable { .. } | Reply::Exited { .. } => {}
        }
    }

    fn conclude(mut self) -> Suite {
        self.suite.timings = self.phases.timings(self.system.now());
        // Processes that a test moved to their own sessions would otherwise stay until the harness exits, in watch mode for hours.
        self.zygote.process.end_orphans();
        let mut output = self.printed.text();
        if let Some(error) = self.internal_error.take() {
            output.push('\n');
            output.push_str(&error);
        }
        let died = matches!(
            self.suite.end,
            End::Died { .. } | End::TimedOut { .. } | End::Exceeded { .. }
        );
        if died {
            let dumped = self
                .system
                .read(&self.run.trace)
                .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
                .unwrap_or_default();
            trace::record(&mut self.suite, &mut output, &dumped, &self.run.cwd);
        }
        self.suite.output = output;
        self.suite
    }
}

enum Received {
    Reply(Box<Reply>),
    Gone(Exit),
    Nothing,
}
