"""Running ledgers as accounting programs print them: parties in a column, in blocks of one sheet, in sections."""

import pytest

from collect import intake_join
from collect.errors import InputRefused
from collect.grids import Intake, Options
from tests.intake_sheets import Tab, table, take, take_all

STATEMENT = Options(layout="statement")
FLAT = """
Party | Voucher No | Date | Debit | Credit | Balance
Ram | 1 | 2026-04-01 | 500.00 | | 500.00
Ram | 2 | 2026-04-02 | | 200.00 | 300.00
Sita | 3 | 2026-04-03 | 700.00 | | 700.00
"""
TALLY = """
Shree Traders
12 MG Road, Pune
Ledger: Ram Traders | | | | | 1-Apr-26 to 30-Apr-26
Date | Particulars | | Vch Type | Vch No. | Debit | Credit
1-Apr-26 | To | Opening Balance | | | 500.00 |
2-Apr-26 | To | Sales | Sales | 12 | 700.00 |
5-Apr-26 | By | HDFC Bank | Receipt | 4 | | 300.00
 | | | | | 1200.00 | 300.00
 | By | Closing Balance | | | | 900.00
 | | | | | 1200.00 | 1200.00
 | | | | | |
Shree Traders
12 MG Road, Pune
Ledger: Sita Stores | | | | | 1-Apr-26 to 30-Apr-26
Date | Particulars | | Vch Type | Vch No. | Debit | Credit
1-Apr-26 | By | Opening Balance | | | | 50.00
3-Apr-26 | To | Sales | Sales | 13 | 70.00 |
 | | | | | 70.00 | 50.00
 | By | Closing Balance | | | | 20.00
 | | | | | 70.00 | 70.00
"""
TALLY_PRIME = """
Shree Traders
12 MG Road, Pune
Ram Traders
Ledger Account
Station Road, Nashik
1-Apr-26 to 30-Apr-26
Page 1
Date | Particulars | | Vch Type | Vch No. | Debit | Credit
1-Apr-26 | To | Opening Balance | | | 500.00 |
2-Apr-26 | To | Sales | Sales | 12 | 700.00 |
 | Carried Over | | | | 1200.00 |
Shree Traders
Ram Traders
Ledger Account : 1-Apr-26 to 30-Apr-26
Page 2
Date | Particulars | | Vch Type | Vch No. | Debit | Credit
 | Brought Forward | | | | 1200.00 |
5-Apr-26 | By | HDFC Bank | Receipt | 4 | | 300.00
 | By | Closing Balance | | | | 900.00
Shree Traders
12 MG Road, Pune
Sita Stores
Ledger Account
College Road, Nashik
1-Apr-26 to 30-Apr-26
Page 3
Date | Particulars | | Vch Type | Vch No. | Debit | Credit
1-Apr-26 | By | Opening Balance | | | | 50.00
3-Apr-26 | To | Sales | Sales | 13 | 70.00 |
 | By | Closing Balance | | | | 20.00
"""
BUSY = """
SHREE TRADERS
ACCOUNT LEDGER
Account : RAM TRADERS
Date | Type | Vch No | Account | Debit(Rs.) | Credit(Rs.) | Balance(Rs.)
 | | | Opening Balance | | | 500.00 Dr
02-04-2026 | Sale | 12 | Sales | 700.00 | | 1,200.00 Dr
25-04-2026 | Rcpt | 4 | HDFC Bank | | 1,300.00 | 100.00 Cr
 | | | Totals c/f | 700.00 | 1300.00 |
Account : SITA STORES (contd.)
Date | Type | Vch No | Account | Debit(Rs.) | Credit(Rs.) | Balance(Rs.)
02-04-2026 | Sale | 13 | Sales | 70.00 | | 70.00 Dr
"""
SECTIONS = """
Date | Type | No | Amount | Balance
Ram Traders | | | |
2026-04-02 | Invoice | 12 | 700.00 | 700.00
2026-04-05 | Payment | 4 | -300.00 | 400.00
Total Ram Traders | | | 400.00 | 400.00
Sita Stores | | | |
2026-04-02 | Invoice | 13 | 70.00 | 70.00
Total Sita Stores | | | 70.00 | 70.00
TOTAL | | | 470.00 | 470.00
"""
PARTY_SECTIONS = """
Party | Date | Particulars | Debit | Credit | Balance
Ram Traders | | | | |
 | | Opening Balance | | | 20.00 Cr
 | 2026-04-02 | To Sales | 700.00 | | 680.00 Dr
Closing Balance | | | | | 680.00 Dr
Sita Stores | | | | |
 | 2026-04-05 | To Sales | 70.00 | | 70.00 Dr
"""


