import inspect

import pytest
from functions import slug, url

from sample import article_url


def test_slug_needs_only_a_title():
    assert slug("Rust for Python") == "rust-for-python"
    assert slug("  What's new, 2026? ") == "what-s-new-2026"
    assert slug("") == ""


def test_slug_takes_options_by_keyword():
    assert slug("Rust for Python") == "rust-for-python"
    assert slug("Rust for Python", separator="_") == "rust_for_python"
    assert slug("Rust for Python", max_words=2) == "rust-for"
    assert slug("Rust for Python", max_words=None) == "rust-for-python"
    assert slug("Rust for Python", max_words=9, separator="") == "rustforpython"


def test_slug_refuses_what_its_signature_does_not_allow():
    assert slug("Rust") == "rust"
    with pytest.raises(TypeError):
        slug("Rust for Python", "_")
    with pytest.raises(TypeError):
        slug(title="Rust for Python")
    with pytest.raises(TypeError):
        slug("Rust for Python", seperator="_")
    with pytest.raises(TypeError):
        slug()


def test_slug_shows_its_signature():
    assert slug("Rust") == "rust"
    assert str(inspect.signature(slug)) == "(title, /, *, separator='-', max_words=None)"


def test_url_takes_any_number_of_parts():
    assert url("/tea") == "/tea"
    assert url("/tea", "green") == "/tea/green"
    assert url("/tea", "green", "sencha", "2026") == "/tea/green/sencha/2026"
    assert url("/archive", 2026, 11) == "/archive/2026/11"


def test_url_takes_any_keyword():
    assert url("/tea") == "/tea"
    assert url("/tea", page=2) == "/tea?page=2"
    assert url("/tea", "green", page=2, sort="price", base="x") == "/tea/green?page=2&sort=price&base=x"


def test_an_article_has_an_address():
    assert article_url("Rust for Python, part one") == "/articles/rust-for-python-part"
    assert article_url("Tea", page=3) == "/articles/tea?page=3"
