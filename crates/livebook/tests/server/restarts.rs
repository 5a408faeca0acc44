//! The next run of the same course, and finding a run from outside.

use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use wr_livebook::{Server, ServerError, running_server};

use crate::{Place, options};

#[test]
fn the_next_run_has_the_same_address() {
    let mut place = Place::new();
    let address = place.address();
    let mut stream = place.client().stream(&place.token());
    stream.next().unwrap();
    let start = Instant::now();
    place.restart();
    assert_eq!(
        stream.next(),
        None,
        "the old server's connections end with it"
    );
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(place.address(), address);
    assert_eq!(
        place.client().stream(&place.token()).next().unwrap().0,
        "a/one"
    );
}

#[test]
fn if_somebody_has_taken_the_port_the_token_changes_as_well() {
    let mut place = Place::new();
    let (port, token) = (place.server().port(), place.token());
    place.server = None;
    let _other = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    place.restart();
    assert_ne!(place.server().port(), port);
    assert_ne!(place.token(), token);
}

#[test]
fn a_port_that_was_asked_for_is_the_only_one() {
    let place = Place::new();
    let port = place.server().port();
    let error = Server::start(options(place.dir.path(), Some(port)), |_| {}).unwrap_err();
    assert!(
        matches!(error, ServerError::Listen { port: named, .. } if named == port),
        "{error}"
    );
}

#[test]
fn a_running_server_is_found_and_a_stopped_one_is_not() {
    let mut place = Place::new();
    let note = place.path(".wr/book.json");
    let found = running_server(&note).unwrap();
    assert_eq!(found.address, place.address());
    assert_eq!(found.pid, std::process::id());
    let port = place.server().port();
    place.server = None;
    assert_eq!(running_server(&note), None);
    // Another program on the same port doesn't know the token.
    let other = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).unwrap();
    let pretend = std::thread::spawn(move || {
        use std::io::{Read, Write};
        let (mut stream, _) = other.accept().unwrap();
        let mut request = [0; 1024];
        let read = stream.read(&mut request).unwrap();
        let answer = "0".repeat(64);
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Length: 64\r\n\r\n{answer}"
        )
        .unwrap();
        String::from_utf8_lossy(&request[..read]).into_owned()
    });
    let token = std::fs::read_to_string(&note).unwrap();
    let token = token.split('"').nth_back(1).unwrap().to_owned();
    assert_eq!(running_server(&note), None);
    assert!(!pretend.join().unwrap().contains(&token));
}

#[test]
fn a_ticket_is_good_for_the_token_once() {
    let place = Place::new();
    let client = place.client();
    let redeem = |address: &str| {
        let ticket = address.split_once('#').unwrap().1;
        assert!(!ticket.contains(&place.token()));
        let line = format!("Wr-Ticket: {ticket}");
        let reply = client.send("POST", "/.wr/token", &[&line], "");
        (reply.status, reply.body)
    };
    let found = running_server(&place.path(".wr/book.json")).unwrap();
    for address in [
        found.address_with_ticket,
        place.server().address_with_ticket().unwrap(),
    ] {
        assert_eq!(redeem(&address), (200, place.token()));
        assert_eq!(redeem(&address).0, 401);
    }
    assert_eq!(client.send("POST", "/.wr/token", &[], "").status, 401);
    assert_eq!(client.send("POST", "/.wr/ticket", &[], "").status, 401);
}

#[test]
fn a_server_without_a_place_for_its_note_still_serves() {
    let place = Place::new();
    place.write("file", "");
    let mut options = options(place.dir.path(), None);
    options.note = place.path("file/book.json");
    let server = Server::start(options, |_| {}).unwrap();
    assert!(server.remark().unwrap().contains("book.json"));
    assert_eq!(
        crate::client::Client::of(server.port()).get("/").status,
        200
    );
}
