"""Numbers and addresses, consent, people, and the trail of a search."""

from typing import Any

import pytest

from tests.conftest import Collect


@pytest.fixture
def debtor(collect: Collect) -> Collect:
    collect("book", "init").check()
    collect("account", "add", "A1", "--name", "Asha", "--phone", "98200 00001", "--email", "a@x.example").check()
    return collect


def ways(collect: Collect, *options: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = collect("reach", "list", *options, "--format", "json").check().json["rows"]
    return rows


def test_the_accounts_own_numbers_are_the_first_ways(debtor: Collect) -> None:
    assert [(way["kind"], way["value"], way["owner"], way["state"], way["source"]) for way in ways(debtor, "A1")] == [
        ("phone", "98200 00001", "self", "unverified", "account"),
        ("email", "a@x.example", "self", "unverified", "account"),
    ]


def test_a_way_is_added_with_whose_it_is_and_where_it_came_from(debtor: Collect) -> None:
    add = ("reach", "add", "A1", "12 MG Road, Pune", "--owner", "employer", "--place", "work", "--from", "payslip")
    debtor(*add).check(stdout="added address 12 MG Road, Pune (employer, unverified) to A1 Asha")
    row = ways(debtor)[-1]
    assert (row["kind"], row["owner"], row["place"], row["source"], row["state_on"]) == (
        "address",
        "employer",
        "work",
        "payslip",
        "2026-04-01",
    )
    debtor(*add).check(5, stderr="the account has this one already")


def test_a_state_is_marked_by_any_part_only_one_has(debtor: Collect) -> None:
    debtor("reach", "mark", "A1", "98200", "wrong", "--on", "yesterday").check(stdout="98200 00001 is wrong")
    (way,) = ways(debtor, "--state", "wrong")
    assert (way["value"], way["state_on"]) == ("98200 00001", "2026-03-31")
    debtor("reach", "mark", "A1", "98200", "wrong").check()
    debtor("reach", "mark", "A1", "98200", "right").check()
    assert ways(debtor, "--state", "wrong") == []
    debtor("reach", "mark", "A1", "777", "wrong").check(4, stderr="no such way to reach account A1: 777")
    debtor("reach", "mark", "A1", "98200").check(2, stderr="nothing to mark")


def test_consent_is_kept_with_its_date_and_its_end(debtor: Collect) -> None:
    given = ("--consent", "sms", "--on", "2026-03-03", "--until", "2026-12-31", "--from", "letter")
    debtor("reach", "mark", "A1", "98200", *given).check(stdout="may be used for sms from 2026-03-03")
    assert [(way["consent"], way["consent_on"]) for way in ways(debtor, "A1")] == [("sms", "2026-03-03"), (None, None)]
    debtor("reach", "mark", "A1", "98200", "--no-consent", "sms").check(stdout="may no longer be used for sms")
    assert [way["consent"] for way in ways(debtor, "A1")] == [None, None]


def test_people_have_a_role_and_their_own_zone(debtor: Collect) -> None:
    debtor("person", "add", "A1", "Ravi Mehta", "guarantor", "--zone", "Europe/London").check()
    debtor("person", "add", "A1", "ravi mehta", "spouse").check(5, stderr="there is such a person already")
    (row,) = debtor("person", "list", "A1", "--format", "json").check().json["rows"]
    assert (row["person"], row["role"], row["zone"]) == ("Ravi Mehta", "guarantor", "Europe/London")
    debtor("can", "A1", "call", "--person", "Ravi").check(5, stdout="Wed 07:30 in Europe/London")
    debtor("log", "A1", "call", "spoke", "--person", "Ravi").check(stderr="breach of POL-HOURS: Wed 07:30")


def test_a_search_is_a_list_of_its_own_and_a_contact_where_someone_was_asked(debtor: Collect) -> None:
    debtor("reach", "trace", "A1", "electoral roll", "present address", "--answer", "moved to Nashik").check()
    asked = ("R. Rao, neighbour", "present address", "--channel", "call", "--reach", "98200 77777")
    debtor("reach", "trace", "A1", *asked, "--at", "10:00").check(stdout="(contact 1)")
    rows = debtor("reach", "trail", "A1", "--format", "json").check().json["rows"]
    assert [(row["asked"], row["answer"], row["contact"]) for row in rows] == [
        ("R. Rao, neighbour", "", 1),
        ("electoral roll", "moved to Nashik", None),
    ]
    (contact,) = debtor("contact", "list", "--format", "json").check().json["rows"]
    assert (contact["party"], contact["person"], contact["purpose"], contact["reach"]) == (
        "third-party",
        "R. Rao, neighbour",
        "location",
        "98200 77777",
    )
    assert debtor("reach", "trail", "--format", "json").check().json["rows"] == rows
