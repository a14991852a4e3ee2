"""The law of the screen: at no width is a digit of an amount cut, and no line is longer than the screen allows."""

import io
import re
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from collect import money
from collect.blocks import Block
from collect.layout import cells_wide, fit, shortened
from collect.plaintable import cards
from collect.screen import Screen
from collect.views.sheet import Column, Sheet
from tests.sheets_to_show import TODAY
from tests.test_screen import Terminal

FIGURE = re.compile(r"-?\d[\d,]*\.\d{2,3}(?!\d)")
AMOUNTS = st.integers(-(10**15), 10**15) | st.integers(-10000, 10000)
WORDS = st.lists(st.sampled_from(["Asha", "Traders", "[Pune]", "श्री", "गणेश", "😀", "Private", "Limited"]), max_size=9)
CURRENCIES = ("INR", "USD", "KWD")


@st.composite
def sheets(draw: st.DrawFn) -> Sheet:
    """Any report: up to eight columns of money of any rank between a name and a note, in up to three currencies."""
    ranks = draw(st.lists(st.integers(0, 3), min_size=1, max_size=8))
    titles = draw(st.lists(st.sampled_from(["Not due", "1-30", "Unapplied", "Days past due"]), min_size=8, max_size=8))
    figures = [Column(f"m{at}", titles[at], "money", rank) for at, rank in enumerate(ranks)]
    columns = [Column("name", "Name"), Column("currency", "Cur"), *figures, Column("note", "Note", rank=1)]
    used = draw(st.sampled_from([CURRENCIES[:1], CURRENCIES[:2], CURRENCIES]))
    rows: list[tuple[Any, ...]] = [
        (" ".join(draw(WORDS)), draw(st.sampled_from(used)), *(draw(AMOUNTS) for _ in ranks), " ".join(draw(WORDS)))
        for _ in range(draw(st.integers(1, 5)))
    ]
    totals: list[dict[str, Any]] = []
    if draw(st.booleans()):
        for code in used:
            first = sum(row[2] for row in rows if row[1] == code)
            totals.append({"currency": code, figures[0].key: first})
    return Sheet("any", "Any", columns, rows, totals=totals)


def amounts(sheet: Sheet) -> dict[str, set[str]]:
    """Every amount of a sheet as people read it, by the title of its column."""
    found: dict[str, set[str]] = {}
    for row in [*sheet.rows, *(tuple(total.get(column.key) for column in sheet.columns) for total in sheet.totals)]:
        for column, value in zip(sheet.columns, row, strict=True):
            if column.kind == "money" and value is not None:
                found.setdefault(column.key, set()).add(money.shown(value, row[1]))
    return found


def printed(sheet: Sheet, width: int, *, coloured: bool) -> str:
    out = Terminal() if coloured else io.StringIO()
    Screen(stdout=out, stderr=io.StringIO(), environ={}, width=width).show(sheet, today=TODAY)
    return re.sub("\x1b\\[[0-9;]*m", "", out.getvalue())


@given(sheets(), st.integers(40, 200), st.booleans())
def test_no_digit_of_an_amount_is_ever_cut(sheet: Sheet, width: int, coloured: bool) -> None:
    text = printed(sheet, width, coloured=coloured)
    every = amounts(sheet)
    needed = {column.key for column in sheet.columns if column.kind == "money" and not column.rank}
    words = set(text.split())
    for key in needed:
        assert every[key] <= words
    assert set(FIGURE.findall(text)) <= set().union(*every.values())


@given(sheets(), st.integers(40, 200))
def test_no_line_of_a_table_is_longer_than_the_screen(sheet: Sheet, width: int) -> None:
    for line in printed(sheet, width, coloured=False).splitlines():
        if not line.startswith(("Name  ", "Note  ", "no room for: ")):
            assert cells_wide(line) <= width


@given(sheets())
def test_a_pipe_gets_every_cell_in_full(sheet: Sheet) -> None:
    text = printed(sheet, 0, coloured=False)
    words = set(text.split())
    assert set().union(*amounts(sheet).values()) <= words
    for row in sheet.rows:
        assert row[0] in text
        assert row[-1] in text


@given(st.text(min_size=1, max_size=60), st.integers(8, 40))
def test_shortened_text_fits_and_keeps_its_beginning(text: str, limit: int) -> None:
    result = shortened(text, limit, cells_wide, "…")
    assert cells_wide(result) <= limit
    assert result == text or text.startswith(result.removesuffix("…"))


def test_a_figure_inside_text_is_not_cut_either() -> None:
    assert shortened("call: 1,23,456.78 is overdue", 12, cells_wide, "…") == "call:…"
    assert shortened("call: 1,23,456.78 is overdue", 18, cells_wide, "…") == "call: 1,23,456.78…"


def block(*columns: Column, cells: list[list[str]]) -> Block:
    return Block(columns, cells, [])


def test_the_highest_rank_leaves_first_and_money_of_one_rank_together() -> None:
    columns = (
        Column("name", "Name"),
        Column("a", "A", "money", 1),
        Column("b", "B", "money", 1),
        Column("c", "C", "int", 1),
        Column("d", "D", "int", 2),
        Column("e", "E", "money"),
    )
    cells = [["Asha & Sons Traders"], ["1,000.00"], ["2,000.00"], ["3"], ["4"], ["9,999.00"]]
    seen = {}
    for width in range(60, 8, -1):
        layout = fit(block(*columns, cells=cells), width, cells_wide)
        if layout is not None:
            seen[tuple(columns[at].title for at in layout.shown)] = width
    assert list(seen) == [
        ("Name", "A", "B", "C", "D", "E"),
        ("Name", "A", "B", "C", "E"),
        ("Name", "A", "B", "E"),
        ("Name", "E"),
    ]


def test_text_is_shortened_to_eight_characters_and_then_come_cards() -> None:
    table = block(Column("name", "Name"), Column("m", "Open", "money"), cells=[["Mehta Hardware"], ["1,23,456.78"]])
    layout = fit(table, 20, cells_wide)
    assert layout is not None
    assert list(layout.widths) == [8, 11]
    assert fit(table, 19, cells_wide) is None


def test_figures_of_a_card_stand_side_by_side_where_there_is_room() -> None:
    columns = (Column("name", "Name"), Column("a", "A", "money"), Column("day", "Day"), Column("b", "B", "money"))
    table = block(*columns, cells=[["Asha", "Total"], ["1.00", "2.00"], ["", "fri"], ["30.00", ""]])
    lines = ["  ".join(label + cell for label, cell in pairs) for pairs in cards(table, 30, cells_wide)]
    assert lines == ["Name  Asha", "A      1.00  B     30.00", "", "Name  Total", "A      2.00", "Day   fri"]
    assert [len(pairs) for pairs in cards(table, 20, cells_wide)] == [1, 1, 1, 0, 1, 1, 1]


def test_a_number_that_people_quote_is_never_shortened() -> None:
    table = block(Column("number", "Number"), Column("m", "Open", "money"), cells=[["INV-2026-000123"], ["1.00"]])
    assert fit(table, 19, cells_wide) is None
    layout = fit(table, 20, cells_wide)
    assert layout is not None
    assert list(layout.widths) == [15, 4]


def test_long_titles_break_before_a_column_leaves() -> None:
    table = block(Column("d", "Days past due", "int"), Column("n", "Name", rank=1), cells=[["12"], ["Asha"]])
    layout = fit(table, 12, cells_wide)
    assert layout is not None
    assert layout.titles == [["Days", "past", "due"], ["Name"]]
