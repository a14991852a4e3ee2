"""Accounts from the command line: named as people name them, shown whole, changed with a trail."""

import pytest

from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C-1 Mehta Hardware owes 1,000 and 250 with a credit of 100; C-2 Mehta Traders owes nothing; X9 owes 5 dollars."""
    collect("book", "init", "--name", "Sharma").check()
    for number, name in (("C-1", "Mehta Hardware"), ("C-2", "Mehta Traders"), ("X9", "Élan & Co")):
        collect("account", "add", number, "--name", name, "--phone", f"98200 0000{number[-1]}").check()
    items = (("C-1", "I1", "1000", "2026-02-01"), ("C-1", "I2", "250", "2026-05-01"))
    for account, number, amount, due in items:
        collect("item", "add", account, number, amount, "--dated", "2026-01-01", "--due", due).check()
    collect("item", "credit", "C-1", "100", "--on", "2026-03-01", "--number", "CN").check()
    collect("item", "add", "X9", "U1", "5", "--currency", "USD", "--dated", "2026-01-01", "--due", "2026-03-31").check()
    return collect


def test_an_account_on_one_screen(book: Collect) -> None:
    shown = book("show", "C-1").check().stdout
    assert all(told in shown for told in ("Mehta Hardware", "INR 1,150.00", "98200 00001", "-100.00", "59"))
    found = book("show", "C-1", "--format", "json").check().json
    assert found["balance"] == "1150.00"
    assert found["aging"]["rows"] == [
        {
            "currency": "INR",
            "not_due": "250.00",
            "d1_30": "0.00",
            "d31_60": "1000.00",
            "d61_90": "0.00",
            "d91_up": "0.00",
            "unapplied": "-100.00",
            "total": "1150.00",
        }
    ]
    assert [(row["number"], row["open"]) for row in found["items"]["rows"]] == [("I1", "1000.00"), ("I2", "250.00")]
    assert [(row["kind"], row["open"]) for row in found["credits"]["rows"]] == [("credit note", "-100.00")]
    assert "credits" not in book("show", "C-1", "--as-of", "2026-02-15", "--format", "json").check().json


@pytest.mark.parametrize("text", ["X9", "x9", "élan", "ÉLAN", "00009"])
def test_any_part_of_number_name_or_phone_that_is_unique(book: Collect, text: str) -> None:
    assert book("show", text, "--format", "json").check().json["account"] == "X9"


def test_an_exact_number_wins_over_a_part(book: Collect) -> None:
    book("account", "add", "C", "--name", "The letter").check()
    assert book("show", "C", "--format", "json").check().json["name"] == "The letter"


def test_several_are_listed_and_none_is_said(book: Collect) -> None:
    book("show", "mehta").check(code=4, stderr="which one: C-1 Mehta Hardware; C-2 Mehta Traders")
    book("show", "nobody").check(code=4, stderr="no such account: nobody")


def test_off_a_terminal_writing_takes_the_exact_number(book: Collect) -> None:
    book("account", "set", "traders", "--assigned", "Priya").check(code=4, stderr="exact number")
    book("account", "set", "nobody", "--assigned", "Priya").check(code=4, stderr="no such account: nobody")


def test_a_change_is_told_with_the_old_value(book: Collect) -> None:
    changed = book("account", "set", "C-1", "--name", "Mehta & Sons", "--territory", "West", "--why", "their letter")
    changed.check(stdout="name is now Mehta & Sons, was Mehta Hardware")
    book("find", "sons").check(stdout="C-1")
    book("find", "hardware").check(code=4)
    again = book("account", "set", "C-1", "--territory", "West").check(stdout="nothing to change")
    assert again.code == 0
    book("account", "set", "C-1", "--name", "X", "--dry-run").check(stdout="dry run: nothing was changed")
    assert book("show", "C-1", "--format", "json").json["name"] == "Mehta & Sons"


def test_the_list_has_every_account_and_foots_per_currency(book: Collect) -> None:
    found = book("account", "list", "--format", "json").check().json
    assert [(row["account"], row["currency"], row["overdue"], row["balance"]) for row in found["rows"]] == [
        ("C-1", "INR", "1000.00", "1150.00"),
        ("C-2", "INR", "0.00", "0.00"),
        ("X9", "USD", "5.00", "5.00"),
    ]
    assert found["totals"] == [
        {"currency": "INR", "overdue": "1000.00", "balance": "1150.00"},
        {"currency": "USD", "overdue": "5.00", "balance": "5.00"},
    ]


def test_find_looks_in_accounts_and_at_the_beginning_of_item_numbers(book: Collect) -> None:
    found = book("find", "U1", "--format", "json").check().json["rows"]
    assert [(row["account"], row["number"], row["open"]) for row in found] == [("X9", "U1", "5.00")]
    assert len(book("find", "mehta", "--format", "json").check().json["rows"]) == 2
    book("find", "%").check(code=4, stderr="nothing found for: %")


def test_a_number_is_given_once(book: Collect) -> None:
    book("account", "add", "C-1").check(code=5, stderr="there is such an account already: C-1")
    book("account", "add", " ").check(code=2, stderr="an account needs a number")


def test_info_counts_what_the_book_holds(book: Collect) -> None:
    found = book("book", "info", "--format", "json").check().json
    counts = {key: found[key] for key in ("name", "currency", "accounts", "items", "open_items", "postings")}
    assert counts == {
        "name": "Sharma",
        "currency": "INR",
        "accounts": 3,
        "items": 3,
        "open_items": 3,
        "postings": 4,
    }


def test_a_write_off_takes_what_is_open_or_a_part_of_it_with_its_reason(book: Collect) -> None:
    book("item", "write-off", "C-1", "I1", "--amount", "0.40", "--why", "rounding").check(stdout="INR 0.40")
    assert book("show", "C-1", "--format", "json").json["balance"] == "1149.60"
    book("item", "write-off", "C-1", "I1", "--why", "insolvent").check(stdout="INR 999.60")
    book("item", "write-off", "C-1", "I1", "--why", "again").check(code=5, stderr="nothing to write off: I1")
    posted = book("item", "show", "I1", "--format", "json").check().json["postings"]["rows"]
    assert [(row["kind"], row["amount"], row["why"]) for row in posted[1:]] == [
        ("write-off", "-0.40", "rounding"),
        ("write-off", "-999.60", "insolvent"),
    ]
    book("book", "check").check()


def test_the_score_is_shown_in_every_currency(book: Collect) -> None:
    book("item", "add", "X9", "R1", "2000", "--dated", "2026-01-01", "--due", "2026-03-02").check()
    found = book("why", "X9", "--format", "json").check().json
    assert (found["overdue_INR"], found["overdue_USD"]) == ("2000.00", "5.00")
    totals = {one["currency"]: one["points"] for one in found["reasons"]["totals"]}
    for code in ("INR", "USD"):
        rows = [float(row["points"]) for row in found["reasons"]["rows"] if row["currency"] == code]
        assert f"{sum(rows):+.1f}" == totals[code]
    book("why", "C-2").check(code=4, stderr="nothing is overdue: C-2")


def test_the_queue_has_what_is_overdue_and_says_how_many_more(book: Collect) -> None:
    rows = book("queue", "--format", "json").check().json["rows"]
    assert [(row["rank"], row["account"], row["overdue"], row["days_overdue"]) for row in rows] == [
        (1, "C-1", "1000.00", 59),
        (2, "X9", "5.00", 1),
    ]
    book("queue", "--limit", "1").check(stdout="1 more row")
    assert book("queue", "--format", "json", today="2026-01-15").check().json["rows"] == []
    replayed = book("queue", "--format", "json", today="2026-02-10").check().json["rows"]
    assert [(row["account"], row["days_overdue"]) for row in replayed] == [("C-1", 9)]


def test_a_credit_is_given_once(book: Collect) -> None:
    book("item", "credit", "C-1", "100", "--number", "CN").check(code=5, stderr="there is such a credit already: CN")
    book("item", "credit", "C-1", "100", "--number", "CN", "--dry-run").check(code=5)
    book("item", "credit", "C-1", "100", "--number", "CN", "--currency", "USD").check()
