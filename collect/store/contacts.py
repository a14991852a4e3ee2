"""The record of contacts: only ever added to; a correction is a contact that names the first it corrects."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from collect.book import Book, instant
from collect.contacts import Contact, Owed
from collect.dates import days_overdue
from collect.errors import NotFound
from collect.store import postings
from collect.store.lastcontacts import LATEST
from collect.store.postings import AsOf

if TYPE_CHECKING:  # imported where a rule has something to say
    from collect.policy_facts import Finding

_FIELDS = (
    "c.id, c.account_id, c.at, c.zone, c.offset_minutes, c.channel, c.outcome, c.direction, c.role, c.person, c.reach,"
    " c.place, c.purpose, c.note, c.minutes, c.position, c.next_action, c.next_on, c.next_time, c.reason, c.corrects_id"
)


class Logged(NamedTuple):
    """A contact with what the record holds beside it: who wrote it when, what stood open, and the rules it broke."""

    contact: Contact
    agent: str
    recorded_at: str
    owed: tuple[Owed, ...] = ()
    items: tuple[str, ...] = ()
    breaches: tuple[tuple[str, ...], ...] = ()
    preset: str = ""
    preset_version: str = ""


class Wanted(NamedTuple):
    """Which contacts to list; what is empty says nothing."""

    account_id: int = 0
    agent: str = ""
    outcome: str = ""
    channel: str = ""
    since: datetime | None = None
    until: datetime | None = None
    breaches_only: bool = False


def add(
    book: Book, contact: Contact, items: Iterable[int], findings: "Iterable[Finding]", preset: tuple[str, str]
) -> int:
    """Write a contact: what was said, what stood open then, the rules it broke; returns its id."""
    cursor = book.execute(
        "INSERT INTO contact (account_id, at, zone, offset_minutes, channel, outcome, direction, role, person, reach,"
        " place, purpose, note, minutes, position, next_action, next_on, next_time, reason, corrects_id, zone_data,"
        " preset, preset_version, change_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*_values(contact), zone_data(), *preset, book.writing.id),
    )
    contact_id = cursor.lastrowid
    assert contact_id is not None
    book.executemany(
        "INSERT INTO contact_item (contact_id, item_id) VALUES (?, ?)", [(contact_id, item) for item in set(items)]
    )
    book.executemany(
        "INSERT INTO contact_owed (contact_id, currency, balance_minor, overdue_minor, days_overdue)"
        " VALUES (?, ?, ?, ?, ?)",
        [(contact_id, *owed) for owed in owed_then(book, contact)],
    )
    book.executemany(
        "INSERT INTO breach (contact_id, rule, verdict, why, citation, basis) VALUES (?, ?, ?, ?, ?, ?)",
        [(contact_id, *finding[:5]) for finding in findings],
    )
    _stand(book, contact_id, contact)
    return contact_id


def owed_then(book: Book, contact: Contact) -> list[Owed]:
    """What the account owed at the end of the contact's day, as far as is known now, per currency."""
    day = contact.at.astimezone(book.zone).date()
    with_open, parameters = postings.open_on(book, AsOf(day))
    rows = book.execute(
        f"{with_open} SELECT currency, SUM(open_minor), SUM(CASE WHEN due_on < :today AND is_item = 1 THEN open_minor"
        " ELSE 0 END), MIN(CASE WHEN is_item = 1 AND open_minor > 0 THEN due_on END) FROM"
        " (SELECT currency, open_minor, due_on, 1 AS is_item FROM open_item WHERE account_id = :account"
        " UNION ALL SELECT currency, open_minor, '' AS due_on, 0 FROM open_credit WHERE account_id = :account)"
        " GROUP BY currency ORDER BY currency",
        {**parameters, "today": day.isoformat(), "account": contact.account_id},
    )
    return [
        Owed(currency, balance, overdue, max(0, days_overdue(date.fromisoformat(oldest), day)) if oldest else 0)
        for currency, balance, overdue, oldest in rows
    ]


def _values(contact: Contact) -> tuple[Any, ...]:
    next_on = contact.next_on.isoformat() if contact.next_on else ""
    return (contact.account_id, instant(contact.at), *contact[3:17], next_on, *contact[18:])


def _stand(book: Book, contact_id: int, contact: Contact) -> None:
    """Keep the account's last contact at hand: that of the latest moment, corrections counted."""
    if contact.corrects_id is not None:
        moved = "SELECT account_id FROM contact WHERE id = ? UNION SELECT account_id FROM contact WHERE corrects_id = ?"
        for (account_id,) in book.execute(moved, (contact.corrects_id, contact.corrects_id)).fetchall():
            _stand_anew(book, account_id)
        return
    next_on = contact.next_on.isoformat() if contact.next_on else ""
    book.execute(
        "INSERT INTO standing (account_id, contact_id, at, next_on) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id) DO UPDATE SET contact_id = excluded.contact_id, at = excluded.at,"
        " next_on = excluded.next_on WHERE excluded.at >= standing.at",
        (contact.account_id, contact_id, instant(contact.at), next_on),
    )


