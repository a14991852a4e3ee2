"""The queue: who to follow up first, as a sum of named terms that anyone can read.

Every term is a small function of facts about one account; weights come from the settings. Points are for ordering
only and are not money.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from math import log10
from typing import NamedTuple

from collect.dates import days_overdue
from collect.money import exponent, shown

OLDEST_COUNTED = 180
FIRST_REMINDER_DAYS = 7
FULL_RISK = 100.0
"""Risk score from which an account gets all the points there are for it."""


class Weights(NamedTuple):
    """How many points each term gives: the settings that begin with `queue.`; `amount_from` is in major units."""

    amount: float = 10.0
    amount_from: int = 1000
    age: float = 10.0
    new: float = 5.0
    disputed: float = -20.0
    broken: float = 12.0
    bounced: float = 100.0
    plan: float = 100.0
    dispute_late: float = 8.0
    followup: float = 6.0
    stage: float = 5.0
    clock: float = 30.0
    risk: float = 10.0


class Facts(NamedTuple):
    """What is known of one account in one currency on the day; minor units, overdue positive, unapplied negative."""

    account_id: int
    currency: str
    overdue: int
    oldest_due_on: str
    disputed: int = 0
    unapplied: int = 0

    @property
    def asked(self) -> int:
        """What to ask for: what is overdue, less what is disputed and what money not applied yet covers."""
        return max(0, self.overdue - self.disputed + self.unapplied)


class Signal(NamedTuple):
    """Something that happened to an account and calls for work, whatever it owes: how often, in words, for which day.

    `on` is the day (ISO) the last one was for, where the work grows stale.
    """

    account_id: int
    term: str
    times: int
    text: str
    on: str = ""


class Stand(NamedTuple):
    """How contact with one account stands now: by what, at which number, whether rules allow it and from when.

    `next_allowed_at` is None where it is allowed now, and where there is never a lawful moment; instants are ISO text,
    empty where there is none.
    """

    channel: str
    reach: str
    allowed: bool
    rule: str
    next_allowed_at: str | None
    when: str
    last_contact_at: str = ""
    promise_on: str = ""


class LeftAlone(NamedTuple):
    """Why an account is left alone today, and from which day it no longer is (ISO; empty where that is not known)."""

    why: str
    until: str = ""


class Term(NamedTuple):
    """One part of a score: its name, its points, and the fact behind it in words."""

    term: str
    points: float
    text: str


class Known(NamedTuple):
    """What is known of some accounts besides what they owe, by account id."""

    calls: Mapping[int, tuple[Term, ...]] = {}
    """Their further terms (`called`)."""
    reminded: Collection[int] = frozenset()
    """Accounts contacted in the days in which a first reminder is due."""

    def with_terms(self, more: Mapping[int, Sequence[Term]]) -> "Known":
        """Return the same with further terms of some accounts."""
        return Known({**self.calls, **{one: (*self.calls.get(one, ()), *more[one]) for one in more}}, self.reminded)


class Entry(NamedTuple):
    """One account in the queue, with the terms its score is the sum of."""

    rank: int
    facts: Facts
    days_overdue: int
    terms: tuple[Term, ...]

    @property
    def score(self) -> float:
        """Sum of the terms' points, to one decimal."""
        return round(sum(term.points for term in self.terms), 1)

    @property
    def action(self) -> str:
        """What to do next: the step that is due, a reminder while it is fresh or for an instalment, else a call.

        The first step of the ladder is proposed too, but where nobody has moved an account its age says more.
        """
        names = {term.term for term in self.terms}
        if names & {"bounced", "broken plan", "broken promise"}:
            return "call"
        for term in self.terms:
            if term.term == "stage":
                return term.text.partition(":")[0]
        return "remind" if self.days_overdue <= FIRST_REMINDER_DAYS or "instalment" in names else "call"


def called(signals: Iterable[Signal], weights: Weights) -> dict[int, tuple[Term, ...]]:
    """Terms by account for what calls for work: each so many points a time, three times at most."""
    points = {
        "bounced": weights.bounced,
        "broken plan": weights.plan,
        "broken promise": weights.broken,
        "dispute late": weights.dispute_late,
        "follow-up": weights.followup,
        "stage": weights.stage,
        "first stage": weights.stage,
        "clock": weights.clock,
        "instalment": 0.0,
        "promise": 0.0,
    }
    found: dict[int, tuple[Term, ...]] = {}
    for one in signals:
        term = Term(one.term, round(points[one.term] * min(one.times, 3), 1), one.text)
        found[one.account_id] = (*found.get(one.account_id, ()), term)
    return found


