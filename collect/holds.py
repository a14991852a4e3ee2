"""Holds: what stops contact, for whom, from when to when; and as the gate wants to know it."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from collect.errors import WrongUsage
from collect.policy_facts import DAY_END, Hold, Wish
from collect.policy_hours import clock, local_day, minutes, weekdays, zone

KINDS: Mapping[str, str] = {
    "do-not-contact": "do not contact at all",
    "cease": "asked in writing to cease contact",
    "stop-medium": "asked not to be contacted by one medium",
    "attorney": "represented by an attorney",
    "deceased": "has died",
    "moratorium": "a moratorium (breathing space) runs",
    "crisis": "a mental-health crisis moratorium runs",
    "hardship": "in hardship: a person decides",
    "vulnerable": "vulnerable: a person decides",
    "bereavement": "bereaved: a person decides",
    "occasion": "marriage, festival or calamity in the family",
    "grievance": "a grievance is open",
    "dispute": "the debt is disputed",
    "time-barred": "the debt is time-barred: no threat of court",
    "no-work": "not at work",
    "avoid": "not at those hours",
    "only": "only at those hours",
}
OTHER_WORDS: Mapping[str, str] = {
    "dnc": "do-not-contact",
    "breathing-space": "moratorium",
    "lawyer": "attorney",
    "cease-in-writing": "cease",
    "death": "deceased",
    "vulnerability": "vulnerable",
}
WISHES = ("avoid", "only")
OF_THE_DEBT = frozenset(("cease", "grievance", "dispute", "time-barred"))
"""Holds on one debt; the others are the person's, whichever account they stand on."""
REVIEWED = frozenset(("hardship", "vulnerable", "bereavement", "occasion", "grievance", "dispute"))
"""Holds that a person looks at again: by default after 30 days."""
REVIEW_DAYS = 30


class Held(NamedTuple):
    """One hold as it was put on; `from_minute` and `to_minute` are minutes of the debtor's day, of a wish."""

    id: int
    account_id: int
    kind: str
    starts_at: datetime
    end_on: date | None = None
    review_on: date | None = None
    medium: str = ""
    reach: str = ""
    place: str = ""
    from_minute: int = 0
    to_minute: int = DAY_END
    days: str = ""
    source: str = ""
    document: str = ""
    released_at: datetime | None = None

    @property
    def words(self) -> str:
        """What it is, in a few words: `stop-medium sms`, `avoid 09:00-11:00 mon-fri`."""
        hours = f"{clock(self.from_minute)}-{clock(self.to_minute)}" if self.kind in WISHES else ""
        return " ".join(filter(None, (self.kind, self.medium, hours, self.days, self.place, self.reach)))


def live(held: Held, at: datetime, place: str) -> bool:
    """Whether a hold stands at that moment, where the debtor is; its review day ends nothing."""
    ended = held.end_on is not None and held.end_on < local_day(at, zone(place))
    return held.starts_at <= at and not ended and (held.released_at is None or at < held.released_at)


def review_by(kind: str, end_on: date | None, today: date) -> date | None:
    """The day by which a person looks at a hold again where none was named."""
    return today + timedelta(days=REVIEW_DAYS) if kind in REVIEWED and end_on is None else None


def span(hours: str) -> tuple[int, int]:
    """Minutes of the day from `09:00-11:00`; the whole day where nothing is named. WrongUsage otherwise."""
    if not hours:
        return 0, DAY_END
    start, dash, end = hours.partition("-")
    if not dash:
        raise WrongUsage(f"not hours of a day: {hours}", "type them like 09:00-11:00")
    return minutes(start), minutes(end)


def weekday_text(days: str) -> str:
    """Weekdays as they are kept; WrongUsage where they are none."""
    weekdays(days)
    return days.lower()


def as_hold(held: Held, debt: str, place: str) -> Hold:
    """A hold as the gate knows it; `debt` is the number of its account. One of treatment ends with its release."""
    end_on = held.end_on
    if held.kind == "crisis" and held.released_at is not None:
        end_on = local_day(held.released_at, zone(place))
    debts = (debt,) if held.kind in OF_THE_DEBT else ()
    return Hold(
        held.kind, held.starts_at, end_on, held.review_on, held.medium, held.reach, debts, held.source, held.document
    )


def as_wish(held: Held) -> Wish:
    """A wish about hours or places as the gate knows it."""
    return Wish(
        held.kind,
        held.from_minute,
        held.to_minute,
        weekdays(held.days),
        frozenset((held.medium,)) if held.medium else frozenset(),
        held.place,
        None,
        held.end_on,
    )