def moves(found: Intake) -> list[tuple[str, str, str, int]]:
    """Name, number, day and amount of every row."""
    return [(row.name, row.number, row.document_on, row.amount_minor) for row in found.rows]


RAM = [("1", "2026-04-01", 50000), ("2", "2026-04-02", -20000)]
TWO_BLOCKS = [
    ("Ram Traders", "", "2026-04-01", 50000),
    ("Ram Traders", "12", "2026-04-02", 70000),
    ("Ram Traders", "4", "2026-04-05", -30000),
    ("Sita Stores", "", "2026-04-01", -5000),
    ("Sita Stores", "13", "2026-04-03", 7000),
]


@pytest.mark.parametrize(
    ("text", "expected", "stated"),
    [
        (FLAT, [*(("Ram", *row) for row in RAM), ("Sita", "3", "2026-04-03", 70000)], 100000),
        (TALLY, TWO_BLOCKS, 92000),
        (TALLY_PRIME, TWO_BLOCKS, 92000),
        (
            BUSY,
            [
                ("RAM TRADERS", "", "2026-04-02", 50000),
                ("RAM TRADERS", "12", "2026-04-02", 70000),
                ("RAM TRADERS", "4", "2026-04-25", -130000),
                ("SITA STORES", "13", "2026-04-02", 7000),
            ],
            -3000,
        ),
        (
            SECTIONS,
            [
                ("Ram Traders", "12", "2026-04-02", 70000),
                ("Ram Traders", "4", "2026-04-05", -30000),
                ("Sita Stores", "13", "2026-04-02", 7000),
            ],
            47000,
        ),
        (
            PARTY_SECTIONS,
            [
                ("Ram Traders", "", "2026-04-02", -2000),
                ("Ram Traders", "", "2026-04-02", 70000),
                ("Sita Stores", "", "2026-04-05", 7000),
            ],
            75000,
        ),
    ],
    ids=["a column of parties", "tally", "tally prime", "busy", "sections", "sections in the party's column"],
)
def test_several_parties_on_one_sheet(text: str, expected: list[tuple[str, str, str, int]], stated: int) -> None:
    found = take(table(text), options=STATEMENT)
    assert moves(found) == expected
    assert {row.kind for row in found.rows if row.amount_minor < 0} == {"credit"}
    assert not found.rejects
    assert [(one.stated_minor, one.delta_minor) for one in found.file_totals] == [(stated, 0)]
    assert found.rows_read == found.taken + sum(found.skipped.values())
    assert sorted(found.accounts) == sorted({row.account for row in found.rows})


def test_a_row_that_the_balance_contradicts_is_set_aside_with_its_place() -> None:
    found = take(table(FLAT.replace("| 200.00 | 300.00", "| 200.00 | 350.00")), options=STATEMENT)
    assert [(row.name, row.amount_minor) for row in found.rows] == [("Ram", 50000), ("Sita", 70000)]
    (one,) = found.rejects
    assert (one.row, one.column, one.value, one.name) == (3, "Balance", "350.00", "Ram")
    assert one.reason == "the balance moves by -150.00, not -200.00"
    assert one.suggestion == "correct the row, or leave the balance out: --map open="
    without = Options(layout="statement", mapping={"open": ""})
    taken = take(table(FLAT.replace("| 200.00 | 300.00", "| 200.00 | 350.00")), options=without)
    assert [row.amount_minor for row in taken.rows] == [50000, -20000, 70000]


def test_a_closing_balance_that_differs_is_said() -> None:
    found = take(table(TALLY.replace("900.00", "950.00")), options=STATEMENT)
    assert [(one.stated_minor, one.read_minor) for one in found.file_totals] == [(97000, 92000)]
    assert found.warnings == [
        (
            "1 stated balances differ from their rows, the first in F9 (Debit): it says 950.00, the rows of Ram "
            "Traders sum to 900.00"
        )
    ]


