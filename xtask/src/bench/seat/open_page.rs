//! A page of the book that is open: it receives every state, as the page's script does in a browser.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use super::bench_course::BenchCourse;
use crate::bench::bench_dir::{BenchDir, command};

/// If no state has arrived by then, none will.
const PATIENCE: Duration = Duration::from_mins(1);

/// The connection ends when this does.
pub(super) struct OpenPage {
    stream: TcpStream,
    states: Receiver<(Instant, String)>,
}

impl OpenPage {
    /// Opens a page of the course's book, which a watch serves.
    pub(super) fn open(bench_dir: &BenchDir, course: &BenchCourse) -> anyhow::Result<Self> {
        let output = command(&bench_dir.wr, course.dir())
            .args(["book", "--no-browser"])
            .output()?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let (host, token) = printed
            .split_whitespace()
            .find_map(|word| word.strip_prefix("http://")?.split_once("/.wr/open#"))
            .with_context(|| format!("wr book shows no address:\n{printed}"))?;
        let mut stream = TcpStream::connect(host)?;
        write!(
            stream,
            "GET /.wr/stream HTTP/1.1\r\nHost: {host}\r\nWr-Token: {token}\r\n\r\n"
        )?;
        let mut lines = BufReader::new(stream.try_clone()?).lines();
        let (send, states) = mpsc::channel();
        std::thread::spawn(move || {
            while let Some(Ok(line)) = lines.next() {
                if send.send((Instant::now(), line)).is_err() {
                    return;
                }
            }
        });
        let page = Self { stream, states };
        page.until("\"seat\"")?;
        Ok(page)
    }

    /// Waits for a state that contains this, and returns when it arrived.
    pub(super) fn until(&self, wanted: &str) -> anyhow::Result<Instant> {
        let began = Instant::now();
        while let Ok((at, state)) = self.states.recv_timeout(PATIENCE) {
            if state.contains(wanted) {
                return Ok(at);
            }
            // There's a sign of life every few seconds.
            if began.elapsed() > PATIENCE {
                break;
            }
        }
        bail!("no state of the book contains {wanted}")
    }
}

impl Drop for OpenPage {
    fn drop(&mut self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Both);
    }
}
