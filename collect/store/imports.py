"""Take a compared list into the book, in bulk: accounts, items, credits, their postings, and the import itself."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from collect.book import Book
from collect.grids import AccountRow, Intake
from collect.listing import Changed, Comparison, Held, Key, When
from collect.records import Account
from collect.store import accounts, loading, postings
from collect.store.loading import Row
from collect.store.postings import Posting

_FILLED = ("agent", "territory", "phone", "email")


def again(book: Book, digest: str, options: str) -> dict[str, Any] | None:
    """Return the result of importing these very bytes, when that was the last thing that happened to the book."""
    row = book.execute(
        "SELECT f.result FROM import_file f WHERE f.digest = ? AND f.options = ?"
        " AND f.change_id = (SELECT MAX(id) FROM change) LIMIT 1",
        (digest, options),
    ).fetchone()
    return json.loads(row[0]) if row else None


def is_empty(book: Book) -> bool:
    """Whether nothing is owed in the book, nor ever was."""
    return book.execute("SELECT 1 FROM item LIMIT 1").fetchone() is None


def credit_days(book: Book) -> dict[str, int | None]:
    """Credit days of the accounts that have their own, by number."""
    return dict(book.execute("SELECT number, credit_days FROM account WHERE credit_days IS NOT NULL"))


def last_as_of(book: Book, profile_id: int) -> str:
    """Newest day that a list of this profile stated; '' where none did."""
    row = book.execute("SELECT MAX(as_of) FROM import_file WHERE profile_id = ?", (profile_id,)).fetchone()
    return row[0] or ""


def record(book: Book, profile_id: int, file: tuple[str, str, str], as_of: str, result: Mapping[str, Any]) -> None:
    """Keep what an import did; `file` is name, digest and options."""
    book.execute(
        "INSERT INTO import_file (change_id, profile_id, file, digest, options, as_of, result)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (book.writing.id, profile_id, *file, as_of, json.dumps(result, ensure_ascii=False)),
    )


def held(book: Book, keys: Iterable[Key]) -> dict[Key, Held]:
    """Items and credits that are open or listed, and those of the keys that are neither any more."""
    found: dict[Key, Held] = {}
    for kind, sql in _HELD.items():
        rows = book.execute(f"{sql} WHERE t.open_minor <> 0 OR t.listed_minor <> 0")
        for number, document, component, due_stated, line, currency, *rest in rows:
            found[number, kind, document, component, due_stated, line, currency] = _held(rest, currency)
    kept = {kind for kind in _HELD if book.execute(f"SELECT 1 FROM {kind} LIMIT 1").fetchone()}
    for key in keys if kept else ():
        if key not in found and key[1] in kept:
            row = book.execute(f"{_HELD[key[1]]} {_ONE[key[1]]}", _key_values(key)).fetchone()
            if row is not None:
                found[key] = _held(row[6:], row[5])
    return found


_HELD = {
    "item": (
        "SELECT a.number, t.number, t.component, t.due_stated, t.line, t.currency, t.id, t.account_id, t.open_minor,"
        " t.listed_minor, t.due_on, t.disputed, t.profile_id FROM item t"
        " JOIN account a ON a.id = t.account_id"
    ),
    "credit": (
        "SELECT a.number, t.number, 'principal', t.due_stated, t.line, t.currency, t.id, t.account_id, t.open_minor,"
        " t.listed_minor, t.due_stated, 0, t.profile_id FROM credit t"
        " JOIN account a ON a.id = t.account_id"
    ),
}
_ONE = {
    "item": (
        "WHERE a.number = ? AND t.number = ? AND t.component = ? AND t.due_stated = ? AND t.line = ? AND t.currency = ?"
    ),
    "credit": "WHERE a.number = ? AND t.number = ? AND t.due_stated = ? AND t.line = ? AND t.currency = ?",
}


def _key_values(key: Key) -> tuple[str, ...]:
    number, kind, document, component, *rest = key
    return (number, document, component, *rest) if kind == "item" else (number, document, *rest)


def _held(row: Any, currency: str) -> Held:
    item_id, account_id, open_minor, listed_minor, due_on, disputed, profile_id = row
    return Held(item_id, account_id, open_minor, listed_minor, due_on, bool(disputed), currency, profile_id)


def take(book: Book, compared: Comparison, intake: Intake, when: When, profile_id: int) -> int:
    """Write what a comparison found, within a change; returns how many accounts are new.

    What is written it lets go of: rows and accounts of the intake, and what is new in the comparison.
    """
    known = accounts.ids_by_number(book)
    _known_accounts(book, [row for number, row in intake.accounts.items() if number in known])
    _add_accounts(book, (row for number, row in intake.accounts.items() if number not in known))
    intake.accounts.clear()
    intake.rows.clear()
    ids = accounts.ids_by_number(book)
    _change(book, compared.changed, profile_id)
    postings.settle(book, book.writing)
    loading.open_new(book, compared.new, ids, when, profile_id)
    return len(ids) - len(known)


def close_vanished(book: Book, vanished: Iterable[tuple[Key, Held]], day: str) -> None:
    """Close what a full list no longer has: settled in the ledger on the list's day."""
    gone = list(vanished)
    _post_changes(book, [(key[1], one, -one.open_minor, day, "settled in the ledger") for key, one in gone])
    for kind in ("item", "credit"):
        ids = [(one.id,) for key, one in gone if key[1] == kind]
        book.executemany(f"UPDATE {kind} SET listed_minor = 0 WHERE id = ?", ids)


