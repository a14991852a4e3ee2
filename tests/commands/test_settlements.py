"""Settlements from the command line: who may agree, when the rest is waived, what stands when it lapses."""

from typing import Any

import pytest

from tests.commands.test_plans import debtor, pay, shown
from tests.conftest import Collect


def settled(collect: Collect, *options: str, agent: str = "asha", today: str = "2026-04-01") -> dict[str, Any]:
    run = collect("plan", "settle", "A1", *options, "--agent", agent, "--format", "json", today=today).check()
    found: dict[str, Any] = run.json
    return found


def posted(collect: Collect, number: str, today: str) -> list[tuple[str, str, str]]:
    rows = collect("item", "show", number, "--format", "json", today=today).check().json["postings"]["rows"]
    return [(row["effective_on"], row["kind"], row["amount"]) for row in rows]


def test_the_rest_is_waived_when_the_last_agreed_payment_is_in_and_not_before(collect: Collect) -> None:
    """1,000 over two items, 60 % in two payments: 300 by 30 April, 300 by 31 May, then 400 are waived."""
    debtor(collect, "I1 550 2026-01-31", "I2 450 2026-02-28")
    offer = settled(collect, "--pay", "60%", "--by", "2026-05-31", "--in", "2")
    assert (offer["state"], offer["debt"], offer["waived"], offer["total"]) == (
        "waiting for approval", "1000.00", "400.00", "600.00",
    )  # fmt: skip
    assert [(row["due_on"], row["amount"]) for row in offer["instalments"]] == [
        ("2026-04-30", "300.00"), ("2026-05-31", "300.00"),
    ]  # fmt: skip
    collect("plan", "approve", "P1").check(5, stderr="who asks does not approve: asha")
    collect("plan", "approve", "P1", "--agent", "meena").check(stdout="active")
    pay(collect, "300", "2026-04-20")
    assert [kind for _, kind, _ in posted(collect, "I2", "2026-04-20")] == ["invoice"]
    pay(collect, "300", "2026-05-30")
    done = shown(collect, today="2026-05-30")
    assert (done["state"], done["open"]) == ("completed", "0.00")
    assert posted(collect, "I2", "2026-05-30")[1:] == [
        ("2026-05-30", "allocation", "-50.00"), ("2026-05-30", "waiver", "-400.00"),
    ]  # fmt: skip
    assert collect("aging", "--format", "json", today="2026-05-30").check().json["totals"] == []
    collect("book", "check", today="2026-05-30").check()


def test_a_missed_payment_lapses_it_and_the_full_debt_stands_again(collect: Collect) -> None:
    debtor(collect, "I1 1000 2026-01-31")
    settled(collect, "--pay", "600", "--by", "2026-05-31", "--in", "2")
    collect("plan", "approve", "P1", "--agent", "meena").check()
    pay(collect, "300", "2026-04-20")
    assert shown(collect, today="2026-05-31")["state"] == "active"
    gone = shown(collect, today="2026-06-01")
    assert (gone["state"], gone["broken_on"], gone["open"]) == ("lapsed", "2026-06-01", "700.00")
    assert "lapsed on 2026-06-01: INR 300.00 was paid meanwhile" in gone["notes"][0]
    pay(collect, "300", "2026-06-02")
    assert (shown(collect, today="2026-06-02")["state"], posted(collect, "I1", "2026-06-02")[-1][1]) == (
        "lapsed", "allocation",
    )  # fmt: skip
    rows = collect("plan", "list", "--broken", "--format", "json", today="2026-06-02").check().json["rows"]
    assert [row["plan"] for row in rows] == ["P1"]
    collect("plan", "agree", "A1", "--count", "2", today="2026-06-03").check(stdout="In place of        P1")
    assert shown(collect, "P1", today="2026-06-03")["state"] == "superseded"


