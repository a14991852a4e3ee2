"""Columns of amounts in minor units, by row, and what they say together; None is a blank cell."""

from collections.abc import Iterable, Sequence

Minor = list[int | None]


def sums(lists: Sequence[Minor]) -> Minor:
    """The sum of each row over several columns; None where all are blank."""
    return [
        None if all(value is None for value in row) else sum(value or 0 for value in row)
        for row in zip(*lists, strict=True)
    ]


def plus(left: int | None, right: int | None) -> int | None:
    """A sum whose second part may be blank."""
    return None if left is None else left + (right or 0)


def all_negative(values: Minor, items: Iterable[int]) -> bool:
    """Whether a column writes all its amounts, and at least one, below zero."""
    signs = {value > 0 for i in items if (value := values[i])}
    return signs == {False}


def balanced(debit: Minor, credit: Minor, items: Iterable[int]) -> Minor:
    """Debit less credit; a credit column that writes its amounts negative is added."""
    sign = 1 if all_negative(credit, items) else -1
    return [
        None if plus is None and minus is None else (plus or 0) + sign * (minus or 0)
        for plus, minus in zip(debit, credit, strict=True)
    ]


def before_payments(amount: Minor, outstanding: Minor, paid: Minor, items: Iterable[int]) -> bool:
    """Whether what is called open is what was due before any payment: the amount itself wherever something is paid."""
    rows = [i for i in items if paid[i]]
    return bool(rows) and all(outstanding[i] == amount[i] and (paid[i] or 0) <= (amount[i] or 0) for i in rows)
