import pickle

import pytest
from exception_hierarchies import MalformedEntry, StatementError, Truncated, read, read_file

from sample import fetch, summary

JUNE = "salary;310000\nrent;-80000\nend\n"


def failure(call, *arguments):
    """The exception that the call raises."""
    with pytest.raises(Exception) as caught:
        call(*arguments)
    return caught.value


def names(kind):
    return [one.__name__ for one in kind.__mro__]


def test_the_exceptions_are_a_family():
    above = ["StatementError", "Exception", "BaseException", "object"]
    assert names(StatementError) == above
    assert names(MalformedEntry) == ["MalformedEntry", *above]
    assert names(Truncated) == ["Truncated", *above]
    for kind in (StatementError, MalformedEntry, Truncated):
        assert kind.__module__ == "exception_hierarchies"


def test_a_truncated_statement_is_recognised():
    assert read(JUNE) == [("salary", 310000), ("rent", -80000)]
    assert read("end") == []
    for text in ("", "rent;-80000\n", "rent;-80000\nending;1"):
        assert type(failure(read, text)) is Truncated
    # What comes after the end isn't looked at.
    assert read("end\nrent") == []


def test_a_malformed_entry_knows_its_line():
    for text, line, quoted in [
        ("rent", 1, "rent"),
        ("a;1\nb;2\nc;3,50\nend", 3, "c;3,50"),
        ("a;1\n\nend", 2, ""),
        ("a;1\nb;c;2\n", 2, "b;c;2"),
    ]:
        error = failure(read, text)
        assert type(error) is MalformedEntry
        assert error.line == line
        assert quoted in str(error)
        assert isinstance(error, StatementError)


def test_a_message_is_only_a_message():
    for message, line in [("no amount", 7), ("", 12)]:
        error = MalformedEntry(message, line)
        assert str(error) == message
        assert error.line == line
        assert error.args == (message, line)


def test_an_unreadable_amount_has_a_cause():
    for text in ("rent;80 euros", "salary;1\nrent;", "fee;1e3\nend", "debt;99999999999999999999"):
        error = failure(read, text)
        assert type(error) is MalformedEntry
        assert type(error.__cause__) is ValueError
        assert str(error.__cause__)
    error = failure(read, "rent 80")
    assert type(error) is MalformedEntry
    assert error.__cause__ is None


def test_an_exception_survives_a_journey():
    # That is how an exception comes back from another process.
    for error in (failure(read, "a;1\nb"), failure(read, "c;d")):
        arrived = pickle.loads(pickle.dumps(error))
        assert type(arrived) is MalformedEntry
        assert (str(arrived), arrived.line) == (str(error), error.line)


def test_the_file_is_in_a_note(tmp_path):
    june = tmp_path / "june.txt"
    june.write_text(JUNE)
    assert read_file(june) == read(JUNE)
    for name, text, kind in [("may", "rent", MalformedEntry), ("july", "a;b", MalformedEntry), ("august", "", Truncated)]:
        path = tmp_path / name
        path.write_text(text)
        error = failure(read_file, path)
        assert type(error) is kind
        assert str(error) == str(failure(read, text))
        assert error.__notes__ == [f"in {path}"]


def test_the_note_is_also_on_errors_of_the_system(tmp_path):
    for path in (tmp_path / "missing.txt", tmp_path / "nowhere" / "june.txt"):
        error = failure(read_file, path)
        assert type(error) is FileNotFoundError
        assert error.__notes__ == [f"in {path}"]


def test_a_cut_off_download_is_repeated():
    downloads = iter(["salary;310000\n", "", JUNE])
    assert fetch(lambda: next(downloads)) == read(JUNE)
    downloads = iter(["", "rent\n", JUNE])
    assert type(failure(fetch, lambda: next(downloads))) is MalformedEntry
    assert next(downloads) == JUNE


def test_a_summary_of_many_statements():
    assert summary([JUNE, "a;1\nb;two\nend"]) == ["balance 230000", "please correct line 2"]
    again = failure(read, "a;1")
    assert summary(["a;1"]) == [f"please send it again: {again}"]
