"""Reconciliations: one account line by line, or every account where we and the ledger differ."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from collect.reconciling import Reconciled
from collect.records import Account
from collect.views.sheet import Column, Fact, Page, Sheet

_SIDES = (
    Column("currency", "Cur"),
    Column("ours", "Ours", "money"),
    Column("ledger", "Ledger", "money"),
    Column("difference", "Difference", "money"),
    Column("unexplained", "Unexplained", "money"),
)


def story(account: Account, found: Sequence[Reconciled], listed_on: date | None) -> Page:
    """One account: both figures per currency, and every line of the difference."""
    columns = (
        Column("number", "Number"),
        Column("kind", "What"),
        Column("currency", "Cur"),
        Column("amount", "Amount", "money"),
        Column("on", "Since", "date"),
        Column("source", "By", rank=1),
        Column("note", "Note", rank=2),
    )
    rows = [
        (line.number, line.kind, one.currency, line.amount_minor, line.on, line.source, line.note)
        for one in found
        for line in one.lines
    ]
    facts = (
        Fact("account", "Account", account.number),
        Fact("name", "Name", account.name),
        Fact("listed_on", "Ledger's last list", listed_on, "date"),
    )
    totals = [{"currency": one.currency, "amount": one.difference_minor} for one in found if one.lines]
    sheets = {
        "sides": Sheet("sides", "Both sides", _SIDES, [_sides(one) for one in found]),
        "lines": Sheet("lines", "Why they differ", columns, rows, totals=totals),
    }
    agrees = not any(one.lines for one in found)
    notes = ["we and the ledger agree"] if agrees else []
    return Page("account reconcile", f"{account.name}, ours and the ledger's", facts, sheets, notes)


def listing(rows: Sequence[tuple[Account, Reconciled]], listed_on: date | None) -> Sheet:
    """Every account where we and the ledger differ, what is unexplained first."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name", rank=1),
        *_SIDES,
        Column("lines", "Lines", "int", rank=2),
    )
    sums: dict[str, dict[str, Any]] = {}
    for _, one in rows:
        total = sums.setdefault(
            one.currency, {"currency": one.currency, "ours": 0, "ledger": 0, "difference": 0, "unexplained": 0}
        )
        for key, minor in zip(("ours", "ledger", "difference", "unexplained"), _sides(one)[1:], strict=True):
            total[key] += minor
    ordered = sorted(
        rows, key=lambda row: (-abs(row[1].unexplained_minor), -abs(row[1].difference_minor), row[0].number)
    )
    cells = [(account.number, account.name, *_sides(one), len(one.lines)) for account, one in ordered]
    notes = [f"the ledger's last list is of {listed_on}"] if listed_on else ["no list of the ledger was imported yet"]
    title = "Accounts where we and the ledger differ"
    return Sheet("account reconcile", title, columns, cells, totals=list(sums.values()), notes=notes)


def _sides(one: Reconciled) -> tuple[Any, ...]:
    return one.currency, one.ours_minor, one.ledger_minor, one.difference_minor, one.unexplained_minor
