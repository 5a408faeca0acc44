import json
import math
import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.tags import cpython_tags, parse_tag
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).resolve().parents[2]

# Builds are kept here, so that PyO3 is compiled once.
TARGET = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"

# Free-threaded builds before 3.15 have no stable ABI, so they get a wheel for their own version.
FREE_THREADED = bool(sysconfig.get_config_var("Py_GIL_DISABLED"))
OWN = f"cp{sys.version_info.major}{sys.version_info.minor}"


def run(command, **options):
    """Runs a program and returns what it prints."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", **options)
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        pytest.fail(f"`{' '.join(map(str, command[:4]))} …` failed:\n{last}", pytrace=False)
    return done.stdout


def environment():
    """The environment for tools: they see only what is installed, and use no network."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return {**inherited, "CARGO_NET_OFFLINE": "true", "UV_OFFLINE": "1", "UV_LINK_MODE": "copy"}


@pytest.fixture(scope="session")
def build(tmp_path_factory):
    """A function that builds a wheel from a copy of the project."""
    copy = tmp_path_factory.mktemp("clone") / "project"
    leftovers = shutil.ignore_patterns(".*", "target", "__pycache__", "*.so", "*.pyd", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=leftovers)
    lock = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").is_file()), None)
    if lock is not None:
        shutil.copy(lock, copy)

    def wheel(*options):
        out = tmp_path_factory.mktemp("dist")
        places = ["--interpreter", sys.executable, "--target-dir", TARGET, "--out", out]
        command = [sys.executable, "-m", "maturin", "build", "--offline", "--quiet", *places, *options]
        run(command, cwd=copy, env=environment())
        (path,) = out.glob("*.whl")
        return path

    return wheel


@pytest.fixture(scope="session")
def wheel(build):
    return build()


ABOUT = """
import sys, sysconfig
ordinary = sys.implementation.name == "cpython" and not sysconfig.get_config_var("Py_GIL_DISABLED")
print(int(ordinary), *sys.version_info[:3])
"""


@pytest.fixture(scope="session")
def pythons():
    """The other versions of CPython on this machine that are new enough, by version: the path of each."""
    command = [sys.executable, "-m", "uv", "python", "list", "--only-installed", "--output-format", "json"]
    paths = [Path(python["path"]) for python in json.loads(run(command, env=environment()))]
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    paths += sorted(pyenv.glob("versions/3.*/bin/python3"))
    found = {}
    for path in paths:
        told = subprocess.run([path, "-I", "-c", ABOUT], capture_output=True, text=True).stdout.split()
        ordinary, *version = map(int, told or [0])
        if ordinary and (3, 11) <= tuple(version[:2]) != sys.version_info[:2]:
            found.setdefault(tuple(version[:2]), (".".join(map(str, version)), path))
    return dict(found.values())


CODE = """
import sys
sys.path.insert(0, sys.argv[1])
import one_wheel
print(one_wheel.tabulate(str, (1, 2.5, None)))
"""


def check(wheel, python, directory):
    """Installs the wheel for an interpreter and calls the function there."""
    options = ["--quiet", "--no-deps", "--target", directory, "--python", python]
    run([sys.executable, "-m", "uv", "pip", "install", *options, wheel], env=environment())
    assert run([python, "-I", "-c", CODE, directory]).strip() == "[(1, '1'), (2.5, '2.5'), (None, 'None')]"


def tags(wheel):
    return {(tag.interpreter, tag.abi) for tag in parse_wheel_filename(wheel.name)[3]}


def test_the_tags(wheel):
    assert tags(wheel) == ({(OWN, f"{OWN}t")} if FREE_THREADED else {("cp311", "abi3")})


def test_the_file_in_the_wheel(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if name.endswith((".so", ".pyd"))]
    suffix = sysconfig.get_config_var("EXT_SUFFIX") if FREE_THREADED else ".pyd" if os.name == "nt" else ".abi3.so"
    assert names == [f"one_wheel/one_wheel{suffix}"]


def test_it_needs_nothing_outside_the_stable_abi(wheel):
    inspector = os.environ.get("WR") or shutil.which("wr")
    if inspector is None:
        pytest.skip("needs wr, which can see what a compiled file calls")
    report = json.loads(run([inspector, "inspect", "--format", "json", wheel]))["reports"][0]
    (extension,) = report["wheel"]["extensions"]
    (image,) = extension["facts"]["images"]
    symbols = image["python_api"]["symbols"]
    outside = [symbol["name"] for symbol in symbols if symbol["belongs_to"] != "stable_abi"]
    newer = [symbol["name"] for symbol in symbols if symbol.get("since") in {f"3.{minor}" for minor in range(12, 30)}]
    assert FREE_THREADED or (outside, newer) == ([], [])


def test_it_works_in_this_python(wheel, tmp_path, record_property):
    record_property("python", ".".join(map(str, sys.version_info[:3])))
    check(wheel, sys.executable, tmp_path)


@pytest.mark.skipif(FREE_THREADED, reason="the wheel of a free-threaded build is for that build only")
def test_it_works_in_every_other_python(wheel, pythons, tmp_path, record_property):
    assert tags(wheel) == {("cp311", "abi3")}
    for version, python in pythons.items():
        record_property("python", version)
        check(wheel, python, tmp_path / version)


@pytest.mark.skipif(sys.version_info < (3, 15), reason="needs Python 3.15")
def test_the_second_stable_abi(build, tmp_path):
    both = build("--features", "pyo3/abi3t-py315")
    assert tags(both) == {("cp315", "abi3"), ("cp315", "abi3t")}
    check(both, sys.executable, tmp_path)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [(lambda n: n * 1.5, (10, 20)), (len, ("", "abc")), (math.sqrt, (4, 9.0)), (str.upper, ("a",)), (int, ())],
    ids=["function", "builtin", "from-a-module", "method", "class"],
)
def test_tabulate(function, arguments):
    from one_wheel import tabulate

    assert tabulate(function, arguments) == [(argument, function(argument)) for argument in arguments]


def test_exceptions_pass():
    from one_wheel import tabulate

    with pytest.raises(ZeroDivisionError):
        tabulate(lambda n: 1 // n, (1, 0))
    with pytest.raises(TypeError, match="not callable"):
        tabulate("len", ("abc",))


def test_price_list():
    from sample import price_list

    assert price_list({1: 0.5, 100: 25}.get, [1, 100]) == ["1: 0.50", "100: 25.00"]


def release():
    return tomllib.loads((ROOT / "release.toml").read_text(encoding="utf-8"))["wheels"]


@pytest.mark.parametrize("python", ["3.11", "3.13", "3.14", "3.15", "3.16", "3.14t", "3.15t", "3.16t"])
def test_the_release_has_a_wheel_for(python):
    minor = int(python.removeprefix("3.").removesuffix("t"))
    accepted = set(cpython_tags((3, minor), abis=[f"cp{python.replace('.', '')}"], platforms=["any"]))
    served = any(tag in accepted for wheel in release() for tag in parse_tag(f"{wheel}-any"))
    assert served, f"none of the wheels in release.toml is for CPython {python}"


def test_the_release_is_three_wheels_that_can_be_built():
    wheels = release()
    assert len(wheels) == 3, f"release.toml lists {len(wheels)}"
    for tag in (tag for wheel in wheels for tag in parse_tag(f"{wheel}-any")):
        minor = int(tag.interpreter.removeprefix("cp3"))
        assert minor >= 11
        # PEP 803: this ABI begins with Python 3.15.
        assert tag.abi != "abi3t" or minor >= 15, f"{tag.interpreter} has no stable ABI for free-threaded builds"
