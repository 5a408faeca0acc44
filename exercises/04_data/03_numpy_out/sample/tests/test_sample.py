import gc

import numpy as np
import pytest
from numpy_out import blend, detached, made_at, profile, stretch

from sample import develop


def picture():
    return np.array([[2.0, 4.0, 6.0, 8.0], [3.0, 5.0, 7.0, 10.0]])


def same(array, wanted):
    return array.tolist() == wanted.tolist()


def test_a_profile_is_an_array():
    for view in (picture(), picture().T, picture()[:, ::2], picture()[::-1]):
        found = profile(view)
        assert isinstance(found, np.ndarray)
        assert (found.dtype, found.shape) == (np.float64, (len(view),))
        assert same(found, view.mean(axis=1))
    assert profile(np.zeros((0, 3))).tolist() == []


def test_a_profile_is_moved_not_copied():
    for rows in (1, 3, 1000):
        found = profile(np.ones((rows, 2)))
        moved = found.ctypes.data == made_at()
        assert moved, "the numbers have been copied"
        assert same(found, np.ones(rows))


def test_a_profile_belongs_to_the_caller():
    source = picture()
    found = profile(source)
    found += 1.0
    assert found.tolist() == [6.0, 7.25]
    assert same(source, picture())
    part = found[1:]
    del found, source
    gc.collect()
    others = [np.zeros(2) for _ in range(1000)]
    assert part.tolist() == [7.25] and len(others) == 1000


def test_a_picture_is_stretched_in_place():
    for change in (lambda array: array, np.transpose, np.asfortranarray):
        array = change(picture())
        before = array.ctypes.data
        assert stretch(array) is None
        assert same(array, change((picture() - 2.0) / 8.0))
        assert array.ctypes.data == before


def test_only_the_view_is_stretched():
    array = picture()
    stretch(array[:, 1:3])
    assert array.tolist() == [[2.0, 0.0, 2 / 3, 8.0], [3.0, 1 / 3, 1.0, 10.0]]
    array = picture()
    stretch(array[:, ::-2])
    assert array.tolist() == [[2.0, 0.0, 6.0, 4 / 6], [3.0, 1 / 6, 7.0, 1.0]]


def test_a_grey_picture_stays_as_it_is():
    for array in (np.full((2, 3), 0.25), np.zeros((0, 3)), np.ones((1, 1))):
        wanted = array.copy()
        stretch(array)
        assert same(array, wanted)
    array = picture()
    stretch(array)
    assert (array.min(), array.max()) == (0.0, 1.0)


def test_what_is_read_only_stays_as_it_is():
    array = picture()
    stretch(array)
    blend(array, picture(), 1.0)
    array.flags.writeable = False
    with pytest.raises(TypeError):
        stretch(array)
    with pytest.raises(TypeError):
        blend(array, np.ones((2, 4)), 0.5)
    assert same(array, picture())


def test_pictures_are_blended_in_place():
    for share in (0.0, 0.25, 0.5, 1.0):
        array, other = picture(), np.full((2, 4), 4.0)
        assert blend(array, other, share) is None
        assert same(array, picture() * (1.0 - share) + 4.0 * share)
        assert same(other, np.full((2, 4), 4.0))
    array = picture()
    blend(array.T, np.zeros((4, 2)), 0.5)
    assert same(array, picture() / 2)


def test_the_other_may_be_read_only():
    array, other = picture(), np.ones((2, 4))
    other.flags.writeable = False
    blend(array, other, 1.0)
    assert same(array, other)
    blend(array, np.broadcast_to(np.float64(3.0), (2, 4)), 0.5)
    assert same(array, np.full((2, 4), 2.0))


def test_sizes_have_to_match():
    array = picture()
    blend(array, picture(), 0.5)
    # NumPy would repeat the smaller ones.
    for shape in ((4, 2), (2, 3), (3, 4), (1, 4), (2, 1), (1, 1), (0, 4)):
        with pytest.raises(ValueError):
            blend(array, np.zeros(shape), 0.5)
    assert same(array, picture())


def test_pictures_that_overlap_are_refused():
    array = np.arange(24.0).reshape(4, 6)
    before = array.copy()
    pairs = [
        (array, array),
        (array, array[:]),
        (array[:2], array[1:3]),
        (array[:, :3], array[:, 2:5]),
        (array[:2, :2], array[1:3, 1:3]),
        (array[::2], array[2:0:-1]),
    ]
    for one, other in pairs:
        with pytest.raises(TypeError, match="borrowed"):
            blend(one, other, 0.5)
    assert same(array, before)
    # A refusal leaves nothing borrowed behind.
    blend(array, before, 0.5)
    stretch(array)


def test_parts_that_do_not_overlap_are_fine():
    array = np.arange(24.0).reshape(4, 6)
    blend(array[:2], array[2:], 1.0)
    assert same(array[:2], array[2:])
    array = np.arange(24.0).reshape(4, 6)
    # Every pixel of one is between two of the other.
    blend(array[:, ::2], array[:, 1::2], 0.5)
    assert same(array[:, ::2], array[:, 1::2] - 0.5)
    assert same(array[:, 1::2], np.arange(24.0).reshape(4, 6)[:, 1::2])


def test_others_can_run_meanwhile():
    for act in (profile, stretch, lambda array: blend(array, np.ones((2, 4)), 0.5)):
        before = detached()
        act(picture())
        assert detached() - before == 1, "each function should call `detach` once"


def test_a_picture_is_developed():
    negative = np.array([[1.0, 0.5], [0.5, 0.0]])
    developed, rows = develop(negative, np.ones((2, 2)))
    assert developed.tolist() == [[0.0, 0.5], [0.5, 1.0]]
    assert rows.tolist() == [0.25, 0.75]
