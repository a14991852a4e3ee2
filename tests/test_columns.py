"""Which column is which field where its header does not decide it."""

from datetime import date

from collect import columns, headers
from collect.columns import Table
from collect.grids import Cell

KNOWN = headers.vocabulary()


def decide(texts: list[str], *body: list[Cell], given: dict[str, int] | None = None) -> columns.Decided:
    table = Table(texts, body)
    samples = {at: table.cells(at) for at in range(len(texts))}
    return columns.decide(table, headers.assign(texts, samples, KNOWN, given or {}), given or {}, KNOWN)


def test_figures_of_all_kinds_are_compared_with_each_other() -> None:
    texts = ["Customer", "Amount", "GST", "Total"]
    rows: list[list[Cell]] = [
        ["A", "1,000.00", 180, "1,180.00"], ["B", "1.000,50", "18,00", 1018.5], ["C", 5, None, "5.00"],
        ["D", True, 1, 2], ["E", "n/a", 1, 2], ["F", date(2026, 1, 1), 1, 2], ["G", 10**14, 1, 2], ["H", 7],
    ]  # fmt: skip
    assert decide(texts, *rows).mapping == {"name": 0, "amount": 3}
    assert decide(texts, ["A", 100, 18, 117]).asked is not None
    assert decide(["Customer", "Total", "GST", "Amount"], ["A", 118, 18, 100]).mapping == {"name": 0, "amount": 1}


def test_what_the_user_named_stands() -> None:
    texts = ["Account", "Customer", "Amount", "Currency"]
    rows: list[list[Cell]] = [["1200", "A", 1, "USD"], ["1200", "B", 2, "INR"]]
    assert decide(texts, *rows).mapping == {"name": 1, "amount": 2, "currency": 3}
    given = {"account": 0, "amount": 2, "currency": 3}
    assert decide(texts, *rows, given=given).mapping == {"account": 0, "name": 1, "amount": 2, "currency": 3}
    assert decide(["Customer", "Overdue Amt", "Bounce charges"], ["A", 5, 1]).mapping == {"name": 0, "open": 1}
    given = {"open": 1, "fee": 2}
    assert decide(["Customer", "Overdue Amt", "Bounce charges"], ["A", 5, 1], given=given).mapping["fee"] == 2


def test_an_amount_beside_what_is_open_is_of_the_same_currency() -> None:
    texts = ["Customer", "Amount in doc. curr.", "Amount (LCY)", "Remaining Amount (LCY)"]
    assert decide(texts, ["A", 1, 83, 80]).mapping == {"name": 0, "amount": 2, "open": 3}
    assert decide([*texts[:2], "Phone", texts[3]], ["A", 1, "98", 80]).mapping == {"name": 0, "phone": 2, "open": 3}
    assert decide(["Customer", "Phone"], ["A", "98"]).mapping == {"name": 0, "phone": 1}


def test_a_ledger_account_is_told_from_a_customer_by_whose_rows_it_stands_in() -> None:
    texts = ["Account", "Customer", "Amount"]
    assert decide(["Account", "Amount"], ["1200", 1], ["1200", 2]).mapping == {"account": 0, "amount": 1}
    assert decide(texts, ["1200", "Asha", 1], ["1200", "Asha Ltd", 2], [None, "Bela", 3]).mapping["account"] == 0
    assert decide(texts, ["1", "Asha", 1], ["2", "Bela", 2], ["2", "Bela", 2]).mapping["account"] == 0
    lines = ["Account", "Customer", "Amount", "Qty"]
    rows: list[list[Cell]] = [["200", "Asha", 1, 1], ["201", "Asha", 1, 1], ["200", "Bela", 1, 1]]
    assert "account" in decide(texts, *rows).mapping
    assert "account" not in decide(lines, *rows).mapping


def test_an_instalment_is_no_amount_where_more_is_overdue() -> None:
    texts = ["Loan No", "EMI Amount", "Overdue Amount"]
    assert decide(texts, ["L1", 3250, 6500], ["L2", 5000, 5000]).mapping == {"account": 0, "open": 2}
    assert decide(texts, ["L1", 3250, 1250], ["L2", 5000, None]).mapping == {"account": 0, "amount": 1, "open": 2}
    assert decide(texts[:2], ["L1", 3250]).mapping == {"account": 0, "amount": 1}
    assert decide(texts, ["L1", 3250, 6500], given={"amount": 1}).mapping["amount"] == 1


def test_a_state_is_of_a_bill_or_of_the_country() -> None:
    texts = ["Customer", "Amount", "State"]
    assert decide(texts, ["A", 1, "MH"], ["B", 2, "Gujarat"]).mapping == {"name": 0, "amount": 1}
    assert decide(texts, ["A", 1, "Posted"], ["B", 2, "In Payment"]).mapping == {"name": 0, "amount": 1, "status": 2}
    assert decide(["Customer", "Amount", "Status"], ["A", 1, "MH"]).mapping["status"] == 2


def test_two_sides_of_a_balance_are_debit_and_credit_only_where_no_amounts_are() -> None:
    sides = ["Receivable Balance", "Payable Balance"]
    assert decide(["Party", *sides], ["A", 1, None]).mapping == {"name": 0, "debit": 1, "credit": 2}
    assert decide(["Party", "Total", *sides], ["A", 1, 1, None]).mapping == {"name": 0, "amount": 1, "open": 2}
    assert decide(["Party", "Total", sides[1]], ["A", 1, None]).mapping == {"name": 0, "amount": 1}
    assert decide(["Party", "Total", "Debit"], ["A", 1, 1]).mapping == {"name": 0, "amount": 1, "debit": 2}
