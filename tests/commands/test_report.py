"""Risk on the command line: an invented ledger by hand, a real one against published figures."""

from datetime import date
from pathlib import Path

from collect.book import open_book
from collect.store.accounts import ids_by_number
from collect.store.postings import AsOf
from collect.store.risk import scores
from tests.conftest import Collect

LEDGER = """\
Customer code,Customer name,Invoice,Date,Due date,Amount,Settled date
A,Asha Traders,A1,2025-09-01,2025-10-01,1000.00,2025-11-10
A,Asha Traders,A2,2025-10-01,2025-10-31,1000.00,2025-12-10
A,Asha Traders,A3,2026-01-05,2026-02-04,1000.00,2026-03-01
B,Bina Stores,B1,2025-09-01,2025-10-01,4000.00,2025-09-20
B,Bina Stores,B2,2025-10-01,2025-10-31,4000.00,2025-10-20
B,Bina Stores,B3,2026-01-05,2026-02-04,4000.00,2026-02-01
"""


def book(collect: Collect, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    collect("book", "init").check()
    collect("import", "ledger", ledger).check()


def test_accounts_stand_in_the_order_of_their_risk(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    rows = collect("report", "risk", "--as-of", "2025-12-31", "--format", "json").check().json["rows"]
    assert [(row["rank"], row["account"], row["late"], row["judged"]) for row in rows] == [
        (1, "A", 2, 2),
        (2, "B", 0, 2),
    ]
    assert rows[0]["reasons"] == [
        {"term": "late", "points": 30.0, "text": "2 of 2 items late"},
        {"term": "days", "points": 40.0, "text": "40.0 days after the due day on average"},
    ]


def test_one_account_is_shown_reason_by_reason_as_of_any_day(collect: Collect, tmp_path: Path) -> None:
    """On 2025-10-31 A1 is 30 days overdue and A2 is due today: late 2/3 x 40, 30/3 days x 2, age 30/30 x 2."""
    book(collect, tmp_path)
    run = collect("report", "risk", "A", "--as-of", "2025-10-31", "--format", "json").check()
    assert run.json["params"] == {"as_of": "2025-10-31", "account": "A", "score": "48.7"}
    assert [(row["term"], row["points"]) for row in run.json["rows"]] == [
        ("late", "+26.7"),
        ("days", "+20.0"),
        ("age", "+2.0"),
    ]


def test_weights_are_settings(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    collect("config", "set", "risk.late_points", "100").check()
    collect("report", "risk", "A", "--as-of", "2025-12-31").check(stdout="+75.0")


def test_what_came_after_the_split_does_not_enter(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    run = collect("report", "backtest", "--split", "2026-01-01", "--format", "json").check()
    assert (run.json["params"]["items"], run.json["params"]["late"]) == (2, 1)
    found = {row["order"]: (row["auc"], row["coverage"]) for row in run.json["rows"]}
    assert found["score"] == found["late share"] == found["foresight"] == ("1.000", "100.00")
    assert found["amount"] == ("0.000", "0.00")


def test_fitting_shows_weights_and_changes_nothing(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    first = collect("report", "fit", "--split", "2026-01-01", "--format", "json").check().json
    assert first["rows"][3] == {"setting": "risk.broken_points", "fitted": "5.0", "in_force": "5.0", "default": "5.0"}
    assert collect("report", "fit", "--split", "2026-01-01", "--format", "json").check().json == first


def test_a_used_credit_limit_is_a_reason(collect: Collect, tmp_path: Path) -> None:
    """On 2025-10-15 A owes 2,000: half of 4,000 gives 2.5 points; at most twice the limit counts."""
    book(collect, tmp_path)

    def points() -> dict[str, str]:
        run = collect("report", "risk", "A", "--as-of", "2025-10-15", "--known-on", "2026-04-01", "--format", "json")
        return {row["term"]: row["points"] for row in run.check().json["rows"]}

    assert "exposure" not in points()
    collect("account", "limit", "A", "4,000").check(stdout="A Asha Traders: credit limit INR 4,000.00")
    assert points()["exposure"] == "+2.5"
    collect("account", "limit", "A", "500").check()
    assert points()["exposure"] == "+10.0"
    collect("account", "limit", "A", "0").check(stdout="no credit limit in INR")
    assert "exposure" not in points()


def test_conduct_is_known_as_of_any_day(collect: Collect) -> None:
    """Bounced on 03-20, promised for 03-22 and broken from 03-26, last spoken to on 03-10; overdue since 03-01."""
    collect("book", "init").check()
    collect("account", "add", "A").check()
    collect(
        "item", "add", "A", "I1", "1000", "--dated", "2026-02-01", "--due", "2026-03-01", today="2026-03-05"
    ).check()
    spoke = ("log", "A", "call", "promised", "--promise", "900", "--by", "2026-03-22")
    collect(*spoke, today="2026-03-10").check()
    collect("pay", "A", "100", "--mode", "cheque", "--ref", "000412", today="2026-03-11").check()
    collect("payment", "reverse", "R-00001", "--reason", "bounced", today="2026-03-20").check()
    collect("log", "A", "call", "no-answer", today="2026-03-28").check()

    def points(on: str) -> dict[str, str]:
        run = collect("report", "risk", "A", "--as-of", on, "--format", "json").check()
        return {row["term"]: row["points"] for row in run.json["rows"] if row["term"] not in {"late", "days", "age"}}

    assert points("2026-03-19") == {"silence": "+0.6"}
    assert points("2026-03-25") == {"bounced": "+10.0", "silence": "+1.0"}
    assert points("2026-03-31") == {"broken": "+5.0", "bounced": "+10.0", "silence": "+1.4"}


def test_the_queue_asks_for_the_scores_of_a_few_accounts(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    rows = collect("report", "risk", "--as-of", "2025-12-31", "--format", "json").check().json["rows"]
    with open_book(collect.book) as opened:
        ids = ids_by_number(opened)
        found = scores(opened, AsOf(date(2025, 12, 31)), [ids["B"]])
    assert found == {ids["B"]: float(next(row["score"] for row in rows if row["account"] == "B"))}


def test_a_split_ahead_is_refused(collect: Collect, tmp_path: Path) -> None:
    book(collect, tmp_path)
    collect("report", "backtest", "--split", "2026-05-01").check(2, stderr="a split that is yet to come: 2026-05-01")


def test_the_published_experiment(collect: Collect, shared_data: Path) -> None:
    """The figures of the experiment, 2,466 invoices split at 2013-01-01, and what the score makes of them."""
    collect("book", "init", "--currency", "USD").check()
    collect("import", "ledger", shared_data / "ledgers" / "ibm_receivables.csv", today="2014-06-30").check()
    run = collect("report", "backtest", "--split", "2013-01-01", "--format", "json", today="2014-06-30").check()
    found = {row["order"]: (row["auc"], row["coverage"]) for row in run.json["rows"]}
    assert found == {
        "score": ("0.870", "47.45"),
        "fitted": ("0.868", "50.12"),
        "late share": ("0.862", "48.77"),
        "late share x billed": ("0.835", "46.55"),
        "amount": ("0.546", "22.67"),
        "age": ("0.544", "34.95"),
        "chance": ("0.500", "20.00"),
        "foresight": ("1.000", "55.64"),
    }
