"""New items and credits in bulk: inserted in the order of their index, open at once, posted in few statements."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from collect.book import Book
from collect.listing import New, When, openings
from collect.store import postings
from collect.store.postings import Posting

# Indexes that a load of an empty book makes afterwards; a book that has items keeps them.
_LATE = ("item_number", "item_open", "posting_account", "posting_effective")
_MANY = 1000

Row = tuple[Any, ...]


class _Load(NamedTuple):
    """What is inserted after the items: rows of credits, and postings of those that one posting does not open."""

    first_credit: int
    credits: list[Row]
    postings: list[Posting]


def open_new(book: Book, new: list[New], ids: Mapping[str, int], when: When, profile_id: int) -> None:
    """Insert new items and credits with what is open on them already; their postings are thereby settled.

    It empties `new`, since a long list has no room in memory beside the pages that are written.
    """
    late = _drop_late_indexes(book) if len(new) > _MANY else []
    first_item, first_credit = (
        int(book.execute(f"SELECT COALESCE(MAX(id), 0) + 1 FROM {table}").fetchone()[0]) for table in ("item", "credit")
    )
    # In the order of the unique index, which is far cheaper to fill so; items of one account stay as in the file.
    new.sort(key=lambda one: ids[one.row.account])
    new.reverse()
    load = _Load(first_credit, [], [])
    _insert_items(book, _items(new, ids, first_item, load, when), profile_id)
    _insert_credits(book, load.credits, profile_id)
    postings.add(book, load.postings)
    _post_whole(book, first_item)
    book.writing.settled_to = book.execute("SELECT COALESCE(MAX(id), 0) FROM posting").fetchone()[0]
    for sql in late:
        book.execute(sql)


def _items(new: list[New], ids: Mapping[str, int], next_item: int, load: _Load, when: When) -> Iterator[Row]:
    """Rows of items, from the end of the list on; one that opens by one posting, in full and on its day, has none."""
    while new:
        one = new.pop()
        row, line, due_on, due_from, begins, met = one
        (_, owner, _, number, component, kind, document_on, stated, currency, amount, left, settled, disputed, _, _) = (
            row
        )
        account = ids[owner]
        if kind != "item":
            _credit(load, account, one, when)
            continue
        whole = amount and (left is None or left == amount) and not (settled or met) and begins == document_on
        opened = amount if whole else _posted(load, account, (next_item, None), one, when)
        mark = 1 if disputed else 0  # a bool would be adapted, which takes longer than all the rest of the row
        yield (
            next_item, account, number, component, stated, line, currency, document_on, due_on, mark, due_from,
            opened, opened - met,
        )  # fmt: skip
        next_item += 1


def _credit(load: _Load, account: int, one: New, when: When) -> None:
    row, credit = one.row, load.first_credit + len(load.credits)
    left = _posted(load, account, (None, credit), one, when)
    load.credits.append((
        credit, account, _own(one), row.number, row.due_on, one.line, row.currency,
        row.document_on or one.effective_on, left, left - one.met_minor,
    ))  # fmt: skip


def _posted(load: _Load, account: int, target: tuple[int | None, int | None], one: New, when: When) -> int:
    """Note the postings that open a row; returns what they leave open."""
    lines = openings(one, when)
    own, currency = _own(one), one.row.currency
    load.postings.extend(Posting(account, *target, kind or own, currency, amount, day) for kind, amount, day in lines)
    return sum(amount for _, amount, _ in lines)


def _own(one: New) -> str:
    """What the posting that opens a row is called."""
    if one.row.kind == "item":
        return "invoice"
    return "credit note" if one.row.number else "advance"


def _post_whole(book: Book, first: int) -> None:
    """Post the items from id `first` on that have no posting yet: they are open in full from their document date."""
    book.execute(
        "INSERT INTO posting (change_id, account_id, item_id, kind, currency, amount_minor, effective_on)"
        " SELECT change_id, account_id, id, 'invoice', currency, open_minor, document_on FROM item"
        " WHERE id >= ? AND open_minor <> 0 AND id NOT IN"
        " (SELECT item_id FROM posting WHERE id > ? AND item_id IS NOT NULL) ORDER BY id",
        (first, book.writing.before),
    )


def _insert_items(book: Book, items: Iterator[Row], profile_id: int) -> None:
    book.executemany(
        "INSERT INTO item (id, account_id, number, component, due_stated, line, currency, document_on, due_first,"
        " due_on, disputed, due_from, open_minor, listed_minor, profile_id, change_id)"
        f" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?9, ?10, ?11, ?12, ?13, {profile_id}, {book.writing.id})",
        items,
    )


def _insert_credits(book: Book, credits_: list[Row], profile_id: int) -> None:
    book.executemany(
        "INSERT INTO credit (id, account_id, kind, number, due_stated, line, currency, document_on, open_minor,"
        " listed_minor, profile_id, change_id)"
        f" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, {profile_id}, {book.writing.id})",
        credits_,
    )


def _drop_late_indexes(book: Book) -> list[str]:
    """Drop the indexes that are faster made after a load, if the book has no items yet; returns how to make them."""
    if book.execute("SELECT 1 FROM item LIMIT 1").fetchone():
        return []
    marks = ",".join("?" * len(_LATE))
    found = book.execute(f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND name IN ({marks})", _LATE)
    kept = found.fetchall()
    for name, _ in kept:
        book.execute(f"DROP INDEX {name}")
    return [sql for _, sql in kept]
