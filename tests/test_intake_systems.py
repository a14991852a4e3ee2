"""Lists of open items as accounting programs print them: parties in a nameless column, in blocks, in sections."""

import pytest

from collect.errors import InputRefused
from collect.grids import Intake
from tests.intake_sheets import table, take

ODOO = """
 | Invoice Date | Due Date | Amount Currency | Currency | Account | At Date | 1-30 | 31-60 | Older | Total
Aged Receivable | | | | | | 100.00 | 200.00 | 0.00 | 350.00 | 650.00
Azure Interior | | | | | | 100.00 | 200.00 | 0.00 | 0.00 | 300.00
INV/2026/00003 | 2026-02-20 | 2026-03-31 | 100.00 | INR | 121000 | 100.00 | | | | 100.00
INV/2026/00001 | 2026-01-20 | 2026-03-01 | 200.00 | INR | 121000 | | 200.00 | | | 200.00
Total Azure Interior | | | | | | 100.00 | 200.00 | 0.00 | 0.00 | 300.00
Deco Addict | | | | | | 0.00 | 0.00 | 0.00 | 350.00 | 350.00
INV/2025/00007 | 2025-05-20 | 2025-06-01 | 400.00 | INR | 121000 | | | | 400.00 | 400.00
BNK1/2026/00002 | 2025-05-21 | 2025-05-21 | -50.00 | INR | 121000 | | | | -50.00 | -50.00
Total Deco Addict | | | | | | 0.00 | 0.00 | 0.00 | 350.00 | 350.00
Total Aged Receivable | | | | | | 100.00 | 200.00 | 0.00 | 350.00 | 650.00
"""
ODOO_PLAIN = """
 | Invoice Date | Due Date | Not due | 1-30 | Older | Total
Azure Interior | | | 100.00 | 200.00 | 0.00 | 300.00
INV/2026/00003 | 2026-02-20 | 2026-03-31 | 100.00 | | | 100.00
INV/2026/00001 | 2026-01-20 | 2026-03-01 | | 200.00 | | 200.00
Deco Addict | | | 0.00 | 0.00 | 350.00 | 350.00
INV/2025/00007 | 2025-05-20 | 2025-06-01 | | | 350.00 | 350.00
Total | | | 100.00 | 200.00 | 350.00 | 650.00
"""
QUICKBOOKS_BALANCE_DETAIL = """
 | Type | Date | Num | Account | Amount | Balance
Ram Traders | | | | | |
 | Invoice | 2026-01-05 | 101 | 1100 Accounts Receivable | 500.00 | 500.00
 | Payment | 2026-02-05 | 102 | 1100 Accounts Receivable | -100.00 | 400.00
Total Ram Traders | | | | | 400.00 | 400.00
Sita Stores | | | | | |
 | Invoice | 2026-03-05 | 103 | 1100 Accounts Receivable | 700.00 | 700.00
Total Sita Stores | | | | | 700.00 | 700.00
TOTAL | | | | | 1100.00 | 1100.00
"""
QUICKBOOKS_OPEN_INVOICES = """
Open Invoices
As of March 31, 2026
 | Type | Date | Num | Terms | Due Date | Aging | Open Balance
Ram Traders | | | | | | |
 | Invoice | 2026-01-05 | 101 | Net 30 | 2026-02-04 | 55 | 500.00
 | Credit Memo | 2026-02-05 | 102 | | 2026-02-05 | | -100.00
Total Ram Traders | | | | | | | 400.00
Sita Stores | | | | | | |
 | Invoice | 2026-03-05 | 103 | Net 30 | 2026-04-04 | | 700.00
Total Sita Stores | | | | | | | 700.00
TOTAL | | | | | | | 1100.00
"""
QUICKBOOKS_AGING_DETAIL = """
 | Type | Date | Num | Name | Terms | Due Date | Aging | Open Balance
Current | | | | | | | |
 | Invoice | 2026-03-05 | 103 | Sita Stores | Net 30 | 2026-04-04 | | 700.00
Total Current | | | | | | | | 700.00
1 - 30 | | | | | | | |
 | Invoice | 2026-02-05 | 101 | Ram Traders | Net 30 | 2026-03-07 | 24 | 500.00
Total 1 - 30 | | | | | | | | 500.00
TOTAL | | | | | | | | 1200.00
"""
QUICKBOOKS_ONLINE = """
A/R Aging Detail by Customer
As of March 31, 2026
 | Date | Transaction type | Num | Due date | Amount | Open balance
Ram Traders (2) | | | | | |
 | 02/05/2026 | Invoice | 101 | 03/07/2026 | 600.00 | 500.00
 | 03/25/2026 | Invoice | 102 | 04/24/2026 | 200.00 | 200.00
Total for Ram Traders | | | | | 800.00 | 700.00
Sita Stores (1) | | | | | |
 | 02/06/2026 | Invoice | 103 | 03/08/2026 | 70.00 | 70.00
Total for Sita Stores | | | | | 70.00 | 70.00
TOTAL | | | | | 870.00 | 770.00
"""
XERO = """
Aged Receivables Detail
As at 31 March 2026
Invoice Date | Due Date | Invoice Number | Invoice Reference | Current | < 1 Month | 1 Month | Older | Total
Ram Traders | | | | | | | |
2026-02-05 | 2026-03-07 | INV-101 | PO 5 | 0.00 | 500.00 | 0.00 | 0.00 | 500.00
2026-03-25 | 2026-04-24 | INV-102 | | 200.00 | 0.00 | 0.00 | 0.00 | 200.00
Total Ram Traders | | | | 200.00 | 500.00 | 0.00 | 0.00 | 700.00
Sita Stores | | | | | | | |
2025-10-25 | 2025-11-24 | INV-090 | | 0.00 | 0.00 | 0.00 | 90.00 | 90.00
Total Sita Stores | | | | 0.00 | 0.00 | 0.00 | 90.00 | 90.00
Total | | | | 200.00 | 500.00 | 0.00 | 90.00 | 790.00
Percentage of total | | | | 0.25 | 0.63 | 0.00 | 0.11 | 1.00
"""
ZOHO = """
AR Aging Details By Invoice Due Date
As of 31/03/2026
Date | Transaction# | Type | Status | Customer Name | Age | Amount | Balance Due
1 - 15 Days | | | | | | |
20/02/2026 | INV-101 | Invoice | Overdue | Ram Traders | 14 Days | 600.00 | 500.00
Total | | | | | | 600.00 | 500.00
> 45 Days | | | | | | |
20/01/2026 | INV-090 | Invoice | Overdue | Sita Stores | 70 Days | 700.00 | 700.00
21/01/2026 | CN-00090 | Credit Note | Open | Sita Stores | 70 Days | -50.00 | -50.00
Total | | | | | | 650.00 | 650.00
Total | | | | | | 1250.00 | 1150.00
"""
SAP_LIST = """
Customer | 100234
Company Code | 1000
Name | Ram Traders
City | Pune
St | Assignment | DocumentNo | Ty | Doc. Date | Net due dt | Amt in loc.cur. | LCurr | Text
 | A1 | 1800000101 | RV | 05.02.2026 | 17.03.2026 | 500.00 | INR |
 | A2 | 1800000102 | DZ | 19.02.2026 | 19.02.2026 | 100.00- | INR |
* | | | | | | 400.00 | INR |
** | Account 100234 | | | | | 400.00 | INR |
Customer | 100300
Company Code | 1000
Name | Sita Stores
City | Nashik
St | Assignment | DocumentNo | Ty | Doc. Date | Net due dt | Amt in loc.cur. | LCurr | Text
 | A1 | 1800000201 | RV | 15.02.2026 | 17.03.2026 | 70.00 | INR |
* | | | | | | 70.00 | INR |
** | Account 100300 | | | | | 70.00 | INR |
*** | | | | | | 470.00 | INR |
"""
SAP_GRID = """
Customer | Name 1 | Document Number | Document Date | Net due date | Amount in local currency | Local Currency
100234 | Ram Traders | 1800000101 | 2026-02-05 | 2026-03-17 | 500.00 | INR
100234 | Ram Traders | 1800000102 | 2026-02-19 | 2026-02-19 | -100.00 | INR
100234 | | | | | 400.00 | INR
100300 | Sita Stores | 1800000201 | 2026-02-15 | 2026-03-17 | 70.00 | INR
100300 | | | | | 70.00 | INR
 | | | | | 470.00 | INR
"""
ERPNEXT = """
Posting Date | Customer | Receivable Account | Voucher Type | Voucher No | Due Date | Invoiced Amount | Paid Amount \
| Credit Note | Outstanding Amount | Age (Days) | 0-30 | 31-60 | Currency
2026-02-05 | Ram Traders | Debtors - ST | Sales Invoice | SINV-101 | 2026-03-07 | 600.00 | 50.00 | 50.00 | 500.00 \
| 24 | 500.00 | 0.00 | INR
2026-01-05 | Sita Stores | Debtors - ST | Sales Invoice | SINV-090 | 2026-02-04 | 700.00 | 0.00 | 0.00 | 700.00 \
| 55 | 0.00 | 700.00 | INR
2026-03-05 | Sita Stores | Debtors - ST | Payment Entry | PAY-90 | 2026-03-05 | 0.00 | 100.00 | 0.00 | -100.00 \
| 26 | -100.00 | 0.00 | INR
Total | | | | | | 1300.00 | 150.00 | 50.00 | 1100.00 | | 400.00 | 700.00 |
"""
BUSY = """
SHREE TRADERS
BILLS RECEIVABLE
As on 31-03-2026
Ref. No. | Date | Original Amt | Pending Amt | Due On | Overdue (Days)
RAM TRADERS | | | | |
12 M G Road, Pune 411001 | | | | |
S-101 | 05-02-2026 | 600.00 | 500.00 Dr | 27-03-2026 | 4
Page 1 | | | | |
SHREE TRADERS | | | | |
BILLS RECEIVABLE | | | | |
As on 31-03-2026 | | | | |
Ref. No. | Date | Original Amt | Pending Amt | Due On | Overdue (Days)
RAM TRADERS (Contd.) | | | | |
S-102 | 25-03-2026 | 200.00 | 200.00 Dr | 24-04-2026 |
 | | | 700.00 Dr | |
SITA STORES | | | | |
S-103 | 15-02-2026 | 70.00 | 70.00 Dr | 17-03-2026 | 14
 | | | 70.00 Dr | |
GRAND TOTAL | | | 770.00 Dr | |
"""
TALLY_GROUP = """
Group Outstandings
1-Apr-25 to 31-Mar-26
Date | Ref. No. | Party's Name | Opening Amount | Pending Amount | Due on | Overdue by days
Ram Traders | | | | | |
5-Feb-26 | S-101 | | 600.00 Dr | 500.00 Dr | 7-Mar-26 | 24
25-Mar-26 | S-102 | | 200.00 Dr | 200.00 Dr | 24-Apr-26 |
 | On Account | | | 50.00 Cr | |
 | | | 800.00 Dr | 650.00 Dr | |
Sita Stores | | | | | |
5-Feb-26 | S-103 | | 70.00 Dr | 70.00 Dr | 7-Mar-26 | 24
 | | | 70.00 Dr | 70.00 Dr | |
"""
ONE_CUSTOMER_EACH = """
Customer: Ram Traders
Bill No | Date | Amount
11 | 2026-02-20 | 500.00
Total | | 500.00
Customer: Sita Stores
Bill No | Date | Amount
12 | 2026-02-20 | 70.00
Total | | 70.00
"""

