"""Binary workbooks (xlsb): calamine reads the cells, this scan of the records what it does not tell.

Records after [MS-XLSB]: a number of one or two bytes, a length of one to four, and the body.
"""

import re
import struct
from collections.abc import Iterator, Mapping

from collect.errors import InputRefused
from collect.files.calamine import read_whole
from collect.files.cells import Findings, Found
from collect.files.layout import relations
from collect.files.numberformat import SignFormat, sign_format
from collect.files.preflight import SAVE_AGAIN, Package
from collect.files.sheetscan import check_size
from collect.files.shelf import LocalShelf
from collect.files.xls import ERRORS, rk

_ROW, _RK, _ERROR, _REAL, _FORMULA_NUMBER, _FORMULA_ERROR = 0, 2, 3, 5, 9, 11
_LAST_CELL = 11
_FORMAT, _XF, _COLUMN, _SHEET, _MERGED, _CELL_STYLES, _CELL_STYLES_END = 44, 47, 60, 156, 176, 617, 618


def read_xlsb(package: Package) -> LocalShelf:
    """Every sheet of the workbook; raises InputRefused for coordinates no sheet has."""
    for name in package.names:
        if name.endswith((".xml", ".rels")):
            package.read(name)
    found = _findings(package)
    shelf = read_whole(package.packed, "xlsb", lambda: found)
    if any(name.endswith("vbaProject.bin") for name in package.names):
        shelf.warnings.append("the workbook has macros; they were ignored")
    return shelf


def _findings(package: Package) -> Mapping[str, Findings]:
    start = next((t for _, kind, t in relations(package, "") if kind == "officeDocument"), "xl/workbook.bin")
    parts = {number: (kind, target) for number, kind, target in relations(package, start)}
    styles: dict[int, SignFormat] = {}
    for kind, target in parts.values():
        if kind == "styles" and target in package:
            styles = _styles(_whole(package, target))
    found: dict[str, Findings] = {}
    try:
        for record, body in records(_whole(package, start)):
            if record != _SHEET:
                continue
            number, end = _text(body, 8)
            name, _ = _text(body, end)
            role, target = parts.get(number, ("", ""))
            if role == "worksheet" and target in package:
                found[name] = _sheet(name, _whole(package, target), styles)
    except (struct.error, IndexError) as error:
        raise InputRefused("the xlsb workbook is damaged: it cannot be read", SAVE_AGAIN) from error
    return found


def _whole(package: Package, name: str) -> bytes:
    return b"".join(package.bites(name))


def records(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """All records of a part; a length that runs beyond its end gives a short body."""
    at, end = 0, len(raw)
    while at + 1 < end:
        kind = raw[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (raw[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end:
            byte = raw[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift == 28:
                break
        yield kind, raw[at : at + size]
        at += size


def _text(body: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", body, at)[0]
    if length > len(body):
        return "", at + 4
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _styles(raw: bytes) -> dict[int, SignFormat]:
    if not re.search(rb"d\0r\0|c\0r\0|d\0e\0b\0|c\0r\0e\0d\0", raw, re.IGNORECASE):
        return {}
    formats: dict[int, SignFormat] = {}
    styles: dict[int, SignFormat] = {}
    count = -1
    for kind, body in records(raw):
        if kind == _FORMAT and (form := sign_format(_text(body, 2)[0])):
            formats[int.from_bytes(body[:2], "little")] = form
        elif kind == _CELL_STYLES:
            count = 0
        elif kind == _CELL_STYLES_END:
            count = -1
        elif kind == _XF and count >= 0:
            if form := formats.get(int.from_bytes(body[2:4], "little")):
                styles[count] = form
            count += 1
    return styles


def _sheet(name: str, raw: bytes, styles: Mapping[int, SignFormat]) -> Findings:
    found = Found()
    row = rows = columns = 0
    for kind, body in records(raw):
        if kind == _ROW:
            row = int.from_bytes(body[:4], "little")
            rows = max(rows, row + 1)
            check_size(name, rows, columns)
            if body[11] & 0x10:
                found.hidden_rows.add(row)
        elif kind <= _LAST_CELL:
            column = int.from_bytes(body[:4], "little") + 1
            if column > columns:
                columns = column
                check_size(name, rows, columns)
            if kind in (_ERROR, _FORMULA_ERROR) or styles:
                _cell(kind, body, row, found, styles)
        elif kind == _COLUMN and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            check_size(name, 1, last + 1)
            found.hidden_columns.update(range(first, last + 1))
        elif kind == _MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            found.merged.append((top, left, bottom, right))
    return found.done()


def _cell(kind: int, body: bytes, row: int, found: Found, styles: Mapping[int, SignFormat]) -> None:
    column, style = int.from_bytes(body[:4], "little"), int.from_bytes(body[4:7], "little")
    if kind in (_ERROR, _FORMULA_ERROR):
        found.errors[row, column] = ERRORS.get(body[8], "#ERROR!")
    elif kind in (_RK, _REAL, _FORMULA_NUMBER) and (form := styles.get(style)):
        value = rk(struct.unpack_from("<I", body, 8)[0]) if kind == _RK else struct.unpack_from("<d", body, 8)[0]
        if sign := form.sign(value):
            found.signs.setdefault(column, {})[row] = sign
