"""An xlsx or xlsm workbook: its sheets, scanned and then read by calamine in pieces of some thousand rows.

Calamine never sees the file itself, only pieces of its sheets that were scanned. So memory stays the same however long
a sheet is, and one piece is scanned while the one before is read and the one before that is put away.
"""

import itertools
import re
from collections.abc import Iterator
from typing import Any

from collect.files.ahead import ahead
from collect.files.cells import Findings
from collect.files.grid import Grid
from collect.files.layout import Layout, SheetPart, layout
from collect.files.limits import MEGABYTE
from collect.files.minibook import MiniBook, Resolve
from collect.files.preflight import Package
from collect.files.sheetscan import SheetScan, Unusual
from collect.files.shelf import LocalShelf
from collect.files.slowscan import SlowScan

PIECE_BYTES = 2 * MEGABYTE
_HEAD_BYTES = 4 * MEGABYTE
_SHEET_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*(/?)>")
_DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension\b[^>]*?/>")


def read(package: Package, kind: str) -> LocalShelf:
    """All sheets with their findings; raises InputRefused, or what calamine raises where it gives up."""
    plan = layout(package)
    shelf = LocalShelf(kind)
    shelf.warnings += [f"a sheet is missing from the file: {name}" for name in plan.missing]
    book = MiniBook(plan)
    for sheet in plan.sheets:
        grid = Grid(sheet.name)
        try:
            findings = _read_quick(package, plan, sheet, book, grid)
        except Unusual:
            grid = Grid(sheet.name)
            findings = _read_slow(package, plan, sheet, book, grid)
        shelf.add(grid, findings, visible=sheet.visible)
    return shelf


def findings_only(package: Package, plan: Layout, sheet: SheetPart) -> Findings:
    """What the XML of a sheet tells, without its values."""
    scans: list[SheetScan] = []
    try:
        for _ in _pieces(package, plan, sheet, scans):
            continue
        return scans[0].found.done()
    except Unusual:
        slow = SlowScan(sheet.name, plan.signs, plan.stale_zeros)
        slow.read(package.bites(sheet.part))
        return slow.found.done()


def _read_quick(package: Package, plan: Layout, sheet: SheetPart, book: MiniBook, grid: Grid) -> Findings:
    scans: list[SheetScan] = []
    tables = itertools.starmap(book.table, ahead(_pieces(package, plan, sheet, scans)))
    for table, resolve in ahead(tables):
        _put(grid, table, resolve)
    return scans[0].found.done()


def _read_slow(package: Package, plan: Layout, sheet: SheetPart, book: MiniBook, grid: Grid) -> Findings:
    scan = SlowScan(sheet.name, plan.signs, plan.stale_zeros)
    table, resolve = book.table(scan.read(package.bites(sheet.part)))
    _put(grid, table, resolve)
    return scan.found.done()


def _put(grid: Grid, table: Any, resolve: Resolve | None) -> None:
    if table.start is not None:
        row, column = table.start
        grid.add(table.to_python(), row, column, resolve)


def _pieces(package: Package, plan: Layout, sheet: SheetPart, scans: list[SheetScan]) -> Iterator[tuple[bytes, bytes]]:
    """The sheet as small sheets of scanned rows, with the namespace prefix; its scan is left in `scans`."""
    bites = package.bites(sheet.part)
    head, rest = _head(bites)
    prefix = _SHEET_DATA.findall(head)[-1][0]
    end, row = b"</%ssheetData>" % prefix, b"<%srow " % prefix
    scan = SheetScan(sheet.name, prefix, plan.signs, plan.stale_zeros)
    scans.append(scan)
    scan.head(head)
    close = b"%s</%sworksheet>" % (end, prefix)
    kept, held = [head, rest], len(rest)
    for bite in bites:
        kept.append(bite)
        held += len(bite)
        cut = bite.rfind(row) if held >= PIECE_BYTES else -1
        if cut >= 0:
            piece = b"".join((*kept[:-1], bite[:cut], close))
            scan.rows(piece, len(head))
            yield piece, prefix
            kept, held = [head, bite[cut:]], len(bite) - cut
    piece = b"".join(kept)
    cut = piece.rfind(end)
    if cut < 0 and not head.endswith(b"/>"):
        raise Unusual
    if cut >= 0:
        rows = piece[:cut]
        scan.rows(rows, len(head))
        yield rows + close, prefix
    scan.tail(piece[max(cut, 0) :])


def _head(bites: Iterator[bytes]) -> tuple[bytes, bytes]:
    """What stands before the rows, made ready for calamine, and what was read beyond it.

    The stated dimension goes: it may be wrong. Merged cells are said to be none: calamine looks for them in a second
    pass over all rows, which ends where it finds them.
    """
    text = b""
    for bite in bites:
        text += bite
        if match := _SHEET_DATA.search(text):
            head = text[: match.end()]
            if b"<!" in head or b"\0" in head:
                raise Unusual
            start, none = match.start(), b"<%smergeCells></%smergeCells>" % (match[1], match[1])
            return _DIMENSION.sub(b"", head[:start]) + none + head[start:], text[match.end() :]
        if len(text) > _HEAD_BYTES:
            break
    raise Unusual
