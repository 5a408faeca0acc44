"""Plans a day. Tasks that can't be read are left for later."""

from exceptions import seconds

__all__ = ["plan"]


def plan(tasks: dict[str, str]) -> tuple[int, list[str]]:
    """The total seconds of all readable tasks, and the names of the others with the reason."""
    total, unreadable = 0, []
    for task, duration in tasks.items():
        try:
            total += seconds(duration)
        except Exception as error:
            unreadable.append(f"{task}: {type(error).__name__}")
    return total, unreadable
