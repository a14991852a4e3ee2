"""An xlsx or xlsm workbook: its sheets, scanned and then read by calamine in pieces of some thousand rows.

Calamine never sees the file itself: it gets a small workbook of a scanned piece, the styles and the shared strings.
So memory stays the same however long a sheet is, and a piece is scanned while the one before is read.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from collect.files import xmlparts
from collect.files.ahead import ahead
from collect.files.cells import Findings
from collect.files.grid import Grid
from collect.files.limits import MEGABYTE
from collect.files.numberformat import SignFormat, sign_format
from collect.files.preflight import Package, part_name
from collect.files.sheetscan import SheetScan, Unusual
from collect.files.shelf import LocalShelf
from collect.files.slowscan import SlowScan

PIECE_BYTES = 8 * MEGABYTE
_HEAD_BYTES = 4 * MEGABYTE
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_DATA = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sheetData\s*(/?)>")
_DIMENSION = re.compile(rb"<(?:[\w.-]+:)?dimension\b[^>]*?/>")


@dataclass(frozen=True, slots=True)
class SheetPart:
    """One worksheet: its name, the part that holds it, and whether it can be seen in Excel."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things are in the workbook."""

    sheets: tuple[SheetPart, ...]
    missing: tuple[str, ...]
    styles: bytes | None
    strings: bytes | None
    date1904: bool
    stale_zeros: bool
    signs: Mapping[int, SignFormat]


def read(package: Package, kind: str) -> LocalShelf:
    """All sheets with their findings; raises InputRefused, or what calamine raises where it gives up."""
    plan = layout(package)
    shelf = LocalShelf(kind)
    shelf.warnings += [f"a sheet is missing from the file: {name}" for name in plan.missing]
    for sheet in plan.sheets:
        try:
            _read_quick(package, plan, sheet, shelf)
        except Unusual:
            _read_slow(package, plan, sheet, shelf)
    return shelf


def layout(package: Package) -> Layout:
    """Sheets, styles and strings, from the workbook's own list of its parts."""
    start = next((t for _, kind, t in relations(package, "") if kind == "officeDocument"), "xl/workbook.xml")
    parts = {number: (kind, target) for number, kind, target in relations(package, start)}
    by_kind = {kind: target for kind, target in parts.values() if target in package}
    sheets: list[SheetPart] = []
    missing: list[str] = []
    settings: dict[str, str] = {}
    for name, attributes in xmlparts.elements(package.read(start)):
        kind, target = parts.get(attributes.get("id", ""), ("", ""))
        if name in ("workbookPr", "calcPr"):
            settings.update(attributes)
        elif name != "sheet" or kind != "worksheet":
            continue
        elif target not in package:
            missing.append(attributes.get("name", target))
        else:
            shown = attributes.get("state", "visible") == "visible"
            sheets.append(SheetPart(attributes.get("name", target), target, shown))
    styles = package.read(by_kind["styles"]) if "styles" in by_kind else None
    strings = package.read(by_kind["sharedStrings"]) if "sharedStrings" in by_kind else None
    return Layout(
        sheets=tuple(sheets),
        missing=tuple(missing),
        styles=styles,
        strings=strings,
        date1904=settings.get("date1904") in ("1", "true"),
        stale_zeros=settings.get("fullCalcOnLoad") in ("1", "true"),
        signs=sign_styles(styles) if styles else {},
    )


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


def relations(package: Package, source: str) -> Iterator[tuple[str, str, str]]:
    """Id, kind and target part of what `source` refers to inside the workbook."""
    folder, name = posixpath.split(source)
    path = posixpath.join(folder, "_rels", name + ".rels")
    if path not in package:
        return
    for element, attributes in xmlparts.elements(package.read(path)):
        if element == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            full = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield attributes.get("Id", ""), posixpath.basename(attributes.get("Type", "")), part_name(full)