def test_a_balance_over_all_customers_is_not_taken_for_each() -> None:
    over_all = FLAT.replace("| 700.00 | | 700.00", "| 700.00 | | 1000.00")
    found = take(table(over_all), options=STATEMENT)
    assert [(row.name, row.amount_minor) for row in found.rows] == [("Ram", 50000), ("Ram", -20000), ("Sita", 70000)]
    assert found.warnings == ["column 'Balance' runs over all customers: debit and credit were read, not the balance"]
    with pytest.raises(InputRefused, match="could hold the customers or the other side") as caught:
        take(table(over_all.replace("Party", "Account")), options=STATEMENT)
    assert "--map account= leaves it out" in str(caught.value.hint)
    one = take(
        table(over_all.replace("Party", "Account")), options=Options(layout="statement", mapping={"account": ""})
    )
    assert {row.name for row in one.rows} == {"Sheet1"}
    named = Options(layout="statement", mapping={"account": "Account"})
    assert {row.name for row in take(table(FLAT.replace("Party", "Account")), options=named).rows} == {"Ram", "Sita"}
    assert {row.name for row in take(table(FLAT.replace("Party", "Account")), options=STATEMENT).rows} == {
        "Ram",
        "Sita",
    }


def test_what_stood_before_the_first_row_is_an_item_of_its_own() -> None:
    found = take(table("""
Party | Voucher No | Date | Debit | Credit | Balance
Ram | 1 | 2026-04-01 | 500.00 | | 900.00 Dr
Ram | 2 | 2026-04-02 | | 200.00 | 700.00
Sita | 3 | 2026-04-03 | | 100.00 | 300.00 Cr
"""), options=STATEMENT)  # fmt: skip
    assert sorted(moves(found)) == [
        ("Ram", "", "2026-04-01", 40000),
        ("Ram", "1", "2026-04-01", 50000),
        ("Ram", "2", "2026-04-02", -20000),
        ("Sita", "", "2026-04-03", -20000),
        ("Sita", "3", "2026-04-03", -10000),
    ]
    assert found.warnings == [
        (
            "2 ledgers begin with a balance that no row explains, taken as an item of its own, the first 400.00 of Ram "
            "before F2 (Balance)"
        )
    ]
    assert [(one.stated_minor, one.delta_minor) for one in found.file_totals] == [(40000, 0)]


