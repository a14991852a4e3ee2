"""From what was typed about a contact to what is written: words known, moments and numbers found, rules asked."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from collect import contacts, followup, reaches
from collect.book import Book
from collect.choices import one_of
from collect.commands import common, moment
from collect.contacts import Contact
from collect.desk import Desk
from collect.errors import Refused, WrongUsage
from collect.records import Account, Item
from collect.store import accounts, breaches, people, reach
from collect.store import contacts as record
from collect.store.logbook import Draft, Written
from collect.store.people import Person

if TYPE_CHECKING:  # imported where something was promised, where a rule has something to say
    from collect.policy_facts import Finding
    from collect.promises import Promise

SEARCH = "location"
"""The purpose of asking others where the debtor is; it never uses the debtor's own numbers."""
_AHEAD = timedelta(minutes=5)


class Typed(NamedTuple):
    """What was typed about a contact, as it was typed; None where nothing was."""

    channel: str | None
    outcome: str | None
    at: str | None
    incoming: bool
    party: str | None
    person: str | None
    items: list[str] | None
    note: str | None
    promise: str | None
    by: str | None
    next: str | None
    action: str | None
    reach: str | None
    minutes: int | None
    place: str | None
    purpose: str | None
    position: str | None


NOTHING_TYPED = Typed(
    None, None, None, False, None, None, None, None, None, None, None, None, None, None, None, None, None
)


def corrected(book: Book, contact_id: int) -> Contact:
    """The contact to correct as it was last corrected, under the id of the first."""
    found = record.get(book, contact_id).contact
    first_id = found.corrects_id or found.id
    later = record.corrections(book, first_id)
    last = later[-1].contact if later else record.get(book, first_id).contact
    return last._replace(id=first_id)


def account(desk: Desk, text: str | None, first: Contact | None) -> Account:
    """The account meant: as typed, else that of the contact to correct, else asked for."""
    book = desk.open()
    if text is None and first is not None:
        return accounts.all_by_id(book, [first.account_id])[first.account_id]
    return common.account_to_change(book, desk.need(text, "ACCOUNT", "Account"))


def drafted(desk: Desk, holder: Account, typed: Typed, first: Contact | None) -> Draft:
    """What to write of a contact, with the promise in it, the next step, and the rules it broke."""
    book = desk.open()
    contact = _said(desk, holder, typed, first)
    typed = _asked(desk, typed, contact)
    about = _items(book, holder, typed)
    promise, currency = _promise(desk, holder, typed, contact, about)
    if first is None or _moves(typed):
        contact = _next(desk, typed, contact, promise)
    named = tuple(item.id for item in about)
    if contact.outcome == contacts.MISTAKE:
        return Draft(contact._replace(next_on=None, next_action="", next_time=""), named)
    findings, preset, gate = breaches.of(book, holder, contact)
    return Draft(contact._replace(reason=_reason(desk, findings)), named, promise, currency, findings, preset, gate)


def warnings(draft: Draft, written: Written) -> list[str]:
    """What has to be said of a contact beside what it did: rules it broke, a promise that lacks its amount."""
    found = [f"breach of {one.rule}: {one.why}" for one in draft.findings]
    if found and not draft.contact.reason:
        found.append(f"say why: collect log --correct {written.contact_id} --why TEXT")
    if draft.contact.outcome == "promised" and draft.promise is None:
        found.append("no promise was kept: say --promise AMOUNT --by DATE")
    return found


def _said(desk: Desk, holder: Account, typed: Typed, first: Contact | None) -> Contact:
    """The contact as typed; of a correction, what was not typed stays as it was."""
    book = desk.open()
    channel = one_of(
        typed.channel or (first.channel if first else "") or desk.need(None, "CHANNEL", "Channel"),
        "channel",
        contacts.CHANNELS,
    )
    known = (*contacts.OUTCOMES, contacts.MISTAKE) if first else contacts.OUTCOMES
    outcome = one_of(
        typed.outcome or (first.outcome if first else "") or desk.need(None, "OUTCOME", "Outcome"), "outcome", known
    )
    base = first or Contact(0, holder.id, book.now, "", 0, channel, outcome)
    person = _person(book, holder, typed)
    role = one_of(typed.party, "role", contacts.ROLES) if typed.party else person.role if person else base.role
    at = _when(desk, typed.at) if typed.at or first is None else first.at
    zone = people.zones(book, holder, person)[0]
    way, number = _reached(book, holder, typed, base, channel, role)
    return base._replace(
        account_id=holder.id,
        corrects_id=first.id if first else None,
        at=at,
        zone=zone,
        offset_minutes=_offset(at, zone),
        channel=channel,
        outcome=outcome,
        direction="in" if typed.incoming else base.direction,
        role=role,
        person=person.name if person else base.person if typed.person is None else typed.person,
        reach=number,
        place=one_of(typed.place, "place", contacts.PLACES) if typed.place else base.place or way,
        purpose=one_of(typed.purpose, "purpose", contacts.PURPOSES) if typed.purpose else base.purpose,
        note=base.note if typed.note is None else typed.note,
        minutes=base.minutes if typed.minutes is None else typed.minutes,
        position=contacts.place(typed.position) if typed.position else base.position,
    )


