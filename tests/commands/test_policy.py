"""Choosing, showing and testing conduct rules."""

import json
from pathlib import Path
from typing import Any

import pytest

from collect import book as books
from collect import presets
from collect.store import gate
from tests.conftest import Collect


@pytest.fixture
def office(collect: Collect) -> Collect:
    collect("book", "init").check()
    collect("account", "add", "A1", "--phone", "1").check()
    return collect


def test_the_house_rules_are_the_default_and_laws_are_chosen(office: Collect) -> None:
    def chosen() -> set[tuple[str, bool]]:
        rows = office("policy", "list", "--format", "json").check().json["rows"]
        return {(row["preset"], row["in_force"]) for row in rows if row["chosen"]}

    assert chosen() == {("policy", True)}
    office("policy", "use", "in-rbi-2022", "in-cash").check(stdout="book.policy is now in-rbi-2022,in-cash, was policy")
    assert chosen() == {("in-cash", True), ("in-rbi-2022", True)}


def test_every_rule_is_shown_with_its_citation_and_basis(office: Collect) -> None:
    page = office("policy", "show", "us-fdcpa", "--format", "json").check().json
    rules = {row["rule"]: row for row in page["rules"]["rows"]}
    cap = rules["US-REGF-14B2-7IN7"]
    assert (cap["citation"], cap["basis"], cap["terms"]["max"]) == ("12 CFR 1006.14(b)(2)(i)(A), (ii)", "T", 7)
    assert (rules["US-TCPA"]["basis"], rules["US-TCPA"]["on"]) == ("M", False)
    assert any("Not legal advice" in note for note in page["notes"])
    office("policy", "show", "eu-all").check(4, stderr="no such policy preset: eu-all")


def test_the_rules_in_use_are_shown_where_none_is_named(office: Collect) -> None:
    office("policy", "use", "--caps", "call:3/7", "--country", "IN").check()
    page = office("policy", "show", "--format", "json").check().json
    assert {row["preset"] for row in page["rules"]["rows"]} == {"policy", "own"}
    assert page["scope"] == "country IN"


def test_own_caps_bind_beside_the_rest(office: Collect) -> None:
    office("policy", "use", "--caps", "call:1/7").check()
    office("log", "A1", "call", "no-answer").check()
    office("can", "A1", "call").check(5, stdout="OWN-CAP-CALL (REASON): 1 of 1 used within 7 days")


def test_own_rules_come_from_a_file_and_are_replaced_by_the_next(office: Collect, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(
        '[[rule]]\nid = "OWN-LUNCH"\nkind = "hours"\nchannels = ["call"]\naction = "BLOCK"\n'
        'effective_from = 2026-04-01\nwindows = [{ from = "08:00", to = "12:00" }, { from = "14:00", to = "19:00" }]\n',
        encoding="utf-8",
    )
    office("policy", "use", "--own", file).check(stdout="own rule: OWN-LUNCH")
    run = office("can", "A1", "call", "--at", "13:00", "--format", "json").check(5)
    assert (run.json["rows"][0]["rule"], run.json["rows"][0]["next_allowed_at"]) == (
        "OWN-LUNCH",
        "2026-04-01T14:00+05:30",
    )
    office("can", "A1", "call", "--at", "2026-03-31 13:00").check()
    file.write_text('[[rule]]\nid = "OWN-CAP"\nkind = "cap"\nmax = 1\ndays = 1\n', encoding="utf-8")
    office("policy", "use", "--own", file).check()
    office("can", "A1", "call", "--at", "13:00").check()


def test_rules_are_turned_on_and_off(office: Collect) -> None:
    office("policy", "use", "--off", "POL-HOURS").check()
    office("can", "A1", "call", "--at", "06:00").check()
    office("policy", "use", "--on", "POL-HOURS").check(stdout="policy.off is now empty")
    office("can", "A1", "call", "--at", "06:00").check(5)


def test_what_cannot_be_chosen_is_refused(office: Collect, tmp_path: Path) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text("rule = 1", encoding="utf-8")
    office("policy", "use").check(2, stderr="nothing to change")
    office("policy", "use", "us").check(4, stderr="no such policy preset: us")
    office("policy", "use", "--off", "POL-NONE").check(2, stderr="no such rule: POL-NONE")
    office("policy", "use", "--own", bad).check(6, stderr="no rules in the file")
    bad.write_text("rule", encoding="utf-8")
    office("policy", "use", "--own", bad).check(6, stderr="not a file of rules")
    bad.write_bytes(b"\xff\xfe")
    office("policy", "use", "--own", bad).check(6, stderr="not text in UTF-8")
    office("policy", "use", "--own", tmp_path / "none.toml").check(4, stderr="no such file")


CASES: list[dict[str, Any]] = [
    {
        "id": "early",
        "preset": "us-fdcpa",
        "rule": "US-REGF-6B1-TIME",
        "expect": "BLOCK",
        "candidate": {"at": "2026-04-01T07:59", "tz": "America/Chicago", "channel": "call"},
    },
    {
        "id": "open",
        "preset": "us-fdcpa",
        "rule": "US-REGF-6B1-TIME",
        "expect": "BLOCK",
        "candidate": {"at": "2026-04-01T08:00", "tz": "America/Chicago", "channel": "call"},
    },
]


def test_a_file_of_cases_is_run_and_a_difference_is_exit_code_one(collect: Collect, tmp_path: Path) -> None:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(CASES[:1]), encoding="utf-8")
    collect("policy", "test", file).check(0, stdout="1 of 1 cases as expected")
    file.write_text(json.dumps(CASES), encoding="utf-8")
    rows = collect("policy", "test", file, "--format", "json").check(1).json["rows"]
    assert [(row["case"], row["expected"], row["got"], row["ok"]) for row in rows] == [
        ("early", "BLOCK", "BLOCK", True),
        ("open", "BLOCK", "ALLOW", False),
    ]
    file.write_text("[]", encoding="utf-8")
    collect("policy", "test", file).check(6, stderr="no cases in the file")