def test_a_ledger_that_opens_again_with_another_balance_is_set_aside() -> None:
    text = TALLY.replace("Sita Stores", "Ram Traders (contd.)").replace("By | Opening Balance | | | | 50.00", "{}")
    again = text.format("To | Opening Balance | | | 900.00 |").replace("| 20.00", "| 970.00")
    found = take(table(again), options=STATEMENT)
    assert [row.amount_minor for row in found.rows] == [50000, 70000, -30000, 7000]
    assert {row.name for row in found.rows} == {"Ram Traders"}
    assert not found.rejects
    gap = take(table(text.format("To | Opening Balance | | | 1500.00 |")), options=STATEMENT)
    assert [(one.row, one.reason) for one in gap.rejects] == [(16, "opens with 1,500.00 where 900.00 stood")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            """Date | Vch No | Vch Type | Amount | Dr/Cr | Balance | Dr/Cr
            2026-04-02 | 12 | Sales | 700.00 | Dr | 700.00 | Dr
            2026-04-05 | 4 | Receipt | 900.00 | Cr | 200.00 | Cr
            2026-04-06 | 5 | Journal | 50.00 | Dr | 150.00 | Cr""",
            [70000, -90000, 5000],
        ),
        (
            """Date | Vch No | Debit | Credit | Balance | Dr/Cr
            2026-04-02 | 12 | 700.00 | | 700.00 | Dr
            2026-04-05 | 4 | | 900.00 | 200.00 | Cr""",
            [70000, -90000],
        ),
        (
            """Date | Vch No | Dr/Cr | Amount
            2026-04-02 | 12 | Dr | 700.00
            2026-04-05 | 4 | Cr | 900.00""",
            [70000, -90000],
        ),
        (
            """Date | Vch No | Vch Type | Amount | Balance
            2026-04-02 | 12 | Sales | 700.00 | 700.00
            2026-04-05 | 4 | Receipt | 300.00 | 400.00
            2026-04-06 | 5 | Credit Note | 50.00 | 350.00""",
            [70000, -30000, -5000],
        ),
        (
            """Date | Particulars | Vch No | Vch Type | Amount
            2026-04-02 | To Sales | 12 | Sales | 700.00
            2026-04-05 | By Bank | 4 | Receipt | 300.00
            2026-04-06 | Return | 5 | Credit Note | 50.00
            2026-04-07 | To Interest | 6 | Journal | 10.00
            2026-04-08 | Supplied | 7 | Invoice | 20.00
            2026-04-09 | Reminded | 8 | Letter |""",
            [70000, -30000, -5000, 1000, 2000],
        ),
        (
            """Date | Transactions | Details | Amount | Payments | Balance
            01/04/2026 | ***Opening Balance*** | | 500.00 | | 500.00
            02/04/2026 | Invoice | INV-12 | 700.00 | | 1200.00
            15/04/2026 | Payment Received | 4 | | 300.00 | 900.00
             | | | | Balance Due | 900.00""",
            [50000, 70000, -30000],
        ),
        ("Date | Bill | Amount\n2026-04-02 | 12 | 700.00\n2026-04-05 | 4 | 300.00", [70000, 30000]),
        (
            """Date | Vch No | Debit | Credit | Balance
            2026-04-05 | 4 | | 300.00 | 450.00
            2026-04-05 | 12 | 700.00 | | 750.00
             | Opening balance | | | 50.00""",
            [5000, 70000, -30000],
        ),
    ],
    ids=["two dr/cr", "balance dr/cr", "dr/cr first", "no sign", "words", "zoho", "debits only", "newest first"],
)  # fmt: skip
def test_signs_of_one_party(rows: str, expected: list[int]) -> None:
    found = take(table(f"Party: Ram Traders (C-7)\n{rows}"), options=STATEMENT)
    assert [row.amount_minor for row in found.rows] == expected
    assert {(row.account, row.name) for row in found.rows} == {("C-7", "Ram Traders")}
    assert not found.rejects
    assert all(one.delta_minor == 0 for one in found.file_totals)


def test_a_row_that_does_not_say_which_way_it_moves_is_set_aside() -> None:
    found = take(table("""
Party: Ram
Date | Vch No | Vch Type | Amount
2026-04-02 | 12 | Sales | 700.00
2026-04-05 | 4 | Receipt | 300.00
2026-04-06 | 5 | Journal | 50.00
"""), options=STATEMENT)  # fmt: skip
    assert [row.amount_minor for row in found.rows] == [70000, -30000]
    assert [(one.row, one.reason) for one in found.rejects] == [(5, "debit or credit: no word says it")]


def test_a_row_without_a_day_needs_the_balance_to_prove_it() -> None:
    text = """
Party: Ram
Vch No | Date | Particulars | Debit | Credit | Balance
1 | 2026-04-01 | Sales | 500.00 | | 500.00
2 | | Sales | 100.00 | | 600.00
"""
    found = take(table(text), options=STATEMENT)
    assert moves(found) == [("Ram", "1", "2026-04-01", 50000), ("Ram", "2", "2026-04-01", 10000)]
    without = take(table(text.replace(" | 500.00\n", " |\n").replace(" | 600.00\n", " |\n")), options=STATEMENT)
    assert [(one.row, one.column, one.reason) for one in without.rejects] == [(4, "Date", "no date")]


