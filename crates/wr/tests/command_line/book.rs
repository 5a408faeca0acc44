//! `wr book`: what the terminal shows, and which browser gets which address. `cargo xtask browser` tries the pages.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use serde_json::Value;
use testkit::{Running, Workshop, workshop};

const PASSING: &str = "def test_it():\n    pass\n";

/// A course with two exercises and a book.
fn course(at: &Workshop, name: &str) {
    at.course()
        .python_exercise(&format!("01_{name}/01_x"), PASSING)
        .python_exercise(&format!("01_{name}/02_y"), PASSING);
    at.write("book/book.toml", "[book]\ntitle = \"A course\"\n");
    at.write(
        "book/src/SUMMARY.md",
        format!("- [X](01_{name}/01_x.md)\n- [Y](01_{name}/02_y.md)\n"),
    );
    at.write(format!("book/src/01_{name}/01_x.md"), "# X\n\nDo it.\n");
    at.write(format!("book/src/01_{name}/02_y.md"), "# Y\n");
}

/// The address that a running `wr` has printed.
fn address(running: &mut Running) -> String {
    let printed = running.printed("/.wr/open#");
    let rest = running.printed("\n");
    let start = printed.find("http://").unwrap();
    format!("{}{}", &printed[start..], rest.trim_end())
}

/// Asks a server for something, as a browser does.
fn ask(address: &str, method: &str, path: &str, header: &str) -> String {
    let host = address.split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(host).unwrap();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{header}\r\n\r\n"
    )
    .unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    reply
}

#[test]
fn the_book_is_served_while_the_exercise_is_watched() {
    let at = workshop!("book-served");
    course(&at, "bserved");
    let mut running = at.wr(["book", "--no-browser", "02_y"]).start();
    let address = address(&mut running);
    running.printed("Ctrl-C to quit\n");
    let page = ask(&address, "GET", "/01_bserved/01_x.html", "Accept: */*");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("Do it."));

    // A second one opens the same book, and takes the watch to another exercise.
    let mut second = at.wr(["book", "--no-browser", "01_x"]).start();
    second.printed(&address);
    second.printed("The watch that is already running serves it.");
    running.printed("01_bserved/01_x was opened elsewhere");
    let mut third = at.wr(["book", "--no-browser", "--port", "4000"]).start();
    third.complained("already serves this book");
    running.interrupt();
    running.wait().status(130);
    second.wait().status(0);
    third.wait().status(2);
}

/// The states that a page receives.
struct States {
    lines: std::io::Lines<BufReader<TcpStream>>,
    address: String,
}

impl States {
    fn of(address: &str) -> Self {
        let (host, token) = (address.split('/').nth(2).unwrap(), token(address));
        let mut stream = TcpStream::connect(host).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        write!(
            stream,
            "GET /.wr/stream HTTP/1.1\r\nHost: {host}\r\nWr-Token: {token}\r\n\r\n"
        )
        .unwrap();
        Self {
            lines: BufReader::new(stream).lines(),
            address: address.to_owned(),
        }
    }

    /// The next state that is like this.
    fn until(&mut self, is_like_this: impl Fn(&Value) -> bool) -> Value {
        loop {
            let line = self.lines.next().unwrap().unwrap();
            let seat = serde_json::from_str::<Value>(&line)
                .ok()
                .and_then(|mut said| said.get_mut("seat").map(Value::take));
            if let Some(seat) = seat.filter(&is_like_this) {
                return seat;
            }
        }
    }