@pytest.mark.parametrize(
    ("reason", "back_on", "then"), [("bounced", "2026-05-15", "completed"), ("mistake", "2026-05-10", "active")]
)
def test_the_waiver_is_taken_back_with_the_payment(collect: Collect, reason: str, back_on: str, then: str) -> None:
    """A bounce on 15 May restores the debt from that day; a mistake restores it on the day of the waiver."""
    debtor(collect, "I1 1000 2026-01-31")
    settled(collect, "--pay", "600", "--by", "2026-05-12")
    collect("plan", "approve", "P1", "--agent", "meena").check()
    receipt = pay(collect, "600", "2026-05-10")
    collect("payment", "reverse", receipt, "--reason", reason, today="2026-05-15").check()
    assert posted(collect, "I1", "2026-05-15")[-1] == (back_on, "waiver", "400.00")
    plan = shown(collect, today="2026-05-15")
    assert (plan["state"], plan["open"]) == ("lapsed", "1000.00")
    assert shown(collect, "P1", "--as-of", "2026-05-11", today="2026-05-15")["state"] == then
    collect("book", "check", today="2026-05-15").check()


def test_a_payment_recorded_late_but_received_in_time_settles(collect: Collect) -> None:
    """It lapsed on 13 May, until the payment of the 12th is recorded on the 20th: completed, waived from the 12th."""
    debtor(collect, "I1 1000 2026-01-31")
    settled(collect, "--pay", "600", "--by", "2026-05-12")
    collect("plan", "approve", "P1", "--agent", "meena").check()
    assert shown(collect, today="2026-05-13")["state"] == "lapsed"
    collect("pay", "A1", "600", "--on", "2026-05-12", today="2026-05-20").check()
    assert shown(collect, today="2026-05-20")["state"] == "completed"
    assert posted(collect, "I1", "2026-05-20")[-1] == ("2026-05-12", "waiver", "-400.00")


def test_floors_by_age_and_product(collect: Collect) -> None:
    """70 % at least, 40 % from 180 days overdue on; gold loans 80 % whatever their age."""
    debtor(collect, "I1 1000 2026-01-31")
    collect("config", "set", "settlement.floors", "70@0, 40@180, gold:80").check()
    low = ("plan", "settle", "A1", "--pay", "69.99%", "--by")
    collect(*low, "2026-05-31").check(5, stderr="INR 699.90 is below the floor of 70 %")
    collect(*low, "2026-09-30", today="2026-07-30").check(0)
    collect("config", "set", "policy.product", "gold").check()
    collect("plan", "settle", "A1", "--pay", "70%", "--by", "2026-05-31", "--replaces", "P1", today="2026-07-30").check(
        2
    )
    high = ("plan", "settle", "A1", "--pay", "79%", "--by", "2026-09-30", "--replaces", "P1")
    collect(*high, today="2026-07-30").check(5, stderr="floor of 80 %")


def test_the_approval_matrix(collect: Collect) -> None:
    """An agent may waive 10 % up to 50, a head 45 %: 40 % of 1,000 needs a head, and nobody may waive 50 %."""
    debtor(collect, "I1 1000 2026-01-31")
    collect("config", "set", "settlement.limits", "agent:1:10:50; manager:2:30; head:3:45").check()
    collect("config", "set", "settlement.roles", "asha=agent, ravi=agent, meena=manager, head office=head").check()
    half = ("plan", "settle", "A1", "--pay", "50%", "--by", "2026-05-31")
    collect(*half).check(5, stderr="nobody may waive INR 500.00, 50.0 % of the debt")
    settled(collect, "--pay", "60%", "--by", "2026-05-31")
    same = collect("plan", "approve", "P1", "--agent", "Ravi").check(5, stderr="not above the level of asha: Ravi")
    assert "ask a head (level 3)" in same.stderr
    collect("plan", "approve", "P1", "--agent", "meena").check(
        5, stderr="beyond the limit of meena: INR 400.00, 40.0 %"
    )
    run = collect("plan", "approve", "P1", "--agent", "Head Office", "--format", "json").check()
    assert (run.json["approved_by"], run.json["state"]) == ("Head Office", "active")
    collect("plan", "approve", "P1", "--agent", "Head Office").check(5, stderr="not waiting for approval")


