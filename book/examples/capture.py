"""Runs the Python sessions that the pages show, so that their output is captured and never typed.

    python capture.py 01_intro/02_modules/session.txt     runs a session and writes its output into the file
    python capture.py --check */*/session*.txt            runs the sessions and fails if the output differs

Install the extensions first, with `maturin develop` in the folder of each. Every session runs in its own process.
"""

import code
import contextlib
import io
import pathlib
import subprocess
import sys

PROMPTS = (">>> ", "... ")


def statements(text: str) -> list[str]:
    """The lines that a person types, with their prompts."""
    return [line for line in text.splitlines() if line.startswith(PROMPTS) or line == "..."]


def replay(lines: list[str]) -> str:
    """The session with its current output."""
    console = code.InteractiveConsole({"__name__": "__main__"}, filename="<stdin>")
    shown = []
    for number, line in enumerate(lines):
        shown.append(line + "\n")
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            unfinished = console.push(line[4:])
            following = lines[number + 1] if number + 1 < len(lines) else ">>> "
            if unfinished and following.startswith(">>> "):
                console.push("")  # the empty line that ends a block
        shown.append(output.getvalue())
    return "".join(shown)


def main() -> int:
    arguments = sys.argv[1:]
    if arguments[:1] == ["--replay"]:
        print(replay(statements(pathlib.Path(arguments[1]).read_text())), end="")
        return 0
    check = "--check" in arguments
    failed = 0
    for path in map(pathlib.Path, (a for a in arguments if a != "--check")):
        command = [sys.executable, __file__, "--replay", str(path)]
        today = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        if not check:
            path.write_text(today)
        elif today != path.read_text():
            failed += 1
            print(f"{path}: the output differs. Capture it again, and check the page.")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
