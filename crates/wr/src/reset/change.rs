//! What has to change so that a tree becomes another one. Pure: two trees in, lists of paths out.

use std::path::PathBuf;

use super::tree::Tree;

/// The paths that differ between the files that are there and the files that should be, each relative to the exercise.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// They are there, with other contents.
    pub(crate) changed: Vec<PathBuf>,
    /// They should be there but aren't.
    pub(crate) missing: Vec<PathBuf>,
    /// They are there but shouldn't be.
    pub(crate) added: Vec<PathBuf>,
}

impl Change {
    pub(super) fn between(present: &Tree, wanted: &Tree) -> Self {
        let mut change = Self::default();
        for (path, content) in &wanted.entries {
            match present.entries.get(path) {
                None => change.missing.push(path.clone()),
                Some(found) if found != content => change.changed.push(path.clone()),
                Some(_) => {}
            }
        }
        let is_added = |path: &&PathBuf| !wanted.entries.contains_key(*path);
        change.added = present.entries.keys().filter(is_added).cloned().collect();
        change
    }

    /// Whether both trees are the same.
    pub(crate) fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.missing.is_empty() && self.added.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree::Content;
    use super::*;

    fn tree(files: &[(&str, &str)]) -> Tree {
        let entry = |(path, text): &(&str, &str)| {
            let content = Content::File(blake3::hash(text.as_bytes()), false);
            (PathBuf::from(path), content)
        };
        Tree {
            entries: files.iter().map(entry).collect(),
        }
    }

    #[test]
    fn each_path_is_in_one_list_and_equal_files_in_none() {
        let present = tree(&[("a", "1"), ("b", "mine"), ("c/d", "mine")]);
        let wanted = tree(&[("a", "1"), ("b", "theirs"), ("c", "theirs")]);
        let change = Change::between(&present, &wanted);
        assert_eq!(change.changed, [PathBuf::from("b")]);
        assert_eq!(change.missing, [PathBuf::from("c")]);
        assert_eq!(change.added, [PathBuf::from("c/d")]);
        assert!(Change::between(&present, &present).is_empty());
    }

    #[test]
    fn a_link_differs_from_a_file_with_the_same_name() {
        let mut present = tree(&[("a", "1")]);
        let wanted = present.clone();
        let link = Content::Link(PathBuf::from("a"));
        present.entries.insert(PathBuf::from("a"), link);
        assert_eq!(
            Change::between(&present, &wanted).changed,
            [PathBuf::from("a")]
        );
    }
}
