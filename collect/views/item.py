"""Items as sheets, and what was done to them in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from collect.dates import days_overdue
from collect.money import Money
from collect.records import Account, Credit, Item
from collect.views.sheet import Column, Done, Fact, Page, Sheet

_COLUMNS = (
    Column("account", "Account"),
    Column("name", "Name", rank=1),
    Column("number", "Item"),
    Column("component", "Part", rank=6),
    Column("document_on", "Dated", "date", rank=4),
    Column("due_on", "Due", "date"),
    Column("days_overdue", "Days", "int"),
    Column("currency", "Cur", rank=5),
    Column("amount", "Amount", "money", rank=3),
    Column("open", "Open", "money"),
    Column("disputed", "Disputed", "flag", rank=2),
)


def columns_for(items: Sequence[Item]) -> tuple[Column, ...]:
    """Columns of a list of items; the part of the debt is shown only where it is not always the principal."""
    if any(item.component != "principal" for item in items):
        return _COLUMNS
    return tuple(column._replace(machine=True) if column.key == "component" else column for column in _COLUMNS)


def listing(rows: Sequence[tuple[Account, Item]], day: date, title: str = "Open items") -> Sheet:
    """Items with whose they are; the days of a paid one count on."""
    totals: dict[str, dict[str, Any]] = {}
    for _, item in rows:
        total = totals.setdefault(item.currency, {"currency": item.currency, "open": 0})
        total["open"] += item.open_minor
    cells = [row(account, item, day) for account, item in rows]
    return Sheet(
        "item list",
        f"{title} on {day}",
        columns_for([item for _, item in rows]),
        cells,
        totals=list(totals.values()),
    )


def story(number: str, stories: Sequence[tuple[Account, Item, Sequence[Sequence[Any]]]], day: date) -> Page:
    """Return every item of that number, and what was posted on each."""
    columns = (
        Column("account", "Account", rank=3),
        Column("effective_on", "Effective", "date"),
        Column("kind", "What"),
        Column("currency", "Cur", rank=2),
        Column("amount", "Amount", "money"),
        Column("recorded_at", "Recorded", "instant", rank=1),
        Column("agent", "By", rank=4),
        Column("why", "Why", rank=5),
    )
    posted = [
        (account.number, effective_on, kind, item.currency, amount, recorded_at, agent, why)
        for account, item, postings in stories
        for effective_on, kind, amount, recorded_at, agent, why in postings
    ]
    sheets = {
        "items": Sheet(
            "items",
            "Items",
            columns_for([item for _, item, _ in stories]),
            [row(account, item, day) for account, item, _ in stories],
        ),
        "postings": Sheet("postings", "Posted", columns, posted),
    }
    return Page("item show", f"Item {number}", (Fact("number", "Number", number),), sheets)


def added(account: Account, item: Item, *, dry_run: bool) -> Done:
    """What was added."""
    amount = Money(item.amount_minor, item.currency)
    line = f"added {item.number} on {account.number} {account.name}: {amount}, due {item.due_on}"
    facts = (
        Fact("account", "Account", account.number),
        Fact("number", "Item", item.number),
        Fact("currency", "Currency", item.currency),
        Fact("amount", "Amount", item.amount_minor, "money", item.currency),
        Fact("document_on", "Dated", item.document_on, "date"),
        Fact("due_on", "Due", item.due_on, "date"),
    )
    return Done("item add", [line], facts, dry_run)


def credited(account: Account, note: Credit, lines: Sequence[tuple[Item, int]], *, dry_run: bool) -> Done:
    """What a credit note did: where it went, and what of it stands unapplied."""
    applied = sum(part for _, part in lines)
    unapplied = -note.amount_minor - applied
    said = [f"credited {account.number} {account.name}: {Money(-note.amount_minor, note.currency)}"]
    for item, part in lines:
        left = Money(item.open_minor - part, note.currency)
        said.append(f"  {item.number} due {item.due_on}: {Money(part, note.currency)}, leaves {left}")
    if unapplied:
        said.append(f"  unapplied: {Money(unapplied, note.currency)}")
    facts = (
        Fact("account", "Account", account.number),
        Fact("number", "Number", note.number),
        Fact("currency", "Currency", note.currency),
        Fact("amount", "Amount", -note.amount_minor, "money", note.currency),
        Fact("applied", "Applied", applied, "money", note.currency),
        Fact("unapplied", "Unapplied", unapplied, "money", note.currency),
    )
    return Done("item credit", said, facts, dry_run)


def written_off(account: Account, number: str, amount: Money, why: str, *, dry_run: bool) -> Done:
    """What was written off, and why."""
    line = f"wrote off {amount} of {number} on {account.number} {account.name}: {why}"
    facts = (
        Fact("account", "Account", account.number),
        Fact("number", "Item", number),
        Fact("currency", "Currency", amount.currency),
        Fact("amount", "Amount", amount.minor, "money", amount.currency),
        Fact("why", "Why", why),
    )
    return Done("item write-off", [line], facts, dry_run)


def row(account: Account, item: Item, day: date) -> tuple[Any, ...]:
    """Cells of one item, in the order of `columns_for`."""
    return (
        account.number, account.name, item.number, item.component, item.document_on, item.due_on,
        days_overdue(item.due_on, day), item.currency, item.amount_minor, item.open_minor, item.disputed,
    )  # fmt: skip
