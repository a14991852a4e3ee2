"""Corners of real exports, each a small table."""

from datetime import date

import pytest

from collect import intake
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Findings, Options
from tests.intake_sheets import Tab, table, take, take_all

PLAIN = "Customer | Invoice | Date | Amount\nMehta | S1 | 2026-04-01 | 100.00\nKapoor | S2 | 2026-04-02 | 50.00"


def test_a_total_above_its_rows_and_totals_of_totals() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Total | | | 160.00
North | | |
Mehta | S1 | 2026-04-01 | 100.00
Subtotal | | | 100.00
Mehta | S2 | 2026-04-02 | 50.00
Subtotal | | | 50.00
Total North | | | 150.00
Rao | S3 | 2026-04-03 | 10.00
Subtotal | | | 10.00
""")
    )
    assert (found.warnings, found.skipped) == ([], {"total": 1, "section": 1, "subtotal": 4})


def test_bucket_sections_give_the_age_where_no_due_date_does() -> None:
    found = take(
        table("""
 | Date | Num | Customer | Amount
91 or more days past due | | | |
 | 2025-01-01 | 1 | Mehta | 100.00
Total for 91 or more days past due | | | | 100.00
Current | | | |
 | 2026-04-01 | 2 | Mehta | 7.00
Total for Current | | | | 7.00
""")
    )
    assert [(row.number, row.bucket) for row in found.rows] == [("1", "91+"), ("2", "not due")]


def test_a_bucket_column_gives_the_age_where_no_due_date_does() -> None:
    found = take(table("Customer | Invoice | Amount | Bucket\nMehta | 1 | 5.00 | 90+\nRao | 2 | 5.00 | doubtful"))
    assert [row.bucket for row in found.rows] == ["91+", "doubtful"]


def test_buckets_that_do_not_add_up_to_what_is_open_leave_the_row_whole() -> None:
    found = take(
        table("Customer | Invoice | Balance | 1-30 | 31-60\nMehta | 1 | 9.00 | 5.00 | 3.00\nRao | 2 | 2.00 | | ")
    )
    assert [(row.bucket, row.open_minor) for row in found.rows] == [("", 900), ("", 200)]


def test_a_party_row_with_columns_for_number_and_name() -> None:
    found = take(table("""
Code | Party Name | Bill No | Bill Date | Pending Amount
M-1 | Mehta | | |
 | | S1 | 2026-04-01 | 5.00
Phone: 98765 | | | |
 | Rao | | |
 | | S2 | 2026-04-01 | 6.00
 | | X9 | | 7.00
"""), options=Options(mapping={"account": "Code"}))  # fmt: skip
    assert [(row.account, row.name, row.number) for row in found.rows] == [
        ("M-1", "Mehta", "S1"),
        ("Rao", "Rao", "S2"),
        ("Rao", "Rao", "X9"),
    ]
    assert found.skipped == {"party": 2, "note": 1}


def test_amounts_that_belong_to_nobody_are_set_aside() -> None:
    found = take(
        table(PLAIN + "\n | | | 33.00\nRao | S4 | 2026-04-02 | 1.00\n | S5 | 2026-04-03 | 4.00\nRao | S6 | | ")
    )
    assert [(one.row, one.reason) for one in found.rejects] == [
        (4, "an amount, but nothing says whose it is"),
        (6, "no customer"),
        (7, "no amount"),
    ]
    grouped = take(table("Bill No | Date | Amount\nS0 | 2026-04-01 | 1.00\nMehta | |\nS1 | 2026-04-01 | 2.00"))
    assert [(one.row, one.reason) for one in grouped.rejects] == [(2, "no customer")]


def test_loose_money_needs_a_party() -> None:
    found = take(
        table("Customer | Invoice | Date | Amount\nMehta | On Account | | -5.00\nMehta | S1 | 2026-04-01 | 9.00")
    )
    assert [(row.number, row.kind) for row in found.rows] == [("", "credit"), ("S1", "item")]
    nobody = take(table("Customer | Invoice | Date | Amount\n | On Account | | -5.00\nMehta | S1 | 2026-04-01 | 9.00"))
    assert [one.reason for one in nobody.rejects] == ["no customer"]


def test_a_group_sum_above_all_its_parties_is_passed_over() -> None:
    found = take(
        table("""
Bill No | Date | Amount
Sundry Debtors | | 12.00

