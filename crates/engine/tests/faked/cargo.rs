//! A fake cargo that builds everything at once.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use wr_engine::Command;

use crate::world::{Behaviour, World};

/// What a successful build leaves; it isn't a real binary, so Python decides.
const LIBRARY: &str = "a library";

/// What libtest prints for one passing test.
pub(crate) const PASSES: [&str; 3] = [
    "running 1 test",
    "test tests::adds ... ok",
    "test result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s",
];

/// Builds everything that is requested.
pub(crate) fn builds(world: &World, command: &Command) -> Behaviour {
    builds_as(LIBRARY)(world, command)
}

/// Builds, with these bytes as the library.
pub(crate) fn builds_as(
    library: &'static str,
) -> impl Fn(&World, &Command) -> Behaviour + Send + Sync {
    move |world, command| {
        let args = words(command);
        if args.iter().any(|arg| arg == "--doc") {
            return PASSES
                .iter()
                .fold(Behaviour::new().wait(200), |all, line| all.out(*line))
                .exit(0);
        }
        let manifest = PathBuf::from(after(&args, "--manifest-path").expect("it is always named"));
        let Some(target_dir) = after(&args, "--target-dir") else {
            return Behaviour::new().wait(200).exit(0);
        };
        let is_test = args[0] == "test"
            || after(&args, "--profile") == Some("test")
            || args.iter().any(|arg| arg == "--all-targets");
        let build = Behaviour::new().wait(200);
        if is_test {
            let program = Path::new(target_dir).join("debug/deps/unit-1");
            let message = artifact(&manifest, &program, true);
            let built = with_dep_info(build, world, &manifest, &program);
            return built.out(message.to_string()).exit(0);
        }
        packages(&args, &manifest)
            .into_iter()
            .fold(build, |build, manifest| {
                let dir = manifest.parent().expect("a manifest has a directory");
                let name = dir.file_name().unwrap_or_default().to_string_lossy();
                let file = Path::new(target_dir).join(format!("debug/lib{name}.so"));
                let message = artifact(&manifest, &file, false);
                with_dep_info(build, world, &manifest, &file)
                    .effect(move |world| world.save(&file.display().to_string(), library))
                    .out(message.to_string())
            })
            .exit(0)
    }
}

/// Writes a dep-info file, as the compiler does.
fn with_dep_info(build: Behaviour, world: &World, manifest: &Path, file: &Path) -> Behaviour {
    let dir = manifest.parent().expect("a manifest has a directory");
    let text = format!("{}: {}\n", file.display(), sources(world, dir).join(" "));
    let account = file.with_extension("d");
    build.effect(move |world| world.save(&account.display().to_string(), &text))
}

/// Builds these test programs.
pub(crate) fn builds_tests(
    programs: &'static [&'static str],
) -> impl Fn(&World, &Command) -> Behaviour + Send + Sync {
    move |_, command| {
        let args = words(command);
        let manifest = PathBuf::from(after(&args, "--manifest-path").expect("it is always named"));
        let messages = programs
            .iter()
            .map(|name| artifact(&manifest, Path::new(name), true));
        messages
            .fold(Behaviour::new().wait(200), |all, one| {
                all.out(one.to_string())
            })
            .exit(0)
    }
}

/// Fails with a compile error.
pub(crate) fn refuses(_: &World, _: &Command) -> Behaviour {
    let message = json!({
        "reason": "compiler-message", "package_id": "p", "manifest_path": "/p", "target": target("cdylib"),
        "message": {
            "message": "mismatched types", "code": {"code": "E0308", "explanation": null}, "level": "error",
            "spans": [span()], "children": [], "rendered": "error[E0308]: mismatched types",
        },
    });
    Behaviour::new()
        .wait(200)
        .out(message.to_string())
        .err("error: could not compile `fast`")
        .exit(101)
}

/// Fails with this message of cargo's own, without compiler errors.
pub(crate) fn fails(
    lines: &'static [&'static str],
) -> impl Fn(&World, &Command) -> Behaviour + Send + Sync {
    move |_, _| {
        lines
            .iter()
            .fold(Behaviour::new().wait(200), |all, line| all.err(*line))
            .exit(101)
    }
}

/// Fails in the linker, which rustc reports without a place in the code.
pub(crate) fn does_not_link(_: &World, _: &Command) -> Behaviour {
    let text = "linking with `cc` failed: exit status: 1";
    let message = json!({
        "reason": "compiler-message", "package_id": "p", "manifest_path": "/p", "target": target("cdylib"),
        "message": {
            "message": text, "code": null, "level": "error", "spans": [], "children": [],
            "rendered": format!("error: {text}"),
        },
    });
    Behaviour::new()
        .wait(200)
        .out(message.to_string())
        .exit(101)
}

/// Compiles forever.
pub(crate) fn hangs(_: &World, _: &Command) -> Behaviour {
    Behaviour::new().wait(100).err("   Compiling pyo3 v0.30.1")
}

fn words(command: &Command) -> Vec<String> {
    let args = command.args.iter();
    args.map(|arg| arg.to_string_lossy().into_owned()).collect()
}

fn after<'a>(args: &'a [String], name: &str) -> Option<&'a str> {
    let at = args.iter().position(|arg| arg == name)?;
    args.get(at + 1).map(String::as_str)
}

/// The manifests of the packages requested by name, otherwise the one given as the manifest.
fn packages(args: &[String], manifest: &Path) -> Vec<PathBuf> {
    let dir = manifest.parent().expect("a manifest has a directory");
    let named: Vec<PathBuf> = args
        .windows(2)
        .filter(|pair| pair[0] == "--package")
        .map(|pair| dir.join(&pair[1]).join("Cargo.toml"))
        .collect();
    if named.is_empty() {
        vec![manifest.to_owned()]
    } else {
        named
    }
}

/// The sources of a crate and of its path dependencies (`path = "../…"`).
fn sources(world: &World, dir: &Path) -> Vec<String> {
    let manifest = world.text(&dir.join("Cargo.toml")).unwrap_or_default();
    let named = manifest.split("path = \"../").skip(1);
    let beside = named.filter_map(|rest| Some(dir.parent()?.join(rest.split('"').next()?)));
    [dir.to_owned()]
        .into_iter()
        .chain(beside)
        .map(|dir| dir.join("src/lib.rs").display().to_string())
        .collect()
}

fn span() -> Value {
    json!({
        "file_name": "src/lib.rs", "byte_start": 0, "byte_end": 2, "line_start": 1, "line_end": 1, "column_start": 1,
        "column_end": 3, "is_primary": true, "text": [], "label": null, "suggested_replacement": null,
        "suggestion_applicability": null, "expansion": null,
    })
}

fn target(kind: &str) -> Value {
    json!({
        "name": "unit", "kind": [kind], "crate_types": [kind], "src_path": "/p/src/lib.rs", "edition": "2024",
        "doc": true, "doctest": false, "test": true,
    })
}

fn artifact(manifest: &Path, file: &Path, is_test: bool) -> Value {
    json!({
        "reason": "compiler-artifact", "package_id": format!("path+file://{}#unit", manifest.display()),
        "manifest_path": manifest, "target": target(if is_test { "lib" } else { "cdylib" }),
        "profile": {
            "opt_level": "0", "debuginfo": 0, "debug_assertions": true, "overflow_checks": true, "test": is_test,
        },
        "features": [], "filenames": [file], "executable": is_test.then_some(file), "fresh": false,
    })
}
