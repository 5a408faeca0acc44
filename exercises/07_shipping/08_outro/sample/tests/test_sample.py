import email
import json
import math
import re
import sys
import tarfile
import textwrap
import zipfile

import pytest
import sample
import waymarks
from conftest import other_pythons, run
from packaging.utils import parse_wheel_filename

BERN, PARIS, QUITO, SYDNEY = (46.95, 7.45), (48.86, 2.35), (-0.18, -78.47), (-33.87, 151.21)


@pytest.mark.parametrize(
    ("start", "end", "kilometres"),
    [
        (BERN, PARIS, 435.3),
        (PARIS, QUITO, 9352.8),
        (QUITO, SYDNEY, 13607.8),
        ((0, 0), (0, 180), math.pi * 6371),
        ((90, 0), (-90, 0), math.pi * 6371),
        ((8, 10), (-8, -170), math.pi * 6371),
        (BERN, BERN, 0),
    ],
    ids=["bern-paris", "paris-quito", "quito-sydney", "equator", "poles", "antipodes", "nowhere"],
)
def test_distances(start, end, kilometres):
    assert waymarks.distance(start, end) == pytest.approx(kilometres, abs=0.1)
    assert waymarks.distance(end, start) == pytest.approx(kilometres, abs=0.1)


def test_a_place_is_on_the_globe():
    for place in ((90.1, 0), (-90.1, 0), (0, 180.1), (0, -180.1)):
        with pytest.raises(ValueError, match="isn't a place"):
            waymarks.distance(place, BERN)
        with pytest.raises(ValueError, match="isn't a place"):
            waymarks.distance(BERN, place)


def test_the_sample_finds_both_functions():
    assert sample.journey(["46.95 N, 7.45 E", "48.86N 2.35E", "0.18 S, 78.47 W"]) == pytest.approx(435.3 + 9352.8, abs=0.2)


def test_the_package_shows_what_it_offers():
    assert sorted(waymarks.__all__) == ["distance", "parse"]
    assert waymarks.distance.__module__ == "waymarks._native"


def names(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def metadata(wheel):
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


def test_the_wheel_contains_the_package(wheel):
    found = [name for name in names(wheel) if ".dist-info/" not in name]
    (native,) = (name for name in found if name.endswith((".so", ".pyd")))
    assert re.fullmatch(r"waymarks/_native(\.abi3\.so|\.pyd)", native)
    expected = ["__init__.py", "_native.pyi", "_parse.py", "py.typed"]
    assert sorted(found) == sorted([native, *(f"waymarks/{name}" for name in expected)])


def test_the_wheel_is_for_all_pythons(wheel):
    tags = parse_wheel_filename(wheel.name)[3]
    uses_stable_abi = all(tag.abi == "abi3" for tag in tags)
    assert uses_stable_abi, "this wheel serves one version of Python"
    assert {tag.interpreter for tag in tags} == {"cp311"}


def test_the_metadata_describe_the_project(wheel):
    said = metadata(wheel)
    missing = [key for key in ("Summary", "Project-URL", "Classifier") if not said[key]]
    assert missing == []
    assert "Distances on the globe" in said.get_payload()
    assert said["Description-Content-Type"].startswith("text/markdown")
    assert said["Requires-Python"] == ">=3.11"


def test_the_licence_travels_along(wheel, sdist):
    assert metadata(wheel)["License-Expression"] == "MIT"
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names(wheel))
    with tarfile.open(sdist) as archive:
        assert any(name.count("/") == 1 and name.endswith("/LICENSE") for name in archive.getnames())


def test_the_index_can_display_it(dist):
    run(sys.executable, "-m", "twine", "check", "--strict", *sorted(dist.iterdir()), cwd=dist)


def test_it_can_be_installed_and_imported(fresh, tmp_path):
    code = """
        import importlib.metadata, json, waymarks
        place = waymarks.parse("90 N, 0 E")
        kilometres = round(waymarks.distance(place, (-90.0, 0.0)))
        print(json.dumps([waymarks.__file__, importlib.metadata.version("waymarks"), kilometres]))
    """
    # `-I`: what can be imported is what was installed.
    file, version, kilometres = json.loads(run(fresh, "-I", "-c", textwrap.dedent(code), cwd=tmp_path).stdout)
    assert file.startswith(str(fresh.parents[1]))
    assert (version, kilometres) == ("0.1.0", 20015)


ACCEPTED = """
    from waymarks import distance, parse

    kilometres: float = distance(parse("46.95 N, 7.45 E"), (48.86, 2.35))
    latitude, longitude = parse("46.95 N, 7.45 E")
    print(latitude + longitude)
"""
REJECTED = """
    from waymarks import distance, parse

    distance("Bern", "Paris")
    distance((46.95, 7.45))
    text: str = distance((46.95, 7.45), (48.86, 2.35))
    parse(46.95)
"""


@pytest.mark.parametrize(("code", "errors"), [(ACCEPTED, set()), (REJECTED, {4, 5, 6, 7})], ids=["accepted", "rejected"])
def test_type_checkers_know_its_types(fresh, tmp_path, code, errors):
    caller = tmp_path / "caller.py"
    caller.write_text(textwrap.dedent(code), encoding="utf-8")
    options = ["--strict", "--config-file=", "--cache-dir", tmp_path / "cache", "--python-executable", fresh]
    said = run(sys.executable, "-m", "mypy", *options, caller, cwd=tmp_path, check=False).stdout
    found = {int(number) for number in re.findall(r"^caller\.py:(\d+): error:", said, flags=re.M)}
    assert found == errors, said


def test_every_other_python(wheel, install, tmp_path, record_property):
    assert "-abi3-" in wheel.name
    for version, python in other_pythons():
        program = install(python)
        code = "import sys, waymarks; print(*sys.version_info[:2], round(waymarks.distance((90, 0), (-90, 0))))"
        assert run(program, "-I", "-c", code, cwd=tmp_path).stdout.split() == [*version.split(".")[:2], "20015"]
        record_property("python", version)
