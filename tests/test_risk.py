"""The risk score: reasons and their points, figures that can be checked by hand."""

from datetime import date

import pytest

from collect import risk
from collect.risk import Conduct, Known, Reason, Record, Weights

DAY = date(2026, 3, 31)


def item(document: str, due: str, settled: str = "", amount: int = 100_00, *, disputed: int = 0) -> Known:
    return Known(1, "INR", document, due, settled, amount, 0 if settled else amount, disputed)


LEDGER = (
    item("2026-01-01", "2026-01-31", "2026-01-21"),  # 10 days early
    item("2026-01-05", "2026-02-04", "2026-02-24", disputed=1),  # 20 days late
    item("2026-02-01", "2026-03-03"),  # open, 28 days overdue
    item("2026-03-20", "2026-04-19"),  # open, not due: nothing is known of it
)


def test_an_item_is_judged_once_it_is_settled_or_past_due() -> None:
    record = risk.records(LEDGER, DAY)[1]
    assert (record.judged, record.late, record.days) == (3, 2, -10 + 20 + 28)
    assert (record.settled, record.settled_late, record.oldest_days) == (2, 1, 28)
    assert record.open_minor == {"INR": 200_00}


def test_due_today_is_neither_late_nor_judged() -> None:
    record = risk.records([item("2026-03-01", "2026-03-31")], DAY)[1]
    assert (record.judged, record.late, record.oldest_days) == (0, 0, 0)


def test_one_very_late_item_counts_as_sixty_days() -> None:
    record = risk.records([item("2024-01-01", "2024-01-31"), item("2024-01-01", "2026-03-31", "2024-01-02")], DAY)[1]
    assert record.days == 60 - 30


def test_a_mark_of_dispute_counts_only_on_what_was_settled() -> None:
    marked = [item("2026-01-01", "2026-01-31", "2026-02-01", disputed=1), item("2026-01-01", "2026-02-28", disputed=1)]
    assert risk.records(marked, DAY)[1].disputed == 1


def test_a_dispute_of_ours_has_its_day_and_counts_at_once() -> None:
    assert risk.records([item("2026-01-01", "2026-02-28", disputed=2)], DAY)[1].disputed == 1


def test_reasons_sum_to_the_score() -> None:
    """Late 3/5 x 40; mean 38/5 days x 2; trend 0; age 28/30 x 2; disputed 1/6 x 5."""
    record = risk.records(LEDGER, DAY)[1]
    assert risk.reasons(record) == (
        Reason("late", 24.0, "2 of 3 items late"),
        Reason("days", 15.2, "12.7 days after the due day on average"),
        Reason("age", 1.9, "oldest open item 28 days overdue"),
        Reason("disputed", 0.8, "1 of 4 items disputed"),
    )
    assert risk.score(record) == 41.9


def test_conduct_adds_its_reasons() -> None:
    """Two broken promises x 5, a bounce x 10, INR 200 open of a limit of 400 x 5, 45 days of silence x 2 per 30."""
    record = risk.records(LEDGER, DAY)[1]
    conduct = Conduct(broken=2, bounced=1, silent_days=45, limit_minor={"INR": 400_00})
    points = {reason.term: reason.points for reason in risk.reasons(record, conduct)}
    assert {"broken": 10.0, "bounced": 10.0, "exposure": 2.5, "silence": 3.0}.items() <= points.items()
    assert risk.score(record, conduct) == 41.9 + 25.5


def test_silence_counts_only_while_something_is_overdue() -> None:
    settled = risk.records(LEDGER[:2], DAY)[1]
    assert "silence" not in {reason.term for reason in risk.reasons(settled, Conduct(silent_days=90))}


def test_the_last_items_against_all_of_them_are_the_trend() -> None:
    early = [item(f"2025-0{month}-01", f"2025-0{month}-20", f"2025-0{month}-20") for month in range(1, 6)]
    late = [item(f"2025-1{month}-01", f"2025-1{month}-10", f"2025-1{month}-20") for month in (0, 1)]
    record = risk.records([*early, *late], DAY)[1]
    assert (record.recent, record.recent_days, record.days) == (5, 20, 20)
    trend = next(reason for reason in risk.reasons(record) if reason.term == "trend")
    assert trend == Reason("trend", 0.6, "the last 5 items: +1.1 days against the average")


def test_an_account_without_history_stands_in_the_middle() -> None:
    assert risk.score(risk.NO_RECORD) == 20.0
    assert risk.reasons(risk.NO_RECORD) == (Reason("late", 20.0, "0 of 0 items late"),)


def test_weights_multiply() -> None:
    assert risk.score(Record(judged=2, late=2), NO, Weights(late=100.0, days=0.0)) == 75.0


NO = risk.NO_CONDUCT


@pytest.mark.parametrize(("settled", "late", "share"), [(0, 0, 0.5), (8, 0, 0.1), (8, 8, 0.9)])
def test_the_plain_share_is_smoothed(settled: int, late: int, share: float) -> None:
    assert risk.plain_share(settled, late) == share
