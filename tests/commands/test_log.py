"""Logging a contact: what is kept, what follows, what is flagged, what is asked for."""

import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from collect import book, contacts
from collect.store import contacts as record
from tests.conftest import Collect, CollectProcess

NOON = "2026-04-01"
"""A Wednesday; a day alone means noon at the office, Asia/Kolkata."""


@pytest.fixture
def debtor(collect: Collect) -> Collect:
    """C-104 owes INV-1 of 5,000 since 2026-02-04 and INV-2 of 700 from 2026-04-19; 300 stand unapplied."""
    collect("book", "init", today="2026-01-05").check()
    collect("account", "add", "C-104", "--name", "Asha Traders", "--phone", "+91 98200 00000").check()
    collect("item", "add", "C-104", "INV-1", "5000", "--dated", "2026-01-05", "--due", "2026-02-04").check()
    collect("item", "add", "C-104", "INV-2", "700", "--dated", "2026-03-20", "--due", "2026-04-19").check()
    collect("item", "credit", "C-104", "300", "--number", "CN-1", "--on", "2026-03-25").check()
    return collect


def logged(collect: Collect, *words: str, today: str = NOON) -> Any:
    return collect("log", "C-104", *words, "--format", "json", today=today).check().json


def listed(collect: Collect, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = collect("contact", "list", *options, "--format", "json").check().json["rows"]
    return rows


def test_a_contact_keeps_both_clocks_and_what_stood_open_then(debtor: Collect) -> None:
    logged(debtor, "call", "spoke", "--minutes", "4", "--item", "INV-1", "--note", "after salary")
    (row,) = listed(debtor)
    assert (row["at"], row["local_at"], row["zone"]) == (
        "2026-04-01T06:30:00Z",
        "2026-04-01T12:00:00+05:30",
        "Asia/Kolkata",
    )
    assert (row["currency"], row["balance"], row["overdue"], row["days_overdue"]) == ("INR", "5400.00", "5000.00", 56)
    assert (row["agent"], row["channel"], row["direction"], row["party"], row["outcome"]) == (
        "asha",
        "call",
        "out",
        "borrower",
        "spoke",
    )
    assert (row["items"], row["minutes"], row["note"], row["reach"]) == ("INV-1", 4, "after salary", "+91 98200 00000")


def test_a_note_written_later_keeps_when_it_was_and_when_it_was_written(debtor: Collect) -> None:
    logged(debtor, "visit", "met", "--at", "yesterday 17:40", "--position", "18.5204,73.8567", "--place", "home")
    (row,) = listed(debtor)
    assert (row["local_at"], row["recorded_at"][:10]) == ("2026-03-31T17:40:00+05:30", "2026-04-01")
    assert (row["position"], row["place"], row["days_overdue"]) == ("18.5204,73.8567", "home", 55)


@pytest.mark.parametrize(
    ("words", "local"),
    [
        (("--at", "yesterday", "17:40"), "2026-03-31T17:40"),
        (("--at", "yesterday 17:40"), "2026-03-31T17:40"),
        (("9:15",), "2026-04-01T09:15"),
        (("5pm", "--at", "fri"), "2026-03-27T17:00"),
    ],
)
def test_a_time_of_day_may_stand_alone(debtor: Collect, words: tuple[str, ...], local: str) -> None:
    assert logged(debtor, "call", "spoke", *words)["local_at"] == f"{local}:00+05:30"


def test_what_is_yet_to_come_is_not_logged(debtor: Collect) -> None:
    noon = ("--now", "2026-04-01T12:00", "log", "C-104", "call", "spoke", "--at")
    debtor(*noon, "12:06", today="").check(2, stderr="yet to come: 12:06")
    debtor(*noon, "12:04", today="").check()
    debtor("log", "C-104", "call", "spoke", "--at", "17:40").check()
    debtor("log", "C-104", "call", "spoke", "--at", "2026-04-02 09:00").check(2, stderr="yet to come")


def test_the_local_time_is_the_debtors_own(debtor: Collect) -> None:
    """Noon in Kolkata is 01:30 in Chicago, where the clocks went forward on 8 March."""
    debtor("account", "set", "C-104", "--zone", "America/Chicago").check()
    row = logged(debtor, "email", "sent")
    assert (row["local_at"], row["zone"]) == ("2026-04-01T01:30:00-05:00", "America/Chicago")
    row = logged(debtor, "email", "sent", today="2026-03-07")
    assert row["local_at"] == "2026-03-07T00:30:00-06:00"


@pytest.mark.parametrize(
    ("words", "on", "time", "action"),
    [
        ("call no-answer", "2026-04-02", "17:00", "call"),
        ("call promised --promise 500 --by 2026-04-10", "2026-04-11", "", "check the promise"),
        ("call callback --next 2026-04-03T16:30", None, "", ""),
        ("letter sent", "2026-04-11", "", "call"),
        ("call wrong-number", "2026-04-02", "", "find a number"),
        ("call refused --next +2d --action visit", "2026-04-03", "", "visit"),
    ],
)
def test_the_next_step_comes_from_the_table_or_from_who_logs(
    debtor: Collect, words: str, on: str | None, time: str, action: str
) -> None:
    if on is None:
        debtor("log", "C-104", *words.split()).check(2, stderr="not a date")
        return
    row = logged(debtor, *words.split())
    assert (row["next_on"], row["next_time"], row["next_action"]) == (on, time, action)


def test_a_callback_is_at_the_hour_asked_for(debtor: Collect) -> None:
    row = logged(debtor, "call", "callback", "--next", "fri 16:30")
    assert (row["next_on"], row["next_time"], row["next_action"]) == ("2026-04-03", "16:30", "call")


def test_the_table_is_a_setting(debtor: Collect) -> None:
    debtor("config", "set", "followup.no-answer", "2d; sms: none").check()
    assert logged(debtor, "call", "no-answer")["next_on"] == "2026-04-03"
    assert logged(debtor, "sms", "no-answer")["next_on"] is None


def test_who_is_logged_is_left_alone_until_the_next_step(debtor: Collect) -> None:
    def queued(today: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = debtor("queue", "--format", "json", today=today).check().json["rows"]
        return rows

    (row,) = queued(NOON)
    assert (row["channel"], row["reach"], row["allowed"], row["last_contact_at"]) == (
        "call",
        "+91 98200 00000",
        True,
        None,
    )
    logged(debtor, "call", "no-answer")
    assert queued(NOON) == []
    (row,) = queued("2026-04-02")
    assert row["last_contact_at"] == "2026-04-01T06:30:00.000000Z"
    assert [row["account"] for row in queued("2026-03-31")] == ["C-104"]


def test_a_wrong_number_is_marked_and_not_offered_again(debtor: Collect) -> None:
    assert logged(debtor, "call", "wrong-number")["marked"] == "wrong"
    (way,) = debtor("reach", "list", "C-104", "--format", "json").check().json["rows"]
    assert (way["value"], way["state"], way["state_on"]) == ("+91 98200 00000", "wrong", NOON)
    assert logged(debtor, "call", "no-answer")["reach"] == ""


def test_a_new_number_that_was_right_is_kept(debtor: Collect) -> None:
    logged(debtor, "call", "spoke", "--reach", "98200 11111")
    ways = {way["value"]: way["state"] for way in debtor("reach", "list", "C-104", "--format", "json").json["rows"]}
    assert ways == {"+91 98200 00000": "unverified", "98200 11111": "right"}


@pytest.mark.parametrize(("channel", "hold"), [("letter", "cease"), ("call", "do-not-contact")])
def test_a_request_to_cease_stops_contact_at_once(debtor: Collect, channel: str, hold: str) -> None:
    assert logged(debtor, channel, "cease", "--in")["hold"] == hold
    debtor("can", "C-104", "call").check(5, stdout=hold)


def test_logging_is_never_refused_and_a_breach_is_flagged_with_its_rule(debtor: Collect) -> None:
    run = debtor("log", "C-104", "call", "spoke", "--at", "07:10").check(stderr="breach of POL-HOURS: Wed 07:10")
    assert "say why: collect log --correct 1 --why TEXT" in run.stderr
    (breach,) = debtor("policy", "breaches", "--format", "json").check().json["rows"]
    assert (breach["rule"], breach["verdict"], breach["reason"], breach["policy"]) == (
        "POL-HOURS",
        "REASON",
        None,
        "policy 1",
    )
    debtor("log", "--correct", "1", "--why", "he asked for it").check()
    (breach,) = debtor("policy", "breaches", "--format", "json").check().json["rows"]
    assert (breach["contact"], breach["reason"]) == (2, "he asked for it")
    assert debtor("policy", "breaches", "--unexplained", "--format", "json").check().json["rows"] == []


def test_what_came_in_breaks_no_rule(debtor: Collect) -> None:
    assert logged(debtor, "call", "spoke", "--in", "--at", "06:00")["breaches"] == []


def test_the_eighth_call_in_seven_days_is_a_breach_and_a_call_not_connected_is_none(debtor: Collect) -> None:
    for day in range(1, 8):
        assert logged(debtor, "call", "no-answer", "--at", f"2026-03-2{day} 11:00")["breaches"] == []
    assert logged(debtor, "call", "busy", "--at", "2026-03-27 12:00")["breaches"] == []
    late = logged(debtor, "call", "no-answer", "--at", "2026-03-27 13:00")
    assert [breach["rule"] for breach in late["breaches"]] == ["POL-CAP"]
    assert logged(debtor, "call", "no-answer", "--at", "2026-03-29 11:00")["breaches"] == []


def test_the_contacts_of_a_persons_other_accounts_count_where_rules_count_persons(debtor: Collect) -> None:
    """A search asks each third party once, whichever account it is for."""
    debtor("account", "add", "C-105").check()
    for account in ("C-104", "C-105"):
        debtor("account", "set", account, "--party", "Asha").check()
    debtor("policy", "use", "us-fdcpa").check()
    ask = ("R. Rao", "address", "--channel", "call", "--at", "09:00", "--format", "json")
    debtor("account", "set", "C-104", "--zone", "Asia/Kolkata").check()
    first = debtor("reach", "trace", "C-104", *ask).check()
    assert (first.json["rule"], first.stderr) == ("US-FDCPA-1692B3", "")
    debtor("reach", "trace", "C-105", *ask).check(stderr="breach of US-FDCPA-1692B3")


def test_a_contact_is_never_edited(debtor: Collect) -> None:
    logged(debtor, "call", "spoke")
    with sqlite3.connect(debtor.book) as connection:
        for sql in ("UPDATE contact SET note = 'x'", "DELETE FROM contact", "DELETE FROM contact_owed"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(sql)


def test_a_correction_points_to_the_first_and_the_last_one_counts(debtor: Collect) -> None:
    logged(debtor, "call", "spoke", "--note", "first")
    again = debtor("log", "--correct", "1", "--note", "second", "--format", "json").check().json
    assert (again["corrects"], again["outcome"], again["note"], again["next_on"]) == (
        1,
        "spoke",
        "second",
        "2026-04-06",
    )
    third = debtor("log", "C-104", "call", "no-answer", "--correct", "2", "--format", "json").check().json
    assert (third["corrects"], third["note"], third["next_on"]) == (1, "second", "2026-04-02")
    assert [(row["contact"], row["corrects"]) for row in listed(debtor)] == [(3, 1), (2, 1), (1, None)]
    corrections = debtor("contact", "show", "1", "--format", "json").check().json["corrections"]["rows"]
    assert [row["outcome"] for row in corrections] == ["spoke", "no-answer"]
    assert debtor("can", "C-104", "call", "--format", "json").check().json["rows"][0]["used"] == "1 of 7 in 7 days"


def test_a_contact_that_did_not_take_place_is_taken_back_with_its_promise(debtor: Collect) -> None:
    logged(debtor, "call", "promised", "--promise", "500", "--by", "2026-04-10")
    debtor("log", "C-104", "call", "mistake").check(2, stderr="no such outcome: mistake")
    debtor("log", "C-104", "call", "mistake", "--correct", "1").check()
    assert debtor("promise", "list", "--format", "json").check().json["rows"] == []
    assert [row["account"] for row in debtor("queue", "--format", "json").check().json["rows"]] == ["C-104"]
    debtor("promise", "withdraw", "1").check(5, stderr="taken back with its contact")


def test_a_promise_that_was_written_down_wrongly_is_stated_anew(debtor: Collect) -> None:
    logged(debtor, "call", "promised", "--promise", "500", "--by", "2026-04-10")
    debtor("log", "--correct", "1", "--promise", "5000", "--by", "2026-04-10").check()
    (row,) = debtor("promise", "list", "--format", "json").check().json["rows"]
    assert (row["amount"], row["level"], row["contact"]) == ("5000.00", 1, 2)


def test_a_contact_moves_to_the_account_it_was_about(debtor: Collect) -> None:
    debtor("account", "add", "C-105").check()
    logged(debtor, "call", "spoke")
    debtor("log", "C-105", "--correct", "1").check(stdout="corrected call out, spoke on C-105")
    used = {
        account: debtor("can", account, "call", "--format", "json").check().json["rows"][0]["used"]
        for account in ("C-104", "C-105")
    }
    assert used == {"C-104": "0 of 7 in 7 days", "C-105": "1 of 7 in 7 days"}


def test_the_last_contact_kept_at_hand_is_checked_against_the_record(debtor: Collect) -> None:
    logged(debtor, "call", "spoke")
    logged(debtor, "call", "no-answer", "--at", "yesterday 11:00")
    debtor("log", "--correct", "1", "--note", "again").check()
    debtor("book", "check").check()
    with sqlite3.connect(debtor.book) as connection:
        connection.execute("UPDATE standing SET next_on = '2027-01-01'")
    debtor("book", "check").check(1, stdout="C-104")


def test_a_guarantor_is_a_person_with_a_role_and_numbers_of_their_own(debtor: Collect) -> None:
    debtor("person", "add", "C-104", "Ravi Mehta", "guarantor").check()
    debtor("reach", "add", "C-104", "98200 22222", "--owner", "guarantor", "--from", "loan file").check()
    row = logged(debtor, "call", "spoke", "--party", "guarantor")
    assert (row["party"], row["person"], row["reach"], row["marked"]) == ("guarantor", "Ravi Mehta", "98200 22222", "")
    assert logged(debtor, "call", "spoke", "--person", "ravi")["party"] == "guarantor"
    assert logged(debtor, "call", "spoke", "--person", "his brother")["person"] == "his brother"


def test_a_dry_run_keeps_nothing(debtor: Collect) -> None:
    debtor("log", "C-104", "call", "spoke", "--dry-run").check(stdout="dry run: nothing was changed")
    assert listed(debtor) == []


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("C-104 call", "cannot ask here: Outcome"),
        ("C-104", "cannot ask here: Channel"),
        ("", "cannot ask here: Account"),
        ("C-104 fax sent", "no such channel: fax"),
        ("C-104 call promised --promise 500", "a promise without its day"),
        ("C-104 call promised --by fri", "a day without an amount promised"),
        ("C-104 call promised --promise 500 --by 2026-03-31", "promised for a day that was over"),
        ("C-104 call spoke --party boss", "no such role: boss"),
        ("C-104 visit met --position here", "not coordinates: here"),
    ],
)
def test_what_is_missing_or_unknown_is_said(debtor: Collect, words: str, error: str) -> None:
    debtor("log", *words.split()).check(2, stderr=error)
    assert listed(debtor) == []


def test_a_promise_without_its_amount_is_logged_and_said(debtor: Collect) -> None:
    debtor("log", "C-104", "call", "promised").check(stderr="no promise was kept: say --promise AMOUNT --by DATE")


def test_a_clock_that_runs_behind_is_noticed(debtor: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    for minutes, code, said in ((4, 0, ""), (40, 0, "40 minutes behind"), (60 * 48, 5, "48 hours behind")):
        monkeypatch.setattr(record, "clock_behind", lambda _book, seconds=minutes * 60: float(seconds))
        debtor("log", "C-104", "call", "no-answer").check(code, stderr=said)
    debtor("log", "C-104", "call", "no-answer", "--clock-ok").check()


def test_the_clock_is_compared_with_that_of_the_last_change(debtor: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = datetime.now(UTC) + timedelta(days=2)

    class Clock(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return ahead.astimezone(tz)

    with monkeypatch.context() as patch:
        patch.setattr(book, "datetime", Clock)
        debtor("account", "set", "C-104", "--territory", "Pune").check()
    debtor("log", "C-104", "call", "no-answer").check(5, stderr="48 hours behind the last change")


def test_the_record_goes_to_a_file_as_evidence(debtor: Collect, tmp_path: Any) -> None:
    logged(debtor, "call", "spoke", "--note", "=1+1")
    debtor("contact", "list", "--output", tmp_path / "record.csv").check()
    head, line = (tmp_path / "record.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head.split(",")[:4] == ["contact", "at", "local_at", "account"]
    assert "'=1+1" in line
    debtor("contact", "list", "--output", tmp_path / "record.xlsx").check(stderr="1 row")


def test_contacts_are_found_by_day_agent_channel_and_outcome(debtor: Collect) -> None:
    logged(debtor, "call", "no-answer", "--at", "2026-03-30 11:00")
    logged(debtor, "sms", "sent")
    found = {
        options: [row["contact"] for row in listed(debtor, *options.split())]
        for options in (
            "",
            "--on 2026-03-30",
            "--from 2026-03-31",
            "--to 2026-03-31",
            "--outcome sent",
            "--channel call",
            "--by asha C-104",
            "--by ravi",
            "--limit 1",
        )
    }
    assert found == {
        "": [2, 1],
        "--on 2026-03-30": [1],
        "--from 2026-03-31": [2],
        "--to 2026-03-31": [1],
        "--outcome sent": [2],
        "--channel call": [1],
        "--by asha C-104": [2, 1],
        "--by ravi": [],
        "--limit 1": [2],
    }


def completed(collect: CollectProcess, line: str) -> set[str]:
    env = {"_COLLECT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return set(re.findall(r"\S+", collect(env=env).stdout))


def test_channels_outcomes_and_items_are_completed(debtor: Collect) -> None:
    process = CollectProcess(debtor.book)
    assert completed(process, "collect log C-104 ") == set(contacts.CHANNELS)
    assert completed(process, "collect log C-104 call no") == {"no-answer", "not-connected", "not-met"}
    assert completed(process, "collect log C-104 call spoke --item INV") == {"INV-1", "INV-2"}
    assert completed(process, "collect log C-104 call spoke --party g") == {"guarantor", "guardian"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_a_terminal_is_asked_for_what_is_missing(debtor: Collect) -> None:
    import pty

    ours, theirs = pty.openpty()
    env = {**os.environ, "COLLECT_BOOK": str(debtor.book), "COLLECT_NOW": "2026-04-01T07:10", "COLLECT_AGENT": "asha"}
    program = [sys.executable, "-m", "collect", "log", "C-104", "call", "--format", "json"]
    with subprocess.Popen(program, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=env) as running:
        os.close(theirs)
        os.write(ours, b"promised\n2,500\n2026-04-10\nhe asked for it\n")
        said, _ = running.communicate(timeout=30)
        asked = os.read(ours, 4096).decode()
    os.close(ours)
    assert [word in asked for word in ("Outcome", "Amount promised", "Promised for", "Why was it done")] == [True] * 4
    assert b'"promised": "2500.00"' in said
    assert b'"reason": "he asked for it"' in said
    assert running.returncode == 0
