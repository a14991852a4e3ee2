"""Accounts: find them as people name them, add and change them."""

from collections.abc import Iterable, Mapping

from collect.book import Book
from collect.errors import NotFound
from collect.records import Account
from collect.store import changes

_FIELDS = (
    "id, number, name, agent, territory, phone, email, credit_days, party, zone, state, postcode, language, position"
)


def get(book: Book, number: str) -> Account:
    """Return the account with exactly this number; NotFound otherwise."""
    row = book.execute(f"SELECT {_FIELDS} FROM account WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(f"no such account: {number}", "see 'collect account list' or 'collect find TEXT'")
    return Account(*row)


def named(book: Book, text: str, *, exact: bool = False) -> Account:
    """Return the account a person means: an exact number wins, else any unique part of number or name.

    NotFound where there is none, or several (the candidates stand in the hint); with `exact` only a number counts.
    """
    row = book.execute(f"SELECT {_FIELDS} FROM account WHERE number = ?", (text,)).fetchone()
    if row is not None:
        return Account(*row)
    found = [] if exact else matching(book, text, 6)
    if len(found) == 1:
        return found[0]
    if found:
        shown = "; ".join(f"{account.number} {account.name}" for account in found[:5])
        raise NotFound(f"more than one account: {text}", f"which one: {shown}{'; ...' if len(found) > 5 else ''}")
    if exact and matching(book, text, 1):
        raise NotFound(f"no account has exactly this number: {text}", "off a terminal, writing takes the exact number")
    raise NotFound(f"no such account: {text}", "see 'collect account list' or 'collect find TEXT'")


def matching(book: Book, text: str, limit: int) -> list[Account]:
    """Accounts whose number, name or phone holds the text, whatever its case; by number."""
    rows = book.execute(
        f"SELECT {_FIELDS} FROM account WHERE id IN"
        " (SELECT id FROM account WHERE instr(folded, ?) > 0) ORDER BY number LIMIT ?",
        (text.casefold(), limit),
    )
    return [Account(*row) for row in rows]


def numbers_like(book: Book, prefix: str, limit: int = 50) -> list[tuple[str, str]]:
    """Numbers and names of accounts whose number starts so, for completion."""
    rows = book.execute(
        "SELECT number, name FROM account WHERE number >= ? AND number < ? ORDER BY number LIMIT ?",
        (prefix, prefix + "\U0010ffff", limit),
    )
    return rows.fetchall()


def all_by_id(book: Book, ids: Iterable[int]) -> dict[int, Account]:
    """Accounts by id."""
    found: dict[int, Account] = {}
    for some in _slices(list(ids)):
        marks = ",".join("?" * len(some))
        for row in book.execute(f"SELECT {_FIELDS} FROM account WHERE id IN ({marks})", some):
            found[row[0]] = Account(*row)
    return found


def with_family(book: Book, ids: Iterable[int]) -> list[Account]:
    """These accounts and all others of the same persons."""
    found = all_by_id(book, ids)
    parties = sorted({one.party for one in found.values() if one.party})
    for some in (parties[start : start + 500] for start in range(0, len(parties), 500)):
        marks = ",".join("?" * len(some))
        rows = book.execute(f"SELECT {_FIELDS} FROM account WHERE party <> '' AND party IN ({marks})", some)
        found |= {row[0]: Account(*row) for row in rows}
    return list(found.values())


def _slices(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def worked_by(book: Book, agent: str | None, territory: str | None) -> list[int]:
    """Ids of the accounts of an agent, of a territory, or of both; whatever the case."""
    conditions, values = ["1 = 1"], list[str]()
    for column, wanted in (("agent", agent), ("territory", territory)):
        if wanted is not None:
            names = book.execute(f"SELECT DISTINCT {column} FROM account").fetchall()
            spelled = [name for (name,) in names if name.casefold() == wanted.casefold()]
            conditions.append(f"{column} IN ({','.join('?' * len(spelled))})")
            values += spelled
    rows = book.execute(f"SELECT id FROM account WHERE {' AND '.join(conditions)} ORDER BY id", values)
    return [account_id for (account_id,) in rows]


def everyone(book: Book) -> list[Account]:
    """All accounts, by number."""
    return [Account(*row) for row in book.execute(f"SELECT {_FIELDS} FROM account ORDER BY number")]


def other_names(book: Book, account: Account) -> list[str]:
    """Other spellings of the account's name that ledgers had."""
    rows = book.execute("SELECT name FROM account_name WHERE account_id = ? ORDER BY name", (account.id,))
    return [name for (name,) in rows if name != account.name]


def ids_by_number(book: Book) -> dict[str, int]:
    """Ids of all accounts by number, for a bulk load."""
    return dict(book.execute("SELECT number, id FROM account"))


def add(book: Book, account: Account) -> int:
    """Add an account (its id is ignored) and return its id."""
    cursor = book.execute(
        "INSERT INTO account (number, name, agent, territory, phone, email, credit_days, folded, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            account.number,
            account.name,
            account.agent,
            account.territory,
            account.phone,
            account.email,
            account.credit_days,
            folded(account.number, account.name, account.phone),
            book.writing.id,
        ),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def put(book: Book, account: Account, values: Mapping[str, str | int]) -> dict[str, str | int]:
    """Change fields of an account, by the names of `Account`; the audit trail notes each.

    Returns those that were not so already.
    """
    new = {key: value for key, value in values.items() if getattr(account, key) != value}
    for key, value in new.items():
        book.execute(f"UPDATE account SET {key} = ?, change_id = ? WHERE id = ?", (value, book.writing.id, account.id))
        before = getattr(account, key)
        changes.note(book, f"{account.number} {key}", "" if before is None else str(before), str(value))
    if new.keys() & {"name", "phone"}:
        text = folded(account.number, str(new.get("name", account.name)), str(new.get("phone", account.phone)))
        book.execute("UPDATE account SET folded = ? WHERE id = ?", (text, account.id))
    return new


def folded(number: str, name: str, phone: str) -> str:
    """Text that a search looks in: number, name and phone, case folded."""
    return f"{number}\n{name}\n{phone}".casefold()
