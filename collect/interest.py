"""What late payment adds to a debt by law: interest from day to day, and fixed sums; amounts to check, never advice.

Rates, citations and how far each was verified stand in the presets (`collect/data/policies`), later rates in the
setting `interest.rates`. Amounts are whole minor units, rates per cent a year.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from collect import policy_amounts
from collect.dates import add_months
from collect.errors import WrongUsage
from collect.presets import Rule

_RATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})=([0-9]{1,2}(?:\.[0-9]{1,4})?)")
_FORM = "write it like: UK-LPCDA-INT 2026-07-01=3.75, 2027-01-01=3.50; IN-MSMED 2026-06-05=5.25"


class Balance(NamedTuple):
    """What was open of a debt from the end of a day on."""

    on: date
    minor: int


class Debt(NamedTuple):
    """One item: when it was accepted (its document's day), when it fell due, and every change of what was open of it.

    `agreed` is whether somebody stated the due date, rather than the day of the document standing for it.
    """

    account_id: int
    number: str
    currency: str
    accepted_on: date
    due_on: date
    agreed: bool
    balances: tuple[Balance, ...]

    @property
    def paid_on(self) -> date | None:
        """The day from which nothing was open of it any more; None while something is, or is again."""
        since = None
        for one in self.balances:
            since = None if one.minor > 0 else since or one.on
        return since

    def open_minor(self, on: date) -> int:
        """What was open at the end of a day."""
        return next((one.minor for one in reversed(self.balances) if one.on <= on), 0)


class Charge(NamedTuple):
    """What late payment adds to a debt, from one day to another (both included), and how it was reckoned.

    `debt_minor` is what was owed as it became late; `amount_minor` is None where a rate is not known.
    """

    rule: str
    text: str
    debt_minor: int
    from_on: date
    to_on: date
    days: int
    amount_minor: int | None
    citation: str
    basis: str


class _Span(NamedTuple):
    """Days after `start_on` through `end_on`, on each of which the same was owed."""

    start_on: date
    end_on: date
    minor: int

    @property
    def days(self) -> int:
        return (self.end_on - self.start_on).days


def charges(rules: Sequence[Rule], debt: Debt, today: date) -> list[Charge]:
    """What each rule on interest or a fixed sum adds to a debt by the end of a day; nothing while it is not late."""
    own = [rule for rule in rules if rule.terms.get("currency") == debt.currency]
    laid = [reckoned(rule, debt, today) for kind, reckoned in RECKONED.items() for rule in own if rule.kind == kind]
    return [charge for charge in laid if charge is not None]


def supplier_due_on(rule: Rule, accepted_on: date, agreed_on: date | None) -> date:
    """Return the last day to pay a small supplier: the day agreed but no later than allowed, or the default one.

    MSMED Act 2006 s 15: at most 45 days from acceptance; where nothing was agreed in writing, 15.
    """
    if agreed_on is None:
        return accepted_on + timedelta(days=int(rule.terms["default_days"]))
    return min(agreed_on, accepted_on + timedelta(days=int(rule.terms["agreed_days"])))


def _supplier(rule: Rule, debt: Debt, today: date) -> Charge | None:
    """Compound interest at a multiple of the bank rate, monthly rests, from the day after the last day to pay.

    A rest takes the rate in force on its first day: a twelfth of it on what is owed throughout, days of 365 where it
    is not whole or part of the debt is paid in it. What is paid comes off the debt. MSMED Act 2006 ss 15, 16.
    """
    due_on = supplier_due_on(rule, debt.accepted_on, debt.due_on if debt.agreed else None)
    spans = _spans(debt, due_on, today)
    if not spans:
        return None
    times = int(rule.terms["times"])
    added: Decimal | None = Decimal(0)
    missing = ""
    for first, last, month in _months(spans, due_on + timedelta(days=1)):
        known = [Decimal(step["rate"]) for step in _steps(rule) if step["from"] <= first]
        if not known or added is None:
            missing, added = missing or f"; no bank rate known for {first}", None
            continue
        whole = [one[:2] for one in month] == [(first - timedelta(days=1), last)]
        yearly = known[-1] * times / 100
        shares = [(one.minor + added) * (yearly / 12 if whole else yearly * one.days / 365) for one in month]
        added += sum(shares, Decimal(0))
    return _charge(rule, f"{times} x bank rate, monthly rests{missing}", spans, added)


def _late_payment(rule: Rule, debt: Debt, today: date) -> Charge | None:
    """Simple interest at the reference rate of a half-year and the rule's points, on what was owed each day.

    The half-year is that in which the debt became late, or with `each_half_year` the one in which each day falls.
    """
    spans = _spans(debt, debt.due_on, today)
    if not spans:
        return None
    each = bool(rule.terms.get("each_half_year"))
    first = half_year(debt.due_on + timedelta(days=1))
    table = {step["from"]: Decimal(step["rate"]) for step in _steps(rule)}
    owed: list[tuple[Decimal, int]] = []
    told: list[str] = []
    for span in _by_half_year(spans) if each else spans:
        begin = half_year(span.start_on + timedelta(days=1)) if each else first
        if begin not in table:
            return _charge(rule, f"no reference rate known for the half-year from {begin}", spans, None)
        owed.append((table[begin], span.minor * span.days))
        told.append(f"{table[begin] + Decimal(rule.terms['points'])}%")
    text = f"simple interest at {', '.join(dict.fromkeys(told))}, {rule.terms['points']} above the reference rate"
    return _charge(rule, text, spans, Decimal(policy_amounts.interest(rule, owed)))


def _fixed(rule: Rule, debt: Debt, today: date) -> Charge | None:
    """The fixed sum, once, by what was owed as the debt became late."""
    minor = debt.open_minor(debt.due_on)
    if minor <= 0 or today <= debt.due_on:
        return None
    first = debt.due_on + timedelta(days=1)
    amount = policy_amounts.compensation(rule, minor)
    return Charge(rule.id, "fixed sum, once", minor, first, first, 0, amount, rule.citation, rule.basis)


RECKONED = {"supplier-interest": _supplier, "interest": _late_payment, "compensation": _fixed}
"""What reckons each kind of rule that adds to a late debt."""


def half_year(on: date) -> date:
    """The first day of the half-year a day falls in."""
    return date(on.year, 7 if on.month > 6 else 1, 1)


def later_rates(text: str) -> dict[str, dict[date, str]]:
    """Rates by rule id and first day, from the setting `interest.rates`; WrongUsage where it cannot be read."""
    found: dict[str, dict[date, str]] = {}
    for part in filter(None, (part.strip() for part in text.split(";"))):
        name, *steps = part.replace(",", " ").split()
        for step in steps or [""]:
            match = _RATE.fullmatch(step)
            try:
                day = date.fromisoformat(match[1] if match else "")
            except ValueError as error:
                raise WrongUsage(f"not a rate from a day: {part}", _FORM) from error
            assert match is not None
            found.setdefault(name, {})[day] = match[2]
    return found


def check_rates(later: Mapping[str, Mapping[date, str]], rules: Mapping[str, Rule]) -> None:
    """WrongUsage for a rate that would never be looked up: of a rule without rates, or not from a half-year's start."""
    for name, steps in later.items():
        rule = rules.get(name)
        if rule is None or rule.kind not in {"interest", "supplier-interest"}:
            raise WrongUsage(f"not a rule with rates: {name}", "see 'collect policy show PRESET'")
        for day in steps:
            if rule.kind == "interest" and day != half_year(day):
                hint = f"it is known by the first day of the half-year, {half_year(day)}"
                raise WrongUsage(f"a reference rate from another day: {day}", hint)


def with_rates(rule: Rule, later: Mapping[str, Mapping[date, str]]) -> Rule:
    """The rule with the rates of the setting laid over those it came with."""
    if rule.id not in later:
        return rule
    table = {step["from"]: step["rate"] for step in rule.terms.get("rates", ())} | dict(later[rule.id])
    return replace(rule, terms={**rule.terms, "rates": [{"from": day, "rate": rate} for day, rate in table.items()]})


def last_rate_on(rule: Rule) -> date | None:
    """The first day of the newest rate of a rule; None where it has no table."""
    return max((step["from"] for step in _steps(rule)), default=None)


def _steps(rule: Rule) -> list[Mapping[str, Any]]:
    return sorted(rule.terms.get("rates", ()), key=lambda step: step["from"])


def _spans(debt: Debt, due_on: date, today: date) -> list[_Span]:
    """The days after the due day on which something was owed, by what was owed at the end of the day before."""
    cuts = [due_on, *(one.on for one in debt.balances if due_on < one.on < today), today]
    found = [_Span(start, end, debt.open_minor(start)) for start, end in pairwise(cuts)]
    return [span for span in found if span.minor > 0 and span.days > 0]


def _months(spans: Sequence[_Span], first: date) -> Iterator[tuple[date, date, list[_Span]]]:
    """Months counted from a first day, each with its first and last day and the spans in it, up to the last span."""
    number, start = 0, first
    while start <= spans[-1].end_on:
        number += 1
        last = add_months(first, number) - timedelta(days=1)
        before = start - timedelta(days=1)
        cut = (_Span(max(one.start_on, before), min(one.end_on, last), one.minor) for one in spans)
        yield start, last, [one for one in cut if one.days > 0]
        start = last + timedelta(days=1)


def _by_half_year(spans: Sequence[_Span]) -> Iterator[_Span]:
    for span in spans:
        start = span.start_on
        while start < span.end_on:
            following = half_year(start + timedelta(days=1))
            last = date(following.year, 6, 30) if following.month == 1 else date(following.year, 12, 31)
            yield _Span(start, min(last, span.end_on), span.minor)
            start = min(last, span.end_on)


def _charge(rule: Rule, text: str, spans: Sequence[_Span], amount: Decimal | None) -> Charge:
    minor = int(amount.quantize(Decimal(1), ROUND_HALF_UP)) if amount is not None else None
    first, days = spans[0].start_on + timedelta(days=1), sum(span.days for span in spans)
    return Charge(rule.id, text, spans[0].minor, first, spans[-1].end_on, days, minor, rule.citation, rule.basis)
