//! Requirements files (pip's documentation, "Requirements File Format").

use std::path::Path;

use crate::system::System;

/// How deeply files may include each other. The bound makes a cycle harmless.
const DEEPEST: usize = 8;

/// Adds the requirements of a file, and the constraints that it names.
pub(super) fn read(
    system: &dyn System,
    file: &Path,
    wanted: &mut Vec<String>,
    locked: &mut Vec<String>,
) {
    Reader { system }.file(file, wanted, locked, 0);
}

/// Adds one line of such a file in `dir`.
pub(super) fn read_line(
    system: &dyn System,
    dir: &Path,
    line: &str,
    wanted: &mut Vec<String>,
    locked: &mut Vec<String>,
) {
    Reader { system }.line(dir, line, wanted, locked, 0);
}

struct Reader<'s> {
    system: &'s dyn System,
}

impl Reader<'_> {
    fn file(&self, file: &Path, wanted: &mut Vec<String>, locked: &mut Vec<String>, depth: usize) {
        let Ok(bytes) = self.system.read(file) else {
            return;
        };
        if depth > DEEPEST {
            return;
        }
        let text = String::from_utf8_lossy(&bytes).replace("\\\n", " ");
        let dir = file.parent().unwrap_or(file);
        for line in text.lines() {
            self.line(dir, line, wanted, locked, depth);
        }
    }

    fn line(
        &self,
        dir: &Path,
        line: &str,
        wanted: &mut Vec<String>,
        locked: &mut Vec<String>,
        depth: usize,
    ) {
        let line = without_comment(line);
        if let Some(other) = option(line, &["-r", "--requirement"]) {
            self.file(&dir.join(other), wanted, locked, depth + 1);
        } else if let Some(other) = option(line, &["-c", "--constraint"]) {
            let mut constraints = Vec::new();
            self.file(&dir.join(other), &mut constraints, locked, depth + 1);
            locked.append(&mut constraints);
        } else {
            wanted.extend(requirement(line));
        }
    }
}

fn without_comment(line: &str) -> &str {
    let end = if line.trim_start().starts_with('#') {
        0
    } else {
        line.find(" #").unwrap_or(line.len())
    };
    line[..end].trim()
}

/// The value of an option by one of its names.
fn option<'l>(line: &'l str, names: &[&str]) -> Option<&'l str> {
    names.iter().find_map(|name| {
        let rest = line.strip_prefix(name)?;
        // A long option needs a separator, a short one doesn't.
        let is_apart = !name.starts_with("--") || rest.starts_with([' ', '=', '\t']);
        is_apart.then(|| rest.trim_start_matches([' ', '=', '\t']))
    })
}

/// The requirement in a line, without pip's options. Paths, which point to the project itself or its neighbours, are left out.
fn requirement(line: &str) -> Option<String> {
    let text = line.split(" --").next().unwrap_or_default().trim();
    let begins = text.chars().next()?;
    let is_path = text.contains('/') && !text.contains('@');
    (begins.is_ascii_alphanumeric()
        && !is_path
        && Path::new(text)
            .extension()
            .is_none_or(|ending| ending != "whl"))
    .then(|| text.to_owned())
}
