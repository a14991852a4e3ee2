"""Legal clocks: dates and sums of published examples, and of cases worked out by hand."""

from datetime import date

import pytest

from collect import clocks, presets
from collect.clocks import Bounce, Restart, Standing
from collect.policy_classes import Due
from collect.presets import Rule


def rule(preset: str, name: str) -> Rule:
    return next(one for one in presets.load(preset).rules if one.id == name)


CHEQUE = rule("in-ni138", "IN-NI138")
LIMITATION = rule("in-limitation", "IN-LIM")
CLASSES = rule("in-irac", "IN-IRAC-SMA")


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
    (found,) = clocks.loans(CLASSES, dues, date.fromisoformat(day))
    assert (found.loan, found.name, found.next_name, found.next_on) == ("L1", name, following, next_on)
    assert found.days == (date.fromisoformat(day) - date(2021, 3, 30)).days


def test_a_loan_paid_up_has_nothing_ahead_of_it() -> None:
    """The second due was paid before its day: it never makes a class."""
    dues = [Due(date(2021, 3, 31), date(2021, 4, 5), "L1"), Due(date(2021, 5, 31), date(2021, 5, 30), "L1")]
    assert clocks.loans(CLASSES, dues, date(2021, 5, 1)) == [
        Standing("L1", "STANDARD", 0, "nothing in arrears", "", None)
    ]


def test_one_loan_drags_the_others_along() -> None:
    dues = [Due(date(2021, 3, 31), loan="L1"), Due(date(2021, 6, 15), loan="L2")]
    found = clocks.loans(CLASSES, dues, date(2021, 6, 28))
    assert [(one.loan, one.name, one.next_name, str(one.next_on)) for one in found] == [
        ("L1", "SMA-2", "NPA", "2021-06-29"),
        ("L2", "SMA-0", "NPA", "2021-06-29"),
    ]


def test_a_loan_says_which_other_one_made_it_npa() -> None:
    """L1 is paid up on 2021-07-01, two days after it became NPA; L2, day 11 then, keeps both of them there."""
    dues = [Due(date(2021, 3, 31), date(2021, 7, 1), "L1"), Due(date(2021, 6, 21), loan="L2")]
    found = clocks.loans(CLASSES, dues, date(2021, 7, 1))
    made = "; L1 due 2021-03-31 made it so, and not all arrears are paid"
    assert [(one.name, one.days, one.because) for one in found] == [
        ("NPA", 0, "nothing in arrears" + made),
        ("NPA", 11, "due 2021-06-21 and unpaid, day 11" + made),
    ]


def test_a_due_at_the_end_of_the_calendar_is_never_late() -> None:
    (found,) = clocks.loans(CLASSES, [Due(date.max, loan="L1")], date(2199, 12, 31))
    assert (found.name, found.next_on) == ("STANDARD", None)
