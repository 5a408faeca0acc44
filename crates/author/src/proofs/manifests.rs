//! The manifests agree with each other, with the exercise's name, and with those of the other exercises.

use std::collections::BTreeMap;
use std::path::Path;

use toml::{Table, Value};

use crate::subject::Subject;
use crate::{AuthorError, Defect, Outcome, Proof};

/// The manifests of an exercise, if they can be read.
struct Manifests {
    cargo: Option<Table>,
    pyproject: Option<Table>,
    sample: Option<Table>,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "has the signature of the file proofs, others of which can fail"
)]
pub(crate) fn check(subject: &Subject<'_>) -> Result<Outcome, AuthorError> {
    let dir = subject.exercise.dir();
    let mut defects = Vec::new();
    for name in ["Cargo.toml", "pyproject.toml", "sample/pyproject.toml"] {
        if let Err(cause) = read(&dir.join(name)) {
            defects.push(Defect::new(
                Proof::Manifests,
                subject.places.shown(&dir.join(name)),
                format!("cannot read it: {cause}"),
                "fix the file",
            ));
        }
    }
    let own = Manifests::of(dir);
    if own.cargo.is_none() && own.pyproject.is_none() && defects.is_empty() {
        return Ok(Outcome::not_applicable("there is no manifest"));
    }
    own.agree(subject, &mut defects);
    own.stand_alone(subject, &mut defects);
    against_others(subject, &own, &mut defects);
    Ok(Outcome::of(defects, ""))
}

impl Manifests {
    fn of(dir: &Path) -> Self {
        let get = |name: &str| read(&dir.join(name)).ok().flatten();
        Self {
            cargo: get("Cargo.toml"),
            pyproject: get("pyproject.toml"),
            sample: get("sample/pyproject.toml"),
        }
    }

    fn package(&self) -> Option<&str> {
        text(self.cargo.as_ref()?, &["package", "name"])
    }

    fn project(&self) -> Option<&str> {
        text(self.pyproject.as_ref()?, &["project", "name"])
    }

    /// The manifests of one exercise agree with each other.
    fn agree(&self, subject: &Subject<'_>, defects: &mut Vec<Defect>) {
        let dir = subject.exercise.dir();
        let mut say = |file: &str, cause: String, next: String| {
            let at = subject.places.shown(&dir.join(file));
            defects.push(Defect::new(Proof::Manifests, at, cause, next));
        };
        if let (Some(package), Some(project)) = (self.package(), self.project()) {
            if plain(package) != plain(project) {
                say(
                    "pyproject.toml",
                    format!("the project is named `{project}`, but the crate is named `{package}`"),
                    "give both the same name".to_owned(),
                );
            }
            let cargo = self
                .cargo
                .as_ref()
                .and_then(|one| text(one, &["package", "version"]));
            let python = self
                .pyproject
                .as_ref()
                .and_then(|one| text(one, &["project", "version"]));
            if let (Some(cargo), Some(python)) = (cargo, python)
                && cargo != python
            {
                say(
                    "pyproject.toml",
                    format!("the project has version {python}, but the crate has version {cargo}"),
                    "give both the same version".to_owned(),
                );
            }
            let sample = self
                .sample
                .as_ref()
                .and_then(|one| array(one, &["project", "dependencies"]));
            if let Some(needs) = sample
                && !needs
                    .iter()
                    .any(|one| plain(&requirement(one)) == plain(project))
            {
                say(
                    "sample/pyproject.toml",
                    format!("it uses `{project}` but doesn't depend on it"),
                    format!("add `{project}` to `dependencies`"),
                );
            }
        }
        if let Some(package) = self.package() {
            let title = subject.exercise.id().name().title();
            let other = subject.course.exercises().iter().find(|other| {
                other.id() != subject.exercise.id()
                    && plain(other.id().name().title()) == plain(package)
            });
            if plain(title) != plain(package)
                && let Some(other) = other
            {
                say(
                    "Cargo.toml",
                    format!(
                        "the crate is named `{package}`, but so is the one of {}",
                        other.id()
                    ),
                    format!("name it `{}`, or something more descriptive", plain(title)),
                );
            }
        }
    }

    /// A copied exercise takes nothing from places that don't exist outside the repository.
    fn stand_alone(&self, subject: &Subject<'_>, defects: &mut Vec<Defect>) {
        let Some(cargo) = &self.cargo else { return };
        let at = subject
            .places
            .shown(&subject.exercise.dir().join("Cargo.toml"));
        for (key, value) in inherited("", cargo) {
            defects.push(Defect::new(
                Proof::Manifests,
                at.clone(),
                format!("`{key}` is {value}, so the exercise doesn't build when copied out of the repository"),
                "write the literal value or version",
            ));
        }
    }
}

/// The keys that are inherited from a workspace, or point outside the exercise's folder.
fn inherited(prefix: &str, table: &Table) -> Vec<(String, &'static str)> {
    let mut found = Vec::new();
    for (key, value) in table {
        let Value::Table(inner) = value else { continue };
        let path = if prefix.is_empty() {
            key.clone()
        } else {
            format!("{prefix}.{key}")
        };
        if inner.get("workspace") == Some(&Value::Boolean(true)) {
            found.push((path.clone(), "inherited from a workspace"));
        }
        let leads_out = inner
            .get("path")
            .and_then(Value::as_str)
            .is_some_and(|path| path.starts_with(".."));
        if leads_out && prefix.ends_with("dependencies") {
            found.push((path.clone(), "a path that points outside the exercise"));
        }
        found.extend(inherited(&path, inner));
    }
    found
}

