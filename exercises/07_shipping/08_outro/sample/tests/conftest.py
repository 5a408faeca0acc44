"""Builds the project as a release, publishes it to an index on this machine, and installs it from there."""

import contextlib
import json
import os
import re
import shutil
import socketserver
import subprocess
import sys
import tarfile
import threading
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pypiserver
import pytest

ROOT = Path(__file__).resolve().parents[2]
# What a learner's own settings could change in the tools that the tests run.
SETTINGS = ("UV_", "PIP_", "TWINE_", "MATURIN_", "CARGO_BUILD_", "PYO3_", "PYTHON", "MYPYPATH")


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    fixed = {"CARGO_NET_OFFLINE": "true", "NO_PROXY": "127.0.0.1", "UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never"}
    return kept | fixed | {"PYTHONUTF8": "1", "TERM": "dumb", "NO_COLOR": "1"} | more


def run(*command, cwd, check=True, **more):
    """Runs a tool. If it has to succeed and doesn't, the test shows the end of what it printed."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, encoding="utf-8")
    if check and done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
        pytest.fail(f"{' '.join(command)}\nended with {done.returncode}\n{said}", pytrace=False)
    return done


@contextlib.contextmanager
def locked(path):
    """Holds a lock, so that two runs of these tests don't build in the same place at the same time."""
    with path.open("w") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def copy_project(copy):
    shutil.rmtree(copy, ignore_errors=True)
    ours = shutil.ignore_patterns("target", "sample", "dist", "*.so", "*.pyd", "__pycache__", ".*", "progress.db*")
    shutil.copytree(ROOT, copy, ignore=ours, copy_function=shutil.copyfile)
    # The exercise may be part of a cargo workspace, and its copy isn't.
    with (copy / "Cargo.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n[workspace]\n")
    lock_file = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").exists()), None)
    if lock_file:
        shutil.copyfile(lock_file, copy / "Cargo.lock")
    # The lock file of a workspace lists more than this project needs.
    run("cargo", "metadata", "--offline", "--format-version", "1", cwd=copy)


@pytest.fixture(scope="session")
def dist(tmp_path_factory):
    """The source distribution, and the wheel that was built from it."""
    dist = tmp_path_factory.mktemp("dist")
    cache = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"
    cache.mkdir(parents=True, exist_ok=True)
    maturin = [sys.executable, "-m", "maturin"]
    with locked(cache / "waymarks.lock"):
        # Always in the same places, so that cargo compiles the dependencies once.
        copy, unpacked = cache / "waymarks-copy", cache / "waymarks-unpacked"
        copy_project(copy)
        run(*maturin, "sdist", "--out", dist, cwd=copy)
        shutil.rmtree(unpacked, ignore_errors=True)
        (sdist,) = dist.glob("*.tar.gz")
        with tarfile.open(sdist) as archive:
            archive.extractall(unpacked, filter="data")
        (project,) = unpacked.iterdir()
        # The date of a file in the archive isn't the date of its last change.
        for path in project.rglob("*.rs"):
            path.touch()
        wheel = ["build", "--locked", "--offline", "--interpreter", sys.executable, "--target-dir", cache, "--out", dist]
        run(*maturin, *wheel, cwd=project)
    return dist


@pytest.fixture(scope="session")
def wheel(dist):
    return next(dist.glob("*.whl"))


@pytest.fixture(scope="session")
def sdist(dist):
    return next(dist.glob("*.tar.gz"))


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture(scope="session")
def index(dist, tmp_path_factory):
    """The address of an index to which the release was uploaded."""
    packages = tmp_path_factory.mktemp("index")
    app = pypiserver.app(
        roots=[packages],
        authenticate=[],
        password_file=".",
        disable_fallback=True,
        log_stream=None,
        backend_arg="simple-dir",
    )
    server = make_server("127.0.0.1", 0, app, server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/"
    try:
        upload = [sys.executable, "-m", "uv", "publish", "--publish-url", url, *sorted(dist.iterdir())]
        run(*upload, cwd=dist, UV_PUBLISH_TOKEN="any")
        yield f"{url}simple/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def install(index, tmp_path_factory):
    """A function that installs the release into a fresh environment of a Python, and returns the environment's Python."""

    def install(python):
        fresh = tmp_path_factory.mktemp("fresh")
        uv = [sys.executable, "-m", "uv"]
        run(*uv, "venv", "--offline", "--quiet", "--clear", "--python", python, fresh, cwd=fresh)
        program = fresh / ("Scripts" if os.name == "nt" else "bin") / "python"
        where = ["--python", program, "--cache-dir", fresh / "cache", "--default-index", index]
        run(*uv, "pip", "install", "--quiet", "--only-binary", ":all:", *where, "waymarks", cwd=fresh)
        return program

    return install


@pytest.fixture(scope="session")
def fresh(install):
    """The Python of an environment with nothing but the release."""
    return install(sys.executable)


def other_pythons():
    """The version and the program of each other CPython on this machine that the release is for, free-threaded ones excepted."""
    list_all = [sys.executable, "-m", "uv", "python", "list", "--offline", "--only-installed", "--output-format", "json"]
    found = {}
    for one in json.loads(run(*list_all, cwd=ROOT).stdout):
        if one["implementation"] == "cpython" and one.get("variant", "default") == "default":
            found[one["version"]] = one["path"]
    for program in Path.home().glob(".pyenv/versions/3.*/bin/python3"):
        found.setdefault(program.parts[-3], str(program))
    wanted = {}
    for version, program in found.items():
        parts = re.fullmatch(r"3\.(\d+)\.\d+", version)
        if parts and int(parts[1]) >= 11 and int(parts[1]) != sys.version_info.minor:
            wanted[int(parts[1])] = (version, program)
    return [wanted[minor] for minor in sorted(wanted)]
