//! Letters go out to customers, and each begins with a line of its own.

/// The first line of a letter.
pub fn salutation(name: &str) -> String {
    if name.is_empty() {
        "Hello,".to_owned()
    } else {
        format!("Dear {name},")
    }
}
