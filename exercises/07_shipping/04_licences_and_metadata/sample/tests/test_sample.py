import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest
from packaging.licenses import canonicalize_license_expression
from packaging.metadata import Metadata

from sample import warning

ROOT = Path(__file__).resolve().parents[2]

# Builds are kept here, so that PyO3 is compiled once.
TARGET = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "maturin"

# What the licences' texts and the description are made from.
SOURCES = ["LICENSE-APACHE", "LICENSE-MIT", "README.md", "licences/third-party.txt"]


def run(*command, cwd=ROOT, **variables):
    """Runs a program, and returns what it prints. It sees only what is installed, and uses no network."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env = {**inherited, "CARGO_NET_OFFLINE": "true", **variables}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-12:])
        pytest.fail(f"`{' '.join(map(str, command[:4]))} …` failed:\n{last}", pytrace=False)
    return done.stdout


def maturin(*arguments, **options):
    return run(sys.executable, "-m", "maturin", *arguments, "--interpreter", sys.executable, **options)


@pytest.fixture(scope="session")
def texts():
    """The files that should be in the wheel, with their contents."""
    return {name: (ROOT / name).read_text(encoding="utf-8") for name in SOURCES}


@pytest.fixture(scope="session")
def installed(tmp_path_factory):
    """A directory with everything from the wheel, as an installer would leave it in `site-packages`."""
    out = tmp_path_factory.mktemp("dist")
    maturin("build", "--offline", "--target-dir", TARGET, "--out", out)
    (wheel,) = out.glob("*.whl")
    site = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


@pytest.fixture(scope="session")
def dist_info(installed):
    (directory,) = installed.glob("*.dist-info")
    return directory


@pytest.fixture(scope="session")
def distribution(dist_info):
    return Distribution.at(dist_info)


@pytest.fixture(scope="session")
def metadata(dist_info):
    # This also checks whether the fields are valid and fit together.
    return Metadata.from_email((dist_info / "METADATA").read_bytes())


def described_with(tmp_path, old, new):
    """The metadata of the project after a change in its Cargo.toml. Nothing is compiled for this."""
    project = tmp_path / "project"
    leftovers = shutil.ignore_patterns(".*", "target", "__pycache__", "*.so", "*.pyd")
    shutil.copytree(ROOT, project, ignore=leftovers)
    lock = next(dir / "Cargo.lock" for dir in (ROOT, *ROOT.parents) if (dir / "Cargo.lock").is_file())
    shutil.copy(lock, project / "Cargo.lock")
    manifest = project / "Cargo.toml"
    text = manifest.read_text(encoding="utf-8")
    assert text.count(old) == 1
    manifest.write_text(text.replace(old, new), encoding="utf-8")
    maturin("pep517", "write-dist-info", "--offline", "--metadata-directory", tmp_path / "info", cwd=project)
    (written,) = (tmp_path / "info").glob("*.dist-info/METADATA")
    return Metadata.from_email(written.read_bytes(), validate=False)


@pytest.mark.parametrize("version, normal", [("1.2.3", "1.2.3"), ("2.0.0-rc.1", "2.0.0rc1")], ids=["release", "candidate"])
def test_the_version_comes_from_cargo(tmp_path, version, normal):
    metadata = described_with(tmp_path, 'version = "0.1.0"', f'version = "{version}"')
    assert str(metadata.version) == normal


def test_the_description_comes_from_cargo(tmp_path):
    metadata = described_with(tmp_path, "Wind speeds on the Beaufort scale", "How strong is the wind?")
    assert metadata.summary == "How strong is the wind?"


def test_the_licence_is_an_expression(distribution):
    manifest = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))
    expression = distribution.metadata.get("License-Expression")
    assert expression == manifest["package"]["license"]
    # Written as SPDX writes it, with `OR` in capitals.
    assert expression == canonicalize_license_expression(expression)
    # The older ways of saying the same.
    assert distribution.metadata.get("License") is None
    classifiers = distribution.metadata.get_all("Classifier", [])
    assert [classifier for classifier in classifiers if classifier.startswith("License ::")] == []


@pytest.mark.parametrize("name", [name for name in SOURCES if name != "README.md"])
def test_the_texts_are_in_the_wheel(distribution, dist_info, texts, name):
    listed = distribution.metadata.get_all("License-File", [])
    assert name in listed
    assert (dist_info / "licenses" / name).read_text(encoding="utf-8") == texts[name]


def test_no_other_file_counts_as_a_licence(distribution):
    listed = distribution.metadata.get_all("License-File", [])
    assert sorted(listed) == [name for name in SOURCES if name != "README.md"]


def test_each_crate_in_the_binary_is_listed_with_its_licence(texts):
    # What `cargo tree` says, without procedural macros, which run in the compiler and aren't part of the result.
    tree = run("cargo", "tree", "--offline", "--edges", "normal,no-proc-macro", "--prefix", "none", "--format", "{p}|{l}")
    crates = {line.split()[0]: line.split("|")[1] for line in tree.splitlines() if line}
    del crates["licences_and_metadata"]
    listed = re.findall(r"^([\w-]+): (.+)$", texts["licences/third-party.txt"], re.MULTILINE)
    assert dict(listed) == crates


def test_the_readme_is_the_long_description(metadata, texts):
    kind = metadata.description_content_type
    assert kind is not None and kind.startswith("text/markdown")
    assert metadata.description.strip() == texts["README.md"].strip()


@pytest.mark.parametrize("speed, force", [("0", "0"), ("25", "6"), ("70.5", "12")])
def test_the_command_runs(installed, speed, force):
    # What the small program does that an installer writes for a command.
    code = (
        "import sys; from importlib.metadata import entry_points; "
        "[command] = entry_points(group='console_scripts', name='beaufort'); "
        "sys.exit(command.load()())"
    )
    # With its working directory elsewhere, Python finds the package in `site` alone.
    output = run(sys.executable, "-c", code, speed, cwd=installed.parent, PYTHONPATH=str(installed))
    assert output.split() == [force]


def test_the_code_and_its_metadata_agree(metadata, distribution):
    assert str(metadata.requires_python) == ">=3.11"
    assert "Programming Language :: Rust" in metadata.classifiers
    code = "import licences_and_metadata; print(licences_and_metadata.version())"
    site = str(Path(distribution.locate_file("")))
    assert run(sys.executable, "-c", code, cwd=site, PYTHONPATH=site).strip() == str(metadata.version)
    assert [warning(speed) for speed in (33.9, 34)] == [None, "gale"]
