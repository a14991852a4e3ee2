"""Debts as they stood day by day: what interest for late payment, and the class of a loan, are reckoned from."""

from collections.abc import Sequence
from datetime import date
from itertools import accumulate, groupby

from collect.book import Book
from collect.interest import Balance, Debt
from collect.records import Account
from collect.store import history, postings
from collect.store.postings import AsOf


def debts(
    book: Book, as_of: AsOf, accounts: Sequence[Account] | None, *, components: Sequence[str] = ("principal",)
) -> list[Debt]:
    """Every item of those components that had begun by the end of a day, paid ones too, with what was open of it.

    Of these accounts, or of all. An item whose due day is known only by the bucket of an aged list is left out: its
    day would be made up.
    """
    known, parameters = history.known_in(book, as_of)
    only = postings.among("account_id", None if accounts is None else [one.id for one in accounts])
    of = " OR ".join(f"i.component = :part{at}" for at in range(len(components)))
    rows = book.execute(
        "WITH story AS (SELECT item_id, effective_on, SUM(amount_minor) AS amount FROM posting"
        f" WHERE item_id IS NOT NULL AND effective_on <= :day AND {known} {only} GROUP BY item_id, effective_on)"
        " SELECT i.id, i.account_id, i.number, i.currency, i.document_on, i.due_on, i.due_from, s.effective_on,"
        f" s.amount FROM story s JOIN item i ON i.id = s.item_id WHERE i.due_from <> 'bucket' AND ({of})"
        " ORDER BY i.due_on, i.number, i.id, s.effective_on",
        {**parameters, **{f"part{at}": name for at, name in enumerate(components)}},
    )
    found = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        lines = list(group)
        _, account_id, number, currency, document_on, due_on, due_from, first_on, _ = lines[0]
        days = (date.fromisoformat(line[7]) for line in lines)
        sums = accumulate(line[8] for line in lines)
        accepted_on = date.fromisoformat(document_on or first_on)
        due = date.fromisoformat(due_on)
        balances = tuple(map(Balance, days, sums))
        found.append(Debt(account_id, number, currency, accepted_on, due, due_from != "document", balances))
    return found


def guessed(book: Book) -> int:
    """How many open items have a due day that is known only by the bucket of an aged list."""
    row = book.execute("SELECT COUNT(*) FROM item WHERE due_from = 'bucket' AND open_minor > 0").fetchone()
    return int(row[0])
