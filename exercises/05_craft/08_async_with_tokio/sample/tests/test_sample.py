import asyncio
import contextvars

import pytest
from fetching import fetch_all, pending

from sample import longest

# A watchdog: nothing here takes long, so what takes this many seconds waits in vain.
PATIENCE = 2


def run(main):
    """Runs a coroutine function, and then waits until nothing is pending any more."""

    async def guarded():
        try:
            return await asyncio.wait_for(main(), PATIENCE)
        finally:
            await nothing_pending()

    return asyncio.run(guarded())


async def nothing_pending():
    """Whether nobody waits for pages, after some patience."""
    for _ in range(100):
        if pending() == 0:
            return True
        await asyncio.sleep(0.01)
    return False


async def echo(url):
    # The further to the front, the later it is finished.
    for _ in range(10 - len(url)):
        await asyncio.sleep(0)
    return url.upper()


@pytest.mark.parametrize("at_once", [1, 2, 10])
def test_pages_come_in_order(at_once):
    async def main():
        urls = ["a", "bb", "ccc", "dddd", "a"]
        assert await fetch_all(echo, urls, at_once) == ["A", "BB", "CCC", "DDDD", "A"]
        assert await fetch_all(echo, ["z"], at_once) == ["Z"]

    run(main)


@pytest.mark.parametrize("at_once", [2, 3])
def test_it_fetches_as_many_at_once_as_it_may(at_once):
    running, most = 0, 0

    async def main():
        # Each fetch waits until enough others have arrived.
        barrier = asyncio.Barrier(at_once)

        async def fetch(url):
            nonlocal running, most
            running += 1
            most = max(most, running)
            await barrier.wait()
            running -= 1
            return url

        urls = [str(number) for number in range(2 * at_once)]
        assert await fetch_all(fetch, urls, at_once) == urls

    run(main)
    assert most == at_once


def test_other_tasks_run_meanwhile():
    async def main():
        opened = asyncio.Event()

        async def fetch(url):
            await opened.wait()
            return url

        pages = asyncio.ensure_future(fetch_all(fetch, ["a", "b"], 2))
        await asyncio.sleep(0)
        assert not pages.done()
        opened.set()
        assert await pages == ["a", "b"]

    run(main)


@pytest.mark.parametrize("broken", [0, 3])
def test_an_exception_ends_it(broken):
    async def main():
        opened = asyncio.Event()

        async def fetch(url):
            if url == f"page {broken}":
                raise LookupError(url)
            await opened.wait()
            return url

        with pytest.raises(LookupError) as error:
            await fetch_all(fetch, [f"page {number}" for number in range(5)], 5)
        assert error.value.args == (f"page {broken}",)
        quiet = await nothing_pending()
        opened.set()
        return quiet

    assert run(main), "it has failed, and pages are still pending"


@pytest.mark.parametrize("pages, at_once", [(20, 1), (5, 3)])
def test_nothing_is_fetched_for_a_cancelled_caller(pages, at_once):
    async def main():
        begun = asyncio.Barrier(at_once + 1)
        opened = asyncio.Event()

        async def fetch(url):
            await begun.wait()
            await opened.wait()
            return url

        async def caller():
            await fetch_all(fetch, [str(number) for number in range(pages)], at_once)

        task = asyncio.create_task(caller())
        all_begun = asyncio.create_task(begun.wait())
        await asyncio.wait([task, all_begun], return_when=asyncio.FIRST_COMPLETED)
        assert all_begun.done(), task.result()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        quiet = await nothing_pending()
        opened.set()
        return quiet

    assert run(main), "the caller is cancelled, and pages are still pending"


def test_the_context_of_the_caller_holds():
    request = contextvars.ContextVar("request")

    async def main():
        async def fetch(url):
            return f"{url} for {request.get()}"

        request.set("Ada")
        assert await fetch_all(fetch, ["a", "b"], 2) == ["a for Ada", "b for Ada"]
        request.set("Grace")
        assert await fetch_all(fetch, ["c"], 1) == ["c for Grace"]

    run(main)


def test_the_longest_page():
    lengths = {"long": 7, "short": 1, "middle": 3, "also long": 7}

    async def main():
        async def fetch(url):
            return "x" * lengths[url]

        assert await longest(fetch, list(lengths)) == "long"
        assert await longest(fetch, ["short", "middle"]) == "middle"

    run(main)
