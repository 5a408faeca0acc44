"""The orders of a shop."""

from collections import Counter

from enums import Payment, State, next_state

__all__ = ["overview", "receipt", "settle"]


def receipt(payment: Payment) -> str:
    """What the customer reads."""
    match payment:
        case Payment.Cash():
            return "paid in cash"
        case Payment.Card(number=number, credit=True):
            return f"credit card {number[-4:]}"
        case Payment.Card(number=number):
            return f"card {number[-4:]}"
        case Payment.Transfer(iban=iban):
            return f"transfer from {iban}"
    raise TypeError(payment)


def settle(states: list[State]) -> list[State]:
    """Advances the orders that are already paid."""
    return [next_state(state) if state == State.PAID else state for state in states]


def overview(states: list[State]) -> dict[State, int]:
    """How many orders each state has, earliest state first."""
    return dict(sorted(Counter(states).items()))
