"""What calls for work on an account whatever it owes, and what holds it back, set-based for all accounts at once."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from collect import money
from collect.book import Book
from collect.queue import Signal
from collect.store import planned, standing
from collect.store import queue as facts
from collect.store.postings import AsOf

if TYPE_CHECKING:
    from collect.planqueue import Place

BOUNCED_DAYS = 30
"""Days for which a bounced payment puts its account first."""
URGENT = frozenset(("bounced", "broken plan"))
"""Signals for which an account is taken up though something would hold it back."""


class Day(NamedTuple):
    """What the day asks for: what calls for work, and who is left alone and why, by account id."""

    calls: list[Signal]
    left_alone: dict[int, str]


def of_day(book: Book, as_of: AsOf) -> Day:
    """Gather what puts accounts forward and what holds them back; what is urgent is not held back."""
    places = planned.places(book, as_of.day)
    calls = [*_bounced(book, as_of), *_plans(places), *_promises(book, as_of), *_disputes(book, as_of)]
    held = {
        **{account: f"next step on {day}" for account, day in standing.waiting(book).items()},
        **_covered(book, as_of),
        **{account: place.why for account, place in places.items() if place.what == "hold"},
        **{account: f"promised for {day}" for account, day in standing.promised(book).items()},
    }
    urgent = {one.account_id for one in calls if one.term in URGENT}
    return Day(calls, {account: why for account, why in held.items() if account not in urgent})


def unapplied(book: Book) -> int:
    """How many accounts have money of ours that pays nothing yet."""
    row = book.execute(
        "SELECT COUNT(DISTINCT account_id) FROM credit WHERE open_minor <> 0 AND kind = 'receipt'"
    ).fetchone()
    return int(row[0])


def _covered(book: Book, as_of: AsOf) -> dict[int, str]:
    """Accounts with nothing to ask for: what is overdue is disputed, or covered by money not applied yet."""
    some = "SELECT account_id FROM credit WHERE open_minor <> 0 UNION SELECT account_id FROM dispute"
    marked = "SELECT account_id FROM item WHERE open_minor <> 0 AND disputed = 1"
    ids = [account for (account,) in book.execute(f"{some} UNION {marked}")]
    left: dict[int, int] = {}
    why: dict[int, str] = {}
    for account, currency, overdue, _, disputed, credit in facts.overdue(book, as_of, ids):
        left[account] = max(left.get(account, 0), overdue - disputed + credit)
        code = money.shown(-credit, currency)
        why[account] = "all of it disputed" if disputed >= overdue else f"unapplied {currency} {code} covers it"
    return {account: why[account] for account, rest in left.items() if rest <= 0}


def _bounced(book: Book, as_of: AsOf) -> list[Signal]:
    rows = book.execute(
        "SELECT account_id, COUNT(DISTINCT credit_id), MAX(effective_on) FROM posting"
        " WHERE effective_on > ? AND effective_on <= ? AND kind = 'bounce' GROUP BY account_id",
        ((as_of.day - timedelta(days=BOUNCED_DAYS)).isoformat(), as_of.day.isoformat()),
    )
    return [Signal(account, "bounced", count, f"payment bounced on {day}") for account, count, day in rows]


def _plans(places: Mapping[int, "Place"]) -> list[Signal]:
    terms = {"first": "broken plan", "remind": "instalment"}
    return [Signal(account, terms[one.what], 1, one.why) for account, one in places.items() if one.what in terms]


def _promises(book: Book, as_of: AsOf) -> list[Signal]:
    if book.execute("SELECT 1 FROM promise LIMIT 1").fetchone() is None:
        return []
    from collect.store import conducts

    return [
        Signal(account, "broken promise", len(days), f"promised for {max(days)} and not kept, {len(days)} in all")
        for account, days in conducts.broken(book, as_of).items()
    ]


def _disputes(book: Book, as_of: AsOf) -> list[Signal]:
    if book.execute("SELECT 1 FROM dispute LIMIT 1").fetchone() is None:
        return []
    from collect import disputes as states
    from collect.store import disputes

    late = states.past_their_day(disputes.all_of(book, as_of), as_of.day)
    return [Signal(one.account_id, "dispute late", 1, f"an answer was promised for {one.promised_on}") for one in late]
