"""Laws of the queue, over random stories of an office: what is shown first is what comes first, and a day stays itself.

Each story is typed day by day into a real book: bills, payments, cheques that bounce, contacts, promises, plans,
disputes, holds, stages. COLLECT_DEEP=1 tells more of them.
"""

import os
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from collect.config import SETTINGS
from collect.store import postings, queue, risk
from tests.conftest import Collect

STORIES = {"": 3, "quick": 10}.get(os.environ.get("COLLECT_DEEP", ""), 60)
FIRST = date(2026, 3, 2)
DAYS = 8
WEIGHTS: tuple[dict[str, str], ...] = (
    {},
    {"risk_points": "60", "stage_points": "-8", "amount_points": "2"},
    {"amount_points": "0", "new_points": "-5", "disputed_points": "40"},
    {"age_points": "-3", "risk_points": "-20", "amount_from": "1"},
)
Rows = list[dict[str, Any]]


def rows(book: Collect, day: date, *options: str) -> Rows:
    found: Rows = book("queue", "--format", "json", *options, today=day.isoformat()).check().json["rows"]
    return found


def ledger(path: Path, random: Random) -> Path:
    """Bills of forty accounts, some settled late, some disputed, in two currencies."""
    lines = [
        "Customer Code,Customer Name,Bill No,Bill Date,Due Date,Bill Amount,Pending Amount,Disputed,Currency,Mobile"
    ]
    for number in range(150):
        account = random.randrange(40)
        due = FIRST - timedelta(days=random.choice((-9, 1, 5, 8, 20, 31, 45, 90, 179, 180, 181, 400)))
        amount = random.choice((1, 999, 1000, 5000, 20_000, 400_000))
        left = random.choice((amount, amount, amount, 0, 1))
        cells = [f"C{account:02}", f"Debtor {account}", f"B{number}", due - timedelta(days=30), due, amount, left]
        marked = "Yes" if random.randrange(8) == 0 else "No"
        currency = "JPY" if account % 7 == 0 and number % 2 else "INR"
        lines.append(",".join(map(str, [*cells, marked, currency, f"98200{account:05}" if account % 5 else ""])))
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def work(book: Collect, random: Random, day: date) -> None:
    """One day of the office; what cannot be done on an account is refused and left."""
    on = day.isoformat()

    def ahead(days: int) -> str:
        return (day + timedelta(days=days)).isoformat()

    for _ in range(14):
        account = f"C{random.randrange(40):02}"
        at = f"{on}T{random.randint(9, 11)}:{random.randint(10, 59)}"
        typed: tuple[str, ...] = random.choice(
            (
                ("log", account, "call", "no-answer", "--at", at, "--next", ahead(random.randint(0, 3))),
                (
                    "log",
                    account,
                    "call",
                    "promised",
                    "--promise",
                    "500",
                    "--by",
                    ahead(random.randint(0, 2)),
                    "--at",
                    at,
                ),
                ("pay", account, str(random.choice((1, 300, 7000))), "--mode", "upi", "--ref", f"U{random.random()}"),
                ("pay", account, "900", "--mode", "cheque", "--ref", f"Q{random.random()}"),
                ("item", "credit", account, str(random.choice((50, 90_000)))),
                ("dispute", "open", account, "--reason", "price", "--by", ahead(2)),
                ("stage", "move", account, "--why", "as proposed"),
                ("plan", "agree", account, "--count", "2", "--first", ahead(3)),
                ("account", "hold", account, random.choice(("attorney", "cease", "hardship")), "--until", ahead(2)),
                ("item", "add", account, f"N{random.random()}", "2500", "--dated", on, "--due", ahead(1)),
            )
        )
        book(*typed, today=on)
    for receipt in book("payment", "list", "--format", "json", today=on).json["rows"]:
        if receipt["mode"] == "cheque" and random.randrange(3) == 0:
            how = random.choice((("clear",), ("deposit",), ("reverse", "--reason", "bounced")))
            book("payment", how[0], receipt["receipt"], *how[1:], today=on)