Mehta | |
S1 | 2026-04-01 | 5.00
Kapoor | |
S2 | 2026-04-01 | 7.00
""")
    )
    assert (len(found.rows), found.skipped) == (2, {"total": 1, "party": 2})


def test_a_wordless_subtotal_after_a_customers_rows() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount
Mehta | S1 | 2026-04-01 | 1.00
Mehta | S2 | 2026-04-01 | 2.00
Mehta | | | 3.00
Rao | S3 | 2026-04-01 | 4.00
Rao | | | 5.00
 | | | 0.00
""")
    )
    assert [(row.name, row.number, row.amount_minor) for row in found.rows][2:] == [
        ("Rao", "S3", 400),
        ("Rao", "", 500),
    ]
    assert found.skipped == {"subtotal": 1, "zero": 1}


def test_a_wrong_total_is_shown_beside_what_its_rows_sum_to() -> None:
    found = take(table(PLAIN + "\nTotal | | | 160.00"))
    assert found.warnings == ["the file's total in D4 (Amount) is 160.00, its rows sum to 150.00"]
    doubled = table(PLAIN + "\nKapoor | S2 | 2026-04-02 | 50.00\n | | | 200.00")
    assert take(doubled).warnings == [
        "the file's total in D5 (Amount) is 200.00: it counts 1 rows left out here; the rows taken sum to 150.00"
    ]


def test_a_dr_cr_column_and_a_credit_column_written_negative() -> None:
    marked = take(
        table(
            "Customer | Invoice | Date | Amount | Dr/Cr\nM | 1 | 2026-04-01 | 5.00 | Dr\nM | 2 | 2026-04-01 | 2.00 | Cr"
        )
    )
    assert [row.amount_minor for row in marked.rows] == [500, -200]
    signed = take(
        table("Customer | Vch No | Date | Debit | Credit\nM | 1 | 2026-04-01 | 5.00 |\nM | 2 | 2026-04-01 | | -2.00")
    )
    assert [row.amount_minor for row in signed.rows] == [500, -200]


def test_open_with_paid_and_paid_written_negative() -> None:
    found = take(
        table(
            "Customer | Invoice | Date | Balance | Paid\nM | 1 | 2026-04-01 | 5.00 | 2.00\nM | 2 | 2026-04-01 | 5.00 |"
        )
    )
    assert [(row.amount_minor, row.open_minor) for row in found.rows] == [(700, 500), (500, 500)]
    minus = take(table("Customer | Invoice | Date | Amount | Paid\nM | 1 | 2026-04-01 | 5.00 | -2.00"))
    assert [(row.amount_minor, row.open_minor) for row in minus.rows] == [(500, 300)]


def test_an_amount_left_blank_beside_what_is_open_and_the_other_way_round() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Balance
M | 1 | 2026-04-01 | | 5.00
M | 2 | 2026-04-01 | 6.00 |
M | 3 | 2026-04-01 | -6.00 | 2.00
M | 4 | 2026-04-01 | 6.00 | 8.00
""")
    )
    assert [(row.number, row.amount_minor, row.open_minor) for row in found.rows] == [("1", 500, 500), ("4", 800, 800)]
    assert [one.reason for one in found.rejects] == ["no open amount", "open and amount have opposite signs"]


def test_status_says_what_is_paid_where_no_column_says_what_is_open() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Status
M | 1 | 2026-04-01 | 5.00 | Paid
M | 2 | 2026-04-01 | 5.00 | Partially paid
M | 3 | 2026-04-01 | 5.00 | In dispute
""")
    )
    assert [(row.open_minor, row.disputed) for row in found.rows] == [(0, False), (500, False), (500, True)]
    assert "1 rows are partly paid" in found.warnings[0]
    flagged = take(
        table(
            "Customer | Invoice | Date | Amount | isOpen\nM | 1 | 2026-04-01 | 5.00 | 1\nM | 2 | 2026-04-01 | 5.00 | 0"
        )
    )
    assert [row.open_minor for row in flagged.rows] == [500, 0]
    silent = take(table("Customer | Invoice | Date | Amount | Status\nM | 1 | 2026-04-01 | 5.00 | Overdue"))
    assert silent.rows[0].open_minor is None


def test_components_by_a_column_and_one_component_only() -> None:
    found = take(
        table(
            "Loan No | Due Date | Amount | Charge Type\nL1 | 2026-04-01 | 5.00 | Late fee\nL1 | 2026-04-01 | 6.00 | EMI"
        )
    )
    assert [row.component for row in found.rows] == ["penalty", "principal"]
    alone = take(
        table(
            "Loan No | Due Date | Principal Overdue | Interest Overdue\nL1 | 2026-04-01 | 5.00 |\nL2 | 2026-04-01 | | "
        )
    )
    assert [(row.account, row.component, row.open_minor) for row in alone.rows] == [("L1", "principal", 500)]


