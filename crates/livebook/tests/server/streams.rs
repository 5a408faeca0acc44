//! The stream of states.

use std::io::{Read, Write};
use std::thread;
use std::time::{Duration, Instant};

use wr_livebook::{Notice, Seat};

use crate::{Place, seat};

fn notice(number: u64, text: &str) -> Seat {
    Seat {
        notice: Some(Notice {
            number,
            text: text.to_owned(),
        }),
        ..seat("a/one")
    }
}

#[test]
fn every_tab_sees_every_change_at_once() {
    let place = Place::new();
    let client = place.client();
    let mut tabs: Vec<_> = (0..12).map(|_| client.stream(&place.token())).collect();
    for tab in &mut tabs {
        assert_eq!(tab.next().unwrap().0, "a/one");
    }
    let start = Instant::now();
    place.server().publish(seat("a/two"));
    for tab in &mut tabs {
        assert_eq!(tab.next().unwrap().0, "a/two");
    }
    assert!(
        start.elapsed() < Duration::from_millis(500),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn a_sign_of_life_comes_without_any_change() {
    let place = Place::new();
    let mut stream = place.client().stream(&place.token());
    stream.next().unwrap();
    let mut bytes = [0; 64];
    let read = stream.reader.get_mut().read(&mut bytes).unwrap();
    let text = String::from_utf8_lossy(&bytes[..read]);
    assert!(text.contains("\"now\":"), "{text}");
}

#[test]
fn a_client_that_does_not_read_holds_nobody_up_and_gets_the_newest_state_in_the_end() {
    let place = Place::new();
    let client = place.client();
    let mut slow = client.stream(&place.token());
    let mut quick = client.stream(&place.token());
    quick.next().unwrap();
    // Far more than the buffers in between can hold.
    let long = "x".repeat(200_000);
    let start = Instant::now();
    for number in 0..200 {
        place.server().publish(notice(number, &long));
    }
    place.server().publish(notice(200, "the last"));
    assert!(
        start.elapsed() < Duration::from_secs(2),
        "{:?}",
        start.elapsed()
    );
    let last = |stream: &mut crate::client::Stream| {
        let mut seen = 0;
        while stream.next().unwrap().1.as_deref() != Some("the last") {
            seen += 1;
        }
        seen
    };
    last(&mut quick);
    thread::sleep(Duration::from_millis(200));
    assert!(
        last(&mut slow) < 150,
        "states that were out of date were kept"
    );
}

#[test]
fn clients_that_vanish_leave_room_for_others() {
    let place = Place::new();
    let client = place.client();
    // More than there may be at once.
    for _ in 0..150 {
        let mut stream = client.stream(&place.token());
        stream.next().unwrap();
    }
    assert_eq!(client.get("/.wr/panel.css").status, 200);
}

#[test]
fn half_a_request_is_given_up() {
    let place = Place::new();
    let client = place.client();
    let mut stream = client.connect();
    write!(stream, "GET / HTTP/1.1\r\nHost: 127").unwrap();
    let start = Instant::now();
    let mut rest = Vec::new();
    // Closed, or reset.
    let _ = stream.read_to_end(&mut rest);
    assert!(
        start.elapsed() < Duration::from_secs(15),
        "{:?}",
        start.elapsed()
    );
}

#[test]
fn nonsense_is_not_http() {
    let place = Place::new();
    let client = place.client();
    for request in ["\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/9.9\r\n\r\n"] {
        assert_eq!(client.raw(request).status, 400, "{request:?}");
    }
    assert_eq!(client.get("/.wr/panel.css").status, 200);
}
