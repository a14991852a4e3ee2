"""The queue: named terms that sum to the score, and a shortcut that never changes who comes first."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collect import queue, shortcut
from collect.queue import Facts, Known, Signal, Term, Weights

TODAY = date(2026, 4, 1)


def due(days: int) -> str:
    return (TODAY - timedelta(days=days)).isoformat()


def test_a_score_is_the_sum_of_its_terms() -> None:
    """INR 1,82,000 overdue for 41 days, half of it disputed."""
    (entry,) = queue.rank([Facts(1, "INR", 18_200_000, due(41), 9_100_000)], TODAY, Weights())
    assert [(term.term, term.points) for term in entry.terms] == [("age", 13.7), ("amount", 22.6), ("disputed", -10.0)]
    assert entry.score == 26.3
    assert [term.text for term in entry.terms] == [
        "oldest item 41 days overdue",
        "INR 1,82,000.00 overdue",
        "91,000.00 of it disputed",
    ]
    assert (entry.action, entry.days_overdue) == ("call", 41)


def test_newly_overdue_asks_for_a_first_reminder() -> None:
    (entry,) = queue.rank([Facts(1, "INR", 50_000, due(7))], TODAY, Weights())
    assert (entry.action, [term.term for term in entry.terms]) == ("remind", ["age", "new"])


def test_the_oldest_counted_age_is_half_a_year() -> None:
    entries = queue.rank([Facts(1, "INR", 100, due(180)), Facts(2, "INR", 100, due(4000))], TODAY, Weights())
    assert [entry.score for entry in entries] == [60.0, 60.0]


def test_equals_go_by_amount_then_by_account() -> None:
    facts = [Facts(3, "INR", 500, due(30)), Facts(2, "INR", 900, due(30)), Facts(1, "INR", 500, due(30))]
    assert [entry.facts.account_id for entry in queue.rank(facts, TODAY, Weights())] == [2, 1, 3]


def test_a_currency_counts_in_its_own_major_units() -> None:
    """1,00,000 yen, rupees and dinars are each a hundred times 1,000."""
    facts = [Facts(1, "JPY", 100_000, due(1)), Facts(2, "INR", 10_000_000, due(1)), Facts(3, "KWD", 10**8, due(1))]
    assert {entry.score for entry in queue.rank(facts, TODAY, Weights())} == {25.3}


FACTS = st.builds(
    lambda account, currency, overdue, days, share: Facts(account, currency, overdue, due(days), overdue * share // 4),
    st.integers(1, 10**6),
    st.sampled_from(["INR", "USD", "JPY"]),
    st.integers(1, 10**10),
    st.integers(1, 700),
    st.integers(0, 4),
)
WEIGHTS = st.builds(
    Weights,
    amount=st.sampled_from([0.0, 1.0, 10.0, 33.3]),
    amount_from=st.sampled_from([1, 1000, 50_000]),
    age=st.sampled_from([0.0, 1.0, 10.0]),
    new=st.sampled_from([-5.0, 0.0, 5.0, 90.0]),
    disputed=st.sampled_from([-20.0, 0.0, 15.0]),
    **dict.fromkeys(("broken", "bounced", "followup", "stage", "clock"), st.sampled_from([-8.0, 0.0, 5.0, 100.0])),
    **dict.fromkeys(("plan", "dispute_late", "risk"), st.just(0.0)),
)


CALLS = st.dictionaries(
    st.integers(1, 50), st.sampled_from(["bounced", "broken promise", "follow-up", "stage", "clock"]), max_size=8
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(FACTS.map(lambda one: one._replace(account_id=one.account_id % 50 + 1)), max_size=60),
    st.lists(st.integers(0, 59), max_size=30, unique=True),
    WEIGHTS,
    CALLS,
    st.frozensets(st.integers(1, 50), max_size=20),
    st.integers(1, 10),
)
def test_who_is_below_the_floors_and_not_called_for_never_belongs_to_the_first(
    everyone: list[Facts],
    chosen: list[int],
    weights: Weights,
    calls: dict[int, str],
    reminded: frozenset[int],
    limit: int,
) -> None:
    everyone = list({(one.account_id, one.currency): one for one in everyone}.values())
    called = queue.called([Signal(account, term, 1, term) for account, term in calls.items()], weights)
    known = Known(called, reminded)
    sample = [everyone[at] for at in chosen if at < len(everyone)]
    floors = shortcut.floors(sample, TODAY, weights, limit, known)
    reaching = everyone
    if floors:
        reaching = []
        for facts in everyone:
            floor = next(one for one in floors if facts.oldest_due_on <= one.due_by)
            if facts.overdue >= floor.least(facts.currency) or facts.account_id in called:
                reaching.append(facts)
    assert queue.rank(reaching, TODAY, weights, limit, known) == queue.rank(everyone, TODAY, weights, limit, known)


def test_points_beyond_what_any_amount_can_reach_ask_for_the_largest_amount() -> None:
    weights = Weights(amount=1.0, clock=400.0)
    known = Known(queue.called([Signal(1, "clock", 1, "a notice is due")], weights), frozenset())
    floors = shortcut.floors([Facts(1, "INR", 50_000, due(7))], TODAY, weights, 1, known)
    assert {floor.least("KWD") for floor in floors} == {2**63 - 1}


class Looked(NamedTuple):
    """A closer look that finds these points, by account; it counts whom it was asked about."""

    points: dict[int, float]
    most: float
    asked: set[int]

    def terms(self, accounts: Collection[int]) -> dict[int, tuple[Term, ...]]:
        self.asked.update(accounts)
        return {one: (Term("risk", self.points.get(one, 0.0), ""),) for one in accounts}


def ledger(accounts: int) -> st.SearchStrategy[list[Facts]]:
    """Facts of some accounts, a row per account and currency."""
    rows = st.lists(FACTS.map(lambda one: one._replace(account_id=one.account_id % accounts + 1)), max_size=60)
    return rows.map(lambda all_: list({(one.account_id, one.currency): one for one in all_}.values()))


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(
    ledger(50),
    st.lists(st.integers(0, 59), max_size=30, unique=True),
    WEIGHTS,
    CALLS,
    st.dictionaries(st.integers(1, 50), st.integers(-100, 150).map(lambda tenths: tenths / 10), max_size=50),
    st.integers(1, 10),
)
def test_a_closer_look_at_the_few_who_may_come_first_gives_the_order_of_a_look_at_all(
    everyone: list[Facts],
    chosen: list[int],
    weights: Weights,
    calls: dict[int, str],
    points: dict[int, float],
    limit: int,
) -> None:
    """The order is that of each account's terms summed by hand, whoever was left out on the way."""
    called = queue.called([Signal(account, term, 1, term) for account, term in calls.items()], weights)
    known = Known(called)
    look = Looked(points, 15.0, set())

    def closely(some: list[Facts]) -> tuple[list[Facts], Known]:
        return shortcut.closely(some, TODAY, weights, limit, known, look)

    sample, sharper = closely([everyone[at] for at in chosen if at < len(everyone)])
    floors = shortcut.floors(sample, TODAY, weights, limit, sharper, most=look.most)
    reaching = [
        one
        for one in everyone
        if not floors
        or one.account_id in called
        or one.overdue >= next(step for step in floors if one.oldest_due_on <= step.due_by).least(one.currency)
    ]
    found, sharper = closely(reaching)
    short = queue.rank(found, TODAY, weights, limit, sharper)

    def by_hand(one: Facts) -> tuple[float, int, int, str]:
        own = [*queue.terms(one, TODAY, weights, called.get(one.account_id, ())), *look.terms([one.account_id])[one[0]]]
        return -round(sum(term.points for term in own), 1), -one.overdue, one.account_id, one.currency

    assert [entry.facts for entry in short] == sorted(everyone, key=by_hand)[:limit]
    assert [entry.score for entry in short] == [-by_hand(entry.facts)[0] for entry in short]


