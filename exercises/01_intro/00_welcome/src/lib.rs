//! Letters to customers. Each starts with a greeting.

/// The greeting of a letter: `Dear Ada,` if the name is known.
///
/// If the name is empty or contains only spaces, the greeting is `Hello,`. Spaces around a name
/// don't count.
pub fn salutation(name: &str) -> String {
    todo!("write the greeting for {name:?}")
}
