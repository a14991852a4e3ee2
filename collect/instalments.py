"""Amounts of instalments that sum to the debt exactly, with interest where asked for: flat or declining.

All amounts are whole minor units of one currency; interest is rounded half up to one of them and never bears
interest itself.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, pairwise
from typing import Literal

from collect.errors import WrongUsage

Odd = Literal["first", "last"]
Kind = Literal["flat", "declining"]
DayCount = Literal["actual/365", "actual/360", "30/360"]
Parts = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Instalment:
    """So much by that day, numbered from 1; `interest_minor` is the part of the amount that is interest."""

    no: int
    due_on: date
    amount_minor: int
    interest_minor: int = 0

    @property
    def principal_minor(self) -> int:
        """The part that pays the debt itself."""
        return self.amount_minor - self.interest_minor


@dataclass(frozen=True, slots=True)
class Interest:
    """A yearly rate in percent; "flat" on the whole debt to the last day, "declining" on what is left of it."""

    kind: Kind
    yearly_percent: Decimal
    day_count: DayCount = "actual/365"

    def __post_init__(self) -> None:
        """Raise WrongUsage for a rate below nothing."""
        if self.yearly_percent < 0:
            raise WrongUsage(
                f"an interest rate below nothing: {self.yearly_percent}", "give percent a year, such as 12"
            )

    @property
    def formula(self) -> str:
        """How it is reckoned, in words to print under a schedule."""
        base, days = ("debt", "days to the last instalment") if self.kind == "flat" else ("what is left", "days")
        return f"{base} x {self.yearly_percent} % x {days} ({self.day_count}) / {self._year}"

    @property
    def _year(self) -> int:
        return 365 if self.day_count == "actual/365" else 360

    def minor(self, balance_minor: int, from_on: date, to_on: date) -> int:
        """Interest on a balance from one day to another, rounded half up."""
        over, under = self.yearly_percent.as_integer_ratio()
        amount = balance_minor * over * self._days(from_on, to_on)
        whole = under * 100 * self._year
        return (2 * amount + whole) // (2 * whole)

    def _days(self, from_on: date, to_on: date) -> int:
        if self.day_count != "30/360":
            return (to_on - from_on).days
        months = (to_on.year - from_on.year) * 12 + to_on.month - from_on.month
        return months * 30 + min(to_on.day, 30) - min(from_on.day, 30)


def split(debt_minor: int, number: int, odd: Odd = "last") -> tuple[int, ...]:
    """Equal parts that sum to the debt; the odd minor units go to the first or the last of them.

    Raises WrongUsage when a part would be nothing.
    """
    if not 1 <= number <= debt_minor:
        raise WrongUsage(
            f"not a number of instalments for this debt: {number:,}",
            f"1 to {debt_minor:,}: each must be at least the smallest coin",
        )
    part_minor, odd_minor = divmod(debt_minor, number)
    parts = [part_minor] * number
    parts[0 if odd == "first" else -1] += odd_minor
    return tuple(parts)


def numbered(due: Iterable[date], parts: Iterable[tuple[int, int]]) -> tuple[Instalment, ...]:
    """Instalments of those (amount, interest) pairs on the first of those days."""
    lines = zip(due, parts, strict=False)
    return tuple(Instalment(no, day, minor, interest) for no, (day, (minor, interest)) in enumerate(lines, 1))


def equal(debt_minor: int, due: Sequence[date], from_on: date, interest: Interest | None, odd: Odd = "last") -> Parts:
    """Equal instalments on those days as (amount, interest in it); the odd minor units go where `odd` says.

    With declining interest they go to the last, and are as few as can be. Raises WrongUsage as `split` does.
    """
    parts = split(debt_minor, len(due), odd)
    if interest is None:
        return tuple((minor, 0) for minor in parts)
    most_minor = debt_minor + interest.minor(debt_minor, from_on, due[-1])
    if interest.kind == "flat":
        return _shared(split(most_minor, len(due), odd), most_minor - debt_minor)
    tried = _level(debt_minor, most_minor, due, from_on, interest)
    return min(tried, key=lambda parts: abs(parts[-1][0] - parts[0][0]))


def stepped(debt_minor: int, each_minor: int, due: Sequence[date], from_on: date, interest: Interest | None) -> Parts:
    """Instalments of `each_minor`, the last of what is left, on as many of those days as that takes.

    Raises WrongUsage when it takes more than all of them, or is never paid off.
    """
    parts: Parts = ()
    if interest is not None and interest.kind == "declining":
        parts = _declining(debt_minor, each_minor, due, from_on, interest)
    else:
        totals = (debt_minor + (interest.minor(debt_minor, from_on, day) if interest else 0) for day in due)
        for no, total_minor in enumerate(totals, 1):
            if total_minor <= each_minor * no:
                last_minor = total_minor - each_minor * (no - 1)
                parts = _shared([*[each_minor] * (no - 1), last_minor], total_minor - debt_minor)
                break
    if not parts or parts[-1][0] > each_minor:
        raise WrongUsage(f"instalments that do not pay the debt off: {len(due):,}", "agree on a larger amount")
    return parts


def _shared(amounts: Sequence[int], interest_minor: int) -> Parts:
    """The interest spread over the amounts in proportion, exact in sum."""
    total_minor = sum(amounts)
    reached = [interest_minor * upto // total_minor for upto in accumulate(amounts, initial=0)]
    shares = [later - earlier for earlier, later in pairwise(reached)]
    return tuple(zip(amounts, shares, strict=True))


def _level(debt_minor: int, most_minor: int, due: Sequence[date], from_on: date, interest: Interest) -> list[Parts]:
    """The largest equal instalment that leaves no less for the last day, and one minor unit more where that lasts."""
    least_minor = 1
    while least_minor < most_minor:
        middle_minor = (least_minor + most_minor + 1) // 2
        parts = _declining(debt_minor, middle_minor, due, from_on, interest)
        if len(parts) == len(due) and parts[-1][0] >= middle_minor:
            least_minor = middle_minor
        else:
            most_minor = middle_minor - 1
    tried = [_declining(debt_minor, minor, due, from_on, interest) for minor in (least_minor, least_minor + 1)]
    return [parts for parts in tried if len(parts) == len(due)]


def _declining(debt_minor: int, each_minor: int, due: Sequence[date], from_on: date, interest: Interest) -> Parts:
    """Pay `each_minor` a time, interest first, and all that is left on the last day, or earlier when that is less."""
    parts: list[tuple[int, int]] = []
    left_minor, accrued_minor = debt_minor, 0
    for no, day in enumerate(due, 1):
        accrued_minor += interest.minor(left_minor, from_on, day)
        whole_minor = left_minor + accrued_minor
        amount_minor = whole_minor if no == len(due) else min(each_minor, whole_minor)
        share_minor = min(accrued_minor, amount_minor)
        parts.append((amount_minor, share_minor))
        accrued_minor -= share_minor
        left_minor -= amount_minor - share_minor
        from_on = day
        if amount_minor == whole_minor:
            return tuple(parts)
    raise AssertionError("the last day pays all that is left")
