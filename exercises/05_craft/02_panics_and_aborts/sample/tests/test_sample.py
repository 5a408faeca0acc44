import multiprocessing

import pytest
from panics_and_aborts import Decoder, active

from sample import decode_all

# Two rows of three pixels.
GOOD = bytes([3, 4, 7, 2, 9])
DAMAGED = {
    b"": "there is no header",
    bytes([0]): "the width is 0",
    bytes([0, 2, 7]): "the width is 0",
    bytes([3, 4, 7]): "the last row has only 1 pixels",
    bytes([4, 3, 7, 3, 9]): "the last row has only 2 pixels",
    # Half a pair.
    bytes([3, 4, 7, 2]): "index out of bounds",
}


def test_the_process_survives_a_damaged_image():
    # In a child, because an abort ends the whole process: its exit code is then -6, for SIGABRT.
    for image in (bytes([3, 4, 7]), b""):
        child = multiprocessing.get_context("spawn").Process(target=decode_all, args=({"a": image, "b": GOOD},))
        child.start()
        child.join()
        assert child.exitcode == 0


def test_a_damaged_image_is_a_value_error():
    decoder = Decoder()
    assert list(decoder.decode(GOOD)) == [7, 7, 7, 7, 9, 9]
    for image, words in DAMAGED.items():
        with pytest.raises(ValueError) as caught:
            decoder.decode(image)
        assert str(caught.value).startswith(f"damaged image: {words}")


def test_nothing_is_active_afterwards():
    decoder = Decoder()
    for image in DAMAGED:
        with pytest.raises(ValueError):
            decoder.decode(image)
        assert active() == 0
    decoder.decode(GOOD)
    assert active() == 0


def test_a_damaged_image_leaves_nothing_behind():
    decoder = Decoder()
    for image in DAMAGED:
        with pytest.raises(ValueError):
            decoder.decode(image)
        assert list(decoder.decode(bytes([1, 2, 5]))) == [5, 5]
        assert list(decoder.decode(GOOD)) == [7, 7, 7, 7, 9, 9]


def test_only_decoded_images_are_counted():
    decoder = Decoder()
    assert decoder.decoded == 0
    for count, image in enumerate(DAMAGED):
        decoder.decode(GOOD)
        with pytest.raises(ValueError):
            decoder.decode(image)
        assert decoder.decoded == count + 1


def test_a_folder_of_images():
    images = {"cat": GOOD, "dog": b"", "cow": bytes([2, 2, 1]), "hen": bytes([2, 3, 1]), "owl": bytes([1])}
    decoded, damaged = decode_all(images)
    assert decoded == {"cat": [7, 7, 7, 7, 9, 9], "cow": [1, 1], "owl": []}
    assert damaged == {
        "dog": "damaged image: there is no header",
        "hen": "damaged image: the last row has only 1 pixels",
    }
