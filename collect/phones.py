"""Telephone numbers as people write them, in the one form that every network understands: E.164 (`+919820012345`)."""

import re
from typing import NamedTuple

# Countries of the euro by the zone of their office; a currency of one country names it by its first two letters.
_EURO = {
    "Amsterdam": "NL", "Athens": "GR", "Berlin": "DE", "Bratislava": "SK", "Brussels": "BE", "Dublin": "IE",
    "Helsinki": "FI", "Lisbon": "PT", "Ljubljana": "SI", "Luxembourg": "LU", "Madrid": "ES", "Malta": "MT",
    "Nicosia": "CY", "Paris": "FR", "Riga": "LV", "Rome": "IT", "Tallinn": "EE", "Vienna": "AT", "Vilnius": "LT",
    "Zagreb": "HR",
}  # fmt: skip
_BETWEEN = re.compile(r"[;,|\n]|\s/\s|/(?=\s*\+?\d{6})|\b(?:or|and)\b")


class Phone(NamedTuple):
    """A number in E.164, or as it was written with what is wrong with it."""

    value: str
    wrong: str = ""


def region(currency: str, zone: str) -> str:
    """The country that numbers without a country code belong to, as two letters; '' where it cannot be told."""
    from phonenumbers import SUPPORTED_REGIONS

    country = _EURO.get(zone.rpartition("/")[2], "") if currency == "EUR" else currency[:2]
    return country if country in SUPPORTED_REGIONS else ""


def several(text: str) -> list[str]:
    """The numbers that stand in one cell."""
    return [part.strip() for part in _BETWEEN.split(text) if part.strip()]


def read(text: str, country: str) -> Phone:
    """One number as it is dialled from abroad; what no network has is kept as text, with the reason."""
    import phonenumbers

    try:
        found = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException as error:
        no_code = error.error_type == phonenumbers.NumberParseException.INVALID_COUNTRY_CODE
        return Phone(text, "no country code" if no_code else "not a phone number")
    reason = phonenumbers.is_possible_number_with_reason(found)
    if reason == phonenumbers.ValidationResult.TOO_SHORT:
        return Phone(text, "too few digits")
    if reason == phonenumbers.ValidationResult.TOO_LONG:
        return Phone(text, "too many digits")
    if not phonenumbers.is_valid_number(found):
        return Phone(text, "no such number is given out")
    return Phone(phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164))
