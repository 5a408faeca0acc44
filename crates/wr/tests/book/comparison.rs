//! Compares two outputs, ignoring everything that a page isn't about.

/// Whether they are the same apart from times, addresses, thread numbers, sizes, and the internals of Python's library.
pub fn alike(one: &str, other: &str) -> bool {
    essence(one) == essence(other)
}

fn essence(text: &str) -> Vec<String> {
    text.lines()
        // The line of the library that a thread is in depends on Python's version, even on the patch release.
        .filter(|line| !line.contains("…/python3."))
        .map(|line| without_numbers(line.trim_end()))
        .collect()
}

/// The line with one `#` for each number that is expected to vary: hexadecimal numbers, decimals before seconds or
/// units of size, numbers in parentheses after a thread's name, and sizes of several digits. Line numbers and test counts stay.
fn without_numbers(line: &str) -> String {
    let mut words: Vec<String> = line.split([' ', '\t']).map(str::to_owned).collect();
    for index in 0..words.len() {
        let word = words[index].clone();
        let next = words.get(index + 1).map(String::as_str);
        let is_time = next == Some("s") && word.parse::<f64>().is_ok();
        let is_thread = word.starts_with('(') && next == Some("panicked");
        // A binary holds the path of its sources, so it's larger where that's longer.
        let unit = next.map(|next| next.trim_end_matches(','));
        let is_size = matches!(unit, Some("B" | "kB" | "MB")) && word.parse::<f64>().is_ok();
        let is_rest = next == Some("more") && word.parse::<u32>().is_ok();
        if is_time || is_thread || is_rest || is_size {
            "#".clone_into(&mut words[index]);
        } else if let Some((before, after)) = word.split_once("0x") {
            let rest = after.trim_start_matches(|letter: char| letter.is_ascii_hexdigit());
            words[index] = format!("{before}#{rest}");
        } else if word.len() >= 3 && word.chars().all(|letter| letter.is_ascii_hexdigit()) {
            "#".clone_into(&mut words[index]);
        }
    }
    // Columns are as wide as their contents.
    words.retain(|word| !word.is_empty());
    words.join(" ")
}

#[test]
fn varying_parts_are_ignored() {
    let frame = "  | File \"…/python3.11/threading.py\", line 982 in run\n";
    assert!(alike(
        &format!("✗ a  tests fail  2 passed, 1.33 s\n{frame}<X at 0x7f12> 519960 a.so"),
        "✗ a  tests fail  2 passed, 11.30 s\n<X at 0x7fff12>  52 a.so"
            .replace("52 ", "520 ")
            .as_str()
    ));
    assert!(alike(
        "largest: .text 274.31 kB, .rodata 3.1 kB\n2060\ta.so",
        "largest: .text 274.4 kB, .rodata 10.92 kB\n2056\ta.so"
    ));
    assert!(alike(
        "thread 'x' (123) panicked at src/lib.rs:9:9:",
        "thread 'x' (9) panicked at src/lib.rs:9:9:"
    ));
}

#[test]
fn relevant_differences_are_noticed() {
    assert!(!alike("--> src/lib.rs:9:9", "--> src/lib.rs:8:9"));
    assert!(!alike("2 passed, 1 failed", "1 passed, 2 failed"));
    assert!(!alike("left: \"Dear\"", "left: \"Dead\""));
    assert!(!alike("a", "a\nb"));
}
