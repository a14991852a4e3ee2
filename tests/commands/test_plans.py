"""Payment plans from the command line: schedules to the cent, how they stand on any day, what pays them."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collect.book import open_book
from collect.store import planned
from tests.conftest import Collect


def debtor(collect: Collect, *items: str, currency: str = "INR") -> None:
    """A book with account A1 and items given as `number amount due`, all dated 2026-01-01."""
    collect("book", "init", "--currency", currency).check()
    collect("account", "add", "A1", "--name", "Asha Traders").check()
    for number, amount, due in map(str.split, items):
        collect("item", "add", "A1", number, amount, "--dated", "2026-01-01", "--due", due).check()


def shown(collect: Collect, plan: str = "A1", *options: str, today: str = "2026-04-01") -> dict[str, Any]:
    """A plan as json."""
    found: dict[str, Any] = collect("plan", "show", plan, "--format", "json", *options, today=today).check().json
    return found


def agreed(collect: Collect, *options: str, today: str = "2026-04-01") -> list[tuple[str, str]]:
    """Agree on a plan and return its (day, amount)."""
    run = collect("plan", "agree", "A1", *options, "--format", "json", today=today).check()
    return [(row["due_on"], row["amount"]) for row in run.json["instalments"]]


def pay(collect: Collect, amount: str, on: str, *options: str) -> str:
    """Take a payment that day; returns the number of its receipt."""
    run = collect("pay", "A1", amount, *options, "--format", "json", today=on).check()
    number: str = run.json["receipt"]
    return number


def states(plan: dict[str, Any]) -> list[str]:
    return [row["state"] for row in plan["instalments"]]


def test_proposing_without_numbers_lays_three_plans_side_by_side_and_writes_nothing(collect: Collect) -> None:
    """1,000 overdue; 20,000 comes in, 19,800 goes out: 200 a month is what the household can pay."""
    debtor(collect, "I1 1000 2026-01-31")
    asked = ("plan", "propose", "A1", "--income", "20000", "--outgoings", "19800", "--format", "json")
    rows = collect(*asked).check().json["rows"]
    found = [(row["alternative"], row["count"], row["each"], row["last"]) for row in rows]
    assert found == [
        ("short", 3, "333.33", "333.34"),
        ("medium", 6, "166.66", "166.70"),
        ("affordable", 5, "200.00", "200.00"),
    ]
    assert [check["verdict"] for row in rows for check in row["checks"]] == ["WARN", "ALLOW", "ALLOW"]
    keys = {"plan", "account", "kind", "currency", "debt", "waived", "instalments", "state", "checks"}
    assert set(rows[0]) >= keys
    assert collect("plan", "list", "--all", "--format", "json").check().json["rows"] == []


def test_a_plan_over_31_january_falls_on_the_last_day_of_short_months_only(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-10")
    found = agreed(collect, "--count", "4", "--first", "2026-01-31", today="2026-01-15")
    assert found == [("2026-01-31", "25.00"), ("2026-02-28", "25.00"), ("2026-03-31", "25.00"), ("2026-04-30", "25.00")]


@pytest.mark.parametrize(
    ("options", "days"),
    [
        (("--first", "2028-02-29", "--count", "13"), ("2028-02-29", "2028-03-29", "2029-02-28")),
        (("--first", "2026-04-06", "--count", "3", "--every", "week"), ("2026-04-06", "2026-04-13", "2026-04-20")),
        (("--first", "2026-04-06", "--count", "3", "--every", "fortnight"), ("2026-04-06", "2026-04-20", "2026-05-04")),
        (("--first", "2026-04-06", "--count", "3", "--day", "last"), ("2026-04-30", "2026-05-31", "2026-06-30")),
        (("--first", "2026-04-06", "--count", "3", "--day", "first-fri"), ("2026-05-01", "2026-06-05", "2026-07-03")),
        (
            ("--on", "2026-04-10", "--on", "2026-05-05", "--on", "2026-07-01"),
            ("2026-04-10", "2026-05-05", "2026-07-01"),
        ),
        (("--count", "3"), ("2026-05-01", "2026-06-01", "2026-07-01")),
    ],
)
def test_rhythms(collect: Collect, options: Sequence[str], days: tuple[str, str, str]) -> None:
    debtor(collect, "I1 1300 2026-01-10")
    found = [day for day, _ in agreed(collect, *options)]
    assert (found[0], found[1], found[-1]) == days


def test_amounts(collect: Collect) -> None:
    """1,000 by 300 with 250 first: 250, 300, 300, 150; one instalment is the debt; 600 of 1.66 end in 5.66."""
    debtor(collect, "I1 1000 2026-01-31")
    down = ("plan", "propose", "A1", "--amount", "300", "--down", "250", "--format", "json")
    found = collect(*down).check().json
    assert [row["amount"] for row in found["instalments"]] == ["250.00", "300.00", "300.00", "150.00"]
    assert found["instalments"][0]["due_on"] == "2026-04-01"
    one = collect("plan", "propose", "A1", "--count", "1", "--format", "json").check().json
    assert [row["amount"] for row in one["instalments"]] == ["1000.00"]
    many = collect("plan", "propose", "A1", "--count", "600", "--format", "json").check().json["instalments"]
    assert (len(many), many[0]["amount"], many[-1]["amount"], many[-1]["due_on"]) == (600, "1.66", "5.66", "2076-04-01")
    collect("plan", "propose", "A1", "--count", "3", "--down", "1000.01").check(2, stderr="larger than the debt")


def test_the_smallest_debt_and_three_decimals(collect: Collect) -> None:
    debtor(collect, "I1 0.01 2026-01-31")
    assert agreed(collect, "--count", "1") == [("2026-05-01", "0.01")]
    collect("plan", "propose", "A1", "--count", "2", "--item", "I1", "--replaces", "P1").check(2, stderr="1 to 1")
    collect(
        "item", "add", "A1", "K1", "10", "--currency", "KWD", "--dated", "2026-01-01", "--due", "2026-01-31"
    ).check()
    found = agreed(collect, "--count", "3", "--currency", "KWD")
    assert [amount for _, amount in found] == ["3.333", "3.333", "3.334"]
    collect("config", "set", "plan.odd", "first").check()
    again = agreed(collect, "--count", "3", "--replaces", "P2")
    assert [amount for _, amount in again] == ["3.334", "3.333", "3.333"]
    assert "KWD 0.001 more in the first instalment: they sum to the debt exactly" in shown(collect, "P3")["notes"]


def test_a_plan_over_two_currencies_is_refused_with_a_hint(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31")
    collect(
        "item", "add", "A1", "U1", "50", "--currency", "USD", "--due", "2026-01-31", "--dated", "2026-01-01"
    ).check()
    run = collect("plan", "agree", "A1", "--count", "2").check(2, stderr="a plan over two currencies: INR, USD")
    assert "make one plan for each" in run.stderr
    assert agreed(collect, "--count", "2", "--item", "U1") == [("2026-05-01", "25.00"), ("2026-06-01", "25.00")]
    assert agreed(collect, "--count", "1", "--currency", "INR") == [("2026-05-01", "100.00")]


def test_a_plan_from_its_first_day_to_its_last(collect: Collect) -> None:
    """900 in three from 10 April. 300 on time; 200 late; the rest early: never broken, and nothing is open."""
    debtor(collect, "I1 600 2026-01-31", "I2 300 2026-02-28", "I3 50 2026-12-31")
    agreed(collect, "--count", "3", "--first", "2026-04-10")
    pay(collect, "300", "2026-04-10")
    plan = shown(collect, today="2026-04-30")
    assert (plan["state"], plan["next_on"]) == ("active", "2026-05-10")
    late = shown(collect, today="2026-05-11")
    assert (late["state"], late["arrears"], states(late)) == ("late", "300.00", ["paid", "late", "open"])
    pay(collect, "200", "2026-05-12")
    assert shown(collect, today="2026-05-20")["arrears"] == "100.00"
    pay(collect, "400", "2026-05-20")
    done = shown(collect, today="2026-07-01")
    assert (done["state"], done["open"], states(done)) == ("completed", "0.00", ["paid"] * 3)
    assert shown(collect, "A1", "--as-of", "2026-05-11", today="2026-07-01")["state"] == "late"
    left = collect("item", "list", "A1", "--format", "json", today="2026-07-01").check().json["rows"]
    assert [row["number"] for row in left] == ["I3"]


def test_an_instalment_beyond_the_grace_breaks_the_plan_and_a_new_one_names_it(collect: Collect) -> None:
    debtor(collect, "I1 900 2026-01-31")
    agreed(collect, "--count", "3", "--first", "2026-04-10")
    assert shown(collect, today="2026-04-20")["state"] == "late"
    broken = shown(collect, today="2026-04-21")
    assert (broken["state"], broken["broken_on"], states(broken)[0]) == ("broken", "2026-04-21", "missed")
    row = collect("aging", "--by", "item", "--format", "json", today="2026-04-21").check().json["rows"][0]
    assert row["days_overdue"] == 80, "a plan never changes the age of its items"
    agreed(collect, "--count", "2", today="2026-04-21")
    assert shown(collect, "P2", today="2026-04-21")["replaces"] == "P1"
    assert shown(collect, "P1", today="2026-04-21")["state"] == "superseded"
    assert shown(collect, "P1", "--as-of", "2026-04-20", today="2026-04-21")["state"] == "late"
    collect("plan", "agree", "A1", "--count", "2", today="2026-04-22").check(5, stderr="already in a plan: P2")
    agreed(collect, "--count", "4", "--replaces", "P2", today="2026-04-22")
    assert shown(collect, today="2026-04-22")["plan"] == "P3"


def test_a_credit_note_during_the_plan_comes_off_its_last_instalments(collect: Collect) -> None:
    """600 in three. A credit note of 250 takes the last instalment and 50 of the second; 150 left to pay of it."""
    debtor(collect, "I1 600 2026-01-31")
    agreed(collect, "--count", "3", "--first", "2026-04-10")
    collect("item", "credit", "A1", "250", "--number", "CN1", "--for", "I1", today="2026-04-05").check()
    relieved = shown(collect, today="2026-04-06")
    assert (states(relieved), relieved["open"]) == (["open", "open", "released"], "350.00")
    pay(collect, "350", "2026-04-10")
    assert shown(collect, today="2026-04-10")["state"] == "completed"


def test_what_is_disputed_is_not_missed(collect: Collect, tmp_path: Path) -> None:
    """300 in three over two items of 150; one comes into dispute: only 150 are asked for while it lasts."""
    head = "Customer,Invoice,Date,Due date,Balance,Disputed"
    ledger = f"{head}\nA1,I1,2026-01-01,2026-01-31,150,{{}}\nA1,I2,2026-01-01,2026-02-28,150,no\n"
    path = tmp_path / "ledger.csv"
    collect("book", "init").check()
    path.write_text(ledger.format("no"), encoding="utf-8")
    collect("import", "ledger", path, today="2026-04-01").check()
    agreed(collect, "--count", "3", "--first", "2026-04-10")
    path.write_text(ledger.format("yes"), encoding="utf-8")
    collect("import", "ledger", path, today="2026-04-05").check()
    pay(collect, "100", "2026-04-10")
    plan = shown(collect, today="2026-05-01")
    assert [row["amount"] for row in plan["instalments"]] == ["100.00"] * 3
    assert states(plan) == ["paid", "open", "released"]
    assert plan["state"] == "active"


def test_a_dispute_of_ours_counts_from_its_day_to_its_end(collect: Collect) -> None:
    """The same 300; the dispute of 5 April is rejected on 15 May: the whole is asked for again, and 50 are late."""
    debtor(collect, "I1 150 2026-01-31", "I2 150 2026-02-28")
    agreed(collect, "--count", "3", "--first", "2026-04-10")
    collect("dispute", "open", "A1", "--item", "I1", "--reason", "price", today="2026-04-05").check()
    pay(collect, "100", "2026-04-10")
    plan = shown(collect, today="2026-05-10")
    assert (states(plan), plan["state"]) == (["paid", "open", "released"], "active")
    pay(collect, "50", "2026-05-10")
    assert states(shown(collect, today="2026-05-14")) == ["paid", "paid", "released"]
    collect("dispute", "resolve", "1", "rejected", "--why", "price is right", today="2026-05-15").check()
    plan = shown(collect, today="2026-05-15")
    assert (states(plan), plan["arrears"], plan["state"]) == (["paid", "late", "open"], "50.00", "late")
    assert shown(collect, "P1", "--as-of", "2026-05-14", today="2026-05-15")["state"] == "active"


def test_what_is_disputed_is_not_put_into_a_plan_unless_it_is_named(collect: Collect) -> None:
    debtor(collect, "I1 150 2026-01-31", "I2 70 2026-02-28")
    collect("dispute", "open", "A1", "--item", "I1", "--reason", "price").check()
    assert agreed(collect, "--count", "1") == [("2026-05-01", "70.00")]
    assert agreed(collect, "--count", "1", "--item", "I1") == [("2026-05-01", "150.00")]


def test_what_plans_mean_for_the_work_of_the_day(collect: Collect) -> None:
    """Left alone while on track, reminded the day before and while late, first when broken; the rest is not covered."""
    debtor(collect, "I1 100 2026-01-31", "I2 50 2026-02-28")
    agreed(collect, "--count", "2", "--first", "2026-04-10", "--item", "I1")

    with open_book(collect.book) as book:
        assert planned.places(book, date(2026, 3, 31)) == {}

    def place(today: str) -> tuple[str, str]:
        with open_book(collect.book, today=date.fromisoformat(today)) as book:
            found = planned.places(book, book.today)[1]
        return found.what, found.why

    assert place("2026-04-08")[0] == "none", "I2 is overdue and in no plan"
    pay(collect, "50", "2026-04-02", "--for", "I2")
    assert place("2026-04-08") == ("hold", "plan P1 on track, next INR 50.00 on 2026-04-10")
    assert place("2026-04-09") == ("remind", "instalment of P1 due on 2026-04-10: INR 50.00")
    assert place("2026-04-20") == ("remind", "instalment of P1 late since 2026-04-10: INR 50.00")
    assert place("2026-04-21") == ("first", "plan P1 broken since 2026-04-21: INR 100.00 open")


def test_the_page_of_an_account_shows_its_plans(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31")
    assert "plans" not in collect("show", "A1", "--format", "json").check().json
    agreed(collect, "--count", "2", "--first", "2026-04-10")
    collect("show", "A1", today="2026-04-11").check(stdout="P1    plan  100.00")
    [row] = collect("show", "A1", "--format", "json", today="2026-04-11").check().json["plans"]["rows"]
    assert (row["plan"], row["arrears"], row["state"]) == ("P1", "50.00", "late")


def test_a_payment_goes_to_the_plan_before_older_debt(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31", "I2 300 2026-02-28")
    agreed(collect, "--count", "3", "--first", "2026-04-10", "--item", "I2")
    run = collect("pay", "A1", "350", "--format", "json").check()
    assert [(row["number"], row["amount"]) for row in run.json["allocations"]] == [("I2", "300.00"), ("I1", "50.00")]


def test_a_payment_reversed_after_completion_brings_the_plan_back(collect: Collect) -> None:
    """A bounce counts from its day and breaks a plan whose last day is long over; a mistake never was."""
    debtor(collect, "I1 200 2026-01-31")
    agreed(collect, "--count", "2", "--first", "2026-04-10")
    first = pay(collect, "100", "2026-04-10", "--ref", "a")
    second = pay(collect, "100", "2026-05-10", "--ref", "b")
    assert shown(collect, today="2026-05-10")["state"] == "completed"
    collect("payment", "reverse", second, "--reason", "bounced", today="2026-05-15").check()
    assert shown(collect, today="2026-05-15")["state"] == "late"
    assert shown(collect, "P1", "--as-of", "2026-05-14", today="2026-05-15")["state"] == "completed"
    collect("payment", "reverse", first, "--reason", "mistake", today="2026-05-16").check()
    assert shown(collect, today="2026-05-16")["state"] == "broken"
    assert shown(collect, "P1", "--as-of", "2026-05-14", today="2026-05-16")["open"] == "100.00"


def test_two_plans_on_one_account_over_different_items(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31", "I2 300 2026-02-28")
    agreed(collect, "--count", "2", "--first", "2026-04-10", "--item", "I1")
    assert agreed(collect, "--count", "3", "--first", "2026-04-15") == [
        ("2026-04-15", "100.00"), ("2026-05-15", "100.00"), ("2026-06-15", "100.00"),
    ]  # fmt: skip
    run = collect("plan", "show", "A1").check(4, stderr="more than one plan on account: A1")
    assert "P1, P2" in run.stderr
    pay(collect, "100", "2026-04-10", "--for", "I2")
    assert [shown(collect, plan, today="2026-04-11")["state"] for plan in ("P1", "P2")] == ["late", "active"]
    collect("plan", "agree", "A1", "--count", "2", "--item", "I2").check(5, stderr="already in a plan: I2 is in P2")


def test_interest_is_billed_with_the_plan_and_taken_back_with_it(collect: Collect) -> None:
    """1,200 flat at 10 % for a year (2026-04-01 to 2027-04-01): 120, 110.00 a month; nothing of it is paid."""
    debtor(collect, "I1 1200 2026-01-31")
    found = agreed(collect, "--count", "12", "--interest", "flat:10")
    assert {amount for _, amount in found} == {"110.00"}
    plan = shown(collect)
    assert (plan["interest"], plan["total"], plan["open"]) == ("120.00", "1320.00", "1320.00")
    assert "debt x 10 % x days to the last instalment" in " ".join(plan["notes"])
    billed = [(row["number"], row["open"]) for row in collect("item", "list", "--format", "json").json["rows"]]
    assert billed == [("I1", "1200.00"), ("P1", "120.00")]
    pay(collect, "110", "2026-05-01")
    collect("plan", "cancel", "P1", "--why", "moved away", today="2026-05-02").check(stdout="cancelled")
    left = collect("item", "list", "--format", "json", today="2026-05-02").json["rows"]
    assert [(row["number"], row["open"]) for row in left] == [("I1", "1090.00")]


def test_what_a_household_can_pay_is_kept_with_who_said_it(collect: Collect) -> None:
    """5,000 less 3,000 for rent and 1,500 for the rest leaves 500: 1,000 are two instalments."""
    debtor(collect, "I1 1000 2026-01-31")
    said = (
        "--income",
        "5000",
        "--priority",
        "3000",
        "--outgoings",
        "1500",
        "--said-by",
        "Mrs Asha",
        "--household",
        "4",
    )
    assert [amount for _, amount in agreed(collect, *said)] == ["500.00", "500.00"]
    plan = shown(collect, today="2026-04-02")
    assert plan["notes"] == ["surplus INR 500.00 a month, as Mrs Asha said on 2026-04-01; ask again on 2026-10-01"]
    assert plan["checks"][0]["why"] == "fits: INR 500.00 a month is 100 % of the surplus of INR 500.00"
    short = ("plan", "agree", "A1", "--count", "1", "--income", "100", "--outgoings", "900", "--replaces", "P1")
    rules = [check["rule"] for check in collect(*short, "--format", "json").check().json["checks"]]
    assert rules == ["AFFORDABILITY", "HARDSHIP"]
    none_left = ("plan", "agree", "A1", "--income", "100", "--outgoings", "900", "--replaces", "P2")
    collect(*none_left).check(2, stderr="nothing is left after outgoings")


def test_lists_of_plans(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31", "I2 300 2026-02-28", "I3 40 2026-03-01")
    agreed(collect, "--count", "1", "--first", "2026-04-02", "--item", "I1")
    agreed(collect, "--count", "1", "--first", "2026-04-18", "--item", "I2")
    agreed(collect, "--count", "1", "--first", "2026-04-30", "--item", "I3")

    def plans(*options: str, today: str = "2026-04-20") -> list[str]:
        rows = collect("plan", "list", *options, "--format", "json", today=today).check().json["rows"]
        return [row["plan"] for row in rows]

    assert plans() == ["P1", "P2", "P3"]
    assert (plans("--broken"), plans("--late")) == (["P1"], ["P2"])
    assert plans("--due", "7d", today="2026-04-01") == ["P1"]
    collect("plan", "cancel", "P3", "--why", "paid in person", today="2026-04-20").check()
    assert (plans(), plans("--all")) == (["P1", "P2"], ["P1", "P2", "P3"])
    assert plans("--as-of", "2026-03-31") == []


def test_dry_run_agrees_on_nothing(collect: Collect) -> None:
    debtor(collect, "I1 100 2026-01-31")
    collect("plan", "agree", "A1", "--count", "2", "--dry-run").check(stdout="dry run: nothing was changed")
    collect("plan", "show", "P1").check(4, stderr="no such plan")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    debt=st.integers(1, 5_000_000),
    count=st.integers(1, 60),
    every=st.sampled_from(["week", "fortnight", "month"]),
    down=st.integers(0, 400),
)
def test_instalments_sum_to_the_debt_on_rising_days_and_completed_means_nothing_open(
    collect: Collect, debt: int, count: int, every: str, down: int
) -> None:
    collect.book.unlink(missing_ok=True)
    count, down = min(count, debt), min(down, debt - min(count, debt))
    debtor(collect, f"I1 {debt // 100}.{debt % 100:02d} 2026-01-31")
    found = agreed(collect, "--count", str(count), "--every", every, "--down", f"{down // 100}.{down % 100:02d}")
    days = [day for day, _ in found]
    assert days == sorted(set(days))
    assert sum(int(amount.replace(".", "")) for _, amount in found) == debt
    for day, amount in found[:3]:
        pay(collect, amount, day)
    plan = shown(collect, today=days[-1])
    assert (plan["state"] == "completed") == (plan["open"] == "0.00") == (len(found) <= 3)
