"""Risk scores from what the book holds."""

from collections.abc import Sequence

from collect import risk
from collect.book import Book
from collect.store import conducts, history
from collect.store.postings import AsOf


def weights(book: Book) -> risk.Weights:
    """Weights of the reasons, from the settings."""
    return risk.Weights(*(float(book.setting(f"risk.{name}_points")) for name in risk.Weights._fields))


def scores(book: Book, as_of: AsOf, accounts: Sequence[int]) -> dict[int, float]:
    """Risk score of these accounts at the end of a day; the work grows with their own history only."""
    records = risk.records(history.items(book, as_of, accounts), as_of.day)
    conduct = conducts.all_of(book, as_of, accounts)
    given = weights(book)
    return {
        key: risk.score(records.get(key, risk.NO_RECORD), conduct.get(key, risk.NO_CONDUCT), given) for key in accounts
    }
