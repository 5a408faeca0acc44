//! What the recipes produce today.

use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::examples::{self, Examples};
use crate::excerpt::Report;
use crate::recipes::{Answer, Console, Mistake, Recipes};
use crate::support::ordinary::Tools;
use crate::support::program::{self, Ended};
use crate::support::python::Python;
use crate::support::{kept, repository, tree, wr};

const LIMIT: Duration = Duration::from_mins(10);

/// How many answers to check in parallel. Those that hang just wait.
const AT_ONCE: usize = 4;

/// Every output, with its current contents.
pub fn all(recipes: &Recipes, python: &Python) -> Vec<(String, String)> {
    let mut all = answers(&recipes.answers, python);
    for mistake in &recipes.mistakes {
        all.push((mistake.output.clone(), refused(mistake, python)));
    }
    if !recipes.consoles.is_empty() {
        let tools = Tools::install(python);
        for console in &recipes.consoles {
            all.push((console.output.clone(), typed(console, &tools)));
        }
    }
    if !recipes.errors.is_empty() {
        let examples = Examples::build(python);
        for error in &recipes.errors {
            all.push((error.output.clone(), examples.complaint(&error.session)));
        }
    }
    all
}

/// `wr check` of each answer, in a copy of the course in which every exercise is in one state at a time.
fn answers(wanted: &[Answer], python: &Python) -> Vec<(String, String)> {
    let root = kept("book-course");
    tree::remove(&root);
    tree::copy(&repository().join("exercises"), &root.join("exercises"));
    fs::create_dir_all(root.join(".git")).expect("a directory can be made in the copy");
    fs::copy(repository().join(".wr.toml"), root.join(".wr.toml"))
        .unwrap_or_else(|error| panic!("{error}"));
    let mut done = Vec::new();
    let mut rest: Vec<&Answer> = wanted.iter().collect();
    while !rest.is_empty() {
        let mut batch: Vec<&Answer> = Vec::new();
        rest.retain(|answer| {
            let is_free = batch.iter().all(|one| one.exercise != answer.exercise);
            let is_taken = is_free && batch.len() < AT_ONCE;
            if is_taken {
                batch.push(answer);
            }
            !is_taken
        });
        std::thread::scope(|scope| {
            let root = &root;
            let threads: Vec<_> = batch
                .into_iter()
                .map(|answer| {
                    scope.spawn(move || (answer.output.clone(), judged(answer, root, python)))
                })
                .collect();
            for thread in threads {
                let result = thread.join();
                done.push(result.unwrap_or_else(|cause| std::panic::resume_unwind(cause)));
            }
        });
    }
    done
}

fn judged(answer: &Answer, root: &std::path::Path, python: &Python) -> String {
    let dir = root.join("exercises").join(&answer.exercise);
    tree::remove(&dir);
    tree::copy(&repository().join("exercises").join(&answer.exercise), &dir);
    if let Some(wrong) = &answer.wrong {
        let files = repository()
            .join("solutions")
            .join(&answer.exercise)
            .join("wrong")
            .join(wrong);
        // The exercise keeps its own configuration: a learner who writes this answer has it too.
        tree::copy_without(&files, &dir, &[".wr.toml"]);
    }
    let ended = wr::run(
        wr::check(root, &answer.exercise)
            .arg("--python")
            .arg(&python.program)
            .env("WR_STATE_DIR", kept("state")),
    );
    let report = Report::of(&ended.stdout, &dir);
    assert!(
        !report.findings.is_empty(),
        "{}: nothing was found\n{ended}",
        answer.output
    );
    report.with_headline(&answer.about)
}

fn refused(mistake: &Mistake, python: &Python) -> String {
    let mut project = PathBuf::new();
    let ended = examples::edited(&mistake.example, &mistake.edits, |dir| {
        dir.clone_into(&mut project);
        wr::run(
            wr::command(dir)
                .args(["check", "--recheck", "--python"])
                .arg(&python.program)
                .env("WR_STATE_DIR", kept("state")),
        )
    });
    let report = Report::of(&ended.stdout, &project);
    let text = match mistake.rustc_lines {
        Some(lines) => report.error(lines),
        None => report.finding(),
    };
    // Cargo names files relative to the workspace's root.
    let text = text.replace(&format!("{}/", mistake.example), "");
    assert!(
        report.headline.concat().contains("does not build") && !text.is_empty(),
        "{}: the compiler should refuse it\n{ended}",
        mistake.output
    );
    text
}

fn typed(console: &Console, tools: &Tools) -> String {
    // Outside the repository, whose workspace would claim it.
    let outside = tempfile::tempdir().expect("a temporary directory can be made");
    let (workspace, path, name) = match (&console.exercise, &console.example) {
        (Some(path), None) => (repository().join("exercises"), path, "exercise"),
        (None, Some(path)) => (examples::examples(), path, "example"),
        _ => panic!("{}: name an exercise or an example", console.output),
    };
    let dir = outside.path().join(name);
    tree::copy(&workspace.join(path), &dir);
    let lock_file = workspace.join("Cargo.lock");
    fs::copy(&lock_file, dir.join("Cargo.lock")).unwrap_or_else(|error| panic!("{error}"));
    // Build results are kept, under the name that the commands use for them.
    let target = kept("target-book-console");
    tree::remove(&target.join("wheels"));
    fs::create_dir_all(&target)
        .and_then(|()| std::os::unix::fs::symlink(&target, dir.join("target")))
        .unwrap_or_else(|error| panic!("{}: {error}", target.display()));
    let programs = examples::programs(&tools.python);
    let run = |line: &str| -> Ended {
        let mut shell = tools.shell(line, &dir, &programs);
        shell.env("PYO3_BUILD_EXTENSION_MODULE", "1");
        program::run(&mut shell, LIMIT).or_fail("a command of a page does not succeed")
    };
    if let Some(first) = &console.first {
        run(first);
    }
    let mut text = String::new();
    for command in &console.commands {
        if !console.only_output {
            text.push_str(&format!("$ {command}\n"));
        }
        text.push_str(&run(command).stdout);
    }
    text
}
