"""The daily cycle: one list after the other, payments the ledger has not seen yet, and what stays true every day."""

from typing import TYPE_CHECKING, Any

from tests.conftest import Collect

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "Customer Code,Customer Name,Invoice No,Invoice Date,Due Date,Amount,Balance"
MONDAY = """
C1,Mehta Hardware,INV-1,2026-02-01,2026-03-03,1000.00,1000.00
C1,Mehta Hardware,INV-2,2026-02-20,2026-03-22,2500.50,2500.50
C2,Kapoor & Co,INV-3,2026-03-05,2026-04-04,700.00,700.00
C3,Rane Stores,INV-4,2026-03-10,2026-04-09,4000.00,4000.00
"""
# INV-2 is part paid, INV-4 was paid and is gone, INV-5 is new, Kapoor has a new name; INV-3 does not show our receipt.
TUESDAY = """
C1,Mehta Hardware,INV-1,2026-02-01,2026-03-03,1000.00,1000.00
C1,Mehta Hardware,INV-2,2026-02-20,2026-03-22,2500.50,1500.50
C2,Kapoor & Sons,INV-3,2026-03-05,2026-04-04,700.00,700.00
C2,Kapoor & Sons,INV-5,2026-04-07,2026-05-07,300.00,300.00
"""
# Now the ledger shows our receipt on INV-3, and a credit note for Kapoor.
WEDNESDAY = """
C1,Mehta Hardware,INV-1,2026-02-01,2026-03-03,1000.00,1000.00
C1,Mehta Hardware,INV-2,2026-02-20,2026-03-22,2500.50,1500.50
C2,Kapoor & Sons,INV-3,2026-03-05,2026-04-04,700.00,400.00
C2,Kapoor & Sons,INV-5,2026-04-07,2026-05-07,300.00,300.00
C2,Kapoor & Sons,CN-1,2026-04-08,,-50.00,-50.00
"""


def listed(collect: Collect, rows: str, day: str) -> dict[str, Any]:
    """Import one day's complete list; the book is sound and its report proved afterwards."""
    path: Path = collect.book.parent / f"{day}.csv"
    path.write_text(f"{HEAD}{rows}", encoding="utf-8")
    facts: dict[str, Any] = collect("import", "ledger", path, "--full", "--format", "json", today=day).check().json
    collect("book", "check", today=day).check()
    assert collect("aging", "--format", "json", today=day).check().json["proof"]["INR"]["ok"] is True
    return facts


def total(collect: Collect, day: str) -> str:
    return str(collect("aging", "--format", "json", today=day).check().json["totals"][0]["total"])


def left(collect: Collect, number: str, day: str) -> str:
    rows = collect("item", "show", number, "--format", "json", today=day).check().json["items"]["rows"]
    return str(rows[0]["open"])


def test_three_days_of_a_ledger_and_a_payment_it_shows_late(collect: Collect) -> None:
    """
    Monday     four bills, 8,200.50; we take 300.00 from Kapoor, which pays a part of INV-3
    Tuesday    INV-3 still 700.00 there: ours stands, it is not yet in the ledger; INV-4 is gone, INV-5 is new
    Wednesday  the ledger shows our 300.00 (nothing is settled twice) and a credit note of 50.00
    """
    collect("book", "init", "--currency", "INR").check()
    monday, tuesday, wednesday = "2026-04-06", "2026-04-07", "2026-04-08"
    facts = listed(collect, MONDAY, monday)
    assert (facts["accounts"], facts["imported"], facts["control"][0]["open"]) == (3, 4, "8200.50")
    collect("pay", "C2", "300", "--for", "INV-3", "--mode", "cash", "--yes", today=monday).check()
    assert (total(collect, monday), left(collect, "INV-3", monday)) == ("7900.50", "400.00")

    facts = listed(collect, TUESDAY, tuesday)
    counts = {key: facts[key] for key in ("imported", "updated", "unchanged", "vanished", "not_yet")}
    assert counts == {"imported": 1, "updated": 1, "unchanged": 2, "vanished": 1, "not_yet": 1}
    assert [row["number"] for row in facts["vanished_items"]["rows"]] == ["INV-4"]
    assert any("not yet in the ledger" in line for line in facts["warnings"])
    assert left(collect, "INV-3", tuesday) == "400.00"
    assert total(collect, tuesday) == "3200.50"
    shown = collect("show", "C2", "--format", "json", today=tuesday).check().json
    assert (shown["name"], shown["other_names"]) == ("Kapoor & Sons", "Kapoor & Co")
    paid = collect("item", "show", "INV-4", "--format", "json", today=tuesday).check().json["postings"]["rows"]
    assert [(one["kind"], one["amount"], one["effective_on"]) for one in paid] == [
        ("invoice", "4000.00", "2026-03-10"),
        ("settled in the ledger", "-4000.00", tuesday),
    ]

    facts = listed(collect, WEDNESDAY, wednesday)
    counts = {key: facts[key] for key in ("imported", "updated", "unchanged", "vanished", "not_yet")}
    assert counts == {"imported": 1, "updated": 1, "unchanged": 3, "vanished": 0, "not_yet": 0}
    assert left(collect, "INV-3", wednesday) == "400.00"
    assert total(collect, wednesday) == "3150.50"  # the list's own total: 1,000 + 1,500.50 + 400 + 300 - 50
    assert facts["control"][0]["open"] == "3150.50"
    assert total(collect, monday) == "7900.50"  # Monday can be printed again


def test_a_customer_who_is_renamed_is_found_by_both_names(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    listed(collect, MONDAY, "2026-04-06")
    listed(collect, TUESDAY, "2026-04-07")
    found = collect("account", "show", "C2", "--format", "json").check().json
    assert (found["name"], found["other_names"]) == ("Kapoor & Sons", "Kapoor & Co")


def test_an_older_list_is_refused(collect: Collect) -> None:
    collect("book", "init", "--currency", "INR").check()
    path = collect.book.parent / "list.csv"
    path.write_text(f"{HEAD}{MONDAY}", encoding="utf-8")
    collect("import", "ledger", path, "--as-of", "2026-04-06", today="2026-04-08").check()
    before = collect.book.read_bytes()
    run = collect("import", "ledger", path, "--as-of", "2026-04-05", today="2026-04-08")
    run.check(code=6, stderr="older than the last one imported, in list.csv: 2026-04-05")
    assert collect.book.read_bytes() == before
