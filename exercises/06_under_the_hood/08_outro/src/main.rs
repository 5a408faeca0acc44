//! `plugin_host DIRECTORY` is a chat bot. It loads its plugins from the directory, reads messages such as `mia: !roll 2` from
//! its input, and prints what the plugins reply.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use plugin_host::{Host, Message};

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1) else {
        eprintln!("usage: plugin_host DIRECTORY");
        return ExitCode::from(2);
    };
    let host = Host::start();
    match host.load(Path::new(&directory)) {
        Ok(failures) => {
            for failure in failures {
                println!("skipped {}: {}", failure.plugin, failure.message);
                eprint!("{}", failure.traceback);
            }
        }
        Err(error) => {
            eprintln!("{}: {error}", directory.display());
            return ExitCode::FAILURE;
        }
    }
    for line in io::stdin().lines().map_while(Result::ok) {
        let Some((sender, text)) = line.split_once(": ") else {
            continue;
        };
        let message = Message {
            sender: sender.to_owned(),
            text: text.to_owned(),
        };
        match host.handle(message) {
            Ok(replies) => replies.iter().for_each(|reply| println!("bot: {reply}")),
            Err(failure) => {
                println!("{} failed: {}", failure.plugin, failure.message);
                eprint!("{}", failure.traceback);
            }
        }
    }
    ExitCode::SUCCESS
}
