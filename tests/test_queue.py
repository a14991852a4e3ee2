"""The queue: named terms that sum to the score, and a shortcut that never changes who comes first."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from collect import queue
from collect.queue import Facts, Weights

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
)


@given(
    st.lists(FACTS, max_size=60, unique_by=lambda facts: facts.account_id),
    st.lists(st.integers(0, 59), max_size=30, unique=True),
    WEIGHTS,
    st.integers(1, 10),
)
def test_who_is_below_the_floors_never_belongs_to_the_first(
    everyone: list[Facts], chosen: list[int], weights: Weights, limit: int
) -> None:
    sample = [everyone[at] for at in chosen if at < len(everyone)]
    floors = queue.floors(sample, TODAY, weights, limit)
    reaching = everyone
    if floors:
        reaching = []
        for facts in everyone:
            floor = next(one for one in floors if facts.oldest_due_on <= one.due_by)
            if facts.overdue >= floor.least(facts.currency):
                reaching.append(facts)
    assert queue.rank(reaching, TODAY, weights, limit) == queue.rank(everyone, TODAY, weights, limit)
