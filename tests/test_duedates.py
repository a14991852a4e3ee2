"""Due dates that a list tells only as days overdue, and documents whose every line repeats the whole amount."""

import pytest

from collect.grids import Options
from tests.intake_sheets import table, take

LATE = "As of 16 April 2026\nCustomer | Invoice | Date | Days Overdue | Amount\n"


def _due(text: str, options: Options | None = None) -> list[tuple[str, str, str]]:
    return [(row.due_on, row.due_from, row.bucket) for row in take(table(text), options=options).rows]


def test_days_overdue_and_the_day_of_the_list_tell_the_due_date() -> None:
    found = take(table(f"{LATE}Mehta | 1 | 25 Jan 2026 | 51 Days | 5.00\nMehta | 2 | 10 Apr 2026 | -24 | 5.00"))
    assert [(row.due_on, row.due_from) for row in found.rows] == [
        ("2026-02-24", "days overdue"),
        ("2026-05-10", "days overdue"),
    ]
    assert found.warnings == ["due dates reckoned from the days overdue and the list's day, 2026-04-16: 2"]


def test_a_row_that_is_not_overdue_is_not_due_by_its_own_date() -> None:
    """Rao | 2: the list calls it not overdue, so it is not chased from the day it was written."""
    rows = "Mehta | 1 | 25 Jan 2026 | 51 | 5.00\nRao | 2 | 26 Jan 2026 | 0 | 6.00\nRao | 3 | 27 Jan 2026 | | 7.00"
    not_due = ("", "", "not due")
    assert _due(LATE + rows) == [("2026-02-24", "days overdue", ""), not_due, not_due]
    assert _due(LATE + rows, Options(credit_days=7))[1:] == [not_due, not_due]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("no day of the list", LATE.partition("\n")[2] + "Mehta | 1 | 25 Jan 2026 | 51 | 5.00"),
        ("nothing is overdue", f"{LATE}Mehta | 1 | 25 Jan 2026 | 0 | 5.00"),
        ("the age of the document", f"{LATE}Mehta | 1 | 25 Jan 2026 | 81 | 5.00\nMehta | 2 | 15 Apr 2026 | 1 | 5.00"),
        ("due before the document", f"{LATE}Mehta | 1 | 15 Apr 2026 | 51 | 5.00"),
        ("no count of days", f"{LATE}Mehta | 1 | 25 Jan 2026 | Yes | 5.00\nMehta | 2 | 25 Jan 2026 | Yes | 5.00"),
        ("an age of who knows what", "As of 16 April 2026\nCustomer | Invoice | Age | Amount\nMehta | 1 | 51 | 5.00"),
    ],
)
def test_a_count_of_days_that_proves_nothing_is_not_used(what: str, text: str) -> None:
    assert {(due, origin) for due, origin, _ in _due(text)} == {("", "")}, what


def test_days_overdue_need_no_document_date() -> None:
    assert _due("As of 16 April 2026\nLAN | Name | DPD | Overdue Amount\nL1 | Rao | 42 | 5.00") == [
        ("2026-03-05", "days overdue", "")
    ]


def _amounts(text: str) -> list[tuple[int, int | None]]:
    return [(row.amount_minor, row.open_minor) for row in take(table(text)).rows]


def test_the_amount_of_a_document_on_each_of_its_lines_counts_once() -> None:
    text = """
Customer | Invoice | Due Date | Item Name | Item Total | Total | Balance
Mehta | 1 | 2026-02-04 | Bolt | 500.00 | 1180.00 | 1000.00
Mehta | 1 | 2026-02-04 | Nut | 500.00 | 1180.00 | 1000.00
Rao | 2 | 2026-02-04 | Drill | 2000.00 | 2360.00 | 2360.00
"""
    found = take(table(text))
    assert [(row.amount_minor, row.open_minor) for row in found.rows] == [(118_000, 100_000), (236_000, 236_000)]
    assert found.warnings == ["lines that repeat the amount of their document, not added again: 1"]
    assert (found.rows_read, found.taken) == (3, 3)


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("no column for the line's own", "Item | Amount\nBolt | 500.00\nNut | 500.00"),
        ("the line's own with tax", "Item | Item Total | Amount\nBolt | 500.00 | 590.00\nNut | 500.00 | 590.00"),
        ("two different lines", "Item | Item Total | Amount\nBolt | 100.00 | 500.00\nNut | 100.00 | 590.00"),
        ("nothing in the column", "Item | Item Total | Amount\nBolt | | 500.00\nNut | | 500.00"),
    ],
)
def test_lines_with_amounts_of_their_own_are_summed(what: str, text: str) -> None:
    head, *rows = text.splitlines()
    whole = "\n".join([f"Customer | Invoice | {head}", *(f"Mehta | 1 | {row}" for row in rows)])
    assert len(_amounts(whole)) == 1, what
    assert _amounts(whole)[0][0] in {100_000, 118_000, 109_000}, what