def _add_accounts(book: Book, fresh: Iterable[AccountRow]) -> None:
    first: int = book.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM account").fetchone()[0]
    spellings: list[tuple[int, str]] = []
    book.executemany(
        "INSERT INTO account (id, number, name, agent, territory, phone, email, credit_days, folded, change_id)"
        f" VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, {book.writing.id})",
        _account_rows(fresh, first, spellings),
    )
    _add_spellings(book, spellings)


def _account_rows(fresh: Iterable[AccountRow], first: int, spellings: list[tuple[int, str]]) -> Iterator[Row]:
    """Rows of new accounts from id `first` on; other spellings of their names are noted."""
    for account_id, one in enumerate(fresh, start=first):
        facts = one.facts
        days = facts.get("credit_days", "")
        phone = facts.get("phone", "")
        yield (
            account_id, one.account, one.name, facts.get("agent", ""), facts.get("territory", ""), phone,
            facts.get("email", ""), int(days) if days.isdigit() else None,
            accounts.folded(one.account, one.name, phone),
        )  # fmt: skip
        spellings += [(account_id, name) for name in one.names if name != one.name]


def _add_spellings(book: Book, spellings: list[tuple[int, str]]) -> None:
    book.executemany(
        f"INSERT INTO account_name (account_id, name, change_id) VALUES (?, ?, {book.writing.id})"
        " ON CONFLICT (account_id, name) DO NOTHING",
        spellings,
    )


def _known_accounts(book: Book, rows: list[AccountRow]) -> None:
    """Rename accounts that the list calls otherwise, keep the old name, and fill fields that are empty."""
    kept = {account.number: account for account in accounts.everyone(book)} if rows else {}
    for row in rows:
        account = kept[row.account]
        values: dict[str, str | int] = {
            key: row.facts[key] for key in _FILLED if row.facts.get(key) and not getattr(account, key)
        }
        if row.name and account.name not in row.names and row.name != account.name:
            values["name"] = row.name
            _add_spellings(book, [(account.id, account.name)])
        if values:
            accounts.put(book, account, values)
        _spell(book, account, row)


def _spell(book: Book, account: Account, row: AccountRow) -> None:
    others = [(account.id, name) for name in row.names if name != account.name] if len(row.names) > 1 else []
    if others:
        _add_spellings(book, others)


def _change(book: Book, changed: list[Changed], profile_id: int) -> None:
    """Post what changed on held items and credits, and set their marks."""
    _post_changes(book, [(one.row.kind, one.held, one.amount_minor, one.day, one.kind) for one in changed])
    change = book.writing.id
    moved = [one for one in changed if one.row.kind == "item" and one.due_on != one.held.due_on]
    book.writing.accounts.update(one.held.account_id for one in moved)
    book.executemany(
        f"INSERT INTO item_due (item_id, change_id, due_on) VALUES (?, {change}, ?)",
        [(one.held.id, one.due_on) for one in moved],
    )
    book.executemany(
        "UPDATE item SET due_on = ?, due_stated = ?, due_from = ? WHERE id = ?",
        [(one.due_on, one.row.due_on, "" if one.row.due_on else "bucket", one.held.id) for one in moved],
    )
    for kind in ("item", "credit"):
        book.executemany(
            f"UPDATE {kind} SET listed_minor = ?, profile_id = {profile_id} WHERE id = ?",
            [(one.listed_minor, one.held.id) for one in changed if one.row.kind == kind],
        )
    book.executemany(
        "UPDATE item SET disputed = ? WHERE id = ?",
        [(int(one.disputed), one.held.id) for one in changed if one.disputed != one.held.disputed],
    )


def _post_changes(book: Book, changes: list[tuple[str, Held, int, str, str]]) -> None:
    postings.add(
        book,
        [
            Posting(
                one.account_id, one.id if kind == "item" else None, one.id if kind == "credit" else None,
                what, one.currency, amount, day,
            )
            for kind, one, amount, day, what in changes
            if amount
        ],
    )  # fmt: skip
