//! The server over real sockets: who gets in, what is answered, and clients that are slow, vanish or come in numbers.

// The configured exception for tests doesn't cover functions outside test modules.
#![allow(clippy::unwrap_used)]

mod client;
mod requests;
mod restarts;
mod strangers;
mod streams;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};

use wr_livebook::{Action, BookSource, Entry, Options, Progress, Seat, Server};

use crate::client::Client;

/// A course with a small book, and a server for it.
struct Place {
    dir: tempfile::TempDir,
    server: Option<Server>,
    actions: Receiver<Action>,
}

impl Place {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        write("book/book.toml", "[book]\ntitle = \"A book\"\n");
        write(
            "book/src/SUMMARY.md",
            "- [One](a/one.md)\n- [Two](a/two.md)\n",
        );
        write("book/src/a/one.md", "# One\n\nThe first page.\n");
        write("book/src/a/two.md", "# Two\n");
        let (server, actions) = start(dir.path(), None);
        Self {
            dir,
            server: Some(server),
            actions,
        }
    }

    fn server(&self) -> &Server {
        self.server.as_ref().unwrap()
    }

    /// The part of the address that the browser keeps to itself.
    fn token(&self) -> String {
        let address = self.address();
        address.split_once('#').unwrap().1.to_owned()
    }

    fn address(&self) -> String {
        self.server().addresses().swap_remove(0)
    }

    fn client(&self) -> Client {
        Client::of(self.server().port())
    }

    fn path(&self, below: &str) -> PathBuf {
        self.dir.path().join(below)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.path(path), text).unwrap();
    }

    /// Ends the server and starts another.
    fn restart(&mut self) {
        self.server = None;
        let (server, actions) = start(self.dir.path(), None);
        self.server = Some(server);
        self.actions = actions;
    }
}

fn options(course: &Path, port: Option<u16>) -> Options {
    Options {
        source: BookSource::find(course).unwrap(),
        rendered: course.join(".wr/book"),
        note: course.join(".wr/book.json"),
        port,
        host_name: Some("box.example:8080".parse().unwrap()),
    }
}

fn start(course: &Path, port: Option<u16>) -> (Server, Receiver<Action>) {
    let (sender, actions) = mpsc::channel();
    let act = move |action| {
        let _ = sender.send(action);
    };
    let server = Server::start(options(course, port), act).unwrap();
    server.publish(seat("a/one"));
    (server, actions)
}

fn seat(exercise: &str) -> Seat {
    let entry = |id: &str| Entry {
        id: id.to_owned(),
        progress: Progress::Opened,
    };
    Seat {
        exercise: exercise.to_owned(),
        exercises: vec![entry("a/one"), entry("a/two")],
        ..Seat::default()
    }
}
