"""The lines that `wr` and the harness exchange: requests as JSON in, events as JSON out."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_TEXT = 64 * 1024

# A path or another value from the operating system: a string, or its bytes if it isn't Unicode.
Native = str | list[int]


def native(value: Native) -> str:
    """A value as Python represents it; bytes that aren't Unicode become surrogates."""
    return os.fsdecode(bytes(value)) if isinstance(value, list) else value


def shorten(text: str) -> str:
    """Keeps the beginning and the end of a string that is too long to read anyway."""
    if len(text) <= LONGEST_TEXT:
        return text
    half = LONGEST_TEXT // 2
    return text[:half] + "\n[...]\n" + text[-half:]


class Wanted(NamedTuple):
    """An extension module, and where it and the package around it should come from."""

    module: str
    # Where `wr` put the extension.
    home: str
    # Directories that may contain the package.
    packages: list[str]


class Run(NamedTuple):
    """A request to run pytest once."""

    id: int
    cwd: str
    args: list[str]
    # Directories for `sys.path`: next to installed packages, and after them.
    path: list[str]
    late_path: list[str]
    env: dict[str, str]
    # The `sitecustomize` of Python processes that tests start.
    site: str
    # The extension under test, if there is one.
    module: Wanted | None
    # Directories whose files belong to `wr`, or to pytest from run to run, and count for no verdict.
    own: list[str]
    # Where to note what runs when the time is up.
    trace: str
    # Whether pytest may be configured before what it tests is in place.
    is_early: bool
    # In seconds.
    limit: float


def parse_run(request: Mapping[str, Any]) -> Run:
    """Reads a `prepare` request."""
    module = request["module"]
    return Run(
        id=request["id"],
        cwd=native(request["cwd"]),
        args=[native(arg) for arg in request["args"]],
        path=[native(part) for part in request["path"]],
        late_path=[native(part) for part in request["late_path"]],
        env={name: native(value) for name, value in request["env"].items()},
        site=native(request["site"]),
        module=module
        and Wanted(
            module=module["module"],
            home=native(module["home"]),
            packages=[native(part) for part in module["packages"]],
        ),
        own=[native(part) for part in request["own"]],
        trace=native(request["trace"]),
        is_early=request["early"],
        limit=request["limit"],
    )


class Reporter:
    """Sends events to `wr`, on a file descriptor that no test inherits."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self.process = os.getpid()

    def take_over(self) -> None:
        """Makes this process the one that reports, after a fork."""
        self.process = os.getpid()

    def is_this_process(self) -> bool:
        """Whether this process reports, as opposed to a fork that a test made."""
        return os.getpid() == self.process

    def send(self, event: str, **values: object) -> None:
        """Writes one event."""
        # A test may fork, and the copy goes through the rest of pytest too. Like its exit code, that doesn't count.
        if not self.is_this_process():
            return
        # Readers of JSON reject what isn't Unicode, such as half of a surrogate pair.
        line = json.dumps({"event": event, **values}, default=str, ensure_ascii=False) + "\n"
        data = line.encode("utf-8", "replace")
        while data:
            data = data[os.write(self.descriptor, data) :]


def mark_end(run_id: int) -> None:
    """Marks the end of a run's output on standard error."""
    os.write(2, b"\x1ewr-end %d\n" % run_id)
