import math

import pytest
from properties import Thermostat

from sample import House


def test_the_room_can_be_renamed():
    thermostat = Thermostat("attic")
    assert thermostat.room == "attic"
    thermostat.room = "studio"
    assert thermostat.room == "studio"
    assert Thermostat("hall").room == "hall"
    with pytest.raises(TypeError):
        thermostat.room = 7
    assert thermostat.room == "studio"


def test_the_target_has_bounds():
    thermostat = Thermostat("attic")
    assert thermostat.target == 20.0
    for degrees in (5, 21.5, 30.0):
        thermostat.target = degrees
        assert thermostat.target == degrees
    for degrees in (4.9, 30.1, -10, math.nan, math.inf):
        with pytest.raises(ValueError):
            thermostat.target = degrees
    with pytest.raises(TypeError):
        thermostat.target = "warm"
    assert thermostat.target == 30.0


def test_fahrenheit_is_the_same_target():
    thermostat = Thermostat("attic")
    assert thermostat.target_fahrenheit == 68.0
    thermostat.target = 25
    assert thermostat.target_fahrenheit == 77.0
    thermostat.target_fahrenheit = 50
    assert thermostat.target == 10.0
    for degrees in (40, 87, math.nan):
        with pytest.raises(ValueError):
            thermostat.target_fahrenheit = degrees
    assert thermostat.target_fahrenheit == 50.0


def test_measurements_can_be_read():
    thermostat = Thermostat("attic")
    assert thermostat.measured == []
    thermostat.measure(19.5)
    thermostat.measure(20)
    assert thermostat.measured == [19.5, 20.0]
    thermostat.measured.append(99.0)
    assert thermostat.measured == [19.5, 20.0]
    with pytest.raises(AttributeError):
        thermostat.measured = []


def test_the_mean_is_computed():
    thermostat = Thermostat("attic")
    assert thermostat.mean is None
    thermostat.measure(18)
    assert thermostat.mean == 18.0
    thermostat.measure(21)
    assert thermostat.mean == 19.5
    with pytest.raises(AttributeError):
        thermostat.mean = 20.0


def test_a_note_comes_and_goes():
    thermostat = Thermostat("attic")
    assert thermostat.note is None
    thermostat.note = "window is open"
    assert thermostat.note == "window is open"
    thermostat.note = None
    assert thermostat.note is None
    thermostat.note = "closed"
    del thermostat.note
    assert thermostat.note is None
    for name in ("room", "target", "measured"):
        with pytest.raises(AttributeError):
            delattr(thermostat, name)


def test_there_is_nothing_else():
    thermostat = Thermostat("attic")
    public = {name for name in dir(thermostat) if not name.startswith("_")}
    assert public == {"room", "target", "target_fahrenheit", "measured", "mean", "note", "measure"}
    with pytest.raises(AttributeError):
        thermostat.taget = 21


def test_a_house_goes_on_holiday():
    house = House("hall", "bath")
    house.thermostats[0].target = 8
    house.holiday("Sunday")
    assert [(t.target, t.note) for t in house.thermostats] == [(8.0, "away until Sunday"), (12.0, "away until Sunday")]
    house.home_again()
    assert [(t.target, t.note) for t in house.thermostats] == [(20.0, None), (20.0, None)]
    house.thermostats[1].measure(17)
    assert house.cold_rooms() == ["bath"]
