"""One cell as a day: a real date, ISO, a serial number, `20200704.0`, `26-Apr-11`, `04/07/2026` in either order.

A year of two digits is 1970 to 2069.
"""

import re
from datetime import date, timedelta
from typing import NamedTuple, TypeAlias

from collect.grids import Cell

FIRST_YEAR, LAST_YEAR = 1950, 2100
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero",
            "feb february februar fev fevrier février febrero",
            "mar march mär märz mars marzo",
            "apr april avr avril abr abril",
            "may mai mayo",
            "jun june juni juin junio",
            "jul july juli juillet julio",
            "aug august aou aout août ago agosto",
            "sep sept september septembre septiembre",
            "oct october okt oktober octobre octubre",
            "nov november novembre noviembre",
            "dec december dez dezember déc décembre dic diciembre",
        ),
        1,
    )
    for name in names.split()
}
_TIME = r"(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
_ISO = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_PAIR = re.compile(r"(\d{1,2})\s?([-/. ])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})" + _TIME, re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[-/., ]*([^\W\d_]{3,10})[-/., ']*(\d{4}|\d{2})" + _TIME)
_MONTH_DAY = re.compile(r"([^\W\d_]{3,10})[-/. ]*(\d{1,2})(?:st|nd|rd|th)?[-/, ]+(\d{4})" + _TIME)
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[., ]+", re.IGNORECASE)
_NOTHING = re.compile(
    r"[-\u2013\u2014]*|n\.?[/ ]?a\.?|nil|none|null|nat|0+([-/.]0+)*|t\.?b\.?[acd]\.?"
    r"|to be (?:advised|confirmed|decided)|not (?:available|applicable|given|known|set|mentioned)|no (?:due )?date"
    r"|unknown|blank|undefined|nan|#n/a",
    re.IGNORECASE,
)
_EPOCH = date(1899, 12, 30)


class Pair(NamedTuple):
    """Two numbers of which one is the day and one the month, as written, and the year."""

    first: int
    second: int
    year: int


Form: TypeAlias = "str | Pair | None"


def form(cell: Cell) -> Form:
    """ISO text of a cell that can be one day only, the two numbers of one that can be two, None for no day at all.

    True and False come as texts: as numbers they would be 1 and 0.
    """
    if isinstance(cell, date):
        return likely(cell.year, cell.month, cell.day)
    if isinstance(cell, int | float):
        return _number(cell)
    return "" if cell is None else _text(" ".join(cell.split()))


def likely(year: int, month: int, day: int) -> str | None:
    """ISO text of a day a ledger may speak of; '' for the year 9999, which stands for none, None for no such day."""
    if year == 9999:
        return ""
    try:
        return date(year, month, day).isoformat() if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _number(value: float) -> str | None:
    if value == 0:
        return ""
    if not FIRST_YEAR * 10_000 <= value <= LAST_YEAR * 10_000 + 1231:
        in_range = 18_264 <= value < 73_416  # 1950 to 2100 as Excel counts days
        return (_EPOCH + timedelta(days=int(value))).isoformat() if in_range else None
    whole = int(value)
    return likely(whole // 10_000, whole // 100 % 100, whole % 100) if whole == value else None


def _text(text: str) -> Form:
    if match := _ISO.fullmatch(text):
        return likely(int(match[1]), int(match[3]), int(match[4])) if int(match[1]) else ""
    if match := _PAIR.fullmatch(text):
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        if not first and not second:
            return ""
        return likely(year, second, first) if first == second else Pair(first, second, year)
    if _NOTHING.fullmatch(text):
        return ""
    if re.fullmatch(r"\d{5}(\.0+)?|\d{8}(\.0+)?", text, re.ASCII):
        return _number(float(text))
    text = _WEEKDAY.sub("", text, count=1)
    if match := _DAY_MONTH.fullmatch(text):
        return likely(_year(match[3]), _MONTHS.get(match[2].lower(), 0), int(match[1]))
    if match := _MONTH_DAY.fullmatch(text):
        return likely(int(match[3]), _MONTHS.get(match[1].lower(), 0), int(match[2]))
    return None


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else int(text) + (2000 if int(text) < 70 else 1900)


def settle(found: Form, order: str) -> str | None:
    """The day of a form in that order (`dmy`, `mdy`, '' where it decides itself); None where there is no such day."""
    if isinstance(found, Pair):
        month_first = order == "mdy" or (not order and found.second > 12)
        day, month = (found.second, found.first) if month_first else (found.first, found.second)
        return likely(found.year, month, day)
    return found
