"""Items by hand: credits and write-offs on their day."""

import pytest

from tests.conftest import Collect

TODAY = "2026-04-01"


@pytest.fixture
def book(collect: Collect) -> Collect:
    """One account that owes 1,180 since 2026-02-04."""
    collect("book", "init", today=TODAY).check()
    collect("account", "add", "C-104", "--name", "Asha Traders", "--phone", "98200 00000", today=TODAY).check()
    dates = ("--dated", "2026-01-05", "--due", "2026-02-04")
    collect("item", "add", "C-104", "INV-1", "1180", *dates, today=TODAY).check()
    return collect


@pytest.mark.parametrize(
    "typed", [("item", "credit", "C-104", "50"), ("item", "write-off", "C-104", "INV-1", "--why", "too small")]
)
def test_nothing_is_taken_off_on_a_day_to_come(book: Collect, typed: tuple[str, ...]) -> None:
    book(*typed, "--on", "2026-04-02", today=TODAY).check(2, stderr="error: a day to come: 2026-04-02")
    assert book("aging", "--format", "json", today="2026-04-03").json["totals"][0]["total"] == "1180.00"


def test_a_write_off_counts_from_its_day(book: Collect) -> None:
    typed = ("item", "write-off", "C-104", "INV-1", "--amount", "0.50", "--why", "rounding", "--on", "2026-03-10")
    book(*typed, today=TODAY).check(stdout="wrote off INR 0.50 of INV-1 on C-104 Asha Traders: rounding")
    for day, total in (("2026-03-09", "1180.00"), ("2026-03-10", "1179.50")):
        assert book("aging", "--as-of", day, "--format", "json", today=TODAY).json["totals"][0]["total"] == total


def test_what_is_found_has_no_empty_columns_on_the_screen(book: Collect) -> None:
    assert book("find", "asha", today=TODAY).check().stdout.splitlines()[2:] == [
        "Account  Name          Phone",
        "-------  ------------  -----------",
        "C-104    Asha Traders  98200 00000",
    ]
    assert "Item" in book("find", "INV", today=TODAY).check().stdout
