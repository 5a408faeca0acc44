import pytest
from special_methods import Version

from sample import changes, upgrade


def test_a_person_can_read_it():
    assert str(Version("1.10.2")) == "1.10.2"
    assert f"version {Version('2')}" == "version 2.0.0"


def test_a_programmer_can_type_it():
    assert repr(Version("1.10.2")) == 'Version("1.10.2")'
    assert f"{[Version('0.1')]}" == '[Version("0.1.0")]'
    assert eval(repr(Version("3.4"))) == Version("3.4.0")


def test_equal_numbers_are_equal_versions():
    assert Version("1.2") == Version("1.2.0")
    assert not Version("1.2") != Version("1.2.0")
    for other in ("1.2.1", "1.3.0", "2.2.0", "2.1.0"):
        assert Version("1.2") != Version(other)
        assert not Version("1.2") == Version(other)


def test_a_text_is_not_a_version():
    assert Version("1.2.0") == Version("1.2")
    assert Version("1.2.0") != "1.2.0"
    assert not Version("1.2.0") == (1, 2, 0)
    assert Version("1.2.0") != None  # noqa: E711
    with pytest.raises(TypeError):
        Version("1.2.0") < "1.3.0"
    with pytest.raises(TypeError):
        Version("1.2.0") >= 1


def test_older_is_smaller():
    ascending = ["0.0.1", "0.9.9", "0.10", "1", "1.0.10", "1.2", "1.10", "2.0.1", "10"]
    versions = [Version(text) for text in ascending]
    for at, version in enumerate(versions):
        for older in versions[:at]:
            assert version > older, (version, older)
        for newer in versions[at + 1 :]:
            assert version < newer, (version, newer)
        assert version <= version and version >= version
        assert not version < version and not version > version
    assert sorted(reversed(versions)) == versions


def test_equal_versions_find_each_other():
    released = {Version("1.2"): "May", Version("1.3"): "June"}
    assert released[Version("1.2.0")] == "May"
    assert released.get(Version("1.4")) is None
    assert Version("1.3.0") in released
    assert len({Version("1"), Version("1.0"), Version("1.0.0"), Version("1.1")}) == 2
    assert hash(Version("1.0")) == hash(Version("1"))
    assert len({hash(Version(f"{n}.{n}")) for n in range(50)}) > 25


def test_it_does_not_change():
    version = Version("1.2.3")
    for name in ("major", "minor", "patch"):
        with pytest.raises(AttributeError):
            setattr(version, name, 4)
    assert str(version) == "1.2.3"


def test_a_library_has_releases():
    assert upgrade("1.9", ["1.8.1", "1.10", "1.9.9"]) == "1.10.0"
    assert upgrade("1.10", ["1.9.9", "1.10.0"]) is None
    assert upgrade("1", []) is None
    log = [("1.2", "faster"), ("1.10", "smaller"), ("1.2.0", "louder")]
    assert list(changes(log).items()) == [(Version("1.10"), ["smaller"]), (Version("1.2"), ["faster", "louder"])]
