import pytest
from exceptions import seconds, seconds_in_file

from sample import plan


def test_a_part_without_a_number_is_a_value_error():
    assert seconds("1h30m") == 5400
    assert seconds("+5m") == 300
    for text, part in [("h", "h"), ("1hm", "m"), ("xs", "x"), ("47h 5m", " 5m"), ("-5m", "-5m"), ("1.5h", "1.5h")]:
        with pytest.raises(ValueError) as caught:
            seconds(text)
        assert part in str(caught.value)
        assert "47" not in str(caught.value)


def test_a_part_without_a_unit_is_a_value_error():
    assert seconds("2d") == 172_800
    for text, part in [("5", "5"), ("47h5", "5"), ("3w", "3w"), ("1h7x", "7x"), ("5é", "5é"), ("1時", "1時")]:
        with pytest.raises(ValueError) as caught:
            seconds(text)
        assert part in str(caught.value)
        assert "47" not in str(caught.value)


def test_an_empty_text_is_a_value_error():
    assert seconds("0s") == 0
    with pytest.raises(ValueError):
        seconds("")
    with pytest.raises(ValueError):
        seconds(" ")


def test_a_huge_duration_is_an_overflow_error():
    assert seconds("18446744073709551615s") == 2**64 - 1
    for text in ["18446744073709551615m", "18446744073709551615s1s", "999999999999999999d"]:
        with pytest.raises(OverflowError):
            seconds(text)
    # A number that is too large by itself may also be refused as not a number.
    with pytest.raises((ValueError, OverflowError)):
        seconds("99999999999999999999s")


def test_a_missing_file_is_reported_as_in_python(tmp_path):
    path = tmp_path / "durations.txt"
    path.write_text("1h\n30m\n")
    assert seconds_in_file(path) == 5400
    with pytest.raises(FileNotFoundError):
        seconds_in_file(tmp_path / "missing.txt")
    with pytest.raises(OSError):
        seconds_in_file(tmp_path)


def test_a_wrong_line_is_reported(tmp_path):
    path = tmp_path / "durations.txt"
    path.write_text("")
    assert seconds_in_file(path) == 0
    path.write_text("1h\nsoon\n")
    with pytest.raises(ValueError):
        seconds_in_file(path)
    path.write_text("1s\n18446744073709551615s\n")
    with pytest.raises(OverflowError):
        seconds_in_file(path)


def test_a_plan_survives_unreadable_tasks():
    tasks = {"read": "1h30m", "think": "a while", "write": "45m", "rest": "9999999999999999999d"}
    assert plan(tasks) == (8100, ["think: ValueError", "rest: OverflowError"])
