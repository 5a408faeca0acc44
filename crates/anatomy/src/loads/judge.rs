//! Whether an extension loads: applies the rules for binaries to one Python on one system.

use std::collections::HashSet;

use diagnostic::{Diagnostic, Evidence, Severity};

use super::answer::{Answer, Gil};
use super::rules::{export_function_too_new, other_python_library, other_system};
use super::{Host, System, gil};
use crate::facts::Facts;
use crate::names::{AbiTag, FileName, ModuleName};
use crate::output::importing::gil_enabled;
use crate::python_api::{OfferedSymbols, offers};
use crate::rules::{self, links_libpython, undefined_python_symbols, wrong_suffix};

/// Every Python exports it. An empty list of exported symbols would mean that nothing is known.
const ALWAYS_OFFERED: &str = "Py_Initialize";

/// Whether an extension loads on a Python. `path` is the file's path, whose last part decides whether Python considers
/// it; `module` is the name it's imported by, if known.
pub fn judge(facts: &Facts, path: &str, module: Option<&ModuleName>, host: &Host) -> Answer {
    let file = FileName::parse(path);
    if let Some(finding) = other_system::check(facts, file.as_str(), host) {
        return Answer::of(vec![finding]);
    }
    let mut expected = host.expectation().file_name(path);
    if let Some(module) = module {
        expected = expected.module(module.clone());
    }
    let mut findings = rules::judge(facts, &expected.offered(offered(facts, host)));
    // The rule talks about the interpreter in use, which isn't the one in question.
    for finding in &mut findings {
        if finding.code == *undefined_python_symbols::RULE.code() {
            finding.hint = Some(format!("install or build it for {}", host.name()));
        }
    }
    let has = |findings: &[Diagnostic], rule: &diagnostic::Rule| {
        findings.iter().any(|finding| finding.code == *rule.code())
    };
    let is_seen = host.module_in(path).is_some();
    let is_foreign = findings
        .iter()
        .any(|finding| finding.severity == Severity::Error && is_about_the_machine(finding));
    if !is_seen && !is_foreign {
        // A file that Python ignores isn't also blamed for the symbols it needs.
        findings.retain(|finding| finding.code != *undefined_python_symbols::RULE.code());
        let own = ignored_file(&file, host);
        match findings
            .iter_mut()
            .find(|finding| finding.code == *wrong_suffix::RULE.code())
        {
            // A name that every Python ignores stays as it is.
            Some(_) if is_stable_on_windows(&file) => {}
            Some(known) => *known = own,
            None => findings.push(own),
        }
    }
    if is_seen
        && let Some(leaf) = file.module()
        && let Some(finding) = export_function_too_new::check(
            facts,
            module.map_or(leaf, ModuleName::leaf),
            file.as_str(),
            host,
        )
    {
        findings.push(finding);
    }
    let library = other_python_library::check(facts, file.as_str(), host);
    let is_linked = has(&findings, &links_libpython::RULE);
    let is_own = is_own_library(facts, host);
    if library.is_some() || is_own {
        findings.retain(|finding| finding.code != *links_libpython::RULE.code());
    }
    if !is_foreign && is_seen {
        findings.extend(library);
    }
    let mut answer = Answer::of(findings);
    if is_linked && !is_own {
        answer.leave_open(
            "it depends on whether the loader finds the Python library that it's linked with"
                .to_owned(),
        );
    }
    if let Some(why) = hides_its_python(facts, &file, host) {
        answer.leave_open(why);
    }
    if host.python().is_free_threaded() && answer.loads != super::Loads::No {
        let after = gil::after_loading(facts);
        if after.gil == Gil::TurnsOn {
            answer.findings.push(
                gil_enabled::RULE
                    .finding(format!(
                        "loading it turns the GIL back on for the whole process: {}",
                        after.reason
                    ))
                    .severity(Severity::Warning)
                    .hint("use or build a version that declares that it doesn't need the GIL"),
            );
        }
        answer.gil = Some(after);
    }
    answer
}

/// Findings that say the file is for a different machine, or isn't a library at all.
fn is_about_the_machine(finding: &Diagnostic) -> bool {
    [
        &rules::not_loadable::RULE,
        &rules::wrong_architecture::RULE,
        &rules::other_libc::RULE,
    ]
    .iter()
    .any(|rule| finding.code == *rule.code())
}