def test_a_closer_look_is_spared_those_who_cannot_come_first() -> None:
    """A hundred accounts of INR 10 lakh to 1,000 lakh, 90 days overdue: 15 points are a 32nd of the second's 990."""
    facts = [Facts(one, "INR", one * 10**8, due(90)) for one in range(1, 101)]
    look = Looked({}, 15.0, set())
    found, _ = shortcut.closely(facts, TODAY, Weights(), 2, Known(), look)
    assert {one.account_id for one in found} == look.asked == set(range(3, 101))
    assert len(shortcut.closely(facts, TODAY, Weights(), 0, Known(), look)[0]) == 100


@pytest.mark.parametrize(("score", "points"), [(-20.0, None), (0.2, None), (49.5, 5.0), (100.0, 10.0), (146.2, 10.0)])
def test_risk_gives_points_in_proportion_up_to_a_hundred(score: float, points: float | None) -> None:
    term = queue.slipping(score, Weights())
    assert (term and term.points) == points
    assert term is None or term.text == f"likely to slip: risk {score}"


def test_a_reminder_given_takes_the_points_for_one_away() -> None:
    facts = [Facts(1, "INR", 50_000, due(7)), Facts(2, "INR", 50_000, due(7))]
    first, second = queue.rank(facts, TODAY, Weights(), 0, Known({}, frozenset((1,))))
    assert (first.facts.account_id, first.score, second.score) == (2, 7.3, 2.3)
    assert [term.term for term in second.terms] == ["age"]


def test_asked_for_is_what_is_overdue_less_what_is_disputed_or_covered() -> None:
    assert Facts(1, "INR", 100_000, due(9), 30_000, -20_000).asked == 50_000
    assert Facts(1, "INR", 100_000, due(9), 30_000, -90_000).asked == 0


def test_the_step_that_is_due_is_the_next_action() -> None:
    calls = queue.called([Signal(1, "stage", 1, "visit: 32 days overdue, call since 2026-03-20")], Weights())
    (entry,) = queue.rank([Facts(1, "INR", 50_000, due(32))], TODAY, Weights(), 0, Known(calls))
    assert (entry.action, entry.terms[0].points) == ("visit", 5.0)
