import importlib.machinery
import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Builds are kept here, so that PyO3 is compiled once.
TARGET = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"


def run(command, **options):
    """Runs a program and returns what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)
    printed = (done.stdout + done.stderr).strip()
    if done.returncode != 0:
        last = "\n".join(printed.splitlines()[-12:])
        pytest.fail(f"`{' '.join(map(str, command[:4]))} …` failed:\n{last}", pytrace=False)
    return done.stdout


def without(*names):
    """The environment without some variables."""
    return {name: value for name, value in os.environ.items() if name not in names}


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of the project, as it would be after a fresh clone."""
    copy = tmp_path_factory.mktemp("clone") / "project"
    leftovers = shutil.ignore_patterns(".*", "target", "__pycache__", "*.so", "*.pyd", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=leftovers)
    lock = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").is_file()), None)
    if lock is not None:
        shutil.copy(lock, copy)
    return copy


@pytest.fixture(scope="session")
def wheel(project, tmp_path_factory):
    """The wheel that maturin builds."""
    out = tmp_path_factory.mktemp("dist")
    build = ["build", "--offline", "--quiet", "--interpreter", sys.executable, "--target-dir", TARGET, "--out", out]
    environment = {**without("PYTHONPATH"), "CARGO_NET_OFFLINE": "true"}
    run([sys.executable, "-m", "maturin", *build], cwd=project, env=environment)
    (path,) = out.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def environment(wheel, tmp_path_factory):
    """The Python of a virtual environment in which the wheel is installed."""
    root = tmp_path_factory.mktemp("environment")
    python = root / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run([sys.executable, "-m", "uv", "venv", "--offline", "--quiet", "--clear", "--python", sys.executable, root])
    run([sys.executable, "-m", "uv", "pip", "install", "--offline", "--quiet", "--no-deps", "--python", python, wheel])
    return python


@pytest.fixture
def installed(environment, tmp_path):
    """A function that runs code with the installed package and returns what the code prints, from JSON."""

    def result(code, directory=tmp_path):
        return json.loads(run([environment, "-c", textwrap.dedent(code)], cwd=directory, env=without("PYTHONPATH")))

    return result


def test_names_in_the_wheel(wheel):
    suffix = importlib.machinery.EXTENSION_SUFFIXES[0]
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert names == {
        "mixed_layout/__init__.py",
        "mixed_layout/_native.pyi",
        f"mixed_layout/_native{suffix}",
        "mixed_layout/clock.py",
        "mixed_layout/py.typed",
    }


def test_the_package_offers_three_names(installed):
    code = """
        import json, mixed_layout
        from mixed_layout import *
        print(json.dumps([sorted(mixed_layout.__all__), Line("4", []).name, clock(390), minutes("6:30")]))
    """
    assert installed(code) == [["Line", "clock", "minutes"], "4", "6:30", 390]


def test_the_class_belongs_to_the_package(installed):
    code = """
        import json, mixed_layout
        print(json.dumps([repr(mixed_layout.Line), mixed_layout.Line is mixed_layout._native.Line]))
    """
    assert installed(code) == ["<class 'mixed_layout.Line'>", True]


def test_the_sources_do_not_hide_the_installed_package(installed, environment, project):
    code = "import json, mixed_layout; print(json.dumps([mixed_layout.__file__, mixed_layout.minutes('0:10')]))"
    file, ten = installed(code, directory=project)
    assert ten == 10
    # `-c` puts the current directory in front of `sys.path`.
    assert Path(file).is_relative_to(environment.parent.parent), "Python imported the sources"


@pytest.mark.parametrize(
    ("name", "departures", "now", "shown"),
    [
        ("4", ["7:05", "6:05"], "5:59", "4: 6:05"),
        ("4", ["7:05", "6:05"], "6:05", "4: 6:05"),
        ("17", ["6:40", "7:10"], "6:41", "17: 7:10"),
        ("17", ["6:40", "7:10"], "7:11", "17: no more buses today"),
        ("31", [], "0:00", "31: no more buses today"),
    ],
    ids=["early", "on-the-minute", "just-missed", "too-late", "no-buses"],
)
def test_board(name, departures, now, shown):
    from mixed_layout import Line, minutes

    from sample import board

    assert board(Line(name, [minutes(departure) for departure in departures]), now) == shown


CALLER = """
    from mixed_layout import Line, clock, minutes

    line = Line("4", [minutes("6:05"), minutes("7:05")])
    departure = line.next(minutes("6:30"))
    clock(departure)  # error
    if departure is not None:
        text: str = clock(departure)
    Line(4, [])  # error
    line.next("6:30")  # error
    minutes(630)  # error
"""


def test_mypy_reads_the_types(environment, tmp_path):
    caller = tmp_path / "caller.py"
    caller.write_text(textwrap.dedent(CALLER), encoding="utf-8")
    options = ["--strict", "--config-file=", "--python-executable", environment, "--cache-dir", tmp_path / "cache"]
    command = [sys.executable, "-m", "mypy", *options, caller.name]
    said = subprocess.run(command, cwd=tmp_path, env=without("MYPYPATH"), capture_output=True, text=True).stdout
    errors = {int(number) for number in re.findall(r"^caller\.py:(\d+): error:", said, re.MULTILINE)}
    expected = {number for number, line in enumerate(CALLER.splitlines(), 1) if line.endswith("# error")}
    assert errors == expected, said


def test_stub_and_module_agree(environment, tmp_path):
    packages = run([environment, "-c", "import sysconfig; print(sysconfig.get_path('platlib'))"], cwd=tmp_path).strip()
    options = {"cwd": tmp_path, "env": {**without("PYTHONPATH"), "PYTHONPATH": packages, "MYPYPATH": packages}}
    said = run([sys.executable, "-m", "mypy.stubtest", "--concise", "mixed_layout"], **options)
    assert said == ""
