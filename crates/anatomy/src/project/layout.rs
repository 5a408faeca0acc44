//! Where maturin looks for a project's parts by default (maturin's guide, "Project layout").

use super::paths::join;

/// The crate's manifest: at `manifest-path`; otherwise in `rust/`, if the Python part is known to be elsewhere or
/// there's no manifest next to `pyproject.toml`; otherwise next to it. `is_file` answers for paths relative to the
/// project's root.
pub fn crate_manifest(
    manifest_path: Option<&str>,
    python_source: Option<&str>,
    project: Option<&str>,
    is_file: &dyn Fn(&str) -> bool,
) -> String {
    if let Some(named) = manifest_path {
        return join("", named);
    }
    let (next_to_it, below) = ("Cargo.toml", "rust/Cargo.toml");
    let is_split = python_source.is_some() || is_in_src(project, is_file);
    if is_file(below) && (is_split || !is_file(next_to_it)) {
        return below.to_owned();
    }
    next_to_it.to_owned()
}

/// The directory of the project's Python packages, empty for its root: `python-source`, otherwise `src` if the crate is
/// in `rust/` and `src` contains the package.
pub fn python_source(
    python_source: Option<&str>,
    project: Option<&str>,
    is_file: &dyn Fn(&str) -> bool,
) -> String {
    match python_source {
        Some(source) => join("", source),
        None if is_file("rust/Cargo.toml") && is_in_src(project, is_file) => "src".to_owned(),
        None => String::new(),
    }
}

/// Whether `src` contains the package with the project's name.
fn is_in_src(project: Option<&str>, is_file: &dyn Fn(&str) -> bool) -> bool {
    project.is_some_and(|name| is_file(&format!("src/{}/__init__.py", name.replace('-', "_"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(files: &[&str], said: Option<&str>, expect: (&str, &str)) {
        let is_file = |path: &str| files.contains(&path);
        let project = Some("my-ext");
        assert_eq!(crate_manifest(None, said, project, &is_file), expect.0);
        assert_eq!(python_source(said, project, &is_file), expect.1);
    }

    #[test]
    fn the_crate_in_rust_comes_first_if_python_sources_are_elsewhere() {
        let both = ["Cargo.toml", "rust/Cargo.toml"];
        check(&both, None, ("Cargo.toml", ""));
        check(&both, Some("python"), ("rust/Cargo.toml", "python"));
        check(&["rust/Cargo.toml"], None, ("rust/Cargo.toml", ""));
    }

    #[test]
    fn src_counts_only_next_to_a_crate_in_rust() {
        let package = "src/my_ext/__init__.py";
        check(
            &["rust/Cargo.toml", package],
            None,
            ("rust/Cargo.toml", "src"),
        );
        check(
            &["Cargo.toml", "rust/Cargo.toml", package],
            None,
            ("rust/Cargo.toml", "src"),
        );
        check(&["Cargo.toml", package], None, ("Cargo.toml", ""));
    }
}
