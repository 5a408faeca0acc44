import pytest
from inheritance import Sensor, Thermometer, highest, set_unit

from sample import hottest, rain_gauge


def with_values(sensor, *values):
    for value in values:
        sensor.record(value)
    return sensor


def test_a_thermometer_is_a_sensor():
    thermometer = Thermometer("roof")
    assert isinstance(thermometer, Sensor)
    assert issubclass(Thermometer, Sensor)
    assert type(thermometer) is Thermometer
    assert not isinstance(Sensor("wind"), Thermometer)


def test_a_thermometer_has_what_a_sensor_has():
    thermometer = with_values(Thermometer("roof"), 21.5, 19)
    assert thermometer.name == "roof"
    assert thermometer.values == [21.5, 19.0]
    assert thermometer.unit == "C"
    assert Thermometer("cellar", unit="K").unit == "K"
    assert not hasattr(Sensor("wind"), "unit")
    with pytest.raises(TypeError):
        Thermometer()


def test_all_kinds_of_sensors_are_compared():
    assert highest([]) is None
    assert highest([Sensor("wind"), Thermometer("roof")]) is None
    wind, roof = with_values(Sensor("wind"), 30, 80), with_values(Thermometer("roof"), 21, -5)
    assert highest([wind, roof]) == "wind"
    assert highest([roof]) == "roof"
    assert highest([roof, wind, with_values(Sensor("other"), 80)]) == "wind"
    assert highest([with_values(Sensor("depth"), -70, -60), Sensor("new")]) == "depth"


def test_other_objects_are_not_sensors():
    assert highest([with_values(Thermometer("roof"), 1)]) == "roof"

    class Fake:
        name, values = "fake", [99.0]

    with pytest.raises(TypeError):
        highest([Fake()])


def test_a_unit_is_set():
    thermometer = Thermometer("roof")
    for unit in "FKC":
        set_unit(thermometer, unit)
        assert thermometer.unit == unit
    with pytest.raises(ValueError):
        set_unit(thermometer, "X")
    assert thermometer.unit == "C"


def test_only_a_thermometer_has_a_unit():
    set_unit(Thermometer("roof"), "F")
    with pytest.raises(TypeError):
        set_unit(Sensor("wind"), "F")
    with pytest.raises(TypeError):
        set_unit("roof", "F")


def test_python_inherits_from_either():
    class Barometer(Sensor):
        pass

    class Freezer(Thermometer):
        def __init__(self, name, *, unit="C", limit=-18.0):
            self.limit = limit

        def too_warm(self):
            return any(value > self.limit for value in self.values)

        def __new__(cls, name, *, unit="C", limit=-18.0):
            return super().__new__(cls, name, unit=unit)

    barometer = with_values(Barometer("hall"), 1013)
    freezer = with_values(Freezer("shop", limit=-20.0), -19)
    assert (barometer.name, freezer.name, freezer.limit, freezer.unit) == ("hall", "shop", -20.0, "C")
    assert freezer.too_warm()
    assert highest([freezer, barometer]) == "hall"
    set_unit(freezer, "F")
    assert freezer.unit == "F"
    assert isinstance(freezer, Sensor)


def test_a_station_knows_its_sensors():
    gauge = with_values(rain_gauge("meadow"), 40, 2)
    assert gauge.total() == 42.0
    roof, cellar = with_values(Thermometer("roof"), 12), with_values(Thermometer("cellar"), 15)
    assert hottest([gauge, roof, cellar]) == "cellar"
    assert hottest([gauge]) is None
