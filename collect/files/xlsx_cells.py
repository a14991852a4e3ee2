"""Cells of a workbook: exact figures, Excel's days, formats by currency, text that stays text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from collect import money
from collect.cells import MACHINES, RIGHT, each, moment, yes_no
from collect.safe import safe
from collect.views.sheet import Column, Kind

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format

Written = tuple[float | None, str, "Format | None"] | None
"""A figure, or else the text, and its format; None is an empty cell."""
_EXACT = 10**15
"""Excel keeps 15 digits: an amount with more is written as text, so that none is lost."""
_MAX_TEXT = 32_767
"""UTF-16 units that a cell holds."""
_DAY_ZERO = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)
"""Excel has a 29 February 1900; days before this one are written as text."""
_LAKH = 10**5


@dataclass(frozen=True, slots=True)
class MoneyStyle:
    """How the amounts of one currency are written."""

    scale: str
    """What makes major units of minor ones: `e-2`."""
    usual: "Format"
    below: "Format"
    """For amounts of `limit` and less."""
    limit: int


class Styles:
    """The cell formats of one workbook, each made once."""

    def __init__(self, book: "Workbook") -> None:
        """Start without any but the bold ones."""
        self._book = book
        self._made: dict[tuple[str, bool], Format] = {}
        self._money: dict[tuple[str, bool], MoneyStyle] = {}
        self.bold: Format = book.add_format({"bold": True})
        self._titles: dict[bool, Format] = {
            right: book.add_format({"bold": True, "bottom": 1, "align": "right" if right else "left"})
            for right in (False, True)
        }

    def header(self, column: Column) -> "Format":
        """The format of a title, on the side where its cells stand."""
        return self._titles[column.kind in RIGHT]

    def number(self, pattern: str, *, bold: bool) -> "Format":
        """The format with this number pattern."""
        if (pattern, bold) not in self._made:
            self._made[pattern, bold] = self._book.add_format({"num_format": pattern, "bold": bold})
        return self._made[pattern, bold]

    def money(self, currency: str, *, bold: bool) -> MoneyStyle:
        """The formats of a currency."""
        found = self._money.get((currency, bold))
        if found is None:
            decimals = money.exponent(currency)
            usual, below = (self.number(pattern, bold=bold) for pattern in money_patterns(currency))
            found = MoneyStyle(f"e-{decimals}", usual, below, -_LAKH * 10**decimals)
            self._money[currency, bold] = found
        return found


def money_patterns(currency: str) -> tuple[str, str]:
    """The number formats of a currency: the usual one, and the one for amounts of a lakh and more below zero.

    Grouping by lakh and crore takes two conditions, and a format has room for no more. The second format writes its
    own minus: where a condition takes only amounts below zero, Excel adds none.
    """
    decimals = money.exponent(currency)
    end = f".{'0' * decimals}" if decimals else ""
    if not money.shown(_LAKH * 10**decimals, currency).startswith("1,00,"):
        return f"#,##0{end}", f"#,##0{end}"
    lakh, crore = rf"##\,##\,##0{end}", rf"##\,##\,##\,##0{end}"
    return (
        f"[>=10000000]{crore};[>=100000]{lakh};##,##0{end}",
        f"[<=-10000000]-{crore};[<=-100000]-{lakh};##,##0{end}",
    )


def column_cells(
    column: Column, values: Sequence[Any], codes: Sequence[str], styles: Styles, *, bold: bool = False
) -> list[Written]:
    """The cells of one column; every different value is made once."""
    kind = column.kind
    if kind == "money":
        return each(lambda minor, code: _money(minor, code, styles, bold=bold), values, codes)
    return each(lambda value, _code: _cell(kind, value, styles, bold=bold), values)


def excel_text(text: str) -> str:
    """Text as XlsxWriter takes it for text: on one line, not too long, and never for markup of its own."""
    shown = safe(text)
    if len(shown) > _MAX_TEXT // 2:
        units = shown.encode("utf-16-le")
        if len(units) > 2 * _MAX_TEXT:
            shown = units[: 2 * _MAX_TEXT - 2].decode("utf-16-le", "ignore") + "…"
    if shown.startswith("<r>") and shown.endswith("</r>"):
        # XlsxWriter would copy this into the file as rich text: give it rich text that says the same.
        inside = shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        return f'<r><t xml:space="preserve">{inside}</t></r>'
    return shown


def _money(minor: int | None, currency: str, styles: Styles, *, bold: bool) -> Written:
    """An amount; it becomes a float here, from its exact decimal text and by no arithmetic."""
    if minor is None:
        return None
    if abs(minor) >= _EXACT:
        return None, money.plain(minor, currency), styles.bold if bold else None
    style = styles.money(currency, bold=bold)
    exact = f"{minor}{style.scale}"
    return float(exact), "", style.below if minor <= style.limit else style.usual


def _cell(kind: Kind, value: Any, styles: Styles, *, bold: bool) -> Written:
    """One cell that is no money; what cannot be an exact figure or a day of Excel's is text."""
    if value is None:
        return None
    plain_format = styles.bold if bold else None
    if kind == "int" and abs(value) < _EXACT:
        return value, "", plain_format
    if kind == "percent":
        return float(f"{value}e-4"), "", styles.number("0.00%", bold=bold)
    if kind == "number" and _is_short(value):
        return float(value), "", plain_format
    if kind == "date":
        day = value if isinstance(value, date) else date.fromisoformat(value)
        if day >= _FIRST_DAY:
            return (day - _DAY_ZERO).days, "", styles.number("yyyy-mm-dd", bold=bold)
    text = excel_text(_words(kind, value))
    return (None, text, plain_format) if text else None


def _words(kind: Kind, value: Any) -> str:
    if kind == "flag":
        return yes_no(value)
    if kind == "instant":
        return moment(value)
    return MACHINES[kind](value, "")


def _is_short(number: str) -> bool:
    """Whether Excel can keep every digit of a decimal."""
    digits = number.strip().lstrip("+-").replace(".", "", 1)
    return digits.isascii() and digits.isdigit() and len(digits) <= 15
