"""Running ledgers: one sheet per customer, debit, credit and balance."""

import pytest

from collect import intake_join
from collect.errors import InputRefused
from collect.grids import Options
from tests.intake_sheets import Tab, ledger, shared, table, take, take_all


def test_a_running_ledger_per_sheet() -> None:
    one = table("""
Ledger: Mehta Hardware (M-1)
Date | Particulars | Vch No | Debit | Credit | Balance
 | Opening Balance | | | | 50.00
2026-04-01 | Sales | 1 | 100.00 | | 150.00
2026-04-09 | Bank | 2 | | 60.00 | 90.00
 | Closing Balance | | | | 90.00
""")
    two = table("Date | Particulars | Debit | Credit\n2026-04-03 | Sales | 7.00 |\n | Total | 7.00 |")
    found = intake_join.join(take_all([(Tab("A"), one), (Tab("Kapoor"), two)], options=Options(layout="statement")))
    assert [(row.account, row.name, row.document_on, row.amount_minor) for row in found.rows] == [
        ("M-1", "Mehta Hardware", "2026-04-01", 5000),
        ("M-1", "Mehta Hardware", "2026-04-01", 10000),
        ("M-1", "Mehta Hardware", "2026-04-09", -6000),
        ("Kapoor", "Kapoor", "2026-04-03", 700),
    ]
    assert (found.skipped, found.rows_read, found.taken) == ({"total": 2}, 6, 4)
    assert [(one.header, one.minor) for one in found.column_sums] == [("Debit", 10700), ("Credit", 6000)]
    assert found.file_totals[0].delta_minor == 0


def test_nobody_to_bill_is_refused_with_the_ways_out() -> None:
    with pytest.raises(InputRefused, match="no column and no row says whose") as caught:
        take(table("Date | Vch No | Debit | Credit\n2026-04-03 | 1 | 7.00 |\n2026-04-04 | 2 | 8.00 |"))
    assert "--layout statement" in str(caught.value.hint)


@shared
def test_retailer_ledgers() -> None:
    found = intake_join.join(take_all(ledger("ledgers/retailer_ledgers.xlsx"), options=Options(layout="statement")))
    assert (len(found.accounts), found.taken, found.control[0].amount_minor) == (8, 43, 1100000)
    assert [(one.header, one.minor) for one in found.column_sums] == [
        ("Send Amount", 5824000),
        ("Receive Amount", 4500000),
    ]
    assert found.accounts["714233202"].name == "RETAD MOBILE NUJAFOG"


def test_a_ledger_that_opens_with_nothing_and_has_blank_rows() -> None:
    found = take(table("""
Shree Traders
Statement of account
Rao Stores
Date | Particulars | Vch No | Debit | Credit | Balance
 | Opening Balance | | | | 0.00
2026-04-01 | Sales | 1 | 100.00 | | 100.00
 | | | | |
2026-04-09 | Bank | 2 | | 60.00 | 40.00
"""), options=Options(layout="statement"))  # fmt: skip
    assert [(row.name, row.amount_minor) for row in found.rows] == [("Rao Stores", 10000), ("Rao Stores", -6000)]
    assert (found.skipped, found.rows_read) == ({"opening": 1}, 3)
    assert [(one.stated_minor, one.delta_minor) for one in found.file_totals] == [(4000, 0)]
