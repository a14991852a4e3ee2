"""Limits on cash, sums for late payment, classes of loans and dated duties."""

from datetime import date
from decimal import Decimal

import pytest

from collect.policy_amounts import Receipt, compensation, interest, judge_receipt
from collect.policy_classes import Due, classify, day_count
from collect.policy_duties import approval, certified, late_dispute, may_purge, tasks
from collect.policy_facts import Event
from collect.presets import Rule, chain, load

MARCH = date(2021, 3, 31)


def rule(preset: str, name: str) -> Rule:
    return next(rule for rule in load(preset).rules if rule.id == name)


SMA = rule("in-irac", "IN-IRAC-SMA")


def test_the_verdict_on_cash_says_how_much_and_why() -> None:
    day = date(2026, 11, 23)
    earlier = [Receipt("P1", day, 150_000_00), Receipt("P2", day, 500_000_00)]
    verdict = judge_receipt(chain("in-cash"), Receipt("P1", day, 50_000_00), earlier)
    assert (verdict.verdict, verdict.preset) == ("BLOCK", "in-cash")
    assert verdict.findings[0].why == "cash of INR 2,00,000.00 per day; the limit is 2,00,000.00"
    assert judge_receipt(chain("in-cash"), Receipt("P1", day, 900_000_00, currency="USD"), earlier).verdict == "ALLOW"


def test_what_is_not_known_to_be_for_one_thing_is_not_added_up() -> None:
    earlier = [Receipt("P1", date(2026, 11, 22), 150_000_00, loan="L1")]
    assert judge_receipt(chain("in-cash"), Receipt("P1", date(2026, 11, 23), 150_000_00), earlier).verdict == "ALLOW"
    part = Receipt("P1", date(2026, 11, 22), 150_000_00, loan="L1", instalment="4")
    rest = part._replace(on=date(2026, 11, 23), amount_minor=50_000_00)
    assert judge_receipt(chain("in-cash"), rest, [part]).verdict == "BLOCK"


@pytest.mark.parametrize(("debt", "due"), [(1, 40_00), (999_99, 40_00), (1_000_00, 70_00), (10_000_00, 100_00)])
def test_the_fixed_sum_for_a_late_debt(debt: int, due: int) -> None:
    assert compensation(rule("uk-b2b", "UK-LPCDA-COMP"), debt) == due


def test_interest_for_late_payment() -> None:
    assert interest(rule("uk-b2b", "UK-LPCDA-INT"), [(Decimal("5.25"), 2_000_00 * 45)]) == 32_67
    assert interest(rule("eu-b2b", "EU-LPD-INT"), [(Decimal("2.15"), 5_000_00 * 30)]) == 41_71


def test_the_due_date_is_day_one() -> None:
    assert day_count(MARCH, MARCH) == 1
    assert day_count(MARCH, date(2021, 4, 30)) == 31


def test_an_npa_stays_one_until_every_arrear_is_paid() -> None:
    first = Due(MARCH, paid_on=date(2021, 7, 1))
    assert classify(SMA, [first, Due(date(2021, 6, 30))], date(2021, 7, 15)) == "NPA"
    assert classify(SMA, [first, Due(date(2021, 7, 10))], date(2021, 7, 15)) == "SMA-0"
    cleared = [first, Due(date(2021, 6, 30), paid_on=date(2021, 7, 5)), Due(date(2021, 7, 10))]
    assert classify(SMA, cleared, date(2021, 7, 15)) == "SMA-0"
    assert classify(SMA, cleared, date(2021, 7, 5)) == "STANDARD"


def test_one_npa_tags_every_loan_of_the_borrower() -> None:
    dues = [Due(MARCH, loan="L1"), Due(date(2021, 6, 20), loan="L2")]
    assert classify(SMA, dues, date(2021, 6, 28), "L2") == "SMA-0"
    assert classify(SMA, dues, date(2021, 6, 28)) == "SMA-2"
    assert classify(SMA, dues, date(2021, 6, 29), "L2") == "NPA"
    assert classify(SMA, [], date(2021, 6, 29), "L2") == "STANDARD"


