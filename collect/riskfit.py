"""Weights of the risk score fitted to a book's own history, so that anyone can repeat it and get the same digits.

Logistic regression of "this item was paid late" on the measures of its account, by Newton's method with a ridge of one
(so that a short history moves little). Plain floats on a handful of columns: points are no money.
"""

from collections.abc import Mapping, Sequence
from math import exp
from typing import NamedTuple

from collect import risk
from collect.backtest import Outcome
from collect.risk import Conduct, Record, Weights

MONTHS_BEFORE = (3, 6, 9)
"""The history is looked at from so many months before the split; what followed each, up to the split, is learned."""
POINTS = 10
"""Points for a factor of e in the odds of paying late."""
_RIDGE = 1.0
_ROUNDS = 50
_CLOSE = 1e-9

Matrix = list[list[float]]


class Lesson(NamedTuple):
    """One account seen on one day: its measures then, and how many of its later items there were, late and all."""

    measures: tuple[float, ...]
    late: int
    items: int


def lessons(
    records: Mapping[int, Record], conducts: Mapping[int, Conduct], outcomes: Sequence[Outcome]
) -> list[Lesson]:
    """What each account teaches: its measures on a day, and what became of its items after it."""
    late: dict[int, int] = {}
    items: dict[int, int] = {}
    for one in outcomes:
        items[one.account_id] = items.get(one.account_id, 0) + 1
        late[one.account_id] = late.get(one.account_id, 0) + one.late
    return [
        Lesson(risk.measures(records[key], conducts.get(key, risk.NO_CONDUCT)), late[key], count)
        for key, count in sorted(items.items())
        if key in records
    ]


def fit(learned: Sequence[Lesson]) -> Weights:
    """Weights in points, to one decimal; a measure that the history never showed keeps its default weight."""
    size = len(risk.DEFAULTS) + 1
    found = [0.0] * size
    for _ in range(_ROUNDS):
        slope, curve = _derivatives(found, learned)
        step = _solved(curve, slope)
        found = [one + by for one, by in zip(found, step, strict=True)]
        if max(map(abs, step)) < _CLOSE:
            break
    seen = [any(one.measures[at] for one in learned) for at in range(size - 1)]
    return Weights(
        *(
            round(POINTS * weight, 1) if shown else default
            for weight, shown, default in zip(found[1:], seen, risk.DEFAULTS, strict=True)
        )
    )


def _derivatives(found: list[float], learned: Sequence[Lesson]) -> tuple[list[float], Matrix]:
    """First and second derivatives of the penalised likelihood; the constant is not penalised."""
    size = len(found)
    ridge = [1e-6, *([_RIDGE] * (size - 1))]
    slope = [-ridge[at] * found[at] for at in range(size)]
    curve = [[ridge[at] if at == other else 0.0 for other in range(size)] for at in range(size)]
    for one in learned:
        row = (1.0, *one.measures)
        log_odds = sum(weight * value for weight, value in zip(found, row, strict=True))
        chance = 1 / (1 + exp(-max(-30.0, min(30.0, log_odds))))
        surprise, spread = one.late - one.items * chance, one.items * chance * (1 - chance)
        for at, value in enumerate(row):
            slope[at] += surprise * value
            for other in range(size):
                curve[at][other] += spread * value * row[other]
    return slope, curve


def _solved(curve: Matrix, slope: list[float]) -> list[float]:
    """Solve the linear equations by elimination; the matrix is positive definite, so no pivot is zero."""
    rows = [[*row, value] for row, value in zip(curve, slope, strict=True)]
    size = len(rows)
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            rows[below] = [one - factor * other for one, other in zip(rows[below], rows[at], strict=True)]
    found = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][other] * found[other] for other in range(at + 1, size))
        found[at] = (rows[at][size] - known) / rows[at][at]
    return found
