"""Cells as text, a whole column at a time: for people, for csv and for json.

Every different value of a column is formatted once, so that a hundred thousand rows cost well under a second.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any, TypeVar

from collect import money
from collect.safe import safe
from collect.views.sheet import Column, Fact, Kind, Sheet

T = TypeVar("T")
Form = Callable[[Any, str], str]
"""Text of one cell that is not None, given the currency of its row."""
Forms = Mapping[Kind, Form]
RIGHT = frozenset(("money", "int", "number", "percent"))
"""Kinds whose cells stand at the right of their column."""
CHUNK = 5000
"""Rows formatted and written at a time, so that a long export stays small in memory."""


def day(value: date | str, _currency: str = "") -> str:
    """ISO text of a day."""
    return value if isinstance(value, str) else value.isoformat()


def moment(value: str, _currency: str = "") -> str:
    """An ISO instant to the minute, with its offset where it has one: `2026-11-22 10:05 +05:30`."""
    day_part, separator, time_part = value.replace(" ", "T", 1).partition("T")
    if not separator:
        return safe(value)
    zone_at = max(time_part.find("+"), time_part.find("-"), time_part.find("Z"))
    clock, zone = (time_part, "") if zone_at < 0 else (time_part[:zone_at], time_part[zone_at:])
    return safe(f"{day_part} {clock[:5]} {zone}".rstrip())


def _text(value: Any, _currency: str) -> str:
    return safe(str(value))


def _percent(basis_points: int, _currency: str) -> str:
    return money.plain(basis_points, "")


def yes_no(value: bool, _currency: str = "") -> str:
    """A flag in words."""
    return "yes" if value else "no"


PEOPLE: Forms = {
    "text": _text,
    "money": money.shown,
    "int": _text,
    "number": _text,
    "date": day,
    "instant": moment,
    "percent": lambda basis_points, _currency: f"{money.plain(basis_points, '')}%",
    "flag": yes_no,
}
"""As the screen shows them; a `list` is never shown."""

MACHINES: Forms = {
    "text": _text,
    "money": money.plain,
    "int": _text,
    "number": _text,
    "date": day,
    "instant": _text,
    "percent": _percent,
    "flag": yes_no,
}
"""Nothing localised: major units with a dot, ISO days, per cent as a decimal."""


def each(form: Callable[[Any, str], T], values: Sequence[Any], codes: Sequence[str] = ()) -> list[T]:
    """What `form` makes of every value and the currency beside it, each different pair made once."""
    different = set(codes)
    if len(different) < 2:
        code = different.pop() if different else ""
        known = {value: form(value, code) for value in set(values)}
        return list(map(known.__getitem__, values))
    pairs = list(zip(values, codes, strict=True))
    known_pairs = {pair: form(*pair) for pair in set(pairs)}
    return list(map(known_pairs.__getitem__, pairs))


def texts(forms: Forms, column: Column, values: Sequence[Any], codes: Sequence[str], *, empty: str = "") -> list[str]:
    """The cells of one column as text; `codes` says what each row's money is in, `empty` stands for None."""
    form = forms[column.kind]

    def made(value: Any, code: str) -> str:
        return empty if value is None else form(value, code)

    if column.kind == "list":
        return [made(value, "") for value in values]
    return each(made, values, codes if column.kind == "money" else ())


def fact_text(forms: Forms, fact: Fact, *, empty: str = "") -> str:
    """The value of one line of a page's head as text."""
    return empty if fact.value is None else forms[fact.kind](fact.value, fact.currency)


def currencies(sheet: Sheet, cells: Sequence[Sequence[Any]], count: int) -> list[str]:
    """What each of `count` rows' money is in: its `currency` column, else the one that the totals are in."""
    for column, values in zip(sheet.columns, cells, strict=True):
        if column.key == "currency":
            return [value or "" for value in values]
    known = {total.get("currency") or "" for total in sheet.totals}
    return [known.pop() if len(known) == 1 else ""] * count


def chunks(sheet: Sheet, size: int = CHUNK) -> Iterator[tuple[int, list[Sequence[Any]]]]:
    """The rows, `size` at a time and turned: their number and one sequence of values per column."""
    rows = iter(sheet.rows)
    while some := list(islice(rows, size)):
        yield len(some), list(zip(*some, strict=True))


def turned(sheet: Sheet) -> tuple[int, list[Sequence[Any]]]:
    """All rows at once: their number and one sequence of values per column."""
    rows = list(sheet.rows)
    return len(rows), list(zip(*rows, strict=True)) if rows else [() for _ in sheet.columns]


def notes(sheet: Sheet) -> list[str]:
    """What stands below the table, the rows left out by a limit last."""
    if not sheet.more:
        return list(sheet.notes)
    return [*sheet.notes, f"{sheet.more:,} more row{'s' if sheet.more > 1 else ''}: --limit 0 shows all"]


def exported(columns: Iterable[Column]) -> list[int]:
    """Which columns a flat file has: all but lists, which only json can hold."""
    return [at for at, column in enumerate(columns) if column.kind != "list"]
