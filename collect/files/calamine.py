"""Workbooks that calamine reads whole: xls, xlsb and ods."""

import io
from collections.abc import Callable, Mapping

from collect.errors import InputRefused
from collect.files.cells import Findings
from collect.files.grid import Grid
from collect.files.preflight import SAVE_AGAIN
from collect.files.sheetscan import check_size
from collect.files.shelf import LocalShelf


def read_whole(content: bytes, kind: str, findings: Callable[[], Mapping[str, Findings]]) -> LocalShelf:
    """All worksheets; `findings` by name are asked for once the file has been opened."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    shelf = LocalShelf(kind)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        known = findings()
        for sheet in book.sheets_metadata:
            if sheet.typ != SheetTypeEnum.WorkSheet:
                continue
            table = book.get_sheet_by_name(sheet.name)
            grid = Grid(sheet.name)
            if table.start is not None and table.end is not None:
                check_size(sheet.name, table.end[0] + 1, table.end[1] + 1)
                grid.add(table.to_python(), *table.start)
            shelf.add(grid, known.get(sheet.name), visible=sheet.visible == SheetVisibleEnum.Visible)
    except (InputRefused, MemoryError):
        raise
    except BaseException as error:  # what calamine panics with is no Exception
        raise InputRefused(f"the {kind} workbook is damaged: it cannot be read", SAVE_AGAIN) from error
    return shelf
