import pytest
from calling_the_parent import Employee, Manager, Partner

from sample import Courier, payroll


def test_a_manager_gets_a_bonus_on_top():
    manager = Manager("Ada", 100, 7)
    assert manager.pay(0) == 7
    assert manager.pay(40) == 4007
    assert Manager("Ben", 55, 0).pay(2) == 110


def test_a_raise_changes_both_parts():
    manager = Manager("Ada", 1050, 99)
    manager.raise_rate()
    assert (manager.rate, manager.bonus) == (1060, 108)
    manager.raise_rate()
    assert (manager.rate, manager.bonus) == (1070, 118)
    partner = Partner("Eve", 200, 50, 10)
    partner.raise_rate()
    assert (partner.rate, partner.bonus, partner.percent) == (202, 55, 10)


def test_a_partner_gets_a_share_of_a_managers_pay():
    assert Partner("Eve", 100, 50, 10).pay(10) == 1155
    assert Partner("Eve", 0, 99, 50).pay(1) == 148
    assert Partner("Eve", 100, 50, 0).pay(10) == 1050


def test_the_parents_method_can_be_reached():
    partner = Partner("Eve", 100, 50, 10)
    assert Employee.pay(partner, 10) == 1000
    assert Manager.pay(partner, 10) == 1050
    assert partner.pay(10) == 1155


def test_a_payslip_says_what_the_class_pays():
    assert Employee("Ada", 100).payslip(40) == "Ada: 4000"
    assert Manager("Ben", 100, 7).payslip(40) == "Ben: 4007"
    assert Partner("Eve", 100, 50, 10).payslip(10) == "Eve: 1155"


def test_a_class_in_python_can_override():
    class Volunteer(Manager):
        def pay(self, hours):
            return 0

    assert Volunteer("Zoe", 100, 7).payslip(40) == "Zoe: 0"

    class Generous(Manager):
        def pay(self, hours):
            self.raise_rate()
            return super().pay(hours)

    generous = Generous("Kim", 100, 10)
    assert generous.payslip(1) == "Kim: 112"
    assert generous.payslip(1) == "Kim: 114"


def test_exceptions_pass_through():
    class Broken(Employee):
        def pay(self, hours):
            raise LookupError("no contract")

    class Odd(Employee):
        def pay(self, hours):
            return "a lot"

    assert Employee("Ada", 1).payslip(1) == "Ada: 1"
    with pytest.raises(LookupError):
        Broken("Ada", 1).payslip(1)
    with pytest.raises(TypeError):
        Odd("Ada", 1).payslip(1)


def test_a_company_pays():
    courier = Courier("Jo", 100)
    courier.deliveries = 4
    staff = [Employee("Ada", 100), Manager("Ben", 100, 7), courier]
    assert payroll(staff, 10) == "Ada: 1000\nBen: 1007\nJo: 2000\ntotal: 4007"
