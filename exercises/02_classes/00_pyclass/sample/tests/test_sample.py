import pyclass
import pytest
from pyclass import label, load, redirect, register

from sample import Van


def test_a_parcel_is_an_object_of_its_class():
    parcel = register("JD14", 2500, "Leeds")
    assert type(parcel) is pyclass.Parcel
    assert isinstance(parcel, pyclass.Parcel)
    assert pyclass.Parcel.__name__ == "Parcel"
    assert pyclass.Parcel.__doc__ == "A parcel on its way."


def test_a_label_says_what_was_registered():
    assert label(register("JD14", 2500, "Leeds")) == "JD14 to Leeds, 2500 g"
    assert label(register("AX7", 80, "Århus")) == "AX7 to Århus, 80 g"


def test_parcels_are_weighed_together():
    assert load([]) == 0
    a, b = register("A", 2500, "Leeds"), register("B", 80, "York")
    assert load([a]) == 2500
    assert load([a, b]) == 2580
    assert load([a, a]) == 5000
    assert load([register("C", 4_000_000_000, "Hull")] * 2) == 8_000_000_000


def test_redirecting_a_parcel_changes_it():
    a, b = register("A", 10, "Leeds"), register("B", 20, "Leeds")
    same = a
    redirect(a, "Hull")
    assert label(same) == "A to Hull, 10 g"
    assert label(b) == "B to Leeds, 20 g"
    redirect(same, "York")
    assert label(a) == "A to York, 10 g"


def test_other_objects_are_not_parcels():
    assert load([register("A", 10, "Leeds")]) == 10
    for thing in ("JD14 to Leeds, 2500 g", None, ("JD14", 2500, "Leeds"), {"number": "JD14"}):
        with pytest.raises(TypeError):
            label(thing)
        with pytest.raises(TypeError):
            load([thing])
        with pytest.raises(TypeError):
            redirect(thing, "Hull")


def test_python_cannot_create_a_parcel():
    assert label(register("A", 10, "Leeds")) == "A to Leeds, 10 g"
    with pytest.raises(TypeError):
        pyclass.Parcel()


def test_a_van_takes_what_it_can_carry():
    van = Van(limit=3000)
    assert van.take(register("A", 2500, "Leeds"))
    assert not van.take(register("B", 501, "York"))
    assert van.take(register("C", 500, "Hull"))
    assert van.reroute("Bath") == ["A to Bath, 2500 g", "C to Bath, 500 g"]
