"""The gate: may I contact this person now, which rule says so, and when is the next lawful moment.

Rules come from presets (`collect.presets`), facts from the book, the moment from the caller; nothing here reads a
clock or a disk of the user's. What already happened is never refused by this module: judge it with the facts
before it, and a closed verdict is a breach to be flagged.

A facts-free question has one answer for everybody in a zone: `plain` keeps it, so that a queue of thousands asks the
gate a handful of times. `findings` answers yes or no; `judge` also computes the next lawful moment.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from collect import policy_counts as counts
from collect import policy_hours as hours
from collect import policy_rules as rules
from collect.policy_counts import Usage
from collect.policy_facts import (
    ANY_SCOPE,
    NOTHING,
    OPEN,
    SEVERITY,
    Asked,
    Contact,
    Facts,
    Finding,
    Scope,
    Verdict,
    worst,
)
from collect.presets import Preset, Rule, boundaries, rules_in_force

if TYPE_CHECKING:
    from collect.policy_cases import CaseResult

Presets = tuple[Preset, ...]
Check = Callable[[Rule, Asked, Facts], Finding | None]
Lift = Callable[[Rule, Asked, Facts, list[Finding]], Finding | None]

CHECKS: Mapping[str, Check] = {
    "hours": hours.check,
    "wishes": hours.check_wishes,
    "role": rules.role,
    "stop": rules.stop,
    "content": rules.content,
    "needs": rules.needs,
    "misses": rules.misses,
    "procedure": rules.procedure,
    "disputed": rules.disputed,
    "quiet": rules.quiet,
    "cap": counts.cap,
    "cooldown": counts.cooldown,
    "pattern": counts.pattern,
    "burst": counts.burst,
    "once": counts.once,
}
LIFTS: Mapping[str, Lift] = {
    "consent": counts.consent,
    "professional": counts.professional,
    "reply": counts.reply,
    "confirmation": counts.confirmation,
}
_NEEDS = {
    "wishes": "wishes",
    "stop": "holds",
    "disputed": "events",
    "quiet": "promises",
    "cap": "contacts",
    "cooldown": "contacts",
    "pattern": "contacts",
    "once": "contacts",
    "consent": "consents",
}
"""Kinds of rule that have nothing to say without a fact of that field."""
_MOST_STEPS = 3000
"""Steps of the search for the next lawful moment: more than a year of closed windows."""


def judge(presets: Presets, ask: Asked, facts: Facts = NOTHING, scope: Scope = ANY_SCOPE) -> Verdict:
    """Verdict on one contact at one moment, with the next lawful moment (that moment itself where it is open)."""
    facts = known_at(facts, ask)
    found = _found(presets, ask, facts, scope)
    verdict = worst(found)
    opens_at = ask.at if verdict in OPEN else _next(presets, ask, facts, scope, found)
    return Verdict(verdict, found, opens_at, *in_force_name(presets, _day(ask), scope))


def findings(presets: Presets, ask: Asked, facts: Facts = NOTHING, scope: Scope = ANY_SCOPE) -> tuple[Finding, ...]:
    """What the rules say of one contact at one moment, worst first; empty where none objects."""
    return _found(presets, ask, known_at(facts, ask), scope)


def breaches(
    presets: Presets, contact: Contact, zones: tuple[str, ...], before: Facts = NOTHING, scope: Scope = ANY_SCOPE
) -> tuple[Finding, ...]:
    """The rules a contact that took place went against, given what was known before it (so without itself)."""
    ask = Asked(
        contact.at,
        contact.channel,
        zones,
        role=contact.role,
        person=contact.person,
        debts=contact.debts,
        reach=contact.reach,
        place=contact.place,
        purpose=contact.purpose,
        direction=contact.direction,
        outcome=contact.outcome,
    )
    return tuple(finding for finding in findings(presets, ask, before, scope) if finding.verdict not in OPEN)


def next_allowed(presets: Presets, ask: Asked, facts: Facts = NOTHING, scope: Scope = ANY_SCOPE) -> datetime | None:
    """The first moment from `ask.at` on at which the gate is open, as far as is known now; None: there is none."""
    return judge(presets, ask, facts, scope).next_allowed_at


@lru_cache(maxsize=4096)
def plain(
    presets: Presets,
    at: datetime,
    channel: str,
    zones: tuple[str, ...],
    *,
    role: str = "borrower",
    scope: Scope = ANY_SCOPE,
) -> Verdict:
    """The verdict where nothing is known about the person: one answer for all of them, kept."""
    return judge(presets, Asked(at, channel, zones, role), NOTHING, scope)


def look_back_days(presets: Presets) -> int:
    """How many days back earlier contacts can matter: with none since, no hold and no wish, `plain` is right.

    Only a search for somebody's location (once per third party) and appointments missed look back without end.
    """
    counting = ("cap", "cooldown", "pattern", "burst", "procedure")
    found = [rule for one in presets for rule in one.rules if rule.kind in counting]
    terms = ("days", "look_back_days")
    return max((int(rule.terms.get(term, 0)) for rule in found for term in terms), default=0)


def used(presets: Presets, ask: Asked, facts: Facts = NOTHING, scope: Scope = ANY_SCOPE) -> tuple[Usage, ...]:
    """How much of each cap on this channel is used: what the queue shows as 3 of 7."""
    known = known_at(facts, ask)
    found = _on_channel(presets, _day(ask), scope, ask.channel)
    return tuple(counts.usage(rule, ask, known) for rule in found if rule.kind == "cap")


def known_at(facts: Facts, ask: Asked) -> Facts:
    """The facts as they stood at the moment asked about: later contacts and events are left out."""
    if facts is NOTHING:
        return facts
    day = _day(ask)
    return facts._replace(
        contacts=tuple(one for one in facts.contacts if one.at <= ask.at),
        events=tuple(one for one in facts.events if one.on <= day),
    )


def in_force_name(presets: Presets, day: date, scope: Scope) -> tuple[str, str]:
    """The law presets in force that day and their versions, joined by `+`; the house preset where there is none."""
    found = [one for one in presets if one.is_law and one.in_force(day, scope)]
    found = found or [one for one in presets if not one.is_law][:1]
    return "+".join(one.id for one in found), "+".join(one.version for one in found)


@lru_cache(maxsize=1024)
def _on_channel(presets: Presets, day: date, scope: Scope, channel: str) -> tuple[Rule, ...]:
    """The rules on a channel that day: those in force and on, fallbacks only where no law speaks."""
    found = [rule for rule in rules_in_force(presets, day, scope) if not rule.channels or channel in rule.channels]
    spoken = {_subject(rule) for rule in found if not rule.fallback and not rule.terms.get("content")}
    return tuple(rule for rule in found if not rule.fallback or _subject(rule) not in spoken)


@lru_cache(maxsize=4096)
def _concerned(
    presets: Presets, day: date, scope: Scope, channel: str, known: tuple[bool, ...]
) -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The rules that may have something to say where those fields of the facts are known, and those that may lift."""
    have = {""} | {field for field, there in zip(Facts._fields, known, strict=True) if there}
    found = [rule for rule in _on_channel(presets, day, scope, channel) if _NEEDS.get(rule.kind, "") in have]
    checks = tuple(rule for rule in found if rule.kind in CHECKS)
    return checks, tuple(rule for rule in found if rule.kind in LIFTS)


