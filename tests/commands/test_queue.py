"""The queue as typed: what puts an account forward, what leaves it alone, and that it says why."""

from typing import Any

import pytest

from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C1 owes 50,000 since 2026-01-10, C2 9,000 since 2026-03-01, C3 500 since 2026-03-20."""
    collect("book", "init").check()
    for number, amount, due, agent in (
        ("C1", "50000", "2026-01-10", "Priya"),
        ("C2", "9000", "2026-03-01", "Ravi"),
        ("C3", "500", "2026-03-20", "Ravi"),
    ):
        collect("account", "add", number, "--name", f"Debtor {number}", "--assigned", agent).check()
        added = ("--dated", "2026-01-01", "--due", due)
        collect("item", "add", number, f"I-{number}", amount, *added, today="2026-01-05").check()
    return collect


def order(collect: Collect, *options: str, today: str = "2026-04-01") -> list[str]:
    rows = collect("queue", "--format", "json", *options, today=today).check().json["rows"]
    return [row["account"] for row in rows]


def held(collect: Collect, today: str = "2026-04-01") -> dict[str, str]:
    rows = collect("queue", "--held", "--format", "json", today=today).check().json["rows"]
    return {row["account"]: row["why"] for row in rows}


def reasons(collect: Collect, account: str, today: str = "2026-04-01") -> dict[str, str]:
    rows: list[dict[str, Any]] = collect("queue", "--format", "json", "--limit", "0", today=today).json["rows"]
    (row,) = [row for row in rows if row["account"] == account]
    return {one["term"]: one["text"] for one in row["reasons"]}


def test_by_age_and_amount_where_nothing_happened(book: Collect) -> None:
    assert order(book) == ["C1", "C2", "C3"]
    assert held(book) == {}


def test_a_bounced_payment_is_on_top_of_the_next_days_queue(book: Collect) -> None:
    """C3's cheque of 500 of 25 March comes back on 31 March."""
    book("pay", "C3", "500", "--mode", "cheque", "--ref", "778", today="2026-03-25").check()
    assert order(book, today="2026-03-30") == ["C1", "C2"]
    number = book("payment", "list", "--format", "json", today="2026-03-30").json["rows"][0]["receipt"]
    book("payment", "reverse", number, "--reason", "bounced", today="2026-03-31").check()
    assert order(book) == ["C3", "C1", "C2"]
    assert reasons(book, "C3")["bounced"] == "payment bounced on 2026-03-31"
    assert order(book, today="2026-05-15") == ["C1", "C2", "C3"]


def test_a_broken_promise_adds_points_and_an_open_one_leaves_alone(book: Collect) -> None:
    """C2 promises on 20 March to pay 9,000 by 25 March; with three days' grace it is broken on 29 March."""
    said = ("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-03-25")
    book(*said, today="2026-03-20").check()
    assert held(book, today="2026-03-24") == {"C2": "promised for 2026-03-25"}
    assert "C2" not in order(book, today="2026-03-24")
    assert reasons(book, "C2")["broken promise"] == "promised for 2026-03-25 and not kept, 1 in all"


def test_a_plan_on_track_leaves_alone_and_a_broken_one_tops_the_queue(book: Collect) -> None:
    """C3 agrees on 1 April to pay 250 on 10 April and 250 on 10 May, and pays nothing: broken from 21 April."""
    book("plan", "agree", "C3", "--count", "2", "--first", "2026-04-10").check()
    assert list(held(book)) == ["C3"]
    assert order(book) == ["C1", "C2"]
    assert order(book, today="2026-04-21") == ["C3", "C1", "C2"]
    assert "broken plan" in reasons(book, "C3", today="2026-04-21")


