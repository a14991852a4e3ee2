"""Legal clocks: dates and sums of published examples, and of cases worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from collect import clocks, presets
from collect.clocks import Bounce, Restart, Standing
from collect.errors import NotFound
from collect.policy_classes import Due
from collect.presets import Rule


def rule(preset: str, name: str) -> Rule:
    return next(one for one in presets.load(preset).rules if one.id == name)


CHEQUE = rule("in-ni138", "IN-NI138")
LIMITATION = rule("in-limitation", "IN-LIM")
SUPPLIER = rule("in-msmed", "IN-MSMED")
CLASSES = rule("in-irac", "IN-IRAC-SMA")
INTEREST = rule("uk-b2b", "UK-LPCDA-INT")
FIXED = rule("uk-b2b", "UK-LPCDA-COMP")


def cheque(bounce: Bounce, today: str) -> list[tuple[str, str]]:
    return [(str(one.due_on), one.state) for one in clocks.cheque(CHEQUE, bounce, date.fromisoformat(today))]


def test_the_clocks_of_a_bounced_cheque() -> None:
    """Case IN-N01: memo 2026-03-02, notice received 04-06: out by 04-01, pay by 04-21, complaint by 05-22."""
    bounce = Bounce(date(2026, 3, 2), date(2026, 3, 30), date(2026, 4, 6))
    assert cheque(bounce, "2026-04-10") == [
        ("2026-04-01", "done"),
        ("2026-04-21", "running"),
        ("2026-05-22", "running"),
    ]
    found = clocks.cheque(CHEQUE, bounce, date(2026, 4, 10))
    assert [one.text for one in found][1:] == ["the drawer may still pay", "file the complaint"]
    assert (found[2].from_on, found[0].citation) == (date(2026, 4, 22), "Negotiable Instruments Act 1881 ss 138, 142")


def test_a_notice_sent_late_has_missed_its_clock() -> None:
    memo = date(2026, 3, 2)
    assert cheque(Bounce(memo), "2026-04-01") == [("2026-04-01", "running")]
    assert cheque(Bounce(memo), "2026-04-02") == [("2026-04-01", "missed")]
    assert cheque(Bounce(memo, date(2026, 4, 2)), "2026-04-02") == [("2026-04-01", "missed")]


def test_a_cheque_paid_in_time_leaves_no_complaint() -> None:
    bounce = Bounce(date(2026, 3, 2), date(2026, 3, 30), date(2026, 4, 6), date(2026, 4, 21))
    assert cheque(bounce, "2026-04-25") == [("2026-04-01", "done"), ("2026-04-21", "done")]
    late = bounce._replace(paid_on=date(2026, 4, 22))
    assert cheque(late, "2026-04-25")[1:] == [("2026-04-21", "missed"), ("2026-05-22", "running")]


def test_a_debt_can_be_sued_for_for_three_years() -> None:
    """Due 2023-04-10: through 2026-04-10."""
    found = clocks.limitation(LIMITATION, date(2023, 4, 10), (), date(2026, 4, 10))
    assert (found.due_on, found.state, found.basis) == (date(2026, 4, 10), "running", "M")
    assert found.text == "last day to sue, since it fell due of 2023-04-10"
    assert clocks.limitation(LIMITATION, date(2023, 4, 10), (), date(2026, 4, 11)).state == "missed"


@pytest.mark.parametrize(
    ("paid_on", "last"),
    [("2025-06-01", "2028-06-01"), ("2026-04-10", "2029-04-10"), ("2026-04-11", "2026-04-10")],
)
def test_a_part_payment_begins_it_anew_only_before_its_end(paid_on: str, last: str) -> None:
    restart = Restart(date.fromisoformat(paid_on), "part payment")
    found = clocks.limitation(LIMITATION, date(2023, 4, 10), (restart,), date(2026, 12, 31))
    assert str(found.due_on) == last


def test_each_acknowledgement_in_time_counts_from_its_own_day() -> None:
    """The second lies beyond three years from the due day, but within three of the first; the third is too late."""
    days = (date(2023, 1, 1), date(2025, 12, 31), date(2029, 1, 1))
    restarts = [Restart(day, "acknowledgement") for day in days]
    found = clocks.limitation(LIMITATION, date(2020, 1, 31), restarts, date(2030, 1, 1))
    assert (found.due_on, found.state) == (date(2028, 12, 31), "missed")
    assert found.text == "last day to sue, since the acknowledgement of 2025-12-31"


@pytest.mark.parametrize(
    ("agreed", "due"), [(None, "2026-03-16"), ("2026-03-31", "2026-03-31"), ("2026-05-30", "2026-04-15")]
)
def test_a_small_supplier_is_paid_within_45_days_and_15_by_default(agreed: str | None, due: str) -> None:
    agreed_on = date.fromisoformat(agreed) if agreed else None
    assert str(clocks.supplier_due_on(SUPPLIER, date(2026, 3, 1), agreed_on)) == due


def test_interest_to_a_small_supplier_compounds_monthly() -> None:
    """1,00,000.00 due 2026-01-31 at 3 x 5.50 %: February 1,375.00; 14 days of March on 1,01,375.00: 641.58."""
    found = clocks.supplier_interest(SUPPLIER, 100_000_00, date(2026, 1, 31), date(2026, 3, 14))
    assert found is not None
    assert (found.amount_minor, str(found.from_on), found.text) == (
        2016_58,
        "2026-02-01",
        "3 x bank rate, monthly rests, for 42 days",
    )
    assert clocks.supplier_interest(SUPPLIER, 100_000_00, date(2026, 1, 31), date(2026, 1, 31)) is None


def test_each_rest_takes_the_bank_rate_of_its_first_day() -> None:
    """One month from 2025-11-10 at 3 x 5.75 % is 1,437.50; the next, from 12-10, at 3 x 5.50 %: 1,394.77."""
    assert [clocks.bank_rate(SUPPLIER, date(2025, 12, day)) for day in (4, 5)] == [Decimal("5.75"), Decimal("5.50")]
    found = clocks.supplier_interest(SUPPLIER, 100_000_00, date(2025, 11, 9), date(2026, 1, 9))
    assert found is not None
    assert found.amount_minor == 1437_50 + 1394_77
    with pytest.raises(NotFound, match="no bank rate known for: 2019-01-01"):
        clocks.bank_rate(SUPPLIER, date(2019, 1, 1))


RATES = {date(2023, 12, 31): Decimal("5.25")}


def test_late_payment_between_british_businesses() -> None:
    """Case UK-L05: GBP 2,000 late in the first half of 2024 for 45 days at 13.25 %: 32.67; and 70 once (UK-L02)."""
    due, today = date(2024, 1, 31), date(2024, 3, 16)
    charges = clocks.late_payment(INTEREST, FIXED, 2000_00, due, today, RATES)
    assert [(one.amount_minor, one.text) for one in charges] == [
        (32_67, "simple interest at 13.25% for 45 days"),
        (70_00, "fixed sum, once"),
    ]
    assert clocks.late_payment(INTEREST, FIXED, 2000_00, due, due, RATES) == ()
    with pytest.raises(NotFound, match="no base rate known for: 2024-06-30"):
        clocks.late_payment(INTEREST, FIXED, 2000_00, date(2024, 6, 30), date(2024, 8, 1), RATES)


@pytest.mark.parametrize(("late_on", "day"), [("2024-06-30", "2023-12-31"), ("2024-07-01", "2024-06-30")])
def test_the_base_rate_is_that_of_the_half_year_before(late_on: str, day: str) -> None:
    assert str(clocks.reference_day(date.fromisoformat(late_on))) == day


@pytest.mark.parametrize(
    ("day", "name", "following", "on"),
    [
        ("2021-03-30", "STANDARD", "SMA-0", "2021-03-31"),
        ("2021-03-31", "SMA-0", "SMA-1", "2021-04-30"),
        ("2021-04-30", "SMA-1", "SMA-2", "2021-05-30"),
        ("2021-06-28", "SMA-2", "NPA", "2021-06-29"),
        ("2021-06-29", "NPA", "", None),
    ],
)
def test_a_loan_says_what_it_comes_to_next(day: str, name: str, following: str, on: str | None) -> None:
    """The regulator's illustration: due 2021-03-31 and unpaid."""
    next_on = date.fromisoformat(on) if on else None
    dues = [Due(date(2021, 3, 31), loan="L1")]
    assert clocks.loans(CLASSES, dues, date.fromisoformat(day)) == [Standing("L1", name, following, next_on)]


def test_a_loan_paid_up_has_nothing_ahead_of_it() -> None:
    """The second due was paid before its day: it never makes a class."""
    dues = [Due(date(2021, 3, 31), date(2021, 4, 5), "L1"), Due(date(2021, 5, 31), date(2021, 5, 30), "L1")]
    assert clocks.loans(CLASSES, dues, date(2021, 5, 1)) == [Standing("L1", "STANDARD", "", None)]


def test_one_loan_drags_the_others_along() -> None:
    dues = [Due(date(2021, 3, 31), loan="L1"), Due(date(2021, 6, 15), loan="L2")]
    found = clocks.loans(CLASSES, dues, date(2021, 6, 28))
    assert [(one.loan, one.name, one.next_name, str(one.next_on)) for one in found] == [
        ("L1", "SMA-2", "NPA", "2021-06-29"),
        ("L2", "SMA-0", "NPA", "2021-06-29"),
    ]
