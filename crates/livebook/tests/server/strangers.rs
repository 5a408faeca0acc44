//! Requests from elsewhere.

use crate::Place;

#[test]
fn another_name_is_refused_on_every_path() {
    let place = Place::new();
    let client = place.client();
    let port = client.port;
    for path in [
        "/",
        "/index.html",
        "/.wr/open",
        "/.wr/panel.js",
        "/.wr/stream",
        "/.wr/proof?1",
    ] {
        for host in [
            "evil.example",
            &format!("evil.example:{port}"),
            &format!("localhost:{port}"),
            "127.0.0.1",
        ] {
            let reply = client.raw(&format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\nWr-Token: {}\r\nConnection: close\r\n\r\n",
                place.token()
            ));
            assert_eq!(reply.status, 403, "{path} at {host}");
            assert!(reply.body.contains("--host-name"), "{}", reply.body);
        }
    }
}

#[test]
fn the_name_of_a_forwarded_port_is_known() {
    let place = Place::new();
    let client = place.client();
    let ask = |host: &str, origin: &str| {
        client
            .raw(&format!(
                "GET /.wr/panel.css HTTP/1.1\r\nHost: {host}\r\nOrigin: {origin}\r\nConnection: close\r\n\r\n"
            ))
            .status
    };
    assert_eq!(ask("box.example:8080", "https://box.example:8080"), 200);
    assert_eq!(ask("box.example:8080", "https://box.example"), 403);
    assert_eq!(ask("box.example", "https://box.example"), 403);
    assert_eq!(
        place.server().addresses()[1],
        format!("http://box.example:8080/.wr/open#{}", place.token())
    );
}

#[test]
fn another_origin_is_refused_even_with_the_token() {
    let place = Place::new();
    let client = place.client();
    let token = format!("Wr-Token: {}", place.token());
    let own = format!("Origin: http://127.0.0.1:{}", client.port);
    let json = r#"{"action":"hint","exercise":"a/one"}"#;
    let act = |origin: &str| {
        let lines = ["Content-Type: application/json", &token, origin];
        client.send("POST", "/.wr/act", &lines, json).status
    };
    assert_eq!(act("Origin: http://evil.example"), 403);
    assert_eq!(act("Origin: null"), 403);
    assert_eq!(act(&own), 202);
    assert_eq!(place.actions.try_iter().count(), 1);
}

#[test]
fn without_the_token_there_is_no_state_and_no_action() {
    let place = Place::new();
    let client = place.client();
    let wrong = "0".repeat(32);
    for token in ["", &wrong, &place.token()[..31]] {
        let line = format!("Wr-Token: {token}");
        let reply = client.send("GET", "/.wr/stream", &[&line], "");
        assert_eq!(reply.status, 401, "{token}");
        let reply = client.act(token, r#"{"action":"hint","exercise":"a/one"}"#);
        assert_eq!(reply.status, 401, "{token}");
    }
    assert_eq!(client.get("/.wr/stream").status, 401);
    // Neither in an address, where it would be logged, nor as a cookie, which other servers on this machine would get.
    let token = place.token();
    assert_eq!(client.get(&format!("/.wr/stream?{token}")).status, 401);
    let cookie = format!("Cookie: wr-token={token}");
    assert_eq!(
        client.send("GET", "/.wr/stream", &[&cookie], "").status,
        401
    );
    assert_eq!(place.actions.try_iter().count(), 0);
}

#[test]
fn a_public_answer_never_contains_the_token() {
    let place = Place::new();
    let client = place.client();
    for path in [
        "/",
        "/.wr/open",
        "/.wr/panel.js",
        "/.wr/proof?1",
        "/gone.html",
    ] {
        let reply = client.get(path);
        assert!(!reply.body.contains(&place.token()), "{path}");
        assert!(!reply.head.contains(&place.token()), "{path}");
    }
}