def test_several_currency_signs_in_one_file() -> None:
    found = take(
        table("Customer | Date | Amount\nM | 2026-04-01 | $ 5.00\nM | 2026-04-02 | € 6.00\nM | 2026-04-03 | 7.00")
    )
    assert [row.currency for row in found.rows] == ["USD", "EUR", "INR"]
    two = take(table("Customer | Invoice | Date | Amount | Balance\nM | 1 | 2026-04-01 | $ 5.00 | € 6.00"))
    assert [one.reason for one in two.rejects] == ["says € where USD is stated"]


def test_formula_errors_outside_the_ledger_are_no_harm() -> None:
    findings = Findings(errors={(0, 3): "#REF!", (1, 9): "#N/A"}, uncalculated={(2, 3)}, signs={3: {99: -1}})
    assert [one.reason for one in take(table(PLAIN), findings).rejects] == ["a formula that was never calculated"]


def test_titles_that_cannot_be_read_are_said() -> None:
    found = take([["As of 05/04/2026"], *table(PLAIN)])
    assert (found.as_of, found.warnings) == ("", ["the day of the list could not be read: 05/04/2026 (--as-of)"])
    assert take([["As of 05/04/2026"], *table(PLAIN)], options=Options(as_of="2026-04-05")).as_of == "2026-04-05"
    other = take_all([(Tab("Cover"), [["As of:", date(2026, 4, 30)]]), (Tab("List"), table(PLAIN))])[0]
    assert other.as_of == "2026-04-30"


def test_sheets_and_headers_that_are_not_there() -> None:
    with pytest.raises(WrongUsage, match="no such sheet: May") as caught:
        take(table(PLAIN), options=Options(sheet="May"))
    assert caught.value.hint == "sheets are: Sheet1"
    with pytest.raises(InputRefused) as refused:
        take(table(PLAIN), options=Options(mapping={"amount": "Worth"}))
    assert refused.value.message == "no column of that name in row 1 of Sheet1: Worth"
    with pytest.raises(InputRefused) as refused:
        take(table(PLAIN), options=Options(mapping={"due_on": "Amount"}))
    assert refused.value.hint == "the headers given with --map must stand together in one row"
    with pytest.raises(InputRefused, match="no row of headers"):
        take([["just a line"], [1.0, 2.0]])


def test_sheets_that_are_all_alike_and_nobodys_are_refused() -> None:
    rows = table("Date | Vch No | Debit | Credit\n2026-04-03 | 1 | 7.00 |")
    with pytest.raises(InputRefused, match="2 sheets with the same columns and no customer column") as caught:
        take_all([(Tab("A"), rows), (Tab("B"), rows)])
    assert "--layout statement" in str(caught.value.hint)


def test_a_ledger_without_rows_is_refused_and_one_of_nothing_is_empty() -> None:
    with pytest.raises(InputRefused, match="no rows under the header in row 1: Sheet1"):
        take(table("Customer | Invoice | Date | Amount"))
    found = take(table("Customer | Invoice | Date | Amount\nTotal | | | 0.00"))
    assert (found.rows_read, found.rows, found.control) == (1, [], [])


def test_columns_shorter_than_others_are_filled_up() -> None:
    layout = intake.find_layout([(Tab("S"), table(PLAIN))])
    found = intake.read(layout, {0: ["M", "K"], 1: ["1", "2"], 2: ["2026-04-01"], 3: ["5.00", "6.00"]})
    assert [(row.name, row.document_on) for row in found.rows] == [("M", "2026-04-01"), ("K", "")]


def test_running_ledgers_in_other_shapes() -> None:
    options = Options(layout="statement")
    backwards = take(table("""
Ledger Account
Rao Traders
Date | Details | Amount | Balance
2026-04-09 | receipt | -60.00 | 90.00
2026-04-05 | bill | 100.00 | 150.00
2026-04-01 | bill | 50.00 | 50.00
"""), options=options)  # fmt: skip
    assert [(row.name, row.document_on, row.amount_minor) for row in backwards.rows] == [
        ("Rao Traders", "2026-04-01", 5000),
        ("Rao Traders", "2026-04-05", 10000),
        ("Rao Traders", "2026-04-09", -6000),
    ]
    rows = "Kapoor\nDate | Vch No | Balance\n2026-04-01 | 1 | 50.00\n2026-04-02 | 2 | 50.00\n31/31/2026 | 3 | 9.00"
    only_balance = take(table(rows), options=options)
    assert [(row.name, row.amount_minor) for row in only_balance.rows] == [("Kapoor", 5000)]
    assert (only_balance.skipped, only_balance.rejected, only_balance.rows_read) == ({"zero": 1}, 1, 3)
    carried: list[list[Cell]] = [
        *table("Date | Vch No | Debit | Credit\n | Opening Balance | | "),
        ["2026-04-01", "1", "5.00", None],
    ]
    assert take(carried, options=options).rows[0].name == "Sheet1"
