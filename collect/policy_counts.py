"""Rules that count earlier contacts: caps, days of rest, patterns; and what is left out of the count.

Windows are calendar days where the person is, never hours: seven days from 1 April end with 7 April. Where several
time zones are possible the count must be right in all of them. The contact judged counts as one more.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

from collect.policy_facts import (
    CONSUMER_ROLES,
    CONVERSATIONS,
    UNANSWERED,
    Asked,
    Contact,
    Facts,
    Finding,
    shares_debt,
)
from collect.policy_hours import day_starts, local_day, zones
from collect.policy_rules import live_consent
from collect.presets import Rule


class Usage(NamedTuple):
    """How much of a cap is used on the day asked about: `used` of `limit` in `days` days."""

    rule: str
    used: int
    limit: int
    days: int


def counted(rule: Rule, ask: Asked, facts: Facts) -> list[Contact]:
    """The earlier contacts a rule counts: same person, same debt, its channels, outcomes and direction."""
    terms = rule.terms
    channels = terms.get("count") or rule.channels
    outcomes = CONVERSATIONS if terms.get("outcomes") == "conversation" else frozenset[str]()
    not_counted = terms.get("not_counted", ())
    direction = terms.get("direction", "out")
    per_person = terms.get("per") == "person"
    return [
        one
        for one in facts.contacts
        if one.channel in channels
        and one.outcome not in not_counted
        and (not outcomes or one.outcome in outcomes)
        and direction in ("any", one.direction)
        and one.role not in terms.get("not_roles", ())
        and same_person(one, ask)
        and (per_person or shares_debt(one.debts, ask.debts))
    ]


def same_person(one: Contact, ask: Asked) -> bool:
    """Whether a contact was with (or at the number of) the person asked about.

    Somebody else who picked up the person's telephone does not make it another person's call, unless it was a
    search for the person at that somebody's.
    """
    if one.person and ask.person:
        return one.person == ask.person
    consumer = ask.role in CONSUMER_ROLES
    if one.role in CONSUMER_ROLES:
        return consumer
    if consumer:
        return one.role == "third-party" and one.purpose != "location"
    return one.role == ask.role


def _dated(contacts: list[Contact], ask: Asked) -> list[tuple[ZoneInfo, list[date]]]:
    """Each zone the person may be in, with the local dates of those contacts there, in order."""
    return [(place, sorted(local_day(one.at, place) for one in contacts)) for place in zones(ask.zones)]


def cap(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Cap: no more than `max` contacts on any `days` days in a row."""
    limit, span = rule.terms["max"], timedelta(days=rule.terms["days"])
    earlier = counted(rule, ask, facts)
    if len(earlier) < limit or ask.outcome in rule.terms.get("not_counted", ()):
        return None
    full = []
    for place, days in _dated(earlier, ask):
        inside = [day for day in days if day > local_day(ask.at, place) - span]
        if len(inside) >= limit:
            full.append((day_starts(inside[-limit] + span, place), len(inside)))
    if not full:
        return None
    used = max(count for _, count in full)
    why = f"{used} of {limit} used within {span.days} days, today included"
    return rule.finding(rule.action, why, max(until for until, _ in full))


def usage(rule: Rule, ask: Asked, facts: Facts) -> Usage:
    """How much of a cap is used, in the zone that counts most."""
    span = timedelta(days=rule.terms["days"])
    used = max(
        sum(day > local_day(ask.at, place) - span for day in days)
        for place, days in _dated(counted(rule, ask, facts), ask)
    )
    return Usage(rule.id, used, rule.terms["max"], span.days)


