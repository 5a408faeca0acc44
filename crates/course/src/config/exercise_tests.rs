//! What configuration files mean, and the errors for broken ones.

use proptest::prelude::*;

use super::*;

fn load(root: &str, exercise: Option<&str>) -> Result<ExerciseConfig, TomlError> {
    let root = RootConfig::parse(Path::new("root.toml"), root.as_bytes())?;
    match exercise {
        Some(text) => {
            ExerciseConfig::parse(Path::new("ex.toml"), text.as_bytes(), "01_a/01_x", &root)
        }
        None => Ok(ExerciseConfig::of_root("01_a/01_x", &root)),
    }
}

/// The programs that verify, and whether the build runs first; `None` is wr's own way.
fn check(root: &str, exercise: Option<&str>, expect: Option<(&[&str], bool)>) {
    let config = load(root, exercise).unwrap();
    let found = match &config.verification {
        Verification::Native => None,
        Verification::Commands {
            commands,
            build_first,
        } => Some((
            commands
                .iter()
                .map(|c| c.command.as_str())
                .collect::<Vec<_>>(),
            *build_first,
        )),
    };
    let expect = expect.map(|(programs, build_first)| (programs.to_vec(), build_first));
    assert_eq!(found, expect, "{root:?} and {exercise:?}");
}

fn check_error(root: &str, exercise: Option<&str>, expect: &str) {
    let error = load(root, exercise).unwrap_err();
    assert_eq!(error.to_string(), expect);
}

const CARGO: &str = "[[verification]]\ncommand = \"cargo\"\nargs = [\"test\"]\n";
const PYTEST: &str = "[[verification]]\ncommand = \"pytest\"\n";

#[test]
fn the_nearest_list_of_commands_applies() {
    check("", None, None);
    check("", Some(""), None);
    check(CARGO, None, Some((&["cargo"], true)));
    check(CARGO, Some(PYTEST), Some((&["pytest"], true)));
    check("", Some(PYTEST), Some((&["pytest"], true)));
    check(
        &format!("skip_build = true\n{CARGO}"),
        None,
        Some((&["cargo"], false)),
    );
    check(
        "skip_build = true",
        Some(PYTEST),
        Some((&["pytest"], false)),
    );
    check(
        "",
        Some(&format!("{CARGO}{PYTEST}")),
        Some((&["cargo", "pytest"], true)),
    );
}

#[test]
fn a_file_without_the_key_means_the_default() {
    check(CARGO, Some(""), None);
    check(CARGO, Some("hints = [\"look again\"]"), None);
}

#[test]
fn an_empty_list_leaves_only_the_build() {
    check("verification = []", None, Some((&[], true)));
    check(CARGO, Some("verification = []"), Some((&[], true)));
}

