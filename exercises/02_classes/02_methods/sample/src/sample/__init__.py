"""A bank with many accounts."""

from methods import Account

__all__ = ["Bank"]


class Bank:
    """Keeps accounts by the names of their owners."""

    def __init__(self, **cents: int) -> None:
        self.accounts = {owner: Account().deposit_all([amount]) for owner, amount in cents.items()}

    def pay(self, payer: str, payee: str, cents: int) -> bool:
        """Whether there was enough."""
        try:
            self.accounts[payer].transfer(self.accounts[payee], cents)
        except ValueError:
            return False
        return True

    def reverse(self, owner: str) -> None:
        """Reverses all movements, each with a movement of its own."""
        account = self.accounts[owner]

        def undo(cents: int) -> None:
            account.withdraw(cents) if cents > 0 else account.deposit(-cents)

        account.each(undo)
