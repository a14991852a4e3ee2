"""What the gate is told and what it answers: the facts of one person and one debt, findings and verdicts.

Every instant is timezone-aware; a `_on` is a day where the person is. Nothing here reads a clock. Named tuples rather
than dataclasses, because the queue loads this module and makes them by the thousand (docs: start-up is a feature).
"""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, NamedTuple

SEVERITY = {"ALLOW": 0, "SCHEDULE": 1, "WARN": 2, "REASON": 3, "BLOCK": 4}
OPEN = frozenset(("ALLOW", "SCHEDULE", "WARN"))

ALL_DAYS = frozenset(range(7))
DAY_END = 1440

# What a logged outcome means to a rule that counts: somebody spoke, nobody was reached, nothing rang at all.
CONVERSATIONS = frozenset(
    ("conversation", "spoke", "promised", "refused", "disputed", "paid", "callback", "cease", "met", "answered-busy")
)
UNANSWERED = frozenset(("no-answer", "voicemail", "left-message", "limited-content"))
CONSUMER_ROLES = frozenset(
    ("borrower", "co-borrower", "spouse", "parent", "guardian", "executor", "administrator", "successor")
)


class Scope(NamedTuple):
    """What is collected, by whom and from whom; an empty field is unknown and excludes no preset.

    `party` is first or third (a creditor in its own name, or a collector); `debtor` is consumer or business.
    """

    country: str = ""
    party: str = ""
    debtor: str = ""
    regulated_lender: bool | None = None
    product: str = ""


class Asked(NamedTuple):
    """The contact one would make, and when; `zones` are the person's possible time zones, the likeliest first.

    `debts` are the accounts it is about (none: any of them), `reach` the number or address used, `place` where it
    finds the person (work, home, central), `content` what it would say, as flags (see the `content` rules), and
    `reason` the ground for an override, in the words of the rule. `outcome` is known only of a contact that took place
    and is judged afterwards.
    """

    at: datetime
    channel: str
    zones: tuple[str, ...]
    role: str = "borrower"
    person: str = ""
    debts: tuple[str, ...] = ()
    reach: str = ""
    place: str = ""
    purpose: str = ""
    content: frozenset[str] = frozenset()
    reason: str = ""
    direction: str = "out"
    outcome: str = ""


class Contact(NamedTuple):
    """A contact that took place; `outcome` and `channel` in the words of `collect log`."""

    at: datetime
    channel: str
    direction: str = "out"
    outcome: str = ""
    role: str = "borrower"
    person: str = ""
    debts: tuple[str, ...] = ()
    reach: str = ""
    place: str = ""
    purpose: str = ""


class Hold(NamedTuple):
    """Something that stops contact from `starts_at` through `end_on`; without an end, until it is released.

    Kinds: do-not-contact, cease, stop-medium (with `medium`), attorney, deceased, moratorium, crisis, hardship,
    vulnerable, bereavement, occasion, grievance, dispute, time-barred, no-work. `end_on` of a crisis is the day its
    treatment ended. `review_on` is for people: it ends nothing.
    """

    kind: str
    starts_at: datetime
    end_on: date | None = None
    review_on: date | None = None
    medium: str = ""
    reach: str = ""
    debts: tuple[str, ...] = ()
    source: str = ""
    document: str = ""


class Consent(NamedTuple):
    """Permission given directly by the person: kind call, sms, email or third-party; `reach` narrows it."""

    kind: str
    given_on: date
    until_on: date | None = None
    revoked_on: date | None = None
    reach: str = ""
    source: str = ""


class Wish(NamedTuple):
    """A time or place the person named: `avoid` it, or contact them `only` then.

    `start` and `end` are minutes of the local day, end exclusive (1440 is its last midnight); a start after the end
    runs past midnight. `days` are weekdays it starts on, Monday 0. Empty `channels` and `place` mean every one.
    """

    kind: str
    start: int = 0
    end: int = DAY_END
    days: frozenset[int] = ALL_DAYS
    channels: frozenset[str] = frozenset()
    place: str = ""
    from_on: date | None = None
    until_on: date | None = None


class Promised(NamedTuple):
    """A promise to pay that is open: made on one day, due on another."""

    due_on: date
    made_on: date | None = None
    debts: tuple[str, ...] = ()


class Event(NamedTuple):
    """Something that happened on a day and starts, stops or satisfies a rule; `detail` as its rule needs it."""

    kind: str
    on: date
    debts: tuple[str, ...] = ()
    detail: Mapping[str, Any] = MappingProxyType({})


class Facts(NamedTuple):
    """All that is known of a person when one contact is judged; `contacts` those of every account of theirs."""

    contacts: tuple[Contact, ...] = ()
    holds: tuple[Hold, ...] = ()
    consents: tuple[Consent, ...] = ()
    wishes: tuple[Wish, ...] = ()
    promises: tuple[Promised, ...] = ()
    events: tuple[Event, ...] = ()


NOTHING = Facts()
ANY_SCOPE = Scope()


class Finding(NamedTuple):
    """What one rule says: its verdict, why, the law it comes from and how far that was verified.

    `until` is the moment up to which the rule surely keeps saying so; None where only a new fact can change it.
    """

    rule: str
    verdict: str
    why: str
    citation: str
    basis: str
    until: datetime | None = None


class Verdict(NamedTuple):
    """The answer of the gate: the worst finding, all of them, and the next lawful moment (None: there is none)."""

    verdict: str
    findings: tuple[Finding, ...]
    next_allowed_at: datetime | None
    preset: str
    preset_version: str

    @property
    def allowed(self) -> bool:
        """Whether one may go ahead without giving a reason."""
        return self.verdict in OPEN


def worst(findings: tuple[Finding, ...]) -> str:
    """The verdict that stands when several rules speak; ALLOW where none does."""
    return max((finding.verdict for finding in findings), key=SEVERITY.__getitem__, default="ALLOW")


def shares_debt(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two things may be about the same debt; unknown debts may be any."""
    return not one or not other or not set(one).isdisjoint(other)
