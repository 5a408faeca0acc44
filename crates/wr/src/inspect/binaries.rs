//! The binaries that belong to a distribution: those that it lists, or those of its modules.

use std::path::{Path, PathBuf};

use environments::{Distribution, Editable};

use super::directory::{self, Enter};
use super::disk::Disk;
use super::report::Trouble;

/// The binaries that belong to a distribution, sorted. `suffixes` are those of extensions.
pub(super) fn of_distribution(
    one: &Distribution,
    suffixes: &[String],
) -> Result<Vec<PathBuf>, Trouble> {
    let mut binaries: Vec<PathBuf> = if let Some(files) = one.files(&Disk) {
        let binaries = files.into_iter().filter(|path| directory::is_binary(path));
        binaries.collect()
    } else if let Some(modules) = one.modules(&Disk) {
        of_modules(&modules, one.site(), suffixes)?
    } else {
        return Err(Trouble::new(
            &one.name,
            format!(
                "can't read in {} which files belong to the distribution",
                one.info.display()
            ),
        )
        .help("reinstall it, or pass the module's name"));
    };
    binaries.sort();
    Ok(binaries)
}

/// The binaries of the modules that an editable install is imported from.
pub(super) fn of_editable(
    one: &Distribution,
    source: &Editable,
    suffixes: &[String],
) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let modules = one.modules(&Disk).unwrap_or_default();
    for dir in &source.directories {
        let of_modules = of_modules(&modules, dir, suffixes)?;
        if !of_modules.is_empty() {
            found.extend(of_modules);
            continue;
        }
        // Skip what a build leaves in the project, such as cargo's `target`.
        let is_extension = |path: &Path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            suffixes
                .iter()
                .any(|suffix| name.ends_with(suffix.as_str()))
        };
        found.extend(directory::files(dir, Enter::Written, is_extension)?.0);
    }
    found.sort();
    found.dedup();
    Ok(found)
}

/// The modules' binaries in a directory.
fn of_modules(
    modules: &[String],
    dir: &Path,
    suffixes: &[String],
) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    for module in modules {
        let package = dir.join(module);
        if package.is_dir() {
            found.extend(directory::files(&package, Enter::All, directory::is_binary)?.0);
        }
        let files = suffixes
            .iter()
            .map(|suffix| dir.join(format!("{module}{suffix}")));
        found.extend(files.filter(|file| file.is_file()));
    }
    Ok(found)
}
