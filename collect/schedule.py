"""The days instalments fall on: a rhythm from a first day, moved off weekends and holidays by a stated rule."""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count, islice, pairwise
from typing import Literal

from collect.dates import add_months
from collect.errors import WrongUsage

Every = Literal["week", "fortnight", "month"]
Move = Literal["none", "after", "before", "within"]

MOST = 1_200
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PLACES = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, and for months on which day: the first day's own, `month_day`, or the `nth` `weekday`.

    A month shorter than `month_day` gives its last day, so that 31 is the last day of every month. `weekday` counts
    from Monday 0; `nth` is 1 to 4, or -1 for the last.
    """

    every: Every = "month"
    month_day: int | None = None
    weekday: int | None = None
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days on which nobody pays, and where an instalment goes that falls on one.

    "none" leaves it; "after" takes the next working day; "before" the last one before; "within" the next one unless
    that is in another month, else the one before. `weekend` counts from Monday 0.
    """

    move: Move = "none"
    holidays: frozenset[date] = frozenset()
    weekend: frozenset[int] = frozenset({5, 6})

    def free(self, day: date) -> bool:
        """Whether nobody pays on that day."""
        return day.weekday() in self.weekend or day in self.holidays

    def moved(self, day: date, earliest_on: date) -> date:
        """Where the day goes; where the rule would take it before `earliest_on`, the next working day from there."""
        if self.move == "none":
            return max(day, earliest_on)
        if len(self.weekend) > 6:
            raise WrongUsage("no working day in the week", "leave at least one day out of the weekend")
        ahead = next(later for later in _every(max(day, earliest_on), 1) if not self.free(later))
        if self.move == "after" or (self.move == "within" and ahead.month == day.month):
            return ahead
        back = next(before for before in _every(day, -1) if not self.free(before))
        return back if back >= earliest_on else ahead


AS_IT_FALLS = Calendar()
MONTHLY = Rhythm()


def monthly_on(text: str) -> Rhythm:
    """The rhythm of a month's day as typed: `15`, `last`, `first-fri` or `last friday`; else WrongUsage."""
    words = text.strip().lower().replace("-", " ").split()
    if words == ["last"]:
        return Rhythm(month_day=31)
    if len(words) == 1 and words[0].isdecimal() and 1 <= int(words[0]) <= 31:
        return Rhythm(month_day=int(words[0]))
    if len(words) == 2 and words[0] in _PLACES and words[1][:3] in _WEEKDAYS:
        return Rhythm(weekday=_WEEKDAYS.index(words[1][:3]), nth=_PLACES[words[0]])
    raise WrongUsage(f"not a day of the month: {text}", "use 1 to 31, last, or such as first-fri")


def days(
    first_on: date,
    number: int,
    rhythm: Rhythm = MONTHLY,
    calendar: Calendar = AS_IT_FALLS,
) -> tuple[date, ...]:
    """The first `number` days from `first_on` in that rhythm, strictly increasing.

    Months step from the first day: 31 January, 28 February, 31 March. None is moved before the first day. Raises
    WrongUsage for less than one day or more than MOST, and past the end of the calendar.
    """
    if not 1 <= number <= MOST:
        raise WrongUsage(f"not a number of instalments: {number}", f"1 to {MOST:,}")
    try:
        return shifted(islice(_steps(first_on, rhythm), number), calendar, earliest_on=first_on)
    except (ValueError, OverflowError) as error:
        raise WrongUsage(f"the calendar ends before the last instalment from: {first_on}", "start earlier") from error


def days_until(by_on: date, number: int, every: Every = "month") -> tuple[date, ...]:
    """That many days, the last of them `by_on`, stepping back from it; WrongUsage as in `days`."""
    if not 1 <= number <= MOST:
        raise WrongUsage(f"not a number of instalments: {number}", f"1 to {MOST:,}")
    if every == "month":
        return tuple(add_months(by_on, -step) for step in reversed(range(number)))
    gap = timedelta(days=7 if every == "week" else 14)
    return tuple(by_on - gap * step for step in reversed(range(number)))


def shifted(falling: Iterable[date], calendar: Calendar, *, earliest_on: date = date.min) -> tuple[date, ...]:
    """The days moved by the calendar's rule; where two would meet, the later one goes on to the next working day."""
    found: list[date] = []
    for day in falling:
        found.append(calendar.moved(day, found[-1] + _DAY if found else earliest_on))
    return tuple(found)


def given(dates: Sequence[date]) -> tuple[date, ...]:
    """Days agreed one by one; WrongUsage unless each is later than the one before."""
    for earlier, later in pairwise(dates):
        if later <= earlier:
            raise WrongUsage(f"instalment days that do not follow one another: {earlier}, {later}", "sort the days")
    return tuple(dates)


def _steps(first_on: date, rhythm: Rhythm) -> Iterator[date]:
    """The days of the rhythm, without end."""
    if rhythm.every != "month":
        return _every(first_on, 7 if rhythm.every == "week" else 14)
    if rhythm.month_day is None and rhythm.weekday is None:
        return (add_months(first_on, month) for month in count())
    months = (add_months(first_on.replace(day=1), month) for month in count())
    return (day for day in (_in_month(month, rhythm) for month in months) if day >= first_on)


def _every(first_on: date, gap: int) -> Iterator[date]:
    """Days that many apart, without end."""
    return (first_on + timedelta(days=gap * step) for step in count())


def _in_month(first: date, rhythm: Rhythm) -> date:
    """The rhythm's day in the month that begins on `first`."""
    length = calendar.monthrange(first.year, first.month)[1]
    if rhythm.weekday is None:
        return first.replace(day=min(rhythm.month_day or length, length))
    matching = [day for day in range(1, length + 1) if first.replace(day=day).weekday() == rhythm.weekday]
    return first.replace(day=matching[rhythm.nth - 1 if rhythm.nth > 0 else -1])
