"""Risk: how likely an account is to pay late, as a sum of reasons from its own history; no black box.

Each reason is a fact of the account (`measures`) times a weight of the settings; the sum orders accounts, it is no
probability. Nothing later than the day enters: an item counts as late or not once it was settled or its due day had
passed by then. How well it ranks is measured by `collect report backtest`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

# One early bird or one lost bill does not decide: days late count from 30 early to 60 late.
EARLIEST_DAYS = -30
LATEST_DAYS = 60
RECENT_ITEMS = 5
OLDEST_DAYS = 180
LONGEST_SILENCE_DAYS = 90
MOST_COUNTED = 4
"""Broken promises and bounces beyond this many add nothing."""


class Known(NamedTuple):
    """One item as it was known at the end of a day; days are ISO text, `settled_on` empty while something is open.

    `disputed` is 1 where the ledger marks it, 2 where a dispute had been opened by then.
    """

    account_id: int
    currency: str
    document_on: str
    due_on: str
    settled_on: str
    amount_minor: int
    open_minor: int
    disputed: int = 0


class Conduct(NamedTuple):
    """What an account did besides paying, up to the day; `silent_days` None where it never was in contact.

    `limit_minor` holds its credit limits by currency, none where none is set.
    """

    broken: int = 0
    bounced: int = 0
    silent_days: int | None = None
    limit_minor: Mapping[str, int] = {}


NO_CONDUCT = Conduct()


class Record(NamedTuple):
    """The payment history of one account as of a day: counts and days, and what is open by currency.

    `judged` items were settled or past due, `late` of them late; `days` is the sum of their days late, early ones
    negative, and `recent_days` of the last `recent`. `oldest_days` is how long the oldest open item is overdue. A mark
    of the ledger has no day of its own, so only that of a settled item counts as `disputed`: it came before that.
    """

    judged: int = 0
    late: int = 0
    days: int = 0
    recent: int = 0
    recent_days: int = 0
    oldest_days: int = 0
    items: int = 0
    disputed: int = 0
    settled: int = 0
    settled_late: int = 0
    open_minor: Mapping[str, int] = {}


NO_RECORD = Record()


class Weights(NamedTuple):
    """Points per unit of each measure: the settings that begin with `risk.`.

    Round numbers by judgement, not fitted: `late` for a share of late items of 1, `days` and `trend` per 10 days,
    `broken` and `bounced` each, `exposure` for a limit that is wholly used, `age` and `silence` per 30 days,
    `disputed` for a share of disputed items of 1.
    """

    late: float = 40.0
    days: float = 20.0
    trend: float = 5.0
    broken: float = 5.0
    bounced: float = 10.0
    exposure: float = 5.0
    age: float = 2.0
    silence: float = 2.0
    disputed: float = 5.0


DEFAULTS = Weights()


class Reason(NamedTuple):
    """One part of a score: its name, its points, and the fact behind it in words."""

    term: str
    points: float
    text: str


def records(known: Iterable[Known], on: date) -> dict[int, Record]:
    """Return the payment history of each account from the items known at the end of a day.

    They may be bare tuples in the order of `Known`: there may be a hundred thousand.
    """
    by_account: dict[int, list[Known]] = defaultdict(list)
    for row in known:
        by_account[row[0]].append(row)
    days = _Days(on)
    return {account_id: _record(items, days) for account_id, items in by_account.items()}


class _Days(dict[str, int]):
    """Days from a fixed day, by ISO text; remembered, for a book has few days and many items."""

    def __init__(self, on: date) -> None:
        """Count from the day on which things are looked at."""
        super().__init__()
        self.on = on

    def __missing__(self, text: str) -> int:
        """Count once per text; an empty one is the day itself: what is open has lasted until then."""
        number = self[text] = (date.fromisoformat(text) - self.on).days if text else 0
        return number


def _record(items: list[Known], days: _Days) -> Record:
    items.sort(key=lambda row: (row[2], row[3]))
    lates = []
    open_minor: dict[str, int] = defaultdict(int)
    oldest = disputed = settled_late = 0
    for _, currency, _, due_on, settled_on, _, left, marked in items:
        due = days[due_on]
        if settled_on or due < 0:
            lates.append(days[settled_on] - due)
        disputed += marked > 1 or bool(marked and settled_on)
        if settled_on:
            settled_late += lates[-1] > 0
        else:
            oldest = max(oldest, -due)
            open_minor[currency] += left
    counted = [min(max(late, EARLIEST_DAYS), LATEST_DAYS) for late in lates]
    recent = counted[-RECENT_ITEMS:]
    return Record(
        judged=len(lates),
        late=sum(late > 0 for late in lates),
        days=sum(counted),
        recent=len(recent),
        recent_days=sum(recent),
        oldest_days=oldest,
        items=len(items),
        disputed=disputed,
        settled=sum(1 for row in items if row[4]),
        settled_late=settled_late,
        open_minor=open_minor,
    )


def plain_share(settled: int, late: int) -> float:
    """Share of late items, smoothed towards one half: (late + 1) / (settled + 2). The yardstick of the score."""
    return (late + 1) / (settled + 2)


def measures(record: Record, conduct: Conduct = NO_CONDUCT) -> tuple[float, ...]:
    """Return the facts that the weights multiply, in the order of `Weights`.

    Averages are smoothed by two items that are on time to the day, so that a short history says little.
    """
    mean = record.days / (record.judged + 2)
    trend = record.recent_days / record.recent - record.days / record.judged if record.recent else 0.0
    used = [record.open_minor.get(code, 0) / limit for code, limit in conduct.limit_minor.items()]
    silent = min(conduct.silent_days or 0, LONGEST_SILENCE_DAYS) if record.oldest_days else 0
    return (
        plain_share(record.judged, record.late),
        mean / 10,
        trend / 10,
        min(conduct.broken, MOST_COUNTED),
        min(conduct.bounced, MOST_COUNTED),
        min(max(used, default=0.0), 2.0),
        min(record.oldest_days, OLDEST_DAYS) / 30,
        silent / 30,
        record.disputed / (record.items + 2),
    )


def reasons(record: Record, conduct: Conduct = NO_CONDUCT, weights: Weights = DEFAULTS) -> tuple[Reason, ...]:
    """Return the named parts of an account's score; those that give nothing are left out."""
    points = _points(record, conduct, weights)
    mean = record.days / record.judged if record.judged else 0.0
    recent = record.recent_days / record.recent if record.recent else 0.0
    texts = (
        f"{record.late} of {record.judged} items late",
        f"{abs(mean):.1f} days {'after' if mean > 0 else 'before'} the due day on average",
        f"the last {record.recent} items: {recent - mean:+.1f} days against the average",
        f"{conduct.broken} promises broken",
        f"{conduct.bounced} payments bounced",
        "share of the credit limit in use",
        f"oldest open item {record.oldest_days} days overdue",
        f"nothing heard for {conduct.silent_days} days",
        f"{record.disputed} of {record.items} items disputed",
    )
    return tuple(
        Reason(term, given, text) for term, given, text in zip(Weights._fields, points, texts, strict=True) if given
    )


def score(record: Record, conduct: Conduct = NO_CONDUCT, weights: Weights = DEFAULTS) -> float:
    """Sum of the reasons' points, to one decimal; higher is more likely to pay late."""
    return round(sum(_points(record, conduct, weights)), 1)


def _points(record: Record, conduct: Conduct, weights: Weights) -> list[float]:
    return [round(weight * value, 1) for weight, value in zip(weights, measures(record, conduct), strict=True)]
