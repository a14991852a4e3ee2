"""Columns of days as ledgers write them, and the order of day and month in them.

Which of two numbers is the day is decided by the file's own rows, never guessed.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from collect import terms
from collect.dayforms import Form, Pair, form, likely, settle
from collect.errors import InputRefused
from collect.grids import Cell

_PROOF = 5
"""So many dates without a day above 12 are no chance: one list in a hundred has them."""


class Days(NamedTuple):
    """Columns of ISO days ('' for none or bad), what is wrong by index, the order used, and days put right."""

    iso: dict[str, list[str]]
    bad: dict[str, dict[int, str]]
    order: str
    swapped: dict[str, int]
    words: dict[str, dict[int, str]]
    """By field and index, the words that say that there is no day (n/a, TBD) or that the money is due at once."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What may decide the order of day and month beside the days themselves."""

    until: str = ""
    """Last day of the period the file says it covers."""
    credit_days: Sequence[int | None] = ()
    """Days from document to due date, by row."""
    unread: Sequence[Sequence[Cell]] = ()
    """Columns that no field is read from; days in them are written like the others."""


def read(columns: Mapping[str, Sequence[Cell]], given: str, evidence: Evidence) -> Days:
    """The days of all date columns by field; `given` is the user's `--dates`.

    Raises InputRefused when a day could be two and the rows do not decide which.
    """
    forms = {name: {cell: form(cell) for cell in _unique(cells)} for name, cells in columns.items()}
    for cell in forms.get("due_on", ()):
        if terms.at_once(cell):
            forms["due_on"][cell] = ""
    swapped = _swap_back(columns, forms, given)
    order = given or _order(columns, forms, evidence)
    iso: dict[str, list[str]] = {}
    bad: dict[str, dict[int, str]] = {}
    for name, cells in columns.items():
        days = {cell: settle(found, order) for cell, found in forms[name].items()}
        wrong = {cell for cell, day in days.items() if day is None}
        keys = _keys(cells)
        iso[name] = [days[cell] or "" for cell in keys]
        if wrong:
            bad[name] = {i: "not a date" for i, cell in enumerate(keys) if cell in wrong}
    return Days(iso, bad, order, swapped, {name: _words(cells, forms[name]) for name, cells in columns.items()})


def _words(cells: Sequence[Cell], forms: Mapping[Cell, Form]) -> dict[int, str]:
    """The texts with letters in them that stand for no day, by index."""
    said = {
        cell for cell, found in forms.items() if found == "" and isinstance(cell, str) and re.search(r"[a-zA-Z]", cell)
    }
    return {i: str(cell).strip() for i, cell in enumerate(cells) if cell in said} if said else {}


