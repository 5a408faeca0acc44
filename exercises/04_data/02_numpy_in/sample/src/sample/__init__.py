"""Reports on the gauges along a river."""

import numpy as np
from numpy_in import jumps, means

__all__ = ["report"]


def report(levels: dict[str, list[float]], limit: float) -> dict[str, str]:
    """One line about each gauge. All have measured at the same times."""
    table = np.array(list(levels.values())).T
    lines = {}
    for gauge, mean, column in zip(levels, means(table), table.T, strict=True):
        found = jumps(column, limit)
        mean = "no levels" if mean is None else f"{mean:.2f} m"
        lines[gauge] = f"{mean}, jumps at {found}" if found else mean
    return lines
