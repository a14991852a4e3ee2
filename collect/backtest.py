"""How well an order of accounts, made before a day, foretells who pays late after it.

Two measures. AUC: the chance that an item that was paid late stood before one that was not (ties count half), exact by
ranks. Coverage: the share of late money that stood in the first 20 % of the accounts.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby
from typing import NamedTuple

from collect import risk
from collect.risk import Conduct, Known, Record, Weights

FIRST_PERCENT = 20


class Outcome(NamedTuple):
    """One item dated on or after the split: was it settled after its due day, or is it unpaid past it."""

    account_id: int
    document_on: str
    amount_minor: int
    late: bool


class Result(NamedTuple):
    """How one order did: AUC over items, and the share of late money in its first accounts."""

    order: str
    auc: Fraction
    coverage: Fraction


class Split(NamedTuple):
    """What was known before the split, and what came after; amounts in one currency.

    `billed` is what each account was billed before, `oldest` the age in days of its oldest open item.
    """

    records: Mapping[int, Record]
    conducts: Mapping[int, Conduct]
    billed: Mapping[int, int]
    oldest: Mapping[int, int]
    outcomes: Sequence[Outcome]


def outcomes(known: Iterable[Known], split: date, today: date, currency: str) -> list[Outcome]:
    """Items dated on or after the split whose outcome is known: settled, or past due, at the end of `today`."""
    first, last = split.isoformat(), today.isoformat()
    return [
        Outcome(account_id, document_on, amount, settled_on > due_on or not settled_on)
        for account_id, code, document_on, due_on, settled_on, amount, _, _ in known
        if code == currency and document_on >= first and (settled_on or due_on < last)
    ]


def auc(pairs: Iterable[tuple[float, bool]]) -> Fraction:
    """Chance that a late item scored higher than one in time, ties counted half; 1/2 where there is only one kind."""
    ranked = sorted(pairs)
    late = sum(label for _, label in ranked)
    timely = len(ranked) - late
    if not late or not timely:
        return Fraction(1, 2)
    twice = 0  # twice the pairs won
    below = 0
    for _, tied in groupby(ranked, key=lambda pair: pair[0]):
        labels = [label for _, label in tied]
        here = sum(labels)
        twice += here * (2 * below + len(labels) - here)
        below += len(labels) - here
    return Fraction(twice, 2 * late * timely)


def coverage(scores: Mapping[int, float], late_minor: Mapping[int, int], percent: int = FIRST_PERCENT) -> Fraction:
    """Share of late money in the first so many per cent of the accounts, highest score first.

    At least one account; of accounts tied at the edge, each counts with its share of the places left.
    """
    total = sum(late_minor.values())
    if not total or not scores:
        return Fraction(0)
    places = max(1, len(scores) * percent // 100)
    found = Fraction(0)
    for _, tied in groupby(sorted(scores, key=lambda one: -scores[one]), key=lambda one: scores[one]):
        accounts = list(tied)
        taken = min(places, len(accounts))
        found += Fraction(sum(late_minor.get(one, 0) for one in accounts) * taken, len(accounts))
        places -= taken
    return found / total


def split(
    before: Iterable[Known], after: Sequence[Outcome], on: date, conducts: Mapping[int, Conduct], currency: str
) -> Split:
    """Put together what was known at the end of the day before the split `on`, and what came after."""
    known = list(before)
    known_on = on - timedelta(days=1)
    billed: dict[int, int] = defaultdict(int)
    oldest: dict[int, int] = defaultdict(int)
    for account_id, code, document_on, _, settled_on, amount, _, _ in known:
        if code == currency:
            billed[account_id] += amount
        if not settled_on:
            oldest[account_id] = max(oldest[account_id], (known_on - date.fromisoformat(document_on)).days)
    return Split(risk.records(known, known_on), conducts, billed, oldest, after)


def compare(one: Split, weights: Mapping[str, Weights]) -> list[Result]:
    """Measure the score under each set of weights, then plain share, amount, age, chance and perfect foresight.

    Amount and age rank each item by its own; for the first accounts by what they were billed, and their oldest open.
    """
    everyone = one.records.keys() | {item.account_id for item in one.outcomes}
    late_minor: dict[int, int] = dict.fromkeys(everyone, 0)
    for item in one.outcomes:
        if item.late:
            late_minor[item.account_id] += item.amount_minor
    orders = {
        name: {
            each: risk.score(_record(one, each), one.conducts.get(each, risk.NO_CONDUCT), given) for each in everyone
        }
        for name, given in weights.items()
    }
    share = {each: risk.plain_share(_record(one, each).settled, _record(one, each).settled_late) for each in everyone}
    orders["late share"] = share
    orders["late share x billed"] = {each: share[each] * one.billed.get(each, 0) for each in everyone}
    found = [
        Result(name, auc((scores[item.account_id], item.late) for item in one.outcomes), coverage(scores, late_minor))
        for name, scores in orders.items()
    ]
    by_amount = auc((item.amount_minor, item.late) for item in one.outcomes)
    by_age = auc((-date.fromisoformat(item.document_on).toordinal(), item.late) for item in one.outcomes)
    return [
        *found,
        Result("amount", by_amount, coverage({each: one.billed.get(each, 0) for each in everyone}, late_minor)),
        Result("age", by_age, coverage({each: one.oldest.get(each, 0) for each in everyone}, late_minor)),
        Result("chance", Fraction(1, 2), Fraction(FIRST_PERCENT, 100)),
        Result("foresight", Fraction(1), coverage(late_minor, late_minor)),
    ]


def _record(one: Split, account_id: int) -> Record:
    return one.records.get(account_id, risk.NO_RECORD)
