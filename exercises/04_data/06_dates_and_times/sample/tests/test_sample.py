from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from dates_and_times import daily, elapsed, moment

from sample import overdue, plan

UTC = timezone.utc
BERLIN = ZoneInfo("Europe/Berlin")  # 2025: forward on 30 March at 2, back on 26 October at 3
NEW_YORK = ZoneInfo("America/New_York")  # forward on 9 March at 2, back on 2 November at 2
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # by half an hour: back on 6 April at 2, forward on 5 October at 2
INDIA = timezone(timedelta(hours=5, minutes=30))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    "first, hours",
    [
        (datetime(2025, 3, 28, 8, tzinfo=BERLIN), [(28, 7, 0), (29, 7, 0), (30, 6, 0)]),
        (datetime(2025, 10, 25, 8, tzinfo=BERLIN), [(25, 6, 0), (26, 7, 0), (27, 7, 0)]),
        (datetime(2025, 3, 8, 7, 45, tzinfo=NEW_YORK), [(8, 12, 45), (9, 11, 45), (10, 11, 45)]),
        (datetime(2025, 4, 4, 12, tzinfo=LORD_HOWE), [(4, 1, 0), (5, 1, 0), (6, 1, 30)]),
        (datetime(2025, 3, 29, 12, tzinfo=INDIA), [(29, 6, 30), (30, 6, 30), (31, 6, 30)]),
        (datetime(2025, 3, 29, 12, tzinfo=UTC), [(29, 12, 0), (30, 12, 0), (31, 12, 0)]),
    ],
    ids=["spring", "autumn", "New York", "Lord Howe", "India", "UTC"],
)
def test_reminders_keep_their_time_of_day(first, hours):
    expected = [utc(2025, first.month, *parts) for parts in hours]
    assert daily(first, 3) == expected
    assert daily(first, 1) == expected[:1]
    assert daily(first, 0) == []


def test_reminders_are_in_utc():
    for zone in (BERLIN, INDIA, UTC):
        reminders = daily(datetime(2025, 3, 28, 8, 15, 30, 123456, tzinfo=zone), 4)
        assert [reminder.tzinfo for reminder in reminders] == [UTC] * 4
        assert [(reminder.second, reminder.microsecond) for reminder in reminders] == [(30, 123456)] * 4


def test_a_skipped_time_comes_later_on_that_day_only():
    reminders = daily(datetime(2025, 3, 29, 2, 30, tzinfo=BERLIN), 3)
    assert reminders == [utc(2025, 3, 29, 1, 30), utc(2025, 3, 30, 1, 30), utc(2025, 3, 31, 0, 30)]
    reminders = daily(datetime(2025, 10, 4, 2, 10, tzinfo=LORD_HOWE), 3)
    assert reminders == [utc(2025, 10, 3, 15, 40), utc(2025, 10, 4, 15, 40), utc(2025, 10, 5, 15, 10)]


def test_the_first_reminder_is_the_one_asked_for():
    earlier = datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN)
    assert daily(earlier, 2) == [utc(2025, 10, 26, 0, 30), utc(2025, 10, 27, 1, 30)]
    assert daily(earlier.replace(fold=1), 2) == [utc(2025, 10, 26, 1, 30), utc(2025, 10, 27, 1, 30)]


@pytest.mark.parametrize(
    "start, end, passed",
    [
        (datetime(2025, 3, 29, 12, tzinfo=BERLIN), datetime(2025, 3, 30, 12, tzinfo=BERLIN), timedelta(hours=23)),
        (datetime(2025, 10, 25, 12, tzinfo=BERLIN), datetime(2025, 10, 26, 12, tzinfo=BERLIN), timedelta(hours=25)),
        (datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN), datetime(2025, 10, 26, 2, 30, tzinfo=BERLIN, fold=1), timedelta(hours=1)),
        (datetime(2025, 7, 1, 9, tzinfo=NEW_YORK), datetime(2025, 7, 1, 15, tzinfo=BERLIN), timedelta(0)),
        (datetime(2025, 7, 1, 9, tzinfo=INDIA), utc(2025, 7, 1, 3, 29, 58, 999_999), timedelta(microseconds=-1_000_001)),
    ],
    ids=["spring", "autumn", "the hour that comes twice", "two zones", "backwards"],
)
def test_time_passes_as_it_really_does(start, end, passed):
    assert elapsed(start, end) == passed
    assert elapsed(end, start) == -passed
    assert elapsed(start, start) == timedelta(0)


def test_without_a_time_zone_there_is_no_moment():
    local = datetime(2025, 7, 1, 9)
    with pytest.raises(TypeError):
        daily(local, 1)
    with pytest.raises(TypeError):
        elapsed(local, utc(2025, 7, 1, 9))
    with pytest.raises(TypeError):
        elapsed(utc(2025, 7, 1, 9), local)
    with pytest.raises(TypeError):
        daily(date(2025, 7, 1), 1)


@pytest.mark.parametrize(
    "local, zone, expected",
    [
        (datetime(2025, 3, 30, 1, 59, 59), BERLIN, utc(2025, 3, 30, 0, 59, 59)),
        (datetime(2025, 3, 30, 3), BERLIN, utc(2025, 3, 30, 1)),
        (datetime(2025, 10, 26, 3), BERLIN, utc(2025, 10, 26, 2)),
        (datetime(2025, 3, 30, 2, 30), NEW_YORK, utc(2025, 3, 30, 6, 30)),
        (datetime(2025, 3, 30, 2, 30), INDIA, utc(2025, 3, 29, 21)),
        (datetime(2025, 3, 30, 2, 30, 0, 5), UTC, utc(2025, 3, 30, 2, 30, 0, 5)),
    ],
    ids=["before the gap", "after the gap", "after the fold", "New York", "India", "UTC"],
)
def test_a_local_time_becomes_a_moment(local, zone, expected):
    assert moment(local, zone) == expected
    assert moment(local, zone).tzinfo is UTC
    with pytest.raises(TypeError):
        moment(local.replace(tzinfo=zone), zone)


@pytest.mark.parametrize(
    "local, zone",
    [
        (datetime(2025, 3, 30, 2, 30), BERLIN),
        (datetime(2025, 10, 26, 2, 30), BERLIN),
        (datetime(2025, 10, 26, 2, 30, fold=1), BERLIN),
        (datetime(2025, 3, 9, 2), NEW_YORK),
        (datetime(2025, 4, 6, 1, 45), LORD_HOWE),
    ],
    ids=["skipped", "twice", "twice, fold", "skipped in New York", "twice on Lord Howe"],
)
def test_a_time_that_is_skipped_or_comes_twice_is_refused(local, zone):
    with pytest.raises(ValueError):
        moment(local, zone)


def test_medicine():
    assert plan(datetime(2025, 3, 28, 8, tzinfo=BERLIN), 3) == ["Fri 08:00", "Sat 08:00", "Sun 08:00"]
    assert plan(datetime(2025, 3, 29, 2, 15, tzinfo=BERLIN), 3) == ["Sat 02:15", "Sun 03:15", "Mon 02:15"]
    assert overdue("2025-03-29T20:00", BERLIN, utc(2025, 3, 30, 8)) == timedelta(hours=13)
    with pytest.raises(ValueError):
        overdue("2025-03-30T02:30", BERLIN, utc(2025, 3, 30, 8))
