//! Editable installs (PEP 660): Python imports from the project's own directory.
//!
//! A `.pth` file names the directory, or runs code that installs an import hook. The former is followed; the latter
//! isn't run, which leaves the project's directory as recorded by the installer (PEP 610).

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::directory::{self, Enter};
use super::distribution::{Distribution, binaries_of};
use super::environment::InUse;
use super::pth;
use super::report::{Editable, Trouble};

/// Where a distribution is imported from; `None` if that's the site directory, as usual.
pub(super) fn of(one: &Distribution, in_use: &InUse) -> Option<Editable> {
    // `setup.py develop` puts its metadata into the project itself.
    let is_in_project = one.info.extension().is_some_and(|it| it == "egg-info")
        && !in_use
            .asked
            .site_directories
            .iter()
            .any(|site| site == one.site());
    if is_in_project {
        return Some(Editable {
            directories: vec![one.site().to_owned()],
            hook: false,
        });
    }
    let files = one.files().unwrap_or_default();
    let project = project(one);
    let is_marked = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default();
        name.to_string_lossy().starts_with("__editable__")
    };
    if project.is_none() && !files.iter().any(is_marked) {
        return None;
    }
    let at_top = |file: &&PathBuf| file.parent() == Some(one.site()) && pth::is_one(file);
    let pth_files: Vec<&PathBuf> = files.iter().filter(at_top).collect();
    let mut directories: Vec<PathBuf> = pth_files
        .iter()
        .flat_map(|file| pth::directories(file))
        .collect();
    let hook = pth_files.iter().any(|file| pth::has_code(file));
    if directories.is_empty() {
        directories.extend(project);
    }
    Some(Editable { directories, hook })
}

/// The binaries of the modules imported from there.
pub(super) fn binaries(
    one: &Distribution,
    source: &Editable,
    suffixes: &[String],
) -> Result<Vec<PathBuf>, Trouble> {
    let mut found = Vec::new();
    let modules = one.modules().unwrap_or_default();
    for dir in &source.directories {
        let of_modules = binaries_of(&modules, dir, suffixes)?;
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

#[derive(Deserialize)]
struct DirectUrl {
    url: String,
    #[serde(default)]
    dir_info: DirInfo,
}

#[derive(Default, Deserialize)]
struct DirInfo {
    #[serde(default)]
    editable: bool,
}

/// The project's directory, from `direct_url.json`.
fn project(one: &Distribution) -> Option<PathBuf> {
    let noted: DirectUrl = serde_json::from_str(&one.text("direct_url.json")?).ok()?;
    let path = noted.url.strip_prefix("file://")?;
    if !noted.dir_info.editable {
        return None;
    }
    let dir = PathBuf::from(decoded(path)?);
    dir.is_dir().then_some(dir)
}

/// The path of a URL, with percent-encoding decoded (RFC 3986).
fn decoded(path: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut parts = path.split('%');
    bytes.extend_from_slice(parts.next()?.as_bytes());
    for part in parts {
        let (digits, rest) = part.split_at_checked(2)?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        bytes.extend_from_slice(rest.as_bytes());
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn the_path_of_a_url_is_read() {
        assert_eq!(decoded("/a/b").as_deref(), Some("/a/b"));
        assert_eq!(decoded("/a%20b/%C3%A9").as_deref(), Some("/a b/é"));
        for text in ["/a%", "/a%2", "/a%zz", "/%ff"] {
            assert_eq!(decoded(text), None, "{text}");
        }
    }
}