def _when(desk: Desk, text: str | None) -> datetime:
    book, at = desk.open(), moment.typed(desk, text)
    # A day alone was given for a replay: all of it has passed.
    replayed = bool(book.given_today and not book.given_now)
    if at > book.now + _AHEAD and not (replayed and at.astimezone(book.zone).date() == book.today):
        raise WrongUsage(f"that is yet to come: {text}", "log what took place; a day to come goes with --next")
    return at


def _offset(at: datetime, zone: str) -> int:
    from zoneinfo import ZoneInfo

    offset = at.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60


def _person(book: Book, holder: Account, typed: Typed) -> Person | None:
    """Whom it was with: by name where one is typed, else the only one of that role."""
    everyone = people.of(book, holder.id) if typed.person or typed.party else []
    if typed.person:
        wanted = typed.person.casefold()
        return next((one for one in everyone if wanted in one.name.casefold()), None)
    found = [one for one in everyone if one.role == typed.party]
    return found[0] if len(found) == 1 else None


def _reached(book: Book, holder: Account, typed: Typed, base: Contact, channel: str, role: str) -> tuple[str, str]:
    """The place (home, work) and value of the number or address used: as typed, as it was, or the best known."""
    ways = reach.of(book, [holder])[holder.id]
    if typed.reach:
        same = next((way for way in ways if reaches.same(way.value, typed.reach)), None)
        return (same.place, same.value) if same else ("", typed.reach)
    if base.reach and base.channel == channel:
        return "", base.reach
    if typed.purpose == SEARCH:
        return "", ""
    best = reaches.best(ways, channel, reaches.owner(role))
    return (best.place, best.value) if best else ("", "")


def _asked(desk: Desk, typed: Typed, contact: Contact) -> Typed:
    """The same with what only a person can add, asked for on a terminal."""
    if not common.can_ask():
        return typed
    if contact.outcome == "promised" and not typed.promise and contact.corrects_id is None:
        typed = typed._replace(promise=desk.need(None, "--promise", "Amount promised"))
    if typed.promise and not typed.by:
        typed = typed._replace(by=desk.need(None, "--by", "Promised for (a day)"))
    if contact.outcome == "callback" and not typed.next and contact.corrects_id is None:
        typed = typed._replace(next=desk.need(None, "--next", "Call back when (a day and time)"))
    return typed


def _items(book: Book, holder: Account, typed: Typed) -> list[Item]:
    if not typed.items:
        return []
    from collect.store import items

    return [item for number in typed.items for item in items.numbered(book, number, holder)]


def _promise(
    desk: Desk, holder: Account, typed: Typed, contact: Contact, about: list[Item]
) -> "tuple[Promise | None, str]":
    """The promise made in a contact: for the items named, or all that were open; and its currency."""
    if not typed.promise:
        if typed.by:
            raise WrongUsage("a day without an amount promised", "add --promise AMOUNT")
        return None, ""
    if not typed.by:
        raise WrongUsage("a promise without its day", "add --by DATE")
    from collect import money
    from collect.promises import Promise, check
    from collect.store import items

    book = desk.open()
    due_on = desk.day(typed.by)
    assert due_on is not None
    made_on = contact.at.astimezone(book.zone).date()
    stand = [item for item in about or items.open_of(book, holder, common.as_of(desk)) if item.open_minor > 0]
    currencies = sorted({item.currency for item in stand})
    if len(currencies) > 1:
        raise Refused(f"open in several currencies: {', '.join(currencies)}", "name the items promised with --item")
    currency = currencies[0] if currencies else book.currency
    promise = Promise(
        0, made_on, due_on, money.typed(typed.promise, currency), None, frozenset(item.id for item in stand)
    )
    check(promise)
    return promise, currency


def _moves(typed: Typed) -> bool:
    """Whether a correction says anything that the next step depends on."""
    return any((typed.channel, typed.outcome, typed.at, typed.promise, typed.next, typed.action))


def _next(desk: Desk, typed: Typed, contact: Contact, promise: "Promise | None") -> Contact:
    """The contact with its next step: the day asked for, else by the table of outcomes."""
    book = desk.open()
    on: date | None
    if contact.outcome == contacts.MISTAKE:
        return contact
    if typed.next:
        from collect import moments
        from collect.policy_hours import clock

        day, minute = moments.split(typed.next)
        on, time = desk.day(day or "today"), "" if minute is None else clock(minute)
        action = followup.ACTIONS.get(contact.outcome, "call")
    else:
        step = followup.step(
            book.setting(f"followup.{contact.outcome}"),
            contact.channel,
            contact.outcome,
            contact.at.astimezone(book.zone),
            promise.due_on if promise else None,
            _workdays(book.setting("followup.workdays")),
        )
        action, on, time = step
    return contact._replace(next_action=typed.action or action, next_on=on, next_time=time)


def _workdays(text: str) -> frozenset[int]:
    if text == "mon-fri":
        return frozenset(range(5))
    from collect.policy_hours import weekdays

    return weekdays(text)


def _reason(desk: Desk, findings: "tuple[Finding, ...]") -> str:
    """The reason for a breach: as typed, else asked for on a terminal."""
    if not findings or desk.why or not common.can_ask():
        return desk.why
    for finding in findings:
        desk.screen.warn(f"breach of {finding.rule}: {finding.why}")
    desk.why = desk.need(None, "--why", "Why was it done all the same")
    return desk.why