def test_more_than_three_months_is_a_restructuring_for_a_regulated_lender(collect: Collect) -> None:
    """RBI/2023-24/40: flagged, and wanting a reason on record, from the day after three months."""
    debtor(collect, "I1 1000 2026-01-31")
    long = ("plan", "settle", "A1", "--pay", "600", "--by", "2026-07-02", "--dry-run")
    collect(*long).check()
    collect("config", "set", "policy.regulated", "yes").check()
    run = collect(*long).check(5, stderr="more than three months away: a restructuring")
    assert "RBI/2023-24/40" in run.stderr
    reasoned = collect(*long, "--why", "job lost, approved by the board", "--format", "json").check().json
    assert "IN-COMPROMISE" in [check["rule"] for check in reasoned["checks"]]
    collect("plan", "settle", "A1", "--pay", "600", "--by", "2026-07-01", "--dry-run").check()


def test_what_the_offer_is_worth_stands_beside_what_is_expected_without_it(collect: Collect) -> None:
    """600 in 365 days at 12 % a year are worth 535.71 today; half of 1,000 in a year 446.43."""
    debtor(collect, "I1 1000 2026-01-31")
    [worth] = settled(collect, "--pay", "600", "--by", "2027-04-01")["checks"]
    assert worth["verdict"] == "ALLOW"
    assert worth["why"].startswith("worth INR 535.71 today; without it INR 446.43 (50 % in 365 days")
    collect("config", "set", "settlement.expected_percent", "90").check()
    [worth] = settled(collect, "--pay", "600", "--by", "2027-04-01", "--replaces", "P1")["checks"]
    assert worth["verdict"] == "WARN"


def test_an_offer_waiting_for_approval_leaves_the_old_plan_in_force(collect: Collect) -> None:
    debtor(collect, "I1 1000 2026-01-31")
    collect("plan", "agree", "A1", "--count", "4").check()
    settled(collect, "--pay", "600", "--by", "2026-05-31", "--replaces", "P1")
    assert shown(collect, "P1")["state"] == "active"
    collect("plan", "approve", "P2", "--agent", "meena").check()
    assert (shown(collect, "P1")["state"], shown(collect)["plan"]) == ("superseded", "P2")


def test_a_credit_note_comes_off_what_is_waived_first(collect: Collect) -> None:
    """1,000 for 600; a credit note of 150 leaves 250 to waive, and the payments as agreed."""
    debtor(collect, "I1 1000 2026-01-31")
    settled(collect, "--pay", "600", "--by", "2026-05-31")
    collect("plan", "approve", "P1", "--agent", "meena").check()
    collect("item", "credit", "A1", "150", "--number", "CN1", "--for", "I1", today="2026-04-02").check()
    assert [row["amount"] for row in shown(collect, today="2026-04-03")["instalments"]] == ["600.00"]
    pay(collect, "600", "2026-05-01")
    assert posted(collect, "I1", "2026-05-01")[-1] == ("2026-05-01", "waiver", "-250.00")


def test_an_amount_that_settles_nothing_and_a_day_that_is_over(collect: Collect) -> None:
    debtor(collect, "I1 1000 2026-01-31")
    collect("plan", "settle", "A1", "--pay", "100%", "--by", "2026-05-31").check(2, stderr="not less than the debt")
    collect("plan", "settle", "A1", "--pay", "60%", "--by", "2026-04-15", "--in", "2").check(2, stderr="would be over")
    collect("plan", "settle", "A1", "--pay", "x%", "--by", "2026-05-31").check(2, stderr="not a percentage: x")
