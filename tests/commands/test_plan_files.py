"""What is handed over: a calendar, an agreement on paper, a workbook; and days on which nobody pays."""

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from collect import daysoff
from collect.errors import WrongUsage
from tests.commands.test_plans import agreed, debtor, pay
from tests.conftest import Collect


@pytest.fixture
def plan(collect: Collect) -> Collect:
    """Two instalments of 150, on 10 April and 10 May, of a debtor whose name has every mark that means something."""
    debtor(collect, "I1 300 2026-01-31")
    collect("account", "set", "A1", "--name", "Asha; Sons, & \\Co ब्रदर्स एंड कंपनी प्राइवेट लिमिटेड").check()
    agreed(collect, "--count", "2", "--first", "2026-04-10")
    return collect


def test_a_calendar_has_an_event_and_an_alarm_for_each_unpaid_instalment(plan: Collect, tmp_path: Path) -> None:
    path = tmp_path / "plan.ics"
    plan("plan", "show", "P1", "--output", path).check(stderr="wrote")
    data = path.read_bytes()
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    text = data.replace(b"\r\n ", b"").decode()
    lines = text.split("\r\n")
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART;VALUE=DATE:20260410",
        "DTSTART;VALUE=DATE:20260510",
    ]
    assert lines.count("TRIGGER:-PT15H") == 2
    assert "SUMMARY:INR 150.00 due from Asha\\; Sons\\, & \\\\Co ब्रदर्स एंड कंपनी प्राइवेट लिमिटेड" in lines
    assert "DTSTAMP:20260401T063000Z" in lines
    pay(plan, "150", "2026-04-10")
    plan("plan", "show", "P1", "--output", path, today="2026-04-11").check(stderr="(1 instalment)")


def test_an_agreement_to_hand_over(plan: Collect, tmp_path: Path) -> None:
    path = tmp_path / "agreement.txt"
    plan("plan", "show", "P1", "--output", path).check()
    text = path.read_text(encoding="utf-8")
    assert text.startswith("Payment plan P1\n===============\n")
    assert "  I1, due 2026-01-31\n" in text
    assert "     1  2026-04-10  150.00\n     2  2026-05-10  150.00\n        in all      300.00\n" in text
    assert "more than 10 days late, this plan ends" in text


def test_an_agreement_of_a_settlement_says_what_is_waived_and_that_it_waits(plan: Collect, tmp_path: Path) -> None:
    path = tmp_path / "agreement.txt"
    plan("plan", "settle", "A1", "--pay", "200", "--by", "2026-05-01", "--replaces", "P1").check()
    plan("plan", "show", "P2", "--output", path).check()
    text = path.read_text(encoding="utf-8")
    assert "the rest of the debt is waived: INR 100.00." in text
    assert "does not bind until it is approved" in text
    assert "In place of the plan P1." in text


def test_a_workbook_of_a_plan(plan: Collect, tmp_path: Path) -> None:
    plan("plan", "show", "P1", "--output", tmp_path / "plan.xlsx").check(stderr="wrote")
    assert (tmp_path / "plan.xlsx").stat().st_size > 1000


def test_a_plan_as_it_is_shown(plan: Collect) -> None:
    run = plan("plan", "show", "P1")
    assert "No  Due         Amount  Paid    Left  State\n" in run.check().stdout
    assert " 1  2026-04-10  150.00  0.00  150.00  open\n" in run.stdout


@pytest.mark.parametrize(
    ("move", "days"),
    [
        ("none", ["2026-05-30", "2026-06-30"]),
        ("after", ["2026-06-01", "2026-07-01"]),
        ("before", ["2026-05-29", "2026-06-29"]),
        ("within", ["2026-05-29", "2026-06-29"]),
    ],
)
def test_instalments_move_off_weekends_and_the_own_list_of_holidays(
    collect: Collect, move: str, days: list[str]
) -> None:
    """30 May 2026 is a Saturday, 30 June a Tuesday that is a holiday here."""
    debtor(collect, "I1 300 2026-01-31")
    collect("config", "set", "plan.move", move).check()
    collect("config", "set", "plan.holidays", "2026-06-30").check()
    assert [day for day, _ in agreed(collect, "--count", "3", "--first", "2026-04-30")] == ["2026-04-30", *days]
    said = " ".join(
        collect("plan", "propose", "A1", "--count", "1", "--replaces", "P1", "--format", "json").json["notes"]
    )
    assert ("an instalment on a day off goes" in said) == (move != "none")


def test_public_holidays_need_an_extra(collect: Collect, monkeypatch: pytest.MonkeyPatch) -> None:
    debtor(collect, "I1 300 2026-01-31")
    collect("config", "set", "plan.move", "after").check()
    collect("config", "set", "plan.region", "IN-MH").check()
    monkeypatch.setitem(sys.modules, "holidays", None)
    run = collect("plan", "propose", "A1", "--count", "2").check(2, stderr="need an extra that is not installed: IN-MH")
    assert "pip install 'collect-desk[holidays]'" in run.stderr


def test_public_holidays_of_a_state_are_asked_for_by_country_and_state(
    collect: Collect, monkeypatch: pytest.MonkeyPatch
) -> None:
    """1 May 2026, a Friday, is Maharashtra Day: the instalment goes to Monday the 4th."""
    asked: list[tuple[str, Any, int]] = []
    unknown = NotImplementedError("no such country")

    def country_holidays(country: str, *, subdiv: str | None, years: list[int]) -> set[Any]:
        asked.append((country, subdiv, years[0]))
        if country == "XX":
            raise unknown
        return set(daysoff.own_list("2026-05-01"))

    monkeypatch.setitem(sys.modules, "holidays", SimpleNamespace(country_holidays=country_holidays))
    debtor(collect, "I1 300 2026-01-31")
    collect("config", "set", "plan.move", "after").check()
    collect("config", "set", "plan.region", "in-mh").check()
    assert agreed(collect, "--count", "1") == [("2026-05-04", "300.00")]
    assert asked == [("IN", "MH", 2026)]
    with pytest.raises(WrongUsage, match="no holidays known for: XX"):
        daysoff.public("XX", [2026])


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("plan.move", "sideways", "not a value of plan.move: sideways"),
        ("plan.holidays", "20/10/2026", "not a holiday: 20/10/2026"),
        ("plan.region", "India", "not a country or state: India"),
        ("settlement.floors", "half", "not a floor of settlements: half"),
        ("settlement.limits", "agent:10", "not a limit of approval: agent:10"),
        ("settlement.roles", "asha", "not a name and a role: asha"),
    ],
)
def test_settings_of_plans_are_checked(collect: Collect, key: str, value: str, said: str) -> None:
    collect("book", "init").check()
    collect("config", "set", key, value).check(2, stderr=said)
