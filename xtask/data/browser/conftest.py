"""What the tests of the book need: a browser, a server with made-up states, and a course with a running `wr`."""

import json
import os
import queue
import shutil
import signal
import subprocess
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import states

ROOT = Path(os.environ["WR_ROOT"])
SCRATCH = Path(os.environ["WR_SCRATCH"])


class Program:
    """A program whose output is read line by line in the background."""

    def __init__(self, command, **more):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True, **more)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def line(self, part="", within=60):
        """The next line that contains `part`."""
        while True:
            line = self.lines.get(timeout=within)
            assert line is not None, "the program has ended"
            if part in line:
                return line.strip()

    def kill(self):
        self.process.kill()
        self.process.wait(20)

    def interrupt(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(20)


class Seats(Program):
    """The book of this repository, with states that a test makes up."""

    def __init__(self, state_dir):
        super().__init__([os.environ["WR_SEATS"], ROOT, state_dir])
        self.address = self.line("http://")

    def publish(self, **state):
        self.process.stdin.write(json.dumps(states.seat(**state)) + "\n")
        self.process.stdin.flush()

    def action(self):
        """The next action that a page asks for."""
        return json.loads(self.line("{", within=10))


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        # Chromium refuses its sandbox to root, as which continuous integration often runs.
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=os.environ["WR_CHROMIUM"], args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def context(chromium):
    with chromium.new_context(viewport={"width": 1280, "height": 900}) as context:
        yield context


@pytest.fixture
def tab(context):
    """A new tab. Whatever the policy of a page forbids is an error in the console, and fails the test."""
    complaints = []

    def open_tab():
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if is_wrong(said.text) else None)
        return page

    def is_wrong(said):
        # That another site may not frame a page is what a test tries.
        return "Content Security Policy" in said and "frame-ancestors" not in said

    yield open_tab
    assert complaints == []


@pytest.fixture
def seats(tmp_path):
    # The rendered book is the same for every test.
    rendered = SCRATCH / "rendered"
    rendered.mkdir(parents=True, exist_ok=True)
    (tmp_path / "book").symlink_to(rendered)
    program = Seats(tmp_path)
    program.state_dir = tmp_path
    yield program
    program.kill()


@pytest.fixture(scope="session")
def course():
    """A copy of the course as a learner has it. What was compiled for it is kept for the next time."""
    course = SCRATCH / "course"
    shutil.rmtree(course, ignore_errors=True)
    course.mkdir(parents=True)
    ignored = shutil.ignore_patterns("target", ".wr", "progress.db*", "__pycache__")
    for name in ["exercises", "solutions", "book"]:
        shutil.copytree(ROOT / name, course / name, ignore=ignored)
    shutil.copy(ROOT / ".wr.toml", course)
    subprocess.run(["git", "init", "--quiet"], cwd=course, check=True)
    for note in (SCRATCH / "state" / "book").glob("*.json"):
        note.unlink()
    return course


@pytest.fixture
def wr(course):
    """Starts `wr` in the course."""
    started = []

    def start(*arguments):
        environment = {**os.environ, "WR_STATE_DIR": str(SCRATCH / "state")}
        program = Program([os.environ["WR_PROGRAM"], *arguments], cwd=course, env=environment, stderr=subprocess.DEVNULL)
        started.append(program)
        return program

    yield start
    for program in started:
        if program.process.poll() is None:
            program.kill()
