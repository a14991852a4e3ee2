"""The morning on one page: every task with its account and its words, and what came of yesterday."""

from pathlib import Path

import pytest

from collect.config import SETTINGS
from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C1 owes 50,000 since 2026-01-10, C2 9,000 since 2026-03-01, C3 500 since 2026-03-20.

    The ladder of stages begins at 60,000, so that it says nothing of who was not moved by hand.
    """
    collect("book", "init").check()
    collect("config", "set", "stages.ladder", SETTINGS["stages.ladder"].default.replace("=1;", "=1 from=60000;", 1))
    for number, amount, due in (
        ("C1", "50000", "2026-01-10"),
        ("C2", "9000", "2026-03-01"),
        ("C3", "500", "2026-03-20"),
    ):
        collect("account", "add", number, "--name", f"Debtor {number}", "--assigned", "Ravi").check()
        added = ("--dated", "2026-01-01", "--due", due)
        collect("item", "add", number, f"I-{number}", amount, *added, today="2026-01-05").check()
    return collect


def to_do(collect: Collect) -> list[tuple[str, str | None, str]]:
    rows = collect("brief", "--format", "json").check().json.get("to_do", {}).get("rows", [])
    return [(row["kind"], row["account"], row["text"]) for row in rows]


def test_a_quiet_morning_is_the_queue_alone(book: Collect) -> None:
    page = book("brief", "--format", "json").check().json
    assert (page["yesterday"], page["tasks"], page["accounts"]) == ("2026-03-31", 0, 3)
    assert [row["account"] for row in page["queue"]["rows"]] == ["C1", "C2", "C3"]


def test_yesterdays_result_is_money_contacts_and_promises(book: Collect) -> None:
    book("pay", "C1", "2500", "--mode", "upi", "--ref", "U1", today="2026-03-31").check()
    book("pay", "C1", "700", "--mode", "upi", "--ref", "U2", today="2026-03-30").check()
    said = ("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-04-01", "--at", "2026-03-31T11:00")
    book(*said, today="2026-03-31").check()
    page = book("brief", "--format", "json").check().json
    assert page["received"]["rows"] == [{"currency": "INR", "received": "2500.00", "receipts": 1}]
    assert (page["contacts"], page["promises"]) == (1, 1)
    assert to_do(book) == [("promise", "C2", "promised for today, 2026-04-01")]


def test_what_is_due_is_told_the_most_pressing_first(book: Collect) -> None:
    """C2 broke a promise, C1's dispute is past its day, C3 gave a cheque for today; cash lies with the agent."""
    said = ("log", "C2", "call", "promised", "--promise", "9000", "--by", "2026-03-25")
    book(*said, today="2026-03-20").check()
    opened = ("dispute", "open", "C1", "--item", "I-C1", "--amount", "20000", "--reason", "price", "--by", "2026-03-28")
    book(*opened, today="2026-03-20").check()
    book("cheque", "add", "C3", "500", "--number", "000123", "--bank", "SBI", "--due", "2026-04-01").check()
    book("pay", "C1", "100", "--mode", "cash", today="2026-03-30").check()
    assert to_do(book) == [
        ("broken promise", "C2", "promised for 2026-03-25 and not kept, 1 in all"),
        ("dispute past its day", "C1", "an answer was promised for 2026-03-28"),
        ("cheque", "C3", "present cheque 000123, dated 2026-04-01"),
        ("cash", None, "cash to deposit: receipts 1, the oldest of 2026-03-30"),
    ]


def test_a_legal_clock_comes_first(book: Collect) -> None:
    """A cheque of 500 comes back on 2 March: the notice must go out by 1 April."""
    book("policy", "use", "in-ni138", "--country", "IN").check()
    book("pay", "C2", "500", "--mode", "cheque", "--ref", "778", today="2026-02-25").check()
    number = book("payment", "list", "--format", "json").json["rows"][0]["receipt"]
    book("payment", "reverse", number, "--reason", "bounced", today="2026-03-02").check()
    assert to_do(book)[0] == ("legal clock", "C2", f"notice must go out by 2026-04-01, cheque of {number}")


def test_the_same_book_and_day_give_the_same_text(book: Collect, tmp_path: Path) -> None:
    assert book("brief").check().stdout == book("brief").check().stdout
    book("brief", "--quiet", "--output", tmp_path / "morning.xlsx").check()
    assert (tmp_path / "morning.xlsx").stat().st_size > 0


def test_breaches_are_to_be_explained_until_they_are(book: Collect) -> None:
    book("log", "C1", "call", "no-answer", "--at", "2026-03-30T21:30", today="2026-03-30").check()
    (breach,) = [one for one in to_do(book) if one[0] == "breach"]
    assert breach[1:] == ("C1", "explain contact 1: POL-HOURS")
    book(
        "log", "C1", "call", "no-answer", "--correct", "1", "--at", "2026-03-30T21:30", "--why", "asked for it"
    ).check()
    assert "breach" not in [kind for kind, *_ in to_do(book)]


def test_an_instalment_due_today_is_told_with_its_amount_though_the_plan_covers_not_all(book: Collect) -> None:
    """C2's 9,000 in three from today; 40 more are overdue that no plan covers. The first instalment is 3,000."""
    book("plan", "agree", "C2", "--count", "3", "--first", "2026-04-01", today="2026-03-25").check()
    book("item", "add", "C2", "I-9", "40", "--dated", "2026-03-01", "--due", "2026-03-28", today="2026-03-27").check()
    found = book("brief", "--format", "json").check().json["to_do"]["rows"]
    assert [(row["kind"], row["account"], row["amount"], row["text"]) for row in found] == [
        ("instalment", "C2", "3000.00", "instalment 1 of P1, due 2026-04-01")
    ]


