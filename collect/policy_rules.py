"""Rules on whom one may contact, what stops contact, what may be said, and what must have happened before.

Every check takes the rule, the contact asked about and what is known, and returns a finding or None. Facts later
than the moment judged have been left out by the caller.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from collect.policy_days import Holidays, business_day
from collect.policy_facts import Asked, Contact, Facts, Finding, Hold, shares_debt
from collect.policy_hours import day_starts, local_day, zones
from collect.presets import Rule


def last_day_over(day: date, ask: Asked) -> datetime:
    """The moment at which that day is over in every zone the person may be in."""
    return max(day_starts(day + timedelta(days=1), place) for place in zones(ask.zones))


def today(ask: Asked) -> date:
    """The day it is where the person most likely is."""
    return local_day(ask.at, zones(ask.zones)[0])


def role(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Role: the debt is discussed with nobody but those the rule allows, or whom the person consented to."""
    if ask.role in rule.terms["allow"]:
        return None
    if rule.terms.get("consent") and live_consent(rule.terms["consent"], ask, facts):
        return None
    return rule.finding(rule.action, f"the debt is not to be discussed with: {ask.role}")


def live_consent(kind: str, ask: Asked, facts: Facts, days: int = 0) -> date | None:
    """The day of the newest consent of that kind that still holds; `days` counts the day it was given as the first."""
    found = [
        consent.given_on
        for consent in facts.consents
        if consent.kind == kind
        and (not consent.reach or not ask.reach or consent.reach == ask.reach)
        and all(
            consent.given_on <= day
            and (consent.until_on is None or day <= consent.until_on)
            and (consent.revoked_on is None or day < consent.revoked_on)
            and (not days or day < consent.given_on + timedelta(days=days))
            for day in (local_day(ask.at, place) for place in zones(ask.zones))
        )
    ]
    return max(found, default=None)


