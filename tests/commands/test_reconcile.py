"""`collect account reconcile`: our balance beside the ledger's last figure, from the command line."""

from pathlib import Path

from tests.commands.test_ledger_shows_payments import FIRST, listed
from tests.commands.test_pay import take
from tests.conftest import Collect


def start(collect: Collect) -> None:
    collect("book", "init").check()
    listed(collect, FIRST, today="2026-04-01")


def test_a_difference_is_explained_line_by_line(collect: Collect) -> None:
    """1,000, 1,000 and 800 listed; 900 + 100 TDS and 500 paid; a bill of 40 by hand; 300 bounced after being listed."""
    start(collect)
    take(collect, "A1", "300", "--mode", "cheque", today="2026-04-01")
    listed(collect, {**FIRST, "I1": "700"}, today="2026-04-02")
    collect("payment", "reverse", "1", "--reason", "bounced", "--charge", "25", today="2026-04-03").check()
    take(collect, "A1", "900", "--tds", "100", "--for", "I2", today="2026-04-03")
    take(collect, "A1", "500", "--for", "I3", today="2026-04-02")
    run = collect("account", "reconcile", "A1", "--format", "json", today="2026-04-04").check().json
    assert run["sides"]["rows"] == [
        {
            "currency": "INR",
            "ours": "1325.00",
            "ledger": "2500.00",
            "difference": "-1175.00",
            "unexplained": "0.00",
        }
    ]
    rows = [(row["number"], row["kind"], row["amount"], row["source"], row["note"]) for row in run["lines"]["rows"]]
    timing = "timing: after the ledger's last list"
    assert rows == [
        ("I1", "taken back, not yet in the ledger", "300.00", "R-00001", timing),
        ("I2", "TDS not yet in the ledger", "-100.00", "R-00002", timing),
        ("I2", "payment not yet in the ledger", "-900.00", "R-00002", timing),
        ("I3", "payment not yet in the ledger", "-500.00", "R-00003", ""),
        ("R-00001 charge", "item not in the ledger", "25.00", "", timing),
    ]
    assert run["lines"]["totals"] == [{"currency": "INR", "amount": "-1175.00"}]


def test_the_list_of_accounts_that_differ(collect: Collect) -> None:
    start(collect)
    assert collect("account", "reconcile", "--format", "json", today="2026-04-02").check().json["rows"] == []
    collect("account", "reconcile", "A1", today="2026-04-02").check(stdout="we and the ledger agree")
    take(collect, "A1", "3000", today="2026-04-02")
    collect("account", "add", "A2").check()
    collect("item", "add", "A2", "X1", "70").check()
    run = collect("account", "reconcile", "--format", "json", today="2026-04-02").check().json
    assert [(row["account"], row["ours"], row["ledger"], row["difference"], row["lines"]) for row in run["rows"]] == [
        ("A1", "-200.00", "2800.00", "-3000.00", 4),
        ("A2", "70.00", "0.00", "70.00", 1),
    ]
    assert run["totals"][0]["unexplained"] == "0.00"
    assert run["notes"] == ["the ledger's last list is of 2026-04-01"]


def test_a_book_that_never_saw_a_ledger_says_so(collect: Collect, tmp_path: Path) -> None:
    collect("book", "init").check()
    collect("account", "reconcile").check(stdout="no list of the ledger was imported yet")
    collect("account", "reconcile", "--output", tmp_path / "differences.xlsx").check()
