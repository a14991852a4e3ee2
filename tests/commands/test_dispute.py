"""Disputes from the command line: a contested part is neither chased nor paid, and ends with or without a credit."""

from datetime import date
from typing import Any

from collect.book import open_book
from collect.store import disputes
from collect.store.postings import AsOf
from tests.conftest import Collect


def book(collect: Collect) -> None:
    """Asha Traders owes 1,000 since 2026-01-31 and 500 since 2026-03-01."""
    collect("book", "init").check()
    collect("account", "add", "A", "--name", "Asha Traders").check()
    collect("item", "add", "A", "I1", "1000", "--dated", "2026-01-01", "--due", "2026-01-31").check()
    collect("item", "add", "A", "I2", "500", "--dated", "2026-02-01", "--due", "2026-03-01").check()


def rows(collect: Collect, *options: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = collect("dispute", "list", *options, "--format", "json").check().json["rows"]
    return found


def disputed(collect: Collect, on: date) -> list[int]:
    """What is disputed of each item that day, in minor units."""
    with open_book(collect.book) as opened:
        return list(disputes.disputed_minor(opened, AsOf(on)).values())


def overdue(collect: Collect, on: date) -> list[int]:
    with open_book(collect.book) as opened:
        return list(disputes.overdue_by_account(opened, AsOf(on)).values())


def test_the_disputed_part_is_not_paid_unless_the_payer_says_so(collect: Collect) -> None:
    """400 of I1 is disputed: 1,200 pay 600 of I1 and all of I2, and 100 stays unapplied."""
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "quantity").check(
        stdout="dispute 1 on A Asha Traders: INR 400.00 of I1, less came than was billed, looked into by asha"
    )
    paid = collect("pay", "A", "1200", "--format", "json").check().json
    assert [(line["number"], line["amount"]) for line in paid["allocations"]] == [("I1", "600.00"), ("I2", "500.00")]
    assert paid["unapplied"] == "100.00"
    named = collect("pay", "A", "300", "--for", "I1", "--format", "json").check().json
    assert named["allocations"][0]["amount"] == "300.00"
    assert rows(collect)[0]["standing"] == "100.00"


def test_a_dispute_has_an_owner_a_day_and_papers(collect: Collect) -> None:
    book(collect)
    collect(
        *("dispute", "open", "A", "--item", "I1", "--item", "I2", "--reason", "price", "--owner", "meena"),
        *("--by", "2026-04-03", "--document", "LR-5512", "--document", "mail of 2 March", "--note", "old price list"),
    ).check()
    (one,) = rows(collect, "--owner", "meena")
    assert (one["amount"], one["items"], one["state"]) == ("1500.00", ["I1", "I2"], "open")
    assert (one["owner"], one["promised_on"], one["documents"]) == (
        "meena",
        "2026-04-03",
        ["LR-5512", "mail of 2 March"],
    )
    assert rows(collect, "--owner", "asha") == []
    assert rows(collect, "--late") == []
    late = collect("dispute", "list", "--late", "--format", "json", today="2026-04-05").check().json["rows"]
    assert [(row["state"], row["days_late"]) for row in late] == [("late", 2)]


def test_upheld_is_a_credit_note_on_the_item(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "damaged").check()
    run = collect("dispute", "resolve", "1", "upheld", "--number", "CN-1", "--why", "seen by us", "--format", "json")
    assert {"outcome": "upheld", "credited": "400.00", "owed": "0.00"}.items() <= run.check().json.items()
    item = collect("item", "show", "I1", "--format", "json").check().json
    assert item["items"]["rows"][0]["open"] == "600.00"
    assert rows(collect) == []
    assert [(row["state"], row["credited"]) for row in rows(collect, "--all")] == [("upheld", "400.00")]
    collect("book", "check").check()


def test_split_credits_a_part_and_rejected_nothing(collect: Collect) -> None:
    book(collect)
    for item in ("I1", "I2"):
        collect("dispute", "open", "A", "--item", item, "--reason", "price").check()
    collect("dispute", "resolve", "1", "split", "--credit", "150", "--why", "half agreed").check(
        stdout="  credited on I1: INR 150.00\n  owed again: INR 850.00"
    )
    collect("dispute", "resolve", "2", "rejected", "--why", "signed order").check(stdout="owed again: INR 500.00")
    assert disputed(collect, date(2026, 4, 1)) == []


