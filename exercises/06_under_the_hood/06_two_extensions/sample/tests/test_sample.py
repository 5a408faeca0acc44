import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from two_extensions import Reading

from sample import yesterday

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def chart(tmp_path_factory):
    """The second extension, compiled from `examples/chart.rs`."""
    target = Path(os.environ.get("WR_CACHE") or ROOT / "target") / "cargo"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYO3_")}
    environment |= {"PYO3_PYTHON": sys.executable, "PYO3_BUILD_EXTENSION_MODULE": "1", "CARGO_NET_OFFLINE": "true"}
    if sys.platform == "darwin":
        environment["RUSTFLAGS"] = "-C link-arg=-undefined -C link-arg=dynamic_lookup"
    command = ["cargo", "build", "--offline", "--example", "chart", "--target-dir", str(target)]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == 0, "it doesn't compile:\n" + "\n".join(ended.stderr.splitlines()[-40:])
    (built,) = (
        file for file in (target / "debug" / "examples").glob("*chart.*") if file.suffix in {".so", ".dylib", ".dll"}
    )
    module = tmp_path_factory.mktemp("chart") / ("chart.pyd" if os.name == "nt" else "chart.so")
    module.write_bytes(built.read_bytes())
    spec = importlib.util.spec_from_file_location("chart", module)
    chart = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(chart)
    return chart


class Forecast(NamedTuple):
    """It isn't a reading, and it has what matters."""

    celsius: float


@pytest.mark.parametrize("degrees", [[21.5], [-3.0, 4.0], [1.0, 2.0, 6.0]], ids=["one", "two", "three"])
def test_mean(chart, degrees):
    assert chart.mean([Reading("Bern", each) for each in degrees]) == sum(degrees) / len(degrees)


def test_mean_of_yesterday(chart):
    assert chart.mean(yesterday()) == 21.5
    assert chart.mean(tuple(yesterday()[1:])) == 21.5


@pytest.mark.parametrize(
    "degrees",
    [[3.0], [1.0, 5.0, 2.0], [7.0, 7.0, 6.0], [-9.0, -8.0]],
    ids=["one", "three", "equal", "frost"],
)
def test_the_warmest_is_the_very_object(chart, degrees):
    readings = [Reading(f"station {number}", each) for number, each in enumerate(degrees)]
    assert chart.warmest(readings) is readings[degrees.index(max(degrees))]


def test_an_average_is_a_reading_of_the_first_extension(chart):
    average = chart.average("everywhere", yesterday())
    assert type(average) is Reading
    assert (average.station, average.celsius) == ("everywhere", 21.5)
    # So the second extension also takes what it made itself.
    assert chart.mean([average, Reading("Bern", 20.5)]) == 21.0


def test_anything_with_a_temperature_will_do(chart):
    tomorrow = [Forecast(20.0), SimpleNamespace(celsius=30), Reading("Bern", 10.0)]
    assert chart.mean(tomorrow) == 20.0
    assert chart.warmest(tomorrow) is tomorrow[1]
    assert chart.average("tomorrow", tomorrow).celsius == 20.0


def test_anything_else_is_an_error(chart):
    for wrong in (21.5, "warm", SimpleNamespace(fahrenheit=70.0), SimpleNamespace(celsius="warm")):
        for function in (chart.mean, chart.warmest, lambda each: chart.average("nowhere", each)):
            with pytest.raises((TypeError, AttributeError)):
                function([Reading("Bern", 1.0), wrong])


def test_without_readings_there_is_nothing_to_draw(chart):
    for function in (chart.mean, chart.warmest, lambda each: chart.average("nowhere", each)):
        with pytest.raises(ValueError, match="there are no readings"):
            function([])
