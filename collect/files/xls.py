"""Old Excel workbooks (xls): calamine reads the cells, this scan of the records what it does not tell.

Records after [MS-XLS]; BIFF 5 and 8.
"""

import struct
from collections.abc import Iterator, Mapping

from collect.errors import InputRefused
from collect.files.calamine import read_whole
from collect.files.cells import Findings, Found
from collect.files.numberformat import SignFormat, sign_format
from collect.files.ole import Container
from collect.files.shelf import LocalShelf

ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_FORMULA, _EOF, _FILEPASS, _COLINFO, _BOUNDSHEET = 0x06, 0x0A, 0x2F, 0x7D, 0x85
_MULRK, _XF, _MERGED, _NUMBER, _BOOLERR, _ROW, _RK, _FORMAT = 0xBD, 0xE0, 0xE5, 0x203, 0x205, 0x208, 0x27E, 0x41E
_PASSWORD = ("this workbook has a password", "open it, remove the password, and save it again")


def read_xls(content: bytes) -> LocalShelf:
    """Every sheet of an OLE file; says so when it has a password, or is no workbook."""
    container = Container(content)
    if "EncryptedPackage" in container.names:
        raise InputRefused(*_PASSWORD)
    stream = next((name for name in ("Workbook", "Book") if name in container.names), None)
    if stream is None:
        what = "a Word document" if "WordDocument" in container.names else "an Office file, but no workbook"
        raise InputRefused(f"this is {what}", "export it as xlsx or csv")
    records = container.read(stream)
    if any(kind == _FILEPASS for kind, _ in _records(records, 0)):
        raise InputRefused(*_PASSWORD)
    shelf = read_whole(content, "xls", lambda: _findings(records))
    if any(name.startswith("_VBA_PROJECT") for name in container.names):
        shelf.warnings.append("the workbook has macros; they were ignored")
    return shelf


def _records(raw: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records from `at` to the end of their stream of records (EOF)."""
    end = len(raw) - 4
    while at <= end:
        kind, size = struct.unpack_from("<HH", raw, at)
        yield kind, raw[at + 4 : at + 4 + size]
        if kind == _EOF:
            return
        at += 4 + size


def _findings(raw: bytes) -> Mapping[str, Findings]:
    """Findings by sheet name; a record that is too short ends its sheet's."""
    wide = raw[4:6] == b"\x00\x06"
    formats: dict[int, SignFormat] = {}
    styles: dict[int, SignFormat] = {}
    sheets: dict[str, int] = {}
    count = 0
    for kind, body in _records(raw, 0):
        if kind == _FORMAT and (form := sign_format(_text(body[2:], wide, long=wide))):
            formats[int.from_bytes(body[:2], "little")] = form
        elif kind == _XF:
            if form := formats.get(int.from_bytes(body[2:4], "little")):
                styles[count] = form
            count += 1
        elif kind == _BOUNDSHEET and len(body) > 7:
            sheets[_text(body[6:], wide, long=False)] = int.from_bytes(body[:4], "little")
    return {name: _sheet(raw, at, styles) for name, at in sheets.items()}


def _text(body: bytes, wide: bool, *, long: bool) -> str:
    """A string of a record: its length in one byte or two, in BIFF 8 a flag for 16-bit letters."""
    start = 2 if long else 1
    length = int.from_bytes(body[:start], "little")
    if not wide:
        return body[start : start + length].decode("cp1252", "replace")
    if body[start : start + 1] == b"\x01":
        return body[start + 1 : start + 1 + 2 * length].decode("utf-16-le", "replace")
    return body[start + 1 : start + 1 + length].decode("latin-1")


def _sheet(raw: bytes, at: int, styles: Mapping[int, SignFormat]) -> Findings:
    found = Found()
    try:
        for kind, body in _records(raw, at):
            if kind == _ROW and body[12] & 0x20:
                found.hidden_rows.add(int.from_bytes(body[:2], "little"))
            elif kind == _COLINFO and body[8] & 1:
                first, last = struct.unpack_from("<HH", body)
                found.hidden_columns.update(range(first, min(last, 255) + 1))
            elif kind == _MERGED:
                for row, last_row, column, last_column in struct.iter_unpack(
                    "<4H", body[2 : 2 + (len(body) - 2) // 8 * 8]
                ):
                    found.merged.append((row, column, last_row, last_column))
            elif kind in (_BOOLERR, _FORMULA, _NUMBER, _RK, _MULRK):
                _cell(kind, body, found, styles)
    except (struct.error, IndexError):
        return found.done()
    return found.done()


def _cell(kind: int, body: bytes, found: Found, styles: Mapping[int, SignFormat]) -> None:
    row, column, style = struct.unpack_from("<3H", body)
    if kind == _BOOLERR and body[7]:
        found.errors[row, column] = ERRORS.get(body[6], "#ERROR!")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff":
        if body[6] == 2:
            found.errors[row, column] = ERRORS.get(body[8], "#ERROR!")
    elif not styles or kind == _BOOLERR:
        return
    elif kind == _MULRK:
        for number, (style, packed) in enumerate(struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])):
            _sign(found, row, column + number, styles.get(style), rk(packed))
    else:
        value = rk(struct.unpack_from("<I", body, 6)[0]) if kind == _RK else struct.unpack_from("<d", body, 6)[0]
        _sign(found, row, column, styles.get(style), value)


def _sign(found: Found, row: int, column: int, form: SignFormat | None, value: float) -> None:
    if form is not None and (sign := form.sign(value)):
        found.signs.setdefault(column, {})[row] = sign


def rk(packed: int) -> float:
    """A number packed into 32 bits, [MS-XLS] 2.5.217: whole or the upper half of a double, perhaps times 100."""
    if packed & 2:
        whole = packed >> 2
        value = float(whole - (1 << 30) if whole & (1 << 29) else whole)
    else:
        value = float(struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value
