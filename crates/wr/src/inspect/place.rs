//! What a name refers to in an environment: a module, as Python would find it, or a distribution, as pip knows it; and
//! the files that belong to it.

use std::path::{Path, PathBuf};

use anatomy::ModuleName;
use environments::{Distribution, Editable, Found, module_search, outermost_package};

use super::candidates::{Group, groups};
use super::directory::{self, Enter};
use super::disk::Disk;
use super::environment::InUse;
use super::report::{InstalledAs, Trouble};
use super::{binaries, program};

/// What a name refers to in an environment.
pub(super) struct Place {
    pub(super) found_as: InstalledAs,
    pub(super) path: Option<PathBuf>,
    /// The directory that its binaries' paths are shown relative to.
    pub(super) base: PathBuf,
    pub(super) binaries: Vec<PathBuf>,
    /// The module's name, if it's a single file that Python loads under that name.
    pub(super) module: Option<ModuleName>,
    /// The modules that have several files.
    pub(super) groups: Vec<Group>,
    /// The distributions it belongs to.
    pub(super) distributions: Vec<Distribution>,
    /// Where its distribution is imported from, if it's an editable install.
    pub(super) editable: Option<Editable>,
    /// Its machine code programs.
    pub(super) programs: Vec<PathBuf>,
    /// Binaries that are listed but don't exist.
    pub(super) missing: Vec<PathBuf>,
    /// For a module: what its distribution installs outside its package.
    pub(super) elsewhere: Vec<PathBuf>,
}

impl Place {
    /// A place without binaries.
    fn new(found_as: InstalledAs, base: PathBuf) -> Self {
        Self {
            found_as,
            path: None,
            base,
            binaries: Vec::new(),
            module: None,
            groups: Vec::new(),
            distributions: Vec::new(),
            editable: None,
            programs: Vec::new(),
            missing: Vec::new(),
            elsewhere: Vec::new(),
        }
    }
}

/// What a name refers to, if the environment knows it.
pub(super) fn of(name: &str, in_use: &InUse) -> Result<Option<Place>, Trouble> {
    let interpreter = &in_use.asked.interpreter;
    if in_use.asked.built_in.iter().any(|module| module == name) {
        return Ok(Some(Place::new(InstalledAs::BuiltIn, PathBuf::new())));
    }
    if let Ok(module) = name.parse::<ModuleName>()
        && let Some(found) =
            module_search::find(name, &in_use.path.entries, &interpreter.suffixes, &Disk)
    {
        return of_module(&module, found, in_use).map(Some);
    }
    Distribution::find(name, &in_use.path.sites, &Disk)
        .or_else(|| environments::behind_a_hook(name, &in_use.path, &Disk))
        .map(|one| of_distribution(one, in_use))
        .transpose()
}

fn editable(one: &Distribution, in_use: &InUse) -> Option<Editable> {
    Editable::of(one, &in_use.path.site_directories, &Disk)
}

fn of_module(module: &ModuleName, found: Found, in_use: &InUse) -> Result<Place, Trouble> {
    let name = module.as_str();
    let (above, _) = name.rsplit_once('.').unwrap_or_default();
    let parent = |path: &Path| path.parent().unwrap_or(path).to_owned();
    let suffixes = &in_use.asked.interpreter.suffixes;
    let distributions = environments::owners(name, &found, &in_use.path, &Disk);
    let in_dirs = |found_as: InstalledAs, dirs: Vec<PathBuf>| -> Result<Place, Trouble> {
        let mut place = Place::new(found_as, PathBuf::new());
        for dir in &dirs {
            let below = directory::files(dir, Enter::All, directory::is_binary)?.0;
            let found = groups(&below, &parent(dir), above, suffixes);
            place.groups.extend(found);
            place.binaries.extend(below);
            place.missing.extend(missing_below(dir, &distributions));
        }
        let first = dirs.into_iter().next().unwrap_or_default();
        place.base = parent(&first);
        place.path = Some(first);
        Ok(place)
    };
    let mut place = match found {
        Found::Extension(path) => Place {
            binaries: vec![path.clone()],
            path: Some(path.clone()),
            module: Some(module.clone()),
            ..Place::new(InstalledAs::Extension, parent(&path))
        },
        Found::Source(path) => Place {
            path: Some(path.clone()),
            ..Place::new(InstalledAs::Source, parent(&path))
        },
        Found::Package(dir) => in_dirs(InstalledAs::Package, vec![dir])?,
        Found::Namespace(portions) => in_dirs(InstalledAs::Namespace, portions)?,
    };
    place.groups.push(Group {
        module: module.clone(),
        files: module_search::candidates(name, &in_use.path.entries, suffixes, &Disk),
    });
    if let [one] = distributions.as_slice() {
        place.editable = editable(one, in_use);
        place.elsewhere = elsewhere(&place, one, suffixes);
    }
    place.distributions = distributions;
    Ok(place)
}

/// The binaries below a directory that its distributions list but that don't exist.
fn missing_below(dir: &Path, distributions: &[Distribution]) -> Vec<PathBuf> {
    distributions
        .iter()
        .flat_map(|one| one.files(&Disk).unwrap_or_default())
        .filter(|file| file.starts_with(dir) && directory::is_binary(file) && is_missing(file))
        .collect()
}

fn is_missing(file: &Path) -> bool {
    file.symlink_metadata()
        .is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
}

/// What a module's distribution installs outside its package: extensions and programs. For a single extension, its
/// neighbours don't matter.
fn elsewhere(place: &Place, one: &Distribution, suffixes: &[String]) -> Vec<PathBuf> {
    if place.found_as == InstalledAs::Extension {
        return Vec::new();
    }
    let package = place
        .path
        .as_deref()
        .and_then(|path| outermost_package(path, suffixes, &Disk));
    let is_extension = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        suffixes
            .iter()
            .any(|suffix| name.ends_with(suffix.as_str()))
            && !name.starts_with("lib")
    };
    one.files(&Disk)
        .unwrap_or_default()
        .into_iter()
        .filter(is_extension)
        .chain(program::of(one))
        .filter(|file| package.as_ref().is_none_or(|dir| !file.starts_with(dir)))
        .filter(|file| !place.binaries.contains(file) && file.is_file())
        .collect()
}

fn of_distribution(one: Distribution, in_use: &InUse) -> Result<Place, Trouble> {
    let suffixes = &in_use.asked.interpreter.suffixes;
    let site = one.site().to_owned();
    let source = editable(&one, in_use);
    let listed = match &source {
        // It may list nothing, because none of its files are in the environment.
        Some(_) => binaries::of_distribution(&one, suffixes).unwrap_or_default(),
        None => binaries::of_distribution(&one, suffixes)?,
    };
    let (missing, mut binaries): (Vec<_>, Vec<_>) =
        listed.into_iter().partition(|file| is_missing(file));
    if let Some(source) = &source {
        binaries.extend(binaries::of_editable(&one, source, suffixes)?);
        binaries.dedup();
    }
    Ok(Place {
        path: Some(one.info.clone()),
        groups: groups(&binaries, &site, "", suffixes),
        programs: program::of(&one),
        binaries,
        missing,
        editable: source,
        distributions: vec![one],
        ..Place::new(InstalledAs::Distribution, site)
    })
}
