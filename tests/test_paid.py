"""What was paid, from the ledger of postings; amounts in minor units."""

from datetime import date

from collect.paid import Line, List, payments
from collect.promises import Payment


def april(day: int) -> date:
    return date(2026, 4, day)


def receipt(posting: int, credit: int, minor: int, day: int) -> Line:
    return Line(posting, posting, None, credit, "receipt", -minor, april(day))


def pair(posting: int, credit: int, item: int, minor: int, day: int) -> list[Line]:
    return [
        Line(posting, posting, item, None, "allocation", -minor, april(day), posting),
        Line(posting + 1, posting, None, credit, "allocation", minor, april(day), posting),
    ]


def test_a_receipt_counts_from_its_own_day_wherever_its_money_went() -> None:
    lines = [receipt(1, 7, 1_000, 3), *pair(2, 7, 10, 600, 3), *pair(4, 7, 20, 100, 9)]
    assert payments(lines, april(9), {}) == [
        Payment(april(3), 600, 10, change_id=1),
        Payment(april(3), 100, 20, change_id=1),
        Payment(april(3), 300, None, change_id=1),
    ]
    assert payments(lines, april(8), {})[1:] == [Payment(april(3), 400, None, change_id=1)]


def test_credit_notes_write_offs_and_waivers_are_no_payments() -> None:
    lines = [
        Line(1, 1, None, 7, "credit note", -500, april(2)),
        *pair(2, 7, 10, 500, 2),
        Line(4, 4, 10, None, "write-off", -100, april(3)),
        Line(5, 5, 10, None, "waiver", -100, april(3)),
        Line(6, 6, 10, None, "tds", -100, april(3)),
    ]
    assert payments(lines, april(9), {}) == []


def test_a_bounce_takes_a_receipt_back_from_its_day_and_an_allocation_moves_without_a_trace() -> None:
    lines = [
        receipt(1, 7, 1_000, 3),
        *pair(2, 7, 10, 1_000, 3),
        *pair(4, 7, 10, -1_000, 3),
        *pair(6, 7, 20, 1_000, 3),
        *pair(8, 7, 20, -1_000, 15),
        Line(10, 10, None, 7, "bounce", 1_000, april(15), None, 1),
    ]
    assert payments(lines, april(10), {}) == [Payment(april(3), 1_000, 20, None, april(15), 1)]
    assert payments(lines, april(20), {}) == [Payment(april(3), 1_000, None, None, april(15), 1)]


def test_a_settlement_of_the_lists_day_may_be_as_old_as_the_list_before() -> None:
    lists = {5: List(april(10), april(5)), 6: List(april(10), None)}
    seen = Line(1, 5, 10, None, "settled in the ledger", -700, april(10))
    dated = seen._replace(id=2, effective_on=april(7))
    first = seen._replace(id=3, change_id=6)
    assert payments([seen, dated, first], april(30), lists) == [
        Payment(april(7), 700, 10, None, change_id=5, listed=True),
        Payment(april(10), 700, 10, april(6), change_id=5, listed=True),
        Payment(april(10), 700, 10, None, change_id=6, listed=True),
    ]


def test_a_ledger_that_raises_an_item_again_takes_its_newest_settlement_back() -> None:
    lines = [
        Line(1, 1, 10, None, "settled in the ledger", -300, april(2)),
        Line(2, 2, 10, None, "settled in the ledger", -500, april(6)),
        Line(3, 3, 10, None, "adjusted in the ledger", 600, april(9)),
    ]
    assert payments(lines, april(30), {}) == [
        Payment(april(6), 500, 10, None, april(9), 2, listed=True),
        Payment(april(2), 100, 10, None, april(9), 1, listed=True),
        Payment(april(2), 200, 10, None, None, 1, listed=True),
    ]
    assert payments(lines[2:], april(30), {}) == []
