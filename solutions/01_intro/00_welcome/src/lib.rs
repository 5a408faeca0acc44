//! Letters to customers. Each starts with a greeting.

/// The greeting of a letter: `Dear Ada,` if the name is known.
///
/// If the name is empty or contains only spaces, the greeting is `Hello,`. Spaces around a name
/// don't count.
pub fn salutation(name: &str) -> String {
    let name = name.trim();
    if name.is_empty() {
        "Hello,".to_owned()
    } else {
        format!("Dear {name},")
    }
}
