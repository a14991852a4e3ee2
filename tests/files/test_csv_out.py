"""Csv for other programs: plain, stable, and nothing in it that a spreadsheet would run."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect.files import csv_out
from collect.screen import Screen
from collect.views.sheet import Column, Sheet
from tests.sheets_to_show import DOLLARS, RUPEES, TODAY, YEN, aging, page, paid, queue

LEADS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
PAYLOADS = ("cmd|' /C calc'!A0", 'HYPERLINK("http://x","y")', "1+1", "SUM(A1:A9)", "", "919812345678")


def text(result: Sheet) -> str:
    return "".join(f"{line}\n" for line in csv_out.lines(result))


def read(result: Sheet) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text(result))))


def test_keys_plain_money_and_every_currency_in_one_table() -> None:
    assert text(aging(RUPEES[:2], DOLLARS, YEN)) == (
        "account,name,currency,not_due,d1_30,d31_60,d61_90,d91_up,unapplied,total\n"
        "A-101,Asha Traders,INR,22542.57,0.00,0.00,0.00,123456.78,-123.02,145876.33\n"
        "A-102,Mehta Hardware & Sons [Pune],INR,0.00,72606.26,353.33,0.00,0.00,0.00,72959.59\n"
        "B-7,Tiny Co,USD,0.00,0.00,0.00,0.00,100000.00,-0.05,99999.95\n"
        "C-1,Kyoto Lamp,JPY,500,0,0,0,0,0,500\n"
    )


def test_every_kind_of_cell() -> None:
    assert text(queue()).splitlines()[1:] == [
        "1,A-101,Asha Traders,INR,123456.78,92,71.5,12.34,call,yes,,2026-11-22,11",
        "2,B-7,Tiny Co,USD,100000.00,3,12,0.05,write to the office again,no,2026-11-23T08:00:00+05:30,,12",
    ]


def test_a_page_is_its_facts_and_then_its_sheets() -> None:
    lines = list(csv_out.lines(page()))
    assert lines[:5] == [
        "account,open,oldest_on,hold,phone",
        "A-101,145876.33,2026-08-01,no,",
        "",
        "items",
        "account,name,currency,not_due,d1_30,d31_60,d61_90,d91_up,unapplied,total",
    ]


def test_a_change_is_one_row() -> None:
    assert list(csv_out.lines(paid())) == ["receipt,amount", "12,5000.00"]


@pytest.mark.parametrize("lead", LEADS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_is_a_formula(lead: str, payload: str) -> None:
    sheet = Sheet("names", "Names", (Column("name", "Name"),), [(lead + payload,), (f"  {lead}{payload}",)])
    first, second = (row["name"] for row in read(sheet))
    assert first.startswith("'")
    assert second.startswith("'") or lead in "\t\r\n\0"
    assert first[1:].strip().endswith(payload.strip())


def test_numbers_below_zero_stay_numbers() -> None:
    assert read(aging(DOLLARS))[0]["unapplied"] == "-0.05"


@given(st.lists(st.tuples(st.text(alphabet=st.characters(codec="utf-8")), st.integers()), min_size=1))
def test_any_text_reads_back_as_one_row(rows: list[tuple[str, int]]) -> None:
    columns = (Column("name", "Name"), Column("number", "Number", "int"))
    found = read(Sheet("names", "Names", columns, rows))
    assert [int(row["number"]) for row in found] == [number for _, number in rows]
    for row, (name, _) in zip(found, rows, strict=True):
        if name.isprintable():
            assert row["name"].removeprefix("'") == name.removeprefix("'") or row["name"] == name


def test_a_file_ends_its_lines_as_the_standard_says(tmp_path: Path) -> None:
    path = tmp_path / "aged.CSV"
    err = io.StringIO()
    Screen(stdout=io.StringIO(), stderr=err, environ={}).show(aging(), output=str(path), today=TODAY)
    assert path.read_bytes().count(b"\r\n") == 4
    assert "श्री गणेश ट्रेडर्स" in path.read_text(encoding="utf-8")
    assert err.getvalue() == f"wrote {path} (3 rows)\n"