def test_a_dispute_past_its_day_adds_points_and_disputing_all_of_it_leaves_alone(book: Collect) -> None:
    book("dispute", "open", "C2", "--reason", "price", "--by", "2026-03-28", today="2026-03-20").check()
    assert held(book, today="2026-03-21") == {"C2": "all of it disputed"}
    opened = ("dispute", "open", "C1", "--item", "I-C1", "--amount", "20000", "--reason", "price", "--by", "2026-03-28")
    book(*opened, today="2026-03-20").check()
    found = reasons(book, "C1")
    assert found["dispute late"] == "an answer was promised for 2026-03-28"
    assert found["disputed"] == "20,000.00 of it disputed"


def test_money_that_pays_nothing_yet_covers_and_is_on_the_to_do_list(book: Collect) -> None:
    book("item", "credit", "C3", "600").check()
    assert held(book) == {"C3": "unapplied INR 600.00 covers it"}
    book("pay", "C2", "9500").check()
    book("queue").check(stdout="accounts with money to apply: 1")


def test_only_an_agents_accounts(book: Collect) -> None:
    assert order(book, "--assigned", "ravi") == ["C2", "C3"]
    assert order(book, "--assigned", "ravi", "--limit", "1") == ["C2"]
    assert order(book, "--territory", "West") == []


def test_why_says_what_holds_an_account_back(book: Collect) -> None:
    book("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-04-05").check()
    assert book("why", "C2", "--format", "json").check().json["held"] == "promised for 2026-04-05"


def test_a_ledger_that_has_grown_old_is_said(collect: Collect) -> None:
    collect("book", "init", today="2026-03-28").check()
    path = collect.book.parent / "list.csv"
    path.write_text("Customer,Invoice No,Due Date,Amount\nX,1,2026-01-13,5\n", encoding="utf-8")
    collect("import", "ledger", path, today="2026-03-28").check()
    assert "the ledger is old" not in collect("queue", today="2026-03-31").check().stdout
    collect("queue").check(stdout="the ledger is old: last imported 4 days ago")


def test_the_same_book_and_day_give_the_same_bytes(book: Collect) -> None:
    assert book("queue").check().stdout == book("queue").check().stdout
    for ending in ("xlsx", "csv", "json"):
        first, second = (book.book.parent / f"{name}.{ending}" for name in "ab")
        for path in (first, second):
            book("queue", "--output", path).check()
        assert first.read_bytes() == second.read_bytes()
    assert "C1,Debtor C1" in (book.book.parent / "a.csv").read_text(encoding="utf-8")


def test_the_amount_to_ask_for_leaves_out_what_is_disputed_or_covered(book: Collect) -> None:
    """Of C1's 50,000, 20,000 is disputed; 5,000 of an advance pays nothing yet: 25,000 is asked for."""
    book("dispute", "open", "C1", "--item", "I-C1", "--amount", "20000", "--reason", "price").check()
    book("item", "credit", "C1", "5000").check()
    (row,) = [row for row in book("queue", "--format", "json").check().json["rows"] if row["account"] == "C1"]
    assert (row["overdue"], row["ask"]) == ("50000.00", "25000.00")
    assert book("why", "C1", "--format", "json").check().json["ask"] == "25000.00"


def test_terms_show_the_whole_sum_beside_each_row(book: Collect) -> None:
    rows = book("queue", "--terms", "--format", "json").check().json["rows"]
    assert rows[1]["why"] == (
        "+10.3 oldest item 31 days overdue, +9.5 INR 9,000.00 overdue,"
        " +5.0 reminder: first stage is due, 31 days overdue, +5.0 likely to slip: risk 49.5"
    )


def test_a_bucket_and_a_kind_narrow_the_queue(book: Collect) -> None:
    assert order(book, "--bucket", "31-60") == ["C2"]
    assert order(book, "--bucket", "d61_90") == ["C1"]
    assert order(book, "--only", "new", today="2026-03-24") == ["C3"]
    book("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-03-25", today="2026-03-20").check()
    assert order(book, "--only", "broken") == order(book, "--only", "promises") == ["C2"]
    book("dispute", "open", "C1", "--item", "I-C1", "--amount", "100", "--reason", "price").check()
    assert order(book, "--only", "disputes") == ["C1"]
    book("plan", "agree", "C3", "--count", "2", "--first", "2026-04-02").check()
    assert order(book, "--only", "plans") == ["C3"]
    assert order(book, "--only", "visits") == []


