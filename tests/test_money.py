"""Exact money: minor units, the decimals of each currency, lakhs and thousands."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collect import money
from collect.errors import WrongUsage
from collect.money import Money

CURRENCIES = st.sampled_from(["INR", "USD", "JPY", "KWD", "EUR", "BHD", "CLF"])
AMOUNTS = st.integers(-(10**15), 10**15)


@pytest.mark.parametrize(
    ("minor", "currency", "shown", "plain"),
    [
        (12345678, "INR", "1,23,456.78", "123456.78"),
        (1234567800, "INR", "1,23,45,678.00", "12345678.00"),
        (9999900, "INR", "99,999.00", "99999.00"),
        (10000000, "INR", "1,00,000.00", "100000.00"),
        (-5, "INR", "-0.05", "-0.05"),
        (12345678, "USD", "123,456.78", "123456.78"),
        (1234567, "JPY", "1,234,567", "1234567"),
        (18230000, "KWD", "18,230.000", "18230.000"),
        (12345678, "CLF", "1,234.5678", "1234.5678"),
        (0, "USD", "0.00", "0.00"),
    ],
)
def test_an_amount_for_people_and_for_machines(minor: int, currency: str, shown: str, plain: str) -> None:
    assert money.shown(minor, currency) == shown
    assert money.plain(minor, currency) == plain


@given(AMOUNTS, CURRENCIES)
def test_what_is_shown_can_be_typed_again(minor: int, currency: str) -> None:
    assert money.typed(money.shown(minor, currency), currency) == minor
    assert money.typed(money.plain(minor, currency), currency) == minor
    assert Decimal(money.plain(minor, currency)).scaleb(money.exponent(currency)) == minor


@pytest.mark.parametrize("text", ["", "-", ".", "1.234.5", "12a", "1e5", "१२", "0.005", "NaN", "--5"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(WrongUsage):
        money.typed(text, "INR")


def test_trailing_zeros_are_not_decimals() -> None:
    assert money.typed("5.5000", "INR") == 550
    assert money.typed("5.000", "JPY") == 5
    assert money.typed("+.5", "KWD") == 500


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("RUPEES", "INR or PKR"), ("IRN", "mean INR?"), ("USS", "mean USD or"),
        ("$", "USD or AUD"), ("R1", "such as INR"),
        ("ZZZ", "such as INR"), ("XXX", "such as INR"), ("XTS", "such as INR"),
        ("", "such as INR"), ("₹₹₹", "such as INR"),
    ],
)  # fmt: skip
def test_a_currency_is_one_of_iso_4217(code: str, hint: str) -> None:
    with pytest.raises(WrongUsage, match="no such currency") as caught:
        money.currency_code(code)
    assert hint in str(caught.value.hint)
    assert money.currency_code(" inr ") == "INR"


def test_amounts_are_equal_within_one_currency() -> None:
    assert len({Money(5, "INR"), Money(5, "INR"), Money(5, "USD"), Money(6, "INR")}) == 3
    assert Money(5, "INR") != (5, "INR")


def test_two_currencies_are_never_added() -> None:
    assert Money(5, "INR") + Money(7, "INR") == Money(12, "INR")
    assert Money(5, "INR") - Money(7, "INR") == Money(-2, "INR")
    assert str(Money(-12345678, "INR")) == "INR -1,23,456.78"
    for calculate in (Money.__add__, Money.__sub__):
        with pytest.raises(AssertionError):
            calculate(Money(5, "INR"), Money(7, "USD"))