def sign_styles(styles: bytes) -> dict[int, SignFormat]:
    """Style numbers whose number format shows Dr or Cr."""
    formats: dict[str, SignFormat] = {}
    found: dict[int, SignFormat] = {}
    if not re.search(rb"dr|cr|debit|credit|\\d|\\c", styles, re.IGNORECASE):
        return found
    number = -1
    for name, attributes in xmlparts.elements(styles):
        if name == "numFmt" and (form := sign_format(attributes.get("formatCode", ""))):
            formats[attributes.get("numFmtId", "")] = form
        elif name == "cellXfs":
            number = 0
        elif name in ("cellStyles", "dxfs"):
            number = -1
        elif name == "xf" and number >= 0:
            if form := formats.get(attributes.get("numFmtId", "")):
                found[number] = form
            number += 1
    return found


def _read_quick(package: Package, plan: Layout, sheet: SheetPart, shelf: LocalShelf) -> None:
    scans: list[SheetScan] = []
    grid = Grid(sheet.name)
    tables = (_table(plan, piece) for piece in ahead(_pieces(package, plan, sheet, scans)))
    for table in ahead(tables):
        if table.start is not None:
            grid.add(table.to_python(), *table.start)
    shelf.add(grid, scans[0].found.done() if scans else None, visible=sheet.visible)


def _read_slow(package: Package, plan: Layout, sheet: SheetPart, shelf: LocalShelf) -> None:
    scan = SlowScan(sheet.name, plan.signs, plan.stale_zeros)
    table = _table(plan, scan.read(package.bites(sheet.part)))
    grid = Grid(sheet.name)
    if table.start is not None:
        grid.add(table.to_python(), *table.start)
    shelf.add(grid, scan.found.done(), visible=sheet.visible)


def _pieces(package: Package, plan: Layout, sheet: SheetPart, scans: list[SheetScan]) -> Iterator[bytes]:
    """The sheet as small sheets of scanned rows; its scan is left in `scans`."""
    bites = package.bites(sheet.part)
    head, rest = _head(bites)
    prefix = _SHEET_DATA.findall(head)[-1][0]
    end, row = b"</%ssheetData>" % prefix, b"<%srow " % prefix
    scan = SheetScan(sheet.name, prefix, plan.signs, plan.stale_zeros)
    scans.append(scan)
    scan.head(head)
    close = b"%s</%sworksheet>" % (end, prefix)
    # Each piece costs a reading of the strings: with many strings, fewer and larger pieces.
    size = max(PIECE_BYTES, 3 * len(plan.strings or b""))
    kept, held = [head, rest], len(rest)
    for bite in bites:
        kept.append(bite)
        held += len(bite)
        cut = bite.rfind(row) if held >= size else -1
        if cut >= 0:
            piece = b"".join((*kept[:-1], bite[:cut], close))
            scan.rows(piece, len(head))
            yield piece
            kept, held = [head, bite[cut:]], len(bite) - cut
    piece = b"".join(kept)
    cut = piece.rfind(end)
    if cut < 0 and not head.endswith(b"/>"):
        raise Unusual
    if cut >= 0:
        rows = piece[:cut]
        scan.rows(rows, len(head))
        yield rows + close
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


def _table(plan: Layout, sheet: bytes) -> Any:
    """One sheet read by calamine, in a workbook made of it, the styles and the strings."""
    from python_calamine import CalamineWorkbook

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("_rels/.rels", _TOP)
        package.writestr("xl/workbook.xml", _workbook_xml(plan.date1904))
        package.writestr("xl/_rels/workbook.xml.rels", _RELS)
        if plan.styles is not None:
            package.writestr("xl/styles.xml", plan.styles)
        if plan.strings is not None and (b'"s"' in sheet or b"'s'" in sheet):
            package.writestr("xl/sharedStrings.xml", plan.strings)
        package.writestr("xl/worksheets/sheet1.xml", sheet)
    made.seek(0)
    return CalamineWorkbook.from_filelike(made).get_sheet_by_index(0)


def _workbook_xml(date1904: bool) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATION}"><workbookPr date1904="{int(date1904)}"/>'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
    )


_RELATIONS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
_TOP = _RELATIONS % f'<Relationship Id="r1" Type="{_RELATION}/officeDocument" Target="xl/workbook.xml"/>'
_RELS = _RELATIONS % (
    f'<Relationship Id="r1" Type="{_RELATION}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="r2" Type="{_RELATION}/styles" Target="styles.xml"/>'
    f'<Relationship Id="r3" Type="{_RELATION}/sharedStrings" Target="sharedStrings.xml"/>'
)