/// Those of the symbols the file needs that the Python exports.
fn offered(facts: &Facts, host: &Host) -> OfferedSymbols {
    if let Some(offered) = &host.offered {
        return offered.clone();
    }
    let mut found: HashSet<&str> = HashSet::from([ALWAYS_OFFERED]);
    for image in &facts.images {
        // The symbols are in the order of the imports from Python.
        let imports = image.python_imports();
        for (symbol, import) in image.python_api.symbols.iter().zip(imports) {
            let library = import.library.as_deref();
            if offers(host.python(), host.system(), symbol, library) != Some(false) {
                found.insert(&symbol.name);
            }
        }
    }
    found.into_iter().collect()
}

/// Whether the Python library that the file is linked with belongs to a real interpreter.
fn is_own_library(facts: &Facts, host: &Host) -> bool {
    let Some(own) = &host.library else {
        return false;
    };
    let mut linked = facts
        .images
        .iter()
        .filter_map(|image| image.libpython())
        .peekable();
    linked.peek().is_some() && linked.all(|library| library.file_name() == own)
}

/// Windows has no suffix for the stable ABI, regardless of the Python.
fn is_stable_on_windows(file: &FileName) -> bool {
    let is_stable = matches!(file.tag(), Some(AbiTag::Abi3 | AbiTag::Abi3t));
    is_stable && file.as_str().strip_suffix(".pyd").is_some()
}

/// The finding that a Python ignores a file because of its suffix.
fn ignored_file(file: &FileName, host: &Host) -> Diagnostic {
    let name = file.as_str();
    let other_python = file
        .tag()
        .and_then(|tag| wrong_suffix::mismatch(tag, &host.expectation()))
        .map(|(_, found)| found);
    let (whose, hint) = match (file.tag(), other_python, file.platform()) {
        (None, ..) => (
            "whose suffix isn't an extension's".to_owned(),
            "an extension's name ends in `.so`, or in `.pyd` on Windows: rename or install it the way build tools \
             do".to_owned(),
        ),
        (_, Some(found), _) => (
            format!("which is for {found}"),
            format!("install or build it for {}", host.name()),
        ),
        (_, None, Some(platform)) => (
            format!("whose suffix is for {platform}"),
            format!("install or build it for {}", host.system()),
        ),
        (_, None, None) => (
            "whose suffix it doesn't recognise".to_owned(),
            format!("install or build it for {host}"),
        ),
    };
    let finding = wrong_suffix::RULE
        .finding(format!("{} ignores `{name}`, {whose}", host.name()))
        .hint(hint);
    match host.wanted_suffix() {
        Some(suffix) => finding.because(Evidence::mismatch("suffix", suffix, name)),
        None => finding,
    }
}

/// Why it's impossible to say whether the file loads: its name is for many Pythons, but its code may be for one.
fn hides_its_python(facts: &Facts, file: &FileName, host: &Host) -> Option<String> {
    let promise = match file.tag()? {
        AbiTag::Version { .. } => return None,
        AbiTag::Untagged => "doesn't say which Python it was built for",
        AbiTag::Abi3 | AbiTag::Abi3t => "promises the stable ABI",
    };
    // On Windows the linked library says it.
    if matches!(host.system(), System::Windows(_))
        && facts.images.iter().any(|image| image.libpython().is_some())
    {
        return None;
    }
    let outside = facts
        .images
        .iter()
        .find_map(|image| image.python_api.outside_stable_abi().next());
    if let Some(symbol) = outside {
        return Some(format!(
            "its name {promise}, but it uses more than the stable ABI, such as `{}`: it's only safe on the version it was \
             built for",
            symbol.name
        ));
    }
    let uses_python = facts
        .images
        .iter()
        .any(|image| image.python_imports().next().is_some());
    let is_untagged = file.tag() == Some(AbiTag::Untagged);
    (is_untagged && host.python().is_free_threaded() && uses_python).then(|| {
        "its name doesn't say whether it was built for free-threaded Python, whose objects have a different \
         layout".to_owned()
    })
}