/// The exercises use the same versions of shared dependencies, and no two crates share a name.
fn against_others(subject: &Subject<'_>, own: &Manifests, defects: &mut Vec<Defect>) {
    let others: Vec<(String, Manifests)> = subject
        .course
        .exercises()
        .iter()
        .map(|one| (one.id().to_string(), Manifests::of(one.dir())))
        .collect();
    let id = subject.exercise.id().to_string();
    if let Some(package) = own.package() {
        for (other, manifests) in &others {
            if *other != id && manifests.package() == Some(package) {
                defects.push(Defect::new(
                    Proof::Manifests,
                    subject
                        .places
                        .shown(&subject.exercise.dir().join("Cargo.toml")),
                    format!("the crate `{package}` has the same name as the one in {other}"),
                    "give each crate a unique name: cargo refuses duplicate names in a workspace",
                ));
            }
        }
    }
    for (file, versions) in [
        (
            "Cargo.toml",
            shared_of_cargo as fn(&Manifests) -> BTreeMap<String, String>,
        ),
        ("pyproject.toml", shared_of_pyproject),
    ] {
        for (what, version) in versions(own) {
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            for (_, manifests) in &others {
                if let Some(found) = versions(manifests).remove(&what) {
                    *counts.entry(found).or_default() += 1;
                }
            }
            let most = counts.iter().max_by_key(|(_, count)| **count);
            if let Some((usual, count)) = most
                && *usual != version
                && *count > counts[&version]
            {
                defects.push(Defect::new(
                    Proof::Manifests,
                    subject.places.shown(&subject.exercise.dir().join(file)),
                    format!("`{what}` is {version}, but {usual} in {count} other exercises"),
                    "use one version throughout the course",
                ));
            }
        }
    }
}

/// What a `Cargo.toml` has in common with others: the edition and the versions of its dependencies.
fn shared_of_cargo(manifests: &Manifests) -> BTreeMap<String, String> {
    let mut shared = BTreeMap::new();
    let Some(cargo) = &manifests.cargo else {
        return shared;
    };
    if let Some(edition) = text(cargo, &["package", "edition"]) {
        shared.insert("edition".to_owned(), edition.to_owned());
    }
    for kind in ["dependencies", "build-dependencies", "dev-dependencies"] {
        for (name, value) in cargo
            .get(kind)
            .and_then(Value::as_table)
            .into_iter()
            .flatten()
        {
            let version = value
                .as_str()
                .or_else(|| value.get("version").and_then(Value::as_str));
            if let Some(version) = version {
                shared.insert(name.clone(), version.to_owned());
            }
        }
    }
    shared
}

/// What a `pyproject.toml` has in common with others: the Python versions, and the versions of installed packages.
fn shared_of_pyproject(manifests: &Manifests) -> BTreeMap<String, String> {
    let mut shared = BTreeMap::new();
    let Some(pyproject) = &manifests.pyproject else {
        return shared;
    };
    if let Some(python) = text(pyproject, &["project", "requires-python"]) {
        shared.insert("requires-python".to_owned(), python.to_owned());
    }
    let mut add = |purpose: &str, items: Vec<String>| {
        for item in items {
            let name = requirement(&item);
            if name.len() < item.len() {
                let version = item[name.len()..].trim().to_owned();
                shared.insert(format!("{purpose}{name}"), version);
            }
        }
    };
    // Tests that run a build tool may need a newer one than the build does.
    let needed = array(pyproject, &["build-system", "requires"]);
    add("build-system.", needed.unwrap_or_default());
    let groups = pyproject.get("dependency-groups").and_then(Value::as_table);
    for (name, _) in groups.into_iter().flatten() {
        let needed = array(pyproject, &["dependency-groups", name]);
        add("", needed.unwrap_or_default());
    }
    shared
}

/// A manifest, or `None` if there is none.
fn read(file: &Path) -> Result<Option<Table>, String> {
    match std::fs::read_to_string(file) {
        Ok(text) => match text.parse() {
            Ok(table) => Ok(Some(table)),
            Err(error) => Err(toml::de::Error::message(&error).to_owned()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.to_string()),
    }
}

fn at<'t>(table: &'t Table, path: &[&str]) -> Option<&'t Value> {
    let (first, rest) = path.split_first()?;
    let mut value = table.get(*first)?;
    for key in rest {
        value = value.get(*key)?;
    }
    Some(value)
}

fn text<'t>(table: &'t Table, path: &[&str]) -> Option<&'t str> {
    at(table, path)?.as_str()
}

fn array(table: &Table, path: &[&str]) -> Option<Vec<String>> {
    let items = at(table, path)?.as_array()?;
    Some(
        items
            .iter()
            .filter_map(|one| one.as_str().map(str::to_owned))
            .collect(),
    )
}

/// The name in a requirement (PEP 508): `pytest` in `pytest>=8`.
fn requirement(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
        .collect()
}

/// A name in normalised form: `my-lib`, `my_lib` and `My.Lib` are the same (PEP 503).
fn plain(name: &str) -> String {
    name.to_lowercase().replace(['-', '.'], "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inherited_keys_and_outside_paths_are_found() {
        let table: Table =
            "[package]\nversion.workspace = true\n[dependencies]\npyo3 = { workspace = true }\n\
                            near = { path = 'inside' }\nfar = { path = '../other' }\n"
                .parse()
                .unwrap();
        let keys: Vec<String> = inherited("", &table)
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        assert_eq!(
            keys,
            ["dependencies.far", "dependencies.pyo3", "package.version"]
        );
    }

    #[test]
    fn names_and_requirements() {
        assert_eq!(requirement("maturin>=1.9.4,<2"), "maturin");
        assert_eq!(
            requirement("my-lib [extra] ; python_version<'3.12'"),
            "my-lib"
        );
        assert_eq!(plain("My-Lib"), plain("my.lib"));
    }
}
