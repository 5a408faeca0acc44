"""Times of day, as people write them and as numbers."""


def minutes(time: str) -> int:
    """The minutes from midnight to a time such as `"6:30"`."""
    hours, _, rest = time.partition(":")
    return 60 * int(hours) + int(rest)


def clock(minutes: int) -> str:
    """The time of day that is that many minutes after midnight."""
    return f"{minutes // 60}:{minutes % 60:02}"
