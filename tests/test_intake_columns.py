"""Which sheet and which columns are read, and what they say of a customer."""

import pytest

from collect import intake_join
from collect.errors import InputRefused
from collect.grids import Options, SheetRows
from tests.intake_sheets import Tab, items, table, take, take_all


def test_a_pivot_beside_the_list_and_two_columns_of_one_name() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | | Customer | Amount
M | 1 | 2026-04-01 | 10.00 | | M | 30.00
M | 2 | 2026-04-01 | 20.00 | | K | 5.00
K | 3 | 2026-04-01 | 5.00 | | Grand Total | 35.00
 | | | | | checked | 35.00
""")
    )
    assert items(found) == [("M", "1", 1000), ("M", "2", 2000), ("K", "3", 500)]
    assert sum("two columns are called" in text for text in found.warnings) == 2


def test_nearly_right_headers_are_proposed_and_not_taken() -> None:
    found = take(table("Customer | Invoice | Date | Duee Dat | Amount\nM | 1 | 2026-04-01 | 2026-05-01 | 10.00"))
    assert (found.rows[0].due_on, [tuple(one) for one in found.unread]) == (
        "",
        [("D", "Duee Dat", "2026-05-01", "due_on")],
    )


def test_credit_days_are_kept_of_the_customers_that_have_them() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Credit Days
Asha | A1 | 2026-04-01 | 1.00 | 30 days
Beta | B1 | 2026-04-01 | 1.00 |
""")
    )
    assert {name: one.facts.get("credit_days") for name, one in found.accounts.items()} == {"Asha": "30", "Beta": None}


def test_one_number_with_many_names_and_one_name_with_two_numbers() -> None:
    found = take(
        table("""
Customer No | Customer Name | Invoice | Date | Amount
1 | Acme | A | 2026-04-01 | 1.00
1 | ACME llc | B | 2026-04-01 | 1.00
1 | Acme | C | 2026-04-01 | 1.00
2 | Acme | D | 2026-04-01 | 1.00
 | Acme | E | 2026-04-01 | 1.00
""")
    )
    assert {number: (one.name, one.names) for number, one in found.accounts.items()} == {
        "1": ("Acme", ("Acme", "ACME llc")),
        "2": ("Acme", ("Acme",)),
    }
    assert [(one.row, one.reason) for one in found.rejects] == [(6, "no customer number")]


def test_facts_of_a_customer_beside_its_items() -> None:
    found = take(
        table("""
Customer | Invoice | Date | Amount | Mobile No | Branch | Credit Days
Mehta | 1 | 2026-04-01 | 1.00 | 98765 43210 | Pune | 30 days
Mehta | 2 | 2026-04-01 | 1.00 | | Pune | 30 days
""")
    )
    assert found.accounts["Mehta"].facts == {"phone": "98765 43210", "territory": "Pune", "credit_days": "30"}


def test_a_sheet_is_chosen_by_its_header_and_its_twins_are_read_with_it() -> None:
    head = "Customer | Invoice | Date | Amount\n"
    april, may = (table(f"{head}M | {number} | 2026-04-01 | {number}0.00") for number in (1, 2))
    summary = table("Customer | Amount\nM | 30.00")
    book = [(Tab("Summary"), summary), (Tab("April"), april), (Tab("May"), may), (Tab("Old", visible=False), april)]
    found = intake_join.join(take_all(book))
    assert items(found) == [("M", "1", 1000), ("M", "2", 2000)]
    assert [row.row for row in found.rows] == [2, 4]
    assert found.sheets == (
        SheetRows("April", 1, read=True), SheetRows("May", 1, read=True), SheetRows("Summary", 1, read=False),
    )  # fmt: skip
    assert found.warnings == ["sheet 'Summary' was not read: 1 rows below its header (--sheet)"]
    assert take_all(book, options=Options(sheet="Old"))[0].layout.sheet == "Old"


def test_sheets_that_may_be_copies_of_each_other_are_refused() -> None:
    head = "Customer | Invoice | Date | Amount\n"
    april, may = (table(f"As on {day}\n{head}M | {day} | | 5.00") for day in ("2026-04-30", "2026-05-31"))
    with pytest.raises(InputRefused, match="different days: April of 2026-04-30, May of 2026-05-31") as caught:
        intake_join.join(take_all([(Tab("April"), april), (Tab("May"), may)]))
    assert caught.value.hint == "choose the newest with --sheet"
    for row, what in (("M | 1 | | 5.00", "1 of M"), ("M | | | 5.00", "M")):
        copies = [(Tab(name), table(head + row)) for name in ("North", "Copy")]
        with pytest.raises(InputRefused, match=f"the same item on two sheets, North and Copy: {what}$"):
            intake_join.join(take_all(copies))


def test_a_column_that_stands_there_twice_with_the_same_cells_is_read_in_silence() -> None:
    found = take(table("Customer | Invoice | Date | Amount | Amount\nM | 1 | 2026-04-01 | 5.00 | 5.00"))
    assert (items(found), found.warnings) == ([("M", "1", 500)], [])


def test_a_status_may_say_that_an_item_is_disputed() -> None:
    found = take(
        table("""
Customer | Invoice | Amount | Status
M | 1 | 5.00 | Open
M | 2 | 6.00 | In dispute
M | 3 | 7.00 | Disputed
""")
    )
    assert [(row.number, row.disputed) for row in found.rows] == [("1", False), ("2", True), ("3", True)]


def test_a_header_repeated_on_every_page_is_no_value_of_its_column() -> None:
    """A column `Paid` with one amount and two repeated headers holds amounts, not the word paid."""
    head = "Customer | Invoice | Due Date | Amount | Paid"
    found = take(
        table(f"""
{head}
Mehta | 1 | 2026-04-05 | 5.00 |
{head}
Mehta | 2 | 2026-04-05 | 5.00 | 5.00
{head}
""")
    )
    assert [row.open_minor for row in found.rows] == [500, 0]
