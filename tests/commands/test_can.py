"""The gate from the command line: verdict, rule, citation, exit code, and the next lawful moment to the minute."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.conftest import Collect


@pytest.fixture
def debtor(collect: Collect) -> Collect:
    """A1, telephone known, in the office's zone, under the house rules: calls from 08:00 to 19:00, 7 in 7 days."""
    collect("book", "init").check()
    collect("account", "add", "A1", "--name", "Asha", "--phone", "9820000001").check()
    return collect


def asked(collect: Collect, *words: str) -> dict[str, Any]:
    """The one row that `collect can` answers, with its exit code."""
    run = collect("can", "A1", *words, "--format", "json")
    (row,) = run.json["rows"]
    return {**row, "code": run.code}


def test_an_open_hour_is_allowed_now(debtor: Collect) -> None:
    row = asked(debtor, "call")
    assert (row["code"], row["verdict"], row["rule"], row["findings"]) == (0, "ALLOW", None, [])
    assert (row["next_allowed_at"], row["used"], row["preset"], row["preset_version"]) == (
        "2026-04-01T12:00+05:30",
        "0 of 7 in 7 days",
        "policy",
        "1",
    )


@pytest.mark.parametrize(
    ("at", "code", "opens"),
    [
        ("2026-04-01 07:59", 5, "2026-04-01T08:00+05:30"),
        ("2026-04-01 08:00", 0, "2026-04-01T08:00+05:30"),
        ("2026-04-01 18:59", 0, "2026-04-01T18:59+05:30"),
        ("2026-04-01 19:00", 5, "2026-04-02T08:00+05:30"),
        ("2025-12-31 23:30", 5, "2026-01-01T08:00+05:30"),
    ],
)
def test_a_closed_hour_is_refused_and_says_when_it_opens(debtor: Collect, at: str, code: int, opens: str) -> None:
    row = asked(debtor, "call", "--at", at)
    assert (row["code"], row["next_allowed_at"]) == (code, opens)
    assert (row["rule"] == "POL-HOURS") == bool(code)


@pytest.mark.parametrize(
    ("zone", "at", "opens"),
    [
        ("America/New_York", "2026-03-08T06:30-05:00", "2026-03-08T07:00-05:00"),  # 08:00 EDT, the day clocks jump
        ("Europe/London", "2026-10-25T06:30+01:00", "2026-10-25T08:00+00:00"),
        ("Asia/Kathmandu", "2026-04-01T07:59+05:45", "2026-04-01T08:00+05:45"),
        ("Australia/Adelaide", "2026-12-31T23:59+10:30", "2027-01-01T08:00+10:30"),
        ("America/Chicago,America/Los_Angeles", "2026-04-01T08:30-05:00", "2026-04-01T10:00-05:00"),
    ],
)
def test_times_are_judged_where_the_debtor_is_and_all_zones_agree(
    debtor: Collect, zone: str, at: str, opens: str
) -> None:
    debtor("account", "set", "A1", "--zone", zone).check()
    row = asked(debtor, "call", "--at", at)
    assert row["code"] == 5
    assert datetime.fromisoformat(row["next_allowed_at"]) == datetime.fromisoformat(opens)
    moment = datetime.fromisoformat(row["next_allowed_at"])
    assert asked(debtor, "call", "--at", moment.isoformat())["code"] == 0
    assert asked(debtor, "call", "--at", (moment - timedelta(minutes=1)).isoformat())["code"] == 5


def test_a_state_of_two_zones_is_open_when_both_are(collect: Collect) -> None:
    """Tennessee: 18:30 in Nashville is 19:30 in Knoxville."""
    collect("book", "init", "--currency", "USD").check()
    collect("account", "add", "A1", "--phone", "1").check()
    collect("account", "set", "A1", "--state", "TN").check()
    run = collect("can", "A1", "call", "--at", "2026-04-01T18:30-05:00").check(5)
    assert "Wed 19:30 in America/New_York" in run.stdout


def test_the_cap_opens_again_on_the_day_it_says(debtor: Collect) -> None:
    for day in range(25, 32):
        debtor("log", "A1", "call", "no-answer", "--at", f"2026-03-{day} 11:00").check()
    row = asked(debtor, "call", "--at", "2026-03-31 12:00")
    assert (row["code"], row["rule"], row["used"], row["next_allowed_at"]) == (
        5,
        "POL-CAP",
        "7 of 7 in 7 days",
        "2026-04-01T08:00+05:30",
    )
    assert asked(debtor, "sms", "--at", "2026-03-31 12:00")["code"] == 0