def test_clearing_the_loan_that_was_npa_upgrades_nothing_while_another_is_in_arrears() -> None:
    """L1 is NPA from 06-29 and paid up on 07-01; L2, ten days late then, is paid on 07-05: standard from that day."""
    dues = [Due(MARCH, date(2021, 7, 1), "L1"), Due(date(2021, 6, 21), date(2021, 7, 5), "L2")]
    days = (date(2021, 6, 28), date(2021, 6, 29), date(2021, 7, 4), date(2021, 7, 5))
    assert [classify(SMA, dues, day, "L2") for day in days] == ["SMA-0", "NPA", "NPA", "STANDARD"]
    assert classify(SMA, dues, date(2021, 7, 4), "L1") == "NPA"


def test_dated_duties_of_a_collector() -> None:
    happened = [
        Event("validation-notice-sent", date(2026, 9, 4)),
        Event("postdated-cheque", date(2026, 6, 10), detail={"dated": date(2026, 6, 22)}),
    ]
    assert [
        (task.rule, task.from_on, task.due_on) for task in tasks(chain("us-fdcpa"), happened, date(2026, 10, 1))
    ] == [
        ("US-FDCPA-1692F2", date(2026, 6, 5), date(2026, 6, 16)),
        ("US-REGF-34B5", date(2026, 9, 4), date(2026, 10, 14)),
    ]
    first = [Event("initial-communication", date(2026, 9, 1))]
    (task,) = tasks(chain("us-fdcpa"), first, date(2026, 9, 2))
    assert (task.rule, task.due_on) == ("US-REGF-34A1", date(2026, 9, 6))


def test_the_clocks_of_a_bounced_cheque() -> None:
    happened = [Event("bank-return-memo", date(2026, 3, 2)), Event("notice-delivered", date(2026, 4, 6))]
    found = tasks(chain("in-ni138"), happened, date(2026, 4, 6))
    assert [(task.text, task.due_on) for task in found] == [
        ("send the notice of dishonour", date(2026, 4, 1)),
        ("the drawer may still pay", date(2026, 4, 21)),
        ("file the complaint", date(2026, 5, 22)),
    ]


def test_what_must_be_kept_and_for_how_long() -> None:
    keep = rule("in-rbi-2027", "IN-RBI27-RECORD")
    recorded = Event("call-recording", date(2027, 1, 10))
    held = may_purge(keep, [recorded], date(2027, 7, 9))
    assert held is not None
    assert held.why == "to be kept; may go from 2027-07-10"
    assert may_purge(keep, [recorded], date(2027, 7, 10)) is None
    court = [recorded, Event("before-court", date(2027, 2, 1))]
    assert may_purge(keep, court, date(2030, 1, 1)) is not None
    assert may_purge(keep, [*court, Event("disposed-of", date(2029, 1, 1))], date(2030, 1, 1)) is None


def test_a_late_dispute_needs_a_period_that_has_ended() -> None:
    carried = rule("us-fdcpa", "US-FDCPA-1692E8")
    sent = [Event("validation-notice-sent", date(2026, 9, 4))]
    assert late_dispute(carried, [], date(2026, 10, 15)) is None
    assert late_dispute(carried, sent, date(2026, 10, 14)) is None
    found = late_dispute(carried, sent, date(2026, 10, 15))
    assert found is not None
    assert found.verdict == "REASON"


def test_an_agent_without_a_valid_certificate_gets_no_case() -> None:
    needed, day = rule("in-rbi-2027", "IN-RBI27-IIBF"), date(2027, 1, 5)
    assert certified(needed, "C-1", None, day) is None
    assert certified(needed, "C-1", day, day) is None
    missing, expired = certified(needed, "", None, day), certified(needed, "C-1", date(2027, 1, 4), day)
    assert missing is not None
    assert expired is not None
    assert [missing.why, expired.why] == ["no iibf certificate on record", "iibf certificate expired on 2027-01-04"]


def test_who_may_approve_a_settlement() -> None:
    levels = rule("in-settlement", "IN-COMPROMISE")
    found = approval(levels, 3, 3)
    assert found is not None
    assert found.why == "sanctioned at level 3: level 4 must approve"
    assert approval(levels, 3, 4, 90) is None
    late = approval(levels, None, None, 91)
    assert late is not None
    assert late.verdict == "REASON"
