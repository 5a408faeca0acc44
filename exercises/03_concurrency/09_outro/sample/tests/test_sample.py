import os
import pickle
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from word_index import Index, attachments

from sample import ReadingRoom

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

# rayon's global pool, for code that doesn't ask for one, has only one thread here, on any machine.
os.environ["RAYON_NUM_THREADS"] = "1"

DOCUMENTS = {
    "drinks": "Tea or coffee? Tea!",
    "meals": "Soup, then coffee.",
    "breaks": "tea, coffee, coffee",
}


def in_a_thread(function, *arguments):
    """The result of the function in another Python thread."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function, *arguments).result(PATIENCE)


def filled():
    """An index with the three documents."""
    index = Index()
    assert len(index) == 0
    index.add(DOCUMENTS)
    return index


def test_words_are_found():
    index = filled()
    assert index.search("tea") == [("drinks", 2), ("breaks", 1)]
    assert index.search("COFFEE") == [("breaks", 2), ("drinks", 1), ("meals", 1)]
    assert index.search("soup") == [("meals", 1)]
    assert index.search("milk") == []
    assert len(index) == 5


def test_documents_are_replaced():
    index = filled()
    index.add({"drinks": "milk", "snacks": "tea"}, threads=1)
    assert index.search("tea") == [("breaks", 1), ("snacks", 1)]
    assert index.search("milk") == [("drinks", 1)]
    assert index.search("or") == []
    assert len(index) == 5
    index.add({})
    assert len(index) == 5


@pytest.mark.parametrize("every, reports", [(1, list(range(1, 11))), (4, [4, 8]), (10, [10]), (11, [])])
def test_progress_is_reported_rarely(every, reports):
    index, heard = Index(), []
    assert len(index) == 0
    before = attachments()
    index.add({str(n): "word" for n in range(10)}, every=every, progress=heard.append)
    assert sorted(heard) == reports
    assert attachments() - before == len(reports)
    index.add({str(n): "word" for n in range(10)}, every=every)
    assert attachments() - before == len(reports)


def test_every_is_at_least_one():
    index = filled()
    with pytest.raises(ValueError):
        index.add({"snacks": "tea"}, every=0)
    with pytest.raises(ValueError):
        index.add({"snacks": "tea"}, every=0, progress=print)
    assert index.search("tea") == [("drinks", 2), ("breaks", 1)]


@pytest.mark.parametrize("threads", [2, 3])
def test_documents_are_counted_in_parallel(threads):
    index = Index()
    assert len(index) == 0
    # It opens when this many threads of the pool report at the same time.
    barrier = threading.Barrier(threads, timeout=PATIENCE)
    documents = {str(n): f"word {n}" for n in range(threads)}
    index.add(documents, threads=threads, every=1, progress=lambda n: barrier.wait())
    assert len(index) == threads + 1


def test_the_index_can_be_searched_meanwhile():
    index = filled()
    seen = []

    def progress(n):
        # From the counting thread and from another one: the index is unchanged.
        seen.append((index.search("tea"), in_a_thread(index.search, "tea"), in_a_thread(len, index)))

    index.add({"a": "tea", "drinks": "tea"}, threads=1, every=1, progress=progress)
    before = [("drinks", 2), ("breaks", 1)]
    assert seen == [(before, before, 5)] * 2
    assert index.search("tea") == [("a", 1), ("breaks", 1), ("drinks", 1)]


def test_all_or_nothing():
    index = filled()
    def progress(n):
        if n == 2:
            raise InterruptedError(n)

    with pytest.raises(InterruptedError):
        index.add({"a": "tea", "b": "tea", "c": "tea"}, threads=1, every=1, progress=progress)
    assert index.search("tea") == [("drinks", 2), ("breaks", 1)]
    index.add({"a": "tea"})
    assert index.search("tea") == [("drinks", 2), ("a", 1), ("breaks", 1)]


def test_progress_may_add():
    index = filled()
    added = []

    def progress(n):
        other = threading.Thread(target=index.add, args=({"b": "tea"},), daemon=True)
        other.start()
        other.join(PATIENCE)
        added.append(not other.is_alive())

    index.add({"a": "tea"}, threads=1, every=1, progress=progress)
    assert added == [True], "another thread could not add while `progress` ran: is a lock held?"
    assert index.search("tea") == [("drinks", 2), ("a", 1), ("b", 1), ("breaks", 1)]


def test_the_options_are_keyword_only():
    index = filled()
    with pytest.raises(TypeError):
        index.add({"snacks": "tea"}, 2)
    assert index.search("tea") == [("drinks", 2), ("breaks", 1)]


def test_an_index_can_travel():
    index = filled()
    arrived = pickle.loads(pickle.dumps(index))
    index.add({"drinks": ""})
    assert arrived.search("tea") == [("drinks", 2), ("breaks", 1)]
    assert len(arrived) == 5
    assert index.search("tea") == [("breaks", 1)]


def test_a_reading_room(tmp_path):
    for title, text in DOCUMENTS.items():
        (tmp_path / f"{title}.txt").write_text(text, encoding="utf-8")
    with ThreadPoolExecutor(2) as clerks:
        room = ReadingRoom(clerks)
        assert len(room.index) == 0
        halves = sorted(tmp_path.iterdir())
        tasks = [room.take_in(halves[:1]), room.take_in(halves[1:])]
        for task in tasks:
            task.result(PATIENCE)
        assert room.where("coffee") == ["breaks.txt", "drinks.txt", "meals.txt"]
        assert room.counted == 2
