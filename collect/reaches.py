"""Ways to reach someone: phones, e-mails, addresses; which one to use for a channel, and what is known of each."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from collect.choices import one_of

KINDS = ("phone", "whatsapp", "email", "address")
OWNERS = ("self", "guarantor", "co-borrower", "spouse", "attorney", "reference", "employer", "other")
STATES = ("unverified", "right", "wrong", "dead", "do-not-use")
USABLE = ("right", "unverified")
SERVES: Mapping[str, tuple[str, ...]] = {
    "call": ("phone",),
    "sms": ("phone",),
    "whatsapp": ("whatsapp", "phone"),
    "email": ("email",),
    "letter": ("address",),
    "visit": ("address",),
}
"""What each channel needs, the better first."""
_OWN_NUMBERS = ("guarantor", "co-borrower", "spouse", "attorney")


class Way(NamedTuple):
    """One number or address: whose it is, where it came from, and whether it is right; `id` 0 is the account's own."""

    id: int
    account_id: int
    kind: str
    value: str
    owner: str = "self"
    person: str = ""
    place: str = ""
    source: str = ""
    state: str = "unverified"
    state_on: str = ""


def owner(role: str) -> str:
    """Whose numbers serve to speak with somebody of that role: their own, or the debtor's."""
    return role if role in _OWN_NUMBERS else "self"


def best(ways: Iterable[Way], channel: str, owner: str = "self") -> Way | None:
    """The way to use for a channel: usable, of that owner, of the kind the channel likes, a proven one first."""
    kinds = SERVES[channel]
    found = [way for way in ways if way.kind in kinds and way.state in USABLE and way.owner == owner]
    return min(found, key=lambda way: (kinds.index(way.kind), USABLE.index(way.state), way.id), default=None)


def each(ways: Sequence[Way]) -> list[tuple[str, Way]]:
    """The channels there is a way for, and the way, in the order in which they are tried: call, e-mail, visit."""
    found = [(channel, best(ways, channel)) for channel in ("call", "email", "visit")]
    return [(channel, way) for channel, way in found if way is not None]


def first(ways: Sequence[Way]) -> tuple[str, Way | None]:
    """The channel to begin with, and the way; '' if there is none."""
    return next(iter(each(ways)), ("", None))


def kind(value: str, stated: str = "") -> str:
    """The kind of a number or address, stated or seen from its form; WrongUsage where it cannot be one."""
    if stated:
        return one_of(stated, "kind of reach", KINDS)
    if "@" in value and " " not in value.strip():
        return "email"
    letters = sum(letter.isalpha() for letter in value)
    return "phone" if not letters and sum(letter.isdigit() for letter in value) >= 3 else "address"


def same(one: str, other: str) -> bool:
    """Whether two ways of writing are the same number or address; blanks, dots, dashes and case do not matter."""
    return _bare(one) == _bare(other)


def _bare(value: str) -> str:
    digits = "".join(letter for letter in value if letter.isdigit())
    plain = "".join(letter for letter in value.casefold() if letter.isalnum() or letter == "@")
    return digits if digits and not any(letter.isalpha() for letter in value) else plain
