"""Builds the wheel in several places, as different people would."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# 1 January 2026 at midnight, UTC.
DATE = 1767225600
# What a learner's own settings could change in the tools that the tests run.
SETTINGS = ("MATURIN_", "CARGO_BUILD_", "CARGO_ENCODED", "CARGO_PROFILE", "RUSTFLAGS", "SOURCE_DATE", "PYTHON")


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return kept | {"CARGO_NET_OFFLINE": "true", "NO_COLOR": "1", "PYTHONUTF8": "1"} | more


def run(*command, cwd, **more):
    command = [str(part) for part in command]
    return subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, encoding="utf-8")


def last_lines(done):
    return "\n".join((done.stdout + done.stderr).splitlines()[-25:])


@contextlib.contextmanager
def locked(path):
    """Holds a lock, so that two runs of these tests don't build in the same place at the same time."""
    with path.open("w") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def cache():
    """A directory that outlives the tests, with nobody else in it."""
    cache = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "reproducible"
    cache.mkdir(parents=True, exist_ok=True)
    with locked(cache / "lock"):
        yield cache


def copy_project(copy):
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("Cargo.toml", "pyproject.toml", "build.rs", "build_wheel.py"):
        shutil.copyfile(ROOT / name, copy / name)
    shutil.copytree(ROOT / "src", copy / "src", copy_function=shutil.copyfile)
    # The exercise may be part of a cargo workspace, and its copy isn't.
    with (copy / "Cargo.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n[workspace]\n")
        # The dependencies are compiled again for other flags. Nobody waits for what they do here, only for the compiler.
        manifest.write('\n[profile.release.package."*"]\nopt-level = 0\n')
    lock_file = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").exists()), None)
    if lock_file:
        shutil.copyfile(lock_file, copy / "Cargo.lock")
    # The lock file of a workspace lists more than this project needs.
    done = run("cargo", "metadata", "--offline", "--format-version", "1", cwd=copy)
    assert done.returncode == 0, last_lines(done)


def build(copy, target_dir, out, date=DATE, **more):
    command = [sys.executable, "build_wheel.py", "--date", str(date), "--out", out, "--target-dir", target_dir]
    return run(*command, cwd=copy, **more)


@pytest.fixture(scope="session")
def wheels(cache, tmp_path_factory):
    """Three wheels: two of the same sources at the same date, built in different places, and one of a later date."""
    wheels = {}
    builds = [
        ("one", "here", DATE, {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
        ("another", "somewhere-else", DATE, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"}),
        ("later", "here", DATE + 86400, {"PYTHONHASHSEED": "1", "TZ": "UTC"}),
    ]
    for name, place, date, more in builds:
        copy = cache / place
        if name != "later":
            copy_project(copy)
        out = tmp_path_factory.mktemp(name)
        # The results of the compilation are kept, each place has its own.
        done = build(copy, cache / f"target-{place}", out, date, **more)
        assert done.returncode == 0, last_lines(done)
        (wheels[name],) = out.glob("*.whl")
    return wheels