def _keys(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells with True and False as texts: as keys they would equal 1 and 0."""
    if bool in set(map(type, cells)):
        return [str(cell) if isinstance(cell, bool) else cell for cell in cells]
    return cells


class UndecidedError(InputRefused):
    """A day that the file writes so that it could be two, and where it stands first: field, row below the header."""

    def __init__(self, message: str, pair: Pair, place: tuple[str, int]) -> None:
        """Name the day as it is written."""
        self.field, self.at = place
        self.day = f"{pair.first:02d}/{pair.second:02d}/{pair.year}"
        hint = "say which comes first, the day or the month: --dates dmy or --dates mdy"
        super().__init__(f"{message}: {self.day}", hint)


def _unique(cells: Sequence[Cell]) -> set[Cell]:
    return set(_keys(cells))


def _order(columns: Mapping[str, Sequence[Cell]], forms: Mapping[str, Mapping[Cell, Form]], evidence: Evidence) -> str:
    """`dmy` or `mdy` as the rows prove it, '' where no day needs it; InputRefused where nothing proves it."""
    pairs = {found for known in forms.values() for found in known.values() if isinstance(found, Pair)}
    if not pairs:
        return ""
    day_first = any(pair.first > 12 >= pair.second for pair in pairs)
    month_first = any(pair.second > 12 >= pair.first for pair in pairs)
    open_pairs = [pair for pair in pairs if pair.first <= 12 and pair.second <= 12]
    if day_first != month_first:
        return "dmy" if day_first else "mdy"
    slips = {order: _slips(columns, forms, order, evidence) for order in ("dmy", "mdy")}
    if not open_pairs:
        return ""
    if not day_first and min(slips.values()) == 0 < max(slips.values()):
        return "dmy" if slips["dmy"] == 0 else "mdy"
    if not day_first and (order := _order_of(evidence.unread)):
        return order
    pair = min(open_pairs)
    why = "the rows write it both ways" if day_first else "no row decides it"
    raise UndecidedError(f"a date that could be two days, and {why}", pair, _places(columns, forms, pair))


def _order_of(columns: Sequence[Sequence[Cell]]) -> str:
    """`dmy` or `mdy` as all columns that hold nothing but days agree on it, '' where they do not."""
    firsts: set[bool] = set()
    for cells in columns:
        forms = {cell: form(cell) for cell in _unique(cells)}
        if None not in forms.values():
            firsts.update(pair.first > 12 for pair in _pairs(forms) if max(pair.first, pair.second) > 12)
    return "" if len(firsts) != 1 else "dmy" if True in firsts else "mdy"


def _places(
    columns: Mapping[str, Sequence[Cell]], forms: Mapping[str, Mapping[Cell, Form]], pair: Pair
) -> tuple[str, int]:
    """Field and row, from 0 below the header, of the first cell that holds the pair."""
    cells = ((name, i, cell) for name, column in columns.items() for i, cell in enumerate(_keys(column)))
    return next((name, i) for name, i, cell in cells if forms[name].get(cell) == pair)


def _slips(
    columns: Mapping[str, Sequence[Cell]], forms: Mapping[str, Mapping[Cell, Form]], order: str, evidence: Evidence
) -> int:
    """Rows that make no sense in that order: due or settled before the document, a document after the period."""
    days = {name: {cell: settle(found, order) or "" for cell, found in forms[name].items()} for name in columns}
    rows = {name: [days[name][cell] for cell in _keys(cells)] for name, cells in columns.items()}
    documents = rows.get("document_on")
    if documents is None:
        return 0
    count = 0
    for name in ("due_on", "settled_on"):
        if later := rows.get(name):
            count += sum(bool(day and end and end < day) for day, end in zip(documents, later, strict=True))
    if evidence.until:
        count += sum(day > evidence.until for day in documents)
    if (due := rows.get("due_on")) and evidence.credit_days:
        for day, end, term in zip(documents, due, evidence.credit_days, strict=True):
            if day and end and term is not None:
                count += (date.fromisoformat(end) - date.fromisoformat(day)).days != term
    return count


def _swap_back(
    columns: Mapping[str, Sequence[Cell]], forms: Mapping[str, dict[Cell, Form]], given: str
) -> dict[str, int]:
    """Put right days that Excel swapped when it opened a csv in the other order; how many cells of each column.

    It does so to a whole file at once: five dates of all its columns are few enough to be chance no more.
    """
    suspects = {name: _suspects(forms[name]) for name in columns}
    dates = {cell for name in columns for cell in suspects[name]}
    if dates and len(dates) < _PROOF and not given:
        name, pairs = next((name, _pairs(forms[name])) for name in columns if suspects[name])
        order = "dmy" if min(pairs).first > 12 else "mdy"
        raise InputRefused(
            f"dates beside texts in one column, so that day and month may be swapped: {min(map(_iso, dates))}",
            f"--dates {order} turns them round; if they are right, write the texts of that column as dates too",
        )
    swapped = {}
    for name, found in suspects.items():
        moved = {cell for cell in found if cell.day != cell.month}
        forms[name].update({cell: likely(cell.year, cell.day, cell.month) for cell in moved})
        if moved:
            swapped[name] = sum(cell in moved for cell in columns[name])
    return swapped


def _suspects(forms: Mapping[Cell, Form]) -> set[date]:
    """The dates of a column that Excel may have turned round, none where a cell speaks against it.

    It turns what it can read (04/05/2026) into dates the wrong way round and leaves the rest (13/05/2026) as text:
    then every text has a day above 12 in the same place and no date has one.
    """
    dates = {cell for cell in forms if isinstance(cell, date)}
    pairs = _pairs(forms)
    if not pairs or any(cell.day > 12 for cell in dates) or all(cell.day == cell.month for cell in dates):
        return set()
    alike = all(pair.first > 12 for pair in pairs) or all(pair.second > 12 for pair in pairs)
    return dates if alike else set()


def _pairs(forms: Mapping[Cell, Form]) -> set[Pair]:
    return {found for found in forms.values() if isinstance(found, Pair)}


def _iso(day: date) -> str:
    return day.isoformat()[:10]
