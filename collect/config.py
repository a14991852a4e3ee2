"""Settings kept in the book: every one has a name, a default, a meaning and a check."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from collect.errors import NotFound, WrongUsage
from collect.money import currency_code

# Where a book says nothing of its zone, its currency's home is assumed; `collect book init` says so.
_HOME_ZONES = {"INR": "Asia/Kolkata", "USD": "America/New_York", "GBP": "Europe/London", "AUD": "Australia/Sydney"}

_CONDUCT = ("presets", "caps", "rules", "rates", "scope", "percent", "weekdays", "followup")
_PLANS = ("move", "odd", "holidays", "region", "floors", "limits", "roles")


# Outcome of a contact -> when the next step is due (collect.followup).
_FOLLOWUPS = {
    "spoke": "3wd",
    "promised": "promise+1d",
    "refused": "2wd",
    "disputed": "5wd",
    "paid": "3wd",
    "no-answer": "1wd other hour",
    "voicemail": "1wd other hour",
    "busy": "1wd other hour",
    "not-connected": "1wd other hour",
    "wrong-number": "1wd",
    "third-party": "1wd other hour",
    "left-message": "2wd",
    "sent": "3d; email: 4d; letter: 10d",
    "delivered": "3d; letter: 7d",
    "bounced": "1wd",
    "met": "3wd",
    "not-met": "1wd other hour",
    "moved": "1wd",
    "callback": "1wd",
    "cease": "none",
}


class Setting(NamedTuple):
    """One setting: its default as text, the kind that checks it, and one line for people."""

    default: str
    kind: Literal[
        "text",
        "currency",
        "zone",
        "order",
        "by",
        "buckets",
        "whole",
        "points",
        "amount",
        "payments",
        "ladder",
        "rates",
        "presets",
        "caps",
        "rules",
        "scope",
        "weekdays",
        "percent",
        "followup",
        "move",
        "odd",
        "holidays",
        "region",
        "floors",
        "limits",
        "roles",
    ]
    help: str


SETTINGS: Mapping[str, Setting] = {
    "book.name": Setting("", "text", "whose receivables these are; stands above reports"),
    "book.currency": Setting("INR", "currency", "currency of amounts that name none"),
    "book.zone": Setting("", "zone", "time zone of the office, such as Asia/Kolkata"),
    "book.policy": Setting("policy", "presets", "the conduct rules in force: presets, such as us-fdcpa or in-rbi-2022"),
    "policy.country": Setting("", "scope", "country of the debts, such as US; empty where it is not known"),
    "policy.party": Setting("", "scope", "first: the creditor in its own name; third: a collector for others"),
    "policy.debtor": Setting("", "scope", "who owes: consumer or business"),
    "policy.regulated": Setting("", "scope", "whether the creditor is a regulated lender: yes, no"),
    "policy.product": Setting("", "scope", "what is owed, such as microfinance"),
    "policy.caps": Setting("", "caps", "own caps, channel:most/days: call:3/7,sms:2/1"),
    "policy.on": Setting("", "rules", "rules of the presets turned on, by id"),
    "policy.off": Setting("", "rules", "rules of the presets turned off, by id"),
    "promise.tolerance_days": Setting("3", "whole", "days after the promised one on which a payment still keeps it"),
    "promise.kept_percent": Setting("100", "percent", "share of the promised amount that is keeping it"),
    "plan.grace_days": Setting("10", "whole", "days an instalment may be late before it breaks its plan"),
    "plan.move": Setting("none", "move", "instalments on a day off: none (stay), after, before, within the month"),
    "plan.holidays": Setting("", "holidays", "own days off, such as 2026-10-20, 2026-11-08"),
    "plan.region": Setting("", "region", "country or state of the public holidays, such as IN-MH; needs an extra"),
    "plan.odd": Setting("last", "odd", "instalment that takes the odd minor units: first, last"),
    "settlement.grace_days": Setting("0", "whole", "days a payment of a settlement may be late before it lapses"),
    "settlement.floors": Setting(
        "", "floors", "least percent to take, by days overdue and product: 60@0, 40@180, gold:80"
    ),
    "settlement.limits": Setting(
        "", "limits", "who may waive what, role:level:percent:amount; such as agent:1:10:50000; head:3:60"
    ),
    "settlement.roles": Setting("", "roles", "who has which role, such as asha=agent, meena=head"),
    "settlement.discount_percent": Setting("12", "percent", "yearly rate at which later payments are worth less"),
    "settlement.expected_percent": Setting("50", "percent", "share of a debt expected without a settlement"),
    "settlement.expected_days": Setting("365", "whole", "days until that is expected"),
    "dates.order": Setting("", "order", "how 5/4/2026 is read when typed: dmy, mdy, or empty to refuse it"),
    "aging.buckets": Setting("30,60,90", "buckets", "last day of each bucket; the last bucket is open-ended"),
    "aging.by_date": Setting("due", "by", "age by due date or by document date: due, document"),
    "account.credit_days": Setting("0", "whole", "days added to the document date where no due date is stated"),
    "payment.order": Setting(
        "penalty,fee,interest,principal vertical",
        "payments",
        "which part is paid first; vertical ends one instalment after the other, horizontal one part over all",
    ),
    "payment.orders": Setting("", "payments", "territories with an order of their own: North=principal,...; South=..."),
    "payment.small_difference": Setting(
        "1.00", "amount", "largest difference, in major units, that --close writes off"
    ),
    "receipt.series": Setting("R", "text", "what stands before the number of a new receipt: R-00001"),
    "queue.limit": Setting("25", "whole", "rows of the queue"),
    "queue.amount_points": Setting(
        "10", "points", "points for each tenfold of the overdue amount above queue.amount_from"
    ),
    "queue.amount_from": Setting("1000", "whole", "overdue amount, in major units, from which points are given"),
    "queue.age_points": Setting("10", "points", "points for each 30 days overdue of the oldest item, up to 180 days"),
    "queue.new_points": Setting(
        "5", "points", "points while nothing is more than 7 days overdue: a first reminder is due"
    ),
    "queue.disputed_points": Setting("-20", "points", "points for a fully disputed overdue amount, in proportion"),
    "risk.late_points": Setting("40", "points", "risk points where every item was paid late, in proportion"),
    "risk.days_points": Setting("20", "points", "risk points for each 10 days late on average; fewer for early"),
    "risk.trend_points": Setting("5", "points", "risk points for each 10 days the last items were later than all"),
    "risk.broken_points": Setting("5", "points", "risk points for each broken promise, up to 4"),
    "risk.bounced_points": Setting("10", "points", "risk points for each bounced payment, up to 4"),
    "risk.exposure_points": Setting("5", "points", "risk points where the credit limit is used up, up to twice that"),
    "risk.age_points": Setting("2", "points", "risk points for each 30 days the oldest open item is overdue"),
    "risk.silence_points": Setting("2", "points", "risk points for each 30 days without a word while overdue"),
    "risk.disputed_points": Setting("5", "points", "risk points where every item was disputed, in proportion"),
    "stages.ladder": Setting(
        "reminder days=1; second reminder days=8 after=5; call days=15 broken=1; visit days=30 broken=2 after=7;"
        " demand days=45 after=7; final notice days=60 after=10; legal review days=90 after=15 approval;"
        " legal days=120 after=15 approval; written off days=365 after=30 approval",
        "ladder",
        "stages of overdue accounts: days overdue, or promises broken, from=amount, after=days at the one before",
    ),
    "interest.rates": Setting(
        "", "rates", "rates later than a preset's, by rule and first day: UK-LPCDA-INT 2026-07-01=3.75"
    ),
    "queue.bounced_points": Setting("100", "points", "points while a payment that bounced is less than 30 days ago"),
    "queue.broken_plan_points": Setting("100", "points", "points for a broken plan or a lapsed settlement"),
    "queue.broken_promise_points": Setting("12", "points", "points for each broken promise, three at most"),
    "queue.dispute_late_points": Setting("8", "points", "points for each dispute past the day promised for its answer"),
    "queue.followup_points": Setting("6", "points", "points where the next step is due today, or was before"),
    "queue.stage_points": Setting("5", "points", "points where an account may move to the next stage of the ladder"),
    "queue.clock_points": Setting("30", "points", "points for each legal clock that runs out and asks for a step"),
    "queue.clearing_days": Setting("5", "whole", "days a cheque is given to clear before its account is chased again"),
    "queue.risk_points": Setting("10", "points", "points for a risk score of 100 or more, in proportion below"),
    "brief.broken_days": Setting("14", "whole", "days for which the morning tells of a broken promise one by one"),
    "ledger.stale_days": Setting("3", "whole", "days after the last import from which the ledger is called stale"),
    "followup.workdays": Setting("mon-fri", "weekdays", "days on which follow-ups fall, such as mon-sat"),
    **{
        f"followup.{outcome}": Setting(rule, "followup", f"next step after: {outcome}")
        for outcome, rule in _FOLLOWUPS.items()
    },
}


def home_zone(currency: str) -> str:
    """Zone assumed for a book of that currency when none is given."""
    return _HOME_ZONES.get(currency, "UTC")


def setting(key: str) -> Setting:
    """Definition of a setting; NotFound with the nearest names."""
    found = SETTINGS.get(key)
    if found is None:
        from difflib import get_close_matches

        near = get_close_matches(key, SETTINGS, n=3)
        hint = f"did you mean: {', '.join(near)}" if near else "see 'collect config show'"
        raise NotFound(f"no such setting: {key}", hint)
    return found


def checked(key: str, value: str) -> str:
    """Return the value as it is kept; WrongUsage when the setting cannot have it."""
    kind = setting(key).kind
    text = value.strip()
    if kind == "currency":
        return currency_code(text)
    if kind == "zone":
        return zone_name(text)
    if kind == "buckets":
        return ",".join(str(edge) for edge in bucket_edges(text))
    allowed = {"order": ("dmy", "mdy", ""), "by": ("due", "document")}.get(kind)
    if allowed is not None and text not in allowed:
        raise WrongUsage(f"not a value of {key}: {value}", f"use one of: {', '.join(filter(None, allowed))}")
    if kind == "whole" and not (text.isascii() and text.isdigit() and len(text) < 10):
        raise WrongUsage(f"not a whole number for {key}: {value}", "use digits only, such as 25")
    if kind in _CONDUCT:
        from collect import conduct

        return conduct.checked(kind, key, text)
    _check_parts(key, kind, text)
    return text


def _check_parts(key: str, kind: str, text: str) -> None:
    """Check what is made of parts, or is points; WrongUsage where it cannot be."""
    if kind == "points":
        _points(key, text)
    elif kind == "amount" and not text.replace(".", "", 1).isdecimal():
        raise WrongUsage(f"not an amount for {key}: {text}", "type it like 1.00")
    elif kind == "payments":
        _payment_orders(text, several=key == "payment.orders")
    elif kind == "ladder":
        from collect import escalation

        escalation.ladder(text)
    elif kind in _PLANS:
        from collect import planterms

        planterms.check(key, kind, text)


def bucket_edges(text: str) -> tuple[int, ...]:
    """Rising last days of buckets, from `30,60,90`; WrongUsage otherwise."""
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 0 < len(part) < 6 for part in parts):
        raise WrongUsage(f"not bucket edges: {text}", "use rising days, such as 30,60,90,120")
    edges = tuple(int(part) for part in parts)
    if edges[0] < 1 or any(later <= earlier for earlier, later in pairwise(edges)):
        raise WrongUsage(f"bucket edges must rise: {text}", "use rising days, such as 30,60,90,120")
    return edges


def zone_name(text: str) -> str:
    """Return an IANA zone name that this machine knows; WrongUsage otherwise."""
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise WrongUsage(f"no such time zone: {text}", "use a name such as Asia/Kolkata or Europe/London") from error
    return text


def _payment_orders(text: str, *, several: bool) -> None:
    """Check one order of payment, or several as `NAME=order; NAME=order`."""
    from collect.receipts import parsed_order

    for entry in filter(None, text.split(";")) if several else [text]:
        parsed_order(entry.partition("=")[2] if several else entry)


def _points(key: str, text: str) -> None:
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > 1000:
        raise WrongUsage(f"not a number of points for {key}: {text}", "use a number between -1000 and 1000")
