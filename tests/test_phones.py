"""Telephone numbers: what people write, what networks dial, and what no network has."""

import pytest

from collect import phones
from collect.phones import Phone


@pytest.mark.parametrize(
    ("written", "country", "dialled"),
    [
        ("98200 12345", "IN", "+919820012345"),
        ("022-2345 6789", "IN", "+912223456789"),
        ("0091 98200 12345", "IN", "+919820012345"),
        ("+1 202 456 1111", "IN", "+12024561111"),
        ("030 901820", "DE", "+4930901820"),
    ],
)
def test_a_number_is_kept_as_every_network_dials_it(written: str, country: str, dialled: str) -> None:
    assert phones.read(written, country) == Phone(dialled)


@pytest.mark.parametrize(
    ("written", "country", "wrong"),
    [
        ("12", "IN", "too few digits"),
        ("+49 30 123456789012345", "IN", "too many digits"),
        ("9820012345 67890 1234", "IN", "not a phone number"),
        ("ask Ravi", "IN", "not a phone number"),
        ("5000000000", "IN", "no such number is given out"),
        ("98200 12345", "", "no country code"),
    ],
)
def test_what_no_network_has_stays_as_written_with_its_reason(written: str, country: str, wrong: str) -> None:
    assert phones.read(written, country) == Phone(written, wrong)


def test_several_numbers_in_one_cell_are_several_numbers() -> None:
    assert phones.several("98200 12345 / 98200 54321; 022-23456789") == ["98200 12345", "98200 54321", "022-23456789"]
    assert phones.several("") == []


@pytest.mark.parametrize(
    ("currency", "zone", "country"),
    [
        ("INR", "Asia/Kolkata", "IN"),
        ("EUR", "Europe/Paris", "FR"),
        ("EUR", "UTC", ""),
        ("XOF", "Africa/Dakar", ""),
        ("USD", "America/New_York", "US"),
    ],
)
def test_the_country_of_a_book(currency: str, zone: str, country: str) -> None:
    assert phones.region(currency, zone) == country