def test_an_ended_dispute_is_taken_up_by_a_new_one(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I2", "--reason", "tax").check()
    collect("dispute", "resolve", "1", "rejected", "--why", "invoice was right").check()
    collect("dispute", "open", "A", "--reopens", "1").check(stdout="dispute 2 on A Asha Traders: INR 500.00 of I2, tax")
    assert [(row["dispute"], row["reopens"], row["state"]) for row in rows(collect, "--all")] == [
        (1, None, "rejected"),
        (2, 1, "open"),
    ]


def test_any_day_sees_the_disputes_open_then(collect: Collect) -> None:
    """Opened on 2026-03-10 on 400 of I1, rejected on 2026-03-20; the ledger marks nothing."""
    book(collect)
    opened = ("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "price")
    collect(*opened, today="2026-03-10").check()
    collect("dispute", "resolve", "1", "rejected", "--why", "signed order", today="2026-03-20").check()
    days = (date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 19), date(2026, 3, 20))
    assert [disputed(collect, day) for day in days] == [[], [400_00], [400_00], []]
    assert [overdue(collect, day) for day in days] == [[], [400_00], [400_00], []]


def test_an_account_disputed_as_a_whole_has_nothing_to_chase(collect: Collect) -> None:
    """Whatever is open, and comes to be: an item of 70 added later is disputed too."""
    book(collect)
    collect("dispute", "open", "A", "--reason", "not-mine").check(stdout="all that is open, somebody else owes it")
    collect("item", "add", "A", "I3", "70").check()
    assert sorted(disputed(collect, date(2026, 4, 1))) == [70_00, 500_00, 1000_00]
    assert overdue(collect, date(2026, 4, 1)) == [1500_00]
    assert rows(collect)[0]["standing"] == "1570.00"


def test_an_item_the_ledger_marks_is_disputed_in_full_and_may_have_a_dispute(collect: Collect) -> None:
    book(collect)
    collect("item", "add", "A", "I3", "70", "--due", "2026-03-15", "--disputed").check()
    collect("dispute", "open", "A", "--item", "I3", "--amount", "20", "--reason", "discount").check()
    assert disputed(collect, date(2026, 4, 1)) == [70_00]
    assert overdue(collect, date(2026, 4, 1)) == []
    assert rows(collect)[0]["amount"] == "20.00"


def test_a_dry_run_leaves_no_dispute(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--reason", "price", "--dry-run").check()
    assert rows(collect, "--all") == []


def test_a_dispute_taken_up_again_is_about_the_amount_it_was_about(collect: Collect) -> None:
    """400 of 1,000, rejected, and 700 paid meanwhile: 300 are open and disputed again."""
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "price").check()
    collect("dispute", "resolve", "1", "rejected", "--why", "signed order").check()
    collect("dispute", "open", "A", "--reopens", "1", "--dry-run").check(stdout="INR 400.00 of I1, another price")
    collect("pay", "A", "700", "--for", "I1", "--mode", "upi", "--ref", "U1").check()
    collect("dispute", "open", "A", "--reopens", "1").check(stdout="INR 300.00 of I1, another price")


def test_an_end_is_neither_before_the_dispute_nor_to_come(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--reason", "price", today="2026-03-10").check()
    end = ("dispute", "resolve", "1", "rejected", "--why", "signed order", "--on")
    collect(*end, "2026-03-09").check(2, stderr="before the dispute was opened: 2026-03-09")
    collect(*end, "2026-04-02").check(2, stderr="an end that is yet to come: 2026-04-02")
    collect(*end, "2026-03-10").check()


def test_a_split_takes_something_and_not_all(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I2", "--reason", "price").check()
    for credit in ("0", "-5", "500", "501"):
        collect("dispute", "resolve", "1", "split", f"--credit={credit}", "--why", "x").check(2, stderr="not a")
    assert rows(collect)[0]["standing"] == "500.00"


def test_a_dispute_is_in_the_currency_of_its_items(collect: Collect) -> None:
    """B owes in dollars only: a dispute about the account is in dollars, though the book's currency is INR."""
    book(collect)
    collect("account", "add", "B", "--name", "Bina").check()
    added = ("--dated", "2026-02-01", "--due", "2026-03-01", "--currency", "USD")
    collect("item", "add", "B", "U1", "70", *added).check()
    collect("dispute", "open", "B", "--item", "U1", "--currency", "INR", "--reason", "price").check(
        2, stderr="items in several currencies: INR, USD"
    )
    collect("dispute", "open", "B", "--reason", "not-mine").check()
    (one,) = rows(collect)
    assert (one["currency"], one["standing"]) == ("USD", "70.00")
    collect("dispute", "resolve", "1", "upheld", "--why", "another firm").check(stdout="credited on U1: USD 70.00")


def test_two_disputes_on_one_item_do_not_count_its_money_twice(collect: Collect) -> None:
    """I1 has 500 open after a payment named for it: two disputes of 400 hold 400 and 100, the third the 500 of I2."""
    book(collect)
    for _ in range(2):
        collect("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "price").check()
    collect("dispute", "open", "A", "--reason", "not-mine").check()
    collect("pay", "A", "500", "--for", "I1", "--mode", "upi", "--ref", "U1").check()
    assert [(row["dispute"], row["standing"]) for row in rows(collect)] == [
        (1, "400.00"),
        (2, "100.00"),
        (3, "500.00"),
    ]
    found = collect("dispute", "list", "--format", "json").check().json
    assert found["totals"] == [{"currency": "INR", "standing": "1000.00"}]


def test_what_was_paid_meanwhile_is_said_not_to_be_credited(collect: Collect) -> None:
    """All of I2 was paid although 500 of it was disputed: upheld, there is nothing to credit it on."""
    book(collect)
    collect("dispute", "open", "A", "--item", "I2", "--reason", "paid").check()
    collect("pay", "A", "500", "--for", "I2", "--mode", "upi", "--ref", "U1").check()
    collect("dispute", "resolve", "1", "upheld", "--why", "paid twice").check(
        stdout="  not open any more, so not credited: INR 500.00 (see 'collect item credit')"
    )
