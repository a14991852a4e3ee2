"""What a household earns and spends, as somebody said it on a day."""

from datetime import date

from collect.affordability import Budget
from collect.book import Book
from collect.records import Account


def add(book: Book, account: Account, budget: Budget) -> None:
    """Keep a statement."""
    book.execute(
        "INSERT INTO budget (account_id, currency, income_minor, priority_minor, other_minor, household, said_on,"
        " said_by, note, change_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(account.id, budget.currency, budget.income_minor, budget.priority_minor, budget.other_minor),
            *(budget.household, budget.said_on.isoformat(), budget.said_by, budget.note, book.writing.id),
        ),
    )


def latest(book: Book, account: Account, currency: str, day: date) -> Budget | None:
    """The last statement by that day in that currency, or None."""
    row = book.execute(
        "SELECT income_minor, said_on, said_by, priority_minor, other_minor, household, note FROM budget"
        " WHERE account_id = ? AND currency = ? AND said_on <= ? ORDER BY said_on DESC, id DESC LIMIT 1",
        (account.id, currency, day.isoformat()),
    ).fetchone()
    if row is None:
        return None
    income_minor, said_on, *rest = row
    return Budget(currency, income_minor, date.fromisoformat(said_on), *rest)
