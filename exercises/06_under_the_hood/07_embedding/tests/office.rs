//! Starts the program as a user would, and compares what it prints. Nothing in this file uses Python.

use std::env;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_embedding");

/// Set in `build.rs`.
const LIBRARIES: &str = env!("TEST_LIBRARIES");

/// The variable that makes a system look for libraries in more places.
const LIBRARY_PATH: &str = if cfg!(windows) {
    "PATH"
} else if cfg!(target_os = "macos") {
    "DYLD_LIBRARY_PATH"
} else {
    "LD_LIBRARY_PATH"
};

/// What the program printed.
struct Ended {
    code: Option<i32>,
    output: String,
    errors: String,
}

/// An office's directory with these files.
fn office(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        // The code begins on a line of its own.
        fs::write(directory.join(name), text.trim_start()).unwrap();
    }
    directory
}

/// Runs the program with some parcels. The system finds Python's library here, whether the program knows its place or not.
fn run(directory: &Path, parcels: &str) -> Ended {
    let before = env::var_os(LIBRARY_PATH).unwrap_or_default();
    let directories = [PathBuf::from(LIBRARIES)].into_iter();
    let path = env::join_paths(directories.chain(env::split_paths(&before))).unwrap();
    let mut child = Command::new(PROGRAM)
        .arg(directory)
        .env(LIBRARY_PATH, path)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONUNBUFFERED")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program may have ended without reading this.
    let _ = child.stdin.take().unwrap().write_all(parcels.as_bytes());
    let ended = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&ended.stderr).replace('\r', "");
    // Until the program is written, it ends with this.
    if let Some(start) = errors.find("not yet implemented") {
        eprint!("{errors}");
        panic!("{}", errors[start..].lines().next().unwrap_or_default());
    }
    Ended {
        code: ended.status.code(),
        output: String::from_utf8_lossy(&ended.stdout).replace('\r', ""),
        errors,
    }
}

/// What the program prints for some parcels, if it ends well.
fn printed(directory: &Path, parcels: &str) -> String {
    let ended = run(directory, parcels);
    assert_eq!(ended.code, Some(0), "the program failed:\n{}", ended.errors);
    ended.output
}

/// Those of the parts that a text doesn't contain.
fn missing<'a>(text: &str, parts: &[&'a str]) -> Vec<&'a str> {
    let parts = parts.iter().filter(|part| !text.contains(**part));
    parts.copied().collect()
}

const NOTHING: [&str; 0] = [];

#[test]
#[cfg(unix)]
fn the_program_finds_the_library_it_was_built_with() {
    // As one of the places in the file's list of them.
    let file = fs::read(PROGRAM).unwrap();
    let place = LIBRARIES.as_bytes();
    let is_listed = file.windows(place.len() + 2).any(|part| {
        let (first, last) = (part[0], part[part.len() - 1]);
        part[1..].starts_with(place) && matches!(first, 0 | b':') && matches!(last, 0 | b':')
    });
    let listed = if is_listed { LIBRARIES } else { "nothing" };
    assert_eq!(listed, LIBRARIES, "the directories that the program lists");

    // And no other Python comes first.
    let version = |command: &mut Command| {
        let ended = command.env_remove(LIBRARY_PATH).output().unwrap();
        String::from_utf8_lossy(&ended.stdout).trim().to_owned()
    };
    let code = "import sys; print(sys.version)";
    let built_with = version(Command::new(env!("TEST_PYTHON")).args(["-c", code]));
    assert_eq!(version(Command::new(PROGRAM).arg("--version")), built_with);
}

#[test]
fn prices_come_from_the_rules() {
    let dear = r#"
def price(parcel):
    return 900 if parcel.zone == 'far' else 200 + parcel.grams
"#;
    let directory = office("prices", &[("rules.py", dear)]);
    let expected = "home 500: 700\nfar 5: 900\nhome 0: 200\n";
    assert_eq!(printed(&directory, "home 500\nfar 5\nhome 0\n"), expected);

    let cheap = "price = lambda parcel: len(parcel.zone)\n";
    let directory = office("prices", &[("rules.py", cheap)]);
    let expected = "home 500: 4\n½ 5: 1\n";
    assert_eq!(printed(&directory, "home 500\n½ 5\n"), expected);
}

