"""Settings of plans and settlements, as they are typed."""

from datetime import date
from decimal import Decimal

import pytest

from collect import daysoff, planterms
from collect.errors import WrongUsage
from collect.planning import Asked
from collect.settlements import Floor, Limit, Person


def test_floors_limits_and_roles_as_they_are_typed() -> None:
    assert planterms.floors(" 60@0, 40%@180,gold:80 ,, gold:70.5@90") == (
        Floor(Decimal(60)),
        Floor(Decimal(40), "", 180),
        Floor(Decimal(80), "gold"),
        Floor(Decimal("70.5"), "gold", 90),
    )
    assert planterms.limits("agent:1:10:50,000; head:3:60", "INR") == (
        Limit("agent", 1, Decimal(10), 5_000_000),
        Limit("head", 3, Decimal(60)),
    )
    assert planterms.roles("Asha Rao = agent, meena=head") == {"asha rao": "agent", "meena": "head"}


def test_who_stands_where() -> None:
    staff = planterms.Staff(planterms.limits("agent:1:10, head:3:60", "INR"), planterms.roles("asha rao=agent"))
    assert staff.person("ASHA  Rao") == Person("ASHA  Rao", 1)
    assert staff.person("ravi") == Person("ravi", 0)


@pytest.mark.parametrize("text", ["101@0", "60@", "x", "-5"])
def test_what_is_no_floor(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a floor"):
        planterms.floors(text)


@pytest.mark.parametrize("text", ["agent", "agent:1", "agent:one:10", "agent:1:101"])
def test_what_is_no_limit(text: str) -> None:
    with pytest.raises(WrongUsage, match="not a limit"):
        planterms.limits(text, "INR")


def test_days_off() -> None:
    assert daysoff.own_list("2026-10-20; 2026-11-08,") == {date(2026, 10, 20), date(2026, 11, 8)}
    assert (daysoff.region("in-mh"), daysoff.region(""), daysoff.region("US")) == (("IN", "MH"), ("", ""), ("US", ""))
    assert daysoff.public("", [2026]) == frozenset()
    assert daysoff.calendar("none", "2026-10-20", "XX", 2026, frozenset()).holidays == frozenset()
    worked = daysoff.calendar("after", "", "", 2026, frozenset(range(6)))
    assert worked.weekend == {6}


def test_the_first_day_of_a_plan() -> None:
    today = date(2026, 1, 31)
    assert Asked().starts_on(today) == date(2026, 2, 28)
    assert Asked(every="week").starts_on(today) == date(2026, 2, 7)
    assert Asked(every="fortnight").starts_on(today) == date(2026, 2, 14)
    assert Asked(down_minor=1).starts_on(today) == today
    with pytest.raises(WrongUsage, match="a day of the month with instalments every week"):
        _ = Asked(every="week", month_day="15").rhythm
