//! The linker, checked by linking something: a compiler without its libraries is on `PATH` but can't link.

use std::path::PathBuf;

use diagnostic::{Diagnostic, Evidence};

use crate::doctor::tool_output::PATIENCE;
use crate::doctor::{Check, CheckOutcome, Machine};
use crate::platform::Package;
use crate::system::Command;

pub(super) const CHECK: Check = Check::new("linker", "linker", look);

fn look(machine: &Machine<'_>) -> Vec<CheckOutcome> {
    let name = linker(machine);
    let install = |check_outcome: CheckOutcome| match machine.platform.install(Package::Linker) {
        Some(command) => check_outcome.command(command),
        None => check_outcome,
    };
    let Some(program) = machine.find(&name) else {
        let finding = anatomy::shared::LINKER_MISSING
            .finding(format!("the linker `{name}` isn't installed"))
            .because(Evidence::Program {
                name: name.clone(),
                detail: Some("not on PATH".to_owned()),
            })
            .hint("rustc compiles by itself, but needs a C compiler to link");
        return vec![install(CheckOutcome::found(finding))];
    };
    if cfg!(windows) {
        return vec![CheckOutcome::fine(format!("{}", program.display()))];
    }
    let product = probe_file(machine);
    let kind = if cfg!(target_os = "macos") {
        "-dynamiclib"
    } else {
        "-shared"
    };
    let command = Command::new(&program, &machine.here)
        .args([kind, "-x", "c", "/dev/null", "-o"])
        .arg(&product)
        .envs(machine.env);
    let linked = machine.run(&command, PATIENCE);
    // There may be nothing to remove.
    let _ = machine.system.remove(&product);
    vec![match linked {
        Ok(ran) if ran.succeeded => {
            CheckOutcome::fine(format!("{} links shared libraries", program.display()))
        }
        Ok(ran) => install(CheckOutcome::found(cannot_link(&name, &ran.stderr))),
        Err(reason) => install(CheckOutcome::found(cannot_link(&name, &reason))),
    }]
}

fn cannot_link(name: &str, reason: &str) -> Diagnostic {
    anatomy::shared::LINKER_MISSING
        .finding(format!(
            "`{name}` is installed but can't link a shared library"
        ))
        .because(Evidence::output(name, reason.trim()))
        .hint("the compiler is installed, but its linker or C library is missing")
}

/// The program that rustc calls here (rustc book, "linker"). A linker named in a `config.toml` isn't considered.
fn linker(machine: &Machine<'_>) -> String {
    let host = machine
        .rustc()
        .and_then(|asked| asked.as_ref().ok())
        .map(|rustc| rustc.host.to_uppercase().replace('-', "_"));
    host.and_then(|host| machine.variable(&format!("CARGO_TARGET_{host}_LINKER")))
        .unwrap_or_else(|| "cc".to_owned())
}

/// An unpredictable file name: the directory is shared, and the compiler would write through a link placed there in advance.
fn probe_file(machine: &Machine<'_>) -> PathBuf {
    let dir = machine.variable("TMPDIR").unwrap_or("/tmp".to_owned());
    let moment = format!("{} {}", machine.system.clock(), std::process::id());
    let name = blake3::hash(moment.as_bytes()).to_hex();
    PathBuf::from(dir).join(format!("wr-doctor-{}.so", &name[..24]))
}
