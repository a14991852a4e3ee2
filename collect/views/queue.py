"""The queue as a sheet, and one account's score in full."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from collect.queue import Entry, Stand
from collect.records import Account
from collect.views.sheet import Column, Fact, Page, Sheet

_COLUMNS = (
    Column("rank", "#", "int"),
    Column("account", "Account"),
    Column("name", "Name"),
    Column("agent", "Agent", rank=5),
    Column("currency", "Cur", rank=6),
    Column("overdue", "Overdue", "money"),
    Column("ask", "Ask for", "money", rank=5),
    Column("days_overdue", "Days", "int"),
    Column("score", "Score", "number", rank=1),
    Column("action", "Next", rank=2),
    Column("when", "When", rank=4),
    Column("reach", "Phone", rank=4),
    Column("why", "Why", rank=3),
    Column("reasons", "Reasons", "list"),
    Column("channel", "Channel", machine=True),
    Column("allowed", "Allowed", "flag", machine=True),
    Column("rule", "Rule", machine=True),
    Column("next_allowed_at", "Allowed from", "instant", machine=True),
    Column("last_contact_at", "Last contact", "instant", machine=True),
    Column("promise_on", "Promised for", "date", machine=True),
    Column("agreed", "Promise or plan", machine=True),
    Column("held", "Left alone", machine=True),
)


class Beside(NamedTuple):
    """What stands beside the facts, by account: contact, promise or plan in words, why it is left alone if it is."""

    stands: Mapping[int, Stand]
    agreed: Mapping[int, str]
    left_alone: Mapping[int, str]
    in_full: bool = False
    """Whether the facts behind the terms are shown with their points."""


def queue(rows: Sequence[tuple[Entry, Account]], beside: Beside, title: str, more: int, **rest: Any) -> Sheet:
    """One row per account, the most urgent first, with how contact stands."""
    cells = [_row(entry, account, beside) for entry, account in rows]
    return Sheet("queue", title, _COLUMNS, cells, more=more, **rest)


def held(rows: Sequence[tuple[Account, str]], today: date) -> Sheet:
    """Return who is left alone today, and why, by account number."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name"),
        Column("agent", "Agent", rank=1),
        Column("why", "Why"),
    )
    cells = sorted((account.number, account.name, account.agent, why) for account, why in rows)
    return Sheet("queue held", f"Left alone on {today}", columns, cells)


def notes(left_alone: int, unapplied: int, list_age: int | None) -> list[str]:
    """What stands below the queue: who is left out, money to be applied, and a ledger that has grown old."""
    found = []
    if left_alone:
        found.append(f"left alone today: {left_alone:,}; --held says why")
    if unapplied:
        found.append(f"accounts with money to apply: {unapplied:,}; see 'collect payment allocate'")
    if list_age is not None:
        found.append(f"the ledger is old: last imported {list_age} days ago")
    return found


def why(entries: Sequence[Entry], account: Account, left_alone: str = "") -> Page:
    """Return the sum behind one account's place in the queue, and what holds it back; a sum per currency."""
    columns = (
        Column("currency", "Cur"),
        Column("points", "Points", "number"),
        Column("term", "Term"),
        Column("text", "Because"),
    )
    rows = [
        (entry.facts.currency, f"{term.points:+.1f}", term.term, term.text) for entry in entries for term in entry.terms
    ]
    totals = [{"currency": entry.facts.currency, "points": f"{entry.score:+.1f}"} for entry in entries]
    facts = [Fact("account", "Account", account.number), Fact("name", "Name", account.name)]
    for entry in entries:
        code = entry.facts.currency
        suffix = f"_{code}" if len(entries) > 1 else ""
        facts += [
            Fact(f"overdue{suffix}", "Overdue", entry.facts.overdue, "money", code),
            Fact(f"ask{suffix}", "Ask for", entry.facts.asked, "money", code),
            Fact(f"days_overdue{suffix}", "Days overdue", entry.days_overdue, "int"),
            Fact(f"action{suffix}", "Next", entry.action),
        ]
    facts.append(Fact("held", "Left alone", left_alone or None))
    return Page("why", f"Why {account.name}", facts, {"reasons": Sheet("why", "Score", columns, rows, totals=totals)})


def _row(entry: Entry, account: Account, beside: Beside) -> tuple[Any, ...]:
    facts, stand = entry.facts, beside.stands[account.id]
    reasons = [{"term": term.term, "points": term.points, "text": term.text} for term in entry.terms]
    if beside.in_full:
        shown = ", ".join(f"{term.points:+.1f} {term.text}" for term in entry.terms)
    else:
        shown = ", ".join(f"{term.points:+.0f} {term.term}" for term in entry.terms)
    return (
        entry.rank, account.number, account.name, account.agent, facts.currency, facts.overdue, facts.asked,
        entry.days_overdue, f"{entry.score:.1f}", entry.action, stand.when, stand.reach or None, shown, reasons,
        stand.channel or None, stand.allowed, stand.rule or None, stand.next_allowed_at, stand.last_contact_at or None,
        stand.promise_on or None, beside.agreed.get(account.id), beside.left_alone.get(account.id),
    )  # fmt: skip
