"""On a terminal `collect pay` shows where the money goes and asks; nothing is locked while it waits."""

from collections.abc import Callable

import pytest
import typer

from collect.commands import common
from tests.commands.test_pay import add, book_with, left
from tests.commands.test_payment_lines import ASHA, LATER, book, statement
from tests.conftest import Collect, CollectProcess

__all__ = ["book"]

Terminal = Callable[..., list[str]]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Somebody sits there: give the answers, get the questions that were asked."""

    def sit(*answers: bool | str, meanwhile: Callable[[], object] = lambda: None) -> list[str]:
        asked: list[str] = []
        waiting = list(answers)

        def confirmed(question: str) -> bool:
            asked.append(question)
            meanwhile()
            return bool(waiting.pop(0))

        def prompt(question: str, **_: object) -> str:
            asked.append(question)
            return str(waiting.pop(0))

        monkeypatch.setattr(common, "can_ask", lambda: True)
        monkeypatch.setattr(common, "confirmed", confirmed)
        monkeypatch.setattr(typer, "prompt", prompt)
        return asked

    return sit


def start(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 1000 2026-01-01 2026-01-31"])


def test_it_shows_where_the_money_goes_and_takes_it_on_a_yes(collect: Collect, terminal: Terminal) -> None:
    start(collect)
    asked = terminal(True)
    run = collect("pay", "A1", "1080", "--tds", "20").check(stdout="RECEIPT R-00001")
    assert asked == ["Take this payment?"]
    assert run.stderr.startswith(
        "INR 1,080.00 from A1 A1, other, 2026-04-01\n"
        "  tds: INR 20.00 (TDS)\n"
        "  I1 due 2026-01-31: INR 1,000.00, leaves INR 0.00\n"
        "  unapplied: INR 100.00\n"
    )


def test_a_no_changes_nothing(collect: Collect, terminal: Terminal) -> None:
    start(collect)
    terminal(False)
    collect("pay", "A1", "400").check(code=130, stderr="interrupted")
    assert left(collect, "I1") == ["1000.00"]


def test_a_likely_duplicate_is_asked_about_and_yes_alone_does_not_answer(collect: Collect, terminal: Terminal) -> None:
    start(collect)
    collect("pay", "A1", "400", "--ref", "U1").check()
    asked = terminal(False)
    collect("pay", "A1", "400", "--ref", "U1").check(code=130)
    assert asked == ["R-00001 has the same account, amount, day and reference. Take it again?"]
    collect("pay", "A1", "400", "--ref", "U1", "--yes").check(code=5, stderr="there is such a payment already")
    terminal(True, True)
    collect("pay", "A1", "400", "--ref", "U1").check(stdout="RECEIPT R-00002")
    assert left(collect, "I1") == ["200.00"]


def test_what_somebody_else_did_meanwhile_is_found_out(
    collect: Collect, collect_process: CollectProcess, terminal: Terminal
) -> None:
    """While it asks, another process pays the same bill: no lock is in its way, and what was shown is not done."""
    start(collect)
    terminal(True, meanwhile=lambda: collect_process("pay", "A1", "900").check())
    run = collect("pay", "A1", "400").check(code=7, stderr="the account has changed meanwhile: A1")
    assert run.stdout == ""
    assert left(collect, "I1") == ["100.00"]


def test_undecided_lines_are_reviewed_one_by_one(book: Collect, terminal: Terminal) -> None:
    path = statement(book, ASHA, LATER, "15/04/2026,NEFT UNKNOWN,,,40.00,\n")
    asked = terminal("ignore", "yes", "")
    run = book("import", "payments", path, "--review", today="2026-04-20").check()
    assert len(asked) == 3
    assert (
        "line 3, 2026-04-14, INR 100.00: UPI/412345678999/asha 412345678999\n  C-104 Asha Traders: name like"
        in run.stderr
    )
    assert "line 3, 2026-04-14, INR 100.00: taken as R-00002 of C-104 Asha Traders" in run.stdout
    rows = book("payment", "unmatched", "--format", "json").check().json["rows"]
    assert [row["line"] for row in rows] == [4]
    terminal("C-999")
    run = book("import", "payments", path, "--review", today="2026-04-20").check()
    assert "error: no such account: C-999" in run.stderr
