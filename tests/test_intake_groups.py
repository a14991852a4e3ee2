"""Rows that are no items: parties above their bills, subtotals, totals, repeated headers."""

from datetime import date

from collect.grids import Cell, Findings
from tests.intake_sheets import items, table, take


def test_tally_groups_bills_under_parties_and_counts_money_on_account() -> None:
    found = take(
        table("""
Gupta Traders
Group Outstandings
1-Apr-2026 to 30-Sep-2026
Date | Ref. No. | Opening Amount | Pending Amount | Due on | Overdue by days
Mehta Hardware (M-104) | | | | |
12-Aug-2026 | S/101 | 1,00,000.00 Dr | 90,000.00 Dr | 11-Sep-2026 | 16
15-Aug-2026 | S/102 | 28,500.00 Dr | 28,500.00 Dr | 14-Sep-2026 | 13
On Account | | | 5,000.00 Cr | |
 | | | 1,13,500.00 Dr | |
Kapoor & Co | | | | |
01-Sep-2026 | S/110 | 64,000.00 Dr | 60,000.00 Dr | 01-Oct-2026 |
 | | | 60,000.00 Dr | |
Total | | | 1,73,500.00 Dr | |
""")
    )
    assert [(row.account, row.name, row.number, row.kind, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("M-104", "Mehta Hardware", "S/101", "item", 10000000, 9000000),
        ("M-104", "Mehta Hardware", "S/102", "item", 2850000, 2850000),
        ("M-104", "Mehta Hardware", "", "credit", -500000, -500000),
        ("Kapoor & Co", "Kapoor & Co", "S/110", "item", 6400000, 6000000),
    ]
    assert found.skipped == {"party": 2, "subtotal": 2, "total": 1}
    assert [(one.stated_minor, one.delta_minor) for one in found.file_totals] == [(17350000, 0)]
    assert (found.as_of, found.warnings) == ("2026-09-30", [])


def test_a_party_row_may_state_its_sum_above_its_bills_or_be_its_only_row() -> None:
    found = take(
        table("""
Party | Bill No | Bill Date | Due Date | Balance
Mehta | | | | 300.00
 | S1 | 2026-04-01 | 2026-05-01 | 100.00
 | S2 | 2026-04-02 | 2026-05-02 | 200.00
Kapoor | | | | 55.00
 | S3 | 2026-04-03 | 2026-05-03 | 50.00
Rao | | | | 70.00
Grand Total | | | | 420.00
""")
    )
    assert items(found) == [("Mehta", "S1", 10000), ("Mehta", "S2", 20000), ("Kapoor", "S3", 5000), ("Rao", "", 7000)]
    assert found.warnings == [
        "1 subtotals differ from their rows, the first in E5 (Balance): it says 55.00, its rows sum to 50.00",
        "1 rows have no due date: due from the item date + credit days",
    ]


def test_a_party_written_once_stands_for_the_rows_below_it() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 100.00
 | S2 | 2026-04-02 | 200.00
Mehta Total | | | 300.00
Kapoor | S3 | 2026-04-03 | 50.00
 | S4 | 2026-04-03 | 60.00
Kapoor Total | | | 110.00
Grand Total | | | 410.00
""")
    )
    assert [name for name, _, _ in items(found)] == ["Mehta", "Mehta", "Kapoor", "Kapoor"]
    assert (found.skipped, found.file_totals[0].delta_minor) == ({"subtotal": 2, "total": 1}, 0)
    assert found.warnings == ["2 rows without a customer belong to the customer above them"]


def test_a_missing_customer_is_not_guessed_from_the_row_above_unless_the_cell_is_merged() -> None:
    rows = table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 1.00
 | S2 | 2026-04-01 | 1.00
Mehta | S3 | 2026-04-01 | 1.00
Mehta | S4 | 2026-04-01 | 1.00
""")
    assert [(one.row, one.reason) for one in take(rows).rejects] == [(3, "no customer")]
    merged = take(rows, Findings(merged=[(1, 0, 2, 0)]))
    assert (merged.rejects, len(merged.rows)) == ([], 4)


