"""What an xlsx holds, read in pieces and compared with what calamine makes of the whole file."""

import io
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect.errors import InputRefused
from collect.files import preflight, sheetscan, workbook
from collect.files.cells import Findings
from collect.files.layout import layout
from collect.files.preflight import Package
from collect.files.readers import read, second_reader
from tests.files import make
from tests.files.make import number, row, string, text

NOON = datetime.fromisoformat("2026-04-01T12:00")
ERROR = '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'


def cells(content: bytes, sheet: str = "Ledger") -> list[list[Any]]:
    """All rows of a workbook, read in this process."""
    shelf = read("zip", content)
    return list(shelf.rows(sheet, range(1000)).values())


def findings(content: bytes) -> Findings:
    """Findings of the only sheet."""
    return read("zip", content).findings("Ledger")


def test_values_keep_their_kind_and_their_place() -> None:
    styles = make.number_formats("dd/mm/yyyy", "dd/mm/yyyy hh:mm")
    rows = row(3, text("B3", "Asha"), number("C3", "1250.5"), number("D3", "46113", 1), number("E3", "46113.5", 2))
    shelf = read("zip", make.xlsx(rows + row(5, '<c r="B5" t="b"><v>1</v></c>'), styles=styles))
    assert shelf.kind == "xlsx"
    assert (shelf.sheets[0].rows, shelf.sheets[0].columns) == (5, 5)
    found = list(shelf.rows("Ledger", range(9)).values())
    assert found[:2] == [[None] * 5, [None] * 5]
    assert found[2] == [None, "Asha", 1250.5, date(2026, 4, 1), NOON]
    assert found[4] == [None, True, None, None, None]


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    styles = make.number_formats("dd/mm/yyyy")
    rows = row(1, number("A1", "44651", 1))
    assert cells(make.xlsx(rows, styles=styles)) == [[date(2022, 3, 31)]]
    assert cells(make.xlsx(rows, styles=styles, settings='<workbookPr date1904="1"/>')) == [[date(2026, 4, 1)]]


def test_a_time_of_day_is_text() -> None:
    assert cells(make.xlsx(row(1, number("A1", "0.5", 1)), styles=make.number_formats("hh:mm"))) == [["12:00:00"]]


def test_error_cells_are_blank_and_named() -> None:
    content = make.xlsx(row(1, text("A1", "x")) + row(2, '<c r="A2" s="0" t="e"><v>#N/A</v></c>', ERROR))
    assert cells(content)[1] == [None, None, None]
    assert findings(content).errors == {(1, 0): "#N/A", (1, 2): "#DIV/0!"}


def test_formulas_without_a_value_are_found_and_empty_texts_are_not() -> None:
    content = make.xlsx(
        row(
            1,
            '<c r="A1"><f>B1*2</f></c><c r="B1"><f>C1</f><v></v></c><c r="C1"><f t="shared" si="0"/><v/></c>',
            '<c r="D1"><f>1+1</f><v>2</v></c><c r="E1" t="str"><f>F1</f><v></v></c><c r="F1" t="str"><f>"a"</f></c>',
        )
    )
    assert findings(content).uncalculated == {(0, 0), (0, 1), (0, 2), (0, 5)}


def test_zeros_left_for_excel_to_calculate_are_no_values() -> None:
    rows = row(1, '<c r="A1"><f>B1*2</f><v>0</v></c><c r="B1"><v>0</v></c>') + row(2, '<c r="A2"><f>B2</f><v>0</v></c>')
    waiting = '<calcPr fullCalcOnLoad="1"/>'
    assert findings(make.xlsx(rows, settings=waiting)).uncalculated == {(0, 0), (1, 0)}
    assert findings(make.xlsx(rows)).uncalculated == frozenset()
    calculated = rows + row(3, '<c r="A3"><f>B3</f><v>7</v></c>')
    assert findings(make.xlsx(calculated, settings=waiting)).uncalculated == frozenset()


def test_hidden_rows_and_columns_and_merged_cells_are_found() -> None:
    content = make.xlsx(
        row(1, text("A1", "x")) + row(2, text("A2", "y"), also=' hidden="1" ht="0"') + row(4, also=' hidden="true"'),
        head='<cols><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0"/><col min="6" max="6"/></cols>',
        tail='<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells>',
    )
    found = findings(content)
    assert found.hidden_rows == {1, 3}
    assert found.hidden_columns == {1, 2, 4}
    assert found.merged == ((0, 0, 0, 2), (1, 1, 3, 1))


