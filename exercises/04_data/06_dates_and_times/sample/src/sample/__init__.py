"""Reminders to take a medicine."""

from datetime import datetime, timedelta, tzinfo

from dates_and_times import daily, elapsed, moment

__all__ = ["overdue", "plan"]


def plan(first: datetime, days: int) -> list[str]:
    """The reminders as the clocks on the wall show them."""
    return [due.astimezone(first.tzinfo).strftime("%a %H:%M") for due in daily(first, days)]


def overdue(due: str, zone: tzinfo, now: datetime) -> timedelta:
    """How long ago a dose was due. `due` is what somebody typed, in their own time."""
    return elapsed(moment(datetime.fromisoformat(due), zone), now)