def test_own_rules_can_be_tested_by_cases(office: Collect, tmp_path: Path) -> None:
    office("policy", "use", "--caps", "call:1/7").check()
    case = {
        "id": "second call",
        "preset": "policy",
        "rule": "OWN-CAP-CALL",
        "expect": "REASON",
        "log": [{"at": "2026-04-01T10:00", "channel": "call", "outcome": "no-answer"}],
        "candidate": {"at": "2026-04-01T11:00", "channel": "call"},
    }
    (tmp_path / "cases.json").write_text(json.dumps([case]), encoding="utf-8")
    office("policy", "test", tmp_path / "cases.json").check(0)


def test_a_book_of_rules_that_do_not_exist_is_not_made(collect: Collect) -> None:
    collect("book", "init", "--policy", "us").check(4, stderr="no such policy preset: us")
    assert not collect.book.exists()
    collect("book", "init", "--policy", "us-fdcpa").check()
    assert collect("policy", "show", "--format", "json").check().json["in_force"] == "us-fdcpa, policy"


def test_every_shared_case_passes(collect: Collect, shared_data: Path) -> None:
    file = shared_data.parent / "policy" / "cases.json"
    if not file.is_file():
        pytest.skip("the shared cases are not beside the shared data")
    collect("policy", "test", file).check(0)


@pytest.mark.parametrize("name", presets.names())
def test_a_preset_kept_in_the_book_is_the_preset_of_the_file(office: Collect, name: str) -> None:
    office("policy", "use", name).check()
    with books.open_book(office.book) as book:
        kept = {one.id: one for one in gate.of(book).presets}
        marks = dict(book.execute("SELECT name, mark FROM preset_read"))
    assert set(kept) <= set(marks)
    for one in kept.values():
        fresh = presets.load(one.id)
        assert one is not fresh
        assert [
            getattr(one, field) for field in ("id", "version", "effective_from", "effective_to", "applies_when")
        ] == [getattr(fresh, field) for field in ("id", "version", "effective_from", "effective_to", "applies_when")]
        assert [str(rule) for rule in one.rules] == [str(rule) for rule in fresh.rules]


def test_a_preset_that_changed_with_an_upgrade_is_read_anew(office: Collect) -> None:
    with books.open_book(office.book) as book:
        with book.change("test"):
            book.execute("UPDATE preset_read SET mark = 'old', rules = '{}'")
        assert gate.of(book).presets == (presets.load("policy"),)
