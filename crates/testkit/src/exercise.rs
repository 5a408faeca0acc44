//! Courses and their exercises.

use crate::Workshop;

/// A folder name turned into a package name: `01_my-lesson` becomes `x01_my-lesson`.
fn package(id: &str) -> String {
    let name = id.rsplit('/').next().unwrap_or(id);
    let plain = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' {
            c
        } else {
            '_'
        }
    };
    format!("x{}", name.chars().map(plain).collect::<String>())
}

/// A manifest without dependencies, in its own workspace.
fn manifest(package: &str) -> String {
    format!(
        "[package]\nname = \"{package}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n"
    )
}

impl Workshop {
    /// Turns the directory into a course: a git work tree with an empty `.wr.toml`.
    pub fn course(&self) -> &Self {
        self.folder(".git")
            .folder("exercises")
            .write(".wr.toml", "")
    }

    /// A solved exercise in pure Rust.
    pub fn rust_exercise(&self, id: &str) -> &Self {
        self.rust_exercise_with(id, "assert_eq!(crate::two(), 2);", "2")
    }

    /// An exercise in pure Rust: the body of its only test, and the value of `two()`.
    pub fn rust_exercise_with(&self, id: &str, test: &str, two: &str) -> &Self {
        let source = format!(
            "pub fn two() -> u32 {{\n    {two}\n}}\n\n#[cfg(test)]\nmod tests {{\n    #[test]\n    fn it_holds() {{\n        {test}\n    }}\n}}\n"
        );
        self.write(format!("exercises/{id}/src/lib.rs"), source)
            .write(format!("exercises/{id}/Cargo.toml"), manifest(&package(id)))
    }

    /// An exercise in pure Python, with its tests.
    pub fn python_exercise(&self, id: &str, tests: &str) -> &Self {
        self.write(format!("exercises/{id}/test_it.py"), tests)
    }

    /// An exercise without any code, verified by a list of commands, each a program with its arguments.
    pub fn command_exercise(&self, id: &str, commands: &[&[&str]]) -> &Self {
        self.write(format!("exercises/{id}/.wr.toml"), verification(commands))
    }
}

/// The `[[verification]]` TOML for these commands.
pub fn verification(commands: &[&[&str]]) -> String {
    let quoted = |text: &&str| serde_json::Value::from(*text).to_string();
    let mut text = String::new();
    for command in commands {
        let (program, args) = command.split_first().expect("a command has a program");
        let args: Vec<_> = args.iter().map(quoted).collect();
        text.push_str(&format!(
            "[[verification]]\ncommand = {}\nargs = [{}]\n\n",
            quoted(program),
            args.join(", ")
        ));
    }
    text
}
