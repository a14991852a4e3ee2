"""How contact stands on each account today: who is left alone and until when, who may be contacted by what."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from collect import reaches
from collect.book import Book, zone
from collect.queue import Stand
from collect.records import Account
from collect.store import clearances, lastcontacts, people, promises, reach

if TYPE_CHECKING:  # imported where a rule has something to say
    from collect.policy_facts import Verdict


def waiting(book: Book) -> dict[int, str]:
    """Accounts whose next step is on a later day, with that day."""
    return lastcontacts.waiting(book)


def promised(book: Book) -> dict[int, str]:
    """Accounts that an open promise keeps quiet until the day after it, with its day."""
    return promises.waiting(book, book.today)


def of(book: Book, accounts: Sequence[Account]) -> dict[int, Stand]:
    """How contact stands on these accounts now, each by the first channel there is a way for."""
    if not accounts:
        return {}
    office = zone(people.office_zone(book))
    ids = [one.id for one in accounts]
    last, due = lastcontacts.last_at(book, ids), promises.last_due(book, ids, book.today)
    found = _clear(book, accounts)
    found |= _judged(book, [one for one in accounts if one.id not in found], office)
    return {
        one: stand._replace(last_contact_at=last.get(one, ""), promise_on=due.get(one, ""))
        for one, stand in found.items()
    }


def _clear(book: Book, accounts: Sequence[Account]) -> dict[int, Stand]:
    """How contact stands on the accounts that the clearance of the rules lets through."""
    clearance = clearances.of(book)
    if clearance is None:
        return {}
    ways = reach.of(book, accounts)
    counts = clearances.earlier(book, clearance, accounts, book.now)
    found: dict[int, Stand] = {}
    for account in accounts:
        channel, way = reaches.first(ways[account.id])
        count = None if way and way.place else counts.get(account.id)
        if clearances.clear(book, clearance, account, channel or "call", book.now, count):
            found[account.id] = Stand(channel, way.value if way else "", True, "", None, "now")
    return found


def _judged(book: Book, accounts: Sequence[Account], office: tzinfo) -> dict[int, Stand]:
    """How contact stands on accounts on which the gate has to be asked."""
    if not accounts:
        return {}
    from collect.store import gate

    found: dict[int, Stand] = {}
    told: dict[Verdict, tuple[bool, str, str | None, str]] = {}
    for account, channel, number, verdict in gate.answers(book, gate.of(book), accounts, book.now):
        words = told.get(verdict) or told.setdefault(verdict, _words(book, verdict, office))
        found[account.id] = Stand(channel, number, *words)
    return found


def _words(book: Book, verdict: "Verdict", office: tzinfo) -> tuple[bool, str, str | None, str]:
    """Whether it is allowed, the rule that shuts it, from when it opens for machines, and for people."""
    from collect.policy_facts import OPEN

    shut = next((one.rule for one in verdict.findings if one.verdict not in OPEN), "")
    if verdict.allowed:
        return True, shut, None, "now"
    opens = verdict.next_allowed_at.astimezone(office) if verdict.next_allowed_at else None
    return False, shut, opens.isoformat(timespec="seconds") if opens else None, _when(book, opens, shut)


def _when(book: Book, opens: datetime | None, shut: str) -> str:
    """From when contact is lawful, in a word: a time, a day and a time, or the rule that forbids it."""
    if opens is None:
        return f"not: {shut}"
    if opens.date() == book.today:
        return f"{opens:%H:%M}"
    return f"{opens:%a %H:%M}" if (opens.date() - book.today).days < 7 else f"{opens:%Y-%m-%d}"
