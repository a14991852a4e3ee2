"""What was read from a file, sheet by sheet and column by column, and what was left there."""

from collections.abc import Mapping, Sequence
from typing import Any

from collect.grids import Unread
from collect.views.sheet import Column, Sheet


def sheets(found: Sequence[Mapping[str, Any]]) -> Sheet:
    """Return the sheets that hold a ledger, with the rows taken, or those left on a sheet with other columns."""
    heads = (Column("sheet", "Sheet"), Column("rows", "Rows", "int"), Column("read", "Read"))
    rows = [(one["sheet"], one["rows"], "yes" if one["read"] else "no: --sheet reads it alone") for one in found]
    return Sheet("sheets", "Sheets with a ledger", heads, rows)


def read(mapping: Mapping[str, str], samples: Mapping[str, str]) -> Sheet:
    """How each column was read, with the first value in it."""
    heads = (Column("field", "Read as"), Column("header", "Column"), Column("sample", "First value"))
    rows = [(field, header, samples.get(field, "")) for field, header in mapping.items()]
    return Sheet("columns", "Columns", heads, rows)


def unread_column(one: Unread) -> dict[str, str]:
    """Return the keys of the contract for a column that was not read; `map` is what to add to have it read."""
    quote = '"' if "'" in one.header else "'"
    named = f"--map {one.field}={quote}{one.header}{quote}" if one.header else f"--map {one.field}={one.letter}"
    return {
        "column": one.letter,
        "header": one.header,
        "sample": one.sample,
        "field": one.field,
        "map": named if one.field else "",
    }


def unread(found: Sequence[Mapping[str, str]]) -> Sheet:
    """Columns with something in them that no field was read from, and how to have them read."""
    columns = (
        Column("column", "At"),
        Column("header", "Column"),
        Column("sample", "First value"),
        Column("map", "If it is that, add"),
    )
    rows = [(one["column"], one["header"], one["sample"], one["map"]) for one in found]
    return Sheet("columns_not_read", "Columns not read", columns, rows)
