//! Starts the bot, talks to it, and compares what it prints. Nothing in this file uses Python.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// What the bot printed.
struct Ended {
    code: Option<i32>,
    output: String,
    errors: String,
}

/// A directory with these files.
fn plugins(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("chat")
        .join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        // The code begins on a line of its own.
        fs::write(directory.join(name), text.trim_start()).unwrap();
    }
    directory
}

fn bot(directory: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_plugin_host"))
        .arg(directory)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env_remove("PYTHONUNBUFFERED")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

/// Waits for the bot's end, and returns everything that is still unread.
fn finished(child: Child) -> Ended {
    let ended = child.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&ended.stderr).replace('\r', "");
    // Until the bot is written, it ends with this.
    if let Some(start) = errors.find("not yet implemented") {
        eprint!("{errors}");
        panic!("{}", errors[start..].lines().next().unwrap_or_default());
    }
    Ended {
        code: ended.status.code(),
        output: String::from_utf8_lossy(&ended.stdout).replace('\r', ""),
        errors,
    }
}

fn run(directory: &Path, messages: &str) -> Ended {
    let mut child = bot(directory);
    // The bot may have ended without reading this.
    let _ = child.stdin.take().unwrap().write_all(messages.as_bytes());
    finished(child)
}

/// Loads the plugins, sends messages, and compares the output. Returns what was printed to standard error.
fn chat(name: &str, files: &[(&str, &str)], messages: &[&str], expected: &[&str]) -> String {
    let ended = run(&plugins(name, files), &messages.join("\n"));
    // Shown if the test fails.
    eprint!("{}", ended.errors);
    let lines: Vec<&str> = ended.output.lines().collect();
    assert_eq!(lines, expected);
    assert_eq!(ended.code, Some(0));
    ended.errors
}

/// Those of the parts that a text doesn't contain.
fn missing<'a>(text: &str, parts: &[&'a str]) -> Vec<&'a str> {
    let parts = parts.iter().filter(|part| !text.contains(**part));
    parts.copied().collect()
}

const NOTHING: [&str; 0] = [];

const GREETER: (&str, &str) = (
    "greeter.py",
    r#"
import bot

@bot.command
def hello(message):
    return f'Hello, {message.sender}!'
"#,
);

#[test]
fn plugins_answer_commands() {
    let add = r#"
import bot

@bot.command
def add(message, *numbers):
    return str(sum(map(int, numbers)))

@bot.command
def echo(message, first, last='.'):
    return first + last
"#;
    chat(
        "answers",
        &[GREETER, ("sums.py", add)],
        &[
            "mia: !hello",
            "ben: !hello",
            "mia: !add 17 20 5",
            "mia: !add",
            "mia: hello",
            "mia: !echo  ½ !",
            "mia: !echo a",
        ],
        &[
            "bot: Hello, mia!",
            "bot: Hello, ben!",
            "bot: 42",
            "bot: 0",
            "bot: ½!",
            "bot: a.",
        ],
    );
}

#[test]
fn unknown_commands_are_named() {
    chat(
        "unknown",
        &[GREETER],
        &[
            "mia: !help me",
            "mia: !hello",
            "mia: what? !help",
            "mia: !Hello",
        ],
        &[
            "bot: what is !help?",
            "bot: Hello, mia!",
            "bot: what is !Hello?",
        ],
    );
}

#[test]
fn there_may_be_several_replies_or_none() {
    let code = r#"
import bot

REPLIES = {'none': None, 'list': ['a', 'b'], 'tuple': ('c',), 'text': 'def', 'empty': []}

@bot.command
def get(message, name):
    return REPLIES[name]

@bot.command
def count(message, end):
    for number in range(int(end)):
        yield str(number)
"#;
    chat(
        "replies",
        &[("replies.py", code)],
        &[
            "m: !get none",
            "m: !get list",
            "m: !get tuple",
            "m: !get text",
            "m: !get empty",
            "m: !count 3",
        ],
        &[
            "bot: a", "bot: b", "bot: c", "bot: def", "bot: 0", "bot: 1", "bot: 2",
        ],
    );
}