def _stand_anew(book: Book, account_id: int) -> None:
    book.execute("DELETE FROM standing WHERE account_id = ?", (account_id,))
    book.execute(
        "INSERT INTO standing (account_id, contact_id, at, next_on) SELECT c.account_id, c.id, c.at, c.next_on"
        f" FROM contact c WHERE c.account_id = ? AND {LATEST} ORDER BY c.at DESC, c.id DESC LIMIT 1",
        (account_id,),
    )


def get(book: Book, contact_id: int) -> Logged:
    """Return one contact with all the record holds of it; NotFound otherwise."""
    found = _logged(book, "c.id = :id", {"id": contact_id}, 1)
    if not found:
        raise NotFound(f"no such contact: {contact_id}", "see 'collect contact list'")
    return with_more(book, found)[0]


def corrections(book: Book, first_id: int) -> list[Logged]:
    """The corrections of a contact, in the order they were made."""
    return with_more(book, _logged(book, "c.corrects_id = :first", {"first": first_id})[::-1])


def listed(book: Book, wanted: Wanted, limit: int | None = None) -> list[Logged]:
    """Contacts of the record, the latest first: also those that were corrected, for nothing is taken out of it."""
    conditions = ["1 = 1"]
    conditions += [f"c.{name} = :{name}" for name in ("account_id", "outcome", "channel") if getattr(wanted, name)]
    if wanted.agent:
        conditions.append("h.agent = :agent")
    if wanted.since:
        conditions.append("c.at >= :since")
    if wanted.until:
        conditions.append("c.at < :until")
    if wanted.breaches_only:
        conditions += ["c.id IN (SELECT b.contact_id FROM breach b)", LATEST]
    parameters = {
        **wanted._asdict(),
        "since": instant(wanted.since) if wanted.since else "",
        "until": instant(wanted.until) if wanted.until else "",
    }
    return with_more(book, _logged(book, " AND ".join(conditions), parameters, limit))


def _logged(book: Book, where: str, parameters: dict[str, Any], limit: int | None = None) -> list[Logged]:
    rows = book.execute(
        f"SELECT {_FIELDS}, h.agent, h.recorded_at, c.preset, c.preset_version FROM contact c"
        f" JOIN change h ON h.id = c.change_id WHERE {where} ORDER BY c.at DESC, c.id DESC"
        f" LIMIT {-1 if limit is None else int(limit)}",
        parameters,
    )
    return [
        Logged(_contact(row[:21]), row[21], row[22], preset=row[23], preset_version=row[24]) for row in rows.fetchall()
    ]


def with_more(book: Book, found: Sequence[Logged]) -> list[Logged]:
    """The same contacts with what stood open then, the items talked about and the rules they broke."""
    owed: dict[int, list[Owed]] = {}
    items: dict[int, list[str]] = {}
    broken: dict[int, list[tuple[str, ...]]] = {}
    ids = [one.contact.id for one in found]
    for start in range(0, len(ids), 500):
        wanted = ",".join(map(str, ids[start : start + 500]))
        for contact_id, *rest in book.execute(
            "SELECT contact_id, currency, balance_minor, overdue_minor, days_overdue FROM contact_owed"
            f" WHERE contact_id IN ({wanted}) ORDER BY contact_id, currency"
        ):
            owed.setdefault(contact_id, []).append(Owed(*rest))
        for contact_id, number in book.execute(
            "SELECT o.contact_id, i.number FROM contact_item o JOIN item i ON i.id = o.item_id"
            f" WHERE o.contact_id IN ({wanted}) ORDER BY o.contact_id, i.due_on, i.number"
        ):
            items.setdefault(contact_id, []).append(number)
        for contact_id, *told in book.execute(
            "SELECT contact_id, rule, verdict, why, citation, basis FROM breach"
            f" WHERE contact_id IN ({wanted}) ORDER BY contact_id, rule"
        ):
            broken.setdefault(contact_id, []).append(tuple(told))
    return [
        one._replace(
            owed=tuple(owed.get(one.contact.id, ())),
            items=tuple(items.get(one.contact.id, ())),
            breaches=tuple(broken.get(one.contact.id, ())),
        )
        for one in found
    ]


def _contact(row: Sequence[Any]) -> Contact:
    contact = Contact._make(row)
    return contact._replace(at=datetime.fromisoformat(row[2]), next_on=date.fromisoformat(row[17]) if row[17] else None)


def clock_behind(book: Book) -> float:
    """By how many seconds this machine's clock is behind that of the last change; 0 where it is not."""
    row = book.execute("SELECT clock_at FROM change ORDER BY id DESC LIMIT 1").fetchone()
    behind = (datetime.fromisoformat(row[0]) - datetime.now(UTC)).total_seconds() if row else 0
    return max(0.0, behind)


def zone_data() -> str:
    """Version of the time zone data on this machine, such as 2026f; empty where it does not say."""
    from zoneinfo import TZPATH

    for folder in TZPATH:
        path = Path(folder, "tzdata.zi")
        if path.is_file():
            with path.open(encoding="utf-8") as file:
                return file.readline().removeprefix("# version ").strip()
    from importlib.metadata import version

    return version("tzdata")
