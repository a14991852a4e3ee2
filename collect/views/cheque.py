"""Post-dated cheques as a list, and what was done with one."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from collect import cheques
from collect.cheques import Cheque
from collect.money import Money
from collect.records import Account
from collect.views.sheet import Column, Done, Fact, Sheet


def listing(rows: Sequence[tuple[Account, Cheque]], today: date) -> Sheet:
    """Cheques by the day they are dated; totals count those in the drawer, which no balance counts."""
    columns = (
        Column("cheque", "Cheque"),
        Column("bank", "Bank", rank=4),
        Column("account", "Account"),
        Column("name", "Name", rank=2),
        Column("due_on", "Dated", "date"),
        Column("currency", "Cur", rank=6),
        Column("amount", "Amount", "money"),
        Column("state", "State"),
        Column("became_on", "On", "date", rank=5),
        Column("receipt", "Receipt", rank=3),
    )
    sums: dict[str, dict[str, Any]] = {}
    for _, one in rows:
        if not one.became:
            total = sums.setdefault(one.currency, {"currency": one.currency, "amount": 0})
            total["amount"] += one.amount_minor
    cells = [
        (
            one.number, one.bank, account.number, account.name, one.due_on, one.currency, one.amount_minor,
            cheques.state(one, today), one.became_on, one.receipt,
        )
        for account, one in rows
    ]  # fmt: skip
    notes = ["the total is money to come: no balance counts it"] if sums else []
    return Sheet("cheque list", "Post-dated cheques", columns, cells, totals=list(sums.values()), notes=notes)


def done(report: str, word: str, account: Account, cheque: Cheque, on: date, *, dry_run: bool) -> Done:
    """What was done with a cheque."""
    amount = Money(cheque.amount_minor, cheque.currency)
    line = f"{word} cheque {cheque.number} of {account.number} {account.name}: {amount}, dated {cheque.due_on}"
    facts = (
        Fact("cheque", "Cheque", cheque.number),
        Fact("bank", "Bank", cheque.bank),
        Fact("account", "Account", account.number),
        Fact("currency", "Currency", cheque.currency),
        Fact("amount", "Amount", cheque.amount_minor, "money", cheque.currency),
        Fact("due_on", "Dated", cheque.due_on, "date"),
        Fact("on", "Day", on, "date"),
    )
    return Done(report, [line], facts, dry_run)