#[test]
fn keys_of_the_root_and_unknown_keys_are_ignored_in_an_exercise() {
    check(
        "",
        Some(&format!("skip_build = true\n{PYTEST}")),
        Some((&["pytest"], true)),
    );
    check(
        "",
        Some("skip_build = 3\nexercises_dir = 4\nsomething = 5\n[other]\nx = 1"),
        None,
    );
    check(
        "hints = 3\ncolour = 'red'\n[[verification]]\ncommand = 'a'\nextra = 1",
        None,
        Some((&["a"], true)),
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
    check(
        "\u{feff}skip_build = true\r\n\r\n[[verification]]\r\ncommand = \"a\"\r\n",
        None,
        Some((&["a"], false)),
    );
}

#[test]
fn keys_of_this_tool() {
    let digest = Digest::of_bytes(b"x");
    let text = format!(
        "hints = ['one', 'two']\ntime_limit = 2.5\nmemory_limit = '2GiB'\nformerly = ['01_a/02_old']\n\
         check_tools = true\n[expect]\nstatus = 'tests_fail'\nfailing = ['t::a']\ncode = 'WR0101'\n\
         [protected]\n'sample/tests/test_sample.py' = '{digest}'\n"
    );
    let config = load("time_limit = 60\nmemory_limit = 1024", Some(&text)).unwrap();
    assert_eq!(config.hints, ["one", "two"]);
    assert_eq!(config.time_limit, Some(Duration::from_millis(2500)));
    assert_eq!(config.memory_limit, Some(2 << 30));
    assert_eq!(config.formerly[0].to_string(), "01_a/02_old");
    assert!(config.check_tools);
    let expect = config.expect.unwrap();
    assert_eq!(expect.status.as_deref(), Some("tests_fail"));
    assert_eq!(expect.failing_in(None), Some(vec!["t::a"]));
    assert_eq!(expect.code.unwrap().as_str(), "WR0101");
    assert_eq!(
        config.protected[Path::new("sample/tests/test_sample.py")],
        digest
    );
}

#[test]
fn a_test_may_run_in_some_pythons_only() {
    let text =
        "[expect]\nfailing = ['t::a', { test = 't::b', python = '>=3.15' }, { test = 't::c' }]\n";
    let expect = load("", Some(text)).unwrap().expect.unwrap();
    let failing_in = |python: &str| expect.failing_in(Some(&python.parse().unwrap())).unwrap();
    assert_eq!(failing_in("3.14.2"), ["t::a", "t::c"]);
    assert_eq!(failing_in("3.15.0"), ["t::a", "t::b", "t::c"]);
}

#[test]
fn the_root_sets_limits_for_every_exercise() {
    let root = "time_limit = 60\nbuild_time_limit = 90\nmemory_limit = 1024";
    for exercise in [None, Some("")] {
        let config = load(root, exercise).unwrap();
        assert_eq!(config.time_limit, Some(Duration::from_mins(1)));
        assert_eq!(config.build_time_limit, Some(Duration::from_secs(90)));
        assert_eq!(config.memory_limit, Some(1024));
    }
    assert_eq!(load("", None).unwrap().time_limit, None);
}

#[test]
fn errors_point_into_broken_files() {
    check_error(
        "skip_build = \"yes\"",
        None,
        "root.toml:1:14: `skip_build` must be true or false, not a string",
    );
    check_error(
        "\n\nexercises_dir = 3",
        None,
        "root.toml:3:17: `exercises_dir` must be a string, not an integer",
    );
    check_error(
        "é = 1\n\"é\" = 2 verification = 2",
        None,
        "root.toml:1:1: invalid unquoted key, expected letters, numbers, `-`, `_`",
    );
    check_error(
        "[verification]\ncommand = 'a'",
        None,
        "root.toml:1:1: `verification` must be a list of tables, written [[verification]], not a table",
    );
    check_error(
        "",
        Some("[[verification]]\nargs = []"),
        "ex.toml:1:1: `verification[0]` has no `command`",
    );
    check_error(
        "",
        Some("[[verification]]\ncommand = ''"),
        "ex.toml:2:11: `command` is empty",
    );
    check_error(
        "",
        Some("[[verification]]\ncommand = 'a'\nargs = ['é', 3]"),
        "ex.toml:3:14: `args[1]` must be a string, not an integer",
    );
    check_error(
        "verification = [1]",
        None,
        "root.toml:1:17: `verification[0]` must be a table with `command` and `args`, not an integer",
    );
    check_error(
        "",
        Some("hints = 'one'"),
        "ex.toml:1:9: `hints` must be an array of strings, not a string",
    );
    check_error(
        "",
        Some("formerly = ['02_old']"),
        "ex.toml:1:13: `02_old` is not a chapter and an exercise",
    );
    check_error(
        "",
        Some("expect = 1"),
        "ex.toml:1:10: `expect` must be a table, written [expect], not an integer",
    );
    check_error(
        "",
        Some("[expect]\ncode = 'E0308'"),
        "ex.toml:2:8: `E0308` isn't a code: codes are WR and four digits, such as WR0101",
    );
    check_error(
        "",
        Some("[protected]\n'../x' = 'y'"),
        "ex.toml:2:1: `../x` is not a path inside the exercise's folder",
    );
    check_error(
        "",
        Some("[protected]\nx = 'y'"),
        "ex.toml:2:5: a digest is `blake3:` and 64 hexadecimal digits",
    );
    for limit in [
        "0",
        "-1",
        "0.0",
        "inf",
        "nan",
        "-2.5",
        "99999999999999999999",
    ] {
        let text = format!("time_limit = {limit}");
        check_error(
            &text,
            None,
            "root.toml:1:14: `time_limit` must be a positive number of seconds",
        );
    }
    check_error(
        "memory_limit = '2 gigs'",
        None,
        "root.toml:1:16: `memory_limit` must be a number of bytes or a string such as \"2GiB\"",
    );
}

#[test]
fn errors_point_at_invalid_utf8() {
    let error = RootConfig::parse(Path::new("r"), b"# caf\xc3\xa9\n# \xff").unwrap_err();
    assert_eq!((error.line, error.column), (2, 3));
}

#[test]
fn errors_point_at_unfinished_toml() {
    for text in [
        "exercises_dir = ",
        "exercises_dir = \"",
        "[",
        "[[verification]",
        "a = [1,\n",
        "a = 1\na = 2",
    ] {
        let error = load(text, None).unwrap_err();
        assert!(
            error.line >= 1 && error.column >= 1 && !error.reason.is_empty(),
            "{text:?}: {error}"
        );
    }
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = RootConfig::parse(Path::new("r"), &bytes);
    }

    #[test]
    fn no_toml_panics(
        key in "(hints|verification|time_limit|memory_limit|formerly|check_tools|expect|protected|skip_build|exercises_dir)",
        value in "(\\[.{0,12}|'.{0,8}'|[-0-9._xeinf]{0,10}|\\{ *[a-z]{0,9} *= *.{0,9}\\}|\\PC{0,12})",
    ) {
        let text = format!("{key} = {value}");
        let _ = load(&text, Some(&text));
        let _ = load("", Some(&text));
    }
}