def slipping(score: float, weights: Weights) -> Term | None:
    """Term for how likely an account is to slip, by its risk score (`collect.risk`); None where that adds nothing."""
    points = round(weights.risk * min(max(score, 0.0), FULL_RISK) / FULL_RISK, 1)
    return Term("risk", points, f"likely to slip: risk {score:.1f}") if points else None


def terms(
    facts: Facts, today: date, weights: Weights, calls: Iterable[Term] = (), *, reminded: bool = False
) -> tuple[Term, ...]:
    """Return the named parts of an account's score; those that give nothing are left out, but not what `calls`."""
    days = days_overdue(date.fromisoformat(facts.oldest_due_on), today)
    found = [
        Term("age", round(_age(days, weights), 1), f"oldest item {days} day{'' if days == 1 else 's'} overdue"),
        Term(
            "amount",
            round(_amount(facts.overdue, facts.currency, weights), 1),
            f"{facts.currency} {_shown(facts.overdue, facts)} overdue",
        ),
        Term("new", _new(days, weights, reminded=reminded), "newly overdue, not contacted: a first reminder is due"),
        Term(
            "disputed",
            round(_disputed(facts.disputed, facts.overdue, weights), 1),
            f"{_shown(facts.disputed, facts)} of it disputed",
        ),
    ]
    return (*calls, *(term for term in found if term.points))


def rank(
    all_facts: Iterable[Facts],
    today: date,
    weights: Weights,
    limit: int = 0,
    known: Known | None = None,
) -> list[Entry]:
    """Order accounts by score, highest first; equals by the larger overdue amount, then by account."""
    more = known or Known()
    found = sorted(judged(all_facts, today, weights, more))
    first = found[:limit] if limit else found
    return [_entry(place, Facts(*facts), today, weights, more) for place, (*_, facts) in enumerate(first, start=1)]


def judged(
    all_facts: Iterable[Facts], today: date, weights: Weights, known: Known
) -> Iterable[tuple[float, int, int, Facts]]:
    """Yield what orders an account: its score turned round, its amount turned round, its id; and the facts."""
    ages: dict[str, float] = {}
    calls, reminded = known
    new_since = (today - timedelta(days=FIRST_REMINDER_DAYS)).isoformat()
    for facts in all_facts:
        account_id, currency, overdue, oldest_due_on, disputed, _ = facts
        age = ages.get(oldest_due_on)
        if age is None:
            age = ages[oldest_due_on] = age_and_new(days_overdue(date.fromisoformat(oldest_due_on), today), weights)
        score = age + round(_amount(overdue, currency, weights), 1)
        if disputed:
            score += round(_disputed(disputed, overdue, weights), 1)
        if oldest_due_on >= new_since and account_id in reminded:
            score -= weights.new
        if account_id in calls:
            score += sum(term.points for term in calls[account_id])
        yield -round(score, 1), -overdue, account_id, facts


def _entry(place: int, facts: Facts, today: date, weights: Weights, known: Known) -> Entry:
    days = days_overdue(date.fromisoformat(facts.oldest_due_on), today)
    calls = known.calls.get(facts.account_id, ())
    return Entry(place, facts, days, terms(facts, today, weights, calls, reminded=facts.account_id in known.reminded))


def _age(days: int, weights: Weights) -> float:
    return weights.age * min(days, OLDEST_COUNTED) / 30


def _new(days: int, weights: Weights, *, reminded: bool = False) -> float:
    return 0.0 if reminded or days > FIRST_REMINDER_DAYS else weights.new


def age_and_new(days: int, weights: Weights, *, at_most: bool = False) -> float:
    """Points for the age of the oldest item and for its being new; `at_most` where a reminder may cost something."""
    new = _new(days, weights)
    return round(_age(days, weights), 1) + (max(new, 0.0) if at_most else new)


def _amount(overdue: int, currency: str, weights: Weights) -> float:
    tenfold = overdue / (weights.amount_from * 10 ** exponent(currency))
    return weights.amount * log10(tenfold) if tenfold > 1 else 0.0


def _disputed(disputed: int, overdue: int, weights: Weights) -> float:
    return weights.disputed * disputed / overdue


def _shown(minor: int, facts: Facts) -> str:
    return shown(minor, facts.currency)