def test_who_was_moved_before_is_told_before_those_at_the_foot_of_the_ladder(book: Collect) -> None:
    """C2 was reminded on 10 March: the second reminder is due; C1 and C3 stand at the foot of the usual ladder."""
    book("config", "set", "stages.ladder", SETTINGS["stages.ladder"].default).check()
    book("stage", "move", "C2", "--why", "no answer", today="2026-03-10").check()
    assert to_do(book) == [
        ("stage to move", "C2", "second reminder: 31 days overdue, reminder since 2026-03-10"),
        ("stage to move", "C1", "reminder: first stage is due, 81 days overdue"),
        ("stage to move", "C3", "reminder: first stage is due, 12 days overdue"),
    ]
    book("stage", "move", "C1", "--why", "told by letter").check()
    assert [account for _, account, _ in to_do(book)] == ["C2", "C3"]


def test_a_stage_that_may_be_moved_is_told(book: Collect) -> None:
    book("stage", "move", "C2", "--why", "letter", today="2026-03-20").check()
    assert to_do(book) == [
        ("stage to move", "C2", "second reminder: 31 days overdue, reminder since 2026-03-20"),
    ]


def test_a_late_dispute_is_told_though_nothing_is_overdue(book: Collect) -> None:
    book("account", "add", "C9", "--name", "Debtor C9").check()
    book("item", "add", "C9", "I-9", "700", "--dated", "2026-03-01", "--due", "2026-04-30", today="2026-03-02").check()
    opened = ("dispute", "open", "C9", "--item", "I-9", "--reason", "price", "--by", "2026-03-28")
    book(*opened, today="2026-03-20").check()
    assert to_do(book) == [("dispute past its day", "C9", "an answer was promised for 2026-03-28")]


def test_promises_broken_long_ago_are_counted(book: Collect) -> None:
    """C1's of 2026-03-10 is older than 14 days, C2's of 03-18 is not; with 30 days both are told, the latest first."""
    for account, amount, by in (("C1", "50000", "2026-03-10"), ("C2", "9000", "2026-03-18")):
        book("log", account, "call", "promised", "--promise", amount, "--by", by, today="2026-03-05").check()
    assert [row for row in to_do(book) if row[0] == "broken promise"] == [
        ("broken promise", "C2", "promised for 2026-03-18 and not kept, 1 in all"),
        ("broken promise", None, "and 1 from before 2026-03-18: 'collect promise list --broken'"),
    ]
    book("config", "set", "brief.broken_days", "30").check()
    assert [account for kind, account, _ in to_do(book) if kind == "broken promise"] == ["C2", "C1"]


def test_a_replayed_morning_knows_nothing_of_what_came_later(book: Collect) -> None:
    """On 2026-03-30 the cash is not deposited, the cheque is in the drawer; the day before neither is there."""
    book("pay", "C1", "100", "--mode", "cash", today="2026-03-30").check()
    book("cheque", "add", "C3", "500", "--number", "000123", "--bank", "SBI", "--due", "2026-03-30", today="2026-03-30")
    book("payment", "deposit", "R-00001", today="2026-03-31").check()
    book("cheque", "present", "000123", today="2026-03-31").check()
    assert to_do(book) == []
    page = book("brief", "--format", "json", today="2026-03-30").check().json
    assert [(row["kind"], row["amount"]) for row in page["to_do"]["rows"]] == [
        ("cheque", "500.00"),
        ("cash", "100.00"),
    ]
    assert "to_do" not in book("brief", "--format", "json", today="2026-03-29").check().json
    assert book("payment", "cash", "--format", "json", today="2026-03-30").json["totals"][0]["in_hand"] == "100.00"


def test_yesterdays_money_leaves_out_what_was_taken_back_by_now(book: Collect) -> None:
    book("pay", "C1", "700", "--mode", "cheque", "--ref", "1", today="2026-03-31").check()
    book("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-04-03").check()
    assert book("brief", "--format", "json").check().json["received"]["rows"][0]["received"] == "700.00"
    book("pay", "C1", "900", "--mode", "cheque", "--ref", "2", today="2026-04-04").check()
    book("payment", "reverse", "R-00002", "--reason", "bounced", today="2026-04-05").check()
    assert "received" not in book("brief", "--format", "json", today="2026-04-05").check().json


def test_cron_is_told_by_the_exit_code_whether_there_is_something_to_see_to(book: Collect) -> None:
    book("brief", "--exit-code").check(0)
    book("pay", "C1", "100", "--mode", "cash", today="2026-03-30").check()
    assert "cash to deposit" in book("brief", "--quiet", "--exit-code").check(1).stdout
    book("brief", "--quiet").check(0)


def test_many_at_the_foot_of_the_ladder_are_a_count(book: Collect) -> None:
    """Eleven accounts and nobody was ever moved: a list of them all would hide what else there is to see to."""
    book("config", "set", "stages.ladder", SETTINGS["stages.ladder"].default).check()
    for at in range(11):
        book("account", "add", f"D{at}", "--name", f"Debtor D{at}", today="2026-01-05").check()
        book("item", "add", f"D{at}", f"I-{at}", "700", "--dated", "2026-01-05", "--due", "2026-01-31").check()
    found = to_do(book)
    assert ("stage to move", None, "accounts due for their first stage: 14, see 'collect stage list --due'") in found
    assert not [account for kind, account, _ in found if kind == "stage to move" and account]
