"""Whether a process computes or waits. Only Linux says so."""

from __future__ import annotations

import os
import time

# How long a process is watched, in seconds.
WATCHED = 0.2


def load_of(process: int) -> dict[str, float] | None:
    """How much of the time a process computes: its main thread, and all its threads. 1 is all of one processor."""
    before = busy_seconds(process)
    time.sleep(WATCHED)
    after = busy_seconds(process)
    if not before or not after:
        return None
    used = {thread: after[thread] - before.get(thread, 0.0) for thread in after}
    return {"main": used.get(process, 0.0) / WATCHED, "all": sum(used.values()) / WATCHED}


def busy_seconds(process: int) -> dict[int, float]:
    """How many seconds each thread of a process was busy; nothing if the system doesn't say.

    That is the time on a processor and, if the kernel counts it, the time waiting for one (the kernel's documentation,
    "Scheduler Statistics", `schedstat`): on a busy machine a loop gets only part of a processor.
    """
    found = {}
    try:
        for thread in os.listdir(f"/proc/{process}/task"):
            place = f"/proc/{process}/task/{thread}"
            try:
                with open(place + "/schedstat") as file:
                    ran, waited, _ = file.read().split()
                found[int(thread)] = (int(ran) + int(waited)) / 1e9
            except FileNotFoundError:
                with open(place + "/stat") as file:
                    # The name may contain spaces and parentheses; the two times are the 12th and 13th fields after it.
                    fields = file.read().rsplit(")", 1)[1].split()
                found[int(thread)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, TypeError, ValueError, IndexError):
        pass
    return found
