"""The right reader for a file, and the second one for what the first refuses. Runs in the reading process."""

import io
from datetime import datetime, time
from typing import Any

from collect.errors import InputRefused
from collect.files.grid import Grid
from collect.files.preflight import SAVE_AGAIN, Package
from collect.files.shelf import LocalShelf

_DOCUMENTS = (("word/", "a Word document"), ("ppt/", "a PowerPoint presentation"), ("Index/", "an Apple Numbers file"))


def read(kind: str, content: bytes) -> LocalShelf:
    """Every sheet of a file that was sniffed as `kind`; raises InputRefused with the reason."""
    if kind == "zip":
        shelf = _zipped(content)
    elif kind == "ole":
        from collect.files.xls import read_xls

        shelf = read_xls(content)
    elif kind == "html":
        from collect.files.html import read_html

        shelf = read_html(content)
    else:
        from collect.files.xml2003 import read_xml

        shelf = read_xml(content)
    if not shelf.sheets:
        raise InputRefused("the workbook has no sheet with cells", SAVE_AGAIN)
    return shelf


def _zipped(content: bytes) -> LocalShelf:
    package = Package(content)
    kind = zip_kind(package)
    if kind == "ods":
        from collect.files.ods import read_ods

        return read_ods(package)
    if kind == "xlsb":
        from collect.files.xlsb import read_xlsb

        return read_xlsb(package)
    from collect.files import workbook

    try:
        shelf = workbook.read(package, kind)
    except (InputRefused, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - what calamine panics with is no Exception
        shelf = second_reader(package, kind)
    warn_of_parts(package, shelf)
    return shelf


def zip_kind(package: Package) -> str:
    """`xlsx`, `xlsm`, `xlsb` or `ods`, by the parts in it; raises InputRefused for other zips, saying what they are."""
    from collect.files.layout import relations

    mimetype = package.read("mimetype")[:200] if 0 < package.size("mimetype") < 1000 else b""
    if b"opendocument.spreadsheet" in mimetype and "content.xml" in package:
        return "ods"
    start = next((target for _, kind, target in relations(package, "") if kind == "officeDocument"), "xl/workbook.xml")
    if start in package and start.endswith(".bin"):
        return "xlsb"
    if start in package and not start.startswith(("word/", "ppt/")):
        return "xlsm" if any(name.endswith("vbaProject.bin") for name in package.names) else "xlsx"
    for folder, what in _DOCUMENTS:
        if any(name.startswith(folder) for name in package.names):
            raise InputRefused(f"this is {what}, not a workbook", "export it as xlsx or csv")
    if b"opendocument" in mimetype:
        raise InputRefused("this is an OpenDocument file, but no spreadsheet", "export it as xlsx or csv")
    raise InputRefused("this is a zip file, but no workbook", "unpack it and import the file inside")


def second_reader(package: Package, kind: str) -> LocalShelf:
    """The workbook by openpyxl, in full; for what calamine gives up on. Raises InputRefused when it does too."""
    from collect.files import workbook
    from collect.files.layout import layout
    from collect.files.sharedstrings import refuse_below_zero

    for name in package.names:
        if name.endswith((".xml", ".rels", ".vml")):
            refuse_below_zero(package.read(name))
    plan = layout(package)
    shelf = LocalShelf(kind)
    try:
        import openpyxl

        book: Any = openpyxl.load_workbook(io.BytesIO(package.packed), data_only=True, keep_links=False)
        for sheet in plan.sheets:
            findings = workbook.findings_only(package, plan, sheet)
            grid = Grid(sheet.name)
            rows = [list(map(plain, row)) for row in book[sheet.name].iter_rows(min_row=1, min_col=1, values_only=True)]
            for row, column in findings.errors:
                if row < len(rows) and column < len(rows[row]):
                    rows[row][column] = None
            if rows:
                grid.add(rows)
            shelf.add(grid, findings, visible=sheet.visible)
    except (InputRefused, MemoryError):
        raise
    except Exception as error:  # openpyxl raises what its insides raise: ten kinds and more
        raise InputRefused("the workbook is damaged: no reader can make sense of it", SAVE_AGAIN) from error
    shelf.warnings.append("the workbook is unusual; it was read by the second reader, which is slower")
    return shelf


def plain(value: Any) -> Any:
    """A midnight as the day it is."""
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date()
    return value


def warn_of_parts(package: Package, shelf: LocalShelf) -> None:
    """Say once what is never run and never fetched."""
    if any(name.endswith("vbaProject.bin") for name in package.names):
        shelf.warnings.append("the workbook has macros; they were ignored")
    if any("externalLinks/" in name for name in package.names):
        shelf.warnings.append("the workbook links to other workbooks; their values are as last saved")
