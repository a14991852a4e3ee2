"""Holds: when they stand, and what the gate is told of them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from collect import holds
from collect.errors import WrongUsage
from collect.holds import Held

KOLKATA = "Asia/Kolkata"
MORNING = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)


def held(kind: str, **more: Any) -> Held:
    return Held(1, 1, kind, MORNING)._replace(**more)


def test_a_hold_stands_through_its_last_day_where_the_debtor_is() -> None:
    hold = held("moratorium", end_on=date(2026, 4, 10))
    last = datetime(2026, 4, 10, 18, 29, tzinfo=UTC)
    assert holds.live(hold, last, KOLKATA)
    assert not holds.live(hold, last.replace(minute=30), KOLKATA)
    assert not holds.live(hold, MORNING.replace(hour=3), KOLKATA)


def test_a_review_day_ends_nothing_and_a_release_does() -> None:
    hold = held("hardship", review_on=date(2026, 4, 2))
    later = datetime(2026, 5, 1, tzinfo=UTC)
    assert holds.live(hold, later, KOLKATA)
    assert not holds.live(hold._replace(released_at=later), later, KOLKATA)


def test_what_a_person_decides_comes_up_for_review_after_thirty_days() -> None:
    today = date(2026, 4, 1)
    assert holds.review_by("hardship", None, today) == date(2026, 5, 1)
    assert holds.review_by("hardship", date(2026, 4, 9), today) is None
    assert holds.review_by("cease", None, today) is None


def test_a_hold_on_the_debt_names_its_account_and_one_on_the_person_none() -> None:
    assert holds.as_hold(held("cease"), "C-104", KOLKATA).debts == ("C-104",)
    assert holds.as_hold(held("deceased"), "C-104", KOLKATA).debts == ()


def test_the_release_of_a_crisis_is_the_day_its_treatment_ended() -> None:
    ended = held("crisis", released_at=datetime(2026, 4, 20, 20, 0, tzinfo=UTC))
    assert holds.as_hold(ended, "C-104", KOLKATA).end_on == date(2026, 4, 21)


def test_a_wish_holds_its_hours_and_days() -> None:
    start, end = holds.span("09:00-11:30")
    wish = holds.as_wish(
        held("avoid", from_minute=start, to_minute=end, days=holds.weekday_text("Mon-Fri"), medium="call", place="work")
    )
    assert (wish.start, wish.end, wish.days, wish.channels, wish.place) == (
        540,
        690,
        frozenset(range(5)),
        frozenset(("call",)),
        "work",
    )
    assert holds.as_wish(held("only")).channels == frozenset()
    assert holds.span("") == (0, 1440)


def test_a_hold_in_words() -> None:
    assert held("stop-medium", medium="sms").words == "stop-medium sms"
    assert held("avoid", from_minute=540, to_minute=660, days="mon-fri").words == "avoid 09:00-11:00 mon-fri"


@pytest.mark.parametrize("hours", ["9", "09:00", "09:00-25:00", "x-y"])
def test_hours_that_are_none_are_refused(hours: str) -> None:
    with pytest.raises(WrongUsage):
        holds.span(hours)