def test_a_part_of_the_queue_is_narrowed_ranked_and_counted_as_the_whole_is(book: Collect) -> None:
    """Of the two that are 31 to 60 days overdue one is shown, and the other counted."""
    book("item", "add", "C3", "I-old", "700", "--dated", "2026-01-01", "--due", "2026-02-15").check()
    (row,) = book("queue", "--bucket", "31-60", "--limit", "1", "--format", "json").check().json["rows"]
    assert (row["rank"], row["account"]) == (1, "C2")
    book("queue", "--bucket", "31-60", "--limit", "1").check(stdout="1 more row")
    assert order(book, "--bucket", "31-60", "--assigned", "Ravi") == ["C2", "C3"]
    assert order(book, "--bucket", "31-60", "--assigned", "Priya") == []
    assert order(book, "--only", "new", "--bucket", "61-90") == []


def test_a_bucket_or_kind_there_is_not_is_refused(book: Collect) -> None:
    book("queue", "--bucket", "5-9").check(2, stderr="hint: use one of: 1-30, 31-60, 61-90, 91+")
    book("queue", "--only", "rich").check(2, stderr="error: no such part of the queue: rich")


def test_all_leaves_nobody_out_and_says_who_would_be_left_alone(book: Collect) -> None:
    book("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-04-05").check()
    assert order(book) == ["C1", "C3"]
    rows = book("queue", "--all", "--format", "json").check().json["rows"]
    assert [(row["account"], row["held"], row["agreed"]) for row in rows] == [
        ("C1", None, None),
        ("C2", "promised for 2026-04-05", "promised for 2026-04-05"),
        ("C3", None, None),
    ]
    assert order(book, "--all", "--only", "promises") == ["C2"]


def test_a_next_step_that_is_due_adds_points(book: Collect) -> None:
    book("log", "C3", "call", "no-answer", "--next", "2026-04-01", today="2026-03-30").check()
    assert order(book, today="2026-03-31") == ["C1", "C2"]
    assert reasons(book, "C3")["follow-up"] == "next step was for 2026-04-01"


def test_newly_overdue_counts_until_the_first_reminder(book: Collect) -> None:
    assert "new" in reasons(book, "C3", today="2026-03-24")
    said = ("log", "C3", "call", "no-answer", "--next", "2026-03-25")
    book(*said, today="2026-03-24").check()
    assert "new" not in reasons(book, "C3", today="2026-03-25")


def test_the_next_stage_of_an_account_on_the_ladder_is_its_next_action(book: Collect) -> None:
    """C1 was called on 2026-03-10 and is 81 days overdue on 1 April: a visit is due."""
    for stage, day in (("reminder", "2026-02-01"), ("second reminder", "2026-02-10"), ("call", "2026-03-10")):
        book("stage", "move", "C1", "--to", stage, "--why", "as the ladder says", today=day).check()
    row = book("queue", "--only", "visits", "--format", "json").check().json["rows"][0]
    assert (row["account"], row["action"]) == ("C1", "visit")
    assert reasons(book, "C1")["stage"] == "visit: 81 days overdue, call since 2026-03-10"


def test_a_legal_clock_puts_an_account_forward_though_it_promised(book: Collect) -> None:
    """A cheque of 500 comes back on 2 March: the notice must go out by 1 April."""
    book("policy", "use", "in-ni138", "--country", "IN").check()
    book("pay", "C2", "500", "--mode", "cheque", "--ref", "778", today="2026-02-25").check()
    number = book("payment", "list", "--format", "json").json["rows"][0]["receipt"]
    book("payment", "reverse", number, "--reason", "bounced", today="2026-03-02").check()
    book("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-04-05").check()
    assert reasons(book, "C2")["clock"] == f"notice must go out by 2026-04-01, cheque of {number}"
    book("log", "C2", "letter", "sent").check()
    assert "C2" in held(book)


