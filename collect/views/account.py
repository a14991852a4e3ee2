"""Accounts as sheets and pages."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from collect import aging
from collect.aging import Buckets, OpenLine
from collect.records import Account, Credit, Item
from collect.views import item as item_view
from collect.views.sheet import Column, Done, Fact, Page, Sheet

_WORDS = {"agent": "agent", "credit_days": "credit days", "email": "e-mail"}


def listing(rows: Sequence[Sequence[Any]]) -> Sheet:
    """Every account with what is overdue and what it owes in all."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name"),
        Column("agent", "Agent", rank=2),
        Column("territory", "Territory", rank=3),
        Column("phone", "Phone", rank=4),
        Column("currency", "Cur", rank=5),
        Column("overdue", "Overdue", "money"),
        Column("balance", "Balance", "money"),
    )
    sums: dict[str, dict[str, Any]] = {}
    for *_, currency, overdue, balance in rows:
        total = sums.setdefault(currency, {"currency": currency, "overdue": 0, "balance": 0})
        total["overdue"] += overdue
        total["balance"] += balance
    return Sheet("account list", "Accounts", columns, rows, totals=list(sums.values()))


def story(
    account: Account,
    names: Sequence[str],
    owed: tuple[Sequence[Item], Sequence[Credit]],
    day: date,
    buckets: Buckets,
) -> Page:
    """One account on one screen; `owed` is its open items and its unapplied credits."""
    items, credits_ = owed
    lines = [OpenLine(item.currency, item.due_on, item.open_minor) for item in items]
    lines += [OpenLine(credit.currency, credit.document_on, credit.open_minor, is_credit=True) for credit in credits_]
    aged = aging.age(lines, day, buckets)
    facts = [
        Fact("account", "Account", account.number),
        Fact("name", "Name", account.name),
        Fact("other_names", "Also called", ", ".join(names)),
        Fact("agent", "Agent", account.agent),
        Fact("territory", "Territory", account.territory),
        Fact("phone", "Phone", account.phone),
        Fact("email", "E-mail", account.email),
        Fact("party", "Party", account.party),
        Fact("zone", "Time zone", account.zone),
        Fact("state", "State", account.state),
        Fact("postcode", "Postcode", account.postcode),
        Fact("language", "Language", account.language),
        Fact("position", "Position", account.position),
        Fact("credit_days", "Credit days", account.credit_days, "int"),
        *(Fact(f"balance_{code}" if len(aged) > 1 else "balance", "Balance", one.total, "money", code)
          for code, one in aged.items()),
    ]  # fmt: skip
    shown = [fact for fact in facts if fact.value not in {"", None} or fact.key in {"account", "name"}]
    sheets = {"aging": _aged(aged, buckets), "items": _items(account, items, day)}
    if credits_:
        sheets["credits"] = credit_list(credits_, "Unapplied")
    return Page("show", f"{account.name} on {day}", shown, sheets)


def found(text: str, hits: Sequence[Sequence[Any]]) -> Sheet:
    """What a search found."""
    columns = (
        Column("account", "Account"),
        Column("name", "Name"),
        Column("phone", "Phone", rank=1),
        Column("number", "Item"),
        Column("currency", "Cur", rank=3),
        Column("due_on", "Due", "date", rank=2),
        Column("open", "Open", "money"),
    )
    return Sheet("find", f"Found for {text}", columns, hits)


def added(account: Account, *, dry_run: bool) -> Done:
    """What was added."""
    facts = (Fact("account", "Account", account.number), Fact("name", "Name", account.name))
    return Done("account add", [f"added account {account.number} {account.name}"], facts, dry_run)


def changed(account: Account, values: Mapping[str, Any], *, dry_run: bool) -> Done:
    """What was changed of an account."""
    lines = [
        f"{account.number}: {_WORDS.get(key, key)} is now {value!s}, was {getattr(account, key) or 'empty'}"
        for key, value in values.items()
    ] or [f"{account.number}: it is so already, nothing to change"]
    facts = [Fact("account", "Account", account.number), *(Fact(key, key, value) for key, value in values.items())]
    return Done("account set", lines, facts, dry_run)


def _aged(aged: Mapping[str, aging.Aged], buckets: Buckets) -> Sheet:
    columns = [
        Column(key, label.capitalize(), "money") for key, label in zip(buckets.keys, buckets.labels, strict=True)
    ]
    head = Column("currency", "Cur", rank=9)
    tail = (Column("unapplied", "Unapplied", "money"), Column("total", "Total", "money"))
    rows = [(code, *one.buckets, one.unapplied, one.total) for code, one in aged.items()]
    return Sheet("aging", "Owed by age", (head, *columns, *tail), rows)


def _items(account: Account, items: Sequence[Item], day: date) -> Sheet:
    columns = item_view.columns_for(items)
    whose = ("account", "name")
    kept = [at for at, column in enumerate(columns) if column.key not in whose]
    rows = [item_view.row(account, item, day) for item in items]
    return Sheet("items", "Open items", [columns[at] for at in kept], [[row[at] for at in kept] for row in rows])


def credit_list(credits_: Sequence[Credit], title: str) -> Sheet:
    """Credit notes and advances, with what of each is unapplied."""
    columns = (
        Column("number", "Number"),
        Column("kind", "Kind"),
        Column("document_on", "Dated", "date"),
        Column("currency", "Cur", rank=1),
        Column("amount", "Amount", "money"),
        Column("open", "Unapplied", "money"),
    )
    rows = [
        (credit.number, credit.kind, credit.document_on, credit.currency, credit.amount_minor, credit.open_minor)
        for credit in credits_
    ]
    return Sheet("credits", title, columns, rows)
