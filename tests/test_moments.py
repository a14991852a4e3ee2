"""Moments as collectors type them, at the office."""

from datetime import UTC, datetime

import pytest

from collect import moments
from collect.errors import WrongUsage

NOW = datetime(2026, 4, 1, 4, 30, tzinfo=UTC)
"""10:00 on a Wednesday in Kolkata."""


def at(text: str, place: str = "Asia/Kolkata") -> str:
    return moments.typed(text, NOW, place).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("17:40", "2026-04-01 12:10:00"),
        ("yesterday 17:40", "2026-03-31 12:10:00"),
        ("yesterday 5:40pm", "2026-03-31 12:10:00"),
        ("yesterday 5 pm", "2026-03-31 11:30:00"),
        ("12am", "2026-03-31 18:30:00"),
        ("12 p.m.", "2026-04-01 06:30:00"),
        ("fri 9.30", "2026-03-27 04:00:00"),
        ("2026-03-30", "2026-03-30 06:30:00"),
        ("2026-03-30T09:15", "2026-03-30 03:45:00"),
        ("2026-03-30 09:15:30", "2026-03-30 03:45:30"),
        ("2026-03-30T09:15+01:00", "2026-03-30 08:15:00"),
        ("2026-03-30T09:15Z", "2026-03-30 09:15:00"),
        ("30/3/2026 9:15", "2026-03-30 03:45:00"),
    ],
)
def test_a_moment_is_read_at_the_office(text: str, utc: str) -> None:
    assert at(text) == utc


def test_a_time_the_clocks_jump_over_is_the_moment_they_do() -> None:
    assert at("2026-03-29T01:30", "Europe/London") == "2026-03-29 01:00:00"


def test_a_time_that_comes_twice_is_the_first() -> None:
    assert at("2026-10-25T01:30", "Europe/London") == "2026-10-25 00:30:00"


@pytest.mark.parametrize("text", ["25:00", "17:60", "13pm", "0am", "soon", "yesterday noonish"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        at(text)


@pytest.mark.parametrize(
    ("text", "parts"),
    [("fri 17:00", ("fri", 1020)), ("17:00", ("", 1020)), ("+3d", ("+3d", None)), ("fri 5 pm", ("fri", 1020))],
)
def test_a_day_and_its_time_come_apart(text: str, parts: tuple[str, int | None]) -> None:
    assert moments.split(text) == parts
