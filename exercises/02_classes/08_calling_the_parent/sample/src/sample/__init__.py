"""The payroll of a company, with a kind of employee defined in Python."""

from calling_the_parent import Employee

__all__ = ["Courier", "payroll"]


class Courier(Employee):
    """Is paid by the hour and for each delivery."""

    def __init__(self, name: str, rate: int) -> None:
        self.deliveries = 0

    def pay(self, hours: int) -> int:
        return super().pay(hours) + 250 * self.deliveries


def payroll(staff: list[Employee], hours: int) -> str:
    """A line for each employee, and the total."""
    lines = [person.payslip(hours) for person in staff]
    return "\n".join([*lines, f"total: {sum(person.pay(hours) for person in staff)}"])
