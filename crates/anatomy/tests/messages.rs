//! Messages as tools print them, each with its cause, and messages that must stay unexplained.
#![allow(clippy::unwrap_used)] // A missing finding fails the test.

mod tool_messages;

use tool_messages::{MESSAGES, UNEXPLAINED};
use wr_anatomy::{OutputContext, explain_output};

fn codes(text: &str) -> Vec<String> {
    explain_output(text, &OutputContext::new())
        .iter()
        .map(|finding| finding.code.to_string())
        .collect()
}

#[test]
fn each_message_has_its_cause() {
    for (text, code) in MESSAGES {
        assert_eq!(codes(text), [*code], "{text}");
    }
}

#[test]
fn other_messages_stay_unexplained() {
    for text in UNEXPLAINED {
        assert_eq!(codes(text), [""; 0], "{text}");
    }
}

#[test]
fn a_panic_is_shown_where_it_happened() {
    let text =
        "thread '<unnamed>' (7) panicked at src/lib.rs:18:28:\nnot yet implemented\nnote: run with";
    let findings = explain_output(text, &OutputContext::new());
    let place = findings[0].location().unwrap();
    assert_eq!((place.file.as_str(), place.line), ("src/lib.rs", Some(18)));
}

#[test]
fn causes_known_from_inspection_are_not_repeated() {
    let text = "ImportError: dynamic module does not define module export function (PyInit_fast)";
    let found = explain_output(text, &OutputContext::new());
    assert_eq!(
        explain_output(text, &OutputContext::new().after(&found)),
        []
    );
}

#[test]
fn the_release_that_supports_a_python_is_named() {
    let text = "error: the configured Python interpreter version (3.13) is newer than PyO3's maximum supported version (3.12)";
    let findings = explain_output(text, &OutputContext::new());
    assert!(
        findings[0].hint.as_ref().unwrap().contains("0.22."),
        "{:?}",
        findings[0].hint
    );
}

proptest::proptest! {
    #[test]
    fn no_input_makes_it_panic(which in 0..MESSAGES.len(), cut in 0_usize..300, tail in "\\PC{0,60}") {
        let text = MESSAGES[which].0;
        let end = (0..=cut.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap();
        let _ = codes(&format!("{}{tail}", &text[..end]));
    }
}
