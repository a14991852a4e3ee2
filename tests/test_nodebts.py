"""What a list holds and nobody owes: offers, orders and purchases, and when a payment is not a customer's."""

import pytest

from tests.intake_sheets import table, take

HEADER = "Customer | Type | No | Date | Debit | Credit\n"


def left_out(text: str) -> dict[str, int]:
    """How many rows a list of debits and credits leaves out, by why."""
    return {why: count for why, count in take(table(HEADER + text)).skipped.items() if why in {"void", "no debt"}}


@pytest.mark.parametrize(
    "kind",
    [
        "Estimate",
        "Quotation",
        "SALES ORDER",
        "Pro-forma invoice",
        "Delivery Note",
        "Purchase Order",
        "Bill Payment (Check)",
    ],
)
def test_what_was_only_offered_or_bought_is_no_debt(kind: str) -> None:
    rows = f"Ram | Invoice | 1 | 2026-01-05 | 100.00 |\nRam | {kind} | 2 | 2026-01-06 | 900.00 |\n"
    assert left_out(rows) == {"no debt": 1}
    assert sum(row.amount_minor for row in take(table(HEADER + rows)).rows) == 10000


@pytest.mark.parametrize(
    "kind", ["Invoice", "Order invoice", "Payment", "Purchase", "Contra", "Receipt note 7", "Estimated tax"]
)
def test_other_kinds_stay(kind: str) -> None:
    assert left_out(f"Ram | {kind} | 1 | 2026-01-05 | 100.00 |\nRam | Charge | 2 | 2026-01-06 | 50.00 |\n") == {}


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ("Ram | Sales | 1 | 2026-01-05 | 100.00 |\nRam | Payment | 2 | 2026-01-06 | | 40.00", 0),
        ("Ram | Receipt | 1 | 2026-01-05 | | 100.00\nRent | Payment | 2 | 2026-01-06 | 40.00 |", 1),
        ("Ram | Receipt | 1 | 2026-01-05 | | 100.00\nRam | Payment | 2 | 2026-01-06 | 40.00 |", 0),
        ("Ram | Receipt | 1 | 2026-01-05 | | 100.00\nSita | Payment | 2 | 2026-01-06 | | 40.00", 0),
        ("Ram | Sales | 1 | 2026-01-05 | 100.00 |\nSteel | Purchase | 2 | 2026-01-06 | | 40.00", 1),
        (
            (
                "Ram | Sales | 1 | 2026-01-05 | 9.00 |\nBank | Contra | 2 | 2026-01-06 | 40.00 |\n"
                "Rent | Payment | 3 | 2026-01-06 | 5.00 |"
            ),
            2,
        ),
    ],
    ids=["a credit", "paid out", "money back", "a credit in a day book", "bought", "cash banked and rent"],
)
def test_a_payment_is_ours_only_in_a_day_book(rows: str, count: int) -> None:
    assert left_out(rows + "\n").get("no debt", 0) == count


def test_amounts_without_sides_of_a_day_book_leave_every_payment_out() -> None:
    found = take(
        table(
            "Customer | Type | No | Date | Amount\nRam | Receipt | 1 | 2026-01-05 | 10.00\n"
            "Ram | Payment | 2 | 2026-01-06 | 4.00\n"
        )
    )
    assert [row.amount_minor for row in found.rows] == [-1000]
    assert found.warnings[0] == "left out because nobody owes them: 1 Payment (--map doc_type= takes them)"


def test_a_list_without_kinds_goes_by_what_was_posted() -> None:
    found = take(
        table(
            "Customer | No | Date | Posted | Amount\nRam | 1 | 2026-01-05 | Yes | 10.00\n"
            "Ram | 2 | 2026-01-06 | No | 4.00\nRam | 3 | 2026-01-06 | | 1.00\n"
        )
    )
    assert [row.number for row in found.rows] == ["1", "3"]
    assert found.warnings[0] == "left out because nobody owes them: 1 not posted (--map posted= takes them)"
