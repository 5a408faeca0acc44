from collections import ChainMap
from types import MappingProxyType

import pytest
from backup_settings import commands, complete

from sample import plan, report

FULL = {
    "source": "/home",
    "schedule": "weekly",
    "keep": 3,
    "targets": [{"host": "attic", "port": 2222}, {"host": "cellar", "port": 22}],
}


def without(*keys):
    return {key: value for key, value in FULL.items() if key not in keys}


def test_full_settings_come_back_as_they_were():
    assert complete(FULL) == FULL
    assert list(complete(FULL)) == ["source", "schedule", "keep", "targets"]
    assert complete(FULL) is not FULL
    assert complete(FULL)["targets"] is not FULL["targets"]


@pytest.mark.parametrize("schedule", ["hourly", "daily", "weekly"])
def test_schedules_are_lowercase(schedule):
    assert complete(FULL | {"schedule": schedule}) == FULL | {"schedule": schedule}
    with pytest.raises(ValueError, match="^schedule: unknown variant"):
        complete(FULL | {"schedule": schedule.title()})


def test_missing_settings_have_defaults():
    assert complete({"source": "/"}) == {"source": "/", "schedule": "daily", "keep": 7, "targets": []}
    assert complete(without("keep")) == FULL | {"keep": 7}
    assert complete(without("schedule")) == FULL | {"schedule": "daily"}
    target = complete(FULL | {"targets": [{"host": "attic"}]})["targets"]
    assert target == [{"host": "attic", "port": 22}]


MISTAKES = {
    "no source": (without("source"), ".", "missing field `source`"),
    "no host": (FULL | {"targets": [{"port": 22}]}, "targets[0]", "missing field `host`"),
    "monthly": (FULL | {"schedule": "monthly"}, "schedule", "unknown variant `monthly`"),
    "less than none": (FULL | {"keep": -1}, "keep", ""),
    "not a number": (FULL | {"keep": "many"}, "keep", "str"),
    "none": (FULL | {"source": None}, "source", "None"),
    "large port": (FULL | {"targets": [{"host": "a"}, {"host": "b", "port": 70_000}]}, "targets[1].port", ""),
    "bytes": (FULL | {"targets": [{"host": b"attic"}]}, "targets[0].host", "bytes"),
    "not a list": (FULL | {"targets": {"host": "attic"}}, "targets", "dict"),
    "not a mapping": ("/home", ".", "str"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_a_value_error_that_names_its_place(mistake):
    settings, place, reason = MISTAKES[mistake]
    for function in (complete, commands):
        with pytest.raises(ValueError) as error:
            function(settings)
        assert str(error.value).startswith(f"{place}: ")
        assert reason in str(error.value)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_the_original_exception_is_the_cause(mistake):
    settings, place, _ = MISTAKES[mistake]
    with pytest.raises(ValueError) as error:
        complete(settings)
    cause = error.value.__cause__
    assert isinstance(cause, Exception)
    assert str(error.value) == f"{place}: {cause}"


@pytest.mark.parametrize("number", [0, 1])
def test_a_misspelt_key_is_an_error(number):
    with pytest.raises(ValueError, match="unknown field `shedule`"):
        complete(FULL | {"shedule": "daily"})
    targets = [{"host": "attic"}, {"host": "cellar"}]
    targets[number]["prot"] = 22
    with pytest.raises(ValueError) as error:
        complete(FULL | {"targets": targets})
    assert str(error.value).startswith(f"targets[{number}].prot: unknown field `prot`")


def test_any_mapping_will_do():
    assert complete(MappingProxyType(FULL)) == FULL
    layers = ChainMap({"source": "/srv"}, FULL)
    assert complete(layers) == FULL | {"source": "/srv"}
    assert complete(FULL | {"targets": tuple(FULL["targets"])}) == FULL


def test_commands():
    assert commands(FULL) == [
        "backup /home to attic:2222 every 168h, keep 3",
        "backup /home to cellar:22 every 168h, keep 3",
    ]
    assert commands(FULL | {"schedule": "hourly", "targets": [{"host": "a"}]}) == [
        "backup /home to a:22 every 1h, keep 3"
    ]
    assert commands({"source": "/"}) == []


def test_a_file():
    text = 'source = "/srv"\n[[targets]]\nhost = "attic"\n'
    assert plan(text) == [
        "backup /srv to attic:22 every 24h, keep 7",
        "settings: {'source': '/srv', 'schedule': 'daily', 'keep': 7, 'targets': [{'host': 'attic', 'port': 22}]}",
    ]
    assert report(text) == "1 backups"
    assert report(text + "port = 22.5\n").startswith("please correct targets[0].port: ")
    assert report("keep = 2").startswith("please correct .: missing field `source`")
