//! Letters to customers. Each starts with a greeting.

/// The greeting of a letter.
pub fn salutation(name: &str) -> String {
    format!("Dear {},", name.trim())
}