def test_dr_and_cr_of_number_formats_are_signs_of_numbers_only() -> None:
    styles = make.number_formats('""0.00" Dr"', '""0.00" Cr"', '0.00" Dr";0.00" Cr"', "0.00")
    rows = row(1, number("A1", "500", 1), number("B1", "500", 2), number("C1", "-20", 3), number("D1", "9", 4))
    rows += row(
        2, number("A2", "-500", 2), '<c r="B2" s="2" t="s"><v>0</v></c>', '<c r="C2" s="1"><f>1+1</f><v>2</v></c>'
    )
    content = make.xlsx(rows + row(3, '<c r="A3" s="1"/>'), styles=styles, strings=["Amount"])
    assert findings(content).signs == {0: {0: 1, 1: 1}, 1: {0: -1}, 2: {0: -1, 1: 1}}


def test_a_second_sheet_of_one_name_gets_a_number() -> None:
    parts = make.parts({"Ledger": make.worksheet(row(1, number("A1", "7")))})
    twice = '<sheet name="Ledger" sheetId="2" r:id="s1"/></sheets>'
    shelf = read(
        "zip", make.packed({**parts, "xl/workbook.xml": str(parts["xl/workbook.xml"]).replace("</sheets>", twice)})
    )
    assert [sheet.name for sheet in shelf.sheets] == ["Ledger", "Ledger (2)"]
    assert list(shelf.rows("Ledger (2)", [0]).values()) == [[7.0]]


def test_sheets_tell_whether_they_can_be_seen() -> None:
    content = make.packed(make.parts({"A": make.worksheet(""), "B": make.worksheet("")}, states={"B": "hidden"}))
    assert [(sheet.name, sheet.visible, sheet.rows) for sheet in read("zip", content).sheets] == [
        ("A", True, 0),
        ("B", False, 0),
    ]


def test_a_sheet_that_is_missing_is_said_and_the_others_are_read() -> None:
    parts = make.parts({"A": make.worksheet(row(1, number("A1", "1"))), "B": make.worksheet("")})
    del parts["xl/worksheets/sheet2.xml"]
    shelf = read("zip", make.packed(parts))
    assert [sheet.name for sheet in shelf.sheets] == ["A"]
    assert shelf.warnings == ["a sheet is missing from the file: B"]


def test_macros_and_links_are_named_and_not_followed() -> None:
    parts = make.parts({"A": make.worksheet(row(1, number("A1", "1")))})
    shelf = read("zip", make.packed({**parts, "xl/vbaProject.bin": b"x", "xl/externalLinks/externalLink1.xml": "<a/>"}))
    assert shelf.kind == "xlsm"
    assert [warning.split(";")[0] for warning in shelf.warnings] == [
        "the workbook has macros",
        "the workbook links to other workbooks",
    ]


UNUSUAL = {
    "prefixed": lambda xml: xml.replace("<", "<x:").replace("<x:/", "</x:").replace("xmlns=", "xmlns:x="),
    "single quotes": lambda xml: xml.replace('"', "'"),
    "style first": lambda xml: xml.replace('<c r="C2" t="e">', '<c t="e" r="C2">'),
    "comment": lambda xml: xml.replace("<row r", "<!-- a row --><row r", 1),
    "stated size is wrong": lambda xml: xml.replace("<sheetData>", '<dimension ref="A0:B3"/><sheetData>'),
    "no row numbers": lambda xml: (
        xml.replace('<row r="1"', "<row").replace('<row r="2"', "<row").replace('r="A1" ', "")
    ),
    "as usual": lambda xml: xml,
}


@pytest.mark.parametrize("change", UNUSUAL.values(), ids=UNUSUAL)
def test_xml_in_any_layout_gives_the_same(change: Any) -> None:
    rows = row(1, text("A1", "Name")) + row(
        2, number("A2", "-7", 1), '<c r="B2"><f>A2</f></c>', ERROR, also=' hidden="1"'
    )
    head, tail = '<cols><col min="3" max="3" hidden="1"/></cols>', '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    xml = change(make.worksheet(rows, head=head, tail=tail))
    content = make.packed(make.parts({"Ledger": xml}, styles=make.number_formats('0.00" Cr"')))
    assert cells(content) == [["Name", None, None], [-7.0, None, None]]
    assert findings(content) == Findings(
        hidden_rows=frozenset({1}),
        hidden_columns=frozenset({2}),
        errors={(1, 2): "#DIV/0!"},
        uncalculated=frozenset({(1, 1)}),
        merged=((0, 0, 0, 1),),
        signs={0: {1: 1}},
    )


