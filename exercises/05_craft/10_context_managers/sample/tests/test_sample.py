import pytest
from context_managers import Rollback, Warehouse

from sample import Discontinued, ship


def name(error):
    return type(error).__name__


def warehouse():
    return Warehouse({"bolt": 10, "nut": 3})


@pytest.mark.parametrize(
    ("movements", "after"),
    [
        ([], {"bolt": 10, "nut": 3}),
        ([("bolt", -4)], {"bolt": 6, "nut": 3}),
        ([("nut", -5), ("nut", 2), ("gear", 1)], {"bolt": 10, "gear": 1, "nut": 0}),
    ],
)
def test_movements_are_made_at_the_end(movements, after):
    store = warehouse()
    with store.transaction() as transaction:
        for item, count in movements:
            transaction.add(item, count)
        assert store.stock() == {"bolt": 10, "nut": 3}
    assert store.stock() == after


def test_the_block_gets_the_transaction_itself():
    transaction = warehouse().transaction()
    with transaction as entered:
        assert entered is transaction


@pytest.mark.parametrize(
    "error", [ValueError("torn label"), KeyError("gear"), KeyboardInterrupt(), SystemExit(3)], ids=name
)
def test_any_other_exception_leaves_the_block(error):
    store = warehouse()
    with pytest.raises(type(error)) as caught:
        with store.transaction() as transaction:
            transaction.add("bolt", -1)
            raise error
    assert caught.value is error
    assert store.stock() == {"bolt": 10, "nut": 3}


def test_an_exception_comes_before_a_shortage():
    store = warehouse()
    with pytest.raises(KeyError):
        with store.transaction() as transaction:
            transaction.add("nut", -100)
            raise KeyError("gear")
    assert store.stock() == {"bolt": 10, "nut": 3}


@pytest.mark.parametrize("error", [Rollback("changed my mind"), Discontinued("nut")], ids=name)
def test_a_rollback_ends_quietly(error):
    store = warehouse()
    with store.transaction() as transaction:
        transaction.add("bolt", -1)
        raise error
    assert store.stock() == {"bolt": 10, "nut": 3}


@pytest.mark.parametrize("missing", [1, 97])
def test_a_shortage_makes_no_movement_at_all(missing):
    store = warehouse()
    with pytest.raises(ValueError, match=f"{missing} too few: nut"):
        with store.transaction() as transaction:
            transaction.add("bolt", -1)
            transaction.add("nut", -3 - missing)
    assert store.stock() == {"bolt": 10, "nut": 3}


def end(store, transaction, movements, error):
    """Runs a block to its end and swallows whatever comes out of it."""
    try:
        with transaction:
            for item, count in movements:
                transaction.add(item, count)
            if error is not None:
                raise error
    except (KeyError, ValueError):
        pass


@pytest.mark.parametrize(
    ("movements", "error"),
    [([("bolt", 1)], None), ([("bolt", 1)], KeyError("x")), ([("bolt", 1)], Rollback()), ([("bolt", -11)], None)],
    ids=["normally", "with an exception", "with a rollback", "with a shortage"],
)
def test_it_is_closed_however_the_block_ended(movements, error):
    store = warehouse()
    transaction = store.transaction()
    with pytest.raises(RuntimeError):
        transaction.add("nut", 1)
    end(store, transaction, movements, error)
    with pytest.raises(RuntimeError):
        transaction.add("nut", 1)
    # The next block begins without movements.
    before = store.stock()
    with transaction:
        transaction.add("nut", 1)
    assert store.stock() == before | {"nut": 4}


def test_an_open_transaction_is_not_opened_again():
    store = warehouse()
    with store.transaction() as transaction:
        transaction.add("bolt", 5)
        with pytest.raises(RuntimeError):
            transaction.__enter__()
        transaction.add("nut", 5)
    assert store.stock() == {"bolt": 15, "nut": 8}


def test_orders():
    store = warehouse()
    assert ship(store, {"bolt": 2, "nut": 2}) == "shipped"
    assert ship(store, {"bolt": 2, "nut": 2}) == "waiting (1 too few: nut)"
    assert ship(store, {"bolt": 2, "nut": 1}, frozenset({"nut"})) == "refused"
    assert store.stock() == {"bolt": 8, "nut": 1}
