"""The morning's page: the most pressing kinds first, ten of each, the rest as a count."""

from collect import morning
from collect.morning import Task


def test_ten_of_a_kind_are_shown_and_the_rest_is_counted() -> None:
    cheques = [Task("cheque", at, f"present cheque {at}") for at in range(1, 13)]
    clock = Task("legal clock", 99, "notice must go out by 2026-04-01")
    found = morning.page([*cheques, clock], "2026-03-18")
    assert found[0] == clock
    assert [one.account_id for one in found[1:11]] == list(range(1, 11))
    assert found[11:] == [Task("cheque", 0, "and 2 more: 'collect cheque list'")]


def test_the_latest_broken_promises_come_first_and_old_ones_are_counted() -> None:
    days = ("2026-03-17", "2026-03-18", "2026-03-25")
    found = morning.page([Task("broken promise", 1, day, on=day) for day in days], "2026-03-18")
    assert [one.text for one in found] == [
        "2026-03-25",
        "2026-03-18",
        "and 1 from before 2026-03-18: 'collect promise list --broken'",
    ]


def test_an_empty_morning_is_empty() -> None:
    assert morning.page([], "2026-03-18") == []
