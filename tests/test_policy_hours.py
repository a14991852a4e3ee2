"""Open hours where the debtor is: clock changes, half-hour zones, midnight and year ends."""

import os
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from dateutil import tz

from collect.errors import WrongUsage
from collect.policy_days import business_day, easter, is_holiday
from collect.policy_facts import Wish
from collect.policy_hours import (
    Spans,
    clock,
    day_starts,
    instant,
    is_open,
    minutes,
    next_open,
    weekdays,
    wished_spans,
    without,
    zone,
)
from collect.presets import load

EIGHT_TO_SEVEN = (480, 1140)
ODD_ZONES = (
    "Africa/Cairo",
    "Africa/Casablanca",
    "America/Asuncion",
    "America/Havana",
    "America/New_York",
    "America/Nuuk",
    "America/St_Johns",
    "Antarctica/Troll",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Kathmandu",
    "Asia/Kolkata",
    "Atlantic/Azores",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Chatham",
    "Pacific/Easter",
)
SHIPPED = resources.files("tzdata") / "zoneinfo"
ZONES: tuple[str, ...] = ODD_ZONES
if os.environ.get("COLLECT_DEEP", "quick") != "quick":
    ZONES = tuple((resources.files("tzdata") / "zones").read_text().split())


def always(*spans: tuple[int, int]) -> Spans:
    return lambda _day: spans


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def changes(place: ZoneInfo) -> Iterator[datetime]:
    """Every change of the clocks from 2024 to 2031, found the slow way."""
    at, end = utc("2024-01-01T00:00"), utc("2032-01-01T00:00")
    while at < end:
        later = at + timedelta(hours=12)
        if at.astimezone(place).utcoffset() != later.astimezone(place).utcoffset():
            while at.astimezone(place).utcoffset() == (at + timedelta(minutes=1)).astimezone(place).utcoffset():
                at += timedelta(minutes=1)
            yield at + timedelta(minutes=1)
        at = later


@pytest.mark.parametrize("name", ZONES)
def test_agrees_with_another_reading_of_the_zones_around_every_change(name: str) -> None:
    with SHIPPED.joinpath(name).open("rb") as one, SHIPPED.joinpath(name).open("rb") as same:
        place, other = ZoneInfo.from_file(one, key=name), tz.tzfile(same)
    for change in changes(place):
        shifts = [timedelta(seconds=sign * step) for sign in (-1, 1) for step in (0, 1, 60, 3600)]
        edges = [day_starts(change.date(), place) + timedelta(minutes=edge) for edge in EIGHT_TO_SEVEN]
        for at in (around + shift for around in (change, *edges) for shift in shifts):
            wall = at.astimezone(other)
            assert is_open(at, place, always(EIGHT_TO_SEVEN)) == (480 <= wall.hour * 60 + wall.minute < 1140), at


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("span", [EIGHT_TO_SEVEN, (0, 60), (90, 150), (1410, 1440)])
def test_the_next_opening_is_the_first_open_minute(name: str, span: tuple[int, int]) -> None:
    place = zone(name)
    for change in list(changes(place))[:2]:
        at = change - timedelta(hours=2)
        slow = at + timedelta(minutes=1)
        while not is_open(slow, place, always(span)):
            slow += timedelta(minutes=1)
        if not is_open(at, place, always(span)):
            assert next_open(at, place, always(span)) == slow


@pytest.mark.parametrize(
    ("name", "wall", "expected"),
    [
        ("America/New_York", "2026-03-08 02:30", "2026-03-08T07:00"),  # never occurs: the moment of the jump
        ("America/New_York", "2026-11-01 01:30", "2026-11-01T05:30"),  # occurs twice: the first
        ("Asia/Kolkata", "2026-11-22 08:00", "2026-11-22T02:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03T15:30"),  # the clocks jump by half an hour
        ("Asia/Kathmandu", "2026-12-31 24:00", "2026-12-31T18:15"),
    ],
)
def test_a_typed_wall_time_is_one_instant(name: str, wall: str, expected: str) -> None:
    day, _, time = wall.partition(" ")
    assert instant(date.fromisoformat(day), minutes(time), zone(name)) == utc(expected)


def test_a_day_may_begin_without_midnight() -> None:
    # Cairo, 24 April 2026: the clocks go from 23:59:59 to 01:00.
    assert day_starts(date(2026, 4, 24), zone("Africa/Cairo")) == utc("2026-04-23T22:00")


def test_a_year_may_end_closed() -> None:
    at = utc("2026-12-31T19:00")
    assert next_open(at, zone("Asia/Kolkata"), always(EIGHT_TO_SEVEN)) == utc("2027-01-01T02:30")


def test_hours_that_are_never_open() -> None:
    assert next_open(utc("2026-01-01T00:00"), zone("UTC"), always()) is None


def test_wishes_are_cut_out_of_the_day() -> None:
    friday, saturday = date(2026, 11, 27), date(2026, 11, 28)
    night = Wish("avoid", minutes("22:00"), minutes("07:00"), weekdays("fri"))
    assert wished_spans([night])(friday) == [(0, 1320)]
    assert wished_spans([night])(saturday) == [(420, 1440)]
    evenings = Wish("only", 1080, 1200, weekdays("weekdays"))
    assert wished_spans([evenings, night])(friday) == [(1080, 1200)]
    assert wished_spans([evenings])(saturday) == []
    until = Wish("avoid", until_on=friday)
    assert wished_spans([until])(friday) == []
    assert wished_spans([until])(saturday) == [(0, 1440)]
    assert without([(0, 100)], [(20, 30), (90, 200)]) == [(0, 20), (30, 90)]


def test_weekdays_and_times_as_written() -> None:
    assert weekdays("fri-mon") == {4, 5, 6, 0}
    assert weekdays("sat,sun") == weekdays("weekends")
    assert minutes("24:00") == 1440
    assert clock(605) == "10:05"


@pytest.mark.parametrize("text", ["8", "08:60", "24:01", "x:00", "8:0", ""])
def test_a_time_that_is_none(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a time of day"):
        minutes(text)


def test_days_and_zones_that_are_none() -> None:
    with pytest.raises(WrongUsage, match="not weekdays: someday"):
        weekdays("someday")
    with pytest.raises(WrongUsage, match="no such time zone: Asia/Atlantis"):
        zone("Asia/Atlantis")


def test_easter() -> None:
    assert [easter(year).isoformat() for year in (2024, 2025, 2026, 2038)] == [
        "2024-03-31",
        "2025-04-20",
        "2026-04-05",
        "2038-04-25",
    ]


def test_national_holidays_of_australia() -> None:
    holidays = load("au-rg96").rules[0].holidays
    closed = [day for day in (date(2026, 1, 1) + timedelta(days=n) for n in range(365)) if is_holiday(day, holidays)]
    assert [f"{day:%m-%d}" for day in closed] == [
        *("01-01", "01-26", "04-03", "04-06", "04-25"),
        *("12-25", "12-26", "12-28"),  # Boxing Day is a Saturday: Monday too
    ]


def test_business_days_around_legal_holidays() -> None:
    (holidays,) = {rule.holidays for rule in load("us-fdcpa").rules if rule.id == "US-REGF-34B5"}
    assert business_day(date(2026, 9, 4), 5, holidays) == date(2026, 9, 14)  # Labor Day on the 7th
    assert business_day(date(2026, 6, 22), -3, holidays) == date(2026, 6, 16)  # Juneteenth on the 19th
    assert is_holiday(date(2026, 5, 25), holidays)  # the last Monday of May
