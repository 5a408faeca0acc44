//! Entry points: what a package offers other programs by name, such as plugins and commands ("Entry points" of the packaging
//! specifications).

use std::collections::BTreeMap;

use crate::manifest::Pyproject;

const COMMANDS: &str = "console_scripts";
const WINDOWED: &str = "gui_scripts";

/// The entry points of a package, by groups.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct EntryPoints {
    groups: Vec<(String, BTreeMap<String, String>)>,
}

/// A command that an installer makes of an entry point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Script {
    /// What a person types.
    pub(crate) name: String,
    /// The module that has it.
    pub(crate) module: String,
    /// What's called in the module, possibly dotted.
    pub(crate) function: String,
}

impl EntryPoints {
    /// Those of a manifest, in the order in which maturin writes them.
    pub(super) fn of(pyproject: &Pyproject) -> Self {
        let scripts = [
            (COMMANDS, pyproject.scripts()),
            (WINDOWED, pyproject.gui_scripts()),
        ];
        let scripts = scripts
            .into_iter()
            .map(|(group, entries)| (group.to_owned(), entries.clone()));
        let others = pyproject.entry_points().clone();
        Self {
            groups: scripts
                .chain(others)
                .filter(|(_, entries)| !entries.is_empty())
                .collect(),
        }
    }

    /// The contents of `entry_points.txt`, or `None` without entry points.
    pub(super) fn text(&self) -> Option<String> {
        let lines = self.groups.iter().flat_map(|(group, entries)| {
            let entries = entries
                .iter()
                .map(|(name, object)| format!("{name}={object}\n"));
            std::iter::once(format!("[{group}]\n")).chain(entries)
        });
        Some(lines.collect::<String>()).filter(|text| !text.is_empty())
    }

    /// Whether a program that looks for plugins may find one.
    pub(super) fn has_plugins(&self) -> bool {
        self.groups
            .iter()
            .any(|(group, _)| group != COMMANDS && group != WINDOWED)
    }

    /// The commands.
    pub(super) fn scripts(&self) -> impl Iterator<Item = Script> {
        self.groups
            .iter()
            .filter(|(group, _)| group == COMMANDS || group == WINDOWED)
            .flat_map(|(_, entries)| entries)
            .filter_map(|(name, object)| script(name, object))
    }
}

/// A command by its entry point, `module:object.attribute [extra]`; nothing where no file can have its name.
fn script(name: &str, object: &str) -> Option<Script> {
    let object = object.split('[').next().unwrap_or_default();
    let (module, function) = object.split_once(':')?;
    let is_file_name = !name.contains(['/', '\\', '\0']) && !matches!(name, "" | "." | "..");
    is_file_name.then(|| Script {
        name: name.to_owned(),
        module: module.trim().to_owned(),
        function: function.trim().to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> EntryPoints {
        EntryPoints::of(&toml::from_str(text).unwrap())
    }

    #[test]
    fn they_are_written_as_maturin_writes_them() {
        let found = of(
            "[project.entry-points.pytest11]\nfour = \"four.plugin\"\n[project.entry-points.\"a.b\"]\nx = \"x:y\"\n\
             [project.gui-scripts]\nwindow = \"four:window\"\n[project.scripts]\nfour = \"four:main\"\n",
        );
        let expect = "[console_scripts]\nfour=four:main\n[gui_scripts]\nwindow=four:window\n[a.b]\nx=x:y\n[pytest11]\nfour=four.plugin\n";
        assert_eq!(found.text().as_deref(), Some(expect));
        assert!(found.has_plugins());
        let commands = of("[project.scripts]\nfour = \"four:main\"\n");
        assert!(!commands.has_plugins());
        let none = of("[project]\nname = \"x\"\n[project.scripts]\n");
        assert_eq!(none.text(), None);
    }

    #[test]
    fn commands_are_functions_in_modules() {
        let found = script("x", "a.b : C.main [extra]").unwrap();
        assert_eq!((&*found.module, &*found.function), ("a.b", "C.main"));
        assert_eq!(script("../x", "a:b"), None);
        assert_eq!(script("x", "a"), None);
    }
}
