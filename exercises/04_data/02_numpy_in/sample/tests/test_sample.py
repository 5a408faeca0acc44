import numpy as np
import pytest
from numpy_in import jumps, means

from sample import report

TABLE = np.arange(24.0).reshape(4, 6) ** 2
LEVELS = np.array([1.0, 1.5, 4.0, 4.5, 0.0, 0.25])


def read_only(array):
    view = array.view()
    view.flags.writeable = False
    return view


def packed(values):
    """The values as a field of records that have 12 bytes each, without gaps."""
    records = np.zeros(len(values), dtype=[("gauge", "i4"), ("level", "f8")])
    records["level"] = values
    return records["level"]


def padded(values):
    """The same with records that are padded to 16 bytes."""
    records = np.zeros(len(values), dtype=np.dtype([("gauge", "i4"), ("level", "f8")], align=True))
    records["level"] = values
    return records["level"]


def test_means_of_columns():
    assert means(np.array([[1.0, 10.0], [2.0, 30.0]])) == [1.5, 20.0]
    assert means(TABLE) == TABLE.mean(axis=0).tolist()
    assert means(np.array([[5.0]])) == [5.0]


@pytest.mark.parametrize(
    "view",
    [TABLE.T, np.asfortranarray(TABLE), TABLE[::2], TABLE[:, ::2], TABLE[1:, 2:5], TABLE[::-1], TABLE[:, ::-1], TABLE.T[::3, ::-2]],
    ids=["transposed", "columns first", "rows", "columns", "a part", "upside down", "reversed", "everything"],
)
def test_means_of_views(view):
    assert means(view) == view.mean(axis=0).tolist()


def test_means_leave_out_what_is_not_a_number():
    nan = float("nan")
    table = np.array([[nan, 1.0, nan], [4.0, 2.0, nan], [6.0, nan, nan]])
    assert means(table) == [5.0, 1.5, None]
    assert means(table.T) == [1.0, 3.0, 6.0]
    assert means(table[:1]) == [None, 1.0, None]


def test_means_of_nothing():
    assert means(np.zeros((0, 3))) == [None, None, None]
    assert means(np.zeros((3, 0))) == []


def test_jumps():
    assert jumps(LEVELS, 1.0) == [2, 4]
    assert jumps(LEVELS, 0.4) == [1, 2, 3, 4]
    assert jumps(LEVELS, 0.5) == [2, 4]
    assert jumps(LEVELS, 4.5) == []
    assert jumps(LEVELS[:1], 0.0) == []
    assert jumps(LEVELS[:0], 0.0) == []
    assert jumps(np.array([1.0, float("nan"), 9.0]), 1.0) == []


def test_jumps_in_views():
    assert jumps(LEVELS[::2], 1.0) == [1, 2]
    assert jumps(LEVELS[::-1], 1.0) == [2, 4]
    assert jumps(LEVELS[::-1][1:4], 1.0) == [1]
    table = np.column_stack([LEVELS, np.zeros(6), LEVELS * 10])
    assert jumps(table[:, 0], 1.0) == [2, 4]
    assert jumps(table[:, 1], 1.0) == []
    assert jumps(table[:, 2], 6.0) == [2, 4]


def test_read_only_arrays_are_fine():
    assert jumps(read_only(LEVELS), 1.0) == [2, 4]
    assert means(read_only(TABLE)) == TABLE.mean(axis=0).tolist()
    # One row in memory, seen three times.
    rows = np.broadcast_to(LEVELS, (3, 6))
    assert means(rows) == LEVELS.tolist()
    assert jumps(np.broadcast_to(np.float64(2.0), 5), 0.0) == []
    assert jumps(np.frombuffer(LEVELS.tobytes()), 1.0) == [2, 4]


def test_other_types_are_refused():
    assert jumps(LEVELS, 1.0) == [2, 4]
    for levels in (LEVELS.astype("f4"), np.arange(6), LEVELS.astype(">f8"), LEVELS.tolist(), TABLE, None):
        with pytest.raises(TypeError):
            jumps(levels, 1.0)
    assert means(TABLE[:1]) == TABLE[0].tolist()
    for table in (TABLE.astype("f4"), TABLE.astype(int), TABLE.tolist(), LEVELS, TABLE.reshape(2, 2, 6)):
        with pytest.raises(TypeError):
            means(table)


def test_fields_of_records():
    assert jumps(padded(LEVELS), 1.0) == [2, 4]
    assert means(padded(TABLE[:, 0])[:, np.newaxis]) == [TABLE[:, 0].mean()]
    # Here a level is at every twelfth byte, and a float of eight bytes should be at a multiple of eight.
    with pytest.raises(ValueError):
        jumps(packed(LEVELS), 1.0)
    with pytest.raises(ValueError):
        means(packed(TABLE[:, 0])[:, np.newaxis])
    assert jumps(packed(LEVELS).copy(), 1.0) == [2, 4]


def test_arrays_are_only_read():
    levels, table = LEVELS.copy(), TABLE.copy()
    for _ in range(3):
        assert jumps(levels, 1.0) == [2, 4]
        assert means(table.T) == TABLE.mean(axis=1).tolist()
    assert (levels == LEVELS).all() and (table == TABLE).all()


def test_a_river():
    nan = float("nan")
    levels = {"Basel": [5.0, 5.5, 9.0], "Speyer": [nan, nan, nan], "Mainz": [3.0, nan, 3.5]}
    assert report(levels, 2.0) == {"Basel": "6.50 m, jumps at [2]", "Speyer": "no levels", "Mainz": "3.25 m"}
