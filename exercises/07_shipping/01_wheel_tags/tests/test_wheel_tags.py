import base64
import csv
import hashlib
import os
import subprocess
import sys
import zipfile

import pytest
from packaging import tags
from packaging.utils import parse_wheel_filename

from wheel_tags import best, manylinux, retag


def glibc(newest):
    """The platform tags that a Linux machine with glibc 2.`newest` accepts, the best first."""
    for minor in range(newest, 4, -1):
        yield f"manylinux_2_{minor}_x86_64"
        if minor == 17:
            yield "manylinux2014_x86_64"
    yield "linux_x86_64"


MUSL = ["musllinux_1_2_x86_64", "musllinux_1_1_x86_64", "musllinux_1_0_x86_64", "linux_x86_64"]
MAC = list(tags.mac_platforms((13, 0), "arm64"))
WINDOWS = ["win_amd64"]


def cpython(version, abi, platforms):
    """The tags that a CPython accepts, the best first."""
    minor = int(version.removeprefix("3."))
    platforms = list(platforms)
    own = tags.cpython_tags((3, minor), abis=[abi], platforms=platforms)
    general = tags.compatible_tags((3, minor), interpreter=f"cp3{minor}", platforms=platforms)
    return [*own, *general]


PEAKS = [
    "peaks-1.2-cp312-cp312-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
    "peaks-1.2-cp312-cp312-manylinux_2_28_x86_64.whl",
    "peaks-1.2-cp312-cp312-musllinux_1_2_x86_64.whl",
    "peaks-1.2-cp312-cp312-win_amd64.whl",
    "peaks-1.2-cp312-cp312-macosx_10_12_x86_64.whl",
    "peaks-1.2-cp312-cp312-macosx_11_0_arm64.whl",
    "peaks-1.2-cp311-abi3-win_amd64.whl",
    "peaks-1.2-cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl",
]
VALLEYS = [
    "valleys-3.0-py3-none-any.whl",
    "valleys-3.0-cp311-abi3-manylinux_2_34_x86_64.whl",
    "valleys-3.0-cp310-abi3-manylinux_2_28_x86_64.whl",
    "valleys-3.0-cp315-abi3.abi3t-manylinux_2_28_x86_64.whl",
    "valleys-3.0-cp314-cp314t-manylinux_2_28_x86_64.whl",
]
BUILDS = [
    "peaks-1.2-2-cp312-cp312-win_amd64.whl",
    "peaks-1.2-10-cp312-cp312-win_amd64.whl",
    "peaks-1.2-cp312-cp312-win_amd64.whl",
    "peaks-1.2-99-py3-none-any.whl",
]
UNIVERSAL = ["peaks-1.2-cp312-cp312-macosx_10_12_universal2.whl", "peaks-1.2-cp312-cp312-macosx_14_0_arm64.whl"]


@pytest.mark.parametrize(
    ("wheels", "supported", "expected"),
    [
        (PEAKS, cpython("3.12", "cp312", glibc(36)), PEAKS[1]),
        (PEAKS, cpython("3.12", "cp312", glibc(27)), PEAKS[0]),
        (PEAKS, cpython("3.14", "cp314", glibc(36)), PEAKS[7]),
        (PEAKS, cpython("3.12", "cp312", glibc(12)), None),
        (PEAKS, cpython("3.12", "cp312", MUSL), PEAKS[2]),
        (PEAKS, cpython("3.14", "cp314", MUSL), None),
        (PEAKS, cpython("3.12", "cp312", WINDOWS), PEAKS[3]),
        (PEAKS, cpython("3.13", "cp313", WINDOWS), PEAKS[6]),
        (PEAKS, cpython("3.10", "cp310", WINDOWS), None),
        (PEAKS, cpython("3.12", "cp312", MAC), PEAKS[5]),
        (UNIVERSAL, cpython("3.12", "cp312", MAC), UNIVERSAL[0]),
        (VALLEYS, cpython("3.13", "cp313", glibc(36)), VALLEYS[1]),
        (VALLEYS, cpython("3.13", "cp313", glibc(28)), VALLEYS[2]),
        (VALLEYS, cpython("3.15", "cp315", glibc(36)), VALLEYS[3]),
        (VALLEYS, cpython("3.14", "cp314t", glibc(36)), VALLEYS[4]),
        (VALLEYS, cpython("3.16", "cp316t", glibc(36)), VALLEYS[3]),
        (VALLEYS, cpython("3.13", "cp313t", glibc(36)), VALLEYS[0]),
        (VALLEYS, cpython("3.13", "cp313", MUSL), VALLEYS[0]),
        (BUILDS, cpython("3.12", "cp312", WINDOWS), BUILDS[1]),
        (BUILDS[::-1], cpython("3.12", "cp312", WINDOWS), BUILDS[1]),
        (BUILDS, cpython("3.13", "cp313", WINDOWS), BUILDS[3]),
        ([], cpython("3.13", "cp313", WINDOWS), None),
    ],
    ids=[
        "newer-glibc",
        "older-glibc",
        "stable-abi",
        "too-old-glibc",
        "musl",
        "no-stable-abi-on-musl",
        "windows",
        "windows-stable-abi",
        "too-old-python",
        "mac",
        "universal",
        "newest-stable-abi",
        "older-stable-abi",
        "abi3t-on-an-ordinary-build",
        "free-threaded",
        "abi3t",
        "free-threaded-has-no-abi3",
        "pure",
        "build-number",
        "build-number-reversed",
        "tag-before-build-number",
        "nothing",
    ],
)
def test_best(wheels, supported, expected):
    assert best(wheels, supported) == expected


