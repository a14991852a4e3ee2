"""What a morning begins with: what is due today besides the queue, and what came of the day before."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from collect.book import Book, end_of, instant
from collect.cheques import state
from collect.morning import MOST, Task
from collect.store import cheques, contacts, deadlines, planned, promises, queue, receipts
from collect.store.contacts import Wanted
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf
from collect.store.signals import Day

_WHILE_OWING = {
    "bounced": "bounced payment",
    "broken plan": "broken plan",
    "broken promise": "broken promise",
}
_ALWAYS = {"clock": "legal clock", "dispute late": "dispute past its day"}
"""Signals of the queue that are a task: while something is overdue, or whatever is."""


class Result(NamedTuple):
    """What came of a day in one currency, in minor units; contacts and promises are those of the whole book."""

    currency: str
    received: int
    receipts: int


class Yesterday(NamedTuple):
    """What came of the day before: money by currency, contacts made, promises given."""

    day: date
    money: list[Result]
    contacts: int
    promises: int


def tasks(book: Book, as_of: AsOf, day: Day) -> list[Task]:
    """Everything to see to today, as it stands on that day."""
    owing = {account for account, *_ in queue.overdue(book, as_of, {one.account_id for one in day.calls})}
    found = []
    for one in day.calls:
        kind = _ALWAYS.get(one.term) or (_WHILE_OWING.get(one.term) if one.account_id in owing else None)
        if kind:
            found.append(Task(kind, one.account_id, one.text, on=one.on))
    today = as_of.day
    found += _stages(book, as_of, day)
    found += [*_promises(book, today), *_instalments(book, today), *_cheques(book, today), *_cash(book, today)]
    return [*found, *_breaches(book, today)]


def yesterday(book: Book, today: date) -> Yesterday:
    """What came of the day before today; receipts taken back by the end of today are left out."""
    day = today - timedelta(days=1)
    money = book.execute(
        "SELECT r.currency, SUM(r.amount_minor), COUNT(*) FROM receipt r WHERE r.received_on = :on"
        f" AND NOT {receipts.TAKEN_BACK} GROUP BY r.currency ORDER BY r.currency",
        {"on": day.isoformat(), "day": today.isoformat()},
    )
    start = instant(datetime.combine(day, time(0), tzinfo=book.zone))
    made = book.execute(
        f"SELECT COUNT(*) FROM contact c WHERE c.at >= ? AND c.at < ? AND c.direction = 'out' AND {LATEST}",
        (start, end_of(day, book.zone)),
    ).fetchone()
    promised = book.execute("SELECT COUNT(*) FROM promise WHERE made_on = ?", (day.isoformat(),)).fetchone()
    return Yesterday(day, [Result(*row) for row in money], int(made[0]), int(promised[0]))


def _stages(book: Book, as_of: AsOf, day: Day) -> Iterable[Task]:
    """Accounts to be moved up, but for those left alone; who was moved before comes first.

    Where nobody uses the ladder everybody else stands at its foot: so many are no more than a count.
    """
    moved: list[Task] = []
    first: list[Task] = []
    for one in deadlines.stages(book, as_of):
        if one.account_id not in day.left_alone:
            (first if one.term == "first stage" else moved).append(Task("stage to move", one.account_id, one.text))
    if len(first) > MOST:
        text = f"accounts due for their first stage: {len(first)}, see 'collect stage list --due'"
        first = [Task("stage to move", 0, text)]
    return [*moved, *first]


def _promises(book: Book, today: date) -> Iterable[Task]:
    for one in promises.due_on(book, today):
        amount = one.standing.promise.amount_minor - one.standing.paid_minor
        yield Task("promise", one.account_id, f"promised for today, {today}", "", one.currency, amount)


def _instalments(book: Book, today: date) -> Iterable[Task]:
    for one in planned.due(book, today):
        row = one.standing.next
        assert row is not None
        text = f"instalment {row.instalment.no} of {one.number}, due {row.instalment.due_on}"
        yield Task("instalment", one.plan.account_id, text, "", one.plan.currency, row.left_minor)


def _cheques(book: Book, today: date) -> Iterable[Task]:
    for one in cheques.listed(book, day=today):
        if state(one, today) == "due":
            text = f"present cheque {one.number}, dated {one.due_on}"
            yield Task("cheque", one.account_id, text, "", one.currency, one.amount_minor)


def _cash(book: Book, today: date) -> Iterable[Task]:
    for agent, currency, _, _, left, oldest, count in receipts.in_hand(book, today):
        if left:
            text = f"cash to deposit: receipts {count}, the oldest of {oldest}"
            yield Task("cash", 0, text, agent, currency, left)


def _breaches(book: Book, today: date) -> Iterable[Task]:
    until = datetime.combine(today + timedelta(days=1), time(0), tzinfo=book.zone)
    for one in contacts.listed(book, Wanted(until=until, breaches_only=True)):
        if not one.contact.reason:
            rules = ", ".join(sorted({breach[0] for breach in one.breaches}))
            yield Task("breach", one.contact.account_id, f"explain contact {one.contact.id}: {rules}", one.agent)
