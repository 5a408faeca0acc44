//! Letters go out to customers, and each begins with a line of its own.

/// The first line of a letter.
pub fn salutation(name: &str) -> String {
    format!("Dear {},", name.trim())
}
