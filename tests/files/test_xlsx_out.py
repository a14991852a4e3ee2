"""Workbooks as another program reads them: real numbers and days, text that stays text, nothing that runs."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine

from collect.errors import WrongUsage
from collect.files import xlsx_out
from collect.files.xlsx_cells import money_patterns
from collect.screen import Result, Screen
from collect.views.sheet import Column, Page, Sheet
from tests.files.test_csv_out import LEADS, PAYLOADS
from tests.sheets_to_show import DOLLARS, RUPEES, TODAY, YEN, aging, page, paid, queue
from tests.test_safe import UNHARMED

LAKHS = r"[>=10000000]##\,##\,##\,##0.00;[>=100000]##\,##\,##0.00;##,##0.00"
LAKHS_BELOW = r"[<=-10000000]-##\,##\,##\,##0.00;[<=-100000]-##\,##\,##0.00;##,##0.00"


def written(result: Result) -> bytes:
    file = io.BytesIO()
    xlsx_out.write(file, result, TODAY)
    return file.getvalue()


def opened(result: Result) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(result)))


def values(worksheet: Any) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in worksheet.iter_rows()]


def names(*texts: str) -> Sheet:
    return Sheet("names", "Names", (Column("name", "Name"),), [(text,) for text in texts])


def test_rows_and_totals_are_numbers() -> None:
    worksheet = opened(aging(RUPEES, DOLLARS, YEN))["aging"]
    head, first, *_ = found = values(worksheet)
    assert head[:4] == ["Account", "Name", "Currency", "Not due"]
    assert first == ["A-101", "Asha Traders", "INR", 22542.57, 0, 0, 0, 123456.78, -123.02, 145876.33]
    assert found[6] == [None] * 10
    assert [row[:3] + row[-1:] for row in found[7:]] == [
        ["Total", None, "INR", 218835.93],
        ["Total", None, "USD", 99999.95],
        ["Total", None, "JPY", 500],
    ]


def test_the_header_is_frozen_and_filtered_and_columns_are_wide_enough() -> None:
    worksheet = opened(aging())["aging"]
    assert worksheet.freeze_panes == "A2"
    assert worksheet.auto_filter.ref == "A1:J4"
    assert worksheet["A1"].font.b
    assert worksheet["J6"].font.b
    assert worksheet.column_dimensions["B"].width > len("Mehta Hardware & Sons [Pune]")
    assert worksheet.column_dimensions["J"].width > len("2,18,835.93")


def test_the_first_row_of_totals_is_as_wide_as_its_column() -> None:
    sheet = Sheet("x", "X", (Column("total", "T", "money"),), [(1,)], totals=[{"currency": "INR", "total": 10**13}])
    assert opened(sheet)["x"].column_dimensions["A"].width > len("1,00,00,00,00,000.00")


def test_number_formats_follow_the_currency() -> None:
    worksheet = opened(aging(RUPEES, DOLLARS, YEN))["aging"]
    assert worksheet["J2"].number_format == LAKHS
    assert worksheet["J5"].number_format == "#,##0.00"
    assert worksheet["J6"].number_format == "#,##0"
    assert money_patterns("KWD") == ("#,##0.000", "#,##0.000")


def test_a_lakh_below_zero_is_grouped_too() -> None:
    columns = (Column("currency", "Cur"), Column("open", "Open", "money"))
    rows = [("INR", -9999999), ("INR", -10000000), ("INR", 10000000)]
    worksheet = opened(Sheet("x", "X", columns, rows))["x"]
    assert [worksheet[f"B{row}"].number_format for row in (2, 3, 4)] == [LAKHS, LAKHS_BELOW, LAKHS]
    assert [worksheet[f"B{row}"].value for row in (2, 3, 4)] == [-99999.99, -100000, 100000]


def test_every_kind_of_cell() -> None:
    worksheet = opened(queue())["queue"]
    head, first, second = values(worksheet)
    assert "Reasons" not in head
    day = datetime(2026, 11, 22)  # noqa: DTZ001 - a cell of a workbook has no zone
    assert first == [1, "A-101", "Asha Traders", "INR", 123456.78, 92, 71.5, 0.1234, "call", "yes", None, day, 11]
    assert second[10] == "2026-11-23 08:00 +05:30"
    assert worksheet["H2"].number_format == "0.00%"
    assert worksheet["L2"].number_format == "yyyy-mm-dd"


def test_what_a_cell_cannot_hold_exactly_is_text() -> None:
    columns = (
        Column("open", "Open", "money"),
        Column("on", "On", "date"),
        Column("rate", "Rate", "number"),
        Column("n", "N", "int"),
    )
    rows = [(10**15, date(1900, 2, 28), "0.1234567890123456", 10**15), (10**15 - 1, "1900-03-01", "1e3", -1)]
    _, first, second = values(opened(Sheet("x", "X", columns, rows))["x"])
    assert first == ["10000000000000.00", "1900-02-28", "0.1234567890123456", str(10**15)]
    assert second[0] == 9999999999999.99
    assert second[2:] == ["1e3", -1]


def test_no_text_is_a_formula_or_a_link() -> None:
    texts = [lead + payload for lead in LEADS for payload in PAYLOADS]
    texts += ["http://example.com", "mailto:a@b.c", "internal:Sheet2!A1", "{=1+1}", "12", "1e5", "TRUE", "#N/A"]
    sheet = Sheet("names", "=1+1", (Column("name", "=2+2"),), [(text,) for text in texts], notes=("=3+3",))
    data = written(sheet)
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        xml = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("xl/worksheets"))
    assert not re.search("<f>|<f |<hyperlink", xml)
    worksheet = openpyxl.load_workbook(io.BytesIO(data))["names"]
    assert {cell.data_type for row in worksheet.iter_rows() for cell in row} == {"s"}
    assert worksheet["A1"].value == "=2+2"


@pytest.mark.parametrize(
    "text", [*UNHARMED, "<r><t>x</t></r>", "<r>&amp;</r>", "_x0041_", "a & b < c", " lead", "_x001B_[31m"]
)
def test_text_comes_back_as_it_went_in(text: str) -> None:
    data = written(names(text))
    assert openpyxl.load_workbook(io.BytesIO(data))["names"]["A2"].value.replace("_x005F_x", "_x") == text
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("names").to_python()
    assert rows[1] == [text]


def test_text_too_long_for_a_cell_says_that_it_was_cut() -> None:
    for sign in ("x", "😀"):
        cell = opened(names(sign * 40_000))["names"]["A2"].value
        assert cell.endswith("…")
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767


def test_the_last_worksheet_says_what_this_is() -> None:
    book = opened(aging())
    assert book.properties.title == "Aged debts on 2026-11-22"
    assert values(book["about"]) == [
        ["Report", "Aged debts on 2026-11-22"],
        ["Today", "2026-11-22"],
        ["by", "account"],
        ["as_of", "2026-11-22"],
        ["Proof", "proof INR: postings 2,18,835.93 = report 2,18,835.93  ok"],
        ["Note", "1 item without a due date: aged by its document date"],
    ]


def test_a_page_has_a_worksheet_for_each_sheet() -> None:
    facts = page().facts
    sheets = {"about": aging(), "a/b:c*" + "x" * 40: names("A"), "A/B:C*" + "X" * 40: names("B")}
    book = opened(Page("account", "Asha", facts, sheets))
    assert book.sheetnames == ["about", "a_b_c_" + "x" * 22, "A_B_C_" + "X" * 22 + " 2", "about 2"]
    assert ["Open", "INR 1,45,876.33"] in values(book["about 2"])


def test_a_change_is_told_on_one_worksheet() -> None:
    book = opened(paid(dry_run=True))
    assert book.sheetnames == ["about"]
    assert values(book["about"])[-1] == ["Dry run", "nothing was changed"]


def test_more_rows_than_a_worksheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_out, "_MAX_ROWS", 5)
    assert written(names("1", "2", "3"))
    with pytest.raises(WrongUsage, match="more rows than a worksheet holds: 5"):
        written(names("1", "2", "3", "4"))


def test_the_same_result_on_the_same_day_is_the_same_file() -> None:
    assert written(aging()) == written(aging())


def test_a_file_is_written_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "aged.xlsx"
    err = io.StringIO()
    Screen(stdout=io.StringIO(), stderr=err, environ={}).show(names("A"), output=str(path), today=TODAY)
    assert openpyxl.load_workbook(path)["names"]["A2"].value == "A"
    assert err.getvalue() == f"wrote {path} (1 row)\n"
