import threading

import pytest
from attaching_as_little_as_possible import attachments, search

from sample import concordance

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

DOCUMENTS = ["tea and tea", "coffee", "tea", "", "no t e a", "green tea, black tea, tea"]
PLACES = {0: [0, 8], 2: [0], 5: [6, 17, 22]}


def reports(documents, word):
    """The reports, sorted, because the threads finish in any order."""
    found = []
    search(documents, word, lambda number, places: found.append((number, places)))
    return sorted(found)


def test_every_place_is_reported():
    assert reports(DOCUMENTS, "tea") == sorted(PLACES.items())
    assert reports(DOCUMENTS, "coffee") == [(1, [0])]
    assert reports(["ähm, ähm"], "ähm") == [(0, [0, 6])]


def test_without_a_place_there_is_no_report():
    assert reports(["tea"], "tea") == [(0, [0])]
    assert reports(DOCUMENTS, "milk") == []
    assert reports([], "tea") == []


@pytest.mark.parametrize("word, wanted", [("tea", 3), ("coffee", 1), ("milk", 0), ("a", 4)])
def test_a_thread_is_attached_only_to_report(word, wanted):
    before = attachments()
    search(DOCUMENTS, word, lambda number, places: None)
    assert attachments() - before == wanted


def test_reports_come_from_different_threads():
    # The barrier opens when three reports have reached it, each in a thread of its own.
    barrier = threading.Barrier(3, timeout=PATIENCE)
    seen = set()

    def report(number, places):
        seen.add(threading.get_ident())
        barrier.wait()

    search(DOCUMENTS, "tea", report)
    assert len(seen) == 3
    assert threading.get_ident() not in seen


def test_exceptions_come_at_the_end():
    ended = []
    came_back = threading.Event()

    def report(number, places):
        # The first one raises its exception at once. The last one lingers, and would still be running if `search` returned
        # without waiting for it.
        if number == 5:
            came_back.wait(PATIENCE / 10)
        ended.append(number)
        if number != 2:
            raise LookupError(number)

    with pytest.raises(LookupError) as error:
        search(DOCUMENTS, "tea", report)
    ended_before = sorted(ended)
    came_back.set()
    assert error.value.args == (0,)
    assert ended_before == [0, 2, 5], "`search` came back before all the reports had ended"


def test_articles_by_title():
    articles = {"Drinks": "tea or coffee", "Meals": "soup", "Breaks": "coffee"}
    assert concordance(articles, "coffee") == {"Drinks": [7], "Breaks": [0]}
