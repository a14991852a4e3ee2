"""The words of contacts, what an outcome brings about, ways to reach someone, and where a debtor may be."""

from datetime import UTC, datetime

import pytest

from collect import contacts, places, reaches
from collect.contacts import Contact
from collect.errors import WrongUsage
from collect.reaches import Way


def contact(channel: str, outcome: str, role: str = "borrower") -> Contact:
    return Contact(0, 1, datetime(2026, 4, 1, tzinfo=UTC), "UTC", 0, channel, outcome, role=role)


@pytest.mark.parametrize(
    ("channel", "outcome", "hold"),
    [
        ("letter", "cease", "cease"),
        ("email", "cease", "cease"),
        ("call", "cease", "do-not-contact"),
        ("call", "spoke", ""),
    ],
)
def test_a_request_to_cease_is_a_hold(channel: str, outcome: str, hold: str) -> None:
    assert contacts.hold_after(contact(channel, outcome)) == hold


@pytest.mark.parametrize(
    ("outcome", "role", "state"),
    [
        ("spoke", "borrower", "right"),
        ("spoke", "spouse", ""),
        ("wrong-number", "borrower", "wrong"),
        ("moved", "borrower", "wrong"),
        ("bounced", "borrower", "dead"),
        ("no-answer", "borrower", ""),
    ],
)
def test_an_outcome_tells_of_the_number_it_was_reached_at(outcome: str, role: str, state: str) -> None:
    assert contacts.reach_after(contact("call", outcome, role)) == state


def test_coordinates_are_kept_as_they_were_read() -> None:
    assert contacts.place("18.5204, 73.8567") == "18.5204,73.8567"


@pytest.mark.parametrize("text", ["18.5", "a,b", "91,0", "0,181", "1,2,3"])
def test_what_are_no_coordinates_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        contacts.place(text)


def way(way_id: int, kind: str, state: str = "unverified", owner: str = "self") -> Way:
    return Way(way_id, 1, kind, f"{kind} {way_id}", owner, state=state)


def test_the_best_way_is_usable_of_the_right_kind_and_proven() -> None:
    ways = [way(1, "phone", "wrong"), way(2, "phone"), way(3, "phone", "right"), way(4, "whatsapp")]
    assert [reaches.best(ways, channel) for channel in ("call", "whatsapp", "email")] == [ways[2], ways[3], None]
    assert reaches.best(ways, "call", "guarantor") is None
    assert reaches.first(ways) == ("call", ways[2])
    assert reaches.first([way(1, "phone", "dead"), ways[0], way(2, "email")])[0] == "email"
    assert reaches.first([way(1, "phone", "do-not-use")]) == ("", None)


@pytest.mark.parametrize(
    ("value", "kind"),
    [("+91 98200 00000", "phone"), ("a@b.example", "email"), ("12 MG Road, Pune 411001", "address"), ("12", "address")],
)
def test_the_kind_is_seen_from_the_form(value: str, kind: str) -> None:
    assert reaches.kind(value) == kind
    assert reaches.kind(value, "whatsapp") == "whatsapp"


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(WrongUsage):
        reaches.kind("1", "fax")


def test_one_number_may_be_written_in_several_ways() -> None:
    assert reaches.same("+91 98200-00000", "919820000000")
    assert reaches.same("12 MG Road", "12 m.g. road")
    assert not reaches.same("12 MG Road", "12")


def test_who_has_numbers_of_their_own() -> None:
    assert [reaches.owner(role) for role in ("borrower", "guarantor", "third-party")] == ["self", "guarantor", "self"]


def test_a_state_of_several_zones_gives_them_all() -> None:
    assert places.zones("tn", "USD") == ("America/Chicago", "America/New_York")
    assert places.zones("WA", "USD") == ("America/Los_Angeles",)
    assert places.zones("WA", "AUD") == ("Australia/Perth",)
    assert places.zones("MH", "INR") == ()


def test_every_zone_named_exists() -> None:
    from zoneinfo import ZoneInfo

    for states in places._STATES.values():
        for zones in states.values():
            assert [ZoneInfo(zone).key for zone in zones] == list(zones)
