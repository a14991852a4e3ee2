"""AUC and coverage against figures worked out by hand; fitting gives the same digits every time."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect import backtest, risk, riskfit
from collect.backtest import Outcome
from collect.risk import Known
from collect.riskfit import Lesson

SPLIT = date(2026, 1, 1)


def test_auc_counts_pairs_won_and_ties_half() -> None:
    """Late 3 and 1 against timely 2 and 1: 3 beats both, 1 loses to 2 and ties with 1: 2.5 of 4."""
    assert backtest.auc([(3, True), (1, True), (2, False), (1, False)]) == Fraction(5, 8)


@pytest.mark.parametrize("label", [True, False])
def test_auc_of_one_kind_only_is_a_half(label: bool) -> None:
    assert backtest.auc([(1, label), (2, label)]) == Fraction(1, 2)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=30))
def test_auc_is_the_share_of_pairs_won(pairs: list[tuple[float, bool]]) -> None:
    late = [score for score, label in pairs if label]
    timely = [score for score, label in pairs if not label]
    won = sum(Fraction(1) if one > other else Fraction(one == other, 2) for one in late for other in timely)
    expected = won / (len(late) * len(timely)) if late and timely else Fraction(1, 2)
    assert backtest.auc(pairs) == expected


def test_coverage_is_the_late_money_of_the_first_fifth() -> None:
    scores = {account: float(-account) for account in range(1, 11)}
    assert backtest.coverage(scores, {1: 300, 2: 100, 5: 600}) == Fraction(2, 5)


def test_accounts_tied_at_the_edge_share_the_places_left() -> None:
    """Two places: account 1 has the first; the other four tie for the second, a quarter each."""
    scores = {1: 9.0, **dict.fromkeys((2, 3, 4, 5), 5.0), **dict.fromkeys((6, 7, 8, 9, 10), 1.0)}
    assert backtest.coverage(scores, {1: 100, 2: 400, 6: 500}) == Fraction(200, 1000)


def test_coverage_of_nothing_late_is_nothing() -> None:
    assert backtest.coverage({1: 1.0}, {}) == 0


def test_an_outcome_is_known_once_settled_or_past_due() -> None:
    known = [
        Known(1, "INR", "2025-12-31", "2026-01-31", "2026-02-01", 10, 0),  # dated before the split
        Known(1, "INR", "2026-01-01", "2026-01-31", "2026-01-31", 20, 0),
        Known(1, "INR", "2026-01-01", "2026-01-31", "2026-02-01", 30, 0),
        Known(1, "INR", "2026-01-01", "2026-03-30", "", 40, 40),
        Known(1, "INR", "2026-01-01", "2026-03-31", "", 50, 50),  # due today: not yet known
        Known(1, "USD", "2026-01-01", "2026-01-31", "2026-02-01", 60, 0),
    ]
    found = backtest.outcomes(known, SPLIT, date(2026, 3, 31), "INR")
    assert [(one.amount_minor, one.late) for one in found] == [(20, False), (30, True), (40, True)]


def test_orders_are_compared_on_the_same_outcomes() -> None:
    """Account 1 paid late before and does so again; account 2 was billed more and pays in time."""
    before = [
        Known(1, "INR", "2025-06-01", "2025-07-01", "2025-08-01", 100, 0),
        Known(2, "INR", "2025-06-01", "2025-07-01", "2025-06-20", 900, 0),
    ]
    after = [Outcome(1, "2026-01-02", 100, late=True), Outcome(2, "2026-01-03", 200, late=False)]
    one = backtest.split(before, after, SPLIT, {}, "INR")
    found = {each.order: (each.auc, each.coverage) for each in backtest.compare(one, {"score": risk.DEFAULTS})}
    assert found == {
        "score": (1, 1),
        "late share": (1, 1),
        "late share x billed": (0, 0),
        "amount": (0, 0),
        "age": (1, Fraction(1, 2)),
        "chance": (Fraction(1, 2), Fraction(1, 5)),
        "foresight": (1, 1),
    }


def test_what_was_billed_and_is_open_before_the_split_orders_by_amount_and_age() -> None:
    """Account 1 has an item of 2025-06-01 open on 2025-12-31, 213 days old; another currency is not billed in this."""
    before = [
        Known(1, "INR", "2025-06-01", "2025-07-01", "", 100, 100),
        Known(1, "USD", "2025-06-01", "2025-07-01", "2025-06-20", 900, 0),
    ]
    one = backtest.split(before, (), SPLIT, {}, "INR")
    assert (one.billed, one.oldest) == ({1: 100}, {1: 213})


def lesson(share: float, late: int, items: int) -> Lesson:
    return Lesson((share, *([0.0] * 8)), late, items)


def test_weights_learn_what_the_history_shows_and_keep_the_rest() -> None:
    fitted = riskfit.fit([lesson(0.1, 1, 50), lesson(0.9, 45, 50)])
    assert fitted.late > 20
    assert fitted[1:] == risk.DEFAULTS[1:]
    assert fitted == riskfit.fit([lesson(0.1, 1, 50), lesson(0.9, 45, 50)])


def test_a_history_without_one_item_in_time_has_no_end_to_find_and_is_left() -> None:
    assert riskfit.fit([lesson(0.0, 10**6, 10**6)]) == risk.DEFAULTS


def test_nothing_to_learn_leaves_every_weight() -> None:
    assert riskfit.fit([]) == risk.DEFAULTS


def test_lessons_are_taken_from_accounts_that_had_a_history() -> None:
    records = {1: risk.Record(judged=2, late=2)}
    later = [Outcome(1, "2026-01-01", 5, late=True), Outcome(1, "2026-01-01", 5, late=False), Outcome(2, "", 5, True)]
    (one,) = riskfit.lessons(records, {}, later)
    assert (one.measures[0], one.late, one.items) == (0.75, 1, 2)
