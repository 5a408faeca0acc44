import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAME = "source_distributions-0.1.0"

# Builds are kept here, so that PyO3 is compiled once.
TARGET = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"


def run(command, **options):
    """Runs a program and returns what it prints. It uses no network."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment = {**inherited, "CARGO_NET_OFFLINE": "true"}
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment, **options)
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-16:])
        pytest.fail(f"`{' '.join(map(str, command[:4]))} …` failed:\n{last}", pytrace=False)
    return done.stdout


@pytest.fixture(scope="session")
def project(tmp_path_factory):
    """A copy of the project, outside git, with what piles up in a directory that someone works in."""
    copy = tmp_path_factory.mktemp("work") / "project"
    leftovers = shutil.ignore_patterns(".*", "target", "__pycache__", "*.so", "*.pyd", "*.egg-info")
    shutil.copytree(ROOT, copy, ignore=leftovers)
    lock = next((dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").is_file()), None)
    if lock is not None:
        shutil.copy(lock, copy)
    # The lock file of a workspace also lists what only other members need.
    run(["cargo", "metadata", "--offline", "--format-version", "1"], cwd=copy)
    (copy / "dist").mkdir(exist_ok=True)
    (copy / "dist" / "source_distributions-0.0.9-cp311-abi3-linux_x86_64.whl").write_bytes(b"an old wheel")
    (copy / "profile.json").write_text("{}")
    return copy


@pytest.fixture(scope="session")
def archive(project, tmp_path_factory):
    """The source distribution that maturin makes."""
    out = tmp_path_factory.mktemp("dist")
    run([sys.executable, "-m", "maturin", "sdist", "--out", out], cwd=project)
    return out / f"{NAME}.tar.gz"


@pytest.fixture(scope="session")
def members(archive):
    with tarfile.open(archive) as tar:
        return {name.removeprefix(f"{NAME}/") for name in tar.getnames()}


@pytest.fixture(scope="session")
def wheel(archive, project, tmp_path_factory):
    """The wheel that is built from the source distribution, without the directory that it came from."""
    directory = tmp_path_factory.mktemp("unpacked")
    with tarfile.open(archive) as tar:
        tar.extractall(directory, filter="data")
    out = tmp_path_factory.mktemp("wheels")
    places = ["--interpreter", sys.executable, "--target-dir", TARGET, "--out", out]
    command = [sys.executable, "-m", "maturin", "build", "--offline", "--locked", "--quiet", *places]
    run(command, cwd=directory / NAME)
    (path,) = out.glob("*.whl")
    return path


def test_everything_that_a_build_needs_is_packed(members):
    needed = {"Cargo.lock", "Cargo.toml", "data/stations.csv", "pyproject.toml", "src/lib.rs"}
    assert needed - members == set()
    assert {"PKG-INFO", "LICENSE", "README.md"} <= members


def test_nothing_else_is_packed(members):
    known = {"Cargo.lock", "Cargo.toml", "data/stations.csv", "pyproject.toml", "src/lib.rs"}
    assert members - known - {"PKG-INFO", "LICENSE", "README.md"} == set()


def test_the_wheel_can_be_built_offline(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "import sys; sys.path.insert(0, sys.argv[1]); from source_distributions import altitude; print(altitude('Chur'))"
    assert run([sys.executable, "-I", "-c", code, tmp_path]).strip() == "585"


def test_the_wheel_contains_no_sources(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
    assert [name for name in names if not name.endswith((".so", ".pyd"))] == ["source_distributions/__init__.py"]


@pytest.mark.parametrize(
    ("station", "text"),
    [("Bern", "Bern, 540 m"), ("Jungfraujoch", "Jungfraujoch, 3454 m"), ("station", "station"), ("Ber", "Ber")],
    ids=["first", "long", "heading", "beginning"],
)
def test_signs(station, text):
    from sample import sign

    assert sign(station) == text
