"""Days of a ledger: due by terms, and swapped by Excel."""

from datetime import date

import pytest

from collect.errors import InputRefused
from collect.grids import Cell, Options
from tests.intake_sheets import table, take


def test_terms_give_due_dates_and_say_so() -> None:
    found = take(table("""
Customer | Invoice | Date | Due Date | Terms | Amount
Mehta | 1 | 2026-04-01 | | Net 30 | 10.00
Mehta | 2 | 2026-04-01 | | EOM+15 | 10.00
Mehta | 3 | 2026-04-01 | 2026-04-20 | Net 30 | 10.00
Mehta | 4 | 2026-04-01 | | whenever | 10.00
"""), options=Options(credit_days=7))  # fmt: skip
    assert [(row.due_on, row.due_from) for row in found.rows] == [
        ("2026-05-01", "terms"),
        ("2026-05-15", "terms"),
        ("2026-04-20", "file"),
        ("2026-04-08", "--credit-days"),
    ]


def test_days_swapped_by_excel_are_put_right_or_refused() -> None:
    head: list[Cell] = ["Customer", "Invoice", "Date", "Amount"]
    days: list[Cell] = [
        date(2026, 5, 4),
        "13/04/2026",
        date(2026, 6, 4),
        date(2026, 7, 4),
        date(2026, 4, 4),
        date(2026, 8, 4),
    ]
    rows: list[list[Cell]] = [["M", str(i), day, 10.5] for i, day in enumerate(days)]
    found = take([head, *rows])
    assert [row.document_on[5:] for row in found.rows] == ["04-05", "04-13", "04-06", "04-07", "04-04", "04-08"]
    assert found.warnings == ["4 days in column 'Date' had day and month swapped by Excel and were put right"]
    with pytest.raises(InputRefused, match="day and month may be swapped"):
        take([head, *rows[:3]])
    whole = take([head, ["M", "99", date(2026, 5, 14), 1.0], *rows[:3]])
    assert whole.rows[1].document_on == "2026-05-04"


def test_a_day_before_the_first_document_is_not_the_day_of_the_list() -> None:
    rows = table("Customer | Invoice | Date | Amount\nM | 1 | 2026-04-01 | 5.00")
    found = take([["As of 31 March 2026"], *rows])
    assert (found.as_of, found.warnings) == (
        "", ["the file says 2026-03-31, which is before its first document: not taken as its day (--as-of)"],
    )  # fmt: skip
    assert take([["As of 1 April 2026"], *rows]).as_of == "2026-04-01"


def test_items_due_before_their_own_date_are_counted() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Due Date | Amount
M | 1 | 2026-04-01 | 2026-03-01 | 5.00
M | 2 | 2026-04-01 | 2026-04-01 | 5.00
""")
    )
    assert found.warnings == ["1 items are due before their own date"]
