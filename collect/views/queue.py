"""The queue as a sheet, and one account's score in full."""

from collections.abc import Mapping, Sequence
from typing import Any

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
)


def queue(
    rows: Sequence[tuple[Entry, Account]], stands: Mapping[int, Stand], title: str, more: int, **rest: Any
) -> Sheet:
    """One row per account, the most urgent first, with how contact stands (`stands` by account)."""
    cells = [_row(entry, account, stands[account.id]) for entry, account in rows]
    return Sheet("queue", title, _COLUMNS, cells, more=more, **rest)


def held(waiting: Mapping[int, str], promised: Mapping[int, str]) -> list[str]:
    """What is said of the accounts held back: those that wait for their next step, and those that promised."""
    found = []
    if promised:
        found.append(f"{len(promised):,} with an open promise")
    if waits := waiting.keys() - promised.keys():
        found.append(f"{len(waits):,} until their next step")
    return [f"held back: {', '.join(found)}"] if found else []


def why(entries: Sequence[Entry], account: Account) -> Page:
    """Return the sum behind one account's place in the queue; a sum per currency where it owes in several."""
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
            Fact(f"days_overdue{suffix}", "Days overdue", entry.days_overdue, "int"),
            Fact(f"action{suffix}", "Next", entry.action),
        ]
    return Page("why", f"Why {account.name}", facts, {"reasons": Sheet("why", "Score", columns, rows, totals=totals)})


def _row(entry: Entry, account: Account, stand: Stand) -> tuple[Any, ...]:
    facts = entry.facts
    reasons = [{"term": term.term, "points": term.points, "text": term.text} for term in entry.terms]
    shown = ", ".join(f"{term.points:+.0f} {term.term}" for term in entry.terms)
    return (
        entry.rank, account.number, account.name, account.agent, facts.currency, facts.overdue, entry.days_overdue,
        f"{entry.score:.1f}", entry.action, stand.when, stand.reach or None, shown, reasons, stand.channel or None,
        stand.allowed, stand.rule or None, stand.next_allowed_at, stand.last_contact_at or None,
        stand.promise_on or None,
    )  # fmt: skip