AZURE = [
    ("Azure Interior", "INV/2026/00003", "2026-03-31", 10000, 10000),
    ("Azure Interior", "INV/2026/00001", "2026-03-01", 20000, 20000),
]
QUICKBOOKS = [("Ram Traders", "101", 50000), ("Ram Traders", "102", -10000), ("Sita Stores", "103", 70000)]


def opened(found: Intake) -> list[tuple[str, str, str, int, int]]:
    """Name, number, due day, amount and open of every row; open is the amount where the file does not say it."""
    rows = [row if row.open_minor is not None else row._replace(open_minor=row.amount_minor) for row in found.rows]
    return [(row.name, row.number, row.due_on, row.amount_minor, row.open_minor or 0) for row in rows]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            ODOO,
            [
                *AZURE,
                ("Deco Addict", "INV/2025/00007", "2025-06-01", 40000, 40000),
                ("Deco Addict", "BNK1/2026/00002", "2025-05-21", -5000, -5000),
            ],
        ),
        (ODOO_PLAIN, [*AZURE, ("Deco Addict", "INV/2025/00007", "2025-06-01", 35000, 35000)]),
        (QUICKBOOKS_BALANCE_DETAIL, [(name, number, "", minor, minor) for name, number, minor in QUICKBOOKS]),
        (
            QUICKBOOKS_OPEN_INVOICES,
            [
                (name, number, due, minor, minor)
                for (name, number, minor), due in zip(
                    QUICKBOOKS, ("2026-02-04", "2026-02-05", "2026-04-04"), strict=True
                )
            ],
        ),
        (
            QUICKBOOKS_AGING_DETAIL,
            [("Sita Stores", "103", "2026-04-04", 70000, 70000), ("Ram Traders", "101", "2026-03-07", 50000, 50000)],
        ),
        (
            QUICKBOOKS_ONLINE,
            [
                ("Ram Traders", "101", "2026-03-07", 60000, 50000),
                ("Ram Traders", "102", "2026-04-24", 20000, 20000),
                ("Sita Stores", "103", "2026-03-08", 7000, 7000),
            ],
        ),
        (
            XERO,
            [
                ("Ram Traders", "INV-101", "2026-03-07", 50000, 50000),
                ("Ram Traders", "INV-102", "2026-04-24", 20000, 20000),
                ("Sita Stores", "INV-090", "2025-11-24", 9000, 9000),
            ],
        ),
        (
            ZOHO,
            [
                ("Ram Traders", "INV-101", "", 60000, 50000),
                ("Sita Stores", "INV-090", "", 70000, 70000),
                ("Sita Stores", "CN-00090", "", -5000, -5000),
            ],
        ),
        *(
            (
                text,
                [
                    ("Ram Traders", "1800000101", "2026-03-17", 50000, 50000),
                    ("Ram Traders", "1800000102", "2026-02-19", -10000, -10000),
                    ("Sita Stores", "1800000201", "2026-03-17", 7000, 7000),
                ],
            )
            for text in (SAP_LIST, SAP_GRID)
        ),
        (
            ERPNEXT,
            [
                ("Ram Traders", "SINV-101", "2026-03-07", 60000, 50000),
                ("Sita Stores", "SINV-090", "2026-02-04", 70000, 70000),
                ("Sita Stores", "PAY-90", "2026-03-05", -10000, -10000),
            ],
        ),
        (
            BUSY,
            [
                ("RAM TRADERS", "S-101", "2026-03-27", 60000, 50000),
                ("RAM TRADERS", "S-102", "2026-04-24", 20000, 20000),
                ("SITA STORES", "S-103", "2026-03-17", 7000, 7000),
            ],
        ),
        (
            TALLY_GROUP,
            [
                ("Ram Traders", "S-101", "2026-03-07", 60000, 50000),
                ("Ram Traders", "S-102", "2026-04-24", 20000, 20000),
                ("Ram Traders", "", "", -5000, -5000),
                ("Sita Stores", "S-103", "2026-03-07", 7000, 7000),
            ],
        ),
        (ONE_CUSTOMER_EACH, [("Ram Traders", "11", "", 50000, 50000), ("Sita Stores", "12", "", 7000, 7000)]),
    ],
    ids=[
        "odoo", "odoo without accounts", "quickbooks balance detail", "quickbooks open invoices",
        "quickbooks aging detail", "quickbooks online", "xero", "zoho", "sap list", "sap grid", "erpnext", "busy",
        "tally group", "a block each",
    ],
)  # fmt: skip
def test_what_a_program_prints_is_read_without_options(
    text: str, expected: list[tuple[str, str, str, int, int]]
) -> None:
    found = take(table(text))
    assert opened(found) == expected
    assert not found.rejects
    assert all(row.kind == ("credit" if row.amount_minor < 0 else "item") for row in found.rows)
    assert all(one.delta_minor == 0 for one in found.file_totals)
    assert not [said for said in found.warnings if "differ" in said or "total" in said]
    assert found.rows_read == found.taken + sum(found.skipped.values())


