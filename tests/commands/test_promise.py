"""Promises from the command line: each trap, and the three cases of levels, with the ledger in the docstring."""

from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Collect

HEADER = "Customer code,Invoice,Date,Due date,Amount,Balance"


def debtor(collect: Collect, *amounts: str) -> None:
    """Account A1 with items I1, I2 ... due 2026-05-31."""
    collect("book", "init", today="2026-05-01").check()
    collect("account", "add", "A1", "--name", "Asha Traders", "--phone", "9820000001", today="2026-05-01").check()
    for place, amount in enumerate(amounts, start=1):
        dates = ("--dated", "2026-05-01", "--due", "2026-05-31")
        collect("item", "add", "A1", f"I{place}", amount, *dates, today="2026-05-01").check()


def promise(collect: Collect, amount: str, by: str, on: str, *more: str) -> Any:
    return collect("log", "A1", "call", "promised", "--promise", amount, "--by", by, *more, today=on).check()


def pay(collect: Collect, amount: str, on: str, *more: str) -> None:
    collect("pay", "A1", amount, *more, today=on).check()


def listed(collect: Collect, today: str, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = (
        collect("promise", "list", *options, "--format", "json", today=today).check().json["rows"]
    )
    return rows


def states(collect: Collect, today: str) -> list[tuple[str, int, str]]:
    """State, level and amount paid of every promise."""
    rows = sorted(listed(collect, today), key=lambda row: row["promise"])
    return [(row["state"], row["level"], row["paid"]) for row in rows]


@pytest.mark.parametrize(("day", "state"), [("2026-06-05", "open"), ("2026-06-08", "open"), ("2026-06-09", "broken")])
def test_a_promise_is_open_through_the_days_of_tolerance(collect: Collect, day: str, state: str) -> None:
    """A1 owes 5,000; on 06-01 2,500 are promised for 06-05; nothing comes."""
    debtor(collect, "5000")
    promise(collect, "2500", "2026-06-05", "2026-06-01")
    assert states(collect, day) == [(state, 1, "0.00")]


def test_paying_early_is_keeping_it(collect: Collect) -> None:
    """A1 owes 5,000; on 06-01 2,500 are promised for 06-20 and paid on 06-03."""
    debtor(collect, "5000")
    promise(collect, "2500", "2026-06-20", "2026-06-01")
    pay(collect, "2500", "2026-06-03")
    assert states(collect, "2026-06-03") == [("kept", 1, "2500.00")]
    assert listed(collect, "2026-06-30")[0]["since_on"] == "2026-06-03"


def test_what_was_paid_before_the_promise_does_not_count(collect: Collect) -> None:
    """A1 owes 5,000; pays 1,000 on 06-01; on 06-02 promises 1,000 for 06-05."""
    debtor(collect, "5000")
    pay(collect, "1000", "2026-06-01")
    promise(collect, "1000", "2026-06-05", "2026-06-02")
    assert states(collect, "2026-06-09") == [("broken", 1, "0.00")]


def test_credit_notes_and_write_offs_keep_no_promise(collect: Collect) -> None:
    """A1 owes 5,000; 1,000 promised for 06-05; a credit note of 600 and a write-off of 400 on 06-03."""
    debtor(collect, "5000")
    promise(collect, "1000", "2026-06-05", "2026-06-01")
    collect("item", "credit", "A1", "600", "--for", "I1", today="2026-06-03").check()
    collect("item", "write-off", "A1", "I1", "--amount", "400", "--why", "x", today="2026-06-03").check()
    assert states(collect, "2026-06-09") == [("broken", 1, "0.00")]


def test_part_of_it_is_partly_kept_with_its_amount(collect: Collect) -> None:
    """A1 owes 5,000; 2,500 promised for 06-05; 999.50 paid on 06-05."""
    debtor(collect, "5000")
    promise(collect, "2500", "2026-06-05", "2026-06-01")
    pay(collect, "999.50", "2026-06-05")
    (row,) = listed(collect, "2026-06-09", "--broken")
    assert (row["state"], row["paid"], row["missing"]) == ("partly kept", "999.50", "1500.50")


def test_a_bounce_breaks_the_promise_it_kept(collect: Collect) -> None:
    """A1 owes 5,000; 2,500 promised for 06-05, paid by cheque on 06-04, bounced on 06-10."""
    debtor(collect, "5000")
    promise(collect, "2500", "2026-06-05", "2026-06-01")
    pay(collect, "2500", "2026-06-04", "--mode", "cheque")
    assert states(collect, "2026-06-09") == [("kept", 1, "2500.00")]
    collect("payment", "reverse", "1", "--reason", "bounced", "--on", "2026-06-10", today="2026-06-10").check()
    assert states(collect, "2026-06-10") == [("broken", 1, "0.00")]
    assert states(collect, "2026-06-09") == [("kept", 1, "2500.00")]


def test_every_rupee_counts_for_one_promise_only(collect: Collect) -> None:
    """A1 owes I1 600 and I2 600; each is promised for 06-05; 600 come in, for I1."""
    debtor(collect, "600", "600")
    promise(collect, "600", "2026-06-05", "2026-06-01", "--item", "I1")
    promise(collect, "600", "2026-06-05", "2026-06-01", "--item", "I2")
    pay(collect, "600", "2026-06-03", "--for", "I1")
    assert states(collect, "2026-06-09") == [("kept", 1, "600.00"), ("broken", 1, "0.00")]


def test_level_one_open_then_a_new_promise_closes_it_and_has_level_two(collect: Collect) -> None:
    """A1 owes 5,000; 2,000 promised for 06-05; on 06-03, before its day, 2,000 promised for 06-20."""
    debtor(collect, "5000")
    promise(collect, "2000", "2026-06-05", "2026-06-01")
    promise(collect, "2000", "2026-06-20", "2026-06-03")
    assert states(collect, "2026-06-04") == [("superseded", 1, "0.00"), ("open", 2, "0.00")]


@pytest.mark.parametrize(("paid", "state"), [("", "broken"), ("500", "partly kept")])
def test_level_one_broken_or_kept_in_part_then_a_new_promise_has_level_two(
    collect: Collect, paid: str, state: str
) -> None:
    """A1 owes 5,000; 2,000 promised for 06-05; nothing or 500 paid on 06-04; on 06-10 1,500 promised for 06-20."""
    debtor(collect, "5000")
    promise(collect, "2000", "2026-06-05", "2026-06-01")
    if paid:
        pay(collect, paid, "2026-06-04")
    promise(collect, "1500", "2026-06-20", "2026-06-10")
    assert [row[:2] for row in states(collect, "2026-06-11")] == [(state, 1), ("open", 2)]


def test_level_one_withdrawn_while_open_then_a_promise_has_level_two(collect: Collect) -> None:
    """A1 owes 5,000; 2,000 promised for 06-10, withdrawn on 06-03; on 06-04 2,000 promised for 06-20."""
    debtor(collect, "5000")
    promise(collect, "2000", "2026-06-10", "2026-06-01")
    collect("promise", "withdraw", "1", "--why", "the buyer cancelled", today="2026-06-03").check(stdout="withdrew")
    promise(collect, "2000", "2026-06-20", "2026-06-04")
    assert states(collect, "2026-06-30") == [("withdrawn", 1, "0.00"), ("broken", 2, "0.00")]


def test_level_one_for_a_part_is_kept_then_a_promise_for_the_rest_has_level_one(collect: Collect) -> None:
    """A1 owes 5,000; 2,000 promised for 06-05 and paid on 06-05; on 06-06 3,000 promised for 06-20."""
    debtor(collect, "5000")
    promise(collect, "2000", "2026-06-05", "2026-06-01")
    pay(collect, "2000", "2026-06-05")
    promise(collect, "3000", "2026-06-20", "2026-06-06")
    assert states(collect, "2026-06-07") == [("kept", 1, "2000.00"), ("open", 1, "0.00")]


def ledger(collect: Collect, path: Any, day: str, *rows: str) -> None:
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    collect("import", "ledger", path, "--as-of", day, "--full", today=day).check()


def test_while_the_ledger_is_too_old_to_tell_a_promise_is_unverified(collect: Collect, tmp_path: Any) -> None:
    """The list of 06-01 shows I1 of 5,000; all of it promised for 06-05; the next list, of 06-12, still shows it."""
    collect("book", "init", today="2026-06-01").check()
    row = "A1,I1,2026-05-01,2026-05-31,5000,5000"
    ledger(collect, tmp_path / "june.csv", "2026-06-01", row)
    promise(collect, "5000", "2026-06-05", "2026-06-01")
    assert states(collect, "2026-06-09") == [("unverified", 1, "0.00")]
    ledger(collect, tmp_path / "june.csv", "2026-06-12", row)
    assert states(collect, "2026-06-12") == [("broken", 1, "0.00")]


def test_what_a_list_shows_as_settled_keeps_the_promise(collect: Collect, tmp_path: Any) -> None:
    """The list of 06-01 shows I1 of 5,000; 2,000 promised for 06-05; the list of 06-10 shows 3,000 open.

    Paid at some time since 06-02, so it may have been in time.
    """
    collect("book", "init", today="2026-06-01").check()
    ledger(collect, tmp_path / "june.csv", "2026-06-01", "A1,I1,2026-05-01,2026-05-31,5000,5000")
    promise(collect, "2000", "2026-06-05", "2026-06-01")
    ledger(collect, tmp_path / "june.csv", "2026-06-10", "A1,I1,2026-05-01,2026-05-31,5000,3000")
    assert states(collect, "2026-06-10") == [("kept", 1, "2000.00")]


def test_lists_of_open_due_and_broken_promises(collect: Collect) -> None:
    """A1 owes I1 to I3; I1 promised for 06-05, I2 for 06-10, I3 for 06-20; nothing comes; today is 06-10."""
    debtor(collect, "100", "200", "300")
    for item, amount, by in (("I1", "100", "06-05"), ("I2", "200", "06-10"), ("I3", "300", "06-20")):
        promise(collect, amount, f"2026-{by}", "2026-06-01", "--item", item)
    found = {
        option: [row["amount"] for row in listed(collect, "2026-06-10", *option.split())]
        for option in ("", "--open", "--due", "--broken", "A1 --as-of 2026-06-05 --due")
    }
    assert found == {
        "": ["100.00", "200.00", "300.00"],
        "--open": ["200.00", "300.00"],
        "--due": ["200.00"],
        "--broken": ["100.00"],
        "A1 --as-of 2026-06-05 --due": ["100.00"],
    }


def test_only_an_open_promise_can_be_withdrawn(collect: Collect) -> None:
    debtor(collect, "100")
    promise(collect, "100", "2026-06-05", "2026-06-01")
    collect("promise", "withdraw", "1", today="2026-06-20").check(5, stderr="1 is broken")
    collect("promise", "withdraw", "9", today="2026-06-20").check(4, stderr="no such promise: 9")


def test_the_tolerance_and_the_share_are_settings(collect: Collect) -> None:
    """A1 owes 5,000; 1,000 promised for 06-05; 900 paid that day."""
    debtor(collect, "5000")
    collect("config", "set", "promise.tolerance_days", "0", today="2026-05-01").check()
    collect("config", "set", "promise.kept_percent", "90", today="2026-05-01").check()
    promise(collect, "1000", "2026-06-05", "2026-06-01")
    assert states(collect, "2026-06-06") == [("broken", 1, "0.00")]
    pay(collect, "900", "2026-06-05")
    assert states(collect, "2026-06-06") == [("kept", 1, "900.00")]


def queued(collect: Collect, today: str) -> list[str]:
    return [row["account"] for row in collect("queue", "--format", "json", today=today).check().json["rows"]]


def test_the_account_is_left_alone_until_the_day_after_the_promise(collect: Collect) -> None:
    """A1 owes 5,000; on 06-01 all of it is promised for 06-05."""
    debtor(collect, "5000")
    assert queued(collect, "2026-06-01") == ["A1"]
    promise(collect, "5000", "2026-06-05", "2026-06-01")
    assert [queued(collect, f"2026-06-0{day}") for day in (1, 4, 5, 6)] == [[], [], [], ["A1"]]


def test_a_promise_that_was_kept_in_between_holds_nothing_back(collect: Collect) -> None:
    """A1 owes 5,000; 1,000 promised for 06-10 and paid on 06-02; the next step was set for 06-03."""
    debtor(collect, "5000")
    promise(collect, "1000", "2026-06-10", "2026-06-01", "--next", "2026-06-03")
    assert queued(collect, "2026-06-04") == []
    pay(collect, "1000", "2026-06-02")
    assert queued(collect, "2026-06-04") == ["A1"]


def test_a_promise_is_in_the_currency_of_its_items(collect: Collect) -> None:
    debtor(collect, "100")
    collect("item", "add", "A1", "U1", "50", "--currency", "USD", today="2026-05-01").check()
    both = collect("log", "A1", "call", "promised", "--promise", "50", "--by", "2026-06-05", today="2026-06-01")
    both.check(5, stderr="open in several currencies: INR, USD")
    promise(collect, "50", "2026-06-05", "2026-06-01", "--item", "U1")
    assert [row["currency"] for row in listed(collect, "2026-06-01")] == ["USD"]


def test_what_the_list_showed_before_the_promise_is_not_what_was_promised(collect: Collect, tmp_path: Path) -> None:
    """1,000 of 5,000 was settled in the list of the morning; 500 is promised at noon, and paid by the next list."""
    collect("book", "init").check()
    ledger = tmp_path / "ledger.csv"

    def listed(outstanding: int, day: str) -> None:
        head = "Account No,Name,Invoice,Date,Due Date,Amount,Outstanding"
        ledger.write_text(f"{head}\nA1,Asha,I1,2026-01-05,2026-02-04,5000,{outstanding}\n", encoding="utf-8")
        collect("import", "ledger", ledger, "--as-of", day, today=day).check()

    def standing(day: str) -> tuple[str, str]:
        (row,) = collect("promise", "list", "--format", "json", today=day).check().json["rows"]
        return row["state"], row["paid"]

    listed(4000, "2026-04-01")
    collect("log", "A1", "call", "promised", "--promise", "500", "--by", "2026-04-03").check()
    assert standing("2026-04-01") == ("open", "0.00")
    held = collect("queue", "--held", "--format", "json").check().json["rows"]
    assert [(row["account"], row["why"]) for row in held] == [("A1", "promised for 2026-04-03")]
    listed(3500, "2026-04-02")
    assert standing("2026-04-02") == ("kept", "500.00")