def _subject(rule: Rule) -> tuple[str, Any]:
    return rule.kind, rule.terms.get("hold")


def _day(ask: Asked) -> date:
    """The day judged: the date where the person most likely is."""
    return rules.today(ask)


def _found(presets: Presets, ask: Asked, facts: Facts, scope: Scope) -> tuple[Finding, ...]:
    if ask.direction != "out":
        return ()
    found: list[Finding] = []
    checks, lifts = _concerned(presets, _day(ask), scope, ask.channel, tuple(map(bool, facts)))
    for rule in checks:
        if ask.role in rule.except_roles or ask.purpose in rule.except_purposes:
            continue
        finding = CHECKS[rule.kind](rule, ask, facts)
        if finding is not None:
            found.append(_overridden(rule, finding, ask))
    if not found:
        return ()
    for rule in lifts:
        found = _lifted(rule, found, ask, facts)
    return tuple(sorted(found, key=lambda finding: -SEVERITY[finding.verdict]))


def _overridden(rule: Rule, finding: Finding, ask: Asked) -> Finding:
    """A reason the rule itself lists turns its BLOCK into REASON: it still has to be recorded."""
    if finding.verdict != "BLOCK" or ask.reason not in rule.overrides:
        return finding
    return finding._replace(verdict="REASON", why=f"{finding.why}; reason given: {ask.reason}")


def _lifted(rule: Rule, found: list[Finding], ask: Asked, facts: Facts) -> list[Finding]:
    """What stands after an exemption: what it lifts is gone, and it says so; or it has been used up."""
    covered = [finding for finding in found if finding.rule in rule.exempts and finding.verdict not in OPEN]
    lifted = LIFTS[rule.kind](rule, ask, facts, covered) if covered else None
    if lifted is None:
        return found
    if lifted.verdict == "ALLOW":
        found = [finding for finding in found if finding not in covered]
    return [*found, _overridden(rule, lifted, ask)]


def _next(presets: Presets, ask: Asked, facts: Facts, scope: Scope, found: tuple[Finding, ...]) -> datetime | None:
    """Steps from one closing to the next: each rule that is shut says until when it surely stays so.

    No step passes a day on which the rules themselves change. None where a rule is shut for good.
    """
    first = hours.zones(ask.zones)[0]
    changes = [hours.day_starts(day, first) for day in boundaries(presets)]
    at = ask.at
    for _ in range(_MOST_STEPS):
        shut = [finding for finding in found if finding.verdict not in OPEN]
        if not shut:
            return at.astimezone(UTC)
        coming = [change for change in changes if change > at]
        untils = [finding.until for finding in shut]
        known = [until for until in untils if until is not None]
        if len(known) < len(untils):
            known = coming[:1]
        if not known:
            return None
        at = min([max(known), *coming[:1]])
        found = _found(presets, ask._replace(at=at), facts, scope)
    return None


def run_cases(
    cases: Sequence[Mapping[str, Any]], zone: str = "UTC", company: Preset | None = None
) -> "list[CaseResult]":
    """Every case of a file with what its rule says of it; the form of a case is that of `collect.policy_cases`."""
    from collect import policy_cases

    return policy_cases.run_cases(cases, zone, company)