def test_rows_of_a_column_of_parties_that_name_none() -> None:
    text = (
        FLAT
        + "Sita | | | | | \n | 9 | 2026-04-09 | 5.00 | | 705.00\n | Total | | 1205.00 | 200.00 |\n | x | | 3.00 | |"
    )
    found = take(table(text), options=STATEMENT)
    assert [row.name for row in found.rows] == ["Ram", "Ram", "Sita", "Sita"]
    blank = take(table(FLAT + " | 9 | 2026-04-09 | 5.00 | | 5.00"), options=STATEMENT)
    assert [(one.row, one.column, one.reason) for one in blank.rejects] == [(5, "Party", "no customer")]
    merged = FLAT.replace("Ram | 2", " | 2") + " | 4 | 2026-04-04 | 1.00 | | 701.00\n"
    assert [row.name for row in take(table(merged), options=STATEMENT).rows] == ["Ram", "Ram", "Sita", "Sita"]


def test_credit_days_and_due_dates_count_in_a_statement_too() -> None:
    found = take(table(FLAT), options=Options(layout="statement", credit_days=30))
    assert [(row.number, row.due_on, row.due_from) for row in found.rows if row.kind == "item"] == [
        ("1", "2026-05-01", "--credit-days"),
        ("3", "2026-05-03", "--credit-days"),
    ]


def test_currencies_of_one_party_run_apart() -> None:
    found = take(table("""
Party | Voucher No | Date | Cur | Debit | Credit | Balance
Ram | 1 | 2026-04-01 | INR | 500.00 | | 500.00
Ram | 2 | 2026-04-02 | USD | 20.00 | | 20.00
Ram | 3 | 2026-04-03 | INR | | 100.00 | 400.00
"""), options=STATEMENT)  # fmt: skip
    assert [(row.currency, row.amount_minor) for row in found.rows] == [("INR", 50000), ("INR", -10000), ("USD", 2000)]
    assert [(one.currency, one.stated_minor, one.delta_minor) for one in found.file_totals] == [
        ("INR", 40000, 0),
        ("USD", 2000, 0),
    ]
    assert [(one.header, one.currency, one.minor) for one in found.column_sums] == [
        ("Debit", "INR", 50000),
        ("Debit", "USD", 2000),
        ("Credit", "INR", 10000),
        ("Credit", "USD", 0),
    ]


@pytest.mark.parametrize("text", [TALLY, TALLY_PRIME, BUSY], ids=["tally", "tally prime", "busy"])
def test_a_running_ledger_is_never_read_as_a_list(text: str) -> None:
    with pytest.raises(InputRefused, match="a running ledger, whose balance is stated in row") as caught:
        take(table(text))
    assert caught.value.hint == "read it with --layout statement"


def test_a_list_with_a_running_balance() -> None:
    """Read by debit and credit where the balance explains itself, refused where it begins with more."""
    found = take(table(FLAT))
    assert [(row.name, row.amount_minor, row.open_minor) for row in found.rows] == [
        ("Ram", 50000, None),
        ("Ram", -20000, None),
        ("Sita", 70000, None),
    ]
    with pytest.raises(InputRefused, match="a running balance that begins with more") as caught:
        take(table(FLAT.replace("| 500.00\n", "| 900.00\n").replace("300.00", "700.00")))
    assert "--layout statement" in str(caught.value.hint)
    wrong = take(table(FLAT.replace("| 200.00 | 300.00", "| 200.00 | 350.00")))
    assert [one.suggestion for one in wrong.rejects] == [
        "correct the sign of one of the two; a running balance needs --layout statement"
    ]


def test_a_sheet_whose_blocks_no_word_names() -> None:
    found = take(table("""
Shree Traders
Ram Stores
Date | Vch No | Debit | Credit
2026-04-01 | 1 | 5.00 |
 | Closing balance | 5.00 |
Sita Stores
Page 2 of 3
Date | Vch No | Debit | Credit
2026-04-01 | 2 | 7.00 |
 | Closing balance | 7.00 |
"""), options=STATEMENT)  # fmt: skip
    assert moves(found) == [("Ram Stores", "1", "2026-04-01", 500), ("Sita Stores", "2", "2026-04-01", 700)]


def test_handing_over_more_than_is_booked_is_said() -> None:
    sheet = table(
        "Date | Sent Amount | Receive Amount | Dues\n2026-04-01 | 104.00 | | 100.00\n2026-04-02 | | 40.00 | 60.00"
    )
    found = intake_join.join(take_all([(Tab("Ram"), sheet)], options=STATEMENT))
    assert [row.amount_minor for row in found.rows] == [10000, -4000]
    assert found.warnings == []
    opened = table("Date | Sent Amount | Dues\n | carried | 0.00\n2026-04-01 | 104.00 | 100.00")
    assert take_all([(Tab("Ram"), opened)], options=STATEMENT)[0].warnings == [
        (
            "1 rows move the balance by something else than what was handed over, the first in C3 (Dues): the "
            "balance was taken"
        )
    ]


