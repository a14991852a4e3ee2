"""The demo ledger: invented, realistic, and the same for everybody on the same day."""

import stat
from collections import Counter
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from collect.demo import COMPANY, Row, customers, ledger
from collect.files.demo_out import HEADER, HEADER_ROW, write

TODAY = date(2026, 11, 22)


def age_of(row: Row) -> str:
    if row.due_on is None:
        return "credit"
    days = (TODAY - row.due_on).days
    return (
        "not due"
        if days <= 0
        else "1-30"
        if days <= 30
        else "31-60"
        if days <= 60
        else "61-90"
        if days <= 90
        else "91+"
    )


def test_four_hundred_rows_of_sixty_accounts() -> None:
    rows = ledger(TODAY)
    assert len(rows) == 400
    assert len({row.customer.number for row in rows}) == 60
    assert len({row.number for row in rows}) == 400


def test_every_bucket_has_bills_and_most_of_the_ledger_is_young() -> None:
    ages = Counter(age_of(row) for row in ledger(TODAY))
    assert set(ages) == {"not due", "1-30", "31-60", "61-90", "91+", "credit"}
    assert min(ages.values()) >= 15
    assert ages["not due"] > ages["1-30"] > ages["31-60"]


def test_credit_notes_and_advances_are_negative_and_have_no_due_date() -> None:
    notes = [row for row in ledger(TODAY) if row.amount_minor < 0]
    assert Counter(row.number[:2] for row in notes) == {"CN": 15, "RV": 11}
    assert all(row.due_on is None and row.amount_minor <= row.open_minor < 0 for row in notes)


def test_part_payments_leave_something_open_of_the_bill() -> None:
    bills = [row for row in ledger(TODAY) if row.amount_minor > 0]
    assert all(0 < row.open_minor <= row.amount_minor for row in bills)
    assert 40 <= sum(row.open_minor < row.amount_minor for row in bills) <= 90


def test_nine_late_bills_are_disputed() -> None:
    disputed = [row for row in ledger(TODAY) if row.disputed]
    assert len(disputed) == 9
    assert all(row.due_on is not None and row.due_on < TODAY for row in disputed)


def test_a_few_large_debtors_carry_most_and_many_small_ones_little() -> None:
    owed: Counter[str] = Counter()
    for row in ledger(TODAY):
        owed[row.customer.number] += row.open_minor
    largest = [amount for _, amount in owed.most_common()]
    assert sum(largest[:8]) > sum(largest[8:])
    assert sum(amount < 50_000_00 for amount in largest) >= 20


@pytest.mark.parametrize("today", [TODAY + timedelta(days=days * 37) for days in range(10)])
def test_any_day_gives_a_ledger_of_that_day(today: date) -> None:
    rows = ledger(today)
    assert rows == ledger(today)
    assert len({row.number for row in rows}) == 400
    assert all(row.document_on <= today for row in rows)
    assert not any(row.document_on.weekday() == 6 for row in rows if row.number.startswith("SI"))


def test_bill_numbers_rise_with_the_date_within_a_financial_year() -> None:
    bills = sorted((row.number, row.document_on) for row in ledger(date(2026, 5, 15)) if row.number.startswith("SI"))
    assert {number[:8] for number, _ in bills} >= {"SI/25-26", "SI/26-27"}
    assert [day for _, day in bills] == sorted(day for _, day in bills)


def test_no_mobile_number_could_be_anybodys() -> None:
    mobiles = [customer.mobile for customer in customers()]
    assert all(mobile.startswith("5") and len(mobile.replace(" ", "")) == 10 for mobile in mobiles)
    assert len(set(mobiles)) == 60


def test_the_workbook_has_titles_one_header_row_and_every_figure(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    write(tmp_path / "bills.xlsx", TODAY)
    sheet = load_workbook(tmp_path / "bills.xlsx").active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][0] == COMPANY
    assert lines[1][0] == "Bills receivable as at 22-Nov-2026"
    assert lines[HEADER_ROW - 1] == HEADER
    body = lines[HEADER_ROW:]
    rows = ledger(TODAY)
    assert [line[2] for line in body] == [row.number for row in rows]
    assert [round(float(str(line[6])) * 100) for line in body] == [row.open_minor for row in rows]
    assert isinstance(body[0][3], datetime)
    assert body[0][3].date() == rows[0].document_on
    assert {line[7] for line in body} == {"Yes", "No"}


def test_the_workbook_is_for_its_owner_only_and_the_same_every_time(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write(tmp_path / name, TODAY)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert stat.S_IMODE((tmp_path / "one.xlsx").stat().st_mode) == 0o600
