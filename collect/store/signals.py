"""What calls for work on an account whatever it owes, and what holds it back, set-based for all accounts at once."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collect.book import Book, instant
from collect.queue import FIRST_REMINDER_DAYS, LeftAlone, Signal
from collect.store import deadlines, held, planned, standing
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf

if TYPE_CHECKING:
    from collect.planqueue import Place

BOUNCED_DAYS = 30
"""Days for which a bounced payment puts its account first."""
URGENT = frozenset(("bounced", "broken plan", "clock"))
"""Signals for which an account is taken up though it would be left alone."""


class Day(NamedTuple):
    """What the day asks for: what calls for work, and who is left alone and why, by account id."""

    calls: list[Signal]
    left_alone: dict[int, LeftAlone]
    reminded: frozenset[int]
    """Accounts contacted in the days in which a first reminder is due."""
    agreed: dict[int, str]
    """How their promise or plan stands, in words."""


def of_day(book: Book, as_of: AsOf) -> Day:
    """Gather what puts accounts forward and what holds them back.

    What is urgent is not held back, except by a rule of conduct; the law's own clocks are not held back even by that.
    """
    places, promised = planned.places(book, as_of.day), standing.promised(book)
    promises = _promises(book, as_of, promised)
    calls = [*_bounced(book, as_of), *deadlines.clocks(book, as_of), *_plans(places), *promises]
    calls += [*_disputes(book, as_of), *_followups(book, as_of)]
    urgent, running = ({one.account_id for one in calls if one.term in terms} for terms in (URGENT, ("clock",)))
    quiet = {account: why for account, why in held.of(book, as_of, places, promised).items() if account not in urgent}
    forbidden = held.forbidden(book, quiet)
    return Day(
        calls,
        {**quiet, **{account: why for account, why in forbidden.items() if account not in running}},
        _reminded(book, as_of),
        {
            **{one.account_id: one.text for one in promises},
            **{account: place.why for account, place in places.items()},
            **{account: f"promised for {day}" for account, day in promised.items()},
        },
    )


def unapplied(book: Book) -> int:
    """How many accounts have money of ours that pays nothing yet."""
    row = book.execute(
        "SELECT COUNT(DISTINCT account_id) FROM credit WHERE open_minor <> 0 AND kind = 'receipt'"
    ).fetchone()
    return int(row[0])


def disputed(book: Book) -> set[int]:
    """Accounts on which something is or was disputed, by us or by the ledger's mark."""
    rows = book.execute(
        "SELECT account_id FROM dispute UNION SELECT account_id FROM item WHERE open_minor <> 0 AND disputed = 1"
    )
    return {account for (account,) in rows}


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


def _promises(book: Book, as_of: AsOf, promised: Mapping[int, str]) -> list[Signal]:
    """Promises not kept; and those whose day is over, while a payment may still come in time."""
    if book.execute("SELECT 1 FROM promise LIMIT 1").fetchone() is None:
        return []
    from collect.store import promises

    broken: dict[int, list[date]] = {}
    late: dict[int, date] = {}
    for one in promises.standings(book, promises.accounts_with(book, as_of.day), as_of.day):
        due_on = one.standing.promise.due_on
        if one.standing.state in {"broken", "partly kept"}:
            broken.setdefault(one.account_id, []).append(due_on)
        elif one.standing.state == "open" and due_on < as_of.day and one.account_id not in promised:
            late[one.account_id] = due_on
    return [
        *(Signal(account, "promise", 1, f"promised for {day}, not there yet") for account, day in late.items()),
        *(
            Signal(account, "broken promise", len(days), _broken(days), max(days).isoformat())
            for account, days in broken.items()
        ),
    ]


def _broken(days: list[date]) -> str:
    return f"promised for {max(days)} and not kept, {len(days)} in all"


def _followups(book: Book, as_of: AsOf) -> list[Signal]:
    """Accounts whose next step is due, by the last contact before now."""
    rows = book.execute(
        "SELECT account_id, next_on FROM standing WHERE next_on <> '' AND next_on <= :day AND at <= :now"
        " UNION ALL SELECT s.account_id, (SELECT c.next_on FROM contact c WHERE c.account_id = s.account_id"
        f" AND c.at <= :now AND {LATEST} ORDER BY c.at DESC, c.id DESC LIMIT 1) FROM standing s WHERE s.at > :now",
        {"day": as_of.day.isoformat(), "now": instant(book.now)},
    )
    day = as_of.day.isoformat()
    return [Signal(account, "follow-up", 1, f"next step was for {on}") for account, on in rows if on and on <= day]


def _reminded(book: Book, as_of: AsOf) -> frozenset[int]:
    """Accounts contacted since the first day on which an item now newly overdue can have fallen due."""
    since = datetime.combine(as_of.day - timedelta(days=FIRST_REMINDER_DAYS), time(0), tzinfo=book.zone)
    rows = book.execute(
        "SELECT DISTINCT c.account_id FROM contact c WHERE c.at >= ? AND c.at <= ? AND c.direction = 'out'"
        f" AND {LATEST}",
        (instant(since), instant(book.now)),
    )
    return frozenset(account for (account,) in rows)


def _disputes(book: Book, as_of: AsOf) -> list[Signal]:
    if book.execute("SELECT 1 FROM dispute LIMIT 1").fetchone() is None:
        return []
    from collect import disputes as states
    from collect.store import disputes

    late = states.past_their_day(disputes.all_of(book, as_of), as_of.day)
    return [Signal(one.account_id, "dispute late", 1, f"an answer was promised for {one.promised_on}") for one in late]
