"""What a sheet of a file from outside is made of: cells, its size, and what its look says about them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

Cell = None | str | int | float | bool | date | datetime
"""None is a blank cell. Text files give `str` only. Numbers of a workbook are floats, whole or not, except that xls,
xlsb and openpyxl give whole ones as int at times; a day is a `date`, a day with a time of day a `datetime`."""


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """One sheet: rows and columns are counted from A1 to its last cell."""

    name: str
    visible: bool
    rows: int
    columns: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What the values of a sheet do not say; rows and columns are positions in the file's grid, from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """(row, column) to the error shown, such as `#N/A`; the cell itself reads as None."""
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    """Formulas that were saved without a value; the cell reads as None, or as 0 where the writer put that."""
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, first column, last row, last column."""
    signs: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """Column to {row: +1 Dr, -1 Cr} where the number format shows Dr or Cr: the amount meant is sign x |value|
    (a minus shown beside the word has been counted in)."""

    def wire(self) -> tuple[Any, ...]:
        """The findings as plain values, in the order of the fields."""
        rows, columns = self.hidden_rows, self.hidden_columns
        return (rows, columns, dict(self.errors), self.uncalculated, self.merged, dict(self.signs))


@dataclass(slots=True)
class Found:
    """Findings while a sheet is being read."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    signs: dict[int, dict[int, int]] = field(default_factory=dict)

    def done(self) -> Findings:
        """The findings, fixed."""
        return Findings(
            frozenset(self.hidden_rows),
            frozenset(self.hidden_columns),
            self.errors,
            frozenset(self.uncalculated),
            tuple(self.merged),
            self.signs,
        )


class Shelf(Protocol):
    """Where the sheets of one opened file are kept: in this process, or in the one that reads workbooks."""

    def column_parts(self, sheet: str, indexes: Sequence[int], first_row: int) -> Iterator[list[list[Cell]]]:
        """The asked columns, some rows at a time."""

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, list[Cell]]:
        """Whole rows by number."""

    def findings(self, sheet: str) -> Findings:
        """What the values do not say."""

    def close(self) -> None:
        """Let go of the file."""
