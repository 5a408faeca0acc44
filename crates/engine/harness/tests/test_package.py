"""Tests of rules that the whole package keeps."""

from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "wr_harness"


def test_private_names_of_pytest_are_in_one_module() -> None:
    users = [file.name for file in PACKAGE.glob("*.py") if "_pytest." in file.read_text()]
    assert users == ["private.py"]


def test_every_module_says_what_it_is_for() -> None:
    for file in PACKAGE.glob("*.py"):
        assert file.read_text().startswith('"""'), file.name
