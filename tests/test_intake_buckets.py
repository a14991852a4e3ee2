"""One column per age: what aging summaries and details of accounting systems hold."""

import pytest

from collect.errors import InputRefused
from tests.intake_sheets import items, table, take


def test_one_column_per_age_bucket() -> None:
    found = take(
        table("""
As at 31 March 2026
Customer | Current | 1-30 | 31-60 | 61-90 | Over 90 | Total
Mehta | 10.00 | 0 | 5.00 | | | 15.00
Kapoor | | | | | 7.50 | 7.50
Total | 10.00 | 0 | 5.00 | 0 | 7.50 | 22.50
""")
    )
    assert [(row.name, row.bucket, row.open_minor, row.due_on) for row in found.rows] == [
        ("Mehta", "not due", 1000, ""),
        ("Mehta", "31-60", 500, ""),
        ("Kapoor", "91+", 750, ""),
    ]
    assert (found.taken, found.control[0].open_minor, found.as_of) == (2, 2250, "2026-03-31")
    assert {one.delta_minor for one in found.file_totals} == {0}


def test_a_summary_whose_customer_column_has_no_header() -> None:
    found = take(
        table("""
A/R Aging Summary Report
As of July 25, 2026
 | Current | 1 - 30 | 31 - 60 | 61 - 90 | 91 and over | Total
TACTICS | | | | | 800.00 | $800.00
Sports | 500.00 | | | | | 500.00
TOTAL | $500.00 | $0.00 | $0.00 | $0.00 | $800.00 | $1,300.00
""")
    )
    assert [(row.name, row.bucket, row.currency, row.open_minor) for row in found.rows] == [
        ("TACTICS", "91+", "USD", 80000),
        ("Sports", "not due", "USD", 50000),
    ]


def test_xero_detail_with_groups_months_and_a_percentage_row() -> None:
    found = take(
        table("""
Aged Receivables Detail
As at 31 March 2026
Invoice Date | Due Date | Invoice Number | Current | < 1 Month | 1 Month | Older | Total
ABC Furniture | | | | | | |
1 Mar 2026 | 11 Mar 2026 | INV-0001 | 0.00 | 1,000.00 | 0.00 | 0.00 | 1,000.00
Total ABC Furniture | | | 0.00 | 1,000.00 | 0.00 | 0.00 | 1,000.00
Basket Case | | | | | | |
1 Feb 2026 | 11 Feb 2026 | INV-0002 | 0.00 | 0.00 | 500.00 | 0.00 | 500.00
Total Basket Case | | | 0.00 | 0.00 | 500.00 | 0.00 | 500.00
Total | | | 0.00 | 1,000.00 | 500.00 | 0.00 | 1,500.00
Percentage of total | | | 0.00% | 66.67% | 33.33% | 0.00% | 100.00%
""")
    )
    assert items(found) == [("ABC Furniture", "INV-0001", 100000), ("Basket Case", "INV-0002", 50000)]
    assert found.layout.buckets[-1].label == "61+"
    assert found.skipped == {"party": 2, "subtotal": 2, "total": 1, "note": 1}


def test_a_summary_without_a_column_of_totals_sums_its_buckets() -> None:
    found = take(table("Customer | Current | 1-30 | 31-60\nMehta | 10.00 | | 5.00\nRao | | 7.50 | "))
    assert [(row.name, row.bucket, row.open_minor) for row in found.rows] == [
        ("Mehta", "not due", 1000),
        ("Mehta", "31-60", 500),
        ("Rao", "1-30", 750),
    ]
    assert found.control[0].open_minor == 2250


def test_a_summary_that_names_nobody_is_refused() -> None:
    with pytest.raises(InputRefused, match="nearest is row 1 of Sheet1: Current") as caught:
        take([["Current", "1-30", None], [10.0, 5.0, 15.0]])
    assert "--map name=" in str(caught.value.hint)


def test_money_without_a_number_in_a_section_has_the_age_of_the_section() -> None:
    found = take(
        table("""
Date | Num | Customer | Amount
31 - 60 days | | |
2026-02-01 | 2 | Mehta | 7.00
 | | Mehta | 3.00
""")
    )
    assert [(row.number, row.bucket, row.amount_minor) for row in found.rows] == [
        ("2", "31-60", 700),
        ("", "31-60", 300),
    ]


def test_a_debt_and_a_credit_that_cancel_each_other_out_are_both_kept() -> None:
    """Mehta owes 5.00 of long ago and has a credit of 5.00 of today; Rao neither."""
    found = take(
        table("Customer | Current | 1-30 | Over 90 | Total\nMehta | -5.00 | | 5.00 | 0.00\nRao | 0 | 0 | 0 | 0")
    )
    assert [(row.name, row.kind, row.bucket, row.open_minor) for row in found.rows] == [
        ("Mehta", "credit", "not due", -500),
        ("Mehta", "item", "91+", 500),
    ]
    assert found.skipped == {"zero": 1}
