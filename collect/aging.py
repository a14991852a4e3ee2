"""Aging: how old what is owed is, in buckets that partition it and foot to the ledger.

Days overdue = as-of minus due date; due today is not overdue. Buckets are inclusive at both ends, the last is
open-ended. Part payments and plans never move the age of the rest. Credits and unapplied money stand in a column of
their own, never silently netted. (Loan classification counts days another way, with the due date itself as day 1:
`policy_classes.day_count`, never used for buckets.)
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from collect.dates import days_overdue

NOT_DUE = "not_due"


class Buckets(NamedTuple):
    """Aging buckets by their last days: (30, 60, 90) means not due, 1-30, 31-60, 61-90, 91 and more."""

    edges: tuple[int, ...] = (30, 60, 90)

    @property
    def keys(self) -> tuple[str, ...]:
        """Names for machines: not_due, d1_30, d31_60, d61_90, d91_up."""
        starts = self._starts()
        ranges = [f"d{start}_{edge}" for start, edge in zip(starts, self.edges, strict=False)]
        return (NOT_DUE, *ranges, f"d{starts[-1]}_up")

    @property
    def labels(self) -> tuple[str, ...]:
        """Names for people: not due, 1-30, 31-60, 61-90, 91+."""
        starts = self._starts()
        ranges = [f"{start}-{edge}" for start, edge in zip(starts, self.edges, strict=False)]
        return ("not due", *ranges, f"{starts[-1]}+")

    def place(self, days: int) -> int:
        """Which bucket that many days overdue fall in; 0 is not due."""
        if days <= 0:
            return 0
        return 1 + sum(days > edge for edge in self.edges)

    def first_days(self, as_of: date) -> tuple[date, ...]:
        """Oldest date of each bucket but the last, which is what a query compares with.

        A due date on or after the k-th of them, and before the one before it, falls in bucket k.
        """
        since_year_one = as_of.toordinal() - 1
        return (as_of, *(as_of - timedelta(days=min(edge, since_year_one)) for edge in self.edges))

    def _starts(self) -> tuple[int, ...]:
        return (1, *(edge + 1 for edge in self.edges))


class OpenLine(NamedTuple):
    """One open item or credit as aging sees it: debt positive on items, credits negative; minor units."""

    currency: str
    aged_on: date
    open_minor: int
    is_credit: bool = False


class Aged(NamedTuple):
    """Amounts of one group in one currency, in minor units; `buckets` and `counts` in the order of `Buckets.keys`."""

    currency: str
    buckets: tuple[int, ...]
    counts: tuple[int, ...]
    unapplied: int

    @property
    def total(self) -> int:
        """Not due + buckets + unapplied."""
        return sum(self.buckets) + self.unapplied

    @property
    def items(self) -> int:
        """How many open items there are."""
        return sum(self.counts)


class Proof(NamedTuple):
    """The report's total against the ledger's, per currency in minor units: it holds or the report is wrong."""

    postings: int
    report: int

    @property
    def ok(self) -> bool:
        """Whether they agree to the last minor unit."""
        return self.postings == self.report


def age(lines: Iterable[OpenLine], as_of: date, buckets: Buckets, *, net: bool = False) -> dict[str, Aged]:
    """Age open items and credits, one result per currency; with `net` credits fall into buckets by their own date."""
    sums: dict[str, list[int]] = {}
    counts: dict[str, list[int]] = {}
    unapplied: dict[str, int] = {}
    for line in lines:
        amounts = sums.setdefault(line.currency, [0] * len(buckets.keys))
        tally = counts.setdefault(line.currency, [0] * len(buckets.keys))
        at = buckets.place(days_overdue(line.aged_on, as_of))
        if line.is_credit and not net:
            unapplied[line.currency] = unapplied.get(line.currency, 0) + line.open_minor
        else:
            amounts[at] += line.open_minor
        tally[at] += not line.is_credit
    return {
        currency: Aged(currency, tuple(amounts), tuple(counts[currency]), unapplied.get(currency, 0))
        for currency, amounts in sorted(sums.items())
    }


def prove(postings: Mapping[str, int], report: Mapping[str, int]) -> dict[str, Proof]:
    """Compare the ledger's totals with the report's, in every currency that either has."""
    currencies = sorted(key for key in postings.keys() | report.keys() if postings.get(key) or report.get(key))
    return {currency: Proof(postings.get(currency, 0), report.get(currency, 0)) for currency in currencies}


def holds(proofs: Mapping[str, Proof]) -> bool:
    """Whether every currency's proof holds."""
    return all(proof.ok for proof in proofs.values())