def cooldown(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Cooldown: after a conversation, whoever began it, no contact for `days` days; its own day is the first."""
    span = timedelta(days=rule.terms["days"])
    spoken = [
        one
        for one in facts.contacts
        if one.outcome in CONVERSATIONS
        and one.channel in (rule.terms.get("count") or rule.channels)
        and one.role not in rule.terms.get("not_roles", ())
        and same_person(one, ask)
        and shares_debt(one.debts, ask.debts)
    ]
    if not spoken or ask.outcome in rule.terms.get("not_counted", ()):
        return None
    until, last = max((day_starts(days[-1] + span, place), days[-1]) for place, days in _dated(spoken, ask))
    if until <= ask.at:
        return None
    return rule.finding(rule.action, f"conversation on {last}, day 1 of {span.days}: free from {last + span}", until)


def pattern(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Pattern: unanswered calls to one number minutes apart, or very many on one day.

    One more of them within `look_back_days` of an earlier one asks for a reason; for a week an old one is recalled.
    """
    near, per_day = timedelta(minutes=rule.terms["minutes"]), rule.terms["per_day"]
    place = zones(ask.zones)[0]
    calls = sorted(
        (
            one
            for one in facts.contacts
            if one.channel in rule.channels and one.direction == "out" and _same_reach(one, ask)
        ),
        key=lambda one: one.at,
    )
    hits = _hits(calls, near, per_day, place)
    today = local_day(ask.at, place)
    midnight = day_starts(today + timedelta(days=1), place)
    last = max((one.at for one in calls if one.outcome in UNANSWERED), default=None)
    until = None
    if sum(local_day(one.at, place) == today for one in calls) >= per_day - 1:
        until, why = midnight, f"call {per_day} or more to one number in one day"
    elif last is not None and ask.at - last <= near:
        until, why = min(midnight, last + near + timedelta(seconds=1)), "unanswered call to this number minutes ago"
    if until is not None:
        again = any((today - day).days <= rule.terms["look_back_days"] for day in hits)
        return rule.finding("REASON" if again else rule.action, why, until)
    recent = [day for day in hits if (today - day).days <= 7]
    return rule.finding(rule.action, f"pattern of calls on {recent[-1]}") if recent else None


def _same_reach(one: Contact, ask: Asked) -> bool:
    return same_person(one, ask) and (not one.reach or not ask.reach or one.reach == ask.reach)


def _hits(calls: list[Contact], near: timedelta, per_day: int, place: ZoneInfo) -> list[date]:
    """Days on which the earlier calls were such a pattern themselves, oldest first."""
    days = Counter(local_day(one.at, place) for one in calls)
    unanswered = [one.at for one in calls if one.outcome in UNANSWERED]
    close = {local_day(late, place) for early, late in pairwise(unanswered) if late - early <= near}
    return sorted(close | {day for day, count in days.items() if count >= per_day})


def burst(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Burst: so many messages a day on so many days in a row, today's included; all written channels together."""
    place = zones(ask.zones)[0]
    today = local_day(ask.at, place)
    days = Counter(local_day(one.at, place) for one in counted(rule, ask, facts))
    days[today] += 1
    span = [today - timedelta(days=back) for back in range(rule.terms["days"])]
    if any(days[day] < rule.terms["per_day"] for day in span):
        return None
    why = f"{sum(days[day] for day in span)} messages in {len(span)} days, this one included"
    return rule.finding(rule.action, why, day_starts(today + timedelta(days=1), place))


def once(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Once: a third party is asked for that purpose one time only."""
    purpose = rule.terms["purpose"]
    if ask.purpose != purpose or ask.role in CONSUMER_ROLES:
        return None
    asked = [
        one for one in facts.contacts if one.direction == "out" and one.purpose == purpose and _same_reach(one, ask)
    ]
    if not asked:
        return None
    return rule.finding(rule.action, f"{ask.role} was already asked on {local_day(asked[-1].at, zones(ask.zones)[0])}")


def consent(rule: Rule, ask: Asked, facts: Facts, _covered: list[Finding]) -> Finding | None:
    """Consent: given directly, it lifts what it covers for so many days, the day it was given being the first."""
    given_on = live_consent(rule.terms["consent"], ask, facts, rule.terms["days"])
    if given_on is None:
        return None
    last = given_on + timedelta(days=rule.terms["days"] - 1)
    return rule.finding("ALLOW", f"consent of {given_on}, good through {last}")


def professional(rule: Rule, ask: Asked, _facts: Facts, _covered: list[Finding]) -> Finding | None:
    """Professional: contact with these roles is outside the count."""
    return rule.finding("ALLOW", f"not counted: {ask.role}") if ask.role in rule.terms["roles"] else None


def reply(rule: Rule, ask: Asked, facts: Facts, covered: list[Finding]) -> Finding | None:
    """Reply: who wrote or rang at a closed time, or on a stopped medium, may be answered once on the same medium."""
    hours = timedelta(hours=rule.terms.get("hours", 12))
    same = [one for one in facts.contacts if one.channel == ask.channel and same_person(one, ask)]
    stopped = [hold.starts_at for hold in facts.holds if hold.kind == "stop-medium" and hold.medium == ask.channel]
    came = [one.at for one in same if one.direction == "in" and one.at not in stopped and ask.at - one.at <= hours]
    if not came:
        return None
    if any(one.direction == "out" and one.at >= max(came) for one in same):
        return _used(rule, covered, "the one answer has been given")
    return rule.finding("ALLOW", f"one answer to their {ask.channel} of {max(came):%Y-%m-%d %H:%M} UTC")


def confirmation(rule: Rule, ask: Asked, facts: Facts, covered: list[Finding]) -> Finding | None:
    """Confirmation: one message that confirms the stop, with nothing else in it."""
    if ask.purpose != rule.terms["purpose"]:
        return None
    if ask.content:
        return _used(rule, covered, f"a confirmation holds nothing else: {', '.join(sorted(ask.content))}")
    if any(one.purpose == ask.purpose and one.channel == ask.channel for one in facts.contacts):
        return _used(rule, covered, "the stop was already confirmed")
    return rule.finding("ALLOW", "confirms the stop and says nothing else")


def _used(rule: Rule, covered: list[Finding], why: str) -> Finding:
    """An exemption that does not help: shut for as long as what it would have lifted."""
    untils = [finding.until for finding in covered]
    return rule.finding(rule.action, why, min((until for until in untils if until is not None), default=None))
