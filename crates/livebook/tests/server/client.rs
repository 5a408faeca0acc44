//! A client that sends exactly what a test writes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::time::Duration;

pub(crate) struct Client {
    pub(crate) port: u16,
    host: String,
}

/// A response, complete.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// A response that is still being sent.
pub(crate) struct Stream {
    pub(crate) reader: BufReader<TcpStream>,
}

impl Client {
    pub(crate) fn of(port: u16) -> Self {
        Self {
            port,
            host: format!("127.0.0.1:{port}"),
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .unwrap();
        stream
    }

    /// Sends bytes as they are and reads the response.
    pub(crate) fn raw(&self, request: &str) -> Reply {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        Reply {
            status: head.split(' ').nth(1).unwrap_or("0").parse().unwrap(),
            head: head.to_lowercase(),
            body: body.to_owned(),
        }
    }

    /// A request with these lines in its head, and the right `Host`.
    pub(crate) fn send(&self, method: &str, path: &str, lines: &[&str], body: &str) -> Reply {
        let lines: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
        let length = body.len();
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nContent-Length: {length}\r\n{lines}\r\n{body}",
            self.host
        ))
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        self.send("GET", path, &[], "")
    }

    pub(crate) fn act(&self, token: &str, json: &str) -> Reply {
        let token = format!("Wr-Token: {token}");
        let lines = ["Content-Type: application/json", token.as_str()];
        self.send("POST", "/.wr/act", &lines, json)
    }

    /// The stream of states.
    pub(crate) fn stream(&self, token: &str) -> Stream {
        let mut stream = self.connect();
        let host = &self.host;
        write!(
            stream,
            "GET /.wr/stream HTTP/1.1\r\nHost: {host}\r\nWr-Token: {token}\r\n\r\n"
        )
        .unwrap();
        Stream {
            reader: BufReader::new(stream),
        }
    }
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.head
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

impl Stream {
    /// The next state's exercise and notice; `None` when the stream has ended.
    pub(crate) fn next(&mut self) -> Option<(String, Option<String>)> {
        loop {
            let mut line = String::new();
            if self.reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            // Chunks have their lengths between the lines.
            let Ok(said) = serde_json::from_str::<serde_json::Value>(&line) else {
                continue;
            };
            if let Some(seat) = said.get("seat") {
                let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
                return Some((
                    text(&seat["exercise"]).unwrap(),
                    text(&seat["notice"]["text"]),
                ));
            }
        }
    }
}