#[test]
fn failures_end_one_command_only() {
    let code = r#"
import sys
import bot

@bot.command
def half(message, number):
    return str(int(number) // 2)

@bot.command
def stop(message):
    sys.exit(3)

@bot.command
def steps(message):
    yield 'one'
    raise ValueError('two')

@bot.command
def number(message):
    return [7]
"#;
    let errors = chat(
        "failures",
        &[GREETER, ("maths.py", code)],
        &[
            "m: !half x",
            "m: !half",
            "m: !stop",
            "m: !steps",
            "m: !half 9",
            "m: !hello",
        ],
        &[
            "maths failed: ValueError: invalid literal for int() with base 10: 'x'",
            "maths failed: TypeError: half() missing 1 required positional argument: 'number'",
            "maths failed: SystemExit: 3",
            "maths failed: ValueError: two",
            "bot: 4",
            "bot: Hello, m!",
        ],
    );
    let parts = [
        "maths.py\", line 6, in half",
        "return str(int(number) // 2)",
        "line 10, in stop",
        "line 15, in steps",
    ];
    assert_eq!(missing(&errors, &parts), NOTHING, "{errors}");
    let ended = run(&plugins("numbers", &[("maths.py", code)]), "m: !number\n");
    assert_eq!(
        missing(&ended.output, &["maths failed: TypeError: "]),
        NOTHING,
        "{}",
        ended.output
    );
}

#[test]
fn broken_plugins_are_skipped() {
    let files = [
        (
            "a.py",
            r#"
def broken(:
    pass
"#,
        ),
        (
            "b.py",
            r#"
import bot
import a_missing_module
"#,
        ),
        (
            "c.py",
            r#"
import sys

sys.exit('no')
"#,
        ),
        GREETER,
        (
            "z.py",
            r#"
import bot

bot.command(42)
"#,
        ),
    ];
    let ended = run(&plugins("broken", &files), "m: !hello\n");
    let lines: Vec<&str> = ended.output.lines().collect();
    let expected = [
        "skipped a: SyntaxError: ",
        "skipped b: ModuleNotFoundError: No module named 'a_missing_module'",
        "skipped c: SystemExit: no",
        "skipped z: AttributeError: ",
        "bot: Hello, m!",
    ];
    assert_eq!(
        lines.len(),
        expected.len(),
        "{}{}",
        ended.output,
        ended.errors
    );
    for (line, start) in lines.iter().zip(expected) {
        assert_eq!(line.get(..start.len()), Some(start), "{line}");
    }
    let parts = [
        "b.py\", line 2",
        "import a_missing_module",
        "c.py\", line 3",
    ];
    assert_eq!(missing(&ended.errors, &parts), NOTHING, "{}", ended.errors);
}

#[test]
fn a_plugin_that_fails_halfway_leaves_no_commands() {
    let half = r#"
import bot

@bot.command
def one(message):
    return '1'

@bot.command
def two(message):
    return '2'

1 / 0
"#;
    let free = r#"
import bot

@bot.command
def one(message):
    return 'mine'
"#;
    chat(
        "halfway",
        &[GREETER, ("half.py", half), ("later.py", free)],
        &["m: !one", "m: !two", "m: !hello"],
        &[
            "skipped half: ZeroDivisionError: division by zero",
            "bot: mine",
            "bot: what is !two?",
            "bot: Hello, m!",
        ],
    );
}

#[test]
fn a_withdrawn_command_may_have_a_finalizer() {
    // Only the bot refers to the command, so the finalizer runs when the bot drops it.
    let half = r#"
import bot

class Command:
    __name__ = 'last'

    def __call__(self, message):
        return 'x'

    def __del__(self):
        try:
            bot.command(len)
        except RuntimeError:
            pass
        print('freed', flush=True)

bot.command(Command())
1 / 0
"#;
    chat(
        "finalizer",
        &[GREETER, ("half.py", half)],
        &["m: !last", "m: !hello"],
        &[
            "freed",
            "skipped half: ZeroDivisionError: division by zero",
            "bot: what is !last?",
            "bot: Hello, m!",
        ],
    );
}

#[test]
fn a_plugin_may_be_called_like_a_module_of_python() {
    let json = r#"
import bot

@bot.command
def name(message):
    return __name__.rpartition('.')[2]
"#;
    let save = r#"
import bot
import json

@bot.command
def save(message):
    return json.dumps([message.text])
"#;
    chat(
        "shadows",
        &[
            ("json.py", json),
            ("save.py", save),
            (
                "sys.py",
                r#"
import sys

sys.version_info
"#,
            ),
        ],
        &["m: !save", "m: !name"],
        &["bot: [\"!save\"]", "bot: json"],
    );
}

#[test]
fn other_files_are_not_plugins() {
    let directory = plugins(
        "others",
        &[
            GREETER,
            ("_draft.py", "1 / 0\n"),
            ("notes.txt", "1 / 0\n"),
            ("README", ""),
            ("greeter.pyc", ""),
        ],
    );
    let ended = run(&directory, "m: !hello\n");
    assert_eq!(
        (&*ended.output, ended.code),
        ("bot: Hello, m!\n", Some(0)),
        "{}",
        ended.errors
    );
    let ended = run(&directory.join("absent"), "m: !hello\n");
    assert_eq!(
        (&*ended.output, ended.code),
        ("", Some(1)),
        "{}",
        ended.errors
    );
}

#[test]
fn a_command_may_make_commands() {
    let code = r#"
import bot

@bot.command
def learn(message, name, reply):
    def command(message):
        return reply

    command.__name__ = name
    bot.command(command)
    return 'learnt'

@bot.command
def later(message):
    yield 'wait'
    bot.command(str)
"#;
    chat(
        "learning",
        &[GREETER, ("teacher.py", code)],
        &[
            "m: !learn ping pong",
            "m: !ping",
            "m: !learn hello no",
            "m: !hello",
            "m: !later",
            "m: !learn str x",
        ],
        &[
            "bot: learnt",
            "bot: pong",
            "teacher failed: ValueError: hello is a command of greeter",
            "bot: Hello, m!",
            "bot: wait",
            "teacher failed: ValueError: str is a command of teacher",
        ],
    );
}

#[test]
fn the_first_plugin_with_a_name_has_it() {
    let other = r#"
import bot

@bot.command
def good(message):
    return 'x'

@bot.command
def hello(message):
    return 'x'
"#;
    chat(
        "taken",
        &[("another.py", other), GREETER],
        &["m: !hello", "m: !good"],
        &[
            "skipped greeter: ValueError: hello is a command of another",
            "bot: x",
            "bot: x",
        ],
    );
}

#[test]
fn commands_need_a_plugin() {
    // While the bot waits for a message, no plugin is running, and a thread can notice that.
    let code = r#"
import threading
import bot

def late(message):
    return 'late'

def watch():
    while True:
        try:
            bot.command(late)
        except ValueError:
            pass
        except RuntimeError:
            print('refused', flush=True)
            return

@bot.command
def start(message):
    threading.Thread(target=watch).start()
    return 'started'
"#;
    let mut child = bot(&plugins("waiting", &[("watch.py", code)]));
    let mut input = child.stdin.take().unwrap();
    // If the bot has ended already, it prints nothing below.
    let _ = input.write_all(b"m: !start\n");
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut lines: Vec<String> = output.lines().map_while(Result::ok).take(2).collect();
    // The thread may be faster than the bot.
    lines.sort();
    drop(input);
    let ended = finished(child);
    assert_eq!(lines, ["bot: started", "refused"], "{}", ended.errors);
}

#[test]
fn messages_are_objects_of_the_host() {
    let code = r#"
import bot

@bot.command
def kind(message, *rest):
    return [type(message).__module__, type(message).__qualname__, str(isinstance(message, bot.Message)), message.text]

@bot.command
def change(message):
    message.text = 'other'
"#;
    let ended = run(
        &plugins("messages", &[("m.py", code)]),
        "m: !kind  of message\nm: !change\n",
    );
    let start =
        "bot: bot\nbot: Message\nbot: True\nbot: !kind  of message\nm failed: AttributeError: ";
    assert_eq!(
        ended.output.get(..start.len()),
        Some(start),
        "{}{}",
        ended.output,
        ended.errors
    );
}

#[test]
fn what_plugins_print_comes_in_order() {
    let code = r#"
import bot

print('loading')

@bot.command
def half(message, number):
    print('halving', number)
    return str(int(number) // 2)
"#;
    chat(
        "printing",
        &[
            ("a.py", code),
            (
                "b.py",
                r#"
print('b')
1 / 0
"#,
            ),
        ],
        &["m: !half 4", "m: !half x", "m: !half 6"],
        &[
            "loading",
            "b",
            "skipped b: ZeroDivisionError: division by zero",
            "halving 4",
            "bot: 2",
            "halving x",
            "a failed: ValueError: invalid literal for int() with base 10: 'x'",
            "halving 6",
            "bot: 3",
        ],
    );
}
