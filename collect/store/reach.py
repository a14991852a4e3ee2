"""Ways to reach someone: listed, added, marked; consent and its end; the trail of a search."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from collect import reaches
from collect.book import Book, instant
from collect.errors import NotFound, Refused
from collect.reaches import Way
from collect.records import Account
from collect.store import changes

if TYPE_CHECKING:  # imported where there is a consent
    from collect.policy_facts import Consent

_FIELDS = "id, account_id, kind, value, owner, person, place, source, state, state_on"


class Traced(NamedTuple):
    """One step of a search: who was asked what, when, what they said, and the rule it was done under."""

    id: int
    account_id: int
    at: str
    asked: str
    question: str
    answer: str
    rule: str
    contact_id: int | None
    agent: str = ""


def of(book: Book, accounts: Iterable[Account]) -> dict[int, list[Way]]:
    """Every way to reach somebody on each account: the account's own telephone and e-mail, then those added."""
    wanted = list(accounts)
    ids = ",".join(str(one.id) for one in wanted)
    found: dict[int, list[Way]] = {one.id: [] for one in wanted}
    for row in book.execute(f"SELECT {_FIELDS} FROM reach WHERE account_id IN ({ids}) ORDER BY id"):
        found[row[1]].append(Way(*row))
    for account in wanted:
        added = found[account.id]
        own = [
            Way(0, account.id, kind, value, source="account")
            for kind, value in (("phone", account.phone), ("email", account.email))
            if value and not any(reaches.same(value, way.value) for way in added)
        ]
        found[account.id] = own + added
    return found


def add_new(book: Book, account: Account, way: Way) -> None:
    """Add a way to reach somebody. Refused where the account has it already, however it is written."""
    if any(reaches.same(way.value, one.value) for one in of(book, [account])[account.id]):
        raise Refused(f"the account has this one already: {way.value}", f"see 'collect reach list {account.number}'")
    add(book, way)


def add(book: Book, way: Way) -> None:
    """Add a way that the account does not have among those added before."""
    book.execute(
        "INSERT INTO reach (account_id, kind, value, owner, person, place, source, state, state_on, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*way[1:], book.writing.id),
    )


def of_account(book: Book, account_id: int) -> list[Way]:
    """The ways that were added to an account, or marked there."""
    rows = book.execute(f"SELECT {_FIELDS} FROM reach WHERE account_id = ? ORDER BY id", (account_id,))
    return [Way(*row) for row in rows]


def named(book: Book, account: Account, value: str) -> Way:
    """The way written so, whatever its blanks and case, or the only one that holds this; NotFound otherwise."""
    ways = of(book, [account])[account.id]
    exact = [way for way in ways if reaches.same(way.value, value)]
    found = exact or [way for way in ways if value.casefold() in way.value.casefold()]
    if len(found) != 1:
        known = ", ".join(way.value for way in ways) or "none yet"
        raise NotFound(f"no such way to reach account {account.number}: {value}", f"there are {known}")
    return found[0]


def mark(book: Book, way: Way, state: str, on: date) -> None:
    """Set the state of a number or address; the audit trail keeps what it was."""
    if way.state == state:
        return
    if way.id:
        book.execute(
            "UPDATE reach SET state = ?, state_on = ?, change_id = ? WHERE id = ?",
            (state, on.isoformat(), book.writing.id, way.id),
        )
    else:
        add(book, way._replace(state=state, state_on=on.isoformat()))
    changes.note(book, f"{way.value} state", way.state, state)


def give_consent(book: Book, account_id: int, consent: "Consent") -> None:
    """Record a permission the person gave."""
    until = consent.until_on.isoformat() if consent.until_on else ""
    book.execute(
        "INSERT INTO consent (account_id, kind, reach, given_on, until_on, source, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (account_id, consent.kind, consent.reach, consent.given_on.isoformat(), until, consent.source, book.writing.id),
    )


def revoke_consent(book: Book, account_id: int, kind: str, reach: str, on: date) -> int:
    """End the permissions of that kind, for that number or all; returns how many there were."""
    rows = book.execute(
        "SELECT c.id FROM consent c LEFT JOIN consent_end e ON e.consent_id = c.id WHERE c.account_id = ?"
        " AND c.kind = ? AND (? = '' OR c.reach = ?) AND e.consent_id IS NULL",
        (account_id, kind, reach, reach),
    ).fetchall()
    for (consent_id,) in rows:
        book.execute(
            "INSERT INTO consent_end (consent_id, revoked_on, change_id) VALUES (?, ?, ?)",
            (consent_id, on.isoformat(), book.writing.id),
        )
    return len(rows)


def consents_of(book: Book, accounts: Iterable[int]) -> "list[tuple[int, Consent]]":
    """Return (account id, consent) of these accounts, with the day a consent was revoked."""
    from collect.policy_facts import Consent

    wanted = ",".join(str(int(one)) for one in accounts)
    rows = book.execute(
        "SELECT c.account_id, c.kind, c.given_on, c.until_on, COALESCE(e.revoked_on, ''), c.reach, c.source"
        f" FROM consent c LEFT JOIN consent_end e ON e.consent_id = c.id WHERE c.account_id IN ({wanted}) ORDER BY c.id"
    )
    return [
        (account_id, Consent(kind, date.fromisoformat(given_on), _day(until_on), _day(revoked_on), reach, source))
        for account_id, kind, given_on, until_on, revoked_on, reach, source in rows
    ]


def add_trace(book: Book, traced: Traced, at: datetime) -> None:
    """Record one step of a search."""
    book.execute(
        "INSERT INTO trace (account_id, contact_id, at, asked, question, answer, rule, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            traced.account_id,
            traced.contact_id,
            instant(at),
            traced.asked,
            traced.question,
            traced.answer,
            traced.rule,
            book.writing.id,
        ),
    )


def trail(book: Book, account_id: int = 0) -> list[Traced]:
    """The steps of the search for one debtor, or of all searches, in the order they were taken."""
    rows: list[tuple[Any, ...]] = book.execute(
        "SELECT t.id, t.account_id, t.at, t.asked, t.question, t.answer, t.rule, t.contact_id, c.agent FROM trace t"
        " JOIN change c ON c.id = t.change_id WHERE ? IN (0, t.account_id) ORDER BY t.at, t.id",
        (account_id,),
    ).fetchall()
    return [Traced(*row) for row in rows]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
