"""The colours of a brand."""

from static_and_class_methods import Colour

__all__ = ["BrandColour"]


class BrandColour(Colour):
    """A colour that knows whether black or white text is easier to read on it."""

    def text(self) -> str:
        return "black" if 299 * self.red + 587 * self.green + 114 * self.blue > 127_500 else "white"
