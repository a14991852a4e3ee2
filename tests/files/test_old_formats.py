"""xls, xlsb and ods: what calamine reads, and what the scan of their records finds."""

import struct

from collect.files.cells import Findings
from collect.files.ole import Container
from collect.files.readers import read
from tests.files import make
from tests.files.make import binary, record


def test_a_small_stream_is_read_from_the_large_one_it_lies_in() -> None:
    content = bytes(range(256)) * 5
    assert Container(make.ole_of_small("Workbook", content)).read("Workbook") == content


def test_sectors_of_the_table_may_be_listed_outside_the_header() -> None:
    content = bytearray(make.ole({"Workbook": b"x"}))
    listed = content[76:80]
    sector = len(content) // 512 - 1
    content[68:80] = struct.pack("<3I", sector, 1, 0xFFFFFFFF)
    content += listed + b"\xff" * 504 + struct.pack("<I", 0xFFFFFFFE)
    assert Container(bytes(content)).read("Workbook")[:2] == b"x\0"


def at(row: int, column: int, style: int) -> bytes:
    return struct.pack("<3H", row, column, style)


def test_an_xls_tells_errors_hidden_cells_merges_and_signs() -> None:
    records = [
        record(0x208, struct.pack("<8H", 1, 0, 3, 255, 0, 0, 0x20, 0)),
        record(0x203, at(0, 0, 0) + struct.pack("<d", 12.5)),
        record(0x203, at(0, 1, 1) + struct.pack("<d", 500)),
        record(0x27E, at(1, 1, 1) + struct.pack("<I", 700 << 2 | 2)),
        record(0x205, at(1, 0, 0) + bytes([42, 1])),
        record(0xBD, struct.pack("<2HHIHIH", 2, 0, 1, 9 << 2 | 2, 0, 8 << 2 | 3, 1)),
        record(0x06, at(3, 0, 0) + b"\x02\x00\x07\x00\x00\x00\xff\xff" + bytes(8)),
        record(0xE5, struct.pack("<5H", 1, 0, 1, 0, 2)),
        record(0x7D, struct.pack("<5H", 3, 4, 0, 0, 1)),
    ]
    shelf = read("ole", make.xls(b"".join(records), formats=['0.00" Cr"']))
    assert list(shelf.rows("Ledger", range(3)).values()) == [[12.5, 500.0], [None, 700], [9, 0.08]]
    assert shelf.findings("Ledger") == Findings(
        hidden_rows=frozenset({1}),
        hidden_columns=frozenset({3, 4}),
        errors={(1, 0): "#N/A", (3, 0): "#DIV/0!"},
        merged=((0, 0, 1, 2),),
        signs={1: {0: -1, 1: -1}, 0: {2: -1}},
    )


def test_an_old_sheet_without_cells_is_empty() -> None:
    shelf = read("ole", make.xls(b""))
    assert [(sheet.name, sheet.rows, sheet.columns) for sheet in shelf.sheets] == [("Ledger", 0, 0)]


def test_an_xlsb_tells_errors_hidden_cells_merges_and_signs() -> None:
    def cell(kind: int, column: int, style: int, value: bytes) -> bytes:
        return binary(kind, struct.pack("<2I", column, style) + value)

    def row(number: int, flags: int = 0) -> bytes:
        return binary(0, struct.pack("<2IHBB", number, 0, 300, 0, flags) + bytes(5))

    sheet = row(0) + cell(5, 0, 0, struct.pack("<d", 12.5)) + cell(5, 1, 1, struct.pack("<d", 500))
    sheet += row(1, 0x10) + cell(3, 0, 0, b"\x2a") + cell(2, 1, 1, struct.pack("<I", 700 << 2 | 2))
    sheet += binary(60, struct.pack("<4IH", 3, 4, 0, 0, 1)) + binary(176, struct.pack("<4I", 0, 1, 0, 2))
    styles = binary(44, struct.pack("<H", 164) + make.wide('0.00" Cr"')) + binary(617, struct.pack("<I", 2))
    styles += binary(47, struct.pack("<2H12x", 0, 0)) + binary(47, struct.pack("<2H12x", 0, 164)) + binary(618)
    shelf = read("zip", make.xlsb(sheet, styles=binary(278) + styles + binary(279)))
    assert shelf.kind == "xlsb"
    assert list(shelf.rows("Ledger", range(3)).values()) == [[12.5, 500.0], [None, 700]]
    assert shelf.findings("Ledger") == Findings(
        hidden_rows=frozenset({1}),
        hidden_columns=frozenset({3, 4}),
        errors={(1, 0): "#N/A"},
        merged=((0, 0, 1, 2),),
        signs={1: {0: -1, 1: -1}},
    )


def test_an_ods_tells_errors_hidden_cells_and_merges() -> None:
    error = '<table:table-cell calcext:value-type="error" table:formula="of:=1/0" office:value-type="string" '
    table = (
        '<table:table-column/><table:table-column table:visibility="collapse"/><table:table-row>'
        '<table:table-cell office:value-type="float" office:value="3" table:number-columns-spanned="2"/>'
        f'{error}office:string-value=""><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell '
        'table:formula="of:=1"/><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell>'
        "</table:table-row>"
    )
    shelf = read("zip", make.ods(table))
    assert shelf.kind == "ods"
    assert list(shelf.rows("Ledger", range(9)).values()) == [[3.0, None], [None, "a"], [None, "a"]]
    assert shelf.findings("Ledger") == Findings(
        hidden_rows=frozenset({1, 2}),
        hidden_columns=frozenset({1}),
        errors={(0, 1): "#DIV/0!"},
        uncalculated=frozenset({(1, 0)}),
        merged=((0, 0, 0, 1),),
    )


def test_an_old_workbook_with_macros_says_so() -> None:
    stream = make.xls(record(0x203, at(0, 0, 0) + struct.pack("<d", 1)))
    raw = Container(stream).read("Workbook")
    assert read("ole", make.ole({"Workbook": raw, "_VBA_PROJECT_CUR": b"x"})).warnings == [
        "the workbook has macros; they were ignored"
    ]
