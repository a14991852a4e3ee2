"""Lists of customers: finding the columns, reading the rows, and what is wrong in them."""

from typing import Any

import pytest

from collect import parties, party_layout, profiles
from collect.errors import WrongUsage
from collect.files.cells import SheetInfo
from collect.grids import Options
from collect.profiles import Profile


def read(*rows: tuple[Any, ...], options: Options | None = None) -> parties.Parties:
    sheet = SheetInfo("Customers", visible=True, rows=len(rows), columns=max(map(len, rows)))
    (layout,) = party_layout.find([(sheet, rows)], options or Options())
    body = rows[layout.first :]
    columns = {at: [row[at] if at < len(row) else None for row in body] for at in layout.needed}
    return parties.read(layout, columns, options or Options(), "IN")


def test_blank_rows_are_passed_over_and_equal_ones_counted_once() -> None:
    found = read(("Code", "Name", "City"), ("C1", "Mehta", "Pune"), (None, "", None), ("C1", "Mehta", "Pune"))
    assert (found.rows_read, len(found.parties), found.duplicates) == (2, 1, 1)


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ((None, None, "Pune", None, None, None), ["no customer"]),
        (("9.81E+09", "Mehta", "", None, None, None), ["an id shortened by Excel: its digits are lost"]),
        (("C1", "Mehta", "", "north", 73.8, None), ["not a number of degrees"]),
        (("C1", "Mehta", "", 18.5, 200, None), ["beyond 180 degrees"]),
        (("C1", "Mehta", "", None, None, -5), ["not a limit"]),
    ],
)
def test_what_is_wrong_sets_the_row_aside(row: tuple[Any, ...], reasons: list[str]) -> None:
    found = read(("Code", "Name", "City", "Latitude", "Longitude", "Credit Limit"), row)
    assert ([one.reason for one in found.rejects], found.rejected, found.parties) == (reasons, 1, [])
    assert all(one.suggestion and one.column for one in found.rejects)


def test_a_position_needs_both_its_numbers() -> None:
    (party,) = read(("Code", "Name", "Latitude", "Longitude"), ("C1", "Mehta", "18.5204\u00b0", "")).parties
    assert "position" not in party.values


def test_a_limit_is_in_the_currency_its_row_states() -> None:
    found = read(("Code", "Credit Limit", "Currency"), ("C1", "1,500.50", "USD"), ("C2", 800, None))
    assert [party.limit for party in found.parties] == [("USD", 150050), ("INR", 80000)]


@pytest.mark.parametrize("options", [Options(mapping={"colour": "City"}), Options(sheet="Two")])
def test_a_field_or_a_sheet_that_is_not_there(options: Options) -> None:
    with pytest.raises(WrongUsage):
        read(("Code", "City"), ("C1", "Pune"), options=options)


def test_the_header_with_the_most_columns_wins_and_may_be_named() -> None:
    rows = (("Customer", "Phone"), ("Customer No", "Name", "Mobile", "Route"), ("1", "Mehta", "98200 12345", "R7"))
    assert read(*rows).layout.header_row == 2
    named = read(*rows, options=Options(mapping={"agent": "Route", "territory": ""}))
    assert (named.parties[0].values["agent"], "territory" in named.parties[0].values) == ("R7", False)


def test_a_profile_of_other_headers_is_passed_over() -> None:
    rows = (("Code", "Name", "City"), ("C1", "Mehta", "Pune"))
    sheet = SheetInfo("Customers", visible=True, rows=2, columns=3)
    others = [
        Profile(1, "a", "x", {}, {"mapping": {"phone": "Nowhere"}}),
        Profile(2, "b", "x", {}, {"decimal": ","}),
        Profile(3, "c", "x", {}, {}),
    ]
    fit = profiles.fit(others, [(sheet, rows)], Options(), party_layout.find)
    assert (fit.profile, fit.options) == (None, Options())


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    hidden = SheetInfo("Old", visible=False, rows=2, columns=3), (("Code", "Name", "City", "Phone"), ("C1", "M", "P"))
    shown = SheetInfo("New", visible=True, rows=2, columns=2), (("Code", "Name"), ("C1", "Mehta"))
    assert party_layout.find([hidden, shown], Options())[0].sheet == "New"
    assert party_layout.find([hidden, shown], Options(sheet="Old"))[0].sheet == "Old"
