import pytest
from iterators_and_containers import Journey

from sample import fares, reachable

LINE = ["Basel", "Olten", "Bern", "Thun"]


def test_it_has_a_length():
    journey = Journey([])
    assert len(journey) == 0
    assert not journey
    journey.add("Bern")
    assert len(journey) == 1
    assert journey
    assert len(Journey(LINE)) == 4


def test_it_contains_its_stops():
    journey = Journey(LINE)
    assert "Bern" in journey
    assert "Brig" not in journey
    assert "" not in journey
    for thing in (None, 2, ["Bern"], b"Bern"):
        assert thing not in journey
    # Without this method, Python goes through all the stops and compares.
    assert "__contains__" in vars(Journey)


def test_a_stop_is_found_by_its_number():
    journey = Journey(LINE)
    assert [journey[at] for at in range(4)] == LINE
    assert journey[-1] == "Thun"
    assert journey[-4] == "Basel"
    for at in (4, -5, 1000, -1000):
        with pytest.raises(IndexError):
            journey[at]
    with pytest.raises(IndexError):
        Journey([])[0]
    with pytest.raises(TypeError):
        journey["Bern"]


def test_a_loop_goes_through_all_stops():
    assert list(Journey([])) == []
    journey = Journey(LINE)
    assert list(journey) == LINE
    assert list(journey) == LINE
    assert [stop.upper() for stop in journey] == ["BASEL", "OLTEN", "BERN", "THUN"]


def test_loops_do_not_disturb_each_other():
    journey = Journey(["a", "b", "c"])
    assert [x + y for x in journey for y in journey] == ["aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"]
    one, other = iter(journey), iter(journey)
    assert [next(one), next(one), next(other), next(one), next(other)] == ["a", "b", "a", "c", "b"]


def test_an_iterator_ends_and_stays_at_its_end():
    journey = Journey(["a"])
    stops = iter(journey)
    assert iter(stops) is stops
    assert next(stops) == "a"
    for _ in range(3):
        with pytest.raises(StopIteration):
            next(stops)
        # More than one at a time, to catch an iterator that merely keeps counting.
        for _ in range(3):
            journey.add("b")
    assert list(stops) == []
    assert list(journey) == ["a"] + ["b"] * 9


def test_a_stop_added_during_a_loop_turns_up():
    journey = Journey(["a", "b"])
    seen = []
    for stop in journey:
        seen.append(stop)
        if len(seen) < 4:
            journey.add(stop * 2)
    assert seen == ["a", "b", "aa", "bb", "aaaa"]
    assert len(journey) == 5


def test_an_iterator_keeps_its_journey():
    stops = iter(Journey(LINE))
    assert next(stops) == "Basel"
    assert list(stops) == ["Olten", "Bern", "Thun"]


def test_a_railway():
    assert fares(Journey(["a", "b", "c"])) == {("a", "b"): 3, ("a", "c"): 5, ("b", "c"): 3}
    journeys = [Journey(LINE), Journey(["Bern", "Brig"]), Journey(["Brig", "Domodossola"])]
    assert reachable(journeys, "Bern") == {"Thun", "Brig"}
