import pytest
from methods import Account

from sample import Bank


def movements(account):
    found = []
    account.each(found.append)
    return found


def test_money_is_deposited():
    account = Account()
    assert account.balance() == 0
    assert account.deposit(250) == 250
    assert account.deposit(4_000_000_000) == 4_000_000_250
    assert account.balance() == 4_000_000_250
    assert Account().balance() == 0


def test_money_is_withdrawn():
    account = Account()
    account.deposit(250)
    assert account.withdraw(100) == 150
    assert account.withdraw(150) == 0
    assert account.balance() == 0


def test_there_is_no_debt():
    account = Account()
    account.deposit(250)
    for _ in range(2):
        with pytest.raises(ValueError):
            account.withdraw(251)
    assert account.balance() == 250
    assert movements(account) == [250]


def test_money_moves_to_another_account():
    a, b = Account(), Account()
    a.deposit(300)
    assert a.transfer(b, 200) == 100
    assert (a.balance(), b.balance()) == (100, 200)
    assert b.transfer(a, 50) == 150
    assert movements(a) == [300, -200, 50]
    assert movements(b) == [200, -50]
    with pytest.raises(ValueError):
        a.transfer(b, 151)
    assert (a.balance(), b.balance()) == (150, 150)
    with pytest.raises(TypeError):
        a.transfer("b", 1)


def test_money_moves_to_the_same_account():
    account = Account()
    account.deposit(300)
    assert account.transfer(account, 200) == 300
    assert movements(account) == [300, -200, 200]
    with pytest.raises(ValueError):
        account.transfer(account, 301)
    assert account.balance() == 300


def test_each_movement_is_visited():
    account = Account()
    assert movements(account) == []
    account.deposit(5)
    account.withdraw(2)
    assert movements(account) == [5, -2]
    with pytest.raises(ZeroDivisionError):
        account.each(lambda cents: 1 / 0)


def test_a_visit_may_use_the_account():
    account = Account()
    account.deposit(5)
    account.deposit(7)
    seen = []
    account.each(lambda cents: seen.append((cents, account.balance())))
    assert seen == [(5, 12), (7, 12)]
    account.each(account.deposit)
    assert account.balance() == 24
    assert movements(account) == [5, 7, 5, 7]


def test_a_chain_of_calls():
    account = Account()
    assert account.deposit_all([1, 2, 3]) is account
    assert account.deposit_all([4]).deposit_all([]).balance() == 10
    assert movements(account) == [1, 2, 3, 4]


def test_a_bank():
    bank = Bank(ada=1000, ben=500)
    assert bank.pay("ada", "ben", 400)
    assert not bank.pay("ada", "ben", 601)
    assert bank.pay("ada", "ada", 600)
    assert bank.accounts["ada"].balance() == 600
    assert bank.accounts["ben"].balance() == 900
    bank.reverse("ben")
    assert bank.accounts["ben"].balance() == 0
