"""Aging as sheets: one row per account, agent, territory or item, totals and the proof below."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from collect.aging import Aged, Buckets, Proof
from collect.dates import days_overdue
from collect.records import Account, Credit, Item
from collect.views.sheet import Column, Sheet

_DERIVED = {
    "document": "without a due date, taken as due on their document date",
    "credit days": "without a due date, taken as due by credit days",
    "bucket": "without a due date, aged by the bucket the ledger put them in",
}


def by_account(
    groups: Sequence[tuple[Account, Aged]], buckets: Buckets, totals: Sequence[Mapping[str, Any]], **more: Any
) -> Sheet:
    """One row per account and currency."""
    rows = [(account.number, account.name, *_amounts(aged)) for account, aged in groups]
    names = (Column("account", "Account"), Column("name", "Name"))
    return Sheet("aging", columns=(*names, *columns(buckets)), rows=rows, totals=totals, **more)


def by_group(
    groups: Sequence[tuple[str, Aged]], by: str, buckets: Buckets, totals: Sequence[Mapping[str, Any]], **more: Any
) -> Sheet:
    """One row per agent, territory or currency."""
    if by == "currency":
        rows = [_amounts(aged) for _, aged in groups]
        return Sheet("aging", columns=columns(buckets), rows=rows, totals=totals, **more)
    rows = [(name or "(none)", *_amounts(aged)) for name, aged in groups]
    head = (Column(by, by.capitalize()),)
    return Sheet("aging", columns=(*head, *columns(buckets)), rows=rows, totals=totals, **more)


def by_item(
    rows: Sequence[tuple[Account, Item | Credit]],
    as_of: date,
    buckets: Buckets,
    totals: Sequence[Mapping[str, Any]],
    *,
    by_document: bool = False,
    net: bool = False,
    **more: Any,
) -> Sheet:
    """One row per open item and per credit not applied; a credit is aged by its own date, in a bucket where `net`."""
    shown = []
    for account, one in rows:
        days = days_overdue(_aged_by(one, by_document=by_document), as_of)
        bucket = "unapplied" if isinstance(one, Credit) and not net else buckets.labels[buckets.place(days)]
        due_on = one.due_on if isinstance(one, Item) else None
        shown.append((
            account.number, account.name, one.number, one.document_on, due_on, days, bucket,
            one.currency, one.amount_minor, one.open_minor,
        ))  # fmt: skip
    item_columns = (
        Column("account", "Account"),
        Column("name", "Name", rank=1),
        Column("number", "Number"),
        Column("document_on", "Dated", "date", rank=3),
        Column("due_on", "Due", "date"),
        Column("days_overdue", "Days", "int"),
        Column("bucket", "Bucket", rank=2),
        Column("currency", "Cur", rank=4),
        Column("amount", "Amount", "money", rank=5),
        Column("open", "Open", "money"),
    )
    return Sheet("aging", columns=item_columns, rows=shown, totals=totals, **more)


def _aged_by(one: Item | Credit, *, by_document: bool) -> date:
    if isinstance(one, Credit):
        return one.document_on
    return (one.document_on or one.due_on) if by_document else one.due_on


def columns(buckets: Buckets) -> tuple[Column, ...]:
    """Columns of aged amounts, in the order of the keys of CLI json rows."""
    aged = [Column(key, label.capitalize(), "money") for key, label in zip(buckets.keys, buckets.labels, strict=True)]
    aged[-1] = aged[-1]._replace(late=True)
    unapplied = Column("unapplied", "Unapplied", "money")
    return (Column("currency", "Cur", rank=9), *aged, unapplied, Column("total", "Total", "money"))


def count_columns(buckets: Buckets) -> tuple[Column, ...]:
    """Columns that only totals have."""
    counts = [
        Column(f"n_{key}", f"{label} items", "int") for key, label in zip(buckets.keys, buckets.labels, strict=True)
    ]
    amounts = [column for column in columns(buckets) if column.kind == "money"]
    open_ = Column("open", "Open", "money")
    return (*amounts, open_, Column("accounts", "Accounts", "int"), Column("items", "Items", "int"), *counts)


def totals(aged: Mapping[str, Aged], buckets: Buckets, accounts: Mapping[str, int]) -> list[dict[str, Any]]:
    """One mapping per currency: amounts per bucket, unapplied, total, and counts of items per bucket."""
    return [
        {
            "currency": currency,
            **dict(zip(buckets.keys, one.buckets, strict=True)),
            "unapplied": one.unapplied,
            "total": one.total,
            "open": sum(one.buckets),
            "accounts": accounts.get(currency, 0),
            "items": one.items,
            **{f"n_{key}": count for key, count in zip(buckets.keys, one.counts, strict=True)},
        }
        for currency, one in aged.items()
    ]


def proof(proofs: Mapping[str, Proof]) -> dict[str, dict[str, int | bool]]:
    """The proof as a sheet carries it."""
    return {
        currency: {"postings": one.postings, "report": one.report, "ok": one.ok} for currency, one in proofs.items()
    }


def notes(derived: Mapping[str, int], disputed: Mapping[str, tuple[int, int]]) -> list[str]:
    """What a reader must know: due dates nobody stated, and what is disputed."""
    from collect.money import Money

    lines = [f"items {_DERIVED[source]}: {count}" for source, count in derived.items()]
    lines += [f"items disputed: {count}, {Money(amount, currency)}" for currency, (count, amount) in disputed.items()]
    return lines


def _amounts(aged: Aged) -> tuple[Any, ...]:
    return (aged.currency, *aged.buckets, aged.unapplied, aged.total)
