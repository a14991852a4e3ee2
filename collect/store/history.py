"""The history of items as of any day, straight from the postings: when each was due, when it was settled."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from collect.book import Book, end_of
from collect.store.postings import AsOf, among

if TYPE_CHECKING:
    from collect.risk import Known


def items(book: Book, as_of: AsOf, accounts: Iterable[int] | None = None) -> "list[Known]":
    """Return every item that had begun by the end of a day, of all accounts or of those with these ids.

    An item is settled on the day of its last posting, when nothing of it is open. They are bare tuples in the order of
    `Known`: there may be a hundred thousand. `document_on` is never empty: without one it is the first posting's day.
    """
    known, parameters = known_in(book, as_of)
    due = "i.due_on"
    if as_of.known_on is not None:
        due = (
            "COALESCE((SELECT d.due_on FROM item_due d WHERE d.item_id = i.id AND d.change_id <= :last_change"
            " ORDER BY d.change_id DESC LIMIT 1), i.due_first)"
        )
    only = among("account_id", accounts)
    return book.execute(
        "WITH story AS (SELECT item_id, SUM(amount_minor) AS open_minor, MAX(effective_on) AS last_on,"
        " MIN(effective_on) AS first_on, SUM(CASE WHEN kind = 'invoice' THEN amount_minor ELSE 0 END) AS amount"
        f" FROM posting WHERE item_id IS NOT NULL AND effective_on <= :day AND {known} {only} GROUP BY item_id)"
        " SELECT i.account_id, i.currency, CASE i.document_on WHEN '' THEN s.first_on ELSE i.document_on END,"
        f" {due}, CASE WHEN s.open_minor <= 0 THEN s.last_on ELSE '' END, s.amount, s.open_minor,"
        " CASE WHEN EXISTS (SELECT 1 FROM dispute_item p JOIN dispute d ON d.id = p.dispute_id WHERE p.item_id = i.id"
        f" AND d.opened_on <= :day AND d.{known}) THEN 2 ELSE i.disputed END"
        " FROM story s JOIN item i ON i.id = s.item_id WHERE s.amount > 0 ORDER BY i.id",
        parameters,
    ).fetchall()


def known_in(book: Book, as_of: AsOf) -> tuple[str, dict[str, Any]]:
    """Return the condition on `change_id` for what was known, and the parameters of day and change."""
    parameters: dict[str, Any] = {"day": as_of.day.isoformat()}
    if as_of.known_on is None:
        return "change_id > 0", parameters
    row = book.execute(
        "SELECT COALESCE(MAX(id), 0) FROM change WHERE recorded_at < ?", (end_of(as_of.known_on, book.zone),)
    ).fetchone()
    return "change_id <= :last_change", {**parameters, "last_change": row[0]}
