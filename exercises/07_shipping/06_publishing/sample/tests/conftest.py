"""An index on this machine, and the files to upload to it."""

import contextlib
import os
import re
import shutil
import socketserver
import subprocess
import sys
import threading
import zipfile
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pypiserver
import pytest

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "pypi-AgEIcHlwaS5vcmc"
# What a learner's own settings could change in the tools that the tests run.
SETTINGS = ("UV_", "PIP_", "TWINE_", "MATURIN_", "CARGO_BUILD_", "PYTHON")


def environment(**more):
    """The environment for a tool: nothing in it names an index, and the network isn't used, except on this machine."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    fixed = {"CARGO_NET_OFFLINE": "true", "UV_NO_CONFIG": "1", "UV_PYTHON_DOWNLOADS": "never"}
    # Some tools prefer the variable in capitals, and twine the other one.
    fixed |= {"NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1"}
    return kept | fixed | {"PYTHONUTF8": "1", "TERM": "dumb", "NO_COLOR": "1"} | more


def run(*command, cwd=ROOT, **more):
    """Runs a tool that has to succeed. If it doesn't, the test shows the end of what it printed."""
    command = [str(part) for part in command]
    done = subprocess.run(command, cwd=cwd, env=environment(**more), capture_output=True, encoding="utf-8")
    if done.returncode != 0:
        said = "\n".join((done.stdout + done.stderr).splitlines()[-25:])
        pytest.fail(f"{' '.join(command)}\nended with {done.returncode}\n{said}", pytrace=False)
    return done.stdout


@contextlib.contextmanager
def locked(path):
    """Holds a lock, so that two runs of these tests don't build in the same place at the same time."""
    with path.open("w") as file:
        with contextlib.suppress(ImportError):
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function that builds the exercise, as another version if one is given, and returns the directory with the files."""

    def build(version=None):
        dist = tmp_path_factory.mktemp("dist")
        cache = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"
        cache.mkdir(parents=True, exist_ok=True)
        with locked(cache / "publishing.lock"):
            # A copy, because the exercise may be part of a cargo workspace. It's always in the same place, so that cargo
            # compiles the dependencies once.
            copy = cache / "publishing-copy"
            copy_project(copy)
            if version:
                change_version(copy / "Cargo.toml", version)
            wheel = ["build", "--offline", "--interpreter", sys.executable, "--target-dir", cache, "--out", dist]
            run(sys.executable, "-m", "maturin", *wheel, cwd=copy)
            run(sys.executable, "-m", "maturin", "sdist", "--out", dist, cwd=copy)
        return dist

    return build


@pytest.fixture(scope="session")
def built(build):
    """A directory with the wheel and the source distribution of the exercise."""
    return build()


def copy_project(copy):
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir()
    for name in ("Cargo.toml", "pyproject.toml", *(file.name for file in ROOT.glob("README*"))):
        shutil.copyfile(ROOT / name, copy / name)
    shutil.copytree(ROOT / "src", copy / "src", copy_function=shutil.copyfile)
    with (copy / "Cargo.toml").open("a", encoding="utf-8") as manifest:
        manifest.write("\n[workspace]\n")
    lock_file = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").exists()), None)
    if lock_file:
        shutil.copyfile(lock_file, copy / "Cargo.lock")


def change_version(manifest, version):
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r'^version = ".*"', f'version = "{version}"', text, count=1, flags=re.M), encoding="utf-8")


class Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        pass


class Index:
    """A running index. It takes files only from people who have the token, and never takes a file twice."""

    def __init__(self, url, packages):
        self.url = url
        self.packages = packages

    def names(self):
        return {path.name for path in self.packages.iterdir()}


@pytest.fixture
def index(tmp_path):
    packages = tmp_path / "index"
    packages.mkdir()
    app = pypiserver.app(
        roots=[packages],
        authenticate=["update"],
        auther=lambda user, password: (user, password) == ("__token__", TOKEN),
        disable_fallback=True,
        log_stream=None,
        backend_arg="simple-dir",
    )
    server = make_server("127.0.0.1", 0, app, server_class=Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Index(f"http://127.0.0.1:{server.server_port}/", packages)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def dist(tmp_path):
    """An empty directory for files to upload."""
    dist = tmp_path / "dist"
    dist.mkdir()
    return dist


def make_wheel(dist, name, version, tag="py3-none-any", description="A book about wheels."):
    """A small wheel without code."""
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.4\nName: {name}\nVersion: {version}\nDescription-Content-Type: text/x-rst\n\n{description}\n"
    path = dist / f"{name}-{version}-{tag}.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"{info}/METADATA", metadata)
        wheel.writestr(f"{info}/WHEEL", f"Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: {tag}\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path
