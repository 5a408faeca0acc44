import os
import re
import shutil
import sys

import pytest
from conftest import NATIVE, run

from sample import load

# What Rust's own library needs from the system, if it's linked into a program in C.
SYSTEM = ["-lSystem"] if sys.platform == "darwin" else ["-lgcc_s", "-lutil", "-lrt", "-lpthread", "-lm", "-ldl", "-lc"]


@pytest.fixture
def shared(library):
    return library(".so", ".dylib")


@pytest.mark.parametrize(
    ("mean", "range", "hours", "height"),
    [(3.0, 4.0, 0.0, 5.0), (3.0, 4.0, 6.21, 1.0), (2.5, 1.0, 12.42, 3.0), (2.5, 0.0, 5.0, 2.5), (0.0, 2.0, 3.105, 0.0)],
)
def test_python_asks_for_the_height(shared, mean, range, hours, height):
    assert load(str(shared)).tides_height(mean, range, hours) == pytest.approx(height, abs=1e-9)


@pytest.mark.parametrize(("hours", "left"), [(0.0, 12.42), (2.0, 10.42), (12.0, 0.42), (13.42, 11.42), (-1.0, 1.0)])
def test_python_asks_for_the_next_high_water(shared, hours, left):
    assert load(str(shared)).tides_next_high(hours) == pytest.approx(left, abs=1e-9)


def test_the_library_offers_two_functions_and_nothing_else(shared, exports):
    others = exports(shared) - {"tides_height", "tides_next_high"}
    assert len(others) == 0, f"for example {min(others)}"
    assert len(exports(shared)) == 2


@pytest.mark.parametrize("name", ["tides_height", "tides_next_high"])
def test_a_function_is_called_by_the_rules_of_c(name):
    # The file says nothing about these rules, and by accident Rust's may be the same today.
    source = (NATIVE / "src" / "lib.rs").read_text(encoding="utf-8")
    assert re.search(rf'\bextern\s+("C"\s+)?fn\s+{name}\b', source), f"`{name}` isn't `extern \"C\"`"


def test_a_rust_program_runs_alone(cargo, tmp_path):
    [file] = [file for file in cargo("tide_table") if file.stem == "tide_table"]
    program = shutil.copy(file, tmp_path)
    # Not even the directory with cargo's files is known to it.
    env = {name: value for name, value in os.environ.items() if not name.endswith("LIBRARY_PATH")}
    assert run([program], env=env, cwd=tmp_path) == "0.0 h: 5.0 m\n3.1 h: 3.0 m\n6.2 h: 1.0 m\n"


def test_a_c_program_runs_alone(library, tmp_path):
    program = tmp_path / "harbour"
    run(["cc", NATIVE / "harbour" / "main.c", library(".a"), *SYSTEM, "-o", program])
    assert run([program], cwd=tmp_path) == "now: 1.0 m\nhigh water in 6.2 h\n"