def test_seven_days_of_rest_after_a_conversation_in_the_us(debtor: Collect) -> None:
    debtor("account", "set", "A1", "--zone", "America/Chicago").check()
    debtor("policy", "use", "us-fdcpa").check()
    debtor("log", "A1", "call", "spoke", "--in", "--at", "2026-03-30T14:00-05:00").check()
    row = asked(debtor, "call", "--at", "2026-03-31T09:00-05:00")
    assert (row["code"], row["rule"]) == (5, "US-REGF-14B2-CONV")
    assert datetime.fromisoformat(row["next_allowed_at"]) == datetime.fromisoformat("2026-04-06T08:00-05:00")
    (finding,) = row["findings"]
    assert (finding["citation"], finding["basis"]) == ("12 CFR 1006.14(b)(2)(i)(B)", "T")


def test_consent_lifts_the_count_and_its_end_brings_it_back(debtor: Collect) -> None:
    debtor("policy", "use", "us-fdcpa").check()
    debtor("log", "A1", "call", "spoke", "--at", "2026-03-31 12:00").check()
    debtor("reach", "mark", "A1", "9820000001", "--consent", "call", "--on", "2026-03-31").check()
    assert asked(debtor, "call")["code"] == 0
    debtor("reach", "mark", "A1", "9820000001", "--no-consent", "call").check()
    assert asked(debtor, "call")["code"] == 5


@pytest.mark.parametrize(
    ("kind", "more", "channel", "code"),
    [
        ("do-not-contact", "", "letter", 5),
        ("cease", "--document L-1", "email", 5),
        ("stop-medium", "--medium sms", "sms", 5),
        ("stop-medium", "--medium sms", "call", 0),
        ("attorney", "", "call", 5),
        ("deceased", "", "call", 5),
        ("moratorium", "--until 2026-05-30", "call", 5),
        ("breathing-space", "", "call", 5),
        ("crisis", "", "call", 5),
        ("hardship", "", "call", 5),
        ("vulnerable", "", "call", 5),
        ("bereavement", "", "call", 5),
        ("occasion", "", "call", 5),
        ("dispute", "", "call", 5),
        ("avoid", "--hours 11:00-13:00", "call", 5),
        ("avoid", "--hours 13:00-15:00", "call", 0),
        ("avoid", "--hours 11:00-13:00 --days sat,sun", "call", 0),
        ("only", "--hours 15:00-17:00", "call", 5),
        ("time-barred", "", "call", 0),
        ("no-work", "", "call", 0),
    ],
)
def test_each_kind_of_hold_stops_what_it_should(debtor: Collect, kind: str, more: str, channel: str, code: int) -> None:
    debtor("account", "hold", "A1", kind, *more.split(), "--source", "letter").check()
    assert asked(debtor, channel)["code"] == code


def test_an_endless_hold_has_no_next_moment_and_its_release_opens(debtor: Collect) -> None:
    debtor("account", "hold", "A1", "cease", "--source", "letter of 3 March", "--document", "L-17").check()
    row = asked(debtor, "call")
    assert (row["verdict"], row["next_allowed_at"]) == ("BLOCK", None)
    debtor("can", "A1", "call").check(5, stdout="call: never as things stand")
    assert debtor("show", "A1", "--format", "json").check().json["holds"]["rows"][0]["document"] == "L-17"
    debtor("account", "release", "A1", "cease", "--why", "withdrawn").check(stdout="released cease")
    assert asked(debtor, "call")["code"] == 0
    debtor("account", "release", "A1", "cease").check(4, stderr="no such hold")


def test_a_dated_hold_opens_the_day_after_its_last(debtor: Collect) -> None:
    debtor("account", "hold", "A1", "moratorium", "--until", "2026-05-30").check()
    assert asked(debtor, "call")["next_allowed_at"] == "2026-05-31T08:00+05:30"


def test_an_attorney_may_be_called_where_the_debtor_may_not(debtor: Collect) -> None:
    debtor("account", "hold", "A1", "attorney").check()
    assert asked(debtor, "call", "--party", "attorney")["code"] == 0


def test_the_debt_is_not_discussed_with_a_third_party(debtor: Collect) -> None:
    row = asked(debtor, "call", "--party", "third-party")
    assert (row["code"], row["verdict"], row["rule"]) == (5, "REASON", "POL-ROLE")


def test_what_a_rule_wants_on_record_opens_the_visit(debtor: Collect) -> None:
    debtor("policy", "use", "uk-conc").check()
    assert asked(debtor, "visit")["code"] == 5
    debtor("account", "event", "A1", "visit-notice", "--on", "yesterday").check()
    assert asked(debtor, "visit")["code"] == 0