    /// Presses a button.
    fn press(&self, action: &str, exercise: &str) {
        let (host, token) = (
            self.address.split('/').nth(2).unwrap(),
            token(&self.address),
        );
        let body = format!(r#"{{"action":"{action}","exercise":"{exercise}"}}"#);
        let header = format!(
            "Origin: http://{host}\r\nWr-Token: {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let reply = ask(&self.address, "POST", "/.wr/act", &header);
        assert!(reply.starts_with("HTTP/1.1 202"), "{reply}");
    }
}

fn token(address: &str) -> &str {
    address.split('#').nth(1).unwrap()
}

#[test]
fn a_page_receives_what_the_learner_needs() {
    let at = workshop!("book-states");
    course(&at, "bstates");
    let file = "exercises/01_bstates/01_x/test_it.py";
    at.write(file, "def test_it():\n    assert 1 == 2\n");
    at.write(
        "exercises/01_bstates/01_x/.wr.toml",
        "hints = [\"Look at `test_it`.\", \"Change it.\"]\n",
    );
    at.write("solutions/01_bstates/01_x/test_it.py", PASSING);
    at.write("solutions/01_bstates/01_x/WHY.md", "It **passes**.\n");
    let mut running = at.wr(["book", "--no-browser", "01_x"]).start();
    let mut states = States::of(&address(&mut running));

    let seat = states.until(|seat| seat["verdict"]["headline"] == "tests fail");
    let finding = &seat["verdict"]["findings"][0];
    assert_eq!(finding["evidence"][0]["what"], "test_it.py:2");
    let explained = &seat["verdict"]["explanations"][finding["code"].as_str().unwrap()];
    assert_eq!(explained[0]["kind"], "paragraph", "{seat}");
    assert_eq!(seat["verdict"]["tests"][0]["outcome"], "failed");
    assert_eq!(seat["solution"]["kind"], "locked");
    assert_eq!(seat["hints"]["total"], 2);
    assert_eq!(seat["exercises"][1]["progress"], "unopened");

    states.press("hint", "01_bstates/01_x");
    let seat = states.until(|seat| seat["hints"]["shown"][0].is_array());
    assert_eq!(seat["hints"]["shown"][0][0]["spans"][1]["text"], "test_it");
    states.press("solution", "01_bstates/01_x");
    let seat = states.until(|seat| !seat["notice"].is_null());
    assert_eq!(seat["solution"]["kind"], "locked");

    at.write(file, "def test_it():\n    assert True\n");
    let seat = states.until(|seat| !seat["run"].is_null());
    assert_eq!(seat["is_outdated"], true);
    assert_eq!(seat["verdict"]["headline"], "tests fail");
    states.until(|seat| {
        seat["solution"]["kind"] == "ready" && seat["exercises"][0]["progress"] == "solved"
    });
    states.press("solution", "01_bstates/01_x");
    let seat = states.until(|seat| seat["solution"]["kind"] == "shown");
    let lines = &seat["solution"]["files"][0]["hunks"][0]["lines"];
    assert!(
        lines.to_string().contains(r#"["solution","    pass"]"#),
        "{lines}"
    );

    states.press("open", "01_bstates/02_y");
    let seat = states.until(|seat| seat["exercise"] == "01_bstates/02_y");
    assert_eq!(seat["verdict"], Value::Null);
    states.press("previous", "01_bstates/02_y");
    states.until(|seat| seat["exercise"] == "01_bstates/01_x");
    states.press("next", "01_bstates/01_x");
    states.until(|seat| seat["exercise"] == "01_bstates/02_y");
    states.until(|seat| seat["verdict"]["mark"] == "good");
    // After the last exercise, the key would end the watch. A button doesn't.
    states.press("next", "01_bstates/02_y");
    states.until(|seat| !seat["notice"].is_null());
    states.press("run", "01_bstates/02_y");
    states.until(|seat| seat["verdict"]["mark"] == "good" && seat["run"].is_null());
    running.interrupt();
    running.wait().status(130);
}

#[test]
fn the_browser_gets_a_ticket_and_never_the_token() {
    let at = workshop!("book-browser");
    course(&at, "bbrowser");
    let seen = at.path("seen");
    at.write(
        "browser",
        format!(
            "#!/bin/sh\necho \"$@\" > '{}.new'\nmv '{0}.new' '{0}'\n",
            seen.display()
        ),
    );
    fs::set_permissions(at.path("browser"), fs::Permissions::from_mode(0o755)).unwrap();
    let browser = format!("'{}' --new-tab %s", at.path("browser").display());
    let mut running = at.wr(["book", "01_x"]).env("BROWSER", &browser).start();
    running.printed("The book opens in your browser");
    let address = address(&mut running);
    let token = token(&address);
    let arguments = fs::read_to_string(&seen).unwrap();
    let ticket = arguments.trim().split('#').nth(1).unwrap();
    assert!(
        arguments.starts_with("--new-tab http://127.0.0.1:"),
        "{arguments}"
    );
    assert!(!arguments.contains(token), "{arguments}");
    let header = format!("Wr-Ticket: {ticket}");
    let reply = ask(&address, "POST", "/.wr/token", &header);
    assert!(reply.ends_with(token), "{reply}");
    running.interrupt();
    running.wait().status(130);
}

#[test]
fn without_a_browser_the_address_is_enough() {
    let at = workshop!("book-no-browser");
    course(&at, "bnobrowser");
    let mut running = at
        .wr(["book", "01_x"])
        .env("BROWSER", "there-is-no-such-browser")
        .start();
    running.printed("Open the book in your browser, at this address:");
    address(&mut running);
    running.printed("Ctrl-C to quit\n");
    running.interrupt();
    let ended = running.wait();
    ended.status(130);
    assert!(
        ended.stderr.contains("tried `there-is-no-such-browser`"),
        "{}",
        ended.stderr
    );
}

#[test]
fn b_opens_the_book_of_a_watch() {
    let at = workshop!("book-key");
    course(&at, "bkey");
    let mut terminal = at
        .wr(["watch", "--plain", "01_x"])
        .env("BROWSER", "true")
        .on_terminal();
    terminal.expect("Save a file").expect("q quit");
    terminal
        .press("b")
        .expect("The book opens in your browser")
        .expect("/.wr/open#");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn b_opens_the_book_of_a_screen() {
    let at = workshop!("book-screen");
    course(&at, "bscreen");
    let mut terminal = at
        .wr(["watch", "01_x"])
        .env("BROWSER", "there-is-no-such-browser")
        .on_terminal();
    terminal.expect("✓ solved");
    // The whole address fits into a line.
    terminal.press("b").expect("Open http://127.0.0.1:");
    let screen = terminal.screen();
    let address = screen.split("Open ").nth(1).unwrap_or_default();
    let token = address.split('#').nth(1).unwrap_or_default();
    assert!(
        token
            .chars()
            .take(32)
            .all(|digit| digit.is_ascii_hexdigit())
            && token.len() >= 32,
        "{screen}"
    );
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_course_without_a_book_and_a_project_say_so() {
    let at = workshop!("book-none");
    at.course().python_exercise("01_bnone/01_x", PASSING);
    at.wr(["book"])
        .run()
        .fails("this course has no book", "`wr watch`");
    at.wr(["book", "--format", "json"]).run().status(2);
    let mut terminal = at.wr(["watch", "--plain", "01_x"]).on_terminal();
    terminal.expect("Save a file").expect("q quit");
    terminal.press("b").expect("this course has no book");
    terminal.press("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_name_or_port_that_makes_no_sense_is_refused() {
    let at = workshop!("book-names");
    course(&at, "bnames");
    at.wr(["book", "--host-name", "http://localhost:8080"])
        .run()
        .status(2)
        .complains("address bar");
    at.wr(["book", "--port", "0"]).run().status(2);
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    at.wr(["book", "--no-browser", "--port", &port])
        .run()
        .fails("cannot listen on 127.0.0.1:", "another port");
}
