import pytest
from order_book import LimitedBook, Order, OrderBook, Side, Trade


def buy(price, quantity):
    return Order(Side.BUY, price, quantity)


def sell(price, quantity):
    return Order(Side.SELL, price, quantity)


def seen(trades):
    return [(trade.order, trade.price, trade.quantity) for trade in trades]


def test_an_order_has_its_parts():
    order = buy(101, 5)
    assert (order.side, order.price, order.quantity) == (Side.BUY, 101, 5)
    assert sell(7, 1).side == Side.SELL != Side.BUY
    assert Side.BUY != 0 and Side.SELL != 1
    for name in ("side", "price", "quantity"):
        with pytest.raises(AttributeError):
            setattr(order, name, 1)


def test_an_invalid_order_is_refused():
    assert buy(1, 1).quantity == 1
    for price, quantity in ((0, 5), (101, 0)):
        with pytest.raises(ValueError):
            sell(price, quantity)
    with pytest.raises(TypeError):
        Order("buy", 101, 5)


def test_equal_orders_are_equal():
    assert buy(101, 5) == buy(101, 5)
    for other in (sell(101, 5), buy(100, 5), buy(101, 6), (Side.BUY, 101, 5)):
        assert buy(101, 5) != other
    assert len({buy(101, 5), buy(101, 5), sell(101, 5)}) == 2
    assert {Side.BUY: "b", Side.SELL: "s"}[sell(1, 1).side] == "s"


def test_an_order_can_be_read_and_written():
    assert Order.parse("buy 5 @ 101") == buy(101, 5)
    assert Order.parse("sell 12 @ 7") == Order.parse("sell +12 @ +7") == sell(7, 12)
    assert [repr(buy(101, 5)), repr(sell(7, 12))] == ["Order(Side.BUY, 101, 5)", "Order(Side.SELL, 7, 12)"]
    assert eval(repr(sell(7, 12))) == sell(7, 12)
    for text in ("", "buy", "buy 5 101", "hold 5 @ 101", "buy five @ 101", "buy 5 @ -1", "buy 0 @ 101", "buy 5 @ 101 now"):
        with pytest.raises(ValueError):
            Order.parse(text)


def test_orders_wait():
    book = OrderBook()
    assert len(book) == 0
    assert book.submit(buy(100, 5)) == (1, [])
    assert book.submit(sell(103, 2)) == (2, [])
    assert len(book) == 2
    assert (1 in book, 2 in book, 3 in book, "1" in book, -1 in book) == (True, True, False, False, False)
    # Without this method, Python loops over the book and compares.
    assert "__contains__" in vars(OrderBook)
    assert (book[1], book[2]) == (buy(100, 5), sell(103, 2))
    for number in (0, 3):
        with pytest.raises(KeyError):
            book[number]
    with pytest.raises((KeyError, OverflowError)):
        book[-1]
    assert len(OrderBook()) == 0


def test_prices_are_shown():
    book = OrderBook()
    assert (book.best_bid, book.best_ask, book.spread) == (None, None, None)
    book.submit(buy(100, 5))
    assert (book.best_bid, book.best_ask, book.spread) == (100, None, None)
    book.submit_all([sell(105, 1), sell(103, 1), buy(98, 1)])
    assert (book.best_bid, book.best_ask, book.spread) == (100, 103, 3)
    with pytest.raises(AttributeError):
        book.best_bid = 99


def test_orders_meet():
    book = OrderBook()
    book.submit_all([sell(103, 4), sell(101, 2), sell(101, 3)])
    number, trades = book.submit(buy(102, 4))
    assert number == 4
    assert all(type(trade) is Trade for trade in trades)
    assert seen(trades) == [(2, 101, 2), (3, 101, 2)]
    assert book[3] == sell(101, 1)
    assert list(book) == list(iter(book)) == [1, 3]
    assert seen(book.submit(buy(200, 10))[1]) == [(3, 101, 1), (1, 103, 4)]
    assert book[5] == buy(200, 5)


def test_an_order_can_be_cancelled():
    book = OrderBook()
    book.submit_all([buy(100, 5), sell(100, 2)])
    assert book.cancel(1) == buy(100, 3)
    assert len(book) == 0
    with pytest.raises(KeyError):
        book.cancel(1)


def test_a_loop_may_cancel():
    book = OrderBook()
    book.submit_all([buy(price, 1) for price in (5, 9, 7)])
    assert [(a, b) for a in book for b in book if a < b] == [(1, 2), (1, 3), (2, 3)]
    for number in book:
        book.cancel(number)
    assert list(book) == []


def test_many_orders_come_in():
    book = OrderBook()
    assert seen(book.submit_all(iter([buy(5, 2), sell(5, 1), sell(4, 3)]))) == [(1, 5, 1), (1, 5, 1)]
    assert book.submit_all([]) == []

    def broken():
        yield buy(1, 1)
        raise ConnectionError("the line is dead")

    with pytest.raises(ConnectionError):
        book.submit_all(broken())
    with pytest.raises(TypeError):
        book.submit_all(["buy"])
    assert len(book) == 2


def test_a_limited_book():
    book = LimitedBook(10)
    assert isinstance(book, OrderBook)
    assert book.most == 10
    assert book.submit(buy(100, 10)) == (1, [])
    with pytest.raises(ValueError):
        book.submit(buy(100, 11))
    with pytest.raises(ValueError):
        book.submit_all([sell(100, 1), sell(100, 12)])
    assert book[1] == buy(100, 9)
    book.most = 12
    assert seen(book.submit(sell(90, 12))[1]) == [(1, 100, 9)]
    assert (book.best_ask, len(book)) == (90, 1)


def test_an_exchange_opens():
    from sample import depth, open_day

    book = open_day(["buy 5 @ 100", "sell 2 @ 99", "sell 4 @ 105"], most=5)
    assert book.lines == [
        "1: Order(Side.BUY, 100, 5), 0 trades",
        "2: Order(Side.SELL, 99, 2), 1 trades",
        "3: Order(Side.SELL, 105, 4), 0 trades",
    ]
    assert depth(book) == {Side.BUY: 3, Side.SELL: 4}
    with pytest.raises(ValueError):
        open_day(["buy 6 @ 100"], most=5)
