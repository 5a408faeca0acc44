"""Starts the harness, as `python -P PATH/wr_harness/__main__.py`.

`-P` keeps the directory of this file off `sys.path`. The directory above is on it only while the package is imported,
so tests find nothing there.
"""

import os
import sys


def start() -> int:
    """Imports the package and runs it; returns the exit code."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    sys.path.insert(0, home)
    try:
        from wr_harness.main import main
    finally:
        sys.path.remove(home)
    return main()


if __name__ == "__main__":
    sys.exit(start())
