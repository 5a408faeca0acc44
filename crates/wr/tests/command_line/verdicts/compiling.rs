//! What rustc says about mistakes with PyO3: one finding each, with help that a learner understands. The mistakes are the corpus's;
//! `crates/engine/tests/compiler.rs` judges what was recorded about them with other versions of PyO3.

use std::fmt::Write;

use testkit::corpus::{Case, Manifest, cases};
use testkit::{Extension, workshop};

/// The minor version of PyO3 that courses of the tests use.
const PYO3: u32 = 30;

/// How many tests share the mistakes, so that they run side by side.
const PARTS: usize = 6;

/// The mistakes that the manifest of an exercise allows.
fn mistakes() -> impl Iterator<Item = Case> {
    let is_plain = |case: &Case| {
        case.wrong.manifest == Manifest::default() && case.fixed.manifest == Manifest::default()
    };
    cases()
        .into_iter()
        .filter(move |case| case.covers(PYO3) && is_plain(case))
}

/// Runs `wr check` on each mistake of a part, in an exercise of its own course.
fn each_is_one_finding(part: usize) {
    let name = format!("compile-errors-{part}");
    let at = workshop!(&name);
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let mut wrong = String::new();
    for case in mistakes().skip(part).step_by(PARTS) {
        at.write(format!("{}/src/lib.rs", extension.dir()), &case.wrong.text);
        let outcome = at.wr(["check", &extension.id, "--format", "json"]).run();
        let verdict = &outcome.json()["verdicts"][0];
        let found = verdict["diagnostics"].as_array().unwrap();
        let hint = found[0]["hint"].as_str().unwrap_or_default();
        let place = &found[0]["evidence"][0]["location"];
        let place = format!("{}:{}", place["line"], place["column"]);
        let expected = &case.expected;
        let is_helped = if expected.help.is_empty() {
            hint.is_empty()
        } else {
            hint.contains(&expected.help)
        };
        let code = match &expected.rule {
            Some(name) => engine::rules()
                .find(|rule| rule.name() == name)
                .map(|rule| rule.code().to_string()),
            None => Some("WR0351".to_owned()),
        };
        let is_right = found.len() == 1
            && found[0]["code"].as_str() == code.as_deref()
            && expected.place.contains(&place);
        if !(is_right && is_helped) {
            let shown = serde_json::to_string_pretty(&verdict["diagnostics"]).unwrap();
            writeln!(wrong, "{}: wanted {expected:?}\n{shown}", case.name).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn each_mistake_of_the_first_part_is_one_finding_with_help() {
    each_is_one_finding(0);
}

#[test]
fn each_mistake_of_the_second_part_is_one_finding_with_help() {
    each_is_one_finding(1);
}

#[test]
fn each_mistake_of_the_third_part_is_one_finding_with_help() {
    each_is_one_finding(2);
}

#[test]
fn each_mistake_of_the_fourth_part_is_one_finding_with_help() {
    each_is_one_finding(3);
}

#[test]
fn each_mistake_of_the_fifth_part_is_one_finding_with_help() {
    each_is_one_finding(4);
}

#[test]
fn each_mistake_of_the_last_part_is_one_finding_with_help() {
    each_is_one_finding(5);
}

/// The code with another name for the module that it exports: one library has one init function of a name.
fn with_module_name(text: &str, name: &str) -> String {
    let mut renamed = String::new();
    let mut is_next = false;
    for line in text.lines() {
        let kind = ["mod ", "fn "]
            .into_iter()
            .find(|kind| is_next && line.starts_with(kind));
        match kind {
            Some(kind) => {
                let rest = line[kind.len()..]
                    .trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
                writeln!(renamed, "{kind}{name}{rest}").unwrap();
            }
            None => writeln!(renamed, "{line}").unwrap(),
        }
        is_next = line == "#[pymodule]";
    }
    renamed
}

#[test]
fn code_that_follows_the_advice_compiles() {
    let at = workshop!("compile-errors-fixed");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    let mut library = extension.source.replace("MODULE", &extension.module);
    // One crate for all of them, so that there's one build.
    for case in mistakes().filter(|case| case.expected.python.is_none()) {
        let module = case.name.replace('-', "_");
        let text = with_module_name(&case.fixed.text, &format!("{module}_of_python"));
        writeln!(library, "#[allow(warnings)]\nmod {module};").unwrap();
        at.write(format!("{}/src/{module}.rs", extension.dir()), text);
    }
    at.write(format!("{}/src/lib.rs", extension.dir()), library);
    at.wr(["check", &extension.id]).run().status(0);
}

/// A mistake whose explanation by rustc is long.
const LONG: &str = "use pyo3::prelude::*;
#[pyfunction]
fn size(py: Python<'_>, all: &Bound<'_, PyAny>) -> PyResult<usize> { py.detach(|| all.len()) }
";

#[test]
fn people_see_the_learners_lines_and_not_pyo3s() {
    let at = workshop!("compile-error-shown");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    at.write(format!("{}/src/lib.rs", extension.dir()), LONG);
    at.wr(["check", &extension.id])
        .run()
        .status(1)
        .says("  --> src/lib.rs:3:80")
        .says("more lines (`-v` shows all)")
        .never_says("marker.rs");
    at.wr(["check", &extension.id, "-v"])
        .run()
        .status(1)
        .says("marker.rs");
}

/// rustc writes the full name of a long type to a file that nobody looks for.
const LONG_TYPE: &str = "use std::collections::HashMap;
fn table() -> HashMap<String, HashMap<String, HashMap<String, HashMap<String, HashMap<String, Vec<(String, String, String, String)>>>>>> { HashMap::new() }
#[pyfunction]
fn f() -> usize { table().length() }
";

#[test]
fn the_file_with_the_full_type_is_not_mentioned() {
    let at = workshop!("compile-error-of-a-long-type");
    at.course();
    let extension = Extension::named_after(&at);
    extension.put_into(&at);
    at.write(
        format!("{}/src/lib.rs", extension.dir()),
        format!("use pyo3::prelude::*;\n{LONG_TYPE}"),
    );
    at.wr(["check", &extension.id])
        .run()
        .status(1)
        .says("no method named `length`")
        .never_says("the full name for the type")
        .never_says("--verbose");
    at.wr(["check", &extension.id, "-v"])
        .run()
        .says("the full name for the type");
}
