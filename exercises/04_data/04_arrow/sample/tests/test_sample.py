import gc

import pytest
from arro3.core import Array, DataType, RecordBatch, RecordBatchReader, Table
from arrow_streams import Levels, addresses, highest

from sample import collect, warning

STATIONS = ["Basel", "Speyer", "Mainz", "Köln"]
LEVELS = [5.5, None, 3.25, 4.0]


class Producer:
    """An object with a stream, as far as anyone can see."""

    def __init__(self, capsule):
        self.capsule = capsule

    def __arrow_c_stream__(self, requested_schema=None):
        return self.capsule


def table():
    return Levels(STATIONS, LEVELS)


def batch(*levels):
    return RecordBatch.from_pydict({"level": Array(levels, DataType.float64())})


def columns(data):
    """What another library finds in a table."""
    found = Table.from_arrow(data)
    return {name: found.column(name).to_pylist() for name in found.column_names}


def test_another_library_reads_the_table():
    assert columns(table()) == {"station": STATIONS, "level": LEVELS}
    assert columns(Levels(["Basel"], [None])) == {"station": ["Basel"], "level": [None]}
    assert columns(Levels([], [])) == {"station": [], "level": []}


def test_the_types_are_those_of_the_table():
    found = Table.from_arrow(table())
    assert [found.schema.field(name).type for name in found.column_names] == [DataType.utf8(), DataType.float64()]
    assert (found.num_rows, found.num_columns) == (4, 2)


def test_a_table_can_be_read_again_and_again():
    data = table()
    for _ in range(3):
        assert columns(data) == {"station": STATIONS, "level": LEVELS}
        assert highest(data, "level") == 5.5
    first, second = data.__arrow_c_stream__(), data.__arrow_c_stream__(None)
    assert columns(Producer(first)) == columns(Producer(second)) == columns(data)


def test_a_request_for_another_schema_is_ignored():
    wanted = Table.from_arrow(table()).select(["level"]).schema
    capsule = table().__arrow_c_stream__(requested_schema=wanted.__arrow_c_schema__())
    assert columns(Producer(capsule)) == {"station": STATIONS, "level": LEVELS}


def test_no_level_is_copied():
    data = table()
    other = Table.from_arrow(data)
    # Through our stream, through the other library, and through its stream back to us.
    same = addresses(data, "level") == addresses(other, "level") == [data.address]
    assert same, "the levels have been copied on the way"


def test_levels_outlive_their_table():
    data = table()
    other, capsule = Table.from_arrow(data), data.__arrow_c_stream__()
    del data
    gc.collect()
    others = [Levels(["Bonn"] * 4, [9.0] * 4) for _ in range(100)]
    assert columns(other) == columns(Producer(capsule)) == {"station": STATIONS, "level": LEVELS}
    assert len(others) == 100


def test_the_highest_level_of_any_table():
    assert highest(table(), "level") == 5.5
    assert highest(Table.from_batches([batch(2.0, 7.5, None)]), "level") == 7.5
    assert highest(Table.from_batches([batch(-3.0, None, -2.5)]), "level") == -2.5
    assert highest(Table.from_pydict({"depth": Array([0.5], DataType.float64())}), "depth") == 0.5


def test_all_batches_count():
    for levels in ([1.0, 9.0, 2.0], [9.0, 1.0, 2.0], [1.0, 2.0, 9.0]):
        batches = [batch(level) for level in levels]
        assert highest(Table.from_batches(batches), "level") == 9.0
    assert highest(Table.from_batches([batch(None), batch(1.5), batch()]), "level") == 1.5
    stream = RecordBatchReader.from_batches(batch().schema, [batch(1.0, None), batch(4.5)])
    assert highest(stream, "level") == 4.5


def test_gaps_are_not_numbers():
    # Below a gap, there is usually a zero in memory.
    assert highest(Levels(["a", "b"], [None, -1.0]), "level") == -1.0
    assert highest(Levels(["a", "b"], [None, None]), "level") is None
    assert highest(Levels([], []), "level") is None


def test_a_stream_can_be_taken_once():
    producer = Producer(table().__arrow_c_stream__())
    assert highest(producer, "level") == 5.5
    with pytest.raises(ValueError, match="released"):
        highest(producer, "level")
    # Nor can it be taken after somebody else.
    producer = Producer(table().__arrow_c_stream__())
    assert columns(producer)["level"] == LEVELS
    with pytest.raises(ValueError, match="released"):
        addresses(producer, "level")


def test_a_capsule_with_something_else_is_refused():
    assert highest(Producer(table().__arrow_c_stream__()), "level") == 5.5
    for capsule in (batch().schema.__arrow_c_schema__(), *batch().__arrow_c_array__()):
        with pytest.raises(ValueError):
            highest(Producer(capsule), "level")
    for thing in (None, 17, table()):
        with pytest.raises(TypeError):
            highest(Producer(thing), "level")


def test_a_thing_without_a_stream_is_refused():
    assert highest(table(), "level") == 5.5
    for thing in ([1.0, 2.0], {"level": [1.0]}, None, "level", object()):
        with pytest.raises(TypeError):
            highest(thing, "level")


def test_a_column_has_to_be_there_and_have_floats():
    data = table()
    assert highest(data, "level") == 5.5
    with pytest.raises(ValueError, match="depth"):
        highest(data, "depth")
    with pytest.raises(TypeError, match="station"):
        highest(data, "station")
    assert highest(data, "level") == 5.5


def test_an_error_of_the_producer_arrives():
    class Broken:
        def __arrow_c_stream__(self, requested_schema=None):
            raise LookupError("the river is dry")

    with pytest.raises(LookupError, match="dry"):
        highest(Broken(), "level")
    # The stream of an array isn't a stream of tables.
    with pytest.raises(ValueError):
        highest(Table.from_batches([batch(1.0)]).column("level"), "level")


def test_a_flood_warning():
    levels = collect({"Basel": 5.5, "Mainz": None, "Bonn": 9.1})
    assert warning(levels, 8.0) == "flood: 9.10 m"
    assert warning(levels, 9.5) == "all quiet"
    assert warning(collect({"Basel": None}), 8.0) == "no levels"
