import io
import sys

import numpy
import pytest
from column_table import Table

from sample import rain, wettest

CSV = b"""station, mm, temperature
Bern, 1.5, 20
Thun, 0, 18.5
Bern, 2.5, -3
Chur, 4, 1e1
"""


def small():
    return Table({"city": ["b", "a", "b"], "mm": numpy.array([1.0, 2.0, 4.0])})


class File:
    """A file in memory that can be read by Python code only."""

    def __init__(self, data, error=None):
        self.data = io.BytesIO(data)
        self.error = error

    def read(self, size):
        data = self.data.read(size)
        if not data and self.error:
            raise self.error
        return data


def crossings(work):
    """How many calls of Python functions, and of functions that aren't written in Python, there are meanwhile."""
    count = 0

    def profile(frame, event, argument):
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_table_is_made_of_columns():
    table = small()
    assert table.names == ["city", "mm"]
    assert len(table) == 3
    assert table["city"] == ["b", "a", "b"]
    assert table["mm"].tolist() == [1.0, 2.0, 4.0]
    empty = Table({})
    assert (empty.names, len(empty)) == ([], 0)
    reversed_ = Table({"mm": numpy.zeros(2), "city": ["b", "a"]})
    assert (reversed_.names, len(reversed_)) == (["mm", "city"], 2)


def test_numbers_go_out_as_an_array():
    table = small()
    assert isinstance(table["mm"], numpy.ndarray)
    assert table["mm"].dtype == numpy.float64
    # The table never changes, whatever is done with the array.
    table["mm"][0] = 100
    assert table["mm"].tolist() == [1.0, 2.0, 4.0]


@pytest.mark.parametrize("name", ["", "City", "rain"])
def test_an_unknown_column_is_a_key_error(name):
    table = small()
    with pytest.raises(KeyError) as error:
        table[name]
    assert error.value.args == (name,)
    with pytest.raises(KeyError):
        table.group(name, [])
    with pytest.raises(KeyError):
        table.group("city", [("mm", "sum"), (name, "sum")])


def test_arrays_come_in_in_any_layout():
    numbers = numpy.arange(12.0)
    read_only = numbers[:3].copy()
    read_only.flags.writeable = False
    matrix = numbers.reshape(4, 3)
    columns = {"every other": numbers[0:6:2], "backwards": numbers[2::-1], "down": matrix[:3, 1], "constant": read_only}
    table = Table(columns)
    for name, column in columns.items():
        assert table[name].tolist() == column.tolist()
    # It has its own copy.
    numbers[:] = 0
    assert table["down"].tolist() == [1.0, 4.0, 7.0]


def test_other_arrays_are_refused():
    for values in ([1, 2, 3], numpy.array([1, 2, 3]), numpy.zeros((3, 1)), ("a", 1), "abc", None):
        with pytest.raises(TypeError):
            Table({"city": ["a", "b", "c"], "mm": values})
    misaligned = numpy.frombuffer(bytes(25), numpy.float64, 3, 1)
    with pytest.raises(ValueError):
        Table({"mm": misaligned})


@pytest.mark.parametrize("length", [0, 2, 4])
def test_columns_have_the_same_length(length):
    with pytest.raises(ValueError):
        Table({"city": ["a", "b", "c"], "mm": numpy.zeros(length)})
    with pytest.raises(ValueError):
        Table({"mm": numpy.zeros(3), "rain": numpy.zeros(3), "city": ["a"] * length})


def test_a_file_is_read():
    table = Table.read(io.BytesIO(CSV))
    assert table.names == ["station", "mm", "temperature"]
    assert table["station"] == ["Bern", "Thun", "Bern", "Chur"]
    assert table["mm"].tolist() == [1.5, 0.0, 2.5, 4.0]
    assert table["temperature"].tolist() == [20.0, 18.5, -3.0, 10.0]
    assert len(Table.read(File(b"a,b\n"))) == 0