def test_a_customer_of_sap_keeps_its_number() -> None:
    assert {(row.account, row.name) for row in take(table(SAP_LIST)).rows} == {
        ("100234", "Ram Traders"),
        ("100300", "Sita Stores"),
    }


def test_odoo_totals_are_in_the_currency_of_the_company() -> None:
    """100 dollars stand beside a total of 8,300 rupees: what is owed in this list is rupees."""
    text = ODOO.replace("200.00 | INR", "2.41 | USD")
    assert {row.currency for row in take(table(text)).rows} == {"INR"}
    dollars = text.replace("INR", "USD").replace("2.41 | USD", "180.00 | EUR")
    assert {row.currency for row in take(table(dollars)).rows} == {"USD"}
    none = "Customer | Bill No | Amount Currency | Currency | Total\nRam | 1 | 5.00 | USD | 415.00"
    assert [(row.currency, row.amount_minor) for row in take(table(none)).rows] == [("INR", 41500)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            """Ram | | | 700.00
            Ram | 1 | 2026-02-20 | 500.00
            Ram | 2 | 2026-02-21 | 200.00
            Sita | | | 70.00
            Sita | 3 | 2026-02-20 | 70.00""",
            [50000, 20000, 7000],
        ),
        (
            """Ram | 1 | 2026-02-20 | 500.00
            Ram | 2 | 2026-02-21 | 200.00
            Ram | | | 700.00
            Sita | 3 | 2026-02-20 | 70.00
            Sita | | | 70.00""",
            [50000, 20000, 7000],
        ),
        ("Ram | 1 | 2026-02-20 | 500.00\nRam | 2 | | 200.00\nRam | | | 300.00", [50000, 20000, 30000]),
    ],
    ids=["above", "below", "not the sum"],
)  # fmt: skip
def test_the_sum_of_a_party_is_no_item(rows: str, expected: list[int]) -> None:
    found = take(table(f"Party | Bill No | Date | Amount\n{rows}"))
    assert [row.amount_minor for row in found.rows] == expected
    assert not found.rejects


