"""Grids as the reader of files hands them over, for tests: made by hand, or read from the shared ledgers."""

import csv
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from collect import intake
from collect.grids import Cell, Findings, Intake, Options

SHARED = os.environ.get("COLLECT_SHARED_DATA", "")
shared = pytest.mark.skipif(not SHARED, reason="COLLECT_SHARED_DATA names no folder of shared ledgers")


@dataclass(frozen=True)
class Tab:
    name: str
    visible: bool = True
    rows: int = 2


Book = Sequence[tuple[Tab, Sequence[Sequence[Cell]]]]


def take(rows: Sequence[Sequence[Cell]], findings: Findings | None = None, options: Options | None = None) -> Intake:
    """What intake makes of one sheet of rows."""
    return take_all([(Tab("Sheet1"), rows)], findings, options)[0]


def take_book(book: Book, options: Options | None = None) -> Intake:
    """What intake makes of a file whose ledger stands on one sheet."""
    return take_all(book, None, options)[0]


def take_all(book: Book, findings: Findings | None = None, options: Options | None = None) -> list[Intake]:
    """What intake makes of a book of sheets, one result per ledger."""
    layouts = intake.find_layouts([(tab, grid[:60]) for tab, grid in book], options)
    found = []
    for layout in layouts:
        grid = next(grid for tab, grid in book if tab.name == layout.sheet)[layout.first :]
        columns = {at: [row[at] if at < len(row) else None for row in grid] for at in layout.needed}
        found.append(intake.read(layout, columns, findings, options))
    return found


def items(found: Intake) -> list[tuple[str, str, int]]:
    """Name, number and amount of every row: what most tests are asked for."""
    return [(row.name, row.number, row.amount_minor) for row in found.rows]


def table(text: str) -> list[list[Cell]]:
    """Rows of texts from lines with | between the cells; an empty cell is None."""
    return [[cell.strip() or None for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def ledger(name: str) -> Book:
    """The sheets of a shared ledger."""
    path = Path(SHARED) / name
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            return [(Tab(path.name), [[cell or None for cell in row] for row in csv.reader(file)])]
    from python_calamine import CalamineWorkbook, SheetVisibleEnum

    workbook = CalamineWorkbook.from_path(str(path))
    book: list[tuple[Tab, list[list[Cell]]]] = []
    for sheet in workbook.sheets_metadata:
        grid = workbook.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        rows = [[_cell(value) for value in row] for row in grid]
        book.append((Tab(sheet.name, sheet.visible == SheetVisibleEnum.Visible), rows))
    return book


def _cell(value: object) -> Cell:
    if value == "" or value is None:
        return None
    return value if isinstance(value, str | float | int | date) else str(value)