@pytest.mark.parametrize("columns", ["60", "80", "100", "140"])
def test_what_to_ask_for_and_every_figure_of_the_sum_fit_on_any_screen(book: Collect, columns: str) -> None:
    book("account", "set", "C1", "--name", "Acharya, Bhattacharya & Chattopadhyay Engineering Works (Pvt) Ltd").check()
    book("dispute", "open", "C1", "--item", "I-C1", "--amount", "20000.25", "--reason", "price").check()
    for options in ((), ("--terms",)):
        shown = book("queue", *options, env={"COLUMNS": columns}).check().stdout
        assert all(len(line) <= int(columns) for line in shown.splitlines())
        assert "29,999.75" in shown
        assert " Ask for " in shown.replace("\n", " ")
    page = book("queue", "--format", "json", "--terms").json
    for row in page["rows"]:
        for word in row["why"].split():
            assert word in shown.split(), f"lost: {word}"


def test_a_stage_is_proposed_from_the_foot_of_the_ladder_on_and_none_twice(book: Collect) -> None:
    """C1, 81 days overdue, goes up one step at a time, never sooner than the ladder says."""
    text = "reminder: first stage is due, 81 days overdue"
    assert reasons(book, "C1")["first stage"] == text
    book("stage", "move", "C1", "--why", "reminded").check()
    assert "first stage" not in reasons(book, "C1")
    assert "stage" not in reasons(book, "C1")
    assert reasons(book, "C1", "2026-04-06")["stage"] == "second reminder: 86 days overdue, reminder since 2026-04-01"
    book("stage", "move", "C1", "--why", "reminded again", today="2026-04-06").check()
    assert reasons(book, "C1", "2026-04-06")["stage"] == "call: 86 days overdue, second reminder since 2026-04-06"


def test_an_account_too_small_or_too_young_for_the_ladder_is_not_proposed(book: Collect) -> None:
    book("config", "set", "stages.ladder", "reminder days=20 from=5000; call days=40").check()
    found = {account: reasons(book, account) for account in ("C1", "C2", "C3")}
    assert {account for account, terms in found.items() if "first stage" in terms} == {"C1", "C2"}


def test_the_history_of_an_account_counts_and_why_tells_each_reason(book: Collect) -> None:
    """C4 paid two bills 40 and 60 days late; C5 the same bills on their day. Both owe 9,000 since 1 March, like C2."""
    for account, late in (("C4", ("2026-01-10", "2026-02-28")), ("C5", ("2025-12-01", "2025-12-30"))):
        book("account", "add", account, "--name", account).check()
        for number, due, paid in zip(("A", "B"), ("2025-12-01", "2025-12-30"), late, strict=True):
            dated = ("--dated", "2025-11-01", "--due", due)
            book("item", "add", account, f"{number}-{account}", "700", *dated, today="2025-11-01").check()
            book("pay", account, "700", "--mode", "upi", "--ref", f"{number}{account}", today=paid).check()
        dated = ("--dated", "2026-01-01", "--due", "2026-03-01")
        book("item", "add", account, f"I-{account}", "9000", *dated, today="2026-03-01").check()
    assert order(book) == ["C1", "C4", "C2", "C5", "C3"]
    page = book("why", "C4", "--format", "json").check().json
    told = [(one["term"], one["points"], one["text"]) for one in page["risk"]["rows"]]
    assert told == [
        ("late", "+32.0", "3 of 3 items late"),
        ("days", "+52.4", "43.7 days after the due day on average"),
        ("age", "+2.1", "oldest open item 31 days overdue"),
    ]
    assert reasons(book, "C4")["risk"] == "likely to slip: risk 86.5"
    book("config", "set", "queue.risk_points", "0").check()
    assert "risk" not in reasons(book, "C4")