def test_a_row_that_repeats_one_item_is_set_aside_where_nothing_says_that_it_is_a_sum() -> None:
    found = take(
        table("Party | Bill No | Date | Amount\nSita | 3 | 2026-02-20 | 70.00\nSita | | | 70.00\nRam | 1 | | 5.00")
    )
    assert [row.amount_minor for row in found.rows] == [7000, 500]
    assert [(one.row, one.reason) for one in found.rejects] == [(3, "an amount, but nothing says whose it is")]


def test_a_second_table_with_other_columns_is_refused_with_its_row() -> None:
    text = """
Party | Bill No | Date | Amount
Ram | 1 | 2026-02-20 | 500.00
Credit notes | | |
Date | Party | Amount | CN No
2026-02-22 | Ram | 50.00 | 9
"""
    with pytest.raises(InputRefused, match="a second table with other columns, in row 4: Date Party Amount CN No"):
        take(table(text))


def test_the_first_of_two_equal_headers_is_taken_even_if_the_second_would_fit_better() -> None:
    found = take(table("""
Party | Bill No | Amount
Ram | 1 | 500.00
City | Area | Zone
Party | Bill No | Amount
Sita | 2 | 70.00
"""))  # fmt: skip
    assert [(row.name, row.amount_minor) for row in found.rows] == [("Ram", 50000), ("Sita", 7000)]