@pytest.fixture(scope="module", params=range(STORIES))
def told(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Collect, dict[date, Rows]]:
    """A story, and the whole queue as it was at the end of each of its days."""
    random = Random(request.param)  # noqa: S311 - a repeatable story
    folder = tmp_path_factory.mktemp("story")
    book = Collect(folder / "book.db")
    book("book", "init", today=FIRST.isoformat()).check()
    book("config", "set", "ledger.stale_days", "900", today=FIRST.isoformat()).check()
    book("import", "ledger", ledger(folder / "list.csv", random), today=FIRST.isoformat()).check()
    seen = {}
    for day in (FIRST + timedelta(days=ahead) for ahead in range(DAYS)):
        work(book, random, day)
        seen[day] = rows(book, day, "--all")
    return book, seen


@pytest.mark.parametrize("weights", WEIGHTS, ids=lambda one: " ".join(one) or "usual")
def test_the_first_rows_are_the_first_of_all_rows(
    told: tuple[Collect, dict[date, Rows]], weights: dict[str, str]
) -> None:
    """The order is that of the sums of the terms shown, whatever is asked for, live or replayed."""
    book, seen = told
    for key, value in weights.items():
        book("config", "set", "--", f"queue.{key}", value).check()
    try:
        for day in (FIRST + timedelta(days=2), max(seen), max(seen) + timedelta(days=40)):
            for options in ((), ("--all",), ("--bucket", "31-60"), ("--only", "new"), ("--only", "disputes")):
                everyone = rows(book, day, *options, "--limit", "0")
                for row in everyone:
                    assert abs(sum(one["points"] for one in row["reasons"]) - float(row["score"])) < 0.06
                order = [(-float(row["score"]), row["currency"] == "JPY" or -float(row["overdue"])) for row in everyone]
                assert [score for score, _ in order] == sorted(score for score, _ in order)
                for limit in (1, 4, 9):
                    run = book("queue", "--format", "json", *options, "--limit", str(limit), today=day.isoformat()).json
                    assert run["rows"] == everyone[:limit]
                    assert run.get("more", len(everyone) - len(run["rows"])) == len(everyone) - len(run["rows"])
    finally:
        for key in weights:
            book("config", "set", "--", f"queue.{key}", SETTINGS[f"queue.{key}"].default).check()


def test_a_day_replayed_is_the_day_as_it_was(told: tuple[Collect, dict[date, Rows]]) -> None:
    book, seen = told
    for day, then in seen.items():
        now = rows(book, day, "--all")
        assert [(one, other) for one, other in zip(now, then, strict=True) if one != other] == []


def test_those_left_alone_and_those_shown_are_all_there_are(told: tuple[Collect, dict[date, Rows]]) -> None:
    book, seen = told
    for day, then in seen.items():
        shown = {(row["account"], row["currency"]) for row in rows(book, day, "--limit", "0")}
        held = {(row["account"], row["currency"]): row["held"] for row in then if row["held"]}
        assert shown.isdisjoint(held)
        assert shown | held.keys() == {(row["account"], row["currency"]) for row in then}
        listed = rows(book, day, "--held")
        assert {row["account"] for row in listed} >= {account for account, _ in held}
        assert all(row["until"] is None or row["until"] > day.isoformat() for row in listed)


def test_naming_few_accounts_or_reading_all_gives_the_same(
    told: tuple[Collect, dict[date, Rows]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many accounts all are read and the others left out; here three are many."""
    book, seen = told
    asked = [(day, options) for day in (min(seen), max(seen)) for options in (("--limit", "4"), ("--only", "disputes"))]
    usual = [rows(book, day, *options) for day, options in asked]
    for module in (queue, risk, postings):
        monkeypatch.setattr(module, "MANY", 3)
    assert [rows(book, day, *options) for day, options in asked] == usual
