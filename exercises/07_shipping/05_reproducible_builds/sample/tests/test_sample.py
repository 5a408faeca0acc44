import datetime
import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path

import pytest
import sample
from conftest import DATE, build, copy_project, run


def contents(wheel):
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def library(wheel):
    return next(data for name, data in contents(wheel).items() if name.endswith((".so", ".pyd")))


def bill_of_materials(wheel):
    (text,) = (data for name, data in contents(wheel).items() if "/sboms/" in name)
    return json.loads(text)


def built_at(wheel, tmp_path):
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "import sys; sys.path.insert(0, sys.argv[1]); import reproducible_builds; print(reproducible_builds.built_at())"
    done = run(sys.executable, "-I", "-c", code, tmp_path, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_the_day_is_a_date():
    assert sample.built_on() >= datetime.date(2001, 1, 1)


def test_two_builds_give_the_same_bytes(wheels):
    one, another = wheels["one"], wheels["another"]
    first, second = contents(one), contents(another)
    assert [name for name in first if first[name] != second.get(name)] == [], "these members differ"
    assert hashlib.sha256(one.read_bytes()).hexdigest() == hashlib.sha256(another.read_bytes()).hexdigest()


@pytest.mark.parametrize("name", ["one", "another", "later"])
def test_the_library_does_not_say_where_it_was_built(wheels, cache, name):
    places = {"the project": cache, "the home of cargo": Path(os.environ.get("CARGO_HOME") or Path.home() / ".cargo")}
    compiled = library(wheels[name])
    found = [what for what, place in places.items() if os.fsencode(place) in compiled]
    assert found == []


@pytest.mark.parametrize(
    ("name", "date"),
    [("one", DATE), ("another", DATE), ("later", DATE + 86400)],
    ids=["one", "another", "later"],
)
def test_the_date_is_that_of_the_sources(wheels, tmp_path, name, date):
    seconds = built_at(wheels[name], tmp_path)
    assert seconds == date


@pytest.mark.parametrize(
    ("name", "date"),
    [("one", "2026-01-01T00:00:00"), ("later", "2026-01-02T00:00:00")],
    ids=["one", "later"],
)
def test_the_bill_of_materials_has_that_date_too(wheels, name, date):
    timestamp = datetime.datetime.fromisoformat(bill_of_materials(wheels[name])["metadata"]["timestamp"])
    assert timestamp.astimezone(datetime.UTC).replace(tzinfo=None).isoformat() == date


def test_the_bill_of_materials_lists_all_packages(wheels):
    components = bill_of_materials(wheels["one"])["components"]
    names = [component["name"] for component in components]
    assert {"pyo3", "pyo3-ffi", "reproducible_builds"} <= set(names)
    assert all(component["purl"].startswith("pkg:cargo/") for component in components)


def test_a_lock_file_that_does_not_fit_is_an_error(cache, tmp_path):
    copy = cache / "unlocked"
    copy_project(copy)
    manifest = (copy / "Cargo.toml").read_text(encoding="utf-8")
    (copy / "Cargo.toml").write_text(manifest.replace('version = "0.1.0"', 'version = "0.1.1"', 1), encoding="utf-8")
    before = (copy / "Cargo.lock").read_bytes()
    done = build(copy, cache / "target-here", tmp_path / "out")
    assert done.returncode != 0
    assert (copy / "Cargo.lock").read_bytes() == before, "the build has changed the lock file"
