"""People around an account: guarantors, spouses, attorneys; and the accounts that belong to one person."""

from collections.abc import Iterable
from typing import NamedTuple

from collect.book import Book
from collect.config import home_zone
from collect.errors import NotFound, Refused
from collect.records import Account


class Person(NamedTuple):
    """Somebody with a role on an account; `zone` and `language` are empty where they are the account's."""

    id: int
    account_id: int
    name: str
    role: str
    zone: str = ""
    language: str = ""


_FIELDS = "id, account_id, name, role, zone, language"


def add(book: Book, person: Person) -> int:
    """Add a person to an account; returns their id. Refused where the account has someone of that name."""
    if any(one.name.casefold() == person.name.casefold() for one in of(book, person.account_id)):
        raise Refused(f"there is such a person already: {person.name}", "see 'collect person list ACCOUNT'")
    cursor = book.execute(
        "INSERT INTO person (account_id, name, role, zone, language, change_id) VALUES (?, ?, ?, ?, ?, ?)",
        (person.account_id, person.name, person.role, person.zone, person.language, book.writing.id),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def of(book: Book, account_id: int) -> list[Person]:
    """The people of an account, in the order they were added."""
    rows = book.execute(f"SELECT {_FIELDS} FROM person WHERE account_id = ? ORDER BY id", (account_id,))
    return [Person(*row) for row in rows]


def named(book: Book, account: Account, name: str) -> Person:
    """The person of that name, or of whose name this is the only possible part; NotFound otherwise."""
    everyone = of(book, account.id)
    wanted = name.casefold()
    exact = [one for one in everyone if one.name.casefold() == wanted]
    found = exact or [one for one in everyone if wanted in one.name.casefold()]
    if len(found) != 1:
        known = "; ".join(f"{one.name} ({one.role})" for one in everyone) or "none yet: 'collect person add'"
        raise NotFound(f"no such person on account {account.number}: {name}", f"there are {known}")
    return found[0]


def zones(book: Book, account: Account, person: Person | None = None) -> tuple[str, ...]:
    """The time zones somebody may be in, the likeliest first: as stated, else by their state, else the office's."""
    stated = (person.zone if person else "") or account.zone
    if stated:
        return tuple(stated.split(","))
    if account.state:
        from collect import places

        return places.zones(account.state, book.currency) or (office_zone(book),)
    return (office_zone(book),)


def office_zone(book: Book) -> str:
    """Name of the office's time zone."""
    return book.setting("book.zone") or home_zone(book.currency)


def families(book: Book, accounts: Iterable[Account]) -> dict[int, list[tuple[int, str]]]:
    """Return (id, number) of every account of the same person, by account; at least the account itself."""
    wanted = list(accounts)
    parties = sorted({account.party for account in wanted if account.party})
    found: dict[str, list[tuple[int, str]]] = {}
    marks = ",".join("?" * len(parties))
    rows = book.execute(f"SELECT party, id, number FROM account WHERE party <> '' AND party IN ({marks})", parties)
    for party, account_id, number in rows if parties else ():
        found.setdefault(party, []).append((account_id, number))
    return {account.id: found.get(account.party) or [(account.id, account.number)] for account in wanted}
