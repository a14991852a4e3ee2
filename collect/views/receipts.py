"""Receipts as lists and pages: all of them, one with its history, cash in hand, certificates still to come."""

from collections.abc import Sequence
from typing import Any

from collect.receipts import Place, Receipt
from collect.records import Account
from collect.views.sheet import Column, Fact, Page, Sheet


def listing(rows: Sequence[tuple[Account, Receipt]]) -> Sheet:
    """Receipts in the order they were numbered; totals count those that stand."""
    columns = (
        Column("receipt", "Receipt"),
        Column("account", "Account"),
        Column("name", "Name", rank=3),
        Column("received_on", "Received", "date"),
        Column("mode", "Mode", rank=2),
        Column("reference", "Reference", rank=5),
        Column("currency", "Cur", rank=8),
        Column("amount", "Amount", "money"),
        Column("unapplied", "Unapplied", "money", rank=1),
        Column("state", "State"),
        Column("deposited_on", "Deposited", "date", rank=7),
        Column("cleared_on", "Cleared", "date", rank=6),
        Column("reversed_on", "Reversed", "date", machine=True),
        Column("reversed_for", "Why", rank=4),
        Column("agent", "By", rank=7),
    )
    sums: dict[str, dict[str, Any]] = {}
    for _, one in rows:
        if not one.reversed_on:
            total = sums.setdefault(one.currency, {"currency": one.currency, "amount": 0, "unapplied": 0})
            total["amount"] += one.amount_minor
            total["unapplied"] += -one.open_minor
    cells = [
        (
            one.number, account.number, account.name, one.received_on, one.mode, one.reference, one.currency,
            one.amount_minor, -one.open_minor, one.state, one.deposited_on, one.cleared_on, one.reversed_on,
            one.reversed_for, one.agent,
        )
        for account, one in rows
    ]  # fmt: skip
    return Sheet("payment list", "Receipts", columns, cells, totals=list(sums.values()))


def own(rows: Sequence[tuple[Account, Receipt]]) -> Sheet:
    """The last receipts of one account, as its page shows them."""
    full = listing(rows)
    columns = [column._replace(machine=column.key in _NOT_OWN) for column in full.columns]
    return full._replace(title="Last receipts", columns=columns, totals=())


_NOT_OWN = frozenset(("account", "name", "deposited_on", "cleared_on", "reversed_on"))


def story(
    account: Account, receipt: Receipt, places: Sequence[Place], events: Sequence[Any], posted: Sequence[Any]
) -> Page:
    """One receipt: its lines, where it stands, what became of it, and everything posted."""
    code = receipt.currency
    facts = [
        Fact("receipt", "Receipt", receipt.number),
        Fact("account", "Account", account.number),
        Fact("name", "Name", account.name),
        Fact("state", "State", receipt.state),
        Fact("currency", "Currency", code, machine=True),
        Fact("amount", "Amount", receipt.amount_minor, "money", code),
        Fact("unapplied", "Unapplied", -receipt.open_minor, "money", code),
        Fact("mode", "Mode", receipt.mode),
        Fact("reference", "Reference", receipt.reference or None),
        Fact("payer", "Paid by", receipt.payer or None),
        Fact("received_on", "Received", receipt.received_on, "date"),
        Fact("deposited_on", "Deposited", receipt.deposited_on, "date"),
        Fact("cleared_on", "Cleared", receipt.cleared_on, "date"),
        Fact("reversed_on", "Reversed", receipt.reversed_on, "date"),
        Fact("reversed_for", "Why", receipt.reversed_for or None),
        Fact("agent", "By", receipt.agent or None),
    ]
    sheets = {
        "lines": _line_sheet(receipt),
        "allocations": _place_sheet(places, code),
        "events": _event_sheet(events),
        "postings": _posting_sheet(posted, code),
    }
    return Page("payment show", f"Receipt {receipt.number}", facts, sheets)


def cash(rows: Sequence[Sequence[Any]]) -> Sheet:
    """Cash received and not yet deposited, by who holds it."""
    columns = (
        Column("agent", "Agent"),
        Column("currency", "Cur", rank=2),
        Column("received", "Received", "money"),
        Column("deposited", "Deposited", "money"),
        Column("in_hand", "In hand", "money"),
        Column("oldest_on", "Since", "date"),
        Column("receipts", "Receipts in hand", "int", rank=1),
    )
    sums: dict[str, dict[str, Any]] = {}
    for _, code, received, deposited, held, *_ in rows:
        total = sums.setdefault(code, {"currency": code, "received": 0, "deposited": 0, "in_hand": 0})
        for key, minor in (("received", received), ("deposited", deposited), ("in_hand", held)):
            total[key] += minor
    return Sheet("payment cash", "Cash in hand", columns, rows, totals=list(sums.values()))


def certificates(rows: Sequence[Sequence[Any]]) -> Sheet:
    """Tax deducted at source whose certificate has not come."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name", rank=1),
        Column("receipt", "Receipt"),
        Column("received_on", "Received", "date"),
        Column("currency", "Cur", rank=2),
        Column("tds", "TDS", "money"),
    )
    sums: dict[str, dict[str, Any]] = {}
    for row in rows:
        total = sums.setdefault(row[4], {"currency": row[4], "tds": 0})
        total["tds"] += row[5]
    return Sheet("payment certificates", "TDS certificates outstanding", columns, rows, totals=list(sums.values()))


def _line_sheet(receipt: Receipt) -> Sheet:
    columns = (
        Column("kind", "Line"),
        Column("reason", "Reason"),
        Column("currency", "Cur"),
        Column("amount", "Amount", "money"),
    )
    rows = [(line.kind, line.reason, receipt.currency, line.amount_minor) for line in receipt.lines]
    return Sheet("lines", "Lines", columns, rows)


def _place_sheet(places: Sequence[Place], code: str) -> Sheet:
    columns = (
        Column("number", "Item"),
        Column("component", "Part", rank=1),
        Column("due_on", "Due", "date"),
        Column("currency", "Cur"),
        Column("money", "Money", "money"),
        Column("deducted", "Deducted", "money"),
    )
    rows = [(one.number, one.component, one.due_on, code, one.money_minor, one.deducted_minor) for one in places]
    return Sheet("allocations", "Applied to", columns, rows)


def _event_sheet(events: Sequence[Any]) -> Sheet:
    columns = (
        Column("happened_on", "Day", "date"),
        Column("kind", "What"),
        Column("reference", "Reference"),
        Column("reason", "Why"),
        Column("recorded_at", "Recorded", "instant", rank=1),
        Column("agent", "By", rank=2),
    )
    return Sheet("events", "What became of it", columns, events)


def _posting_sheet(posted: Sequence[Any], code: str) -> Sheet:
    columns = (
        Column("effective_on", "Effective", "date"),
        Column("kind", "What"),
        Column("number", "Item"),
        Column("currency", "Cur"),
        Column("amount", "Amount", "money"),
        Column("recorded_at", "Recorded", "instant", rank=1),
        Column("agent", "By", rank=2),
        Column("why", "Why", rank=3),
    )
    rows = [(day, kind, number, code, *rest) for day, kind, number, *rest in posted]
    return Sheet("postings", "Posted", columns, rows)
