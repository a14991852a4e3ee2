"""The small readers of a ledger: ids and names, credit terms, title lines, currencies."""

from datetime import UTC, date, datetime

import pytest

from collect import currencies, idcells, terms, titles
from collect.grids import Cell


def test_ids_keep_their_zeros_and_lose_what_excel_added() -> None:
    cells: list[Cell] = ["0000611365", "2960623488.0", 2960623488.0, 42, "  A  1 ", "'007", None, 1.5, "X\u200b1"]
    assert idcells.ids(cells).text == ["0000611365", "2960623488", "2960623488", "42", "A 1", "007", "", "1.5", "X1"]
    assert idcells.ids(cells).bad == {}
    assert idcells.ids(["A1", "B2"]).text == ["A1", "B2"]
    assert idcells.ids([float("nan"), 7.0]) == (["nan", "7"], {})


def test_ids_that_excel_damaged_are_bad() -> None:
    found = idcells.ids(["9.81E+09", 1234567890123456789.0, date(2026, 4, 1), "A1", True])
    assert sorted(found.bad) == [0, 1, 2]
    assert found.bad[0] == "an id shortened by Excel: its digits are lost"


def test_names_are_only_tidied() -> None:
    assert idcells.names(["AM ", " Rao\u00a0 & Co", None, 7.0, "a\nb"]) == ["AM", "Rao & Co", "", "7", "a b"]
    assert idcells.names(["A", "B"]) == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Net 30", "2026-02-19"), ("30 days", "2026-02-19"), ("2/10 net 30", "2026-02-19"), ("n/45", "2026-03-06"),
        (30.0, "2026-02-19"), ("EOM", "2026-01-31"), ("EOM+15", "2026-02-15"), ("30 days EOM", "2026-02-28"),
        ("Net 30 EOM", "2026-02-28"), ("Due on receipt", "2026-01-20"), ("10th of following month", "2026-02-10"),
        ("31 of next month", "2026-02-28"), ("Within 15 days from invoice date", "2026-02-04"), ("45", "2026-03-06"),
    ],
)  # fmt: skip
def test_terms_count_from_the_document(text: Cell, due: str) -> None:
    rule = terms.rule(text)
    assert rule is not None
    assert rule(date(2026, 1, 20)).isoformat() == due


@pytest.mark.parametrize("text", ["CA10", "NAA8", "", None, "5000", True, -3, 12.5, "as agreed"])
def test_terms_that_cannot_be_counted(text: Cell) -> None:
    assert terms.rule(text) is None


@pytest.mark.parametrize(
    ("line", "as_of"),
    [
        ("As of Jul 25, 2026", "2026-07-25"), ("As at 31 March 2026", "2026-03-31"),
        ("1-Apr-2026 to 27-Sep-2026", "2026-09-27"), ("As of: 2026-07-16", "2026-07-16"),
        ("Ageing as on 31.03.2026", "2026-03-31"), ("Report Date : 31/03/2026", "2026-03-31"),
        ("1-Apr-26 to 16-Apr-26", "2026-04-16"), ("Statement date March 31, 2026", "2026-03-31"),
        ("Gupta Traders", ""), ("As of Monday, July 27, 2026", "2026-07-27"),
    ],
)  # fmt: skip
def test_the_day_in_a_title(line: str, as_of: str) -> None:
    assert titles.day(titles.said([line]).as_of, "") == as_of


def test_a_day_in_a_title_that_could_be_two_waits_for_the_files_order() -> None:
    said = titles.said(["As on 05/04/2026"]).as_of
    assert [titles.day(said, order) for order in ("", "dmy", "mdy")] == ["", "2026-04-05", "2026-05-04"]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Party: Mehta Hardware (M-104)", ("M-104", "Mehta Hardware")), ("Mehta Hardware", ("", "Mehta Hardware")),
        ("RETAD MOBILE NUJAFOG-(714233202)", ("714233202", "RETAD MOBILE NUJAFOG")),
        ("C1001 - Rao & Co", ("C1001", "Rao & Co")), ("Ledger : Kapoor", ("", "Kapoor")),
        ("Rao (India) Ltd", ("", "Rao (India) Ltd")), ("3M - India", ("", "3M - India")),
    ],
)  # fmt: skip
def test_whose_a_line_is(line: str, who: tuple[str, str]) -> None:
    assert titles.who(line) == who


def test_cells_as_people_read_them() -> None:
    cells: list[Cell] = [datetime(2026, 4, 1, 9, 0, tzinfo=UTC), date(2026, 4, 2), 3.0, 1.5, " a  b ", None, True]
    assert [titles.shown(cell) for cell in cells] == ["2026-04-01", "2026-04-02", "3", "1.5", "a b", "", "True"]


def test_a_sign_of_several_currencies_is_the_one_already_kept() -> None:
    assert currencies.resolve("$") == "USD"
    assert currencies.resolve("$", "AUD") == "AUD"
    assert currencies.resolve("Rs.", "PKR") == "PKR"
    assert currencies.resolve("nothing") == ""
    assert [currencies.stated_in(line) for line in ("All figures in ILS.", "Amount (₹)", "Delivered in May")] == [
        "ILS",
        "₹",
        "",
    ]
