//! How to open a place in the learner's editor: which program, and how it takes a line number.
//!
//! Inside the terminal of an editor, that editor is meant. Otherwise `VISUAL` and `EDITOR` say which one, as for git.

use std::ffi::{OsStr, OsString};
use std::path::Path;

use diagnostic::SourceLocation;

/// A command that opens a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Opening {
    pub(crate) program: String,
    pub(crate) args: Vec<OsString>,
    /// Whether it needs the terminal until it ends.
    pub(crate) takes_terminal: bool,
}

/// How an editor takes a file with a line and a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Syntax {
    /// `+LINE FILE`
    Plus,
    /// `+LINE:COLUMN FILE`
    PlusColumn,
    /// `FILE:LINE:COLUMN`
    Colons,
    /// `-g FILE:LINE:COLUMN`
    Goto,
    /// `--line LINE --column COLUMN FILE`
    Named,
    /// `-l LINE -c COLUMN FILE`
    Letters,
    /// `FILE` alone
    File,
}

/// What is known about an editor: its program, how it takes a place, and whether it runs in the terminal.
const EDITORS: [(&str, Syntax, bool); 27] = [
    ("vi", Syntax::Plus, true),
    ("vim", Syntax::Plus, true),
    ("nvim", Syntax::Plus, true),
    ("nano", Syntax::Plus, true),
    ("emacs", Syntax::PlusColumn, true),
    ("emacsclient", Syntax::PlusColumn, true),
    ("kak", Syntax::PlusColumn, true),
    ("micro", Syntax::PlusColumn, true),
    ("ne", Syntax::Plus, true),
    ("joe", Syntax::Plus, true),
    ("hx", Syntax::Colons, true),
    ("helix", Syntax::Colons, true),
    ("code", Syntax::Goto, false),
    ("code-insiders", Syntax::Goto, false),
    ("codium", Syntax::Goto, false),
    ("cursor", Syntax::Goto, false),
    ("windsurf", Syntax::Goto, false),
    ("zed", Syntax::Colons, false),
    ("zeditor", Syntax::Colons, false),
    ("subl", Syntax::Colons, false),
    ("idea", Syntax::Named, false),
    ("pycharm", Syntax::Named, false),
    ("rustrover", Syntax::Named, false),
    ("clion", Syntax::Named, false),
    ("kate", Syntax::Letters, false),
    ("gedit", Syntax::Plus, false),
    ("gnome-text-editor", Syntax::File, false),
];

/// Editors of one house, whose terminals all have the same name.
const JETBRAINS: [&str; 4] = ["rustrover", "pycharm", "clion", "idea"];

/// The command that opens `place`, whose file is at `file`. `None` if nothing says which editor to use. `variable` reads the
/// environment, and `is_there` says whether a program can be started.
pub(crate) fn opening(
    place: &SourceLocation,
    file: &Path,
    variable: &dyn Fn(&str) -> Option<String>,
    is_there: &dyn Fn(&str) -> bool,
) -> Option<Opening> {
    // A terminal inside Neovim: the file is opened outside of it, in the same Neovim.
    if let Some(server) = variable("NVIM").filter(|_| is_there("nvim")) {
        let mut args: Vec<OsString> = ["--server", &server, "--remote"]
            .map(OsString::from)
            .to_vec();
        args.push(file.into());
        return Some(Opening {
            program: "nvim".to_owned(),
            args,
            takes_terminal: false,
        });
    }
    let words = of_terminal(variable, is_there)
        .map(|program| vec![program])
        .or_else(|| named(variable))?;
    let (program, own) = words.split_first()?;
    let (syntax, takes_terminal) = known(program);
    // Emacs opens a window if it can, unless it must not.
    let has_window = matches!(stem(program), "emacs" | "emacsclient")
        && !own
            .iter()
            .any(|arg| matches!(&**arg, "-nw" | "-t" | "--tty"))
        && (variable("DISPLAY").is_some() || variable("WAYLAND_DISPLAY").is_some());
    let mut args: Vec<OsString> = own.iter().map(OsString::from).collect();
    args.extend(arguments(syntax, place, file));
    Some(Opening {
        program: program.clone(),
        args,
        takes_terminal: takes_terminal && !has_window,
    })
}

/// The editor whose own terminal this is.
fn of_terminal(
    variable: &dyn Fn(&str) -> Option<String>,
    is_there: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let first_of = |programs: &[&str]| {
        let found = programs.iter().find(|program| is_there(program));
        found.map(|program| (*program).to_owned())
    };
    if variable("TERM_PROGRAM").as_deref() == Some("vscode") {
        return first_of(&["code", "cursor", "windsurf", "codium", "code-insiders"]);
    }
    if variable("ZED_TERM").is_some() || variable("TERM_PROGRAM").as_deref() == Some("zed") {
        return first_of(&["zed", "zeditor"]);
    }
    if variable("TERMINAL_EMULATOR").as_deref() == Some("JetBrains-JediTerm") {
        return first_of(&JETBRAINS);
    }
    None
}

