import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from free_threaded_python import Prices

from sample import totals

# A watchdog: nothing here takes long, so a thread that waits this long waits in vain.
PATIENCE = 5

TABLE = {"tea": 250, "cups": 1200, "spoon": 80}


def wait_for(condition):
    """Lets other threads run until the condition holds."""
    pause = threading.Event()
    for _ in range(1000):
        if condition():
            return
        pause.wait(PATIENCE / 1000)
    raise TimeoutError("it did not happen")


def in_a_thread(function, *arguments):
    """The result or exception of the function in a thread that didn't create its objects."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(function, *arguments).result(PATIENCE)


def test_prices_are_loaded_when_they_are_needed():
    calls = []
    prices = Prices(lambda: calls.append("load") or TABLE)
    assert calls == []
    assert [prices.price(article) for article in ("tea", "spoon", "tea")] == [250, 80, 250]
    assert calls == ["load"]
    with pytest.raises(KeyError):
        prices.price("milk")
    assert prices.asked == 4


def test_any_thread_may_ask():
    prices = Prices(lambda: TABLE)
    assert in_a_thread(prices.price, "tea") == 250
    assert in_a_thread(prices.price, "cups") == 1200
    assert in_a_thread(lambda: prices.asked) == 2


def test_it_is_tried_again_after_a_failure():
    results = [OSError("no network"), "no table", TABLE]

    def load():
        result = results.pop(0)
        if isinstance(result, Exception):
            raise result
        return result

    prices = Prices(load)
    with pytest.raises(OSError):
        in_a_thread(prices.price, "tea")
    with pytest.raises(TypeError):
        prices.price("tea")
    assert in_a_thread(prices.price, "tea") == 250
    assert results == []


def test_two_threads_load_once():
    calls = []

    def load():
        calls.append("load")
        # The table is being loaded, and a second thread has asked for it. It must wait, and must not load it, too.
        wait_for(lambda: prices.asked == 2)
        return {"tea": 250 + len(calls), "cups": 1200}

    prices = Prices(load)
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(prices.price, "tea")
        wait_for(lambda: calls or first.done())
        second = threads.submit(prices.price, "tea")
        assert (first.result(PATIENCE), second.result(PATIENCE)) == (251, 251)
    assert calls == ["load"]


def test_tills_share_a_price_list():
    calls = []
    carts = [["tea"], ["tea", "cups"], [], ["spoon"] * 6]
    assert totals(lambda: calls.append("load") or TABLE, carts) == [250, 1450, 0, 480]
    assert calls == ["load"]


def test_the_module_does_not_ask_for_the_lock():
    # Only free-threaded Python looks at what a module declares, so this reads the source, without the comments.
    source = Path(__file__).parents[2] / "src" / "lib.rs"
    code = re.sub("//.*", "", source.read_text(encoding="utf-8"))
    wanted = re.search(r"gil_used\s*=\s*true", code)
    assert wanted is None, "the module still says `gil_used = true`: a free-threaded Python would switch its lock on"


def test_the_lock_stays_off():
    # Ordinary Python always has its lock on, so there is nothing to check.
    free_threaded = "free-threading" in sys.version
    assert not (free_threaded and sys._is_gil_enabled())