def stop(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Stop: a hold of the rule's kind that covers this contact, for as long as it lasts."""
    content = rule.terms.get("content")
    if (content and ask.content.isdisjoint(content)) or rule.terms.get("place", ask.place) != ask.place:
        return None
    place = zones(ask.zones)[0]
    ends = [(hold, _last_day(rule, hold, place)) for hold in facts.holds if _covers(rule, hold, ask)]
    live = [(hold, end) for hold, end in ends if end is None or ask.at < last_day_over(end, ask)]
    if not live:
        return None
    endless = [hold for hold, end in live if end is None]
    verdict = "REASON" if ask.purpose in rule.terms.get("reason_purposes", ()) else rule.action
    if endless:
        return rule.finding(verdict, _because(endless[0], place, "until it is released"))
    hold, end = max(((hold, end) for hold, end in live if end is not None), key=lambda pair: pair[1])
    return rule.finding(verdict, _because(hold, place, f"through {end}"), last_day_over(end, ask))


def _covers(rule: Rule, hold: Hold, ask: Asked) -> bool:
    return (
        hold.kind == rule.terms["hold"]
        and hold.starts_at <= ask.at
        and (not hold.medium or hold.medium == ask.channel)
        and (not hold.reach or not ask.reach or hold.reach == ask.reach)
        and shares_debt(hold.debts, ask.debts)
    )


def _last_day(rule: Rule, hold: Hold, place: ZoneInfo) -> date | None:
    """The last day of a hold: its own end (and the days the rule adds), or so many days from its start, or none."""
    if hold.end_on is not None:
        return hold.end_on + timedelta(days=rule.terms.get("tail_days", 0))
    if "days" in rule.terms:
        return local_day(hold.starts_at, place) + timedelta(days=rule.terms["days"])
    return None


def _because(hold: Hold, place: ZoneInfo, lasts: str) -> str:
    what = f"{hold.kind} ({hold.medium})" if hold.medium else hold.kind
    given = f", {hold.source}" if hold.source else ""
    return f"hold since {local_day(hold.starts_at, place)}: {what}{given}, {lasts}"


def content(rule: Rule, ask: Asked, _facts: Facts) -> Finding | None:
    """Content: what the message would say or lack, as flags."""
    flags = ask.content.intersection(rule.terms["flags"])
    if not flags or rule.terms.get("purpose", ask.purpose) != ask.purpose:
        return None
    return rule.finding(rule.action, f"the message is marked: {', '.join(sorted(flags))}")


def needs(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Needs: something that must be on record before this kind of contact."""
    kind = rule.terms["event"]
    if any(event.kind == kind and shares_debt(event.debts, ask.debts) for event in facts.events):
        return None
    return rule.finding(rule.action, f"not on record: {kind.replace('-', ' ')}")


def misses(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Misses: no visit to those places before the person failed so often, in a row, to appear elsewhere."""
    if ask.place not in rule.terms["places"]:
        return None
    missed = 0
    for contact in facts.contacts:
        if contact.channel == "visit" and contact.place not in rule.terms["places"]:
            missed = missed + 1 if contact.outcome == "not-met" else 0
    if missed >= rule.terms["count"]:
        return None
    return rule.finding(rule.action, f"{missed} of {rule.terms['count']} missed appointments at the agreed place")


def procedure(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Procedure: what protects a message to this address (consent, the person's own use, a notice) and is fresh."""
    kind, days = rule.terms["consent"], rule.terms.get("days")
    place, day = zones(ask.zones)[0], today(ask)
    consent = live_consent(kind, ask, facts)
    proofs = [consent] if consent else []
    proofs += [local_day(one.at, place) for one in facts.contacts if _wrote(one, ask)]
    if proofs:
        proofs += [event.on for event in facts.events if event.kind in rule.terms.get("renewed_by", ())]
    wait = timedelta(days=rule.terms.get("notice_days", 0))
    notices = [event.on + wait for event in facts.events if event.kind == rule.terms.get("notice")]
    proofs += [served for served in notices if served <= day]
    until = day_starts(min(notices), place) if notices else None
    if not proofs:
        return rule.finding(rule.action, f"nothing on record that covers {ask.channel} to this person", until)
    age = (day - max(proofs)).days
    if days is None or age <= days:
        return None
    return rule.finding(rule.action, f"{age} days since consent or the last check of the number; {days} allowed", until)


def _wrote(contact: Contact, ask: Asked) -> bool:
    same = not contact.reach or not ask.reach or contact.reach == ask.reach
    return contact.direction == "in" and contact.channel == ask.channel and same


def period_end(sent_on: date, receipt_days: int, period_days: int, holidays: Holidays) -> date:
    """The last day of the validation period of a notice: so many days after its assumed receipt."""
    return business_day(sent_on, receipt_days, holidays) + timedelta(days=period_days)


def disputed(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Disputed: a written dispute or request inside the validation period stops collection until it is answered."""
    terms = rule.terms
    about = [event for event in facts.events if shares_debt(event.debts, ask.debts)]
    notices = [event.on for event in about if event.kind == "validation-notice-sent"]
    asked_on = [event.on for event in about if event.kind == terms["event"]]
    answered = [event.on for event in about if event.kind == terms["until"]]
    ends = [period_end(day, terms["receipt_days"], terms["period_days"], rule.holidays) for day in notices]
    inside = [day for day in asked_on if not ends or day <= max(ends)]
    if not inside or any(day >= max(inside) for day in answered):
        return None
    what = terms["event"].replace("-", " ")
    return rule.finding(rule.action, f"{what} on {max(inside)}; waits for: {terms['until'].replace('-', ' ')}")


def quiet(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Quiet: while a promise is open nobody chases before the day after it, but for one reminder shortly before."""
    place = zones(ask.zones)[0]
    day = today(ask)
    live = [
        promise
        for promise in facts.promises
        if day <= promise.due_on
        and (promise.made_on is None or promise.made_on <= day)
        and shares_debt(promise.debts, ask.debts)
    ]
    if not live:
        return None
    due_on = max(promise.due_on for promise in live)
    reminder_on = due_on - timedelta(days=rule.terms.get("reminder_days", 0))
    reminded = any(one.direction == "out" and local_day(one.at, place) == day for one in facts.contacts)
    if day == reminder_on < due_on and not reminded:
        return None
    why = f"a promise is open for {due_on}: quiet until the day after, but for one reminder on {reminder_on}"
    over = day_starts(due_on + timedelta(days=1), place)
    opens = day_starts(reminder_on, place)
    return rule.finding(rule.action, why, opens if ask.at < opens else over)
