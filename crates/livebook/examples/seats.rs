//! Serves a book with states from standard input, one JSON document a line, for `cargo xtask browser`.
//!
//! Prints the address first, then every action that a page asks for. `seats COURSE STATE_DIR`

#![allow(
    clippy::disallowed_methods,
    reason = "like a test, an example is a separate program"
)]

use std::io::{BufRead, Write};
use std::path::PathBuf;

use wr_livebook::{BookSource, Options, Seat, Server};

fn main() {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(course), Some(state_dir)) = (arguments.next(), arguments.next()) else {
        panic!("usage: seats COURSE STATE_DIR");
    };
    let options = Options {
        source: BookSource::find(&course).expect("a course with a book"),
        rendered: state_dir.join("book"),
        note: state_dir.join("book.json"),
        port: None,
        host_name: None,
    };
    let server = Server::start(options, |action| {
        let action = serde_json::to_string(&action).expect("an action is JSON");
        writeln!(std::io::stdout(), "{action}").expect("standard output is open");
    })
    .expect("a server");
    writeln!(std::io::stdout(), "{}", server.addresses()[0]).expect("standard output is open");
    for line in std::io::stdin().lock().lines() {
        let seat: Seat = serde_json::from_str(&line.expect("a line")).expect("a seat");
        server.publish(seat);
    }
}
