"""The clearance of the rules lets through only what no rule objects to, on any day, at any minute, under any preset."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collect import clearance, conduct, config, policy, presets
from collect.contacts import CHANNELS, OUTCOMES
from collect.policy_facts import Asked, Contact, Facts

ZONES = ("Asia/Kolkata", "America/New_York", "Europe/London", "Australia/Lord_Howe")
CHOICES = [*presets.names(), "us-fdcpa,in-cash"]


def gate(chosen: str, caps: str = "") -> conduct.Gate:
    values = {key: one.default for key, one in config.SETTINGS.items()} | {"book.policy": chosen, "policy.caps": caps}
    return conduct.gate(values.__getitem__)


GATES = {(chosen, caps): gate(chosen, caps) for chosen in CHOICES for caps in ("", "call:2/3,sms:1/1")}
CLEARANCES = {key: clearance.made(one, date(2026, 4, 1)) for key, one in GATES.items()}

contact = st.builds(
    lambda minutes, channel, outcome, direction: (minutes, channel, outcome, direction),
    st.integers(1, 12 * 1440),
    st.sampled_from(CHANNELS),
    st.sampled_from(OUTCOMES),
    st.sampled_from(("out", "in")),
)


@settings(max_examples=400, deadline=None)
@given(
    st.sampled_from(sorted(GATES)),
    st.sampled_from(CHANNELS),
    st.sampled_from(ZONES),
    st.datetimes(datetime(2026, 3, 20), datetime(2027, 1, 10)),  # noqa: DTZ001 - wall times, made UTC below
    st.lists(contact, max_size=4),
)
def test_what_the_clearance_lets_through_no_rule_objects_to(
    key: tuple[str, str], channel: str, zone: str, moment: datetime, past: list[tuple[int, str, str, str]]
) -> None:
    at = moment.replace(tzinfo=UTC)
    own, rules = CLEARANCES[key], GATES[key]
    if clearance.clear(own, channel, at.astimezone(ZoneInfo(zone)), len(past)):
        earlier = [
            Contact(at - timedelta(minutes=minutes), used, direction, outcome, debts=("A1",))
            for minutes, used, outcome, direction in past
        ]
        known = Facts(contacts=tuple(sorted(earlier, key=lambda one: one.at)))
        assert policy.findings(rules.presets, Asked(at, channel, (zone,), debts=("A1",)), known, rules.scope) == ()


@pytest.mark.parametrize(
    ("wall", "earlier", "is_clear"),
    [
        ("2026-04-01 07:59", 0, False),
        ("2026-04-01 08:00", 0, True),
        ("2026-04-01 18:59", 6, True),
        ("2026-04-01 18:59", 7, False),
        ("2026-04-01 19:00", 0, False),
    ],
)
def test_the_house_rules_at_a_glance(wall: str, earlier: int, is_clear: bool) -> None:
    own = CLEARANCES["policy", ""]
    assert clearance.clear(own, "call", datetime.fromisoformat(wall), earlier) is is_clear
    assert own.spans["letter", 0] == ((0, 1440),)


def test_a_clearance_ends_where_the_rules_change() -> None:
    own = clearance.made(gate("in-rbi-2022"), date(2026, 12, 30))
    assert (own.from_on, own.until_on) == (date(2022, 8, 12), date(2027, 1, 1))
    noon = datetime(2026, 12, 31, 12, tzinfo=UTC)
    assert clearance.clear(own, "call", noon, 0)
    assert not clearance.clear(own, "call", noon + timedelta(days=1), 0)
    assert {weekday for _, weekday in own.spans} == {2, 3}


def test_rules_of_rest_patterns_and_holidays_leave_nothing_to_the_brief() -> None:
    assert CLEARANCES["us-fdcpa", ""].most["call"] == 0
    assert CLEARANCES["us-fdcpa", ""].most["sms"] == 1
    assert ("call", 0) not in CLEARANCES["au-rg96", ""].spans


@pytest.mark.parametrize("key", sorted(CLEARANCES))
def test_a_clearance_is_read_as_it_was_written(key: tuple[str, str]) -> None:
    assert clearance.read(clearance.written(CLEARANCES[key])) == CLEARANCES[key]


def test_its_channels_are_those_of_contacts_and_its_presets_lie_where_they_lie() -> None:
    from collect.store import clearances

    assert clearance.CHANNELS == CHANNELS
    assert clearances.POLICIES == presets.FOLDER
