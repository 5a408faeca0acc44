import contextlib
import doctest
import inspect
import io
import re
import textwrap
from pathlib import Path

import pytest
import stubs_and_docstrings
from mypy import api, stubtest
from stubs_and_docstrings import Place, RouteError, climb, highest

import sample

# The directory of the stub: `stubs_and_docstrings.pyi` describes the module of that name.
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def lines_with_errors(tmp_path, monkeypatch, cache):
    """A function that type-checks some code and returns the numbers of the lines that mypy rejects."""

    def check(path):
        monkeypatch.setenv("MYPYPATH", str(ROOT))
        monkeypatch.chdir(tmp_path)
        said, complaint, _ = api.run(["--strict", "--config-file=", f"--cache-dir={cache}", str(path)])
        assert complaint == ""
        errors = [line for line in said.splitlines() if ": error:" in line]
        others = [line for line in errors if not line.startswith(f"{path.name}:")]
        assert others == [], "these are errors in the stub, or elsewhere"
        return {int(re.match(r"[^:]+:(\d+):", line)[1]) for line in errors}

    return check


ARGUMENTS = """
    from stubs_and_docstrings import Place

    Place("Bern", 540)
    Place(name="Bern", height=540)
    Place("Bern")  # error
    Place(540, "Bern")  # error
    Place("Bern", 540, 17)  # error
"""
PROPERTIES = """
    from stubs_and_docstrings import Place

    bern = Place("Bern", 540)
    shout: str = bern.name.upper()
    above: int = bern.height - 500
    bern.size  # error
    bern.height = 541  # error
    name: bytes = bern.name  # error
"""
CLIMB = """
    from stubs_and_docstrings import Place, climb

    bern, thun = Place("Bern", 540), Place("Thun", 560)
    metres: int = climb([bern, thun])
    climb((bern, thun), start=500)
    climb((place for place in [bern, thun]), start=None)
    climb(bern)  # error
    climb(["Bern", "Thun"])  # error
    climb([bern, thun], 500)  # error
    climb([bern, thun], start="500")  # error
    text: str = climb([])  # error
"""
HIGHEST = """
    from stubs_and_docstrings import Place, highest

    bern, thun = Place("Bern", 540), Place("Thun", 560)
    top = highest([bern, thun])
    if top is not None:
        name: str = top.name
    highest((bern, thun))
    highest([bern, thun]).name  # error
    highest([540, 560])  # error
    highest()  # error
"""
EXCEPTION = """
    from stubs_and_docstrings import Place, RouteError

    try:
        Place("Olympus Mons", 21230)
    except RouteError as error:
        problem: ValueError = error
    raise RouteError("no way")
"""
UNKNOWN = """
    import stubs_and_docstrings

    stubs_and_docstrings.climb([])
    stubs_and_docstrings.clmb([])  # error
    error: KeyError = stubs_and_docstrings.RouteError("no way")  # error
"""


@pytest.mark.parametrize(
    "code",
    [ARGUMENTS, PROPERTIES, CLIMB, HIGHEST, EXCEPTION, UNKNOWN],
    ids=["arguments", "properties", "climb", "highest", "exception", "unknown"],
)
def test_mypy_rejects_exactly_the_wrong_lines(lines_with_errors, tmp_path, code):
    caller = tmp_path / "caller.py"
    caller.write_text(textwrap.dedent(code), encoding="utf-8")
    expected = {number for number, line in enumerate(code.splitlines(), 1) if line.endswith("# error")}
    assert lines_with_errors(caller) == expected


def test_the_sample_is_well_typed(lines_with_errors, tmp_path):
    copy = tmp_path / "package.py"
    copy.write_text(Path(sample.__file__).read_text(encoding="utf-8"), encoding="utf-8")
    assert lines_with_errors(copy) == set()


def test_stub_and_module_agree(monkeypatch, tmp_path):
    monkeypatch.setenv("MYPYPATH", str(ROOT))
    monkeypatch.chdir(tmp_path)
    # An installed module may be wrapped in a package with the same name. That is up to the build tool.
    allowed = tmp_path / "allowed"
    allowed.write_text(r"stubs_and_docstrings\.stubs_and_docstrings", encoding="utf-8")
    options = ["--concise", f"--allowlist={allowed}", "--ignore-unused-allowlist", "stubs_and_docstrings"]
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        status = stubtest.test_stubs(stubtest.parse_options(options))
    assert said.getvalue() == ""
    assert status == 0


def test_everything_has_a_docstring():
    for thing in (stubs_and_docstrings, Place, RouteError, climb, highest):
        assert (inspect.getdoc(thing) or "").strip(), thing
    assert "metres" in Place.__doc__
    for function in (climb, highest):
        for parameter in inspect.signature(function).parameters:
            assert f"`{parameter}`" in function.__doc__


@pytest.mark.parametrize("function", [climb, highest], ids=["climb", "highest"])
def test_the_examples_in_the_docstrings_are_right(function):
    names = {"Place": Place, "climb": climb, "highest": highest}
    examples = doctest.DocTestParser().get_doctest(function.__doc__ or "", names, function.__name__, None, None)
    assert any(f"{function.__name__}(" in example.source for example in examples.examples)
    said = io.StringIO()
    results = doctest.DocTestRunner(verbose=False).run(examples, out=said.write)
    assert results.failed == 0, said.getvalue()
