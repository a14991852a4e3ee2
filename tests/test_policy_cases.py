"""Files of cases: the shared ones, ours in the structured form, and what cannot be read."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from collect import policy
from collect.errors import InputRefused
from collect.policy_cases import cases_of
from collect.policy_words import wishes
from collect.presets import own

SHARED = os.environ.get("COLLECT_SHARED_DATA")


HOME = {"at": "2026-11-23T05:30:00+00:00", "channel": "visit", "place": "home"}
MISSED = {"at": "2026-11-20T10:00", "channel": "visit", "place": "central", "outcome": "not-met"}
MET = {**MISSED, "outcome": "met"}


def call(at: str, **more: Any) -> dict[str, Any]:
    return {"at": at, "channel": "call", "debts": ["A"], **more}


@pytest.mark.skipif(not SHARED, reason="COLLECT_SHARED_DATA is not set")
@pytest.mark.parametrize("zone", ["Asia/Kolkata", "America/Los_Angeles", "Pacific/Chatham"])
def test_every_shared_case_in_any_book(zone: str) -> None:
    path = Path(str(SHARED)).parent / "policy" / "cases.json"
    results = policy.run_cases(cases_of(path.read_text("utf-8")), zone)
    assert len(results) > 60
    assert [result for result in results if not result.ok] == []


def test_a_file_may_be_json_or_toml() -> None:
    case = {"id": "A", "preset": "policy", "expect": "ALLOW", "candidate": call("2026-06-01T10:00")}
    assert cases_of(json.dumps([case])) == [case]
    assert cases_of(json.dumps({"cases": [case]})) == [case]
    toml = '[[case]]\nid = "A"\npreset = "policy"\nexpect = "ALLOW"\n'
    (read,) = cases_of(toml + 'candidate = { at = 2026-06-01T10:00:00, channel = "call" }\n')
    assert policy.run_cases([read], "Asia/Kolkata")[0].ok


@pytest.mark.parametrize("content", ["[]", "{}", "not = [", '["x"]', "[1", ""])
def test_a_file_that_holds_no_cases(content: str) -> None:
    with pytest.raises(InputRefused):
        cases_of(content)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"rule": "US-NO-SUCH"}, "no such rule in the preset: US-NO-SUCH"),
        ({"preset": "atlantis"}, "no such policy preset: atlantis"),
        ({"candidate": call("soon")}, "not a time: soon"),
        ({"candidate": {"channel": "call"}}, "the case cannot be read: KeyError 'at'"),
        ({"log": [{"says": "that is a bad time for me"}]}, "not understood"),
        ({"log": [{"type": "cease", "at": "2026-04-01", "end": "never"}]}, "not a day: never"),
        ({"candidate": {"type": "interest"}}, "no rule of kind interest in force"),
        ({"scope": {"planet": "Mars"}}, "the case cannot be read: TypeError"),
    ],
)
def test_a_case_that_cannot_be_judged_is_a_difference(change: dict[str, Any], why: str) -> None:
    case = {"id": "A", "preset": "us-fdcpa", "expect": "ALLOW", "candidate": call("2026-04-01T10:00")}
    (result,) = policy.run_cases([{**case, **change}], "America/Chicago")
    assert (result.got, result.ok) == ("REFUSED", False)
    assert why in result.why


def test_a_case_may_switch_rules_state_its_scope_and_add_company_rules() -> None:
    grievance = [{"type": "grievance", "at": "2026-11-20"}]
    cap = {"id": "ONE", "kind": "cap", "max": 1, "days": 1, "channels": ["call"]}
    base = {"preset": "in-rbi-2022", "candidate": call("2026-11-23T12:00")}
    cases: list[dict[str, Any]] = [
        {**base, "rule": "IN-RBI08", "on": ["IN-RBI08"], "log": grievance, "expect": "BLOCK"},
        {**base, "off": ["IN-RBI22-HOURS", "POL-HOURS"], "candidate": call("2026-11-23T03:00"), "expect": "ALLOW"},
        {**base, "candidate": call("2026-11-23T03:00"), "scope": {"product": "microfinance"}, "expect": "REASON"},
        {**base, "own": [cap], "log": [call("2026-11-23T10:00")], "rule": "ONE", "expect": "BLOCK"},
    ]
    cases += [
        {
            "preset": "in-mfi",
            "rule": "IN-MFI-PLACE",
            "on": ["IN-MFI-PLACE"],
            "expect": expect,
            "candidate": HOME,
            "log": log,
        }
        for expect, log in (
            ("BLOCK", [MISSED, MET, MISSED]),
            ("ALLOW", [MET, MISSED, call("2026-11-20T10:00"), MISSED]),
        )
    ]
    cases.append({**cases[-1], "expect": "ALLOW", "candidate": {**HOME, "place": "central"}, "log": []})
    results = policy.run_cases(cases, "Asia/Kolkata")
    assert [result for result in results if not result.ok] == []
    (result,) = policy.run_cases([{**cases[3], "own": []}], "Asia/Kolkata", company=own([cap]))
    assert result.why == "1 of 1 used within 1 days, today included"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("before 11 a.m. is inconvenient", [("avoid", 0, 660, 7)]),
        ("please never call after 8 pm", [("avoid", 1200, 1440, 7)]),
        ("shift worker: only 18:00-20:00", [("only", 1080, 1200, 7)]),
        ("only between 6 and 8 pm on weekdays", [("only", 1080, 1200, 5)]),
        ("do not call from 9 am to 5 pm, Mon", [("avoid", 540, 1020, 1)]),
        ("weekends are inconvenient", [("avoid", 0, 1440, 2)]),
        ("not before noon", [("avoid", 0, 720, 7)]),
        ("do not call me at work", [("avoid", 0, 1440, 7)]),
        ("I'm busy, cannot talk right now", []),
        ("thank you, I will pay on Friday", []),
        ("I do not owe that", []),
        ("mornings are inconvenient", [("avoid", 0, 720, 7)]),
        ("evenings only", [("only", 1020, 1440, 7)]),
    ],
)
def test_plain_words_of_a_person(words: str, expected: list[tuple[str, int, int, int]]) -> None:
    assert [(wish.kind, wish.start, wish.end, len(wish.days)) for wish in wishes(words)] == expected


def test_words_for_facts_and_candidates_that_are_no_contact() -> None:
    stop = {"at": "2026-05-04T10:00", "channel": "sms", "direction": "in", "text": "STOP"}
    sms = {"at": "2026-05-04T10:01", "channel": "sms"}
    bursts = [{**sms, "at": f"2026-04-0{day}T{hour}:00"} for day in (1, 2, 3) for hour in (10, 12, 14)]
    agent = {"type": "assign-agent", "at": "2027-01-05"}
    late = {"debt_gbp": "2000", "days": 45, "reference": 5.25}
    rows: list[tuple[str, str, str, dict[str, Any], list[dict[str, Any]]]] = [
        ("us-fdcpa", "US-REGF-14H2I", "ALLOW", {**sms, "text": "You are opted out."}, [stop]),
        ("us-fdcpa", "US-REGF-14H2I", "BLOCK", {**sms, "text": "You are opted out. Balance $410 due."}, [stop]),
        ("us-fdcpa", "US-REGF-14H", "BLOCK", {**sms, "text": "Please pay."}, [stop]),
        ("us-fdcpa", "US-REGF-14A-GENERAL", "WARN", {**sms, "at": "2026-04-03T15:00"}, bursts),
        ("us-fdcpa", "US-REGF-6D5", "REASON", sms, [{"type": "sms-consent", "at": "2026-03-04"}]),
        ("us-fdcpa", "US-REGF-34B5", "SCHEDULE", {"type": "validation-notice-sent", "at": "2026-09-04"}, []),
        (
            "us-fdcpa",
            "US-REGF-100A",
            "BLOCK",
            {"type": "purge-request", "at": "2026-05-04"},
            [{"type": "call-recording", "at": "2026-05-01"}],
        ),
        ("in-rbi-2027", "IN-RBI27-IIBF", "BLOCK", agent, []),
        ("in-rbi-2027", "IN-RBI27-IIBF", "ALLOW", {**agent, "iibf_certificate": "C-1"}, []),
        (
            "in-rbi-2027",
            "IN-RBI27-IIBF",
            "BLOCK",
            {**agent, "iibf_certificate": "C-1", "valid_until": "2027-01-04"},
            [],
        ),
        ("in-settlement", "IN-COMPROMISE", "REASON", {"type": "settlement-offer", "final_payment_days": 120}, []),
        ("uk-b2b", "UK-LPCDA-COMP", "70", {"type": "compensation", "debt_gbp": 1000}, []),
        ("uk-b2b", "UK-LPCDA-INT", "32.67", {"type": "interest", **late}, []),
    ]
    cases = [
        {"preset": preset, "rule": rule, "expect": expect, "candidate": candidate, "log": log}
        for preset, rule, expect, candidate, log in rows
    ]
    assert [result for result in policy.run_cases(cases, "Asia/Kolkata") if not result.ok] == []
