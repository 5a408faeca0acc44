"""Notes which files a run reads, so that its verdict can be remembered until one of them changes."""

from __future__ import annotations

import os
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pytest

    from wr_harness.protocol import Reporter

    Args = tuple[Any, ...]

# A run that reads more files than this isn't worth remembering.
MOST = 20000

PROGRAMS = "it starts programs"
NETWORK = "it uses the network"

# Audit events after which the outcome may depend on more than files.
UNSEEN = {
    "subprocess.Popen": PROGRAMS,
    "os.system": PROGRAMS,
    "os.exec": PROGRAMS,
    "os.posix_spawn": PROGRAMS,
    "os.spawn": PROGRAMS,
    "os.startfile": PROGRAMS,
    "os.fork": "it forks",
    "os.forkpty": "it forks",
    "pty.spawn": PROGRAMS,
    "socket.connect": NETWORK,
    "socket.getaddrinfo": NETWORK,
    "socket.gethostbyname": NETWORK,
    "socket.sendto": NETWORK,
}

# Options that let an earlier run decide what this one does.
ABOUT_EARLIER_RUNS = ("lf", "failedfirst", "newfirst", "stepwise")


class Reads:
    """What a run reads, as far as Python's audit events (PEP 578) show it.

    Files that the run itself creates don't count. If the outcome may depend on something that no file shows, such as
    another program or the network, the reason is noted.
    """

    def __init__(self, own: tuple[str, ...]) -> None:
        # Beginnings of paths that aren't input: what belongs to `wr`, or to pytest from run to run.
        self.own = own
        self.files: set[str] = set()
        self.directories: set[str] = set()
        self.written: set[str] = set()
        self.unseen: set[str] = set()
        self.kinds: dict[str, Callable[[Args], object]] = {
            "open": self.opened,
            "import": lambda args: args[1] and self.add(self.files, args[1]),
            "os.listdir": lambda args: self.add(self.directories, args[0]),
            "os.scandir": lambda args: self.add(self.directories, args[0]),
            "ctypes.dlopen": self.opened_by_c,
            "sqlite3.connect": self.opened_by_c,
        }

    def note(self, event: str, args: Args) -> None:
        """The audit hook."""
        kind = self.kinds.get(event)
        if kind is not None:
            kind(args)
        elif event in UNSEEN:
            self.unseen.add(UNSEEN[event])

    def opened(self, args: Args) -> None:
        """Notes a file that Python opens."""
        path, mode, flags = args
        mode = mode if isinstance(mode, str) else ""
        flags = flags if isinstance(flags, int) else 0
        if "w" in mode or "x" in mode or flags & (os.O_TRUNC | os.O_EXCL):
            self.add(self.written, path)
        elif ("a" in mode or "+" in mode or flags & (os.O_WRONLY | os.O_RDWR)) and self.add(self.files, path):
            self.unseen.add("it changes a file that already existed")
        else:
            self.add(self.files, path)

    def opened_by_c(self, args: Args) -> None:
        """Notes a file that C code opens."""
        if isinstance(args[0], str) and os.sep in args[0]:
            self.add(self.files, args[0])

    def add(self, paths: set[str], path: Any) -> bool:
        """Notes a path; returns whether the outcome may depend on it."""
        try:
            absolute = os.path.abspath("." if path is None else os.fsdecode(path))
            absolute.encode()
        except TypeError:
            return False  # An open file by its number: it was noted when it was opened.
        except (ValueError, OSError):
            self.unseen.add("it reads a file whose name isn't Unicode")
            return False
        if absolute in self.written or absolute.startswith(self.own):
            return False
        paths.add(absolute)
        return True

    def look_at(self, config: pytest.Config) -> None:
        """Looks at how pytest was called."""
        if any(config.getoption(name, False) for name in ABOUT_EARLIER_RUNS):
            self.unseen.add("it depends on an earlier run")

    def report(self, reporter: Reporter) -> None:
        """Sends what was noted."""
        files = {path for file in self.files for path in sources(file)}
        unseen = sorted(self.unseen)
        if len(files) + len(self.directories) > MOST:
            files, unseen = set(), ["it reads too many files"]
        reporter.send("read", files=sorted(files), directories=sorted(self.directories), unseen=unseen)


def scratch() -> str:
    """Where pytest keeps temporary directories from run to run, without the user's name at the end."""
    root = os.environ.get("PYTEST_DEBUG_TEMPROOT") or tempfile.gettempdir()
    return os.path.join(os.path.abspath(root), "pytest-of-")


def sources(file: str) -> Iterator[str]:
    """The file itself, or the source of a compiled file, which Python looks at without opening it."""
    directory, name = os.path.split(file)
    if name.endswith(".pyc") and os.path.basename(directory) == "__pycache__":
        yield os.path.join(os.path.dirname(directory), name.split(".")[0] + ".py")
    elif not file.startswith(("/dev/", "/proc/self/")):
        yield file
