"""Disputes: open them, end them, list them; and how much of each item is disputed on a day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from collect import disputes
from collect.book import Book
from collect.disputes import Dispute, End, Part
from collect.errors import NotFound, Refused
from collect.records import Account
from collect.store import history, postings
from collect.store.postings import AsOf

_DISPUTE = (
    "d.id, d.account_id, d.currency, d.reason, d.owner, d.opened_on, d.promised_on, d.note, d.reopens_id,"
    " e.ended_on, e.outcome, e.credited_minor, e.note"
)
_FROM = "FROM dispute d LEFT JOIN dispute_end e ON e.dispute_id = d.id"


def add(book: Book, dispute: Dispute) -> int:
    """Open a dispute (its id is ignored) and return its id."""
    cursor = book.execute(
        "INSERT INTO dispute (account_id, currency, reason, owner, opened_on, promised_on, note, reopens_id, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            dispute.account_id,
            dispute.currency,
            dispute.reason,
            dispute.owner,
            dispute.opened_on.isoformat(),
            dispute.promised_on.isoformat() if dispute.promised_on else "",
            dispute.note,
            dispute.reopens_id,
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    key = cursor.lastrowid
    book.executemany(
        "INSERT INTO dispute_item (dispute_id, item_id, amount_minor) VALUES (?, ?, ?)",
        [(key, *part) for part in dispute.parts],
    )
    book.executemany(
        "INSERT INTO dispute_document (dispute_id, reference) VALUES (?, ?)",
        [(key, reference) for reference in dict.fromkeys(dispute.documents)],
    )
    return key


def end(book: Book, dispute: Dispute, how: End, credit_id: int | None) -> None:
    """End a dispute; `credit_id` is the credit note that was given, None where none was."""
    book.execute(
        "INSERT INTO dispute_end (dispute_id, ended_on, outcome, credited_minor, credit_id, note, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            dispute.id,
            how.ended_on.isoformat(),
            how.outcome,
            how.credited_minor,
            credit_id,
            how.note,
            book.writing.id,
        ),
    )


def get(book: Book, key: int) -> Dispute:
    """Return the dispute of that number; NotFound otherwise."""
    found = _read(book, "WHERE d.id = :key", {"key": key})
    if not found:
        raise NotFound(f"no such dispute: {key}", "see 'collect dispute list --all'")
    return found[0]


def all_of(book: Book, as_of: AsOf, account: Account | None = None) -> list[Dispute]:
    """Disputes opened by the end of a day, of all accounts or of one, in the order they were opened.

    Of one that ended later the end is left out.
    """
    known, parameters = history.known_in(book, as_of)
    only = " AND d.account_id = :account" if account else ""
    return _read(
        book,
        f"AND e.ended_on <= :day AND e.{known} WHERE d.opened_on <= :day AND d.{known}{only}",
        {**parameters, "account": account.id if account else 0},
    )


def reopened_by(book: Book, key: int) -> int | None:
    """The dispute that took this one up again, if any."""
    row = book.execute("SELECT id FROM dispute WHERE reopens_id = ?", (key,)).fetchone()
    return row[0] if row else None


def check_number(book: Book, account: Account, number: str) -> None:
    """Refuse the number of a credit note that the account has already."""
    row = book.execute(
        "SELECT 1 FROM credit WHERE account_id = ? AND number = ? AND number <> '' AND kind = 'credit note'",
        (account.id, number),
    ).fetchone()
    if row:
        raise Refused(f"there is such a credit note already: {number}", "give the new one another --number")


def open_of(book: Book, account_id: int, currency: str, as_of: AsOf) -> dict[int, int]:
    """What is open of each item of an account in a currency, oldest due first."""
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT id, open_minor FROM open_item WHERE account_id = :account AND currency = :currency"
        " AND open_minor > 0 ORDER BY due_on, id",
        {**parameters, "account": account_id, "currency": currency},
    )
    return dict(rows)


def standings(book: Book, as_of: AsOf, found: Iterable[Dispute]) -> dict[int, tuple[Part, ...]]:
    """What is still open of these disputes at the end of a day, by their id; nothing of one that was over then."""
    wanted = {(one.account_id, one.currency) for one in found if disputes.state(one, as_of.day) in {"open", "late"}}
    active: dict[tuple[int, str], list[Dispute]] = defaultdict(list)
    for one in all_of(book, as_of):
        if one.end is None and (one.account_id, one.currency) in wanted:
            active[one.account_id, one.currency].append(one)
    left = {key: open_of(book, *key, as_of) for key in wanted}
    return {
        dispute_id: parts
        for key, own in active.items()
        for dispute_id, parts in disputes.standings(own, left[key]).items()
    }


def disputed_minor(book: Book, as_of: AsOf, account_id: int = 0) -> dict[int, int]:
    """How much of each item is disputed at the end of a day, by item id: the ledger's mark, and the disputes open then.

    Never more than is open of it; items without dispute are left out. `account_id` narrows it to one account.
    """
    with_open, parameters = postings.open_on(book, as_of)
    only = "AND account_id = :account" if account_id else ""
    marked = book.execute(
        f"{with_open} SELECT id, open_minor FROM open_item WHERE disputed = 1 AND open_minor > 0 {only}",
        {**parameters, "account": account_id},
    )
    return {**in_disputes(book, as_of, account_id), **dict(marked)}


def in_disputes(book: Book, as_of: AsOf, account_id: int = 0) -> dict[int, int]:
    """How much of each item is in disputes of ours at the end of a day, by item id, whatever the ledger marks."""
    return {item_id: left for item_id, left, *_ in _entries(book, as_of, account_id)}


def disputed_wholly(book: Book, as_of: AsOf, account_id: int = 0) -> list[int]:
    """Ids of the items of which all that is open is in disputes of ours at the end of a day."""
    ours = in_disputes(book, as_of, account_id)
    if not ours:
        return []
    with_open, parameters = postings.open_on(book, as_of)
    rows = book.execute(
        f"{with_open} SELECT id, open_minor FROM open_item WHERE id IN ({','.join(map(str, ours))})", parameters
    )
    return [item_id for item_id, left in rows if ours[item_id] >= left]


def overdue_by_account(book: Book, as_of: AsOf, account_id: int = 0) -> dict[tuple[int, str], int]:
    """How much that is overdue is in a dispute of ours and not marked in the ledger, by account id and currency.

    What the queue adds to the marked items it sums itself; the work grows with the disputes, not with the items.
    """
    found: dict[tuple[int, str], int] = defaultdict(int)
    for _, disputed, account, currency, due_on, marked in _entries(book, as_of, account_id):
        if not marked and due_on < as_of.day.isoformat():
            found[account, currency] += disputed
    return dict(found)


def numbers(book: Book, found: Iterable[Dispute]) -> dict[int, str]:
    """Document numbers of the items in disputes, by item id."""
    wanted = ",".join(str(int(part.item_id)) for one in found for part in one.parts)
    return dict(book.execute(f"SELECT id, number FROM item WHERE id IN ({wanted})"))


def numbered(book: Book, parts: Sequence[Part]) -> list[tuple[str, int]]:
    """Document number and amount of each part."""
    wanted = ",".join(str(int(part.item_id)) for part in parts)
    names = dict(book.execute(f"SELECT id, number FROM item WHERE id IN ({wanted})"))
    return [(names[part.item_id], part.amount_minor) for part in parts]


def _entries(book: Book, as_of: AsOf, account_id: int) -> list[tuple[Any, ...]]:
    """Return (item id, disputed minor units, account id, currency, due_on, marked) of items in disputes open then."""
    if not book.execute("SELECT 1 FROM dispute LIMIT 1").fetchone():
        return []
    known, parameters = history.known_in(book, as_of)
    with_open, more = postings.open_on(book, as_of)
    only = "AND d.account_id = :account" if account_id else ""
    return book.execute(
        f"{with_open}, active AS (SELECT d.id, d.account_id, d.currency FROM dispute d WHERE d.opened_on <= :day"
        f" AND d.{known} {only} AND NOT EXISTS (SELECT 1 FROM dispute_end e WHERE e.dispute_id = d.id"
        f" AND e.ended_on <= :day AND e.{known})),"
        " part AS (SELECT p.item_id AS id, SUM(p.amount_minor) AS amount FROM active JOIN dispute_item p"
        " ON p.dispute_id = active.id GROUP BY p.item_id),"
        " whole AS (SELECT DISTINCT account_id, currency FROM active WHERE id NOT IN"
        " (SELECT dispute_id FROM dispute_item))"
        " SELECT o.id, o.open_minor, o.account_id, o.currency, o.due_on, o.disputed FROM whole w JOIN open_item o"
        " ON o.account_id = w.account_id AND o.currency = w.currency WHERE o.open_minor > 0"
        " UNION ALL SELECT o.id, CASE WHEN part.amount < o.open_minor THEN part.amount ELSE o.open_minor END,"
        " o.account_id, o.currency, o.due_on, o.disputed FROM part JOIN open_item o ON o.id = part.id"
        " WHERE o.open_minor > 0 AND NOT EXISTS (SELECT 1 FROM whole w WHERE w.account_id = o.account_id"
        " AND w.currency = o.currency) ORDER BY 1",
        {**parameters, **more, "account": account_id},
    ).fetchall()


def _read(book: Book, which: str, parameters: Mapping[str, Any]) -> list[Dispute]:
    rows = book.execute(f"SELECT {_DISPUTE} {_FROM} {which} ORDER BY d.opened_on, d.id", parameters).fetchall()
    parts: dict[int, list[Part]] = defaultdict(list)
    documents: dict[int, list[str]] = defaultdict(list)
    for key, item_id, amount in book.execute(
        f"SELECT p.dispute_id, p.item_id, p.amount_minor FROM dispute_item p WHERE p.dispute_id IN"
        f" (SELECT d.id {_FROM} {which}) ORDER BY p.dispute_id, p.item_id",
        parameters,
    ):
        parts[key].append(Part(item_id, amount))
    for key, reference in book.execute(
        f"SELECT x.dispute_id, x.reference FROM dispute_document x WHERE x.dispute_id IN"
        f" (SELECT d.id {_FROM} {which}) ORDER BY 1, 2",
        parameters,
    ):
        documents[key].append(reference)
    return [_dispute(row, tuple(parts[row[0]]), tuple(documents[row[0]])) for row in rows]


def _dispute(row: tuple[Any, ...], parts: tuple[Part, ...], documents: tuple[str, ...]) -> Dispute:
    key, account_id, currency, reason, owner, opened_on, promised_on, note, reopens_id, ended_on, *how = row
    return Dispute(
        key,
        account_id,
        currency,
        reason,
        owner,
        date.fromisoformat(opened_on),
        date.fromisoformat(promised_on) if promised_on else None,
        note,
        parts,
        documents,
        reopens_id,
        End(date.fromisoformat(ended_on), *how) if ended_on else None,
    )
