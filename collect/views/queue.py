"""The queue as a sheet, and one account's score in full."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from collect.queue import Entry, LeftAlone, Stand
from collect.records import Account
from collect.views.sheet import Column, Fact, Page, Sheet

if TYPE_CHECKING:  # the queue itself shows no reasons of a risk
    from collect.risk import Reason

_COLUMNS = (
    Column("rank", "#", "int"),
    Column("account", "Account"),
    Column("name", "Name"),
    Column("agent", "Agent", rank=7),
    Column("currency", "Cur"),
    Column("overdue", "Overdue", "money", rank=6),
    Column("ask", "Ask for", "money"),
    Column("days_overdue", "Days", "int"),
    Column("score", "Score", "number", rank=4),
    Column("action", "Next", rank=1),
    Column("when", "When", rank=2),
    Column("reach", "Reach", rank=3),
    Column("why", "Why", rank=5),
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
_IN_FULL = tuple(
    one._replace(rank=0, wraps=one.key == "why") if one.key in {"score", "why"} else one for one in _COLUMNS
)


class Beside(NamedTuple):
    """What stands beside the facts, by account: contact, promise or plan in words, why it is left alone if it is."""

    stands: Mapping[int, Stand]
    agreed: Mapping[int, str]
    left_alone: Mapping[int, LeftAlone]
    in_full: bool = False
    """Whether the facts behind the terms are shown with their points."""


def queue(rows: Sequence[tuple[Entry, Account]], beside: Beside, title: str, more: int, **rest: Any) -> Sheet:
    """One row per account, the most urgent first, with how contact stands."""
    cells = [_row(entry, account, beside) for entry, account in rows]
    return Sheet("queue", title, _IN_FULL if beside.in_full else _COLUMNS, cells, more=more, **rest)


def held(rows: Sequence[tuple[Account, LeftAlone]], today: date) -> Sheet:
    """Return who is left alone today, why, and from which day no longer, by account number."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name"),
        Column("agent", "Agent", rank=1),
        Column("until", "Until", "date"),
        Column("why", "Why", wraps=True),
    )
    cells = sorted(
        ((account.number, account.name, account.agent, one.until or None, one.why) for account, one in rows),
        key=lambda row: row[0],
    )
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


def why(
    entries: Sequence[Entry], account: Account, stand: Stand, left_alone: LeftAlone | None, risk: "Sequence[Reason]"
) -> Page:
    """Return the sum behind one account's place in the queue, a sum per currency; what holds it back; its risk."""
    columns = (
        Column("currency", "Cur"),
        Column("points", "Points", "number"),
        Column("term", "Term"),
        Column("text", "Because", wraps=True),
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
    facts += [
        Fact("when", "When", stand.when),
        Fact("reach", "Reach", stand.reach or None),
        Fact("held", "Left alone", left_alone.why if left_alone else None),
        Fact("until", "Until", left_alone.until or None if left_alone else None, "date"),
    ]
    sheets = {"reasons": Sheet("why", "Score", columns, rows, totals=totals)}
    if risk:
        title = f"Risk {sum(one.points for one in risk):.1f}"
        sheets["risk"] = Sheet("why", title, columns[1:], [(f"{one.points:+.1f}", one.term, one.text) for one in risk])
    return Page("why", f"Why {account.name}", facts, sheets)


def _row(entry: Entry, account: Account, beside: Beside) -> tuple[Any, ...]:
    facts, stand = entry.facts, beside.stands[account.id]
    left_alone = beside.left_alone.get(account.id)
    # Who has no telephone is not called.
    action = stand.channel if entry.action == "call" and stand.channel else entry.action
    reasons = [{"term": term.term, "points": term.points, "text": term.text} for term in entry.terms]
    largest_first = sorted(entry.terms, key=lambda term: -abs(term.points))
    if beside.in_full:
        shown = ", ".join(f"{term.points:+.1f} {term.text}" for term in largest_first)
    else:
        shown = ", ".join(f"{term.points:+.0f} {term.term}" for term in largest_first)
    return (
        entry.rank, account.number, account.name, account.agent, facts.currency, facts.overdue, facts.asked,
        entry.days_overdue, f"{entry.score:.1f}", action, stand.when, stand.reach or None, shown, reasons,
        stand.channel or None, stand.allowed, stand.rule or None, stand.next_allowed_at, stand.last_contact_at or None,
        stand.promise_on or None, beside.agreed.get(account.id), left_alone.why if left_alone else None,
    )  # fmt: skip
