"""The next step after a contact, by the table of outcomes and channels."""

from datetime import UTC, date, datetime

import pytest

from collect import config, followup
from collect.contacts import CHANNELS, OUTCOMES
from collect.errors import WrongUsage
from collect.followup import Step, step

DEFAULTS = {outcome: config.SETTINGS[f"followup.{outcome}"].default for outcome in OUTCOMES}
OFFICE = frozenset(range(5))
WEDNESDAY = datetime(2026, 4, 1, 11, 0, tzinfo=UTC)
FRIDAY = datetime(2026, 4, 3, 16, 0, tzinfo=UTC)


def after(
    outcome: str, channel: str = "call", at: datetime = WEDNESDAY, promised_on: date | None = None, line: str = ""
) -> Step:
    return step(line or DEFAULTS[outcome], channel, outcome, at, promised_on, OFFICE)


def test_nobody_answered_so_the_next_working_day_at_another_hour() -> None:
    assert after("no-answer") == Step("call", date(2026, 4, 2), "17:00")
    assert after("no-answer", at=FRIDAY) == Step("call", date(2026, 4, 6), "10:30")


def test_a_promise_is_looked_after_the_day_after_it_be_it_a_sunday() -> None:
    assert after("promised", promised_on=date(2026, 4, 11)) == Step("check the promise", date(2026, 4, 12))
    assert after("promised") == Step("check the promise", date(2026, 4, 2))


def test_the_channel_decides_where_the_line_says_so() -> None:
    assert [after("sent", channel).on for channel in ("sms", "email", "letter")] == [
        date(2026, 4, 4),
        date(2026, 4, 5),
        date(2026, 4, 11),
    ]


def test_after_a_request_to_cease_there_is_no_next_step() -> None:
    assert after("cease") == Step("", None)


def test_working_days_skip_the_weekend_and_start_on_a_working_day() -> None:
    saturday = datetime(2026, 4, 4, 9, 0, tzinfo=UTC)
    assert after("spoke", at=FRIDAY).on == date(2026, 4, 8)
    assert after("spoke", at=saturday, line="0wd").on == date(2026, 4, 6)
    assert step("1wd", "call", "spoke", FRIDAY, None, frozenset(range(6))).on == date(2026, 4, 4)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_every_outcome_has_a_line_that_can_be_read(outcome: str) -> None:
    assert "" in followup.rules(DEFAULTS[outcome])
    for channel in CHANNELS:
        assert after(outcome, channel, promised_on=date(2026, 4, 9)).action or outcome == "cease"


@pytest.mark.parametrize("line", ["", "soon", "3", "3d; letter", "call: 3d", "promise+wd"])
def test_a_line_that_means_nothing_is_refused(line: str) -> None:
    with pytest.raises(WrongUsage):
        followup.rules(line)
