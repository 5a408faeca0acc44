//! Letters to customers. Each starts with a greeting.

/// The greeting of a letter.
pub fn salutation(name: &str) -> String {
    if name.is_empty() {
        "Hello,".to_owned()
    } else {
        format!("Dear {name},")
    }
}