def test_the_preset_in_force_is_that_of_the_day_judged(debtor: Collect) -> None:
    debtor("policy", "use", "in-rbi-2022").check()
    before, after = (asked(debtor, "call", "--at", day) for day in ("2026-12-31 20:00", "2027-01-01 20:00"))
    assert (before["rule"], before["preset"]) == ("IN-RBI22-HOURS", "in-rbi-2022")
    assert (after["rule"], after["preset"]) == ("IN-RBI27-HOURS", "in-rbi-2027")


def test_holds_of_the_person_count_on_all_their_accounts_and_those_of_a_debt_on_one(debtor: Collect) -> None:
    debtor("account", "add", "A2").check()
    for account in ("A1", "A2"):
        debtor("account", "set", account, "--party", "Asha").check()
    debtor("account", "hold", "A2", "cease").check()
    assert asked(debtor, "call")["code"] == 0
    debtor("account", "hold", "A2", "deceased").check()
    assert asked(debtor, "call")["code"] == 5


def test_without_a_channel_every_channel_is_told_and_the_first_decides(debtor: Collect) -> None:
    run = debtor("can", "A1", "--at", "20:00", "--format", "json").check(5)
    assert [(row["channel"], row["verdict"]) for row in run.json["rows"]] == [
        ("call", "REASON"),
        ("sms", "REASON"),
        ("whatsapp", "REASON"),
        ("email", "ALLOW"),
        ("letter", "ALLOW"),
        ("visit", "REASON"),
    ]


def test_the_queue_says_from_when_and_by_what(debtor: Collect) -> None:
    debtor("item", "add", "A1", "I1", "5000", "--dated", "2026-01-01", "--due", "2026-02-01").check()
    queue = ("queue", "--format", "json")
    (row,) = debtor("--now", "2026-04-01T20:00", *queue, today="").check().json["rows"]
    assert (row["allowed"], row["rule"], row["when"], row["next_allowed_at"]) == (
        False,
        "POL-HOURS",
        "Thu 08:00",
        "2026-04-02T08:00:00+05:30",
    )
    (row,) = debtor("--now", "2026-04-01T07:00", *queue, today="").check().json["rows"]
    assert row["when"] == "08:00"
    (row,) = debtor("--now", "2026-04-01T10:00", *queue, today="").check().json["rows"]
    assert (row["allowed"], row["rule"], row["when"], row["next_allowed_at"]) == (True, None, "now", None)
    debtor("account", "hold", "A1", "moratorium", "--until", "2026-05-30").check()
    assert debtor(*queue).check().json["rows"] == []
    (row,) = debtor(*queue, "--all").check().json["rows"]
    assert row["when"] == "2026-05-31"
    debtor("account", "hold", "A1", "deceased").check()
    (row,) = debtor(*queue, "--all").check().json["rows"]
    assert (row["when"], row["next_allowed_at"]) == ("not: HOLD-DECEASED", None)


def test_the_page_of_an_account_tells_it_all(debtor: Collect) -> None:
    debtor("item", "add", "A1", "I1", "5000", "--dated", "2026-01-01", "--due", "2026-02-01").check()
    debtor("person", "add", "A1", "Ravi", "guarantor").check()
    debtor("account", "hold", "A1", "hardship", "--source", "call").check()
    debtor("log", "A1", "call", "promised", "--promise", "500", "--by", "2026-04-10", "--at", "11:00").check()
    page = debtor("show", "A1", "--format", "json").check().json
    assert [len(page[name]["rows"]) for name in ("promises", "contacts", "holds", "reach", "people")] == [1] * 5
    assert (page["last_contact"], page["next_step"]) == ("call, promised", "check the promise on 2026-04-11")
    assert page["may_call"].startswith("not: HOLD-HARDSHIP")
    assert page["next_allowed_at"] is None
    before = debtor("show", "A1", "--as-of", "2026-03-31", "--format", "json").check().json
    assert not {"promises", "contacts", "may_call"} & before.keys()


def test_words_that_are_not_known_are_refused(debtor: Collect) -> None:
    debtor("can", "A1", "fax").check(2, stderr="no such channel: fax")
    debtor("can", "A1", "call", "--person", "Ravi").check(4, stderr="no such person on account A1: Ravi")
    debtor("account", "hold", "A1", "stop-medium").check(2, stderr="a medium is stopped by stop-medium")
    debtor("account", "hold", "A1", "cease", "--hours", "09:00-10:00").check(2, stderr="hours belong to a wish")
    debtor("account", "hold", "A1", "nonsense").check(2, stderr="no such hold: nonsense")
    debtor("account", "event", "A1", "nonsense").check(2, stderr="no such event: nonsense")
