"""Amounts as ledgers write them: `1,23,456.78`, `1.234,56`, `(1,234.00)`, `500-`, `1,28,500.00 Dr`, `Rs 500/-`.

The decimal mark is decided by the file's own amounts; what could be two numbers is refused until the user says.
Whole columns at a time: a cell is looked at once however often it stands in a file.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from math import isfinite
from typing import Any, NamedTuple

from collect import currencies
from collect.amountforms import Shape, shape
from collect.errors import InputRefused
from collect.grids import Cell
from collect.money import exponent

LARGEST_MINOR = 10**16
"""Beyond this an amount is a slip or an id in the wrong column (a hundred trillion rupees)."""
# Floats below this hold every whole number.
_EXACT = 2**52  # below LARGEST_MINOR
_PLAIN = re.compile(r"-?(?:\d+(?:\.(?:\d\d?|\d{4,}))?|(?:0|\d{4,})\.\d{3})", re.ASCII)
_DIGIT = b"0123456789"
_SHORT = len("1234567890123.00")
_AS_ZERO = bytes(ord("0") if byte in _DIGIT else byte for byte in range(256))
_TWO_NUMBERS = "an amount that could be two numbers"
_CRORES = f"{_TWO_NUMBERS}: Cr is a credit, or ten million"


@dataclass(frozen=True, slots=True)
class Style:
    """How a file writes its amounts: the decimal mark, whether the user gave it, and the odd texts taken apart."""

    decimal: str = "."
    given: bool = False
    shapes: Mapping[str, Shape] = field(default_factory=dict)


class UndecidedError(InputRefused):
    """An amount that could be two numbers, or that is written unlike the others; `cell` is the text."""

    def __init__(self, message: str, cell: str, hint: str) -> None:
        """Name the text as it stands."""
        self.cell = cell
        super().__init__(f"{message}: {cell.strip()}", hint)


class Amounts(NamedTuple):
    """One column: minor units (None for empty or bad), what is wrong by index, and the indexes that were rounded."""

    minor: list[int | None]
    bad: dict[int, str]
    rounded: list[int]


def style(columns: Iterable[Sequence[Cell]], given: str = "", decimals: int = 3) -> Style:
    """How the amount `columns` are written; `given` is the user's `--decimal`, `decimals` those of their currencies.

    Raises InputRefused when a text could be two numbers and no other amount of the file decides it.
    """
    texts: set[str] = set()
    for cells in columns:
        if not given and _cents(cells):
            texts.add(str(cells[0]))
        else:
            texts.update(cell for cell in cells if isinstance(cell, str))
    plain = _PLAIN.fullmatch
    odd = [text for text in texts if not plain(text)]
    shapes = {text: shape(text) for text in odd if text.strip()}
    if not any(found.drcr and not found.crore and not found.problem for found in shapes.values()):
        shapes = {text: found._replace(problem=_CRORES) if found.crore else found for text, found in shapes.items()}
    if given:
        return Style(given, given=True, shapes=shapes)
    marks = {found.mark: text for text, found in sorted(shapes.items(), reverse=True)}
    texts.difference_update(odd)
    if found := next((text for text in texts if "." in text), ""):
        marks.setdefault(".", found)
    if decimals < 3 and _by_thousands(shapes, texts):
        marks.pop("?")
    _agree(marks)
    return Style("," if "," in marks else ".", shapes=shapes)


def _by_thousands(shapes: Mapping[str, Shape], plain: Iterable[str]) -> bool:
    """Whether `1,000` and `1,500` beside `500` are thousands: three decimals would be written in every amount."""
    unsure = [found for found in shapes.values() if found.mark == "?"]
    if len(unsure) < 2 or any("." in found.number for found in unsure):
        return False
    if any(exponent(code) > 2 for found in unsure for code in currencies.family(found.symbol)):
        return False
    whole = [*plain, *(found.number for found in shapes.values() if not found.mark)]
    return any(text.strip("-").isdigit() and 0 < int(text.strip("-")) < 1000 for text in whole)


def _agree(marks: Mapping[str, str]) -> None:
    """Refuse two decimal marks in one file, and none where one is needed; `marks` has a text that proves each."""
    if "?" in marks and not marks.keys() & {".", ","}:
        raise UndecidedError(
            f"{_TWO_NUMBERS}, and no other amount of the file decides it",
            marks["?"],
            "say which mark stands before the decimals: --decimal . or --decimal ,",
        )
    if marks.keys() >= {".", ","}:
        raise UndecidedError(
            f"amounts with both marks before the decimals, beside {marks['.'].strip()}",
            marks[","],
            "say which mark is right: --decimal . or --decimal ,; amounts written with the other are then set aside",
        )


def read(cells: Sequence[Cell], how: Style, decimals: int, scale: int = 1) -> Amounts:
    """Minor units of a column in a currency with that many `decimals`; one unit of a cell stands for `scale`."""
    factor = 10**decimals * scale
    if (plain := _plainly(cells, how, decimals, factor)) is not None:
        return Amounts(plain, {}, [])
    if bool in set(map(type, cells)):  # True equals 1 as a key
        cells = [str(cell) if isinstance(cell, bool) else cell for cell in cells]
    unique = set(cells) - {None, ""}
    found: dict[Cell, int | None] = {None: None, "": None}
    numbers: list[float | int] = [cell for cell in unique if isinstance(cell, float) and isfinite(cell * factor)]
    numbers += [cell for cell in unique if isinstance(cell, int)]
    found.update({v: r for v in numbers if -_EXACT < (r := round(v * factor)) < _EXACT and r / factor == v})
    if decimals and scale == 1 and not (how.given and how.decimal == ","):
        texts = [cell for cell in unique if isinstance(cell, str) and cell not in how.shapes]
        mark = -decimals - 1
        found.update(
            {
                text: int(text[:mark] + text[-decimals:])
                for text in texts
                if text[mark:-decimals] == "." and len(text) < 17
            }
        )
    rest = _Rest({}, set())
    for cell in unique.difference(found):
        found[cell] = _one(cell, how, decimals, scale, rest)
    bad, excess = rest
    return Amounts(
        [found[cell] for cell in cells],
        {i: bad[cell] for i, cell in enumerate(cells) if cell in bad} if bad else {},
        [i for i, cell in enumerate(cells) if cell in excess] if excess else [],
    )


def _cents(cells: Sequence[Any]) -> str:
    """The cells on lines of their own where all are texts like 1234.50 and -7.00, else ''."""
    if set(map(type, cells)) != {str} or max(map(len, cells)) > _SHORT:
        return ""
    joined = "\n".join(cells) + "\n"
    zeros, count = joined.encode(errors="replace").translate(_AS_ZERO), len(cells)
    marks = zeros.translate(None, b"0-") == b".\n" * count and zeros.count(b".00\n") == count
    signs = zeros.count(b"-") == zeros.count(b"\n-") + zeros.startswith(b"-")
    bare = zeros.startswith(b".") or b"\n." in zeros or b"-." in zeros
    return joined if marks and signs and not bare else ""


def _plainly(cells: Sequence[Cell], how: Style, decimals: int, factor: int) -> list[int | None] | None:
    """The usual column in one go: numbers that are whole minor units, or texts like 1234.50; else None."""
    kinds = set(map(type, cells))
    if float in kinds and kinds <= {float, type(None)}:
        numbers = [cell if isinstance(cell, float) else 0.0 for cell in cells]
        scaled = [v * factor for v in numbers]
        if not all(map(isfinite, scaled)):
            return None
        minor = list(map(round, scaled))
        if max(map(abs, minor)) >= _EXACT or [r / factor for r in minor] != numbers:
            return None
        return [None if cell is None else r for cell, r in zip(cells, minor, strict=True)]
    if decimals == 2 and factor == 100 and not (how.given and how.decimal == ",") and (joined := _cents(cells)):
        return list(map(int, joined.replace(".", "").split("\n")[:-1]))
    return None


class _Rest(NamedTuple):
    """What reading one cell after the other finds beside the amounts."""

    bad: dict[Cell, str]
    excess: set[Cell]


def _one(cell: Cell, how: Style, decimals: int, scale: int, rest: _Rest) -> int | None:
    """Minor units of one cell: None for a blank one, and for a bad one, whose reason goes to `rest`."""
    if isinstance(cell, str):
        if not cell.strip():
            return None
        sign, number, reason = _parts(cell, how, decimals)
    elif isinstance(cell, float | int):
        sign, number, reason = 1, repr(cell), "" if isinstance(cell, int) or isfinite(cell) else "not a number"
    else:
        sign, number, reason = 1, "", "a date where an amount should be"
    if reason:
        rest.bad[cell] = reason
        return None
    exact = Decimal(number) * scale * 10**decimals
    minor = int(exact.to_integral_value(ROUND_HALF_EVEN))
    if abs(minor) >= LARGEST_MINOR:
        rest.bad[cell] = "too large to be an amount"
        return None
    if minor != exact:
        rest.excess.add(cell)
    return sign * minor


def _parts(text: str, how: Style, decimals: int) -> tuple[int, str, str]:
    """Sign, number with a dot for decimals, and what is wrong with the text."""
    taken = how.shapes.get(text) or shape(text)
    mark = how.decimal if taken.mark in {"", "?"} else taken.mark
    reason = taken.problem
    if how.given and mark != how.decimal:
        reason = reason or f"not written with {how.decimal} before the decimals"
    if taken.mark == "?" and mark == "," and "," in taken.number and decimals < 3 and not how.given:
        reason = f"{_TWO_NUMBERS}: three decimals, or thousands"
    number = taken.number.replace("," if mark == "." else ".", "").replace(mark, ".")
    return taken.sign * (taken.drcr or 1), number, reason


def symbols(cells: Sequence[Cell], how: Style) -> dict[int, str]:
    """The currency sign or code that stands in a cell beside its amount, by index."""
    marked = {text: found.symbol for text, found in how.shapes.items() if found.symbol}
    return (
        {i: marked[cell] for i, cell in enumerate(cells) if isinstance(cell, str) and cell in marked} if marked else {}
    )
