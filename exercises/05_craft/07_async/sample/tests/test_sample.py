import asyncio

import pytest
from awaitable import matching, running

from sample import settle

# An odd payment for even invoices: the search tries 2**60 sums, and never finds it.
HOPELESS = (61, [2] * 60)

# How often to look whether a search has ended, a hundredth of a second apart.
PATIENCE = 100


async def ended(before):
    """Whether no more searches are running than before, after some patience."""
    for _ in range(PATIENCE):
        if running() == before:
            return True
        await asyncio.sleep(0.01)
    return False


async def begun(before, *searches):
    """Returns as soon as these searches run in addition to those before."""
    for _ in range(PATIENCE):
        for search in searches:
            if search.done():
                pytest.fail(f"a search has ended with {search.result()}")
        if running() == before + len(searches):
            return
        await asyncio.sleep(0.01)
    pytest.fail(f"{running() - before} searches are running, not {len(searches)}")


@pytest.fixture
def before():
    """How many searches were running before the test."""
    count = running()
    yield count
    asyncio.run(ended(count))


@pytest.mark.parametrize(
    "payment, invoices, expected",
    [
        (70, [50, 20, 30], [0, 1]),
        (50, [60, 20, 30], [1, 2]),
        (0, [5], []),
        (4, [1, 2], None),
        (7, [2, 4, 6], None),
        (2**63, [1, 2**63], [1]),
    ],
    ids=["first", "last", "nothing", "too little", "odd", "large"],
)
def test_the_invoices_are_found(payment, invoices, expected):
    async def main():
        return await matching(payment, invoices)

    assert asyncio.run(main()) == expected


def test_other_tasks_run_meanwhile(before):
    done = []

    async def other(name):
        await asyncio.sleep(0)
        done.append(name)

    async def main():
        search = asyncio.create_task(matching(*HOPELESS))
        await asyncio.gather(other("first"), other("second"))
        await begun(before, search)
        search.cancel()
        await asyncio.wait([search])

    asyncio.run(main())
    assert sorted(done) == ["first", "second"]


def test_searches_run_at_the_same_time(before):
    async def main():
        hopeless = [asyncio.create_task(matching(*HOPELESS)) for _ in range(3)]
        await begun(before, *hopeless)
        assert await matching(5, [2, 3]) == [0, 1]
        for search in hopeless:
            search.cancel()
        await asyncio.wait(hopeless)

    asyncio.run(main())


@pytest.mark.parametrize("invoices", [[2] * 60, [4] * 50 + [6] * 10], ids=["equal", "mixed"])
def test_a_cancelled_search_ends(before, invoices):
    async def main():
        search = asyncio.create_task(matching(1001, invoices))
        await begun(before, search)
        search.cancel()
        with pytest.raises(asyncio.CancelledError):
            await search
        assert search.cancelled()
        return await ended(before)

    assert asyncio.run(main()), "it was cancelled, and the search still runs"


def test_a_search_ends_with_its_event_loop(before):
    async def main():
        search = asyncio.create_task(matching(*HOPELESS))
        await begun(before, search)
        return search

    search = asyncio.run(main())
    assert search.cancelled()
    assert asyncio.run(ended(before)), "its event loop has ended, and the search still runs"


def test_all_customers_at_once():
    payments = {"Ada": 30, "Grace": 7, "Edsger": 12}
    invoices = {"Ada": [10, 15, 20], "Grace": [7, 7], "Edsger": [5, 5]}
    assert asyncio.run(settle(payments, invoices)) == {"Ada": [10, 20], "Grace": [7], "Edsger": None}
    assert asyncio.run(settle({}, {})) == {}
