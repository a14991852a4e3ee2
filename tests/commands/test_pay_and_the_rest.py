"""What follows from a payment by itself: plan instalments come first, promises are kept and broken, the queue knows."""

from tests.commands.test_pay import add, book_with, paid, take
from tests.conftest import Collect


def promise(collect: Collect, today: str) -> str:
    rows = collect("promise", "list", "A1", "--format", "json", today=today).check().json["rows"]
    state: str = rows[0]["state"]
    return state


def test_a_promise_is_kept_by_a_payment_and_broken_again_by_its_bounce(collect: Collect) -> None:
    book_with(collect, "A1")
    add(collect, "A1", ["I1 1000 2026-01-01 2026-01-31"])
    told = ("log", "A1", "call", "promised", "--promise", "500", "--by", "2026-04-05")
    collect(*told, today="2026-04-01").check()
    take(collect, "A1", "500", "--mode", "cheque", today="2026-04-04")
    assert promise(collect, "2026-04-06") == "kept"
    collect("payment", "reverse", "1", "--reason", "bounced", "--on", "2026-04-07", today="2026-04-07").check()
    assert promise(collect, "2026-04-10") == "broken"
    first = collect("queue", "--format", "json", today="2026-04-08").check().json["rows"][0]
    assert "bounced" in [reason["term"] for reason in first["reasons"]]


def test_instalments_of_a_plan_are_paid_before_older_items(collect: Collect) -> None:
    """I1 is older; the plan is about I2: its first instalment of 200 comes first, then the oldest due."""
    book_with(collect, "A1")
    add(collect, "A1", ("I1 1000 2025-12-01 2025-12-31", "I2 400 2026-02-01 2026-03-01"))
    agreed = ("plan", "agree", "A1", "--count", "2", "--first", "2026-04-05", "--item", "I2")
    collect(*agreed, today="2026-04-01").check()
    run = take(collect, "A1", "700", today="2026-04-05")
    assert paid(run) == [("I2", "400.00", "0.00"), ("I1", "300.00", "700.00")]


def test_the_ledger_may_have_settled_it_already(collect: Collect) -> None:
    """The list of 3 April shows 500 less; the payment of 2 April is typed on the 4th: it says so."""
    book_with(collect, "A1")
    path = collect.book.with_name("list.csv")
    for day, balance in (("2026-04-01", "1000"), ("2026-04-03", "500")):
        path.write_text(f"Customer code,Invoice,Due date,Balance\nA1,I1,2026-01-31,{balance}\n", encoding="utf-8")
        collect("import", "ledger", path, "--as-of", day, today=day).check()
    run = take(collect, "A1", "500", "--on", "2026-04-02", today="2026-04-04")
    assert run.json["warnings"] == ["the ledger settled INR 500.00 on 2026-04-03: is that this payment?"]
    other = take(collect, "A1", "20", "--on", "2026-04-02", today="2026-04-04").json["warnings"]
    assert other == ["INR 20.00 stands unapplied: see 'collect payment list --unapplied'"]
