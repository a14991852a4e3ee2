"""Which rules a book follows: presets, scope, switches, own caps and own rules."""

import pytest

from collect import conduct, config
from collect.errors import CollectError, NotFound, WrongUsage
from collect.policy_facts import ANY_SCOPE, Scope


def settings(**given: str) -> dict[str, str]:
    return {key: setting.default for key, setting in config.SETTINGS.items()} | {
        key.replace("__", "."): value for key, value in given.items()
    }


def gate(**given: str) -> conduct.Gate:
    return conduct.gate(settings(**given).__getitem__)


def test_where_no_law_is_chosen_only_the_house_rules_stand() -> None:
    assert [one.id for one in gate().presets] == ["policy"]
    assert gate().scope is ANY_SCOPE


def test_a_dated_preset_brings_its_successor_and_the_house_rules_beneath() -> None:
    assert {one.id for one in gate(book__policy="in-rbi-2022").presets} == {"in-rbi-2022", "in-rbi-2027", "policy"}
    assert gate(book__policy="in-rbi-2022").presets[-1].id == "policy"


def test_the_scope_is_what_the_settings_say_and_nothing_else() -> None:
    stated = gate(policy__country="US", policy__party="third", policy__regulated="no").scope
    assert stated == Scope("US", "third", "", regulated_lender=False)


def test_rules_are_turned_on_and_off_by_their_id() -> None:
    presets = gate(book__policy="us-fdcpa", policy__on="US-REGF-22F3", policy__off="POL-CAP-MESSAGES").presets
    rules = {rule.id: rule.on for one in presets for rule in one.rules}
    assert (rules["US-REGF-22F3"], rules["POL-CAP-MESSAGES"], rules["US-TCPA"]) == (True, False, False)


def test_own_caps_and_own_rules_lie_on_top_and_are_never_law() -> None:
    rule = {"id": "OWN-1", "kind": "hours", "channels": ["visit"], "windows": [{"from": "10:00", "to": "17:00"}]}
    own = conduct.gate(settings(**{"policy.caps": "call:3/7"}).__getitem__, [rule]).presets[-1]
    assert (own.id, own.is_law) == ("own", False)
    assert {one.id: one.basis for one in own.rules} == {"OWN-CAP-CALL": "P", "OWN-1": "P"}


def test_a_cap_in_words() -> None:
    (cap,) = conduct.caps(" SMS:2/1 ")
    assert (cap["id"], cap["max"], cap["days"], cap["channels"]) == ("OWN-CAP-SMS", 2, 1, ["sms"])


@pytest.mark.parametrize("text", ["call", "call:3", "fax:1/1", "call:0/7", "call:3/0", "call:3/7,call:2/1"])
def test_a_cap_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        conduct.caps(text)


@pytest.mark.parametrize(
    ("key", "given", "kept"),
    [
        ("book.policy", " us-fdcpa , in-cash ", "us-fdcpa,in-cash"),
        ("policy.country", "us", "US"),
        ("policy.party", "third", "third"),
        ("policy.party", "", ""),
        ("policy.caps", "Call:3/7", "call:3/7"),
        ("policy.on", "US-REGF-22F3", "US-REGF-22F3"),
        ("promise.kept_percent", "90", "90"),
        ("followup.workdays", "Mon-Sat", "mon-sat"),
        ("followup.sent", "2d; letter: 9d", "2d; letter: 9d"),
    ],
)
def test_a_setting_is_kept_as_it_is_meant(key: str, given: str, kept: str) -> None:
    assert config.checked(key, given) == kept


@pytest.mark.parametrize(
    ("key", "given", "kind"),
    [
        ("book.policy", "us-fdpca", NotFound),
        ("policy.party", "fourth", WrongUsage),
        ("policy.caps", "call", WrongUsage),
        ("policy.off", "US-REGF-0", WrongUsage),
        ("promise.kept_percent", "0", WrongUsage),
        ("promise.kept_percent", "101", WrongUsage),
        ("followup.workdays", "someday", WrongUsage),
        ("followup.sent", "2d; lettre: 9d", WrongUsage),
        ("followup.sent", "later", WrongUsage),
    ],
)
def test_a_setting_that_cannot_be_is_refused(key: str, given: str, kind: type[CollectError]) -> None:
    with pytest.raises(kind):
        config.checked(key, given)
