//! Opens an address in the user's web browser.

use std::process::{Child, Command};
use std::time::{Duration, Instant};

use crate::apart;
use crate::environment;
use crate::error::CommandError;

/// The variable that names the browser, as other tools use it: commands separated like paths, with `%s` for the address.
const VARIABLE: &str = "BROWSER";

/// How long to wait for a command that can't open anything. One that is still running then has opened the address.
const PATIENCE: Duration = Duration::from_millis(300);

/// Opens an address. The browser keeps running when `wr` has ended.
///
/// Every user of the machine can read a program's arguments, so the address must not contain a lasting secret.
pub(crate) fn open(address: &str) -> Result<(), CommandError> {
    let chosen = std::env::var(VARIABLE).unwrap_or_default();
    let mut tried = Vec::new();
    for command in commands(&chosen, address) {
        if let [program, arguments @ ..] = command.as_slice() {
            if starts(program, arguments) {
                return Ok(());
            }
            tried.push(format!("`{program}`"));
        }
    }
    Err(CommandError::new(format!(
        "no browser can be started; tried {}",
        tried.join(", ")
    ))
    .help(format!(
        "open the address yourself, or set {VARIABLE} to a command that opens addresses"
    )))
}

/// The commands to try, in order, each with its arguments.
fn commands(chosen: &str, address: &str) -> Vec<Vec<String>> {
    let separator = if cfg!(windows) { ';' } else { ':' };
    let chosen: Vec<_> = chosen
        .split(separator)
        .filter_map(|command| with_address(command, address))
        .collect();
    if !chosen.is_empty() {
        return chosen;
    }
    let usual: &[&[&str]] = if cfg!(windows) {
        // The empty argument is the title of a window that never appears.
        &[&["cmd", "/c", "start", ""]]
    } else if cfg!(target_os = "macos") {
        &[&["open"]]
    } else {
        &[&["xdg-open"], &["wslview"], &["gio", "open"]]
    };
    usual
        .iter()
        .map(|command| {
            let words = command.iter().copied().chain([address]);
            words.map(str::to_owned).collect()
        })
        .collect()
}

/// A command that the user has chosen; nothing if it's empty, or its quotes don't match.
fn with_address(command: &str, address: &str) -> Option<Vec<String>> {
    let mut words = shlex::split(command)?;
    words.first()?;
    if words.iter().any(|word| word.contains("%s")) {
        for word in &mut words {
            *word = word.replace("%s", address);
        }
    } else {
        words.push(address.to_owned());
    }
    Some(words)
}

/// Starts a command, and returns whether it seems to work.
fn starts(program: &str, arguments: &[String]) -> bool {
    let mut command = Command::new(program);
    command
        .args(arguments)
        .env_clear()
        .envs(environment::for_children());
    match apart::start(&mut command) {
        Ok(child) => !fails_at_once(child),
        Err(_) => false,
    }
}

fn fails_at_once(mut child: Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        match child.try_wait() {
            Ok(Some(status)) => return !status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(10)),
            Err(_) => return false,
        }
    }
    // Otherwise it would stay in the process table until `wr` ends.
    std::thread::spawn(move || child.wait());
    false
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn check(chosen: &str, expect: &[&[&str]]) {
        assert_eq!(commands(chosen, "http://a/#b"), expect, "{chosen}");
    }

    #[test]
    fn the_users_browser_gets_the_address() {
        check("firefox", &[&["firefox", "http://a/#b"]]);
        check(
            "'my browser' --new-tab %s --x:lynx",
            &[
                &["my browser", "--new-tab", "http://a/#b", "--x"],
                &["lynx", "http://a/#b"],
            ],
        );
    }

    #[test]
    fn without_a_choice_the_systems_command_is_tried() {
        for nothing in ["", " ", ":", "'"] {
            let usual = commands(nothing, "http://a/#b");
            assert!(!usual.is_empty(), "{nothing}");
            assert!(usual.iter().all(|one| one.last().unwrap() == "http://a/#b"));
        }
    }

    #[test]
    fn a_command_that_fails_or_does_not_exist_is_not_a_browser() {
        assert!(starts("true", &[]));
        assert!(!starts("false", &[]));
        assert!(!starts("there-is-no-such-browser", &[]));
        assert!(starts("sleep", &["1".to_owned()]));
    }
}
