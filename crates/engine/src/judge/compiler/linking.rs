//! The linker's messages. rustc prints them below the whole command line, which helps no reader.

use crate::build::CompilerError;

/// The beginning of rustc's message.
const BEGINS: &str = "linking with `";

/// What the linker complains about, and what to do about it, if that is known.
pub(super) struct Complaint {
    pub(super) message: String,
    pub(super) advice: Option<String>,
}

/// The linker's first complaint, if the error comes from the linker.
pub(super) fn of(error: &CompilerError) -> Option<Complaint> {
    if !error.message.starts_with(BEGINS) {
        return None;
    }
    let lines = || error.notes.iter().flat_map(|note| note.text.lines());
    if let Some(crash) = lines().find_map(crash) {
        return Some(crash);
    }
    let Some(line) = lines().find_map(complaint) else {
        return Some(unexplained(error));
    };
    let advice = if let Some(library) = missing_library(line) {
        Some(format!(
            "install the library `{library}` with its development files, or name its directory in a build script: \
             `cargo::rustc-link-search=native=…`; if nothing in your code asks for it, look at `#[link]` and RUSTFLAGS"
        ))
    } else {
        missing_symbol(line).map(|symbol| {
            format!(
                "say which library has `{symbol}`: `#[link(name = \"…\")]` above its declaration, or `cargo::rustc-link-lib=…` in a build script"
            )
        })
    };
    Some(Complaint {
        message: format!("the linker says: {line}"),
        advice,
    })
}

/// A crash of the linker itself, in the words of the C compiler that called it: `collect2: fatal error: ld terminated
/// with signal 11 [Segmentation fault]`, or clang's `linker command failed due to signal`.
fn crash(line: &str) -> Option<Complaint> {
    let how = match line.split_once(" terminated with signal ") {
        Some((before, how)) if before.contains("error: ") => how.trim(),
        _ => line
            .split_once("linker command failed due to signal")?
            .1
            .trim(),
    };
    let how = how.split("(use -v").next().unwrap_or(how).trim();
    let how = match how.split_once(' ') {
        Some((number, name)) => format!(
            "signal {number}, {}",
            name.split(']').next().unwrap_or(name).trim_matches('[')
        ),
        None if how.is_empty() => "a signal".to_owned(),
        None => format!("signal {how}"),
    };
    Some(Complaint {
        message: format!("the linker crashed ({how}); your code is not the cause"),
        advice: Some(
            "build again: if it still crashes, look for a lack of memory or disk space, update the linker, or try another one, \
             as with `RUSTFLAGS=\"-C link-arg=-fuse-ld=bfd\"`; if `.cargo/config.toml` names a `linker`, try without it"
                .to_owned(),
        ),
    })
}

/// A failure whose reason no tool gave. rustc's notes contain only the command line, which doesn't help.
fn unexplained(error: &CompilerError) -> Complaint {
    let ending = error.message.rsplit(" failed: ").next().unwrap_or_default();
    Complaint {
        message: format!("the linker failed: {ending}"),
        advice: None,
    }
}

/// The complaint in a line, without the name of the program that printed it.
fn complaint(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.starts_with("collect2:") {
        return None;
    }
    if let Some((_, said)) = line.split_once("error: ") {
        return Some(said);
    }
    // GNU's linker doesn't write "error".
    let is_of_ld = line.contains("cannot find -l") || line.contains("undefined reference to");
    is_of_ld.then(|| said_by_ld(line))
}

/// `/usr/bin/ld: cannot find -lfoo: No such file or directory`, `fast.c:1: undefined reference to 'foo'`.
fn said_by_ld(line: &str) -> &str {
    ["cannot find -l", "undefined reference to"]
        .iter()
        .find_map(|words| line.find(words))
        .and_then(|at| line.get(at..))
        .unwrap_or(line)
}

fn missing_library(line: &str) -> Option<&str> {
    let (_, rest) = line
        .split_once("unable to find library -l")
        .or_else(|| line.split_once("cannot find -l"))?;
    rest.split([':', ' ']).next()
}

fn missing_symbol(line: &str) -> Option<&str> {
    let (_, rest) = line
        .split_once("undefined symbol: ")
        .or_else(|| line.split_once("undefined reference to "))?;
    let name = rest.split_whitespace().next()?;
    Some(name.trim_matches(['`', '\'', '"']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_is_the_cause_and_not_the_command() {
        let lld = "rust-lld: error: unable to find library -lopenblas_x";
        let said = complaint(lld).unwrap();
        assert_eq!(said, "unable to find library -lopenblas_x");
        assert_eq!(missing_library(said), Some("openblas_x"));
        let ld = "/usr/bin/ld: cannot find -lnope: No such file or directory";
        assert_eq!(missing_library(complaint(ld).unwrap()), Some("nope"));
        let undefined = "rust-lld: error: undefined symbol: cblas_ddot";
        assert_eq!(
            missing_symbol(complaint(undefined).unwrap()),
            Some("cblas_ddot")
        );
        let of_ld = "lib.rs:4: undefined reference to `cblas_ddot'";
        assert_eq!(
            missing_symbol(complaint(of_ld).unwrap()),
            Some("cblas_ddot")
        );
        assert_eq!(
            complaint("collect2: error: ld returned 1 exit status"),
            None
        );
        assert_eq!(complaint("\"cc\" \"-m64\" \"symbols.o\""), None);
    }

    #[test]
    fn a_crash_is_not_a_complaint() {
        let gcc = "collect2: fatal error: ld terminated with signal 11 [Segmentation fault]";
        let told = crash(gcc).unwrap();
        assert_eq!(
            told.message,
            "the linker crashed (signal 11, Segmentation fault); your code is not the cause"
        );
        assert!(told.advice.unwrap().contains("-fuse-ld=bfd"));
        let clang = "clang: error: linker command failed due to signal (use -v to see invocation)";
        assert!(crash(clang).unwrap().message.contains("crashed (a signal)"));
        let dumped = "collect2: fatal error: ld terminated with signal 6 [Aborted], core dumped";
        assert!(crash(dumped).unwrap().message.contains("signal 6, Aborted"));
        for other in [
            "collect2: error: ld returned 1 exit status",
            "undefined reference to `terminated with signal 1'",
        ] {
            assert!(crash(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_command_line_is_never_the_advice() {
        let error = CompilerError {
            message: "linking with `cc` failed: exit status: 1".to_owned(),
            dependency: None,
            number: None,
            place: None,
            label: None,
            notes: vec![crate::build::Note {
                text: " \"cc\" \"-m64\" \"symbols.o\" \"-Wl,--as-needed\"".to_owned(),
                proposal: None,
                with_additions: None,
            }],
            rendered: String::new(),
        };
        let told = of(&error).unwrap();
        assert_eq!(told.message, "the linker failed: exit status: 1");
        assert_eq!(told.advice, None);
    }
}
