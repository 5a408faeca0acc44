"""Builds the wheel, and finds the Pythons of this machine that it should work in."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]

# Prints what the tests want to know about an interpreter.
ABOUT = """
import json, os, platform, sys, sysconfig
print(json.dumps({
    "version": platform.python_version(),
    "program": os.path.realpath(sys.executable),
    "usable": sys.implementation.name == "cpython" and sys.version_info >= (3, 11)
        and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "same_machine": [sys.platform, platform.machine(), sys.maxsize],
}))
"""


class Wheel(NamedTuple):
    name: str
    members: list[str]
    # Where it's unpacked.
    directory: Path


class Python(NamedTuple):
    version: str
    program: str


def run(*command: object, **options) -> str:
    """What a command prints. If it fails, the test fails with the end of its output."""
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if ended.returncode != 0:
        last = "\n".join((ended.stdout + ended.stderr).splitlines()[-30:])
        pytest.fail(f"{Path(str(command[0])).name} ended with {ended.returncode}:\n{last}", pytrace=False)
    return ended.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory) -> Wheel:
    """The wheel of the exercise, built by maturin for the Python that runs the tests."""
    cache = Path(os.environ.get("WR_CACHE") or ROOT / "target")
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "maturin", "build", "--offline", "--interpreter", sys.executable]
    run(*build, "--compatibility", "linux", "--target-dir", cache / "maturin", "--out", out, cwd=ROOT)
    (built,) = out.glob("*.whl")
    directory = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(built) as archive:
        archive.extractall(directory)
        return Wheel(built.name, archive.namelist(), directory)


def about(program: object) -> dict | None:
    try:
        ended = subprocess.run([str(program), "-I", "-c", ABOUT], capture_output=True, text=True, timeout=20)
        return json.loads(ended.stdout) if ended.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def candidates():
    """Programs that may be Pythons."""
    for directory in map(Path, os.get_exec_path()):
        if directory.is_dir():
            yield from (path for path in directory.iterdir() if re.fullmatch(r"python3\.\d+(\.exe)?", path.name))
    versions = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    yield from versions.glob("3.*/bin/python3")
    if uv := shutil.which("uv"):
        command = [uv, "python", "list", "--only-installed", "--offline", "--output-format", "json"]
        listed = subprocess.run(command, capture_output=True, text=True)
        if listed.returncode == 0:
            yield from (Path(each["path"]) for each in json.loads(listed.stdout) if each["path"])


@pytest.fixture(scope="session")
def other_pythons() -> list[Python]:
    """One ordinary CPython of each later or earlier version, from 3.11 on, for the same machine as this one."""
    this = about(sys.executable)
    found = {}
    for program in candidates():
        that = about(program)
        if that and that["usable"] and that["same_machine"] == this["same_machine"]:
            minor = tuple(map(int, that["version"].split(".")[:2]))
            found.setdefault(minor, Python(that["version"], str(program)))
    found.pop(sys.version_info[:2], None)
    return [found[minor] for minor in sorted(found)]
