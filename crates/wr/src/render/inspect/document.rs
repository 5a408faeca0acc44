//! The result as a JSON document. The book's page "Inspection as JSON" describes it and names its schema.

use anatomy::Facts;
use anatomy::facts::Image;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Inspected;
use crate::inspect::{Binary, Installed, InstalledAs, Promise, Report, Trouble, What};

/// The document. Its reports are generated one at a time while it's written: for a hundred wheels, all of them together
/// are many times as large as the data they come from.
#[derive(Serialize)]
pub(crate) struct Document<'i> {
    // In alphabetical order, as in every document.
    command: &'static str,
    errors: Vec<Value>,
    findings: usize,
    #[serde(serialize_with = "one_by_one")]
    reports: &'i Inspected<'i>,
    schema: u32,
}

impl<'i> Document<'i> {
    pub(crate) fn new(inspected: &'i Inspected<'i>, schema: u32) -> Self {
        Self {
            command: "inspect",
            errors: inspected.troubles.iter().map(trouble).collect(),
            findings: inspected.findings(),
            reports: inspected,
            schema,
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde gives the field by reference"
)]
fn one_by_one<S: Serializer>(inspected: &&Inspected<'_>, to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(inspected.reports().map(report))
}

fn report(report: &Report) -> Value {
    let (kind, facts) = match &report.what {
        What::Binary(facts) => ("binary", binary(facts)),
        What::Wheel(facts) => ("wheel", wheel(facts)),
        What::Project(facts) => ("project", plain(facts)),
        What::Installed(found) => ("installed", installed(found)),
    };
    json!({
        "target": report.target,
        "path": report.path.as_ref().map(|path| path.display().to_string()),
        "kind": kind,
        kind: facts,
        "diagnostics": report.diagnostics,
    })
}

pub(super) fn trouble(trouble: &Trouble) -> Value {
    json!({ "target": trouble.target, "message": trouble.message, "help": trouble.help })
}

fn plain(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or(Value::Null)
}

/// A binary with the conclusions from its facts, so that readers don't have to derive them again.
fn binary(facts: &Facts) -> Value {
    let mut value = plain(facts);
    let images = value.get_mut("images").and_then(Value::as_array_mut);
    for (value, image) in images.into_iter().flatten().zip(&facts.images) {
        add_conclusions(value, image);
    }
    value
}

fn add_conclusions(value: &mut Value, image: &Image) {
    let Value::Object(map) = value else { return };
    map.insert(
        "oldest_python".to_owned(),
        json!(image.oldest_python().map(|version| version.to_string())),
    );
    map.insert(
        "newest_glibc".to_owned(),
        json!(image.newest_glibc().map(|version| version.to_string())),
    );
    map.insert(
        "newest_glibc_symbols".to_owned(),
        json!(image.newest_glibc_symbols()),
    );
    map.insert("may_be_abi3t".to_owned(), json!(image.may_be_abi3t()));
    map.insert(
        "libpython".to_owned(),
        json!(image.libpython().map(|library| &library.name)),
    );
    map.insert("has_debug_info".to_owned(), json!(image.has_debug_info()));
    let symbols = map
        .get_mut("python_api")
        .and_then(|api| api.get_mut("symbols"))
        .and_then(Value::as_array_mut);
    for (value, symbol) in symbols.into_iter().flatten().zip(&image.python_api.symbols) {
        if let (Value::Object(map), Some(since)) = (value, symbol.free_threaded_stable_since()) {
            map.insert("abi3t_since".to_owned(), json!(since.to_string()));
        }
    }
}

fn wheel(facts: &anatomy::wheel::WheelFacts) -> Value {
    let mut value = plain(facts);
    for (key, binaries) in [
        ("extensions", &facts.extensions),
        ("libraries", &facts.libraries),
        ("other_binaries", &facts.other_binaries),
    ] {
        let values = value.get_mut(key).and_then(Value::as_array_mut);
        for (value, one) in values.into_iter().flatten().zip(binaries) {
            if let Some(facts) = value.get_mut("facts") {
                *facts = binary(&one.facts);
            }
        }
    }
    if let Value::Object(map) = &mut value {
        map.insert(
            "promised_python".to_owned(),
            promised(Promise::of_wheel(facts)),
        );
        map.insert(
            "oldest_manylinux".to_owned(),
            json!(facts.oldest_manylinux()),
        );
        map.insert(
            "oldest_musllinux".to_owned(),
            json!(facts.oldest_musllinux()),
        );
    }
    value
}

fn promised(promise: Promise) -> Value {
    json!(promise.oldest.map(|version| version.to_string()))
}

fn installed(found: &Installed) -> Value {
    let found_as = match found.found_as {
        InstalledAs::Extension => "extension",
        InstalledAs::Package => "package",
        InstalledAs::Namespace => "namespace",
        InstalledAs::Source => "source",
        InstalledAs::BuiltIn => "built_in",
        InstalledAs::Distribution => "distribution",
    };
    let all = |binaries: &[Binary]| -> Vec<Value> {
        let binaries = binaries.iter();
        binaries
            .map(|one| json!({ "path": one.path, "facts": binary(&one.facts) }))
            .collect()
    };
    let unreadable: Vec<Value> = found
        .unreadable
        .iter()
        .map(|(path, reason)| json!({ "path": path, "reason": reason }))
        .collect();
    let distributions: Vec<Value> = found
        .distributions
        .iter()
        .map(|(name, version)| json!({ "name": name, "version": version }))
        .collect();
    json!({
        "found_as": found_as,
        "distribution": match distributions.as_slice() {
            [one] => one.clone(),
            _ => Value::Null,
        },
        "distributions": distributions,
        "promised_python": promised(found.promise),
        "editable": found.editable.as_ref().map(|source| json!({
            "directories": source.directories.iter().map(|dir| dir.display().to_string()).collect::<Vec<_>>(),
            "import_hook": source.hook,
        })),
        "python": found.python.display().to_string(),
        "python_version": found.python_version,
        "binaries": all(&found.binaries),
        "programs": all(&found.programs),
        "also_installed": found.elsewhere,
        "missing": found.missing,
        "unreadable": unreadable,
    })
}