@pytest.mark.parametrize(
    ("versions", "machine", "expected"),
    [
        (["GLIBC_2.2.5", "GLIBC_2.28", "GLIBC_2.3.4"], "x86_64", "manylinux_2_28_x86_64"),
        (["GLIBC_2.18", "GLIBC_2.9", "GLIBC_2.34"], "aarch64", "manylinux_2_34_aarch64"),
        (["GLIBC_2.18", "GLIBC_2.9"], "aarch64", "manylinux_2_18_aarch64"),
        (["GLIBC_2.2.5", "GLIBC_2.3.4", "GLIBC_2.9"], "x86_64", "manylinux_2_17_x86_64"),
        (["GCC_3.0", "GLIBC_2.25", "GCC_4.2.0"], "x86_64", "manylinux_2_25_x86_64"),
        (["GCC_3.0"], "x86_64", "manylinux_2_17_x86_64"),
        ([], "i686", "manylinux_2_17_i686"),
    ],
    ids=["three", "not-as-text", "just-newer", "oldest", "other-libraries", "only-others", "nothing"],
)
def test_manylinux(versions, machine, expected):
    assert manylinux(versions, machine) == expected


@pytest.fixture
def wheel(tmp_path):
    """A function that writes a wheel."""

    def write(name, lines):
        path = tmp_path / "built" / name
        path.parent.mkdir(exist_ok=True)
        data = {
            "peaks/__init__.py": b'HIGHEST = "Dufourspitze"\n',
            "peaks-1.2.dist-info/METADATA": b"Metadata-Version: 2.4\nName: peaks\nVersion: 1.2\n",
            "peaks-1.2.dist-info/WHEEL": "\n".join([*lines, ""]).encode(),
        }
        rows = [f"{name},{entry(content)}" for name, content in data.items()]
        data["peaks-1.2.dist-info/RECORD"] = "\n".join([*rows, "peaks-1.2.dist-info/RECORD,,", ""]).encode()
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in data.items():
                archive.writestr(name, content)
        return path

    return write


def entry(data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"sha256={digest},{len(data)}"


def contents(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lines_of(path):
    return contents(path)["peaks-1.2.dist-info/WHEEL"].decode().splitlines()


BUILT = "peaks-1.2-3-cp311-abi3-linux_x86_64.whl"
LINES = ["Wheel-Version: 1.0", "Generator: by hand", "Root-Is-Purelib: false", "Tag: cp311-abi3-linux_x86_64", "Build: 3"]


def test_the_name_changes_and_the_original_stays(wheel):
    original = wheel(BUILT, LINES)
    before = contents(original)
    copy = retag(original, "manylinux_2_28_x86_64")
    assert copy == original.parent / "peaks-1.2-3-cp311-abi3-manylinux_2_28_x86_64.whl"
    assert sorted(path.name for path in original.parent.iterdir()) == sorted([original.name, copy.name])
    assert contents(original) == before


@pytest.mark.parametrize(
    ("name", "tag_lines", "platform"),
    [
        (BUILT, ["Tag: cp311-abi3-linux_x86_64"], "manylinux_2_28_x86_64"),
        (BUILT, ["Tag: cp311-abi3-linux_x86_64"], "manylinux_2_17_x86_64.manylinux2014_x86_64"),
        (
            "peaks-1.2-cp315-abi3.abi3t-linux_aarch64.whl",
            ["Tag: cp315-abi3-linux_aarch64", "Tag: cp315-abi3t-linux_aarch64"],
            "musllinux_1_2_aarch64",
        ),
    ],
    ids=["one", "two-platforms", "two-abis"],
)
def test_wheel_lists_the_tags_of_the_name(wheel, name, tag_lines, platform):
    lines = [*LINES[:3], *tag_lines, *(["Build: 3"] if "-3-" in name else [])]
    copy = retag(wheel(name, lines), platform)
    after = lines_of(copy)
    assert [line for line in after if not line.startswith("Tag:")] == [line for line in lines if "Tag:" not in line]
    stated = [line.removeprefix("Tag: ") for line in after if line.startswith("Tag:")]
    _, _, _, expected = parse_wheel_filename(copy.name)
    assert sorted(stated) == sorted(map(str, expected))


def test_record_describes_the_new_files(wheel):
    original = wheel(BUILT, LINES)
    copy = retag(original, "manylinux_2_28_x86_64")
    after = contents(copy)
    assert after.keys() == contents(original).keys()
    assert after["peaks/__init__.py"] == contents(original)["peaks/__init__.py"]
    rows = list(csv.reader(after["peaks-1.2.dist-info/RECORD"].decode().splitlines()))
    assert {name for name, _, _ in rows} == after.keys()
    for name, digest, size in rows:
        if not name.endswith("/RECORD"):
            assert f"{digest},{size}" == entry(after[name]), name


def test_it_installs_here(wheel, tmp_path):
    here = next(tags.sys_tags()).platform
    copy = retag(wheel("peaks-1.2-py3-none-win32.whl", [*LINES[:3], "Tag: py3-none-win32"]), here)
    target = tmp_path / "installed"
    options = ["--offline", "--no-deps", "--target", target, "--python", sys.executable]
    command = [sys.executable, "-m", "uv", "pip", "install", *options, copy]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "UV_LINK_MODE": "copy"})
    assert done.returncode == 0, done.stderr
    assert (target / "peaks" / "__init__.py").is_file()
