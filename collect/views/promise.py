"""Promises as a sheet, and what was done to one."""

from collections.abc import Sequence
from typing import Any

from collect.promises import Standing
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet

_COLUMNS = (
    Column("promise", "No.", "int"),
    Column("account", "Account"),
    Column("name", "Name", rank=3),
    Column("agent", "By", rank=5),
    Column("made_on", "Made", "date", rank=2),
    Column("due_on", "Due", "date"),
    Column("currency", "Cur", rank=6),
    Column("amount", "Promised", "money"),
    Column("paid", "Paid", "money"),
    Column("missing", "Missing", "money", rank=1),
    Column("state", "State"),
    Column("since_on", "Since", "date", rank=4),
    Column("level", "Level", "int", rank=7),
    Column("contact", "Contact", "int", rank=8),
)
Row = tuple[str, Standing, str]
"""Currency, the promise as it stands, and who took it."""


def listing(rows: Sequence[tuple[Account, Row]], title: str = "Promises") -> Sheet:
    """Promises with what was paid on each and what is missing; sums per currency."""
    totals: dict[str, dict[str, Any]] = {}
    for _, (currency, standing, _) in rows:
        total = totals.setdefault(currency, {"currency": currency, "amount": 0, "paid": 0, "missing": 0})
        total["amount"] += standing.promise.amount_minor
        total["paid"] += standing.paid_minor
        total["missing"] += standing.missing_minor
    cells = [_row(account, row) for account, row in rows]
    return Sheet("promise list", title, _COLUMNS, cells, totals=list(totals.values()))


def own(account: Account, rows: Sequence[Row]) -> Sheet:
    """The promises of one account, without its name."""
    kept = [at for at, column in enumerate(_COLUMNS) if column.key not in {"account", "name"}]
    cells = [[_row(account, row)[at] for at in kept] for row in rows]
    return Sheet("promises", "Promises", [_COLUMNS[at] for at in kept], cells)


def withdrawn(account: Account, promise_id: int, why: str, *, dry_run: bool) -> Done:
    """What was withdrawn."""
    line = f"withdrew promise {promise_id} on {account.number} {account.name}"
    facts = (
        Fact("promise", "Promise", promise_id, "int"),
        Fact("account", "Account", account.number),
        Fact("why", "Why", why),
    )
    return Done("promise withdraw", [line], facts, dry_run)


def _row(account: Account, row: Row) -> tuple[Any, ...]:
    currency, standing, agent = row
    promise = standing.promise
    return (
        promise.id, account.number, account.name, agent, promise.made_on, promise.due_on, currency,
        promise.amount_minor, standing.paid_minor, standing.missing_minor, standing.state, standing.since_on,
        standing.level, promise.contact_id,
    )  # fmt: skip
