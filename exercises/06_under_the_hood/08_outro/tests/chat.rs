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
        fs::write(directory.join(name), text).unwrap();
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
    "import bot\n\n@bot.command\ndef hello(message):\n    return f'Hello, {message.sender}!'\n",
);

#[test]
fn plugins_answer_commands() {
    let add = "import bot\n\n@bot.command\ndef add(message, *numbers):\n    return str(sum(map(int, numbers)))\n\n\
        @bot.command\ndef echo(message, first, last='.'):\n    return first + last\n";
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
    let code = "import bot\n\nREPLIES = {'none': None, 'list': ['a', 'b'], 'tuple': ('c',), 'text': 'def', 'empty': []}\n\n\
        @bot.command\ndef get(message, name):\n    return REPLIES[name]\n\n\
        @bot.command\ndef count(message, end):\n    for number in range(int(end)):\n        yield str(number)\n    bot.Message\n";
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
    let code = "import sys\nimport bot\n\n@bot.command\ndef half(message, number):\n    return str(int(number) // 2)\n\n\
        @bot.command\ndef stop(message):\n    sys.exit(3)\n\n\
        @bot.command\ndef steps(message):\n    yield 'one'\n    raise ValueError('two')\n\n\
        @bot.command\ndef number(message):\n    return [7]\n";
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
        ("a.py", "def broken(:\n    pass\n"),
        ("b.py", "import bot\nimport a_missing_module\n"),
        ("c.py", "import sys\n\nsys.exit('no')\n"),
        GREETER,
        ("z.py", "import bot\n\nbot.command(42)\n"),
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
    let half = "import bot\n\n@bot.command\ndef one(message):\n    return '1'\n\n@bot.command\ndef two(message):\n    return '2'\n\n1 / 0\n";
    let free = "import bot\n\n@bot.command\ndef one(message):\n    return 'mine'\n";
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
    let half = "import bot\n\nclass Command:\n    __name__ = 'last'\n\n    def __call__(self, message):\n        return 'x'\n\n    def __del__(self):\n        try:\n            bot.command(len)\n        \
        except RuntimeError:\n            pass\n        print('freed', flush=True)\n\n\
        bot.command(Command())\n1 / 0\n";
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
    let json =
        "import bot\n\n@bot.command\ndef name(message):\n    return __name__.rpartition('.')[2]\n";
    let save = "import bot\nimport json\n\n@bot.command\ndef save(message):\n    return json.dumps([message.text])\n";
    chat(
        "shadows",
        &[
            ("json.py", json),
            ("save.py", save),
            ("sys.py", "import sys\n\nsys.version_info\n"),
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
    let code = "import bot\n\n@bot.command\ndef learn(message, name, reply):\n    def command(message):\n        return reply\n\n\
        \x20   command.__name__ = name\n    bot.command(command)\n    return 'learnt'\n\n\
        @bot.command\ndef later(message):\n    yield 'wait'\n    bot.command(str)\n";
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
    let other = "import bot\n\n@bot.command\ndef good(message):\n    return 'x'\n\n@bot.command\ndef hello(message):\n    return 'x'\n";
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
    let code = "import threading\nimport bot\n\ndef late(message):\n    return 'late'\n\n\
        def watch():\n    while True:\n        try:\n            bot.command(late)\n        \
        except ValueError:\n            pass\n        except RuntimeError:\n            print('refused', flush=True)\n            return\n\n\
        @bot.command\ndef start(message):\n    threading.Thread(target=watch).start()\n    return 'started'\n";
    let mut child = bot(&plugins("waiting", &[("watch.py", code)]));
    let mut input = child.stdin.take().unwrap();
    // If the bot has ended already, it prints nothing below.
    let _ = input.write_all(b"m: !start\n");
    let output = BufReader::new(child.stdout.take().unwrap());
    let lines: Vec<String> = output.lines().map_while(Result::ok).take(2).collect();
    drop(input);
    let ended = finished(child);
    assert_eq!(lines, ["bot: started", "refused"], "{}", ended.errors);
}

#[test]
fn messages_are_objects_of_the_host() {
    let code = "import bot\n\n@bot.command\ndef kind(message, *rest):\n    return [type(message).__module__, type(message).__qualname__, \
        str(isinstance(message, bot.Message)), message.text]\n\n\
        @bot.command\ndef change(message):\n    message.text = 'other'\n";
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
    let code = "import bot\n\nprint('loading')\n\n@bot.command\ndef half(message, number):\n    print('halving', number)\n    return str(int(number) // 2)\n";
    chat(
        "printing",
        &[("a.py", code), ("b.py", "print('b')\n1 / 0\n")],
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