#[test]
fn rules_import_modules_next_to_them() {
    let rules = r#"
from zones import ZONES
import weights

def price(parcel):
    return ZONES[parcel.zone] * weights.steps(parcel.grams)
"#;
    let zones = "ZONES = {'home': 100, 'far': 350}\n";
    let weights = r#"
import math

def steps(grams):
    return math.ceil(grams / 250)
"#;
    let files = [
        ("rules.py", rules),
        ("zones.py", zones),
        ("weights.py", weights),
    ];
    let directory = office("neighbours", &files);
    assert_eq!(
        printed(&directory, "home 500\nfar 501\n"),
        "home 500: 200\nfar 501: 1050\n"
    );
}

#[test]
fn an_exception_ends_one_parcel_only() {
    let rules = r#"
PRICES = {'home': 100}

def price(parcel):
    if parcel.grams > 2000:
        raise ValueError('too heavy')
    return PRICES[parcel.zone]
"#;
    let directory = office("exceptions", &[("rules.py", rules)]);
    let ended = run(&directory, "moon 5\nhome 3000\nhome 5\n");
    let expected = "moon 5: KeyError: 'moon'\nhome 3000: ValueError: too heavy\nhome 5: 100\n";
    assert_eq!(ended.output, expected, "{}", ended.errors);
    // The traceback shows the place and the code.
    let place = format!(
        "File \"{}\", line 6, in price",
        directory.join("rules.py").display()
    );
    let parts = [&place, "return PRICES[parcel.zone]", "line 5, in price"];
    assert_eq!(missing(&ended.errors, &parts), NOTHING, "{}", ended.errors);
}

#[test]
fn a_rule_that_exits_does_not_end_the_program() {
    let rules = r#"
import sys

def price(parcel):
    if parcel.zone == 'moon':
        sys.exit(3)
    return 100
"#;
    let directory = office("exits", &[("rules.py", rules)]);
    assert_eq!(
        printed(&directory, "moon 5\nhome 5\n"),
        "moon 5: SystemExit: 3\nhome 5: 100\n"
    );
}

#[test]
fn a_result_that_is_not_a_price_is_an_error() {
    let rules = r#"
PRICES = {'a': '2.50', 'b': -1, 'c': None, 'd': 2.5, 'e': 250}

def price(parcel):
    return PRICES[parcel.zone]
"#;
    let directory = office("results", &[("rules.py", rules)]);
    let printed = printed(&directory, "a 1\nb 1\nc 1\nd 1\ne 1\n");
    let lines: Vec<&str> = printed.lines().collect();
    let kinds = [
        "a 1: TypeError: ",
        "b 1: OverflowError: ",
        "c 1: TypeError: ",
        "d 1: TypeError: ",
        "e 1: 250",
    ];
    assert_eq!(lines.len(), kinds.len(), "{printed}");
    for (line, kind) in lines.iter().zip(kinds) {
        assert_eq!(line.get(..kind.len()), Some(kind), "{line}");
    }
}

#[test]
fn rules_that_cannot_be_loaded_are_reported() {
    let cases = [
        (
            "syntax",
            r#"
def price(parcel)
    return 1
"#,
            "SyntaxError: ",
        ),
        (
            "nothing",
            r#"
def prize(parcel):
    return 1
"#,
            "AttributeError: ",
        ),
        (
            "import",
            "import zones_that_no_office_has\n",
            "zones_that_no_office_has",
        ),
    ];
    for (name, rules, message) in cases {
        let directory = office(name, &[("rules.py", rules)]);
        let ended = run(&directory, "home 5\n");
        assert_eq!((ended.code, &*ended.output), (Some(1), ""), "{name}");
        assert_eq!(
            missing(&ended.errors, &[message]),
            NOTHING,
            "{}",
            ended.errors
        );
    }
    let ended = run(&office("empty", &[]), "home 5\n");
    assert_eq!(ended.code, Some(1));
    assert_eq!(
        missing(&ended.errors, &["ModuleNotFoundError: "]),
        NOTHING,
        "{}",
        ended.errors
    );
}

#[test]
fn what_rules_print_comes_before_the_price() {
    let rules = r#"
def price(parcel):
    print('weighed', parcel.grams)
    if not parcel.grams:
        raise ValueError('empty')
    return 100 // parcel.grams
"#;
    let directory = office("printing", &[("rules.py", rules)]);
    assert_eq!(
        printed(&directory, "home 5\nhome 0\nhome 20\n"),
        "weighed 5\nhome 5: 20\nweighed 0\nhome 0: ValueError: empty\nweighed 20\nhome 20: 5\n"
    );
}
