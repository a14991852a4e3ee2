"""The ledger of postings: append, settle the caches, carry the control totals, and see any day as it was.

`amount_minor` is in minor units: debt is positive, money and other credits are negative.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from collect.book import Book, Change, end_of

if TYPE_CHECKING:
    from collect.records import Credit


class Posting(NamedTuple):
    """One line of the ledger, on an item or on a credit; never edited, corrected by another that `reverses_id` it."""

    account_id: int
    item_id: int | None
    credit_id: int | None
    kind: str
    currency: str
    amount_minor: int
    effective_on: str
    pair_id: int | None = None
    reverses_id: int | None = None


class AsOf(NamedTuple):
    """The day a report shows, and what was known: postings recorded before the end of `known_on` (None: all)."""

    day: date
    known_on: date | None = None
    summed: bool = False
    """Whether the proof sums the postings themselves (an as-of was asked for) or uses the carried control totals."""


def add(book: Book, postings: Iterable[Posting]) -> None:
    """Append postings to the change under way."""
    change = book.writing.id
    book.executemany(
        "INSERT INTO posting (change_id, account_id, item_id, credit_id, kind, currency, amount_minor,"
        f" effective_on, pair_id, reverses_id) VALUES ({change}, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        map(tuple, postings),  # plain ones are bound in half the time
    )


def allocate(book: Book, credit: "Credit", item_id: int, amount_minor: int, day: str) -> None:
    """Move money from a credit to an item, effective on `day`: a pair that sums to zero."""
    pair: int = book.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM posting").fetchone()[0]
    account, currency = credit.account_id, credit.currency
    add(
        book,
        [
            Posting(account, item_id, None, "allocation", currency, -amount_minor, day, pair),
            Posting(account, None, credit.id, "allocation", currency, amount_minor, day, pair),
        ],
    )


def settle(book: Book, change: Change) -> None:
    """Bring the open amounts of items and credits up to date with the postings since the change was last settled."""
    for table, column in (("item", "item_id"), ("credit", "credit_id")):
        book.execute(
            f"UPDATE {table} SET open_minor = open_minor + new.amount FROM"
            f" (SELECT {column} AS id, SUM(amount_minor) AS amount FROM posting"
            f" WHERE id > ? AND {column} IS NOT NULL GROUP BY {column}) AS new"
            f" WHERE new.id = {table}.id AND new.amount <> 0",
            (change.settled_to,),
        )
    change.settled_to = book.execute("SELECT COALESCE(MAX(id), 0) FROM posting").fetchone()[0]


def sum_owing(book: Book, change: Change) -> None:
    """Sum anew what is open, and since when it is due, of the accounts this change posted on or moved a due date of."""
    moved = ", ".join(map(str, sorted(change.accounts)))
    touched = f"SELECT account_id FROM posting WHERE id > :before UNION SELECT id FROM account WHERE id IN ({moved})"
    if not change.before:  # of an empty book, all of them
        touched = "SELECT id FROM account"
    before = {"before": change.before}
    book.execute(f"DELETE FROM owing WHERE account_id IN ({touched})", before)
    book.execute(
        "INSERT INTO owing (account_id, currency, open_minor, oldest_due_on)"
        " SELECT account_id, currency, SUM(open_minor), MIN(due_on) FROM item"
        f" WHERE open_minor <> 0 AND account_id IN ({touched}) GROUP BY account_id, currency",
        before,
    )


def carry_totals(book: Book, change: Change) -> None:
    """Add what this change posted to the control total of each currency."""
    book.execute(
        "INSERT INTO control_total (currency, change_id, total_minor)"
        " SELECT p.currency, ?, SUM(p.amount_minor) + COALESCE((SELECT c.total_minor FROM control_total c"
        " WHERE c.currency = p.currency ORDER BY c.change_id DESC LIMIT 1), 0)"
        " FROM posting p WHERE p.id > ? GROUP BY p.currency",
        (change.id, change.before),
    )


def control_totals(book: Book, as_of: AsOf) -> Mapping[str, int]:
    """Return what the book must sum to on a day, per currency in minor units, without looking at the caches.

    Today's are the totals carried by each change, less what takes effect later; an as-of sums the postings.
    """
    parameters: dict[str, Any] = {"day": as_of.day.isoformat()}
    if as_of.summed or as_of.known_on is not None:
        known, parameters = _known(book, as_of)
        rows = book.execute(
            f"SELECT currency, SUM(amount_minor) FROM posting WHERE effective_on <= :day AND {known} GROUP BY currency",
            parameters,
        )
        return dict(rows)
    totals: dict[str, int] = {}
    for (currency,) in book.execute("SELECT DISTINCT currency FROM control_total").fetchall():
        last = "SELECT total_minor FROM control_total WHERE currency = ? ORDER BY change_id DESC LIMIT 1"
        totals[currency] = book.execute(last, (currency,)).fetchone()[0]
    later = "SELECT currency, SUM(amount_minor) FROM posting WHERE effective_on > :day GROUP BY currency"
    for currency, amount in book.execute(later, parameters):
        totals[currency] -= amount
    return totals


# What reports need of an open item or credit, in the order of the partial indexes.
_ITEM = "account_id, currency, due_on, document_on, disputed, due_from"
_CREDIT = "account_id, currency, document_on"


def open_on(book: Book, as_of: AsOf, accounts: Iterable[int] | None = None) -> tuple[str, dict[str, Any]]:
    """Return a WITH list that defines `open_item` and `open_credit` as of a day, and its parameters.

    Of all accounts, or of these (no more than `MANY`). Columns: id, open_minor, account_id, currency, document_on;
    items also due_on, disputed, due_from. On a day that no posting is later than, these are the cached amounts; else
    the cache less what took effect later; as known on an earlier day, the sum of the postings known then, with the due
    dates known then.
    """
    parameters: dict[str, Any] = {"day": as_of.day.isoformat()}
    only = among("account_id", accounts)
    if as_of.known_on is not None:
        known, parameters = _known(book, as_of)
        parts = [_replayed("item", _ITEM, f"{known} {only}"), _replayed("credit", _CREDIT, f"{known} {only}")]
    elif cached(book, as_of):
        parts = [_cached("item", _ITEM, only), _cached("credit", _CREDIT, only)]
        parameters = {}
    else:
        parts = [_less_later("item", _ITEM, only), _less_later("credit", _CREDIT, only)]
    return "WITH " + ", ".join(parts), parameters


MANY = 20_000
"""Accounts up to which a statement names each; of more, all are read and the others left out."""


def among(column: str, accounts: Iterable[int] | None) -> str:
    """Return a condition that narrows to these accounts; '' for all."""
    return "" if accounts is None else f"AND {column} IN ({','.join(str(int(one)) for one in accounts)})"


def cached(book: Book, as_of: AsOf) -> bool:
    """Whether the caches show that day: nothing takes effect after it."""
    if as_of.known_on is not None:
        return False
    later = book.execute("SELECT 1 FROM posting WHERE effective_on > ? LIMIT 1", (as_of.day.isoformat(),))
    return later.fetchone() is None


def _known(book: Book, as_of: AsOf) -> tuple[str, dict[str, Any]]:
    parameters = {"day": as_of.day.isoformat()}
    if as_of.known_on is None:
        return "1 = 1", parameters
    last = book.execute(
        "SELECT COALESCE(MAX(id), 0) FROM change WHERE recorded_at < ?", (end_of(as_of.known_on, book.zone),)
    ).fetchone()[0]
    return "change_id <= :last_change", {**parameters, "last_change": last}


def _cached(table: str, fields: str, only: str) -> str:
    return f"open_{table} AS (SELECT id, open_minor, {fields} FROM {table} WHERE open_minor <> 0 {only})"


def _replayed(table: str, fields: str, known: str) -> str:
    due_then = (
        "COALESCE((SELECT d.due_on FROM item_due d WHERE d.item_id = item.id AND d.change_id <= :last_change"
        " ORDER BY d.change_id DESC LIMIT 1), due_first)"
    )
    shown = fields.replace("due_on", f"{due_then} AS due_on")
    return (
        f"known_{table} AS (SELECT {table}_id AS id, SUM(amount_minor) AS open_minor FROM posting"
        f" WHERE {table}_id IS NOT NULL AND effective_on <= :day AND {known}"
        f" GROUP BY {table}_id HAVING SUM(amount_minor) <> 0),"
        f" open_{table} AS (SELECT known_{table}.id AS id, known_{table}.open_minor AS open_minor, {shown}"
        f" FROM known_{table} JOIN {table} ON {table}.id = known_{table}.id)"
    )


def _less_later(table: str, fields: str, only: str) -> str:
    later = f"later_{table}"
    return (
        f"{later} AS (SELECT {table}_id AS later_id, SUM(amount_minor) AS amount FROM posting"
        f" WHERE {table}_id IS NOT NULL AND effective_on > :day {only} GROUP BY {table}_id),"
        f" open_{table} AS (SELECT id, open_minor, {fields} FROM {table}"
        f" WHERE open_minor <> 0 AND id NOT IN (SELECT later_id FROM {later}) {only}"
        f" UNION ALL SELECT id, open_minor - amount, {fields} FROM {later} JOIN {table} ON id = later_id"
        f" WHERE open_minor <> amount)"
    )