@pytest.mark.parametrize(
    "line, reason",
    [(b"Chur, much, 3\n", "\"much\" isn't a number"), (b"Chur, 3\n", "2 cells instead of 3")],
    ids=["not a number", "too few cells"],
)
def test_a_wrong_line_is_a_value_error(line, reason):
    for before, number in ((CSV, 6), (CSV[: CSV.index(b"Thun")], 3)):
        with pytest.raises(ValueError) as error:
            Table.read(io.BytesIO(before + line + CSV))
        assert str(error.value) == f"line {number}: {reason}"


@pytest.mark.parametrize("kind", [ConnectionResetError, LookupError, KeyboardInterrupt])
def test_an_exception_in_read_goes_through(kind):
    error = kind("broken")
    with pytest.raises(kind) as raised:
        Table.read(File(CSV, error))
    assert raised.value is error


def test_rows_are_grouped():
    table = small().group("city", [("mm", "sum"), ("mm", "mean"), ("mm", "max"), ("mm", "count")])
    assert table.names == ["city", "sum_mm", "mean_mm", "max_mm", "count_mm"]
    assert table["city"] == ["a", "b"]
    assert [table[name].tolist() for name in table.names[1:]] == [[2.0, 5.0], [2.0, 2.5], [2.0, 4.0], [1.0, 2.0]]
    assert small().group("city", [])["city"] == ["a", "b"]
    again = table.group("city", [("sum_mm", "sum")])
    assert again["sum_sum_mm"].tolist() == [2.0, 5.0]


def test_a_measure_may_have_a_name():
    measures = [{"column": "mm", "how": "sum", "name": "rain"}, {"column": "mm", "how": "max"}, ("mm", "sum")]
    table = small().group("city", measures)
    assert table.names == ["city", "rain", "max_mm", "sum_mm"]
    assert table["rain"].tolist() == table["sum_mm"].tolist() == [2.0, 5.0]


@pytest.mark.parametrize("how", ["median", "", "Sum"])
def test_an_unknown_way_to_calculate_is_a_value_error(how):
    for measure in (("mm", how), {"column": "mm", "how": how}):
        with pytest.raises(ValueError):
            small().group("city", [measure])


def test_the_kind_of_column_matters():
    with pytest.raises(TypeError):
        small().group("mm", [("mm", "sum")])
    with pytest.raises(TypeError):
        small().group("city", [("city", "sum")])
    for measure in ("mm", ("mm",), ("mm", 3), {"column": "mm"}.items(), None):
        with pytest.raises(TypeError):
            small().group("city", [measure])


def test_the_border_is_crossed_rarely():
    rows = b"".join(b"station %d, %d\n" % (number % 7, number) for number in range(10_000))
    result = []

    def work():
        table = Table.read(File(b"station, mm\n" + rows))
        totals = table.group("station", [("mm", "sum"), {"column": "mm", "how": "count"}])
        result.extend([len(table), totals["station"], totals["sum_mm"], totals["count_mm"]])

    # Each call of `read` takes two: one into Python, and one from there into `BytesIO`.
    assert 10 < crossings(work) < 120
    assert result[0] == 10_000
    assert result[1] == [f"station {number}" for number in range(7)]
    assert result[2].sum() == sum(range(10_000))
    assert result[3].tolist() == [1429.0] * 4 + [1428.0] * 3


def test_rain():
    table = rain(io.BytesIO(CSV))
    assert table.names == ["station", "sum_mm", "mean_mm", "wettest day", "days"]
    assert table["station"] == ["Bern", "Chur", "Thun"]
    assert table["sum_mm"].tolist() == [4.0, 4.0, 0.0]
    assert table["wettest day"].tolist() == [2.5, 4.0, 0.0]
    assert table["days"].tolist() == [2.0, 1.0, 1.0]
    assert wettest(io.BytesIO(CSV + b"Thun, 9, 9\n")) == "Thun"
