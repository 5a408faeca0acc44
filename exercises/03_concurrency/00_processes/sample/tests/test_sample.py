import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import pytest
from processes import Tally

from sample import tally_files

LOGS = {
    "monday.log": "ada GET /\nbob GET /prices\nada GET /prices\n",
    "tuesday.log": "bob GET /\ncarol GET /\n",
    "wednesday.log": "ada POST /orders\n",
}


@pytest.fixture
def workers():
    # `spawn` starts each worker as a new interpreter, on every platform. It only knows what it is sent.
    with ProcessPoolExecutor(max_workers=2, mp_context=multiprocessing.get_context("spawn")) as workers:
        yield workers


@pytest.mark.parametrize("counts", [{}, {"ada": 1}, {"ada": 3, "bob": 70_000_000_000}])
def test_a_tally_survives_the_journey(counts):
    arrived = pickle.loads(pickle.dumps(Tally(counts)))
    assert type(arrived) is Tally
    assert arrived.counts == counts


def test_what_arrives_is_a_copy():
    here = Tally({"ada": 1})
    there = copy.copy(here)
    there.add("ada")
    there.add("bob")
    assert here.counts == {"ada": 1}
    assert there.counts == {"ada": 2, "bob": 1}


def test_tallies_are_added_up():
    total = Tally({"ada": 2, "bob": 1})
    other = Tally({"bob": 4, "carol": 5})
    total.merge(other)
    assert total.counts == {"ada": 2, "bob": 5, "carol": 5}
    assert other.counts == {"bob": 4, "carol": 5}
    total.merge(other)
    assert total.counts == {"ada": 2, "bob": 9, "carol": 10}


def test_processes_count_together(tmp_path, workers):
    assert pickle.loads(pickle.dumps(Tally())).counts == {}
    for name, text in LOGS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    total = tally_files(sorted(tmp_path.iterdir()), workers)
    assert total.counts == {"ada": 3, "bob": 2, "carol": 1}
