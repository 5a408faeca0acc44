//! A terminal that `wr` runs on, and when each part of its output arrived.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::bench_dir::INFLUENCES;

/// If nothing has arrived by then, nothing will.
const PATIENCE: Duration = Duration::from_mins(5);

/// The size: from 120 columns on, the screen has all its parts.
const ROWS: u16 = 40;
const COLUMNS: u16 = 120;

/// The end of a synchronized update.
const END_OF_FRAME: &[u8] = b"\x1b[?2026l";

/// How a program writes to the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Output {
    /// Line by line. What has arrived is visible.
    Lines,
    /// In synchronized updates. A person sees each once it's complete.
    Frames,
}

/// A running program with its terminal.
pub(super) struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    arriving: Receiver<(Instant, Vec<u8>)>,
    visible: Visible,
    started: Instant,
    /// Without it, the terminal would be gone.
    _master: Box<dyn MasterPty + Send>,
}

/// What a person sees.
struct Visible {
    output: Output,
    emulator: vt100::Parser,
    /// The frame that isn't complete.
    incomplete: Vec<u8>,
}

impl Terminal {
    /// Starts a program.
    pub(super) fn start(
        program: &Path,
        args: &[&str],
        dir: &Path,
        output: Output,
    ) -> anyhow::Result<Self> {
        let size = PtySize {
            rows: ROWS,
            cols: COLUMNS,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system().openpty(size)?;
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(dir);
        for name in INFLUENCES {
            command.env_remove(name);
        }
        // With a log there's no screen.
        command.env_remove("WR_LOG");
        command.env("TERM", OsStr::new("xterm-256color"));
        let keyboard = pair.master.take_writer()?;
        let mut from = pair.master.try_clone_reader()?;
        let (send, arriving) = mpsc::channel();
        // The reader ends once every process on the terminal has closed it.
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65536];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                if send
                    .send((Instant::now(), buffer[..read].to_vec()))
                    .is_err()
                {
                    return;
                }
            }
        });
        let started = Instant::now();
        let child = pair
            .slave
            .spawn_command(command)
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self {
            child,
            keyboard,
            arriving,
            visible: Visible::new(output)?,
            started,
            _master: pair.master,
        })
    }

    /// When the program was started.
    pub(super) fn started(&self) -> Instant {
        self.started
    }

    /// The process ID of the program.
    pub(super) fn id(&self) -> anyhow::Result<u32> {
        self.child.process_id().context("the program has ended")
    }

    /// Waits until the terminal shows this, and returns when that arrived.
    pub(super) fn until(
        &mut self,
        what: &str,
        is_shown: impl Fn(&str) -> bool,
    ) -> anyhow::Result<Instant> {
        loop {
            let Ok((at, bytes)) = self.arriving.recv_timeout(PATIENCE) else {
                bail!("{what} never appeared:\n{}", self.visible.text());
            };
            if self.visible.take(&bytes, &is_shown) {
                return Ok(at);
            }
        }
    }

    /// What the terminal shows.
    pub(super) fn text(&self) -> String {
        self.visible.text()
    }

    /// Takes in everything until a moment, and returns how many bytes that was.
    pub(super) fn settle(&mut self, until: Instant) -> usize {
        let mut count = 0;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            match self.arriving.recv_timeout(left) {
                Ok((_, bytes)) => {
                    count += bytes.len();
                    self.visible.take(&bytes, |_| false);
                }
                Err(RecvTimeoutError::Timeout) => return count,
                Err(RecvTimeoutError::Disconnected) => {
                    std::thread::sleep(left);
                    return count;
                }
            }
        }
    }

    /// Types a key, and returns when.
    pub(super) fn press(&mut self, key: &str) -> anyhow::Result<Instant> {
        let pressed = Instant::now();
        self.keyboard.write_all(key.as_bytes())?;
        self.keyboard.flush()?;
        Ok(pressed)
    }

    /// Waits for the program to end by itself.
    pub(super) fn end(mut self) -> anyhow::Result<()> {
        let status = self.child.wait()?;
        // 1: the last verdict was another than solved.
        if status.exit_code() > 1 {
            bail!("{status}:\n{}", self.visible.text());
        }
        Ok(())
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        // If a measurement failed halfway, nothing may stay behind.
        if let Ok(None) = self.child.try_wait() {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

impl Visible {
    fn new(output: Output) -> anyhow::Result<Self> {
        let cells = |count| NonZeroU16::new(count).context("a terminal has a size");
        Ok(Self {
            output,
            emulator: vt100::Parser::new(cells(ROWS)?, cells(COLUMNS)?, 0),
            incomplete: Vec::new(),
        })
    }

    fn text(&self) -> String {
        self.emulator.screen().contents()
    }

    /// Takes in bytes. Returns whether one of the states that became visible is like this.
    fn take(&mut self, bytes: &[u8], is_like_this: impl Fn(&str) -> bool) -> bool {
        if self.output == Output::Lines {
            self.emulator.process(bytes);
            return is_like_this(&self.text());
        }
        self.incomplete.extend_from_slice(bytes);
        let mut is_found = false;
        while let Some(at) = self
            .incomplete
            .windows(END_OF_FRAME.len())
            .position(|window| window == END_OF_FRAME)
        {
            let frame: Vec<u8> = self.incomplete.drain(..at + END_OF_FRAME.len()).collect();
            self.emulator.process(&frame);
            is_found = is_found || is_like_this(&self.text());
        }
        is_found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_counts_once_it_is_complete() {
        let mut visible = Visible::new(Output::Frames).unwrap();
        let has = |wanted: &'static str| move |text: &str| text.contains(wanted);
        assert!(!visible.take(b"\x1b[?2026hverdict\x1b[?20", has("verdict")));
        assert!(visible.take(b"26l\x1b[?2026hnext", has("verdict")));
        assert!(!visible.take(b"", has("next")));
        assert!(visible.take(b"\x1b[?2026l", has("next")));
    }

    #[test]
    fn a_state_that_was_soon_replaced_counts() {
        let mut visible = Visible::new(Output::Frames).unwrap();
        let both = b"one\x1b[?2026l\x1b[2J\x1b[Htwo\x1b[?2026l";
        assert!(visible.take(both, |text| text.contains("one")));
        assert_eq!(visible.text(), "two");
    }

    #[test]
    fn a_program_on_a_terminal_gets_keys_and_ends() {
        let script = "test -t 0 && echo ready && read -r key && echo got \"$key\" && exit 1";
        let shell = Path::new("/bin/sh");
        let mut terminal =
            Terminal::start(shell, &["-c", script], Path::new("/"), Output::Lines).unwrap();
        let ready = terminal
            .until("ready", |text| text.contains("ready"))
            .unwrap();
        assert!(ready >= terminal.started());
        let pressed = terminal.press("a\n").unwrap();
        let answered = terminal
            .until("got a", |text| text.contains("got a"))
            .unwrap();
        assert!(answered >= pressed);
        terminal.end().unwrap();
    }

    #[test]
    fn lines_count_as_they_arrive() {
        let mut visible = Visible::new(Output::Lines).unwrap();
        assert!(visible.take(b"verd", |text| text.contains("verd")));
    }
}
