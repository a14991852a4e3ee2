"""Bank statements and receipt lists, as they come: which columns, which rows, what is set aside."""

from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace

import pytest

from collect import payment_layout, payment_rows
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Options
from collect.payment_rows import PaymentList

Rows = Sequence[Sequence[Cell]]


def read(rows: Rows, options: Options | None = None) -> PaymentList:
    """Read one sheet of cells."""
    given = options or Options()
    sheet = SimpleNamespace(name="Sheet1", visible=True)
    layout = payment_layout.find([(sheet, rows[:60])], given)[0]
    columns = {at: [row[at] if at < len(row) else None for row in rows[layout.first :]] for at in layout.needed}
    return payment_rows.read(layout, columns, given)


def taken(found: PaymentList) -> list[tuple[str, int, str, str]]:
    return [(one.paid_on, one.amount_minor, one.mode, one.reference) for one in found.payments]


def test_a_bank_statement() -> None:
    found = read(
        [
            ["ABC Bank"],
            ["Statement of account 50100012345678", None, None, None, None, None],
            ["Date", "Narration", "Chq./Ref.No.", "Withdrawal Amt.", "Deposit Amt.", "Closing Balance"],
            ["01/04/26", "Opening balance", None, None, None, "10,000.00"],
            [
                "02/04/26",
                "NEFT CR-HDFC0000123-ASHA TRADERS-INV-1",
                "0000HDFCN52026040212345",
                None,
                "1,180.00",
                "11,180.00",
            ],
            ["13/04/26", "ATM WDL", None, "500.00", None, "10,680.00"],
            ["13/04/26", "UPI/412345678901/RAVI/okaxis", None, None, "7,000.50", "17,680.50"],
            ["14/04/26", "CLG CHQ 000412", "000412", None, "250.00", "17,930.50"],
            ["14/04/26", "CASH DEP PUNE", "0", "0.00", "99.00", "18,029.50"],
            ["14/04/26", "Reversal", None, "0.00", "0.00", "18,029.50"],
            [None, "Total", None, "500.00", "8,529.50", None],
        ]
    )
    assert taken(found) == [
        ("2026-04-02", 118000, "bank", "0000HDFCN52026040212345"),
        ("2026-04-13", 700050, "upi", "412345678901"),
        ("2026-04-14", 25000, "cheque", "000412"),
        ("2026-04-14", 9900, "cash", ""),
    ]
    assert (found.rows_read, found.skipped) == (8, {"note": 2, "out": 1, "zero": 1})
    assert found.date_order == "dmy"


def test_amounts_with_a_column_for_debit_or_credit() -> None:
    found = read(
        [
            ["Txn Date", "Description", "Ref No", "Amount (INR)", "Dr/Cr"],
            [date(2026, 4, 2), "IMPS/INV-1", "512", 100.5, "CR"],
            [date(2026, 4, 3), "CHARGES", "513", 10, "Dr."],
            [date(2026, 4, 3), "sweep", "514", -10, ""],
        ]
    )
    assert taken(found) == [("2026-04-02", 10050, "bank", "512")]
    assert found.skipped == {"out": 2}


def test_a_list_of_receipts_of_our_own() -> None:
    found = read(
        [
            ["Receipt date", "Customer code", "Customer name", "Invoice", "Amount received", "Payment mode", "UTR"],
            [date(2026, 4, 2), "C-104", "Asha", "INV-1", 1180, "Google Pay", "412345678901"],
            [date(2026, 4, 2), "C-105", "Ravi", "", "2,000.00", "Cash", None],
        ]
    )
    assert [(one.account, one.payer, one.number, one.amount_minor, one.mode) for one in found.payments] == [
        ("C-104", "Asha", "INV-1", 118000, "upi"),
        ("C-105", "Ravi", "", 200000, "cash"),
    ]


def test_a_currency_of_its_own_has_its_own_decimals() -> None:
    found = read([["Date", "Amount", "Currency"], ["2026-04-02", "1250.125", "KWD"], ["2026-04-02", "7", "USD"]])
    assert [(one.currency, one.amount_minor) for one in found.payments] == [("KWD", 1250125), ("USD", 700)]


def test_bad_cells_are_set_aside_with_their_place() -> None:
    found = read(
        [
            ["Date", "Narration", "Credit"],
            ["2026-04-31", "NEFT", "100.00"],
            ["2026-04-02", "NEFT", "lots"],
            [None, None, None],
            ["2026-04-03", "NEFT", "5.00"],
        ]
    )
    assert [(one.row, one.column, one.value, one.reason) for one in found.rejects] == [
        (2, "Date", "2026-04-31", "not a date"),
        (3, "Credit", "lots", "not an amount"),
    ]
    assert (len(found.payments), found.rejected, found.rows_read) == (1, 2, 3)


def test_days_that_could_be_two_are_refused_until_somebody_says() -> None:
    rows: Rows = [["Date", "Credit"], ["04/05/2026", "5.00"]]
    with pytest.raises(InputRefused, match="two days"):
        read(rows)
    assert read(rows, Options(dates="dmy")).payments[0].paid_on == "2026-05-04"


def test_columns_can_be_named() -> None:
    rows: Rows = [["When", "Came in", "Who"], ["2026-04-02", "5.00", "Asha"]]
    with pytest.raises(InputRefused, match="no header row with a date and an amount received"):
        read(rows)
    found = read(rows, Options(mapping={"paid_on": "When", "credit": "Came in", "payer": "Who"}))
    assert [(one.amount_minor, one.payer) for one in found.payments] == [(500, "Asha")]
    with pytest.raises(WrongUsage, match="no such field of a payment: due_on"):
        read(rows, Options(mapping={"due_on": "When"}))
    with pytest.raises(WrongUsage, match="no such sheet: Sheet9"):
        read(rows, Options(sheet="Sheet9"))
    with pytest.raises(InputRefused, match="no header row"):
        read(rows, Options(mapping={"paid_on": "Whenever"}))


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    rows: Rows = [["Date", "Credit"], ["2026-04-02", 5]]
    hidden = SimpleNamespace(name="Old", visible=False)
    with pytest.raises(InputRefused, match="no header row"):
        payment_layout.find([(hidden, rows)], Options())
    assert payment_layout.find([(hidden, rows)], Options(sheet="Old"))[0].sheet == "Old"


def test_a_list_of_decisions() -> None:
    rows: Rows = [
        ["Line", "Day", "Amount", "Decision"],
        [7, "2026-04-02", 5, "C-104"],
        [8, "", 5, ""],
        [9, "", 1, "yes"],
    ]
    sheet = SimpleNamespace(name="payment unmatched", visible=True)
    layout = payment_layout.find([(sheet, rows)], Options())[0]
    assert payment_layout.is_decided(layout)
    columns = {at: [row[at] for row in rows[1:]] for at in layout.needed}
    assert payment_rows.decisions(layout, columns) == [(7, "C-104"), (9, "yes")]
    with pytest.raises(InputRefused, match="not the number of a line: x"):
        payment_rows.decisions(layout, {**columns, 0: ["x", 8, 9]})
