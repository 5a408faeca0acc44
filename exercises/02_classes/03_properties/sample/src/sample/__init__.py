"""The thermostats of a house."""

from properties import Thermostat

__all__ = ["House"]


class House:
    """Has a thermostat in each room."""

    def __init__(self, *rooms: str) -> None:
        self.thermostats = [Thermostat(room) for room in rooms]

    def holiday(self, until: str) -> None:
        """Turns everything down, and leaves a note."""
        for thermostat in self.thermostats:
            thermostat.target = min(thermostat.target, 12)
            thermostat.note = f"away until {until}"

    def home_again(self) -> None:
        """Turns everything up."""
        for thermostat in self.thermostats:
            thermostat.target_fahrenheit = 68
            del thermostat.note

    def cold_rooms(self) -> list[str]:
        """The rooms that are colder than they should be."""
        return [t.room for t in self.thermostats if t.mean is not None and t.mean < t.target]