def test_broken_rows_of_a_statement() -> None:
    found = take(table("""
Party: Ram
Date | Vch No | Debit | Credit | Balance
2026-04-01 | 1 | five | | 500.00
2026-04-02 | 2 | | 1O0.0 | 400.00
32/13/2026 | 3 | 50.00 | | 450.00
2026-04-04 | 4 | 50.00 | | 500.00
"""), options=STATEMENT)  # fmt: skip
    assert [(row.number, row.amount_minor) for row in found.rows] == [("4", 5000)]
    assert [(one.row, one.column, one.value) for one in found.rejects] == [
        (3, "Debit", "five"),
        (4, "Credit", "1O0.0"),
        (5, "Date", "32/13/2026"),
    ]
    assert (found.rows_read, found.rejected) == (4, 3)


def test_pages_of_one_ledger_and_the_company_over_each() -> None:
    """Ram's ledger goes on over two pages; Sita's comes between, and then Ram's again."""
    head = "Date | Vch No | Particulars | Debit | Credit\n"
    found = take(table(
        "Shree Traders\nRam Traders\nLedger Account\n" + head + "2026-04-01 | 1 | To Sales | 5.00 |\n" + head
        + "2026-04-02 | 2 | To Sales | 7.00 |\n | | Page total | 12.00 |\nShree Traders\nLedger Account\n" + head
        + "2026-04-03 | 3 | To Sales | 1.00 |\nShree Traders\nSita Stores\nLedger Account\n" + head
        + "2026-04-03 | 4 | To Sales | 2.00 |\nShree Traders\nRam Traders\nLedger Account\n" + head
        + "2026-04-03 | 5 | To Sales | 3.00 |\n"
    ), options=STATEMENT)  # fmt: skip
    assert {row.number: row.name for row in found.rows} == {
        **dict.fromkeys("1235", "Ram Traders"),
        "4": "Sita Stores",
    }


def test_an_opening_that_contradicts_itself_and_a_total_above_all() -> None:
    found = take(table("""
Party | Date | Particulars | Vch No | Debit | Credit | Balance
 | | Total | | 900.00 | |
Ram | 2026-04-01 | Opening balance | | 500.00 | | 400.00
Ram | 2026-04-02 | Sales | 1 | 500.00 | | 900.00
"""), options=STATEMENT)  # fmt: skip
    assert [(one.row, one.reason) for one in found.rejects] == [(3, "the balance moves by 400.00, not 500.00")]
    assert [(row.number, row.amount_minor) for row in found.rows] == [("1", 50000)]


def test_a_party_stated_in_two_lines() -> None:
    found = take(table("""
Customer Code: 100234
Name: To Sons
Currency: INR
Date | Vch No | Debit | Credit
2026-04-01 | 1 | 5.00 |
"""), options=STATEMENT)  # fmt: skip
    assert [(row.account, row.name) for row in found.rows] == [("100234", "To Sons")]


def test_words_after_a_total_of_the_page_name_nobody() -> None:
    found = take(table("""
Ledger: Ram Traders
Date | Vch No | Particulars | Debit | Credit
2026-04-01 | 1 | Sales | 5.00 |
 | | Page total | 5.00 |
Goods sent by road | | | |
 | | Cash received from Mohan Lal | |
2026-04-02 | 2 | Sales | 7.00 |
"""), options=STATEMENT)  # fmt: skip
    assert {row.name for row in found.rows} == {"Ram Traders"}


def test_a_balance_of_the_other_sign_is_set_aside() -> None:
    found = take(
        table("Customer | No | Date | Debit | Balance\nRam | 1 | 2026-04-01 | 500.00 | -500.00"), options=STATEMENT
    )
    assert not found.rows
    assert [one.reason for one in found.rejects] == ["the balance moves by -500.00, not 500.00"]
