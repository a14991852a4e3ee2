"""Post-dated cheques: money to come, which no balance counts before its day."""

from tests.commands.test_pay import add, book_with, left, totals
from tests.conftest import Collect


def start(collect: Collect) -> None:
    """One bill of 1,000, and three cheques of 400 for it, dated a month apart."""
    book_with(collect, "A1")
    add(collect, "A1", ["I1 1000 2026-01-01 2026-01-31"])
    for number, due in (("000412", "2026-04-05"), ("000413", "2026-05-05"), ("000414", "2026-06-05")):
        collect("cheque", "add", "A1", "400", "--number", number, "--bank", "State Bank", "--due", due).check()


def test_a_cheque_is_future_money_and_counts_only_when_it_is_presented(collect: Collect) -> None:
    start(collect)
    run = collect("cheque", "list", "--format", "json").check().json
    assert [(row["cheque"], row["due_on"], row["state"]) for row in run["rows"]] == [
        ("000412", "2026-04-05", "waiting"),
        ("000413", "2026-05-05", "waiting"),
        ("000414", "2026-06-05", "waiting"),
    ]
    assert run["totals"] == [{"currency": "INR", "amount": "1200.00"}]
    assert totals(collect)["total"] == "1000.00"
    collect("cheque", "present", "000412").check(code=5, stderr="not before its day: 000412")
    due = collect("cheque", "list", "--by", "2026-04-30", "--format", "json", today="2026-04-06").check().json["rows"]
    assert [(row["cheque"], row["state"]) for row in due] == [("000412", "due")]
    taken = collect("cheque", "present", "000412", "--format", "json", today="2026-04-06").check().json
    assert (taken["receipt"], taken["mode"], taken["reference"], taken["amount"]) == (
        "R-00001", "cheque", "000412", "400.00",
    )  # fmt: skip
    assert left(collect, "I1") == ["600.00"]
    row = collect("payment", "list", "--format", "json").check().json["rows"][0]
    assert (row["state"], row["deposited_on"], row["cleared_on"]) == ("deposited", "2026-04-06", None)


def test_a_presented_or_returned_cheque_is_in_the_drawer_no_more(collect: Collect) -> None:
    start(collect)
    collect("cheque", "present", "000412", "--on", "2026-04-05", today="2026-04-06").check()
    collect("cheque", "return", "000413", "--why", "paid by UPI").check(stdout="returned cheque 000413")
    collect("cheque", "present", "000412", today="2026-06-06").check(code=5, stderr="not in the drawer any more")
    shown = collect("cheque", "list", "--all", "--format", "json", today="2026-04-06").check().json["rows"]
    assert [(row["cheque"], row["state"], row["receipt"]) for row in shown] == [
        ("000412", "presented", "R-00001"),
        ("000413", "returned", ""),
        ("000414", "waiting", ""),
    ]
    rows = collect("cheque", "list", "A1", "--format", "json", today="2026-04-06").check().json
    assert [row["cheque"] for row in rows["rows"]] == ["000414"]
    assert rows["totals"] == [{"currency": "INR", "amount": "400.00"}]


def test_a_bounced_cheque_opens_the_bill_again(collect: Collect) -> None:
    start(collect)
    collect("cheque", "present", "000412", today="2026-04-06").check()
    collect("payment", "reverse", "R-1", "--reason", "bounced", today="2026-04-08").check()
    assert left(collect, "I1") == ["1000.00"]


def test_a_dry_run_keeps_the_cheque_in_the_drawer(collect: Collect) -> None:
    start(collect)
    collect("cheque", "present", "000412", "--dry-run", today="2026-04-06").check(stdout="RECEIPT R-00001")
    assert len(collect("cheque", "list", "--format", "json").check().json["rows"]) == 3
    assert left(collect, "I1") == ["1000.00"]


def test_the_page_of_an_account_shows_its_cheques_and_last_receipts(collect: Collect) -> None:
    start(collect)
    collect("cheque", "present", "000412", today="2026-04-06").check()
    page = collect("show", "A1", "--format", "json", today="2026-04-06").check().json
    assert [(row["cheque"], row["state"]) for row in page["cheques"]["rows"]] == [
        ("000413", "waiting"),
        ("000414", "waiting"),
    ]
    assert [(row["receipt"], row["amount"], row["state"]) for row in page["payments"]["rows"]] == [
        ("R-00001", "400.00", "deposited")
    ]
    assert page["balance"] == "600.00"


def test_a_replayed_day_knows_no_cheque_of_later(collect: Collect) -> None:
    start(collect)
    collect("cheque", "present", "000412", today="2026-04-06").check()
    for day, states in (
        ("2026-03-31", []),
        ("2026-04-05", ["due", "waiting", "waiting"]),
        ("2026-04-06", 2 * ["waiting"]),
    ):
        run = collect("cheque", "list", "--format", "json", today=day).check().json
        assert [row["state"] for row in run["rows"]] == states
