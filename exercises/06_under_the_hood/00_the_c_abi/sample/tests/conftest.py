"""Builds the library, once for all tests."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

MANIFEST = Path(__file__).parents[2] / "native" / "Cargo.toml"


@pytest.fixture(scope="session")
def library_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The file of the library, built by cargo."""
    target = tmp_path_factory.mktemp("target")
    command = ["cargo", "build", "--offline", "--message-format=json-render-diagnostics"]
    command += ["--manifest-path", str(MANIFEST), "--target-dir", str(target)]
    env = {**os.environ, "CARGO_NET_OFFLINE": "true"}
    try:
        built = subprocess.run(command, env=env, capture_output=True, text=True)
        if built.returncode != 0:
            pytest.fail(f"cargo can't build the library:\n{built.stderr}", pytrace=False)
        messages = [json.loads(line) for line in built.stdout.splitlines()]
        files = [file for message in messages for file in message.get("filenames", [])]
        [file] = [file for file in files if file.endswith((".so", ".dylib", ".dll"))]
        yield file
    finally:
        shutil.rmtree(target, ignore_errors=True)
