"""Who is left alone: each reason holds an account back, is told by --held and why, and says until when."""

import pytest

from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C1 owes 50,000 since 2026-01-10 and C2 9,000 since 2026-03-01; C2 can be called and written to."""
    collect("book", "init").check()
    for number, amount, due in (("C1", "50000", "2026-01-10"), ("C2", "9000", "2026-03-01")):
        collect("account", "add", number, "--name", f"Debtor {number}").check()
        added = ("--dated", "2026-01-01", "--due", due)
        collect("item", "add", number, f"I-{number}", amount, *added, today="2026-01-05").check()
    collect("account", "set", "C2", "--phone", "98200 12345").check()
    return collect


def order(collect: Collect, *options: str, today: str = "2026-04-01") -> list[str]:
    rows = collect("queue", "--format", "json", *options, today=today).check().json["rows"]
    return [row["account"] for row in rows]


def held(collect: Collect, today: str = "2026-04-01") -> dict[str, tuple[str, str | None]]:
    rows = collect("queue", "--held", "--format", "json", today=today).check().json["rows"]
    return {row["account"]: (row["why"], row["until"]) for row in rows}


def left_alone(collect: Collect, account: str, why: str, until: str | None, today: str = "2026-04-01") -> None:
    """Assert that the account is not in the queue of the day, and that every place that tells why says the same."""
    assert account not in order(collect, today=today)
    assert account in order(collect, "--all", today=today)
    assert held(collect, today)[account] == (why, until)
    page = collect("why", account, "--format", "json", today=today).check().json
    assert (page["held"], page.get("until")) == (why, until)
    collect("queue", today=today).check(stdout="left alone today: 1; --held says why")


def cheque(collect: Collect, amount: str, day: str) -> str:
    """Take C2's cheque; the number of its receipt."""
    collect("pay", "C2", amount, "--mode", "cheque", "--ref", "778", today=day).check()
    rows = collect("payment", "list", "--format", "json", today=day).check().json["rows"]
    return str(rows[-1]["receipt"])


def test_a_cheque_in_clearing_is_given_five_days(book: Collect) -> None:
    """4,000 by cheque on 28 March, deposited on the 30th: 5,000 is asked for from 5 April on."""
    number = cheque(book, "4000", "2026-03-28")
    left_alone(book, "C2", "cheque of INR 4,000.00 in clearing since 2026-03-28", "2026-04-03")
    book("payment", "deposit", number, "--on", "2026-03-30").check()
    left_alone(book, "C2", "cheque of INR 4,000.00 in clearing since 2026-03-30", "2026-04-05")
    assert order(book, today="2026-04-04") == ["C1"]
    assert order(book, today="2026-04-05") == ["C1", "C2"]
    book("config", "set", "queue.clearing_days", "1").check()
    assert order(book) == ["C1", "C2"]


def test_a_cheque_that_cleared_or_came_back_holds_nobody_back(book: Collect) -> None:
    number = cheque(book, "4000", "2026-03-30")
    book("payment", "deposit", number, "--on", "2026-03-31").check()
    book("payment", "clear", number, "--on", "2026-04-01").check()
    assert held(book) == {}
    assert held(book, "2026-03-31")["C2"][1] == "2026-04-06"  # on that day nobody knew yet
    second = cheque(book, "100", "2026-04-01")
    assert "C2" in held(book)
    book("payment", "reverse", second, "--reason", "bounced").check()
    assert held(book) == {}
    assert order(book) == ["C2", "C1"]


def test_who_paid_it_all_by_cheque_is_told_too(book: Collect) -> None:
    cheque(book, "9000", "2026-03-31")
    assert held(book)["C2"][0] == "cheque of INR 9,000.00 in clearing since 2026-03-31"


def test_a_limit_that_is_used_up_holds_back_until_it_is_not(book: Collect) -> None:
    """Seven calls in seven days, the first on 26 March, are all there may be: the next is lawful on 2 April."""
    for day in range(26, 32):
        said = ("log", "C2", "call", "no-answer", "--at", f"2026-03-{day}T10:00", "--next", "2026-04-01")
        book(*said, today=f"2026-03-{day}").check()
    assert order(book) == ["C1", "C2"]
    book("log", "C2", "call", "no-answer", "--at", "2026-03-31T16:00", "--next", "2026-04-01").check()
    ((why, until),) = held(book).values()
    assert why.startswith("limit used up: ")
    assert until == "2026-04-02"
    left_alone(book, "C2", why, until)
    assert order(book, today="2026-04-02") == ["C1", "C2"]
    book("account", "set", "C2", "--email", "c2@example.com").check()
    (row,) = [row for row in book("queue", "--format", "json").json["rows"] if row["account"] == "C2"]
    assert (row["channel"], row["action"], row["reach"], row["allowed"]) == ("email", "email", "c2@example.com", True)


