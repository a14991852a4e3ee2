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


def test_a_legal_stage_is_approved_by_somebody_with_a_role_above(collect: Collect) -> None:
    book(collect)
    collect("config", "set", "stages.ladder", "reminder days=1; legal days=30 approval").check()
    collect("config", "set", "settlement.roles", "asha=agent, ravi=agent, meena=head").check()
    collect("config", "set", "settlement.limits", "agent:1:10; head:3:60").check()
    collect("stage", "move", "A", "--why", "letter").check()
    said = ("stage", "move", "A", "--why", "no answer", "--approved-by")
    collect(*said, "Asha").check(5, stderr="needs the approval of somebody else: legal")
    collect(*said, "priya").check(5, stderr="nobody with a role, so not one to approve: priya")
    collect(*said, "ravi").check(5, stderr="not above the level of asha, so not one to approve: ravi")
    collect(*said, "meena").check(stdout="  approved by meena")


def test_asking_every_hour_proposes_one_step_and_moves_nothing(collect: Collect) -> None:
    """200 days overdue: the reminder is proposed, every hour again, and never a step further."""
    book(collect)
    found = [rows(collect, "--due", today="2026-08-19")[0] for _ in range(3)]
    assert [(row["days_overdue"], row["stage"], row["next"]) for row in found] == [(200, None, "reminder")] * 3
    collect("stage", "move", "A", "--why", "letter", today="2026-08-19").check()
    assert [row["account"] for row in rows(collect, "--due", today="2026-08-19")] == ["B"]
    assert rows(collect, "--stage", "reminder", today="2026-08-24")[0]["next"] == "second reminder"
    collect("stage", "move", "A", "--to", "reminder", "--why", "x", today="2026-08-24").check(5)
    collect("stage", "move", "A", "--to", "visit", "--why", "x", today="2026-08-24").check(
        5, stderr="a stage would be skipped: second reminder"
    )


def test_the_ladder_is_ones_own(collect: Collect) -> None:
    book(collect)
    collect("config", "set", "stages.ladder", "text days=1 from=500; letter days=20 after=3").check()
    assert [(row["account"], row["next"]) for row in rows(collect)] == [("A", "text"), ("B", None)]


def test_the_age_that_counts_is_that_of_what_is_not_disputed(collect: Collect) -> None:
    """I1, 60 days overdue, is disputed; I9 of 50 is 2 days overdue: a reminder, not the visit that I1 would be due."""
    book(collect)
    collect("item", "add", "A", "I9", "50", "--dated", "2026-03-01", "--due", "2026-03-30").check()
    collect("dispute", "open", "A", "--item", "I1", "--amount", "400", "--reason", "price").check()
    assert rows(collect)[0]["days_overdue"] == 60
    collect("dispute", "open", "A", "--item", "I1", "--reason", "price").check()
    (one,) = [row for row in rows(collect) if row["account"] == "A"]
    assert (one["overdue"], one["days_overdue"], one["because"]) == ("50.00", 2, "2 days overdue")


def test_a_replayed_day_is_not_moved_behind_a_later_move(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "A", "--why", "letter").check()
    collect("stage", "move", "A", "--why", "again", today="2026-03-31").check(
        5, stderr="moved on a later day already, 2026-04-01: A"
    )


def test_an_account_at_a_stage_that_is_no_more_is_told(collect: Collect) -> None:
    book(collect)
    collect("stage", "move", "A", "--why", "letter").check()
    collect("config", "set", "stages.ladder", "letter days=1; court days=30 approval").check()
    found = collect("stage", "list", "--format", "json").check().json
    lost = "at a stage that is on the ladder no more, name one with 'collect stage move --to': A"
    assert found["notes"] == ["overdue leaves out what is disputed", lost]
    assert [row["account"] for row in rows(collect, "--stage", "Reminder")] == ["A"]
    collect("stage", "list", "--stage", "visit").check(
        2, stderr="no such stage: visit\nhint: use one of: letter, court"
    )
    collect("stage", "move", "A", "--to", "letter", "--why", "second letter").check()
    assert collect("stage", "list", "--format", "json").check().json["notes"] == ["overdue leaves out what is disputed"]
