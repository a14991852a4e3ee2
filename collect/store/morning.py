"""What a morning begins with: what is due today besides the queue, and what came of the day before."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from collect.book import Book, end_of, instant
from collect.cheques import state
from collect.store import cheques, contacts, queue, receipts, standing
from collect.store.contacts import Wanted
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf
from collect.store.signals import Day

KINDS = {
    "clock": "legal clock",
    "bounced": "bounced payment",
    "broken plan": "broken plan",
    "broken promise": "broken promise",
    "promise": "promise",
    "instalment": "instalment",
    "dispute late": "dispute past its day",
    "stage": "stage to move",
}
"""Signals of the queue that are a task of their own, the most pressing first, and what they are called."""


class Task(NamedTuple):
    """One thing to see to: what kind of thing, on which account (0 for none), whose, and in words."""

    kind: str
    account_id: int
    text: str
    agent: str = ""
    currency: str = ""
    amount_minor: int | None = None


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
    """Everything to see to today, by kind, the most pressing kinds first."""
    owing = {account for account, *_ in queue.overdue(book, as_of, {one.account_id for one in day.calls})}
    called = [one for one in day.calls if one.account_id in owing]
    found = [Task(KINDS[kind], one.account_id, one.text) for kind in KINDS for one in called if one.term == kind]
    today = as_of.day.isoformat()
    due = sorted(account for account, on in standing.promised(book).items() if on == today)
    found += [Task("promise", account, f"promised for today, {today}") for account in due]
    return [*found, *_cheques(book, as_of.day), *_cash(book), *_breaches(book)]


def yesterday(book: Book, today: date) -> Yesterday:
    """What came of the day before today; receipts taken back since are left out."""
    day = today - timedelta(days=1)
    money = book.execute(
        "SELECT r.currency, SUM(r.amount_minor), COUNT(*) FROM receipt r WHERE r.received_on = ? AND NOT EXISTS"
        " (SELECT 1 FROM receipt_event e WHERE e.receipt_id = r.id AND e.kind = 'reversed')"
        " GROUP BY r.currency ORDER BY r.currency",
        (day.isoformat(),),
    )
    start = instant(datetime.combine(day, time(0), tzinfo=book.zone))
    made = book.execute(
        f"SELECT COUNT(*) FROM contact c WHERE c.at >= ? AND c.at < ? AND c.direction = 'out' AND {LATEST}",
        (start, end_of(day, book.zone)),
    ).fetchone()
    promised = book.execute("SELECT COUNT(*) FROM promise WHERE made_on = ?", (day.isoformat(),)).fetchone()
    return Yesterday(day, [Result(*row) for row in money], int(made[0]), int(promised[0]))


def _cheques(book: Book, today: date) -> Iterable[Task]:
    for one in cheques.listed(book):
        if state(one, today) == "due":
            text = f"present cheque {one.number}, dated {one.due_on}"
            yield Task("cheque", one.account_id, text, "", one.currency, one.amount_minor)


def _cash(book: Book) -> Iterable[Task]:
    for agent, currency, _, _, left, oldest, count in receipts.in_hand(book):
        if left:
            text = f"cash to deposit: receipts {count}, the oldest of {oldest}"
            yield Task("cash", 0, text, agent, currency, left)


def _breaches(book: Book) -> Iterable[Task]:
    for one in contacts.listed(book, Wanted(breaches_only=True)):
        if not one.contact.reason:
            rules = ", ".join(sorted({breach[0] for breach in one.breaches}))
            yield Task("breach", one.contact.account_id, f"explain contact {one.contact.id}: {rules}", one.agent)
