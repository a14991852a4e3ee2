"""When the rows of a ledger fall due: the day stated, else terms or credit days, else the list's day less days overdue.

A count of days that only says how old the document is gives no due date. A row that the list calls not overdue is due
on no known day: it stands in the bucket "not due".
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from collect import terms
from collect.grids import Cell, Layout, Options

_LATE = re.compile(r"overdue|past\W*due|late|dpd|arrears|delay", re.IGNORECASE)
_COUNT = re.compile(r"(-?\d{1,5})(?:\.0+)?\s*(?:days?|d)?", re.IGNORECASE)


class Due(NamedTuple):
    """By row: the due date, '' where nothing tells it, and where it is from; and the rows that are not yet due."""

    days: list[str]
    origin: list[str]
    not_due: set[int]


def find(
    layout: Layout,
    options: Options,
    cells: Mapping[int, Sequence[Cell]],
    days: Mapping[str, Sequence[str]],
    as_of: str,
    items: Sequence[int],
) -> Due:
    """Due dates of the item rows; `as_of` is the list's day, '' where it states none."""
    size = max(map(len, cells.values()), default=0)
    due = list(days.get("due_on") or [""] * size)
    found = Due(due, ["file" if day else "" for day in due], set())
    missing = [i for i in items if not due[i]]
    documents = days.get("document_on")
    if not missing:
        return found
    if documents is not None and "due_on" in layout.mapping:
        stated = cells[layout.mapping["due_on"].at]
        _counted(found, documents, {i: terms.rule(stated[i]) for i in missing if terms.at_once(stated[i])}, "terms")
    for field, word in (("credit_days", "credit days"), ("terms", "terms")):
        if documents is not None and field in layout.mapping:
            column = cells[layout.mapping[field].at]
            rules = {cell: terms.rule(cell) for cell in {column[i] for i in missing}}
            _counted(found, documents, {i: rules[column[i]] for i in missing}, word)
    if as_of and "days_overdue" in layout.mapping:
        _overdue(found, layout, cells, documents or [""] * size, date.fromisoformat(as_of), missing)
    if documents is not None and options.credit_days is not None:
        rule = terms.rule(options.credit_days)
        _counted(found, documents, {i: rule for i in missing if i not in found.not_due}, "--credit-days")
    return found


def _counted(found: Due, documents: Sequence[str], rules: Mapping[int, terms.Rule | None], word: str) -> None:
    """Fill in due dates that are reckoned from the document's own day, by the rule of each row."""
    for i, rule in rules.items():
        if rule and not found.days[i] and documents[i]:
            found.days[i], found.origin[i] = rule(date.fromisoformat(documents[i])).isoformat(), word


def _overdue(
    found: Due, layout: Layout, cells: Mapping[int, Sequence[Cell]], documents: Sequence[str], day: date,
    missing: Sequence[int],
) -> None:  # fmt: skip
    """Fill in due dates from a column of days overdue, unless it counts from the documents' own days."""
    column = layout.mapping["days_overdue"]
    rows = [i for i in missing if not found.days[i]]
    late = {i: count for i in rows if (count := _count(cells[column.at][i])) is not None}
    begins = {i: (day - timedelta(days=late[i])).isoformat() for i in late}
    dated = [i for i in late if documents[i]]
    if not any(count > 0 for count in late.values()) or not (dated or _LATE.search(column.header)):
        return
    if any(begins[i] < documents[i] for i in dated) or (dated and all(begins[i] == documents[i] for i in dated)):
        return
    for i in rows:
        if late.get(i, 0):
            found.days[i], found.origin[i] = begins[i], "days overdue"
        else:
            found.not_due.add(i)


def _count(cell: Cell) -> int | None:
    """A count of days in a cell (42, "42", "86 Days"), None where it holds none."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None
    match = _COUNT.fullmatch(str(cell).strip())
    return int(match[1]) if match else None
