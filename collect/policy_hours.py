"""Open hours where the debtor is: is this instant open, and when is the next one that is.

A rule of hours is judged on the wall clock of a zone at a given instant, so no instant is ever in doubt. The two
doubtful cases go the other way, from a typed wall time to an instant: a time that occurs twice (clocks go back)
means the first, a time that never occurs (clocks go forward) means the moment the clocks jump over it.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from collect.errors import WrongUsage
from collect.policy_days import is_holiday
from collect.policy_facts import ALL_DAYS, DAY_END, Asked, Facts, Finding, Wish
from collect.presets import Rule

Span = tuple[int, int]
Spans = Callable[[date], Sequence[Span]]
"""The open minutes of a local day, [start, end), end at most 1440."""

LOOK_AHEAD_DAYS = 400
_DAY_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def zone(name: str) -> ZoneInfo:
    """The time zone of that IANA name; WrongUsage where there is none."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise WrongUsage(f"no such time zone: {name}", "use an IANA name such as Asia/Kolkata") from error


@lru_cache(maxsize=256)
def zones(names: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    """The zones of those names, in their order."""
    return tuple(zone(name) for name in names)


def minutes(text: str) -> int:
    """Minutes of the day of `HH:MM`; `24:00` is 1440. WrongUsage for anything else."""
    hours, colon, rest = text.strip().partition(":")
    if colon and len(rest) == 2 and (hours + rest).isascii() and (hours + rest).isdigit():
        total = int(hours) * 60 + int(rest)
        if int(rest) < 60 and total <= DAY_END:
            return total
    raise WrongUsage(f"not a time of day: {text}", "write it as HH:MM, from 00:00 to 24:00")


def weekdays(text: str) -> frozenset[int]:
    """Weekdays of `mon-fri`, `sat,sun`, `weekdays`, `weekends` or `all`; Monday is 0."""
    word = {"weekdays": "mon-fri", "weekends": "sat-sun", "all": "mon-sun", "": "mon-sun"}.get(text.lower(), text)
    days: set[int] = set()
    for part in word.lower().split(","):
        first, _, last = part.strip().partition("-")
        ends = [_DAY_NAMES.index(name[:3]) if name[:3] in _DAY_NAMES else -1 for name in (first, last or first)]
        if -1 in ends:
            raise WrongUsage(f"not weekdays: {text}", "write mon-fri, sat,sun, weekdays, weekends or all")
        days.update((ends[0] + step) % 7 for step in range((ends[1] - ends[0]) % 7 + 1))
    return frozenset(days)


def clock(minute: int) -> str:
    """Minutes of the day as HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def local_day(at: datetime, place: ZoneInfo) -> date:
    """The calendar date there at that instant."""
    return at.astimezone(place).date()


def instant(day: date, minute: int, place: ZoneInfo) -> datetime:
    """The first instant (UTC) at which the wall clock of that place has reached that minute of that day."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    found = wall.replace(tzinfo=place).astimezone(UTC)
    if found.astimezone(place).replace(tzinfo=None) == wall:
        return found
    return _change(wall.replace(tzinfo=place, fold=1).astimezone(UTC), found, place)


def day_starts(day: date, place: ZoneInfo) -> datetime:
    """The first instant (UTC) of that date there; not always midnight, which some clocks jump over."""
    return instant(day, 0, place)


def is_open(at: datetime, place: ZoneInfo, spans: Spans) -> bool:
    """Whether the wall clock there stands inside an open span."""
    wall = at.astimezone(place)
    minute = wall.hour * 60 + wall.minute
    return any(start <= minute < end for start, end in spans(wall.date()))


def next_open(at: datetime, place: ZoneInfo, spans: Spans) -> datetime | None:
    """The first open instant after `at` (UTC), or None within 400 days.

    The wall clock enters a span at its start, on either pass of a doubled hour, or where the clocks change.
    """
    first = local_day(at, place)
    for ahead in range(LOOK_AHEAD_DAYS):
        day = first + timedelta(days=ahead)
        entries = {
            datetime.combine(day, time(), place).replace(hour=start // 60, minute=start % 60, fold=fold).astimezone(UTC)
            for start, _ in spans(day)
            for fold in (0, 1)
        }
        entries.update(_changes(day, place))
        for entry in sorted(entries):
            if entry > at and is_open(entry, place, spans):
                return entry
    return None


def _changes(day: date, place: ZoneInfo) -> Iterator[datetime]:
    """The instant at which the clocks there change in the course of that day, or as it ends."""
    noon = datetime.combine(day, time(12), UTC)
    before, after = noon - timedelta(hours=30), noon + timedelta(hours=30)
    if before.astimezone(place).utcoffset() != after.astimezone(place).utcoffset():
        change = _change(before, after, place)
        if local_day(change - timedelta(seconds=1), place) == day:
            yield change


def _change(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first instant after `before` with the offset of `after`, to the second."""
    late = after.astimezone(place).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == late:
            after = middle
        else:
            before = middle
    return after


def without(spans: Sequence[Span], closed: Sequence[Span]) -> list[Span]:
    """The open spans less the closed ones."""
    left = list(spans)
    for shut, opens in closed:
        left = [
            part
            for start, end in left
            for part in ((start, min(end, shut)), (max(start, opens), end))
            if part[0] < part[1]
        ]
    return left


def wished_spans(wishes: Sequence[Wish]) -> Spans:
    """The open minutes of each day under those wishes: inside one of `only`, if any, and outside all of `avoid`."""

    def spans(day: date) -> list[Span]:
        only = [wish for wish in wishes if wish.kind == "only"]
        avoid = [wish for wish in wishes if wish.kind == "avoid"]
        inside = [span for wish in only for span in _on_day(wish, day)] if only else [(0, DAY_END)]
        return without(inside, [span for wish in avoid for span in _on_day(wish, day)])

    return spans


def _on_day(wish: Wish, day: date) -> Iterator[Span]:
    """The minutes of that day a wish covers, with those of a span that began the evening before."""
    runs_over = wish.end <= wish.start
    if _lives(wish, day):
        yield wish.start, DAY_END if runs_over else wish.end
    if runs_over and _lives(wish, day - timedelta(days=1)):
        yield 0, wish.end


def _lives(wish: Wish, day: date) -> bool:
    started = wish.from_on is None or wish.from_on <= day
    return day.weekday() in wish.days and started and (wish.until_on is None or day <= wish.until_on)


@cache
def ruled_spans(rule: Rule) -> Spans:
    """The open minutes of each day under a rule of hours: its windows, none on a holiday where it says so."""
    windows = [
        (weekdays(window.get("days", "all")), (minutes(window["from"]), minutes(window["to"])))
        for window in rule.terms["windows"]
    ]
    by_day = {day: tuple(span for days, span in windows if day in days) for day in ALL_DAYS}
    if not rule.terms.get("holidays"):
        return lambda day: by_day[day.weekday()]
    return lambda day: () if is_holiday(day, rule.holidays) else by_day[day.weekday()]


@lru_cache(maxsize=4096)
def _closed(rule: Rule, names: tuple[str, ...], at: datetime) -> tuple[str, datetime | None] | None:
    """The first zone where the rule is shut at that instant, and when it opens there; one answer for all accounts."""
    return _shut(ruled_spans(rule), names, at)


def _shut(spans: Spans, names: tuple[str, ...], at: datetime) -> tuple[str, datetime | None] | None:
    """The zone that keeps shut longest, and until when; all zones must agree to be open."""
    shut = [place for place in zones(names) if not is_open(at, place, spans)]
    if not shut:
        return None
    opens = [(next_open(at, place, spans), place.key) for place in shut]
    never = [key for until, key in opens if until is None]
    if never:
        return never[0], None
    until, key = max((until, key) for until, key in opens if until is not None)
    return key, until


def check(rule: Rule, ask: Asked, _facts: Facts) -> Finding | None:
    """Hours: a rule on contact outside its windows, judged in the first zone, the others, or all of them."""
    if rule.terms.get("place", ask.place) != ask.place:
        return None
    which = rule.terms.get("zones", "all")
    names = {"first": ask.zones[:1], "others": ask.zones[1:], "all": ask.zones}[which]
    found = _closed(rule, names, ask.at)
    if found is None:
        return None
    name, until = found
    wall = ask.at.astimezone(zone(name))
    windows = ruled_spans(rule)(wall.date())
    hours = " and ".join(f"{clock(start)}-{clock(end)}" for start, end in windows) or "no hour of that day"
    verdict = "WARN" if ask.channel in rule.terms.get("warn", ()) else rule.action
    return rule.finding(verdict, f"{wall:%a %H:%M} in {name}; open is {hours}", until)


def check_wishes(rule: Rule, ask: Asked, facts: Facts) -> Finding | None:
    """Wishes: a time or place the person called inconvenient, or outside the only ones they named."""
    bound = [
        wish
        for wish in facts.wishes
        if (not wish.channels or ask.channel in wish.channels) and (not wish.place or wish.place == ask.place)
    ]
    found = _shut(wished_spans(bound), ask.zones, ask.at) if bound else None
    if found is None:
        return None
    wall = ask.at.astimezone(zone(found[0]))
    return rule.finding(rule.action, f"{wall:%a %H:%M} in {found[0]} is a time or place the person ruled out", found[1])
