import copy
import pickle

import pytest
from pickling import Sampler

from sample import Job, forecast, resume, save


def drawn(sampler, count):
    return [sampler.draw() for _ in range(count)]


def sampler_after(rows, seed, count, notes=()):
    """A sampler that has been in use for a while."""
    sampler = Sampler(rows, seed)
    drawn(sampler, count)
    sampler.notes.extend(notes)
    return sampler


def sent(sampler, protocol=pickle.DEFAULT_PROTOCOL):
    return pickle.loads(pickle.dumps(sampler, protocol))


def test_its_notes_travel():
    for notes in [["begun"], [1, ("a", 2.5)], []]:
        sampler = sampler_after(50, 3, 4, notes)
        arrived = sent(sampler)
        assert arrived.notes == notes
        arrived.notes.append("arrived")
        assert sampler.notes == notes


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_every_protocol_can_carry_it(protocol):
    for rows, seed, count in [(10, 1, 0), (1000, 2, 3), (2**40, 2**64 - 1, 50)]:
        sampler = sampler_after(rows, seed, count)
        assert drawn(sent(sampler, protocol), 5) == drawn(sampler, 5)


@pytest.mark.parametrize("rows, seed, count", [(6, 1, 0), (100, 7, 1), (2**63, 0, 20)])
def test_it_continues_where_it_was(rows, seed, count):
    sampler = sampler_after(rows, seed, count)
    arrived = sent(sampler)
    assert type(arrived) is Sampler
    assert arrived.drawn == count
    assert drawn(arrived, 10) == drawn(sampler, 10)
    assert arrived.drawn == sampler.drawn == count + 10


def test_a_copy_has_the_same_notes():
    sampler = sampler_after(50, 3, 4, ["begun"])
    copied = copy.copy(sampler)
    assert copied.notes is sampler.notes
    assert copied.drawn == 4


@pytest.mark.parametrize("duplicate", [copy.copy, copy.deepcopy])
def test_copies_draw_for_themselves(duplicate):
    for rows, seed, count in [(100, 1, 2), (9, 5, 30)]:
        sampler = sampler_after(rows, seed, count)
        expected = drawn(sampler_after(rows, seed, count), 8)
        assert drawn(duplicate(sampler), 8) == expected
        assert sampler.drawn == count
        assert drawn(sampler, 8) == expected


def test_a_deep_copy_has_its_own_notes():
    sampler = sampler_after(50, 3, 4, ["begun", [1, 2]])
    copied = copy.deepcopy(sampler)
    copied.notes[1].append(3)
    copied.notes.append("copied")
    assert copied.notes == ["begun", [1, 2, 3], "copied"]
    assert sampler.notes == ["begun", [1, 2]]


def test_a_job_resumes():
    for rows, seed in [(1000, 1), (77, 2)]:
        uninterrupted, interrupted = Job(rows, seed), Job(rows, seed)
        uninterrupted.work(10)
        interrupted.work(10)
        resumed = resume(save(interrupted))
        assert resumed.work(15) == uninterrupted.work(15)
        assert resumed.sampler.notes == uninterrupted.sampler.notes


def test_a_forecast_changes_nothing():
    job = Job(1000, 5)
    before = job.work(3)
    expected = forecast(job, 4)
    assert job.total == before
    assert len(job.sampler.notes) == 1
    assert job.work(4) == expected
