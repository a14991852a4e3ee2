"""A column without a header beside those that have one: it holds whose the rows are, or which documents, or both."""

from collections.abc import Collection, Mapping, Sequence

from collect import headers
from collect.grids import Cell
from collect.rowfacts import BOOKED_TO, TOTAL

Rows = Sequence[Sequence[Cell]]
_WHAT = frozenset(("account", "name", "number", "document_on", "due_on"))


def meant(
    mapping: Mapping[str, int], texts: Sequence[str], body: Rows, given: Collection[str], *, buckets: bool
) -> dict[str, int]:
    """The columns by field once the first one without a header is understood by the rows `body` below the header.

    Where it has a text in rows without a day, these name parties; a column such as `Account` that is empty in them is
    the account booked to. Fields in `given` stay as the user said.
    """
    found = dict(mapping)
    if (place := _place(texts, body, set(found.values()))) is None:
        return found
    dates = [found[field] for field in ("document_on", "due_on") if field in found]
    named = [row for row in body if _filled(row, place) and not TOTAL.match(str(row[place]).strip())]
    heads = [row for row in named if not any(_filled(row, at) for at in dates)]
    for field in {"account", "name"} & found.keys() - given:
        booked = headers.words(texts[found[field]]) in BOOKED_TO
        if booked and dates and heads and not any(_filled(row, found[field]) for row in heads):
            del found[field]
    if {"account", "name"} & found.keys():
        return found
    if dates and len(named) > len(heads) and "number" not in {*found, *given}:
        found["number"] = place
    elif (buckets or texts[place]) and not _WHAT & found.keys():
        found["name"] = place
    return found


def _place(texts: Sequence[str], body: Rows, used: Collection[int]) -> int | None:
    """The first column that holds texts, and nothing else, without a header or with the one that every pivot has."""
    for at, text in enumerate(texts):
        cells = [row[at] for row in body if _filled(row, at)]
        if (
            headers.words(text) in {"", "row labels"}
            and at not in used
            and cells
            and all(isinstance(cell, str) for cell in cells)
        ):
            return at
    return None


def _filled(row: Sequence[Cell], at: int) -> bool:
    return at < len(row) and row[at] is not None and row[at] != ""
