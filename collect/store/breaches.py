"""The rules a contact that took place went against, by what the book knew of the debtor before it."""

from datetime import timedelta
from typing import TYPE_CHECKING

from collect.book import Book
from collect.contacts import Contact
from collect.records import Account
from collect.store import clearances, people

if TYPE_CHECKING:  # imported where a rule has something to say
    from collect.conduct import Gate
    from collect.policy_facts import Finding


def of(book: Book, account: Account, contact: Contact) -> "tuple[tuple[Finding, ...], tuple[str, str], Gate | None]":
    """The rules a contact broke by what was known before it, the presets that judged it, and the rules if asked."""
    clearance = clearances.of(book)
    if (
        clearance is not None
        and contact.direction == "in"
        and clearance.from_on <= contact.at.date() < clearance.until_on
    ):
        return (), (clearance.preset, clearance.version), None
    ordinary = contact.role == "borrower" and not (contact.place or contact.purpose or contact.corrects_id)
    if clearance is not None and ordinary:
        count = clearances.earlier(book, clearance, [account], contact.at).get(account.id)
        if clearances.clear(book, clearance, account, contact.channel, contact.at, count):
            return (), (clearance.preset, clearance.version), None
    return _judged(book, account, contact)


def _judged(
    book: Book, account: Account, contact: Contact
) -> "tuple[tuple[Finding, ...], tuple[str, str], Gate | None]":
    from collect import policy
    from collect.policy_facts import Contact as Known
    from collect.store import gate

    rules = gate.of(book)
    before = gate.facts(book, rules, [account], contact.at, contact.corrects_id or 0)[account.id]
    known = Known(
        contact.at,
        contact.channel,
        contact.direction,
        contact.outcome,
        contact.role,
        contact.person,
        (account.number,),
        contact.reach,
        contact.place,
        contact.purpose,
    )
    who = next((one for one in people.of(book, account.id) if one.name == contact.person), None)
    day = contact.at + timedelta(minutes=contact.offset_minutes)
    return (
        policy.breaches(rules.presets, known, people.zones(book, account, who), before, rules.scope),
        policy.in_force_name(rules.presets, day.date(), rules.scope),
        rules,
    )
