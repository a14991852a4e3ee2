"""Contacts: the words they are logged in, and what an outcome brings about besides its own line in the record."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from collect.errors import WrongUsage

CHANNELS = ("call", "sms", "whatsapp", "email", "letter", "visit")
MISTAKE = "mistake"
"""The outcome of a correction that takes a contact back: it did not take place."""
OUTCOMES = (
    *("spoke", "promised", "refused", "disputed", "paid", "no-answer", "voicemail", "busy", "not-connected"),
    *("wrong-number", "third-party", "left-message", "sent", "delivered", "bounced", "met", "not-met", "moved"),
    *("callback", "cease"),
)
ROLES = (
    *("borrower", "guarantor", "spouse", "attorney", "third-party", "co-borrower", "parent", "guardian"),
    *("executor", "administrator", "successor", "adviser"),
)
PLACES = ("home", "work", "central")
PURPOSES = (
    *("location", "optout-confirmation", "efforts-end", "remedies-may", "notify-specific-remedy", "reminder"),
    *("reply", "other"),
)
_WRITTEN = frozenset(("sms", "whatsapp", "email", "letter"))
_REACHED = frozenset(("spoke", "promised", "refused", "disputed", "paid", "met", "callback"))
_MARKS: Mapping[str, str] = {"wrong-number": "wrong", "moved": "wrong", "bounced": "dead"}


class Owed(NamedTuple):
    """What stood open when a contact took place, in one currency; minor units."""

    currency: str
    balance_minor: int
    overdue_minor: int
    days_overdue: int


class Contact(NamedTuple):
    """One contact as it was logged; `at` is an instant, `zone` and `offset_minutes` where the debtor then was.

    `next_time` is HH:MM at the office. `corrects_id` is the contact this one corrects: the first of them, whichever
    correction was the last.
    """

    id: int
    account_id: int
    at: datetime
    zone: str
    offset_minutes: int
    channel: str
    outcome: str
    direction: str = "out"
    role: str = "borrower"
    person: str = ""
    reach: str = ""
    place: str = ""
    purpose: str = ""
    note: str = ""
    minutes: int | None = None
    position: str = ""
    next_action: str = ""
    next_on: date | None = None
    next_time: str = ""
    reason: str = ""
    corrects_id: int | None = None


def place(text: str) -> str:
    """Coordinates as they are kept, `18.5204,73.8567`; WrongUsage for anything else."""
    from decimal import Decimal, InvalidOperation

    parts = text.split(",")
    try:
        latitude, longitude = (Decimal(part.strip()) for part in parts)
    except (ValueError, InvalidOperation) as error:
        raise WrongUsage(f"not coordinates: {text}", "type latitude and longitude, such as 18.5204,73.8567") from error
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        raise WrongUsage(f"not coordinates: {text}", "latitude is from -90 to 90, longitude from -180 to 180")
    return f"{latitude},{longitude}"


def hold_after(contact: Contact) -> str:
    """The kind of hold that a contact puts on: a request to cease in writing, or by word of mouth; else empty."""
    if contact.outcome != "cease":
        return ""
    return "cease" if contact.channel in _WRITTEN else "do-not-contact"


def reach_after(contact: Contact) -> str:
    """The state into which a contact puts the number or address it used; empty where it says nothing of it."""
    if contact.outcome in _REACHED and contact.role == "borrower":
        return "right"
    return _MARKS.get(contact.outcome, "")
