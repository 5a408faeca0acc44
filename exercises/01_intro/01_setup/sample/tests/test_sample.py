from setup import it_works

from sample import status


def test_the_extension_answers():
    assert it_works() is True


def test_the_package_passes_the_answer_on():
    assert status() == "ready"
