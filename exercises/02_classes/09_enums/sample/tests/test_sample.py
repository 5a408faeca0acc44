import enums
import pytest
from enums import Payment, State, fee, next_state, read


def test_states_are_equal_to_themselves():
    states = [State.OPEN, State.PAID, State.SENT, State.CANCELLED]
    for at, state in enumerate(states):
        assert [state == other for other in states] == [at == n for n in range(4)]
        assert [state != other for other in states] == [at != n for n in range(4)]
    assert State.OPEN != "OPEN"
    assert {name for name in vars(State) if not name.startswith("_")} == {"OPEN", "PAID", "SENT", "CANCELLED"}


def test_states_are_ordered():
    assert State.OPEN < State.PAID < State.SENT < State.CANCELLED
    assert max([State.PAID, State.OPEN]) == State.PAID
    with pytest.raises(TypeError):
        State.OPEN < 1


def test_states_are_keys():
    count = {State.OPEN: 3, State.PAID: 5}
    assert count[next_state(State.OPEN)] == 5
    assert len({next_state(State.OPEN), State.PAID, State.SENT}) == 2


def test_a_state_follows():
    assert next_state(State.OPEN) == State.PAID
    assert next_state(State.PAID) == State.SENT
    assert next_state(State.SENT) == State.SENT
    assert next_state(State.CANCELLED) == State.CANCELLED
    with pytest.raises(TypeError):
        next_state("OPEN")


def test_payments_are_made_from_their_parts():
    card = Payment.Card("4242", True)
    assert (card.number, card.credit) == ("4242", True)
    assert Payment.Card(number="4242").credit is False
    assert Payment.Transfer("CH93").iban == "CH93"
    for payment in (card, Payment.Transfer(iban="CH93"), Payment.Cash()):
        assert isinstance(payment, Payment)
    assert isinstance(card, Payment.Card)
    assert not isinstance(card, Payment.Cash)
    with pytest.raises(TypeError):
        Payment.Card()
    with pytest.raises(TypeError):
        Payment("cash")
    with pytest.raises(AttributeError):
        card.number = "0000"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: Payment.Cash(), [0, 0]),
        (lambda: Payment.Card("4242"), [99, 0]),
        (lambda: Payment.Card("4242", credit=True), [199, 1]),
        (lambda: Payment.Transfer("CH93"), [25, 25]),
    ],
    ids=["cash", "card", "credit", "transfer"],
)
def test_the_bank_takes_a_fee(make, expected):
    assert [fee(make(), 9999), fee(make(), 50)] == expected


def test_a_line_is_read():
    assert isinstance(read("cash"), Payment.Cash)
    card, credit, transfer = read("card 4242"), read("credit 0815"), read("transfer CH93 0076")
    assert isinstance(card, Payment.Card) and isinstance(credit, Payment.Card)
    assert (card.number, card.credit) == ("4242", False)
    assert (credit.number, credit.credit) == ("0815", True)
    assert isinstance(transfer, Payment.Transfer) and transfer.iban == "CH93 0076"
    for line in ("", "gold", "card", "card ", "cash 5", "CASH", "transfer", "transfer "):
        assert read(line) is None


def test_a_shop_writes_receipts():
    from sample import receipt

    assert receipt(enums.read("cash")) == "paid in cash"
    assert receipt(Payment.Card("4242424242424243", credit=True)) == "credit card 4243"
    assert receipt(enums.read("card 987654")) == "card 7654"
    assert receipt(Payment.Transfer("CH93")) == "transfer from CH93"


def test_a_shop_keeps_an_overview():
    from sample import overview, settle

    states = settle([State.SENT, State.PAID, State.OPEN, State.OPEN])
    assert states == [State.SENT, State.SENT, State.OPEN, State.OPEN]
    assert list(overview(states).items()) == [(State.OPEN, 2), (State.SENT, 2)]
