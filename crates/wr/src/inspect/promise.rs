//! The Pythons that a distribution claims to support: by its tags (PEP 425) and by `Requires-Python`. Its binaries may
//! need less, but installers don't put them where they aren't promised to load.

use anatomy::PythonVersion;
use anatomy::wheel::{Tag, WheelFacts, WheelName};

/// The Pythons that a distribution promises to support.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Promise {
    /// The oldest, if stated.
    pub(crate) oldest: Option<PythonVersion>,
    /// Whether the tags allow only that one.
    pub(crate) is_for_one: bool,
}

impl Promise {
    /// A wheel's promise.
    pub(crate) fn of_wheel(facts: &WheelFacts) -> Self {
        Self::new(&facts.name.tags, facts.metadata.requires_python.as_deref())
    }

    /// An installed distribution's promise, from `WHEEL` and `METADATA`.
    pub(super) fn of_metadata(wheel: Option<&str>, metadata: Option<&str>) -> Self {
        let tags: Vec<Tag> = headers(wheel, "Tag:")
            .filter_map(|tag| format!("x-0-{tag}.whl").parse::<WheelName>().ok())
            .flat_map(|name| name.tags)
            .collect();
        Self::new(&tags, headers(metadata, "Requires-Python:").next())
    }

    /// The promise narrowed to a file that only this Python and later ones consider.
    pub(crate) fn since(self, first: Option<PythonVersion>) -> Self {
        Self {
            oldest: self.oldest.max(first),
            ..self
        }
    }

    fn new(tags: &[Tag], required: Option<&str>) -> Self {
        let versions = || tags.iter().filter_map(Tag::version);
        let is_for_one = !tags.is_empty()
            && tags.iter().all(Tag::is_for_one_version)
            && versions().min() == versions().max();
        let oldest = versions().min();
        Self {
            // No requirement makes a build for one version fit another.
            oldest: if is_for_one {
                oldest
            } else {
                oldest.max(required.and_then(oldest_required))
            },
            is_for_one,
        }
    }
}

/// A header's values; everything after the first empty line is the description.
fn headers<'t>(text: Option<&'t str>, name: &'static str) -> impl Iterator<Item = &'t str> {
    text.unwrap_or_default()
        .lines()
        .take_while(|line| !line.is_empty())
        .filter_map(move |line| line.strip_prefix(name).map(str::trim))
}

/// The oldest Python that a requirement allows, if it states one with `>=`, `~=` or `==` (PEP 440).
fn oldest_required(required: &str) -> Option<PythonVersion> {
    let oldest = |clause: &str| {
        let clause = clause.trim();
        let version = [">=", "~=", "=="]
            .iter()
            .find_map(|operator| clause.strip_prefix(operator))?;
        PythonVersion::parse(version.trim().trim_end_matches(".*"))
    };
    required.split(',').filter_map(oldest).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(tags: &[&str], required: &str, expected: (Option<&str>, bool)) {
        let wheel: String = tags.iter().map(|tag| format!("Tag: {tag}\n")).collect();
        let metadata = format!("Name: x\nRequires-Python: {required}\n\nRequires-Python: >=3.99\n");
        let promise = Promise::of_metadata(Some(&wheel), Some(&metadata));
        let oldest = promise.oldest.map(|version| version.to_string());
        assert_eq!(
            (oldest.as_deref(), promise.is_for_one),
            expected,
            "{tags:?}"
        );
    }

    #[test]
    fn a_build_for_one_version_is_not_for_later_ones() {
        check(&["cp311-cp311-win_amd64"], ">=3.12", (Some("3.11"), true));
        check(
            &["pp310-pypy310_pp73-win_amd64"],
            ">=3.8",
            (Some("3.10"), true),
        );
        check(&["cp313-cp313t-win_amd64"], "", (Some("3.13"), true));
        check(&["cp311-none-win_amd64"], "", (Some("3.11"), true));
        check(&["cp315-abi3.abi3t-win_amd64"], "", (Some("3.15"), false));
    }

    #[test]
    fn the_newest_of_tags_and_requirement_counts() {
        check(&["cp310-abi3-linux_x86_64"], ">=3.8", (Some("3.10"), false));
        check(
            &["cp39-abi3-linux_x86_64"],
            ">= 3.11, <4",
            (Some("3.11"), false),
        );
        check(&["cp312-cp312-win_amd64"], ">=3.8", (Some("3.12"), true));
        check(
            &["cp312-cp312-x", "cp313-cp313-x"],
            "",
            (Some("3.12"), false),
        );
        check(&["py3-none-any"], "<4", (None, false));
        check(&["py310-none-any"], "", (Some("3.10"), false));
        check(&[], "", (None, false));
    }
}
