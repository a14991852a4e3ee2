"""Days in every writing, and an order of day and month that is proven or asked for."""

from datetime import UTC, date, datetime

import pytest

from collect import daycells, dayforms
from collect.daycells import Evidence
from collect.dayforms import Pair
from collect.errors import InputRefused
from collect.grids import Cell


def read(given: str = "", evidence: Evidence | None = None, **columns: list[Cell]) -> daycells.Days:
    return daycells.read(columns, given, evidence or Evidence())


@pytest.mark.parametrize(
    ("cell", "iso"),
    [
        (date(2026, 4, 1), "2026-04-01"), (datetime(2026, 4, 1, 13, 5, tzinfo=UTC), "2026-04-01"),
        ("2026-04-01", "2026-04-01"), ("2026-04-01T10:00:00", "2026-04-01"), ("2026/4/1", "2026-04-01"),
        ("1-Apr-2026", "2026-04-01"), ("26-Apr-11", "2011-04-26"), ("Jul 25, 2026", "2026-07-25"),
        ("1st April 2026", "2026-04-01"), ("Thursday, July 30, 2026 04:19 PM", "2026-07-30"),
        ("04/04/2026", "2026-04-04"), ("20200704", "2020-07-04"), ("20200704.0", "2020-07-04"),
        (20200704.0, "2020-07-04"), (43925.0, "2020-04-04"), ("43925", "2020-04-04"), (46113, "2026-04-01"),
        ("1. März 2026", "2026-03-01"), ("1-Jan-69", "2069-01-01"), ("1-Jan-70", "1970-01-01"), (None, ""), ("-", ""),
        ("00/00/0000", ""), ("0000-00-00", ""), (0.0, ""), ("n/a", ""), (date(9999, 12, 31), ""), ("31-Dec-9999", ""),
    ],
)  # fmt: skip
def test_a_day_that_can_be_one_day_only(cell: Cell, iso: str) -> None:
    assert dayforms.form(cell) == iso


@pytest.mark.parametrize(
    "cell",
    ["2026-02-30", "31/04/2026", "Apr-26", "12-Foo-2026", 2020.0, 12345.5e4, True, "1899-12-31", date(1900, 1, 5), "x"],
)
def test_what_is_no_day(cell: Cell) -> None:
    found = read("dmy", document_on=[cell])
    assert (found.iso["document_on"], found.bad["document_on"]) == ([""], {0: "not a date"})


def test_two_numbers_wait_for_an_order() -> None:
    assert dayforms.form("3/4/2026") == Pair(3, 4, 2026)
    assert dayforms.form("26-04-2011 11:50") == Pair(26, 4, 2011)
    assert dayforms.settle(Pair(3, 4, 2026), "dmy") == "2026-04-03"
    assert dayforms.settle(Pair(3, 4, 2026), "mdy") == "2026-03-04"


def test_a_day_above_twelve_decides_for_the_whole_file() -> None:
    found = read(document_on=["3/4/2026", None], due_on=["13/4/2026", "1/5/2026"])
    assert (found.order, found.iso["document_on"], found.iso["due_on"]) == (
        "dmy", ["2026-04-03", ""], ["2026-04-13", "2026-05-01"],
    )  # fmt: skip
    assert read(document_on=["4/13/2026", "3/4/2026"]).iso["document_on"] == ["2026-04-13", "2026-03-04"]
    assert read(document_on=["2026-04-03", "4/4/2026"]).order == ""


def test_due_before_issue_decides() -> None:
    found = read(document_on=["05/01/2026"], due_on=["04/02/2026"])
    assert (found.order, found.iso["due_on"]) == ("dmy", ["2026-02-04"])


def test_a_stated_period_or_credit_days_decide() -> None:
    assert read(evidence=Evidence(until="2026-04-16"), document_on=["05/04/2026", "04/04/2026"]).order == "dmy"
    assert read(evidence=Evidence(credit_days=[30]), document_on=["01/04/2026"], due_on=["01/05/2026"]).order == "dmy"
    told: list[int | None] = [None, 30]
    found = read(
        evidence=Evidence(credit_days=told), document_on=["2/1/2026", "01/04/2026"], due_on=["3/1/2026", "01/05/2026"]
    )
    assert found.iso["due_on"] == ["2026-01-03", "2026-05-01"]


