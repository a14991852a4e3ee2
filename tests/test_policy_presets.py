"""Presets: what ships, what is in force when, what is off, and what a rule may not say."""

import re
from datetime import date
from typing import Any

import pytest

from collect import presets
from collect.errors import CollectError, NotFound, WrongUsage
from collect.policy_facts import ANY_SCOPE
from collect.presets import BASES, KINDS, chain, load, own, rules_in_force, switched

ALL = [load(name) for name in presets.names()]
CAP: dict[str, Any] = {"id": "OWN", "kind": "cap", "max": 2, "days": 7}


def test_what_ships() -> None:
    assert [preset.id for preset in ALL] == [
        *("au-rg96", "eu-b2b", "in-cash", "in-irac", "in-limitation", "in-mfi", "in-msmed", "in-ni138"),
        *("in-rbi-2022", "in-rbi-2027", "in-settlement", "policy", "uk-b2b", "uk-breathing", "uk-conc", "us-fdcpa"),
    ]


@pytest.mark.parametrize("preset", ALL, ids=lambda preset: preset.id)
def test_every_rule_has_words_a_source_and_a_basis(preset: presets.Preset) -> None:
    assert "not legal advice" in preset.notice.lower()
    for rule in preset.rules:
        assert rule.text.endswith(".")
        assert rule.kind in KINDS
        assert rule.basis in BASES
        assert rule.citation


@pytest.mark.parametrize("preset", ALL, ids=lambda preset: preset.id)
def test_a_number_of_our_own_is_never_called_law(preset: presets.Preset) -> None:
    for rule in preset.rules:
        assert (rule.basis == "P") == ("policy" in rule.citation), rule.id
        if preset.id.startswith(("in-rbi", "uk-conc")):
            assert rule.kind != "cap", "neither the RBI nor CONC gives a number of contacts"


def test_what_rests_on_memory_is_off_but_for_the_limits_on_cash() -> None:
    remembered = {(rule.id, rule.on) for preset in ALL for rule in preset.rules if rule.basis == "M"}
    assert remembered == {
        ("IN-269ST", True),  # the limit is sourced, the section number of the new Act is not
        ("IN-269T", True),
        ("IN-LIM", False),
        ("IN-MFI-PLACE", False),
        ("IN-RBI08", False),
        ("IN-RBI08-VISIT", False),
        ("UK-CONC-7.3", False),
        ("US-REGF-22F3", False),
        ("US-TCPA", False),
    }


@pytest.mark.parametrize(("day", "name"), [("2026-12-31", "in-rbi-2022"), ("2027-01-01", "in-rbi-2027")])
@pytest.mark.parametrize("chosen", ["in-rbi-2022", "in-rbi-2027"])
def test_either_name_brings_the_directions_of_the_day(chosen: str, day: str, name: str) -> None:
    on = date.fromisoformat(day)
    assert [preset.id for preset in chain(chosen) if preset.in_force(on, ANY_SCOPE)] == [name, "policy"]
    assert presets.boundaries(chain(chosen)) == (date(2022, 8, 12), date(2027, 1, 1))


def test_the_law_on_cash_names_the_act_of_the_day() -> None:
    citations = [
        next(rule.citation for rule in rules_in_force(chain("in-cash"), day, ANY_SCOPE) if rule.id == "IN-269ST")
        for day in (date(2026, 3, 31), date(2026, 4, 1))
    ]
    assert [re.findall(r"Act (?:of )?(\d+)", citation)[0] for citation in citations] == ["1961", "2025"]


def test_a_rule_can_be_turned_on_and_off() -> None:
    one = switched(load("in-rbi-2022"), {"IN-RBI08": True, "IN-RBI22-HOURS": False})
    assert {rule.id: rule.on for rule in one.rules} == {
        "IN-RBI22-HOURS": False,
        "IN-RBI22-HARASS": True,
        "IN-RBI08": True,
        "IN-RBI08-VISIT": False,
    }
    with pytest.raises(NotFound, match="no such rule in in-rbi-2022: X"):
        switched(load("in-rbi-2022"), {"X": True})


@pytest.mark.parametrize("name", ["atlantis", "../policy", ""])
def test_a_preset_that_is_not_there(name: str) -> None:
    with pytest.raises(NotFound, match="no such policy preset"):
        load(name)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({**CAP, "kind": "caps"}, "no such kind of rule: caps"),
        ({"kind": "cap"}, "no such kind of rule: cap"),
        ({"id": "OWN", "kind": "cap", "max": 2}, "rule OWN lacks: days"),
        ({**CAP, "weeks": 1}, "rule OWN does not know: weeks"),
        ({**CAP, "max": 0}, "rule OWN allows none: 0"),
        ({**CAP, "action": "SHOUT"}, "rule OWN has no such action or basis: SHOUT, P"),
    ],
)
def test_a_company_rule_that_means_nothing(rule: dict[str, Any], message: str) -> None:
    with pytest.raises(CollectError, match=re.escape(message)):
        own([rule])


def test_a_scope_that_is_none() -> None:
    with pytest.raises(WrongUsage, match="no such scope: planet"):
        presets.preset({"id": "x", "title": "x", "version": 1, "applies_when": {"planet": ["Mars"]}})
