import json
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from pathlib import Path

import pytest
from packaging.utils import parse_wheel_filename

ROOT = Path(__file__).parents[2]

# Runs in each Python, where nothing but the unpacked wheel can be imported.
SCRIPT = r"""
import json, sys
sys.path.insert(0, sys.argv[1])
from limited_api import short_name, total

def attempt(function, argument):
    try:
        return function(argument)
    except Exception as error:
        return type(error).__name__

counts = [(), (3,), (1, 2, 30), tuple(range(1000)), (2**40, 2**40), (1, -1), (1, "two"), [1, 2]]
names = ["Blue tit", "wren", "Great spotted woodpecker", "", "  barn  owl ", "Öregon ßtar", "\N{HIRAGANA LETTER TU}\ud800", 7]
print(json.dumps([[attempt(total, each) for each in counts], [attempt(short_name, each) for each in names]]))
"""
TOTALS = [0, 3, 33, 499500, 2**41, "OverflowError", "TypeError", "TypeError"]
SHORT_NAMES = ["BLTI", "WR", "GRSPWO", "", "BAOW", "ÖRSST", "UnicodeEncodeError", "TypeError"]


def results(program, wheel):
    """What the wheel's functions return in a Python."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    command = [program, "-I", "-X", "utf8", "-c", SCRIPT, wheel.directory]
    ended = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env=environment)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.fixture(scope="module")
def extension(wheel):
    """The compiled module in the wheel, if both their names promise the stable ABI of 3.11."""
    assert "-cp311-abi3-" in wheel.name, "the wheel's name doesn't promise 3.11 and everything later"
    files = [wheel.directory / name for name in wheel.members if Path(name).suffix in {".so", ".pyd"}]
    assert len(files) == 1
    # Windows has no suffix for it: any `.pyd` without a version may be one.
    ending = ".pyd" if os.name == "nt" else ".abi3.so"
    assert files[0].name == f"limited_api{ending}", "the file's name doesn't promise the stable ABI"
    return files[0]


def test_the_wheel_is_for_3_11_and_later(wheel):
    _, _, _, tags = parse_wheel_filename(wheel.name)
    assert {(tag.interpreter, tag.abi) for tag in tags} == {("cp311", "abi3")}
    # It mustn't depend on the Python that builds it, so the version is written down.
    pyo3 = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["dependencies"]["pyo3"]
    assert isinstance(pyo3, dict) and "abi3-py311" in pyo3.get("features", []), "Cargo.toml doesn't name the oldest Python"


def is_stable(symbol):
    """Whether it's in the stable ABI of 3.11."""
    return symbol["belongs_to"] == "stable_abi" and tuple(map(int, symbol["since"].split("."))) <= (3, 11)


def test_only_the_stable_abi_of_3_11(extension):
    wr = os.environ.get("WR") or shutil.which("wr")
    if wr is None:
        pytest.skip("needs wr, which knows the functions of the stable ABI")
    ended = subprocess.run([wr, "inspect", "--format", "json", extension], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    (report,) = json.loads(ended.stdout)["reports"]
    (image,) = report["binary"]["images"]
    strangers = [symbol["name"] for symbol in image["python_api"]["symbols"] if not is_stable(symbol)]
    assert not strangers, f"not in the stable ABI of 3.11: {', '.join(strangers)}"
    assert os.name == "nt" or image["libpython"] is None


def test_it_works_in_this_python(record_property, wheel, extension):
    record_property("python", platform.python_version())
    assert results(sys.executable, wheel) == [TOTALS, SHORT_NAMES]


def test_it_works_in_every_other_python(record_property, wheel, extension, other_pythons):
    for python in other_pythons:
        record_property("python", python.version)
        assert results(python.program, wheel) == [TOTALS, SHORT_NAMES], f"in Python {python.version}"
