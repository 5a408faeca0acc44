"""What tests print, in files that outlive a child that dies."""

import os
import tempfile

from wr_harness.private import lend_capture_files

# How many bytes at the end of each file are shown.
MOST_SHOWN = 65536
# How many bytes a run may print; a loop that prints fills a disk in minutes.
MOST_PRINTED = 256 * 1024 * 1024
# Separates how the process says it ended from what it had printed; `wr` knows this line.
HEADING = b"\n--- printed before the end ---\n"


class Captured:
    """The files in which pytest captures what a child's tests print."""

    def __init__(self) -> None:
        # Standard output's, then standard error's.
        self.files = [tempfile.TemporaryFile(buffering=0) for _ in range(2)]  # noqa: SIM115

    def lend(self) -> None:
        """Makes pytest use these files."""
        lend_capture_files(self.files)

    def printed(self) -> int:
        """How many bytes were printed and not reported yet."""
        return sum(os.fstat(file.fileno()).st_size for file in self.files)

    def show(self) -> None:
        """Prints the end of what was not reported yet."""
        parts = []
        for file in self.files:
            size = os.fstat(file.fileno()).st_size
            parts.append(os.pread(file.fileno(), MOST_SHOWN, max(0, size - MOST_SHOWN)))
        text = b"".join(parts)
        if text:
            text = HEADING + text
        while text:
            text = text[os.write(2, text) :]
