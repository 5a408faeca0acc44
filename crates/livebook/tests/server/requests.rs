//! What is answered to a request that may be asked.

use std::fs;

use wr_livebook::Action;

use crate::Place;

#[test]
fn every_answer_has_the_headers_that_keep_it_here() {
    let place = Place::new();
    let client = place.client();
    for path in [
        "/",
        "/a/one.html",
        "/print.html",
        "/gone.html",
        "/gone.css",
        "/.wr/open",
        "/.wr/panel.js",
        "/.wr/stream",
    ] {
        let reply = client.get(path);
        assert_eq!(
            reply.header("x-content-type-options"),
            Some("nosniff"),
            "{path}"
        );
        assert_eq!(
            reply.header("referrer-policy"),
            Some("no-referrer"),
            "{path}"
        );
        assert_eq!(reply.header("cache-control"), Some("no-store"), "{path}");
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
        let scripts = policy
            .split("script-src")
            .nth(1)
            .unwrap()
            .split(';')
            .next()
            .unwrap();
        assert!(!scripts.contains("unsafe"), "{path}: {policy}");
        assert!(!reply.head.contains("access-control"), "{path}");
        assert!(!reply.head.contains("set-cookie"), "{path}");
    }
}

#[test]
fn pages_of_the_book_have_the_panel_but_not_the_one_for_printing() {
    let place = Place::new();
    let client = place.client();
    let one = client.get("/a/one.html");
    assert_eq!(one.status, 200);
    assert!(one.body.contains("The first page.") && one.body.contains("/.wr/panel.js"));
    let policy = one.header("content-security-policy").unwrap();
    assert!(policy.contains("'sha256-"), "{policy}");
    let print = client.get("/print.html");
    assert_eq!(print.status, 200);
    assert!(!print.body.contains("/.wr/"));
    // The rendered book itself has nothing of it.
    let rendered = fs::read_dir(place.path(".wr/book"))
        .unwrap()
        .next()
        .unwrap();
    let page = fs::read_to_string(rendered.unwrap().path().join("a/one.html")).unwrap();
    assert!(!page.contains("/.wr/"));
}

#[test]
fn an_address_never_becomes_a_path() {
    let place = Place::new();
    let client = place.client();
    place.write("secret.txt", "a secret");
    for path in [
        "/../../../secret.txt",
        "/..%2f..%2f..%2fsecret.txt",
        "/%2e%2e/%2e%2e/%2e%2e/secret.txt",
        "/a/..%5c..%5csecret.txt",
        "//secret.txt",
        "/.wr/../../secret.txt",
        "/.wr/book.json",
        "/%00",
    ] {
        let reply = client.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(!reply.body.contains("a secret"), "{path}");
    }
    assert_eq!(client.get("/%ff").status, 400);
}

#[test]
fn other_methods_are_refused() {
    let place = Place::new();
    let client = place.client();
    let token = format!("Wr-Token: {}", place.token());
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
        let reply = client.send(method, "/a/one.html", &[&token], "");
        assert_eq!(
            (reply.status, reply.header("allow")),
            (405, Some("get, head")),
            "{method}"
        );
    }
    for method in ["GET", "PUT", "OPTIONS"] {
        let reply = client.send(method, "/.wr/act", &[&token], "");
        assert_eq!(
            (reply.status, reply.header("allow")),
            (405, Some("post")),
            "{method}"
        );
    }
    assert_eq!(client.send("HEAD", "/a/one.html", &[], "").status, 200);
}

#[test]
fn actions_reach_the_host() {
    let place = Place::new();
    let client = place.client();
    let act = |json: &str| client.act(&place.token(), json).status;
    assert_eq!(act(r#"{"action":"open","exercise":"a/two"}"#), 202);
    assert_eq!(act(r#"{"action":"hint","exercise":"a/one"}"#), 202);
    assert_eq!(act(r#"{"action":"open","exercise":"a/three"}"#), 404);
    assert_eq!(act(r#"{"action":"hint","exercise":"a/two"}"#), 409);
    assert_eq!(act(r#"{"action":"edit","exercise":"a/one"}"#), 400);
    assert_eq!(act("{"), 400);
    assert_eq!(
        act(&format!("{{\"action\":\"{}\"}}", "x".repeat(5000))),
        413
    );
    let token = format!("Wr-Token: {}", place.token());
    let form = ["Content-Type: text/plain", token.as_str()];
    let reply = client.send(
        "POST",
        "/.wr/act",
        &form,
        r#"{"action":"hint","exercise":"a/one"}"#,
    );
    assert_eq!(reply.status, 415);
    let id = |id: &str| id.to_owned();
    assert_eq!(
        place.actions.try_iter().collect::<Vec<_>>(),
        [
            Action::Open {
                exercise: id("a/two")
            },
            Action::Hint {
                exercise: id("a/one")
            }
        ]
    );
}

#[test]
fn a_changed_page_is_rendered_again() {
    let place = Place::new();
    let client = place.client();
    assert!(client.get("/a/one.html").body.contains("The first page."));
    place.write("book/src/a/one.md", "# One\n\nSomething else.\n");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert!(client.get("/a/one.html").body.contains("Something else."));
}

#[test]
fn a_book_that_cannot_be_rendered_says_why_or_stays_as_it_was() {
    let place = Place::new();
    let client = place.client();
    place.write("book/book.toml", "[book\n");
    let reply = client.get("/a/one.html");
    assert_eq!(reply.status, 500);
    assert!(reply.body.contains("book.toml"), "{}", reply.body);
    place.write("book/book.toml", "[book]\ntitle = \"A <b>book</b>\"\n");
    assert_eq!(client.get("/a/one.html").status, 200);
    place.write("book/book.toml", "[book\n");
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(client.get("/a/one.html").status, 200);
}

#[test]
fn a_book_that_was_deleted_is_made_again() {
    let place = Place::new();
    let client = place.client();
    assert_eq!(client.get("/a/one.html").status, 200);
    fs::remove_dir_all(place.path(".wr")).unwrap();
    assert_eq!(client.get("/a/one.html").status, 200);
}