def test_days_that_nothing_decides_are_asked_for() -> None:
    both_ways: list[Cell] = ["13/4/2026", "4/13/2026", "5/4/2026"]
    for cells in (["05/04/2026"], both_ways):
        with pytest.raises(InputRefused, match="could be two days") as caught:
            read(document_on=list(cells))
        assert "--dates dmy or --dates mdy" in str(caught.value.hint)
    with pytest.raises(InputRefused, match="no row decides it"):
        read(due_on=["05/04/2026"])
    assert read("mdy", document_on=["05/04/2026"]).iso["document_on"] == ["2026-05-04"]
    assert read(document_on=["13/4/2026", "4/13/2026"]).iso["document_on"] == ["2026-04-13", "2026-04-13"]


def test_a_true_is_no_day_one() -> None:
    found = read(document_on=[True, 1.0, 46113.0])
    assert found.iso["document_on"] == ["", "", "2026-04-01"]
    assert sorted(found.bad["document_on"]) == [0, 1]


def test_days_swapped_by_excel() -> None:
    swapped: list[Cell] = [date(2026, 5, 4), date(2026, 6, 4), date(2026, 7, 4), date(2026, 8, 4), date(2026, 4, 4)]
    found = read(document_on=[*swapped, "13/04/2026"])
    assert found.iso["document_on"] == [
        "2026-04-05",
        "2026-04-06",
        "2026-04-07",
        "2026-04-08",
        "2026-04-04",
        "2026-04-13",
    ]
    assert found.swapped == {"document_on": 4}
    american = read(document_on=[*swapped, "04/13/2026"])
    assert (american.swapped, american.order) == ({"document_on": 4}, "mdy")


def test_the_columns_of_a_file_were_swapped_together() -> None:
    documents: list[Cell] = [date(2026, 5, 1), "25/01/2026", date(2026, 10, 2), "28/02/2026", date(2026, 12, 2)]
    due: list[Cell] = [date(2026, 4, 2), "24/02/2026", date(2026, 12, 3), "30/03/2026", "14/03/2026"]
    found = read(document_on=documents, due_on=due)
    assert found.iso["document_on"] == ["2026-01-05", "2026-01-25", "2026-02-10", "2026-02-28", "2026-02-12"]
    assert found.iso["due_on"] == ["2026-02-04", "2026-02-24", "2026-03-12", "2026-03-30", "2026-03-14"]
    assert found.swapped == {"document_on": 3, "due_on": 2}
    with pytest.raises(InputRefused, match="day and month may be swapped") as refused:
        read(document_on=documents)
    assert str(refused.value.hint).startswith("--dates dmy turns them round")
    with pytest.raises(InputRefused, match="day and month may be swapped") as refused:
        read(document_on=[date(2026, 5, 1), "01/25/2026"])
    assert str(refused.value.hint).startswith("--dates mdy turns them round")


def test_days_that_may_be_swapped_are_refused_and_others_left_alone() -> None:
    with pytest.raises(InputRefused, match="day and month may be swapped"):
        read(document_on=[date(2026, 5, 4), "13/04/2026"])
    assert read(document_on=[date(2026, 5, 14), "13/04/2026"]).swapped == {}
    assert read(document_on=[date(2026, 5, 4), "13/04/2026", "05/04/2026"]).swapped == {}
    assert read(document_on=[date(2026, 4, 4), "13/04/2026"]).swapped == {}


@pytest.mark.parametrize(
    ("unread", "order"),
    [
        ([["15/06/2024", None, "01/02/2024"]], "dmy"),
        ([["06/15/2024"], ["a text", "15/06/2024"]], "mdy"),
        ([["15/06/2024"], ["06/15/2024"]], ""),
        ([["05/06/2024"], ["a text"], [7.0]], ""),
    ],
)
def test_columns_that_are_not_read_may_decide_the_order(unread: list[list[Cell]], order: str) -> None:
    evidence = daycells.Evidence(unread=unread)
    if order:
        found = daycells.read({"due_on": ["05/03/2026"]}, "", evidence)
        assert (found.order, found.iso["due_on"]) == (order, ["2026-03-05" if order == "dmy" else "2026-05-03"])
        return
    with pytest.raises(InputRefused, match="no row decides it"):
        daycells.read({"due_on": ["05/03/2026"]}, "", evidence)
