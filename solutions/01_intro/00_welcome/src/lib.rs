//! Letters go out to customers, and each begins with a line of its own.

/// The first line of a letter: `Dear Ada,` when the name is known.
///
/// A name that was left empty, or that is nothing but spaces, gives `Hello,`. Spaces around a name
/// are not part of it.
pub fn salutation(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        "Hello,".to_owned()
    } else {
        format!("Dear {name},")
    }
}
