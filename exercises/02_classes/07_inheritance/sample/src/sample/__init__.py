"""A weather station, with a sensor defined in Python."""

from inheritance import Sensor, Thermometer, highest

__all__ = ["hottest", "rain_gauge"]


def rain_gauge(name: str) -> Sensor:
    """A sensor that adds up the rainfall."""

    class RainGauge(Sensor):
        def total(self) -> float:
            return sum(self.values)

    return RainGauge(name)


def hottest(sensors: list[Sensor]) -> str | None:
    """The thermometer with the highest value, among all sensors."""
    return highest([sensor for sensor in sensors if isinstance(sensor, Thermometer)])
