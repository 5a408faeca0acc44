"""Develops pictures."""

import numpy as np
from numpy_out import blend, profile, stretch

__all__ = ["develop"]


def develop(negative: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The picture, softened by a mask and with full contrast, and the brightness of its rows."""
    picture = 1.0 - negative
    blend(picture, mask, 0.5)
    stretch(picture)
    return picture, profile(picture)
