import ctypes
import gc
import hashlib
import struct
import sys
import wave
import weakref
from array import array

import pytest
from buffers import Recording, address

from sample import save

SAMPLES = [0, 1200, -1200, 32767, -32768, 7]


class View(ctypes.Structure):
    """What Python passes to `__getbuffer__`: `Py_buffer`, as the stable ABI defines it."""

    _fields_ = [
        ("buf", ctypes.c_void_p),
        ("obj", ctypes.c_void_p),
        ("len", ctypes.c_ssize_t),
        ("itemsize", ctypes.c_ssize_t),
        ("readonly", ctypes.c_int),
        ("ndim", ctypes.c_int),
        ("format", ctypes.c_char_p),
        ("shape", ctypes.POINTER(ctypes.c_ssize_t)),
        ("strides", ctypes.POINTER(ctypes.c_ssize_t)),
        ("suboffsets", ctypes.POINTER(ctypes.c_ssize_t)),
        ("internal", ctypes.c_void_p),
    ]


SIMPLE, WRITABLE, FORMAT, SHAPE = 0, 1, 4, 8


def asked(thing, flags):
    """Length, format and shape of the view you get if you ask with these flags."""
    view = View()
    get = ctypes.pythonapi.PyObject_GetBuffer
    get(ctypes.py_object(thing), ctypes.byref(view), ctypes.c_int(flags))
    shape = view.shape[: view.ndim] if view.shape else None
    found = view.len, view.format, shape
    ctypes.pythonapi.PyBuffer_Release(ctypes.byref(view))
    return found


def recording(samples=SAMPLES):
    return Recording(array("h", samples))


def contents(thing):
    """The items that something lends."""
    return list(memoryview(thing))


def test_it_is_made_from_anything_that_lends_samples():
    samples = array("h", SAMPLES)
    for source in (samples, memoryview(samples), memoryview(samples.tobytes()).cast("h"), recording()):
        made = Recording(source)
        assert len(made) == 6
        assert contents(made) == SAMPLES


def test_the_samples_need_not_be_next_to_each_other():
    view = memoryview(array("h", SAMPLES))
    assert contents(Recording(view[::2])) == [0, -1200, -32768]
    assert contents(Recording(view[1::2])) == [1200, 32767, 7]
    assert contents(Recording(view[::-1])) == SAMPLES[::-1]
    assert contents(Recording(view[4:1:-2])) == [-32768, -1200]


def test_a_recording_has_its_own_samples():
    samples = array("h", SAMPLES)
    made = Recording(samples)
    samples[0] = 99
    # An array can't grow while something has a view of it.
    samples.append(100)
    assert contents(made) == SAMPLES


def test_other_items_are_refused():
    assert len(recording()) == 6
    for source in (array("H", [1]), array("i", [1]), array("f", [1.0]), b"abcd"):
        with pytest.raises(BufferError):
            Recording(source)
    for source in ([1, 2], "abcd", None):
        with pytest.raises(TypeError):
            Recording(source)


def test_more_than_one_dimension_is_refused():
    samples = memoryview(array("h", SAMPLES).tobytes())
    for shape in ([2, 3], [3, 2], [6, 1]):
        with pytest.raises(ValueError):
            Recording(samples.cast("h", shape=shape))
    assert len(Recording(samples.cast("h", shape=[6]))) == 6


def test_a_view_describes_the_samples():
    made = recording()
    view = memoryview(made)
    assert (view.format, view.itemsize, view.ndim) == ("h", 2, 1)
    assert (view.shape, view.strides, view.nbytes) == ((6,), (2,), 12)
    assert view.contiguous
    assert [view[0], view[-1], view[3]] == [0, 7, 32767]
    assert list(view[::-2]) == [7, 32767, 1200]


def test_no_samples_are_copied():
    made = recording()
    view = memoryview(made)
    shared = address(view) == made.address
    assert shared, "the view has a copy of the samples"
    shared = address(made) == made.address == address(memoryview(made))
    assert shared, "each view has a copy of the samples"


def test_a_view_keeps_the_recording_alive():
    made = recording()
    before = sys.getrefcount(made)
    view = memoryview(made)
    assert view.obj is made
    assert sys.getrefcount(made) == before + 1
    alive = weakref.ref(made)
    del made
    gc.collect()
    assert alive() is not None
    assert list(view) == SAMPLES


def test_a_released_view_lets_go_of_the_recording():
    made = recording()
    alive = weakref.ref(made)
    views = [memoryview(made) for _ in range(3)]
    del made
    for view in views:
        assert alive() is not None
        assert view[1] == 1200
        view.release()
    gc.collect()
    assert alive() is None


def test_samples_cannot_be_changed():
    made = recording()
    view = memoryview(made)
    assert view.readonly
    with pytest.raises(TypeError):
        view[0] = 1
    # `pack_into` asks for memory that it may change.
    with pytest.raises((TypeError, BufferError)):
        struct.pack_into("h", made, 0, 1)
    assert list(view) == SAMPLES


def test_who_asks_for_bytes_gets_bytes():
    # `sha256` asks for the simplest kind of view, without a format or a shape.
    for samples in (SAMPLES, [1], list(range(-500, 500))):
        wanted = array("h", samples).tobytes()
        made = recording(samples)
        assert hashlib.sha256(made).digest() == hashlib.sha256(wanted).digest()
        assert b"".join([made]) == wanted
        assert memoryview(made).tobytes() == wanted


def test_what_was_not_asked_for_stays_empty():
    for samples in (SAMPLES, [1]):
        made, count = recording(samples), len(samples)
        assert asked(made, SIMPLE) == (2 * count, None, None)
        assert asked(made, SHAPE) == (2 * count, None, [count])
        assert asked(made, SHAPE | FORMAT) == (2 * count, b"h", [count])
        for flags in (SIMPLE, SHAPE, SHAPE | FORMAT):
            with pytest.raises(BufferError):
                asked(made, flags | WRITABLE)


def test_a_recording_may_be_empty():
    # A part of an array, because an empty array lends an address that need not suit its items.
    made = Recording(memoryview(array("h", SAMPLES))[:0])
    view = memoryview(made)
    assert (len(made), view.shape, view.nbytes, list(view)) == (0, (0,), 0, [])


def test_a_sound_file(tmp_path):
    path = tmp_path / "sound.wav"
    save(recording(), path, rate=8000)
    with wave.open(str(path), "rb") as file:
        assert (file.getnframes(), file.getframerate()) == (6, 8000)
        assert list(array("h", file.readframes(6))) == SAMPLES
