import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path

import module_export
import pytest

from sample import days

ROOT = Path(__file__).parents[2]

# A description of CPython 3.15 for PyO3, which then doesn't ask an interpreter. So any Python can run these tests.
FOR_3_15 = "implementation=CPython\nversion=3.15\nshared=true\nlib_name=python315\n"

# Reads the slots in a process of its own, since a wrong pointer would end this one.
READ_SLOTS = r"""
import ctypes, json, sys

class Slot(ctypes.Structure):
    _fields_ = [("id", ctypes.c_uint16), ("flags", ctypes.c_uint16), ("reserved", ctypes.c_uint32), ("value", ctypes.c_uint64)]

class Method(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("function", ctypes.c_void_p), ("flags", ctypes.c_int), ("doc", ctypes.c_char_p)]

library = ctypes.CDLL(sys.argv[1])
library.PyModExport_module_export.restype = ctypes.POINTER(Slot)
array = library.PyModExport_module_export()
# With a limit, in case there is no end.
slots = [array[0]]
while slots[-1].id != 0 and len(slots) < 20:
    slots.append(array[len(slots)])
found = {slot.id: slot.value for slot in slots}
methods = ctypes.cast(found.get(103, 0), ctypes.POINTER(Method))
print(json.dumps({
    "slots": [slot.id for slot in slots],
    "reserved": [slot.reserved for slot in slots],
    "name": ctypes.string_at(found[100]).decode() if 100 in found else None,
    "doc": ctypes.string_at(found[101]).decode() if 101 in found else None,
    "methods": [methods[0].name.decode()] if methods else None,
    "fills": bool(found.get(85)),
    "abi": list(ctypes.string_at(found[109], 2)) if 109 in found else None,
}))
"""


@pytest.fixture(scope="session")
def library():
    """The extension, compiled for Python 3.15."""
    if os.name == "nt":
        pytest.skip("needs a system on which an extension loads without its Python")
    target = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "cargo-for-3.15"
    target.mkdir(parents=True, exist_ok=True)
    config = target / "python.txt"
    if not config.exists():
        config.write_text(FOR_3_15, encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYO3_")}
    environment |= {"PYO3_CONFIG_FILE": str(config), "PYO3_BUILD_EXTENSION_MODULE": "1", "CARGO_NET_OFFLINE": "true"}
    command = ["cargo", "build", "--offline", "--message-format", "json-render-diagnostics", "--target-dir", str(target)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, "it doesn't compile for 3.15:\n" + "\n".join(ended.stderr.splitlines()[-40:])
    messages = [json.loads(line) for line in ended.stdout.splitlines() if line.startswith("{")]
    built = [each["filenames"] for each in messages if each.get("target", {}).get("name") == "module_export"]
    (file,) = (file for files in built for file in files if Path(file).suffix in {".so", ".dylib"})
    return file


@pytest.fixture(scope="session")
def exported(library):
    """What the library's new export returns."""
    assert hasattr(ctypes.CDLL(library), "PyModExport_module_export"), "there is no such symbol"
    ended = subprocess.run([sys.executable, "-I", "-c", READ_SLOTS, library], capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def test_for_3_15_it_has_both_exports(library):
    handle = ctypes.CDLL(library)
    assert hasattr(handle, "PyModExport_module_export")
    # Programs that embed Python register a module by this one.
    assert hasattr(handle, "PyInit_module_export")


def test_the_slots_name_the_module(exported):
    assert exported["name"] == "module_export"
    assert exported["doc"] == "Leap years."


def test_the_slots_fill_the_module(exported):
    assert exported["methods"] == ["is_leap"]
    assert exported["fills"]


def test_the_slots_are_complete(exported):
    assert exported["abi"] == [1, 0], "Python wants to know for which ABI this was compiled"
    assert exported["slots"][-1] == 0, "nothing marks the end"
    assert exported["slots"].count(0) == 1
    assert set(exported["reserved"]) == {0}


@pytest.mark.skipif(sys.version_info < (3, 15), reason="needs Python 3.15, which looks for the new export")
def test_python_uses_the_new_export():
    definition_of = ctypes.pythonapi.PyModule_GetDef
    definition_of.argtypes, definition_of.restype = [ctypes.py_object], ctypes.c_void_p
    # The compiled module itself. Build tools put it into a package of the same name.
    module = module_export.is_leap.__self__
    # Only a module that came from `PyInit_` has a `PyModuleDef`.
    assert definition_of(module) is None


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2024, 366), (2023, 365), (1900, 365), (2000, 366), (1582, 365), (1584, 366), (2100, 365), (2400, 366)],
)
def test_days(year, expected):
    assert days(year) == expected
    assert module_export.is_leap(year) is (expected == 366)


def test_the_module_is_whole():
    assert module_export.__name__ == "module_export"
    assert module_export.__doc__ == "Leap years."
    assert module_export.FIRST == 1582
    assert module_export.is_leap.__doc__ == "Whether a year has a 29th of February."
    assert module_export.is_leap(-4) is True
    assert module_export.is_leap(-1) is False
    for wrong, error in (("2024", TypeError), (2.5, TypeError), (2**80, OverflowError)):
        with pytest.raises(error):
            module_export.is_leap(wrong)