def test_rows_out_of_order_keep_their_numbers() -> None:
    content = make.xlsx(row(3, number("A3", "3")) + row(1, number("A1", "1")))
    assert cells(content) == [[1.0], [None], [3.0]]


def test_what_calamine_refuses_goes_to_the_second_reader() -> None:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Ledger"
    sheet.append(["Due", "#N/A"])
    sheet.append([date(2026, 4, 1), NOON])
    made = io.BytesIO()
    book.save(made)
    shelf = second_reader(Package(made.getvalue()), "xlsx")
    assert list(shelf.rows("Ledger", range(5)).values()) == [["Due", None], [date(2026, 4, 1), NOON]]
    assert shelf.findings("Ledger").errors == {(0, 1): "#N/A"}
    assert "second reader" in shelf.warnings[0]


@pytest.mark.parametrize("value", ["1e999", "NaN", "-inf"])
def test_a_number_that_is_not_finite_is_refused_with_its_place(value: str) -> None:
    with pytest.raises(InputRefused, match=r"a number that is not finite: Ledger!B2"):
        cells(make.xlsx(row(1, text("A1", "x")) + row(2, number("B2", value))))


CELL = st.one_of(
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="_"), max_size=6),
)


def written(ref: str, value: str | float, strings: list[str]) -> str:
    if isinstance(value, float):
        return number(ref, repr(value))
    return string(ref, strings.index(value)) if strings else text(ref, value)


def test_findings_are_whole_though_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    styles = make.number_formats('0.00" Cr"')
    rows = "".join(
        row(
            at,
            number(f"A{at}", str(at * 7919), 1),
            f'<c r="B{at}" t="e"><v>#N/A</v></c><c r="C{at}"><f>A{at}</f></c><c r="AB{at}" t="s"><v>{at % 2}</v></c>',
            also=' hidden="1"' if at % 3 else "",
        )
        for at in range(1, 400)
    )
    tail = '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>'
    content = make.xlsx(rows, styles=styles, strings=["a", "b"], tail=tail)
    whole = findings(content)
    monkeypatch.setattr(workbook, "PIECE_BYTES", 2_000)
    monkeypatch.setattr(sheetscan, "_EXACT_BELOW", 1_000)
    monkeypatch.setattr(preflight, "_BITE", 100)
    assert findings(content) == whole
    assert (len(whole.errors), len(whole.uncalculated), len(whole.hidden_rows)) == (399, 399, 266)
    assert whole.signs == {0: dict.fromkeys(range(399), -1)}
    assert (
        workbook.findings_only(Package(content), layout(Package(content)), layout(Package(content)).sheets[0]) == whole
    )


@pytest.mark.parametrize("far", ["Z", "AA", "XFD"])
def test_a_far_column_late_in_a_long_sheet_is_seen(far: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "PIECE_BYTES", 500)
    monkeypatch.setattr(sheetscan, "_EXACT_BELOW", 100)
    monkeypatch.setattr(preflight, "_BITE", 60)
    rows = "".join(row(at, number(f"A{at}", str(at * 7919)), number(f"C{at}", "1")) for at in range(1, 300))
    content = make.xlsx(rows + row(300, number(f"{far}300", "5")))
    assert read("zip", content).sheets[0].columns == {"Z": 26, "AA": 27, "XFD": 16_384}[far]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(CELL, max_size=5), min_size=1, max_size=40),
    st.integers(0, 30),
    st.integers(1, 900),
    st.booleans(),
)
def test_reading_in_pieces_loses_and_moves_nothing(table: list[list[Any]], first: int, size: int, shared: bool) -> None:
    """A sheet cut into pieces of any size reads as calamine reads it whole."""
    from python_calamine import CalamineWorkbook

    rows = ""
    strings = [each for line in table for each in line if isinstance(each, str)] if shared else []
    for at, line in enumerate(table, first + 1):
        refs = [(f"{chr(66 + column)}{at}", value) for column, value in enumerate(line) if value is not None]
        rows += row(at, *(written(ref, each, strings) for ref, each in refs))
    content = make.xlsx(rows, strings=strings)
    whole = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workbook, "PIECE_BYTES", size)
        patch.setattr(preflight, "_BITE", 40)
        found = cells(content)
    wanted = [[None if cell == "" else cell for cell in line] for line in whole.to_python(skip_empty_area=False)]
    assert [line for line in found if any(cell is not None for cell in line)] == [
        line for line in wanted if any(cell is not None for cell in line)
    ]
    assert [at for at, line in enumerate(found) if any(cell is not None for cell in line)] == [
        at for at, line in enumerate(wanted) if any(cell is not None for cell in line)
    ]
