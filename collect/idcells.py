"""Ids and names as ledgers hold them: text that keeps its zeros, numbers Excel made of it, and what it damaged."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from collect.grids import Cell

# Not the joiners U+200C and U+200D: names in Indian scripts need them.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u00ad]")
_ROUNDED = re.compile(r"\d+(?:\.\d+)?[eE]\+?\d+", re.ASCII)
_POINT_ZERO = re.compile(r"\d+\.0", re.ASCII)


class Texts(NamedTuple):
    """One column of texts ('' for empty), and what is wrong with a cell by index."""

    text: list[str]
    bad: dict[int, str]


def names(cells: Sequence[Cell]) -> list[str]:
    """Names and other texts: spaces set right, nothing else touched."""
    unique = set(cells)
    if _clean(unique):
        return _texts(cells, unique)
    return _all(cells, {cell: _name(cell) for cell in unique})


def ids(cells: Sequence[Cell]) -> Texts:
    """Ids: `0000611365` stays, 2960623488.0 is 2960623488; what Excel rounded or made a date of is bad."""
    unique = set(cells)
    joined = _clean(unique)
    if joined and ".0\n" not in joined and "E+" not in joined and "\n'" not in joined:
        return Texts(_texts(cells, unique), {})
    found: dict[Cell, str] = {}
    wrong: dict[Cell, str] = {}
    for cell in unique:
        found[cell], reason = _id(cell)
        if reason:
            wrong[cell] = reason
    bad = {i: wrong[cell] for i, cell in enumerate(cells) if cell in wrong} if wrong else {}
    return Texts(_all(cells, found), bad)


def _texts(cells: Sequence[Any], unique: set[Cell]) -> list[str]:
    """The cells where all are texts or empty."""
    return ["" if cell is None else cell for cell in cells] if None in unique else list(cells)


def _all(cells: Sequence[Cell], found: dict[Cell, str]) -> list[str]:
    return [found[cell] for cell in cells]


def _clean(cells: set[Any]) -> str:
    """The cells on lines of their own where all that is not empty are texts that need no cleaning, else ''."""
    texts = cells - {None}
    if set(map(type, texts)) != {str}:
        return ""
    joined = "\n" + "\n".join(texts) + "\n"
    odd = "  " in joined or " \n" in joined or "\n " in joined or not joined.replace("\n", " ").isprintable()
    return "" if odd or joined.count("\n") != len(texts) + 1 else joined


def _name(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return "" if cell is None else " ".join(_INVISIBLE.sub("", str(cell)).split())


def _id(cell: Cell) -> tuple[str, str]:
    """The id and what is wrong with it."""
    if isinstance(cell, date):
        return cell.isoformat()[:10], "a date where an id should be: Excel has made one of it"
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        if abs(cell) >= 10**15:
            return str(cell), "more than 15 digits: Excel has rounded it"
        return repr(cell) if isinstance(cell, float) and not cell.is_integer() else str(int(cell)), ""
    text = _name(cell).removeprefix("'")
    if _ROUNDED.fullmatch(text):
        return text, "an id shortened by Excel: its digits are lost"
    return text.removesuffix(".0") if _POINT_ZERO.fullmatch(text) else text, ""
