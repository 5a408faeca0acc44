//! Checks documents against the schemas in the book.

use std::path::Path;

use serde_json::{Value, json};

/// A schema from the book, made strict: every key has to be documented.
pub(super) fn closed(file: &str) -> Value {
    let reference = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../book/src/reference");
    let text = std::fs::read_to_string(reference.join(file)).unwrap();
    let mut schema = serde_json::from_str(&text).unwrap();
    close(&mut schema);
    schema
}

fn close(value: &mut Value) {
    match value {
        Value::Object(map) => {
            if map.contains_key("properties") {
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            map.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

#[track_caller]
pub(super) fn validate(document: &Value, file: &str) {
    let validator = jsonschema::validator_for(&closed(file)).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(document)
        .map(|error| format!("{} {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}
