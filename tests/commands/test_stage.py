"""Stages from the command line: the tool proposes, a person moves, and nothing is skipped."""

from typing import Any

from tests.conftest import Collect


def book(collect: Collect) -> None:
    """Asha owes 1,000 since 2026-01-31, Bina 200 since 2026-03-30; Chitra nothing."""
    collect("book", "init").check()
    for number, name in (("A", "Asha"), ("B", "Bina"), ("C", "Chitra")):
        collect("account", "add", number, "--name", name).check()
    collect("item", "add", "A", "I1", "1000", "--dated", "2026-01-01", "--due", "2026-01-31").check()
    collect("item", "add", "B", "I2", "200", "--dated", "2026-03-01", "--due", "2026-03-30").check()


def rows(collect: Collect, *options: str, today: str = "2026-04-01") -> list[dict[str, Any]]:
    found = collect("stage", "list", *options, "--format", "json", today=today).check().json["rows"]
    return list(found)


def test_every_account_begins_at_the_foot(collect: Collect) -> None:
    book(collect)
    found = [(row["account"], row["days_overdue"], row["stage"], row["next"], row["because"]) for row in rows(collect)]
    assert found == [
        ("A", 60, None, "reminder", "60 days overdue"),
        ("B", 2, None, "reminder", "2 days overdue"),
    ]


def test_a_move_is_recorded_and_the_next_step_waits(collect: Collect) -> None:
    """After the reminder, the second one waits 5 days; asking again in between proposes nothing."""
    book(collect)
    collect("stage", "move", "A", "--why", "letter of 1 April").check(
        stdout="moved A Asha to reminder: letter of 1 April"
    )
    assert [row["account"] for row in rows(collect, "--due")] == ["B"]
    assert [row["next"] for row in rows(collect, "--stage", "reminder", today="2026-04-05")] == [None]
    (one,) = rows(collect, "--stage", "reminder", today="2026-04-06")
    assert (one["next"], one["because"], one["since"]) == (
        "second reminder",
        "65 days overdue, reminder since 2026-04-01",
        "2026-04-01",
    )
    assert [(row["stage"], row["agent"], row["reason"]) for row in rows(collect, "A")] == [
        ("reminder", "asha", "letter of 1 April")
    ]


def test_a_legal_stage_needs_approval(collect: Collect) -> None:
    book(collect)
    collect("config", "set", "stages.ladder", "reminder days=1; legal days=30 approval").check()
    collect("stage", "move", "A", "--why", "letter").check()
    assert rows(collect, "--due")[0]["approval"] is True
    collect("stage", "move", "A", "--why", "no answer").check(5, stderr="needs the approval of somebody else: legal")
    collect("stage", "move", "A", "--why", "no answer", "--approved-by", "meena").check(stdout="  approved by meena")
    assert rows(collect, "--stage", "legal")[0]["approved_by"] == "meena"


def test_moving_early_is_said(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "B", "--why", "letter").check()
    collect("stage", "move", "B", "--why", "rude on the phone").check(stdout="before its time: 2 days overdue, not 8")


def test_a_broken_promise_opens_the_call(collect: Collect) -> None:
    """Promised for 2026-04-03, nothing came; broken from 04-07, so the call need not wait for day 15."""
    book(collect)
    collect("stage", "move", "B", "--why", "letter").check()
    collect("stage", "move", "B", "--why", "letter", today="2026-04-02").check()
    collect("log", "B", "call", "promised", "--promise", "200", "--by", "2026-04-03", today="2026-04-02").check()
    assert rows(collect, "--stage", "second reminder", today="2026-04-06")[0]["next"] is None
    (one,) = rows(collect, "--stage", "second reminder", today="2026-04-07")
    assert (one["next"], one["because"]) == ("call", "a broken promise, second reminder since 2026-04-02")


def test_what_is_disputed_is_not_moved(collect: Collect) -> None:
    book(collect)
    collect("dispute", "open", "A", "--item", "I1", "--reason", "price").check()
    assert [(row["account"], row["overdue"], row["next"]) for row in rows(collect)] == [
        ("B", "200.00", "reminder"),
        ("A", "0.00", None),
    ]


def test_the_next_debt_begins_at_the_foot(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "B", "--why", "letter").check()
    collect("item", "credit", "B", "200", "--for", "I2").check()
    assert [row["account"] for row in rows(collect)] == ["A"]
    collect("item", "add", "B", "I3", "90", "--due", "2026-04-20").check()
    assert [(row["stage"], row["next"]) for row in rows(collect, today="2026-04-25") if row["account"] == "B"] == [
        (None, "reminder")
    ]


def test_any_day_sees_the_stage_of_then(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "A", "--why", "letter").check()
    found = rows(collect, "--as-of", "2026-03-31", today="2026-04-02")
    assert [(row["account"], row["stage"]) for row in found] == [("A", None), ("B", None)]


def test_a_dry_run_moves_nothing(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "A", "--why", "letter", "--dry-run").check()
    assert rows(collect, "A") == []
