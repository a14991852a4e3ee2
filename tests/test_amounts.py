"""Amounts in every writing people use, exact to the minor unit."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect import amounts
from collect.errors import InputRefused
from collect.grids import Cell


def minor(*cells: Cell, decimal: str = "", decimals: int = 2, scale: int = 1) -> list[int | None]:
    return amounts.read(cells, amounts.style([cells], decimal), decimals, scale).minor


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,23,456.78", 12345678), ("12,34,567.00", 123456700), ("1,234,567.89", 123456789), ("1.234,56", 123456),
        ("1.234.567,89", 123456789), ("(1,234.00)", -123400), ("-500", -50000), ("500-", -50000),
        ("\u2212500", -50000), ("1,28,500.00 Dr", 12850000), ("1,500.5 Cr", -150050), ("Cr 12.00", -1200),
        ("DR. 12.00", 1200), ("Rs. 500/-", 50000), ("Rs 1,23,456.78", 12345678), ("₹ 12.50", 1250),
        ("INR 12.50", 1250), ("US$ 12.50", 1250), ("12,50 €", 1250), ("1 234,56", 123456), ("1\u00a0234,56", 123456),
        ("1'234.50", 123450), ("1,00,000", 10000000), (".5", 50), ("5.", 500), ("-", 0), ("Nil", 0),
        ("१२३.५०", 12350), ("+7.00", 700), ("-500 Dr", -50000), ("0.125", 12), ("Rs.500/-", 50000),
        ("Rs.1,500.00", 150000), ("₹1,500/-", 150000), ("INR 1,000/-", 100000), ("kr.500", 50000), ("Rs. .50", 50),
        ("500,-", 50000), ("-500,-", -50000), ("500.--", 50000), ("1.234,--", 123400), ("1\u2007234,56", 123456),
        ("1`234.56", 123456), ("1234\u066b50", 123450), ("1,500.00 (Cr)", -150000), ("0.00 Cr", 0), ("\u2014", 0),
    ],
)  # fmt: skip
def test_an_amount_that_can_be_one_number_only(text: str, expected: int) -> None:
    assert minor(text) == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("(500) Cr", "two signs"), ("-500 Cr", "two signs"), ("-500-", "two signs"), ("12%", "a percentage"),
        ("abc", "not an amount"), ("1e5", "not an amount"), ("12,34,5", "not an amount"),
        ("1,2345.00", "not an amount"), ("10.05.2020", "not an amount"), ("1 2 3", "not an amount"),
        ("12 kg", "not an amount"), ("1.2,3,4", "not an amount"), ("x" * 61, "a text"),
        ("9" * 15 + ".00", "too large"), ("1,23,45.00", "not an amount"), ("1.00.000,00", "not an amount"),
        ("12.5L", "a unit beside"), ("1.2 Crore", "a unit beside"), ("5k", "a unit beside"),
        ("1.2 Cr", "an amount that could be two numbers: Cr"), ("500 (Cr)", "an amount that could be two"),
    ],
)  # fmt: skip
def test_what_is_no_amount_says_why(text: str, reason: str) -> None:
    found = amounts.read([text], amounts.style([[text]]), 2)
    assert found.minor == [None]
    assert found.bad[0].startswith(reason)


def test_the_file_decides_its_decimal_mark_or_the_user_must() -> None:
    assert minor("1,234", "1,234.50") == [123400, 123450]
    assert minor("1.234", "1.234,50") == [123400, 123450]
    assert minor("1.234", "7.5") == [123, 750]
    assert minor("1,234", decimal=".") == [123400]
    assert minor("1,234", decimal=",") == [123]
    for texts in (["1,234"], ["1.234"], ["1,234", "500"]):
        with pytest.raises(InputRefused, match="could be two numbers") as caught:
            minor(*texts)
        assert "--decimal" in str(caught.value.hint)


@pytest.mark.parametrize(
    ("texts", "decimals", "decided"),
    [
        (["1,000", "1,500 Dr", "500"], 2, True),
        (["Rs 1,000", "1,500", "300 Cr", "2,000"], 2, True),
        (["1,000", "1,500", "500"], 3, False),
        (["KD 1,000", "1,500", "500"], 2, False),
        (["KWD 1,000", "1,500", "500"], 2, False),
        (["1,000", "500"], 2, False),
        (["1,000", "1,500", "0"], 2, False),
        (["1,000", "1,500", "500,000"], 2, False),
        (["1.000", "1.500", "500"], 2, False),
        (["1.000", "1,500", "500"], 2, False),
    ],
)
def test_amounts_with_no_decimals_anywhere_are_in_thousands(texts: list[str], decimals: int, decided: bool) -> None:
    """Three decimals, in a currency of two, would stand behind every amount."""
    if decided:
        assert amounts.style([texts], decimals=decimals).decimal == "."
        return
    with pytest.raises(InputRefused, match="could be two numbers"):
        amounts.style([texts], decimals=decimals)


def test_cr_is_a_credit_where_the_file_says_so_and_else_nobody_knows() -> None:
    """1.2 Cr is minus 1.20 in a book of Dr and Cr, and 12,000,000 in the notes of a director."""
    assert minor("1.2 Cr", "5.00 Dr") == [-120, 500]
    assert minor("1.2 Cr", "4,000.00 Cr") == [-120, -400000]
    assert minor("1.2 Cr", "12.00") == [None, 1200]


def test_two_decimal_marks_in_one_file_are_refused() -> None:
    with pytest.raises(InputRefused, match=r"both marks before the decimals, beside 25,000\.00-: 1\.000,50") as caught:
        minor("25,000.00-", "1.000,50")
    assert "--decimal" in str(caught.value.hint)
    assert minor("25,000.00-", "1.000,50", decimal=".") == [-2500000, None]
    with pytest.raises(InputRefused, match="both marks before the decimals"):
        minor("1,234", "1.5", "1,5")


def test_three_decimals_behind_a_comma_are_more_likely_thousands() -> None:
    """One slip (1,20 for 1,200) must not make a thousandth of all the others."""
    found = amounts.read(["1,000", "1,20"], amounts.style([["1,000", "1,20"]]), 2)
    assert (found.minor, found.bad) == (
        [None, 120],
        {0: "an amount that could be two numbers: three decimals, or thousands"},
    )
    assert minor("1,000", "1,20", decimal=",") == [100, 120]
    assert minor("1,000", "1,20", decimals=3) == [1000, 1200]


def test_a_given_mark_rejects_what_is_written_with_the_other() -> None:
    found = amounts.read(["1.234,56", "12.5", "12.50"], amounts.style([["1.234,56", "12.50"]], "."), 2)
    assert (found.minor, found.bad) == ([None, 1250, 1250], {0: "not written with . before the decimals"})
    assert minor("12.50", "7", decimal=",") == [None, 700]


def test_cells_that_are_no_text() -> None:
    cells: list[Cell] = [
        2309.7899999999995,
        10,
        10.5,
        None,
        "",
        " ",
        True,
        date(2026, 1, 1),
        float("inf"),
        float("nan"),
    ]
    found = amounts.read(cells, amounts.style([cells]), 2)
    assert found.minor == [230979, 1000, 1050, None, None, None, None, None, None, None]
    assert sorted(found.bad) == [6, 7, 8, 9]
    assert found.rounded == [0]


def test_decimals_follow_the_currency_and_excess_ones_are_rounded_half_even() -> None:
    assert minor("1.5", "2.5", decimals=0) == [2, 2]
    assert minor("1234.567", decimals=3) == [1234567]
    assert minor(0.125, 0.375) == [12, 38]
    assert minor(1.25, "1.25", scale=100_000) == [12500000, 12500000]


def test_whole_columns_are_read_the_same_way() -> None:
    assert minor("1.50", "-2.25") == [150, -225]
    assert minor(1.5, None, -2.25) == [150, None, -225]
    assert minor("1.50", "a\nb") == [150, None]
    assert minor(1e13, 1.0) == [10**15, 100]


def test_currency_signs_beside_amounts() -> None:
    cells = ["₹ 5.00", "6.00", None, "USD 7.00"]
    assert amounts.symbols(cells, amounts.style([cells])) == {0: "₹", 3: "usd"}
    assert amounts.symbols(["1.00"], amounts.style([["1.00"]])) == {}


@given(st.integers(-(10**14), 10**14), st.sampled_from((0, 2, 3)))
def test_every_float_of_an_amount_gives_that_amount(value: int, decimals: int) -> None:
    as_float = float(Decimal(value).scaleb(-decimals))
    assert minor(as_float, 0.5 if decimals else 1.0, decimals=decimals)[0] == value
    assert minor(as_float, "1.00", decimals=decimals)[0] == value


def test_numbers_beyond_all_money_are_said_and_never_stop_the_rest() -> None:
    for huge in (1e308, 10**400, 1e15):
        for other in (1.5, "1.50", None):
            found = amounts.read([huge, other], amounts.style([[huge, other]]), 2)
            assert (found.minor[0], found.bad) == (None, {0: "too large to be an amount"})
            assert found.minor[1] == (None if other is None else 150)
    assert amounts.read([float("inf"), 1.5], amounts.Style(), 2) == ([None, 150], {0: "not a number"}, [])