def test_headers_in_two_rows_and_a_customer_called_total() -> None:
    found = take(
        table("""
Customer | | Invoice | | Amount |
Code | Name | No | Date | Original | Open
C1 | Mehta | S1 | 2026-04-01 | 100.00 | 80.00
C2 | Total | S2 | 2026-04-01 | 50.00 | 50.00
 | | | | 150.00 | 130.00
""")
    )
    assert [(row.account, row.name, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("C1", "Mehta", 10000, 8000),
        ("C2", "Total", 5000, 5000),
    ]
    assert (found.layout.header_row, found.skipped) == (1, {"total": 1})


def test_total_by_arithmetic_where_only_names_and_amounts_stand() -> None:
    found = take(table("Customer | Amount\nTotal | 10.00\nMehta | 20.00\nKapoor | 30.00\nTotal | 60.00"))
    assert items(found) == [("Total", "", 1000), ("Mehta", "", 2000), ("Kapoor", "", 3000)]


def test_headers_repeated_on_each_page_and_sums_carried_forward() -> None:
    found = take(
        table("""
Party | Bill | Date | Amount
M | 1 | 2026-04-01 | 10.00
M | 2 | 2026-04-01 | 10.00
Carried forward | | | 20.00
Party | Bill | Date | Amount
Brought forward | | | 20.00
M | 3 | 2026-04-01 | 10.00
Total | | | 30.00
""")
    )
    assert (len(found.rows), found.skipped) == (3, {"header": 1, "subtotal": 2, "total": 1})


def test_a_total_of_the_visible_rows_is_explained() -> None:
    rows: list[list[Cell]] = [["Customer", "Invoice", "Date", "Amount"]]
    rows += [["M", str(i), date(2026, 5, i + 1), 10.5] for i in range(9)]
    found = take([*rows, ["Total", None, None, 52.5]], Findings(hidden_rows={2, 3, 4, 5}))
    assert found.hidden_rows == 4
    assert found.warnings[0] == (
        "the file's total in D11 (Amount) is 52.50: it counts the 5 visible rows; all 9 rows sum to 94.50"
    )


def test_two_customers_of_one_row_may_owe_the_same() -> None:
    found = take(table("Customer | Invoice | Date | Amount\nMehta | S1 | 2026-04-01 | 100.00\nRao | | | 100.00"))
    assert items(found) == [("Mehta", "S1", 10000), ("Rao", "", 10000)]


def test_a_total_that_sums_another_column_is_explained() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Balance
Mehta | S1 | 2026-04-01 | 100.00 | 40.00
Mehta | S2 | 2026-04-01 | 50.00 | 50.00
Total | | | 90.00 | 90.00
""")
    )
    assert found.warnings == [
        "the file's total in D4 (Amount) is 90.00: it is the sum of column 'Balance'; its own sums to 150.00"
    ]
    assert [(one.stated_minor, one.read_minor) for one in found.file_totals] == [(9000, 15000), (9000, 9000)]


def test_a_row_of_nothing_but_zeros_is_no_total() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 100.00
 | | | 0.00
Rao | S2 | 2026-04-02 | 50.00
 | | | 0.00
""")
    )
    assert items(found) == [("Mehta", "S1", 10000), ("Rao", "S2", 5000)]
    assert (found.skipped, found.file_totals, found.warnings) == ({"zero": 2}, [], [])


def test_a_party_called_total_heads_its_own_bills() -> None:
    found = take(
        table("""
Party | Bill No | Bill Date | Balance
Kapoor | | | 50.00
 | S1 | 2026-04-01 | 50.00
Total Traders | | | 300.00
 | S2 | 2026-04-01 | 100.00
 | S3 | 2026-04-02 | 200.00
Total | | | 350.00
""")
    )
    assert items(found) == [("Kapoor", "S1", 5000), ("Total Traders", "S2", 10000), ("Total Traders", "S3", 20000)]
    assert (found.skipped, found.file_totals[0].delta_minor, found.warnings) == ({"party": 2, "total": 1}, 0, [])


def test_a_wordless_sum_below_the_last_item_is_a_total_though_it_is_wrong() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 100.00
Rao | S2 | 2026-04-02 | 50.00
 | | | 149.00
""")
    )
    assert items(found) == [("Mehta", "S1", 10000), ("Rao", "S2", 5000)]
    assert found.warnings == ["the file's total in D4 (Amount) is 149.00, its rows sum to 150.00"]
