"""Duties with a date: notices to send, clocks that run, records to keep, papers and levels to have."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from collect.dates import add_months
from collect.policy_days import business_day
from collect.policy_facts import ANY_SCOPE, Event, Finding, Scope
from collect.policy_rules import period_end
from collect.presets import Preset, Rule, rules_in_force


class Task(NamedTuple):
    """Something to do from one day to another (both included), and the rule that asks for it."""

    rule: str
    text: str
    from_on: date
    due_on: date
    citation: str
    basis: str


def tasks(presets: tuple[Preset, ...], events: Sequence[Event], on: date, scope: Scope = ANY_SCOPE) -> list[Task]:
    """All dated tasks that follow from what happened, by due date."""
    found = [
        task
        for rule in rules_in_force(presets, on, scope)
        if rule.kind in CLOCKS
        for task in CLOCKS[rule.kind](rule, events)
    ]
    return sorted(found, key=lambda task: (task.due_on, task.rule))


def _of(events: Sequence[Event], kind: str) -> list[Event]:
    return sorted((event for event in events if event.kind == kind), key=lambda event: event.on)


def _task(rule: Rule, text: str, from_on: date, due_on: date) -> Task:
    return Task(rule.id, text, from_on, due_on, rule.citation, rule.basis)


def _notice_due(rule: Rule, events: Sequence[Event]) -> list[Task]:
    """Validation information after a first communication that did not hold it."""
    firsts = [event for event in _of(events, "initial-communication") if not event.detail.get("validation_info")]
    if not firsts or _of(events, "validation-notice-sent"):
        return []
    first = firsts[0].on
    return [_task(rule, "send validation information", first, first + timedelta(days=rule.terms["days"]))]


def _validation(rule: Rule, events: Sequence[Event]) -> list[Task]:
    """The end of the validation period of each notice sent."""
    terms = rule.terms
    return [
        _task(
            rule,
            "the validation period ends",
            event.on,
            period_end(event.on, terms["receipt_days"], terms["period_days"], rule.holidays),
        )
        for event in _of(events, "validation-notice-sent")
    ]


def _postdated(rule: Rule, events: Sequence[Event]) -> list[Task]:
    """The business days on which notice of a postdated cheque is to be given before its deposit."""
    found = []
    for event in _of(events, "postdated-cheque"):
        dated: date = event.detail["dated"]
        if (dated - event.on).days > rule.terms["ahead_days"]:
            first, last = (business_day(dated, -rule.terms[end], rule.holidays) for end in ("first", "last"))
            found.append(_task(rule, f"written notice before the cheque of {dated} is deposited", first, last))
    return found


def _cheque(rule: Rule, events: Sequence[Event]) -> list[Task]:
    """The clocks of a bounced cheque: notice, time to pay, complaint."""
    found = []
    for event in _of(events, "bank-return-memo"):
        notice_by = event.on + timedelta(days=rule.terms["notice_days"])
        found.append(_task(rule, "send the notice of dishonour", event.on, notice_by))
    for event in _of(events, "notice-delivered"):
        pay_by = event.on + timedelta(days=rule.terms["pay_days"])
        cause_on = pay_by + timedelta(days=1)
        found.append(_task(rule, "the drawer may still pay", event.on, pay_by))
        found.append(_task(rule, "file the complaint", cause_on, add_months(cause_on, rule.terms["complaint_months"])))
    return found


CLOCKS: Mapping[str, Callable[[Rule, Sequence[Event]], list[Task]]] = {
    "notice-due": _notice_due,
    "validation": _validation,
    "postdated": _postdated,
    "cheque": _cheque,
}


def may_purge(rule: Rule, events: Sequence[Event], on: date) -> Finding | None:
    """Retention: a finding while a record must be kept, None from the first day on which it may go."""
    if _of(events, "before-court") and not _of(events, "disposed-of"):
        return rule.finding(rule.action, "before a court: kept until it is disposed of")
    ends = [
        add_months(event.on, months) for kind, months in rule.terms["months"].items() for event in _of(events, kind)
    ]
    if not ends or on >= max(ends):
        return None
    return rule.finding(rule.action, f"to be kept; may go from {max(ends)}")


def late_dispute(rule: Rule, events: Sequence[Event], disputed_on: date) -> Finding | None:
    """A dispute after the validation period: no stop, but the debt is carried as disputed."""
    terms = rule.terms
    ends = [
        period_end(event.on, terms["receipt_days"], terms["period_days"], rule.holidays)
        for event in _of(events, "validation-notice-sent")
    ]
    if not ends or disputed_on <= max(ends):
        return None
    return rule.finding(rule.action, f"the period ended on {max(ends)}: carry and report the debt as disputed")


def certified(rule: Rule, certificate: str, valid_until: date | None, on: date) -> Finding | None:
    """Whether an agent may be given the case: the certificate the rule names, not expired on that day."""
    what = str(rule.terms["certificate"]).replace("-", " ")
    if not certificate:
        return rule.finding(rule.action, f"no {what} on record")
    if valid_until is not None and valid_until < on:
        return rule.finding(rule.action, f"{what} expired on {valid_until}")
    return None


def approval(
    rule: Rule, sanctioned_level: int | None, approver_level: int | None, final_payment_days: int | None = None
) -> Finding | None:
    """Whether a settlement may be approved: level (a greater number is more senior), and how long payment takes."""
    if sanctioned_level is not None and approver_level is not None:
        needed = sanctioned_level + int(rule.terms["levels_above"])
        if approver_level < needed:
            return rule.finding("BLOCK", f"sanctioned at level {sanctioned_level}: level {needed} must approve")
    if final_payment_days is not None and final_payment_days > rule.terms["restructure_days"]:
        return rule.finding("REASON", f"last payment after {final_payment_days} days: this is a restructuring")
    return None