@pytest.mark.parametrize(
    ("kind", "ends", "until"),
    [
        ("do-not-contact", (), None),
        ("attorney", (), None),
        ("deceased", (), None),
        ("cease", ("--until", "2026-04-10"), "2026-04-11"),
        ("moratorium", ("--until", "2026-05-30"), "2026-05-31"),
        ("hardship", (), None),
    ],
)
def test_a_hold_on_the_person_holds_back(book: Collect, kind: str, ends: tuple[str, ...], until: str | None) -> None:
    book("account", "hold", "C2", kind, *ends).check()
    ((why, _),) = held(book).values()
    assert why.startswith(f"hold since 2026-04-01: {kind}")
    left_alone(book, "C2", why, until)
    if until:
        assert "C2" in order(book, today=until)
    book("account", "release", "C2", kind, "--why", "over").check()
    assert held(book) == {}


def test_a_hold_on_one_medium_changes_the_medium(book: Collect) -> None:
    book("account", "hold", "C2", "stop-medium", "--medium", "call").check()
    assert list(held(book)) == ["C2"]
    book("account", "set", "C2", "--email", "c2@example.com").check()
    assert held(book) == {}
    assert order(book) == ["C1", "C2"]


def test_a_hold_reaches_the_persons_other_accounts(book: Collect) -> None:
    for account in ("C1", "C2"):
        book("account", "set", account, "--party", "P1").check()
    book("account", "hold", "C1", "attorney").check()
    assert sorted(held(book)) == ["C1", "C2"]


def test_what_is_urgent_is_no_reason_to_break_a_rule(book: Collect) -> None:
    """C2's cheque came back, and an attorney stands for it: nobody calls, however many points that is."""
    number = cheque(book, "500", "2026-03-25")
    book("payment", "reverse", number, "--reason", "bounced", today="2026-03-31").check()
    assert order(book) == ["C2", "C1"]
    book("account", "hold", "C2", "attorney").check()
    assert order(book) == ["C1"]


def test_closed_hours_hold_nobody_back(book: Collect) -> None:
    rows = book("--now", "2026-04-01T21:00", "queue", "--format", "json", today="").check().json["rows"]
    assert [(row["account"], row["allowed"], row["when"]) for row in rows] == [
        ("C1", False, "Thu 08:00"),
        ("C2", False, "Thu 08:00"),
    ]


def test_each_reason_says_when_it_ends(book: Collect) -> None:
    book("log", "C1", "call", "promised", "--promise", "50000", "--by", "2026-04-05").check()
    book("log", "C2", "call", "no-answer", "--next", "2026-04-03").check()
    assert held(book) == {
        "C1": ("promised for 2026-04-05", "2026-04-06"),
        "C2": ("next step on 2026-04-03", "2026-04-03"),
    }
    book("plan", "agree", "C2", "--count", "2", "--first", "2026-04-10").check()
    assert held(book)["C2"] == ("plan P1 on track, next INR 4,500.00 on 2026-04-10", "2026-04-09")


def test_an_advance_is_money_on_the_day_it_was_there(book: Collect) -> None:
    """9,500 of an advance covers C2 on 28 March; later it was applied elsewhere, but the day is shown as it was."""
    book("item", "credit", "C2", "9500", today="2026-03-28").check()
    assert held(book, "2026-03-28") == {"C2": ("unapplied INR 9,500.00 covers it", None)}
    assert held(book, "2026-03-27") == {}


def test_part_of_what_is_disputed_is_not_chased_and_all_of_it_holds_back(book: Collect) -> None:
    book("dispute", "open", "C1", "--item", "I-C1", "--amount", "20000", "--reason", "price").check()
    book("dispute", "open", "C2", "--reason", "price").check()
    left_alone(book, "C2", "all of it disputed", None)
    (row,) = book("queue", "--format", "json").json["rows"]
    assert (row["account"], row["overdue"], row["ask"]) == ("C1", "50000.00", "30000.00")
