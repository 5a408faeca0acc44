"""A child's end of the pipes on which it waits until its run is requested."""

import os


class Gate:
    """Where a child waits. A byte in the pipe lets it run; the end of the pipe ends it."""

    def __init__(self, gate: int, refusal: int, is_early: bool) -> None:
        self.gate = gate
        self.refusal = refusal
        self.is_early = is_early

    def decline(self) -> None:
        """Ends the child, and asks for a new one that begins only when it is requested."""
        os.write(self.refusal, b"!")
        os._exit(0)

    def wait(self) -> None:
        """Waits until the run is requested."""
        # Nothing in the run may answer for the child.
        os.close(self.refusal)
        if os.read(self.gate, 1) == b"":
            os._exit(0)  # Never requested, so there is no run to report.
        os.close(self.gate)
