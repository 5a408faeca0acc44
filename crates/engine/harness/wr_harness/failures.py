"""Describes an exception as values: its type, its text, and where in the project it was raised."""

from __future__ import annotations

import ast
import linecache
from typing import TYPE_CHECKING

import pytest

from wr_harness.imports import lacking_module, offered
from wr_harness.protocol import shorten

if TYPE_CHECKING:
    from types import FrameType, TracebackType

    from wr_harness.files import Project

# Types whose `repr` is short and complete.
PLAIN = (bool, bytes, float, int, str, type(None))
MOST_VALUES = 4
MOST_CAUSES = 3
LONGEST_VALUE = 60


def describe(error: BaseException, project: Project) -> dict[str, object]:
    """The description of an exception."""
    # pytest wraps an import error of a test module in an exception of its own; its cause says what was missing.
    if isinstance(error, pytest.Collector.CollectError) and error.__cause__ is not None:
        error = error.__cause__
    kind = type(error)
    last = last_in(project, error.__traceback__)
    place: dict[str, object] | None = None
    if isinstance(error, SyntaxError) and error.filename:
        place = {"file": project.shown(error.filename), "line": error.lineno or 1}
    elif last is not None:
        place = {"file": project.shown(last.tb_frame.f_code.co_filename), "line": last.tb_lineno}
    is_unmet = isinstance(error, pytest.fail.Exception)
    return {
        "type": kind.__name__,
        "module": kind.__module__,
        "text": shorten(text_of(error)),
        "notes": notes(error),
        "causes": causes(error),
        "name": lacking_module(error),
        "offered": offered(lacking_module(error)),
        "place": place,
        "values": values_at(last.tb_frame, last.tb_lineno) if last is not None and is_unmet else [],
    }


def last_in(project: Project, trace: TracebackType | None) -> TracebackType | None:
    """The last place in the project that an exception went through."""
    last = None
    while trace is not None:
        if project.owns(trace.tb_frame.f_code.co_filename):
            last = trace
        trace = trace.tb_next
    return last


def text_of(error: BaseException) -> str:
    """The text of an exception, which its class may fail to give."""
    try:
        return str(error)
    except Exception as failed:
        return f"(its text can't be shown: {failed!r})"


def notes(error: BaseException) -> list[str]:
    """What `add_note` added to an exception; PyO3 adds the name of a parameter in this way."""
    added = getattr(error, "__notes__", None)
    return [shorten(note) for note in added if isinstance(note, str)] if isinstance(added, list) else []


def causes(error: BaseException) -> list[str]:
    """The exceptions that this one was raised `from`, the nearest first, as a traceback shows them."""
    found: list[str] = []
    cause = error.__cause__
    # A chain may lead back to itself.
    while cause is not None and len(found) < MOST_CAUSES:
        text = text_of(cause)
        name = type(cause).__name__
        found.append("\n".join([f"{name}: {shorten(text)}" if text else name, *notes(cause)]))
        cause = cause.__cause__
    return found


def values_at(frame: FrameType, line: int) -> list[list[str]]:
    """The values that a statement worked with: the variables of the loops around it, and those it names."""
    try:
        source = "".join(linecache.getlines(frame.f_code.co_filename))
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    found = []
    for name in names_at(tree, line):
        if name in frame.f_locals and type(frame.f_locals[name]) in PLAIN:
            text = repr(frame.f_locals[name])
            if len(text) <= LONGEST_VALUE:
                found.append([name, text])
    return found[:MOST_VALUES]


def names_at(tree: ast.Module, line: int) -> list[str]:
    """The names that matter to the `with` block or the expression that begins in a line, without repetitions."""
    names: list[str] = []

    def add(node: ast.AST) -> None:
        for part in ast.walk(node):
            if isinstance(part, ast.Name) and part.id not in names:
                names.append(part.id)

    for node in ast.walk(tree):
        if isinstance(node, ast.For | ast.AsyncFor) and node.lineno < line <= (node.end_lineno or 0):
            add(node.target)
    for node in ast.walk(tree):
        if isinstance(node, ast.With | ast.AsyncWith) and node.lineno == line:
            for statement in node.body:
                add(statement)
        elif isinstance(node, ast.Expr) and node.lineno == line:
            add(node)
    return names
