"""Tests of how failures are described."""

import ast
import builtins
import sys

import pytest

from wr_harness.failures import describe, names_at
from wr_harness.files import Project
from wr_harness.imports import lacking_module, offered

HERE = Project(__file__.rpartition("/")[0])


def raised(error: BaseException) -> BaseException:
    """The exception with a traceback that leads here."""
    try:
        raise error
    except BaseException as caught:
        return caught


def expect_in_vain(numbers: list[int]) -> None:
    """Expects an exception that nothing raises."""
    for number in numbers:
        with pytest.raises(ZeroDivisionError):
            int(number)


def test_an_exception_is_described_with_its_place_and_notes() -> None:
    error = ValueError("no")
    error.add_note("while processing 'parts'")
    found = describe(raised(error), HERE)
    assert found["type"] == "ValueError"
    assert found["text"] == "no"
    assert found["notes"] == ["while processing 'parts'"]
    assert found["place"] == {"file": "test_failures.py", "line": raised.__code__.co_firstlineno + 3}


def test_the_causes_of_an_exception_are_described() -> None:
    nearest, first = RuntimeError("Already borrowed"), KeyError()
    nearest.add_note("while processing 'other'")
    nearest.__cause__, first.__cause__ = first, nearest
    error = ValueError("no")
    error.__cause__ = nearest
    borrowed = "RuntimeError: Already borrowed\nwhile processing 'other'"
    assert describe(raised(error), HERE)["causes"] == [borrowed, "KeyError", borrowed]
    assert describe(raised(ValueError("no")), HERE)["causes"] == []


def test_an_exception_without_text_is_described() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError("never")

    assert describe(raised(Silent()), HERE)["text"] == "(its text can't be shown: RuntimeError('never'))"


def test_a_syntax_error_is_placed_where_the_syntax_is_wrong() -> None:
    with pytest.raises(SyntaxError) as caught:
        compile("\n(", f"{HERE.root}/m.py", "exec")
    assert describe(caught.value, HERE)["place"] == {"file": "m.py", "line": 2}


def test_the_cause_of_a_failed_collection_is_described() -> None:
    wrapper = pytest.Collector.CollectError("long")
    wrapper.__cause__ = ModuleNotFoundError("No module named 'm'", name="m")
    found = describe(wrapper, HERE)
    assert found["type"] == "ModuleNotFoundError"
    assert found["name"] == "m"


def test_an_exception_that_was_not_raised_comes_with_values() -> None:
    with pytest.raises(pytest.fail.Exception) as caught:
        expect_in_vain([3])
    assert describe(caught.value, HERE)["values"] == [["number", "3"]]


def test_names_come_from_the_loops_and_the_statement() -> None:
    tree = ast.parse("for a in b:\n    with c:\n        d(e)\nwith f:\n    g\n")
    assert names_at(tree, 2) == ["a", "d", "e"]
    assert names_at(tree, 4) == ["g"]


def test_the_module_that_lacks_a_name_is_known() -> None:
    with pytest.raises(AttributeError) as caught:
        sys.forgotten  # type: ignore[attr-defined]  # noqa: B018
    assert lacking_module(caught.value) == "sys"
    assert lacking_module(ImportError(name="m")) == "m"
    assert lacking_module(AttributeError()) is None
    assert "len" in offered(builtins.__name__)
    assert offered(None) == []
