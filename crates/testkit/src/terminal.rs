//! Runs `wr` on a terminal, as if a person sat in front of it.

use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

use crate::{Invocation, survivors};

/// How long to wait for output.
const PATIENCE: Duration = Duration::from_mins(2);

/// A terminal that `wr` runs on.
pub struct Terminal {
    master: Box<dyn MasterPty + Send>,
    /// The terminal's modes before the program changed them, if the system reports them.
    modes: Option<String>,
    child: Box<dyn Child + Send + Sync>,
    keyboard: Box<dyn Write + Send>,
    screen: Arc<Mutex<String>>,
    reader: JoinHandle<()>,
    /// The sizes that it had, with how much had been printed until then.
    sizes: Vec<(usize, u16, u16)>,
    /// How much of the screen was already read.
    read: usize,
    mark: String,
}

impl Invocation {
    /// Starts it on a terminal.
    pub fn on_terminal(self) -> Terminal {
        self.on_terminal_of_width(120)
    }

    /// The same, with this width in characters.
    pub fn on_terminal_of_width(self, cols: u16) -> Terminal {
        self.on_terminal_with(cols, "xterm-256color")
    }

    /// The same, on a terminal of this kind.
    pub fn on_terminal_called(self, term: &str) -> Terminal {
        self.on_terminal_with(120, term)
    }

    fn on_terminal_with(self, cols: u16, term: &str) -> Terminal {
        let size = PtySize {
            rows: 40,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        let pair = native_pty_system()
            .openpty(size)
            .expect("there are terminals left");
        let mut command = CommandBuilder::new(&self.program);
        command.args(&self.args);
        command.cwd(&self.cwd);
        command.env_clear();
        for (name, value) in &self.env {
            command.env(name, value);
        }
        command.env("TERM", term);
        let modes = modes(&*pair.master);
        let child = pair
            .slave
            .spawn_command(command)
            .expect("wr can be started");
        let keyboard = pair.master.take_writer().expect("nobody else types");
        let mut from = pair
            .master
            .try_clone_reader()
            .expect("a terminal can be read");
        let screen = Arc::new(Mutex::new(String::new()));
        let shared = Arc::clone(&screen);
        let reader = std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(read @ 1..) = from.read(&mut buffer) {
                let text = String::from_utf8_lossy(&buffer[..read]).into_owned();
                shared
                    .lock()
                    .expect("nobody fails with the lock")
                    .push_str(&text);
            }
        });
        // The reader ends once every process on the terminal has closed it, and we must not hold it open ourselves.
        drop(pair.slave);
        Terminal {
            modes,
            master: pair.master,
            reader,
            child,
            keyboard,
            screen,
            sizes: vec![(0, size.rows, size.cols)],
            read: 0,
            mark: self.mark,
        }
    }
}

/// The terminal's settings: whether it echoes input, passes it on line by line, and so on.
#[cfg(unix)]
fn modes(master: &(dyn MasterPty + Send)) -> Option<String> {
    Some(format!("{:?}", master.get_termios()?.local_flags))
}

/// Unknown on this platform.
#[cfg(not(unix))]
fn modes(_: &(dyn MasterPty + Send)) -> Option<String> {
    None
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).expect("a terminal has a size")
}

impl Terminal {
    /// Waits until this string appears after what was last waited for.
    #[track_caller]
    pub fn expect(&mut self, text: &str) -> &mut Self {
        let started = Instant::now();
        loop {
            let screen = self.screen();
            if let Some(at) = screen[self.read..].find(text) {
                self.read += at + text.len();
                return self;
            }
            let has_ended = self
                .child
                .try_wait()
                .expect("it can be waited for")
                .is_some();
            assert!(
                !(has_ended && self.reader.is_finished())
                    || self.screen()[self.read..].contains(text),
                "ended without {text:?}:\n{}",
                self.screen()
            );
            assert!(started.elapsed() < PATIENCE, "no {text:?}:\n{screen}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Waits until this string is on the screen, as a person sees it.
    #[track_caller]
    pub fn shows(&self, text: &str) -> &Self {
        self.shows_when(text, true)
    }

    /// Waits until this string is no longer on the screen.
    #[track_caller]
    pub fn hides(&self, text: &str) -> &Self {
        self.shows_when(text, false)
    }

    #[track_caller]
    fn shows_when(&self, text: &str, is_shown: bool) -> &Self {
        let started = Instant::now();
        while self.rows().contains(text) != is_shown {
            assert!(
                started.elapsed() < PATIENCE,
                "{text:?} is missing or left:\n{}",
                self.rows()
            );
            std::thread::sleep(Duration::from_millis(10));
        }
        self
    }

    /// What a person sees now, line by line.
    pub fn rows(&self) -> String {
        self.emulated().screen().contents()
    }

    /// Whether it shows a screen of its own, which leaves what was there before alone.
    pub fn is_on_alternate_screen(&self) -> bool {
        self.emulated().screen().alternate_screen()
    }

    /// Whether the cursor is hidden.
    pub fn hides_cursor(&self) -> bool {
        self.emulated().screen().hide_cursor()
    }

    /// A terminal that has taken in everything that was printed.
    fn emulated(&self) -> vt100::Parser {
        let printed = self.screen();
        let (_, rows, cols) = self.sizes[0];
        let mut emulator = vt100::Parser::new(cells(rows), cells(cols), 1000);
        let mut done = 0;
        for (until, rows, cols) in &self.sizes {
            emulator.process(&printed.as_bytes()[done..(*until).min(printed.len())]);
            done = *until;
            emulator.screen_mut().set_size(cells(*rows), cells(*cols));
        }
        emulator.process(&printed.as_bytes()[done..]);
        emulator
    }

    /// Gives it another size.
    pub fn resize(&mut self, rows: u16, cols: u16) {
        self.sizes.push((self.screen().len(), rows, cols));
        let size = PtySize {
            rows,
            cols,
            pixel_width: 0,
            pixel_height: 0,
        };
        self.master.resize(size).expect("a terminal has a size");
    }

    /// The process ID of the program.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Types keys.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        self.keyboard
            .write_all(keys.as_bytes())
            .expect("the terminal is open");
        self.keyboard.flush().expect("the terminal is open");
        self
    }

    /// Everything printed so far.
    pub fn screen(&self) -> String {
        self.screen
            .lock()
            .expect("nobody fails with the lock")
            .clone()
    }

    /// Waits for it to end, checks that nothing outlives it and that the terminal is restored, and returns the exit
    /// status with the output.
    #[track_caller]
    pub fn end(mut self) -> (u32, String) {
        let started = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().expect("it can be waited for") {
                break status;
            }
            if started.elapsed() > PATIENCE {
                self.child.kill().expect("it runs and is ours");
                panic!("no end:\n{}", self.screen());
            }
            std::thread::sleep(Duration::from_millis(10));
        };
        survivors::none_of(&self.mark);
        let left = modes(&*self.master);
        assert_eq!(left, self.modes, "the terminal was not restored");
        let screen = Arc::clone(&self.screen);
        self.reader.join().expect("reading does not fail");
        let screen = screen.lock().expect("nobody fails with the lock").clone();
        (status.exit_code(), screen)
    }
}
