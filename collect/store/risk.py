"""Risk scores from what the book holds."""

from collections.abc import Sequence

from collect import risk
from collect.book import Book
from collect.store import conducts, history
from collect.store.postings import MANY, AsOf


def weights(book: Book) -> risk.Weights:
    """Weights of the reasons, from the settings."""
    return risk.Weights(*(float(book.setting(f"risk.{name}_points")) for name in risk.Weights._fields))


def scores(book: Book, as_of: AsOf, accounts: Sequence[int]) -> dict[int, float]:
    """Risk score of these accounts at the end of a day; unless they are many, only their own history is read."""
    some = accounts if len(accounts) <= MANY else None
    records = risk.records(history.items(book, as_of, some), as_of.day)
    conduct = conducts.all_of(book, as_of, some)
    given = weights(book)
    return {
        key: risk.score(records.get(key, risk.NO_RECORD), conduct.get(key, risk.NO_CONDUCT), given) for key in accounts
    }


def reasons(book: Book, as_of: AsOf, account_id: int) -> tuple[risk.Reason, ...]:
    """The reasons that the score of one account is the sum of."""
    records = risk.records(history.items(book, as_of, [account_id]), as_of.day)
    conduct = conducts.all_of(book, as_of, [account_id])
    return risk.reasons(
        records.get(account_id, risk.NO_RECORD), conduct.get(account_id, risk.NO_CONDUCT), weights(book)
    )
