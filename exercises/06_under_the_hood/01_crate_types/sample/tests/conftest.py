"""Builds the library, once for all tests, and asks what is in the files."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NATIVE = Path(__file__).parents[2] / "native"


def run(command: list, **options) -> str:
    """What a command prints. If it fails, so does the test, with the end of what the command complained about."""
    ended = subprocess.run([str(part) for part in command], capture_output=True, text=True, **options)
    if ended.returncode != 0:
        # That cargo had to wait for another one isn't a complaint.
        lines = [line for line in ended.stderr.splitlines() if "Blocking waiting" not in line]
        complaint = "\n".join(lines[-30:])
        pytest.fail(f"`{Path(command[0]).name}` ended with {ended.returncode}:\n{complaint}", pytrace=False)
    return ended.stdout


@pytest.fixture(scope="session")
def target(tmp_path_factory):
    target = tmp_path_factory.mktemp("target")
    yield target
    shutil.rmtree(target, ignore_errors=True)


@pytest.fixture(scope="session")
def cargo(target):
    """Builds a package and returns the files that cargo made."""

    def build(package: str) -> list[Path]:
        command = ["cargo", "build", "--offline", "--message-format=json-render-diagnostics", "--package", package]
        command += ["--manifest-path", NATIVE / "Cargo.toml", "--target-dir", target]
        printed = run(command, env={**os.environ, "CARGO_NET_OFFLINE": "true"})
        messages = [json.loads(line) for line in printed.splitlines()]
        return [Path(file) for message in messages for file in message.get("filenames", [])]

    return build


@pytest.fixture(scope="session")
def library(cargo):
    """Finds the library's file with one of these endings."""

    def find(*endings: str) -> Path:
        files = cargo("crate_types")
        names = [file.name for file in files]
        found = [file for file in files if file.name.endswith(endings)]
        assert found, f"cargo made {names}, and no file that ends in {endings[0]}"
        return found[0]

    return find


@pytest.fixture(scope="session")
def exports():
    """The names that a shared library offers to others."""

    def names(file: Path) -> set[str]:
        # macOS writes an underscore before each name from C.
        options, prefix = (["-gU"], "_") if sys.platform == "darwin" else (["-D", "--defined-only"], "")
        lines = run(["nm", *options, file]).splitlines()
        return {line.split()[-1].removeprefix(prefix) for line in lines if line}

    return names
