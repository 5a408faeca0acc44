import pytest
import text_stats

from sample import headline, topics

TEXT = "The sea, the sea! A ship sat on the sea; a Storm comes."


def test_the_most_common_words():
    assert text_stats.most_common("") == []
    assert text_stats.most_common(TEXT, 2) == [("sea", 3), ("the", 3)]
    assert text_stats.most_common(TEXT, n=4) == [("sea", 3), ("the", 3), ("a", 2), ("comes", 1)]
    assert len(text_stats.most_common(TEXT)) == 8
    assert len(text_stats.most_common(" ".join(f"w{i}" for i in range(20)))) == 10
    assert text_stats.most_common(TEXT, 0) == []


def test_words_can_be_ignored():
    assert text_stats.most_common("sea", ignore=["sea"]) == []
    assert text_stats.most_common(TEXT, 2, ignore=("the", "a")) == [("sea", 3), ("comes", 1)]
    with pytest.raises(TypeError):
        text_stats.most_common(TEXT, 2, ("the", "a"))
    with pytest.raises(TypeError):
        text_stats.most_common(TEXT, ignore="the")
    with pytest.raises(OverflowError):
        text_stats.most_common(TEXT, -1)


def test_a_summary():
    assert text_stats.summary("Ahoy!") == {
        "words": 1,
        "distinct": 1,
        "average_length": 4.0,
        "longest": "ahoy",
    }
    assert text_stats.summary(TEXT) == {
        "words": 13,
        "distinct": 8,
        "average_length": 3.0,
        "longest": "storm",
    }
    assert text_stats.summary("a bc")["average_length"] == 1.5
    assert text_stats.summary("Öl Öl où") == {
        "words": 3,
        "distinct": 2,
        "average_length": 2.0,
        "longest": "öl",
    }


def test_a_text_without_words_has_no_summary():
    for text in ("", "  ", "?! …"):
        with pytest.raises(ValueError):
            text_stats.summary(text)
    assert text_stats.summary("a b")["words"] == 2


def test_the_time_it_takes_to_read():
    assert text_stats.reading_time("") == 0.0
    assert text_stats.reading_time("word " * 500) == 2.5
    assert text_stats.reading_time("word " * 500, words_per_minute=1000) == 0.5
    with pytest.raises(ValueError):
        text_stats.reading_time("word", words_per_minute=0)
    with pytest.raises(OverflowError):
        text_stats.reading_time("word", words_per_minute=-200)
    with pytest.raises(TypeError):
        text_stats.reading_time("word", 100)


def test_the_module_itself():
    assert text_stats.reading_time("") == 0.0
    assert text_stats.WORDS_PER_MINUTE == 200
    assert text_stats.__doc__ == "Statistics of texts."


def test_words_are_counted_in_any_iterable():
    assert text_stats.count([]) == {}
    assert text_stats.count(["sea and ship", "Sea"]) == {"sea": 2, "and": 1, "ship": 1}
    assert text_stats.count(line for line in ("one", "two", "one")) == {"one": 2, "two": 1}
    with pytest.raises(TypeError):
        text_stats.count(17)
    with pytest.raises(TypeError):
        text_stats.count(["sea", b"sea"])

    def broken():
        yield "sea"
        raise ConnectionError("the line is dead")

    with pytest.raises(ConnectionError):
        text_stats.count(broken())


def test_a_key_decides_what_is_counted():
    assert text_stats.count(["sea ship", "storm"], key=lambda word: word[0]) == {"s": 3}
    assert text_stats.count(["sea ship on sea"], key=lambda w: w if len(w) > 2 else None) == {"sea": 2, "ship": 1}
    assert text_stats.count(["sea"], key=None) == {"sea": 1}
    with pytest.raises(TypeError):
        text_stats.count(["sea"], key=len)
    with pytest.raises(ZeroDivisionError):
        text_stats.count(["sea"], key=lambda word: 1 / 0)


def test_an_editor_can_use_it():
    assert headline("At sea", TEXT) == "At sea: 13 words, 1 min"
    assert headline("Tides", "low high " * 300) == "Tides: 600 words, 3 min"
    assert headline("Nothing", "") == "Nothing: empty"
    assert topics(iter(["A ship in the storm", "Storms sink ships", "The sea"])) == ["ship", "storm"]
