"""Decodes a whole folder of images, damaged ones included."""

from panics_and_aborts import Decoder

__all__ = ["decode_all"]


def decode_all(images: dict[str, bytes]) -> tuple[dict[str, list[int]], dict[str, str]]:
    """The pixels of all images, and what is wrong with the damaged ones."""
    decoder = Decoder()
    decoded, damaged = {}, {}
    for name, image in images.items():
        try:
            decoded[name] = list(decoder.decode(image))
        except Exception as error:
            damaged[name] = str(error)
    return decoded, damaged