def test_lines_of_vouchers_below_a_bill_are_set_aside_and_name_nobody() -> None:
    found = take(table("""
Date | Ref. No. | Opening Amount | Pending Amount | Due on
Party: Ram Traders | | | |
5-Feb-26 | S-101 | 600.00 | 500.00 | 7-Mar-26
 | 9-Feb-26 | | 200.00 |
25-Mar-26 | S-102 | 200.00 | 200.00 | 24-Apr-26
Percentage of total | | 1.00 | 1.00 |
"""))  # fmt: skip
    assert [(row.name, row.number) for row in found.rows] == [("Ram Traders", "S-101"), ("Ram Traders", "S-102")]
    assert [one.row for one in found.rejects] == [4]


def test_a_count_behind_a_name_is_no_number() -> None:
    found = take(table("""
 | Bill No | Date | Amount
Ram (7) | | |
 | 1 | 2026-02-20 | 500.00
Sita (104) | | |
 | 2 | 2026-02-20 | 5.00
Gopal (1) | | |
 | 3 | 2026-02-20 | 5.00
"""))  # fmt: skip
    assert [(row.account, row.name) for row in found.rows] == [
        ("Ram (7)", "Ram (7)"),
        ("104", "Sita"),
        ("Gopal", "Gopal"),
    ]


def test_all_customers_are_nobody() -> None:
    with pytest.raises(InputRefused, match="no column and no row says whose"):
        take(table("Customer: All customers\nBill No | Date | Amount\n11 | 2026-02-20 | 500.00"))
