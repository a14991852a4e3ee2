"""Writing a contact into the book with what follows from it: a promise, a hold, what a number turned out to be."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from collect import contacts, reaches
from collect.book import Book
from collect.contacts import Contact
from collect.reaches import Way
from collect.records import Account
from collect.store import contacts as record
from collect.store import reach

if TYPE_CHECKING:  # imported where something was promised, where a rule has something to say
    from collect.conduct import Gate
    from collect.policy_facts import Finding
    from collect.promises import Promise


class Draft(NamedTuple):
    """A contact ready to be written: the items and the promise in it, and the rules it broke."""

    contact: Contact
    items: tuple[int, ...] = ()
    promise: "Promise | None" = None
    currency: str = ""
    findings: "tuple[Finding, ...]" = ()
    preset: tuple[str, str] = ("", "")
    gate: "Gate | None" = None
    """The rules that were asked; None where their clearance let the contact through."""


class Written(NamedTuple):
    """What was written: ids, the kind of hold that was put on, and the state a number or address was put into."""

    contact_id: int
    promise_id: int | None = None
    hold: str = ""
    marked: str = ""


def write(book: Book, account: Account, draft: Draft) -> Written:
    """Write a contact and what follows from it, within a change."""
    contact = draft.contact
    contact_id = record.add(book, contact, draft.items, draft.findings, draft.preset)
    promise_id = None
    if draft.promise is not None:
        from collect.store import promises

        promise_id = promises.add(book, account, draft.promise, draft.currency, contact_id)
    if draft.gate is not None:
        from collect.store import gate

        gate.remember(book, draft.gate)
    hold = contacts.hold_after(contact)
    if hold:
        _hold(book, account, contact, hold, contact_id)
    return Written(contact_id, promise_id, hold, _mark(book, account, contact, contact_id))


def _hold(book: Book, account: Account, contact: Contact, kind: str, contact_id: int) -> None:
    """Put a hold on the account, unless it has that one."""
    from collect.holds import Held
    from collect.store import holds

    if not any(one.kind == kind and one.released_at is None for one in holds.of(book, [account.id])):
        holds.add(book, Held(0, account.id, kind, contact.at, source=f"contact {contact_id}"))


def _mark(book: Book, account: Account, contact: Contact, contact_id: int) -> str:
    """Put the number or address that was used into the state the outcome says; returns that where it is new."""
    state = contacts.reach_after(contact)
    if not state or not contact.reach:
        return ""
    on = contact.at.astimezone(book.zone).date()
    way = _known(reach.of(book, [account])[account.id], contact.reach) or Way(
        0, account.id, reaches.SERVES[contact.channel][0], contact.reach, source=f"contact {contact_id}"
    )
    before = way.state
    reach.mark(book, way, state, on)
    return state if before != state else ""


def _known(ways: Iterable[Way], value: str) -> Way | None:
    return next((way for way in ways if reaches.same(way.value, value)), None)
