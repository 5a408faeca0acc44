import email
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import publishing
import pytest
from conftest import ROOT, TOKEN, environment, make_wheel, run
from packaging.version import Version
from sample import misprints


def wheel_metadata(path):
    with zipfile.ZipFile(path) as wheel:
        name = next(name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(wheel.read(name))


def sdist_metadata(path):
    with tarfile.open(path) as sdist:
        name = next(name for name in sdist.getnames() if name.count("/") == 1 and name.endswith("/PKG-INFO"))
        return email.message_from_bytes(sdist.extractfile(name).read())


# Runs `release.py` and writes the arguments of each process that it starts into a file.
WATCHED = """
import runpy, sys

log = open(sys.argv[1], "a", encoding="utf-8")

def watch(event, arguments):
    if event in ("subprocess.Popen", "os.posix_spawn", "os.exec"):
        print(arguments[1], file=log, flush=True)
    elif event == "os.system":
        print(arguments[0], file=log, flush=True)

sys.addaudithook(watch)
sys.argv = sys.argv[2:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""


@pytest.fixture
def release(index, dist, tmp_path):
    """A function that runs `release.py` for a version and returns how it ended."""

    def release(version, dist=dist, token=TOKEN):
        command = [sys.executable, "-c", WATCHED, str(tmp_path / "started"), str(ROOT / "release.py"), version]
        command += ["--dist", str(dist), "--publish-url", index.url]
        return subprocess.run(
            command, cwd=tmp_path, env=environment(INDEX_TOKEN=token), capture_output=True, encoding="utf-8"
        )

    return release


def test_misprints_are_found():
    assert misprints(["978-0-306-40615-7", "9780306406158", "978 3 16 148410 0", "978"]) == ["9780306406158", "978"]


def test_the_description_can_be_displayed(built):
    files = sorted(built.iterdir())
    for metadata in (wheel_metadata(next(built.glob("*.whl"))), sdist_metadata(next(built.glob("*.tar.gz")))):
        assert "978-0-306-40615-7" in metadata.get_payload(), "the description is the README"
    run(sys.executable, "-m", "twine", "check", "--strict", *files)


def test_the_version_is_new_and_the_same_everywhere(built):
    versions = {
        "wheel": wheel_metadata(next(built.glob("*.whl")))["Version"],
        "source distribution": sdist_metadata(next(built.glob("*.tar.gz")))["Version"],
        "__version__": publishing.__version__,
    }
    assert len(set(versions.values())) == 1, versions
    assert Version(publishing.__version__) > Version("0.1.0"), "version 0.1.0 is on the index already"


def test_the_next_version_needs_one_change(build, tmp_path):
    wheel = next(build(version="7.8.9").glob("*.whl"))
    assert wheel_metadata(wheel)["Version"] == "7.8.9", "only Cargo.toml was changed for this wheel"
    with zipfile.ZipFile(wheel) as unpacked:
        unpacked.extractall(tmp_path / "site")
    code = "import sys; sys.path.insert(0, sys.argv[1]); import publishing; print(publishing.__version__)"
    assert run(sys.executable, "-I", "-c", code, tmp_path / "site").strip() == "7.8.9"


@pytest.mark.parametrize("version", ["0.2.0", "1.10.0"])
def test_all_files_of_the_version_are_uploaded(release, index, dist, version):
    make_wheel(dist, "publishing", version)
    make_wheel(dist, "publishing", version, tag="cp311-abi3-win_amd64")
    done = release(version)
    assert done.returncode == 0, done.stderr
    assert index.names() == {f"publishing-{version}-py3-none-any.whl", f"publishing-{version}-cp311-abi3-win_amd64.whl"}


def test_other_files_stay_here(release, index, dist):
    for version in ("0.1.0", "0.2.0rc1", "0.2.0", "0.2.0.post1", "0.2.01", "10.2.0"):
        make_wheel(dist, "publishing", version)
    make_wheel(dist, "publishing_tools", "0.2.0")
    (dist / "publishing-0.2.0-py3-none-any.whl.publish.attestation").write_text("{}")
    (dist / ".gitignore").write_text("*")
    done = release("0.2.0")
    assert done.returncode == 0, done.stderr
    assert sorted(index.names()) == ["publishing-0.2.0-py3-none-any.whl"]


def test_the_token_is_not_an_argument(release, index, dist, tmp_path):
    make_wheel(dist, "publishing", "0.2.0")
    done = release("0.2.0")
    assert done.returncode == 0, done.stderr
    assert len(index.names()) == 1
    assert TOKEN not in (tmp_path / "started").read_text(encoding="utf-8")


def test_a_wrong_token_is_a_failure(release, index, dist):
    make_wheel(dist, "publishing", "0.2.0")
    done = release("0.2.0", token="pypi-0000")
    assert done.returncode != 0
    assert "NotImplementedError" not in done.stderr
    assert index.names() == set()


def test_a_version_is_released_only_once(release, index, dist):
    wheel = make_wheel(dist, "publishing", "0.2.0", description="As it was released.")
    released = wheel.read_bytes()
    done = release("0.2.0")
    assert done.returncode == 0, done.stderr
    make_wheel(dist, "publishing", "0.2.0", description="With a fix, in a hurry.")
    status = release("0.2.0").returncode
    assert status != 0, "the index has another file of this name, and the release reported success"
    assert (index.packages / wheel.name).read_bytes() == released


def test_what_was_uploaded_can_be_installed(release, built, index, tmp_path):
    version = wheel_metadata(next(built.glob("*.whl")))["Version"]
    done = release(version, dist=built)
    assert done.returncode == 0, done.stdout + done.stderr
    assert index.names() == {path.name for path in built.iterdir() if path.suffix in (".whl", ".gz")}
    fresh = tmp_path / "fresh"
    run(sys.executable, "-m", "uv", "venv", "--offline", "--quiet", "--python", sys.executable, fresh)
    python = fresh / ("Scripts" if os.name == "nt" else "bin") / "python"
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--cache-dir", tmp_path / "cache", "--python", python]
    run(*uv, "--only-binary", ":all:", "--default-index", f"{index.url}simple/", f"publishing=={version}")
    code = "import publishing; print(publishing.__file__, publishing.__version__, publishing.is_isbn('9780306406157'))"
    # `-I`: what can be imported is what was installed.
    file, *rest = run(python, "-I", "-c", code, cwd=tmp_path).split()
    assert fresh in Path(file).parents
    assert rest == [version, "True"]
