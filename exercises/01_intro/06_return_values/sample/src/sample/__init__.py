"""A report on a server's log."""

from return_values import levels, parse, span

__all__ = ["report"]


def report(log: str) -> str:
    """One line that says when the log was written, then the messages of its errors."""
    lines = log.splitlines()
    times = span(lines)
    if times is None:
        return "nothing was logged"
    first, last = times
    entries = [entry for entry in map(parse, lines) if entry is not None]
    errors = [entry["message"] or "no message" for entry in entries if entry["level"] == "ERROR"]
    head = f"{first} to {last}, {levels(lines).get('ERROR', 0)} errors"
    return "\n".join([head, *errors])
