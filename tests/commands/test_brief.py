"""The morning on one page: every task with its account and its words, and what came of yesterday."""

from pathlib import Path

import pytest

from tests.conftest import Collect


@pytest.fixture
def book(collect: Collect) -> Collect:
    """C1 owes 50,000 since 2026-01-10, C2 9,000 since 2026-03-01, C3 500 since 2026-03-20."""
    collect("book", "init").check()
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