/// The words of `VISUAL` or `EDITOR`.
fn named(variable: &dyn Fn(&str) -> Option<String>) -> Option<Vec<String>> {
    ["VISUAL", "EDITOR"]
        .into_iter()
        .filter_map(variable)
        .filter_map(|words| shlex::split(&words))
        .find(|words| !words.is_empty())
}

fn stem(program: &str) -> &str {
    let name = Path::new(program)
        .file_stem()
        .and_then(OsStr::to_str)
        .unwrap_or(program);
    name.strip_suffix("64").unwrap_or(name)
}

/// How an editor takes a place, and whether it needs the terminal. An unknown one gets the file alone, and the terminal.
fn known(program: &str) -> (Syntax, bool) {
    let name = stem(program);
    EDITORS
        .iter()
        .find(|(known, ..)| *known == name)
        .map_or((Syntax::File, true), |(_, syntax, terminal)| {
            (*syntax, *terminal)
        })
}

fn arguments(syntax: Syntax, place: &SourceLocation, file: &Path) -> Vec<OsString> {
    let Some(line) = place.line else {
        return vec![file.into()];
    };
    let column = place.column.unwrap_or(1);
    let with_colons = || {
        let mut text = file.as_os_str().to_owned();
        text.push(format!(":{line}:{column}"));
        text
    };
    match syntax {
        Syntax::Plus => vec![format!("+{line}").into(), file.into()],
        Syntax::PlusColumn => vec![format!("+{line}:{column}").into(), file.into()],
        Syntax::Colons => vec![with_colons()],
        Syntax::Goto => vec!["-g".into(), with_colons()],
        Syntax::Named => vec![
            "--line".into(),
            line.to_string().into(),
            "--column".into(),
            column.to_string().into(),
            file.into(),
        ],
        Syntax::Letters => vec![
            "-l".into(),
            line.to_string().into(),
            "-c".into(),
            column.to_string().into(),
            file.into(),
        ],
        Syntax::File => vec![file.into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(variables: &[(&str, &str)], programs: &[&str]) -> Option<(String, bool)> {
        let place = SourceLocation::column("src/lib.rs", 18, 5);
        let opening = opening(
            &place,
            Path::new("/c/src/lib.rs"),
            &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| (*value).to_owned())
            },
            &|program| programs.contains(&program),
        )?;
        let mut words = vec![opening.program];
        words.extend(
            opening
                .args
                .into_iter()
                .map(|arg| arg.into_string().unwrap()),
        );
        Some((words.join(" "), opening.takes_terminal))
    }

    #[test]
    fn visual_and_editor_say_which() {
        let shown = |variables: &[(&str, &str)]| command(variables, &[]);
        let terminal = |text: &str| Some((text.to_owned(), true));
        let window = |text: &str| Some((text.to_owned(), false));
        assert_eq!(shown(&[]), None);
        assert_eq!(
            shown(&[("EDITOR", "vim")]),
            terminal("vim +18 /c/src/lib.rs")
        );
        assert_eq!(
            shown(&[("EDITOR", "vim"), ("VISUAL", "code --wait")]),
            window("code --wait -g /c/src/lib.rs:18:5")
        );
        assert_eq!(
            shown(&[("EDITOR", "/usr/bin/hx")]),
            terminal("/usr/bin/hx /c/src/lib.rs:18:5")
        );
        assert_eq!(
            shown(&[("EDITOR", "emacs -nw"), ("DISPLAY", ":0")]),
            terminal("emacs -nw +18:5 /c/src/lib.rs")
        );
        assert_eq!(
            shown(&[("EDITOR", "emacs"), ("DISPLAY", ":0")]),
            window("emacs +18:5 /c/src/lib.rs")
        );
        assert_eq!(
            shown(&[("EDITOR", "'/my tools/ed' -x")]),
            terminal("/my tools/ed -x /c/src/lib.rs")
        );
    }

    #[test]
    fn inside_an_editors_terminal_that_editor_is_meant() {
        let vscode = ("TERM_PROGRAM", "vscode");
        assert_eq!(
            command(&[vscode, ("EDITOR", "vim")], &["code"]),
            Some(("code -g /c/src/lib.rs:18:5".to_owned(), false))
        );
        // Its program isn't on the path.
        assert_eq!(
            command(&[vscode, ("EDITOR", "vim")], &[]),
            Some(("vim +18 /c/src/lib.rs".to_owned(), true))
        );
        let jetbrains = ("TERMINAL_EMULATOR", "JetBrains-JediTerm");
        assert_eq!(
            command(&[jetbrains], &["pycharm"]),
            Some((
                "pycharm --line 18 --column 5 /c/src/lib.rs".to_owned(),
                false
            ))
        );
        assert_eq!(
            command(&[("NVIM", "/run/nvim.1")], &["nvim"]),
            Some((
                "nvim --server /run/nvim.1 --remote /c/src/lib.rs".to_owned(),
                false
            ))
        );
    }
}
