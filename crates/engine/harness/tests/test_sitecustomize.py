"""Tests of the hook in the Python processes that tests start."""

import os
import subprocess
import sys
from pathlib import Path

SITE = Path(__file__).parent.parent / "site"


def run(code: str, **env: str) -> str:
    """What a Python process with the hook prints."""
    environment = {**os.environ, "PYTHONPATH": str(SITE), **env}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def test_directories_are_placed_before_and_after_packages(tmp_path: Path) -> None:
    first, last = tmp_path / "first", tmp_path / "last"
    found = run("import sys; print(*sys.path, sep='\\n')", WR_PATH=str(first), WR_LATE_PATH=str(last)).splitlines()
    packages = next(at for at, entry in enumerate(found) if entry.endswith("site-packages"))
    assert found.index(str(first)) < packages
    assert found[-1] == str(last)


def test_an_exposed_module_is_found_inside_its_package(tmp_path: Path) -> None:
    (tmp_path / "source" / "package").mkdir(parents=True)
    (tmp_path / "source" / "package" / "__init__.py").write_text("")
    (tmp_path / "built" / "package").mkdir(parents=True)
    (tmp_path / "built" / "package" / "inner.py").write_text("value = 1\n")
    code = "import package.inner; print(package.inner.value)"
    assert run(code, WR_PATH=str(tmp_path / "source"), WR_EXPOSE=str(tmp_path / "built")) == "1"


def test_the_hidden_sitecustomize_runs_too(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("print('hidden')\n")
    assert run("pass", PYTHONPATH=f"{SITE}{os.pathsep}{tmp_path}") == "hidden"


def test_workers_find_the_harness() -> None:
    assert run("import wr_harness.worker; print(wr_harness.worker.WANTED)") == "WR_MODULE"
