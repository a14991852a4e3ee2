"""Exact money: whole minor units of an ISO 4217 currency, never a float, never two currencies in one sum."""

from typing import Self

from collect.errors import WrongUsage

# ISO 4217: the currencies whose minor unit is not one hundredth.
_NO_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_EXPONENTS = {
    **dict.fromkeys(_NO_DECIMALS.split(), 0),
    **dict.fromkeys(_THREE_DECIMALS.split(), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
# Grouped by lakh and crore, 1,23,45,678.00.
_LAKHS = frozenset(("INR", "PKR", "BDT", "NPR", "LKR"))


def exponent(currency: str) -> int:
    """Decimals of the currency: 0, 2, 3 or 4 (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def currency_code(text: str) -> str:
    """ISO 4217 code in capitals; WrongUsage, with codes that are near, where there is no such currency."""
    from collect import currencies

    code = text.strip().upper()
    if code in currencies.CODES:
        return code
    near = currencies.near(text)
    meant = (
        f"did you mean {' or '.join(near)}?" if near else "use the three letters of ISO 4217, such as INR, USD or EUR"
    )
    raise WrongUsage(f"no such currency: {text}", meant)


class Money:
    """An amount in minor units (paise, cents) and its currency; adding two currencies is an error of the program.

    Not a dataclass: every command imports this, and that import alone would cost half a millisecond.
    """

    __slots__ = ("currency", "minor")

    def __init__(self, minor: int, currency: str) -> None:
        """Keep whole minor units of a currency by its ISO code."""
        self.minor = minor
        self.currency = currency

    def __eq__(self, other: object) -> bool:
        """Whether it is the same amount of the same currency."""
        return isinstance(other, Money) and (self.minor, self.currency) == (other.minor, other.currency)

    def __hash__(self) -> int:
        """One value for equal amounts."""
        return hash((self.minor, self.currency))

    def __add__(self, other: Self) -> "Money":
        """Sum, within one currency."""
        assert self.currency == other.currency, "currencies are never added together"
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Self) -> "Money":
        """Difference, within one currency."""
        assert self.currency == other.currency, "currencies are never added together"
        return Money(self.minor - other.minor, self.currency)

    def __str__(self) -> str:
        """Code and grouped amount: INR 1,23,456.78."""
        return f"{self.currency} {shown(self.minor, self.currency)}"


def plain(minor: int, currency: str) -> str:
    """Major units for machines: no grouping, the currency's own decimals (`5119.85`)."""
    decimals = exponent(currency)
    if not decimals:
        return str(minor)
    whole, fraction = divmod(abs(minor), 10**decimals)
    return f"{'-' if minor < 0 else ''}{whole}.{fraction:0{decimals}d}"


def shown(minor: int, currency: str) -> str:
    """Major units for people: grouped by thousands, or by lakh and crore (`1,23,456.78` for INR)."""
    decimals = exponent(currency)
    whole, fraction = divmod(abs(minor), 10**decimals)
    lakhs = whole > 99_999 and currency in _LAKHS
    text = f"{_pairs(whole // 1000)},{whole % 1000:03d}" if lakhs else f"{whole:,}"
    sign = "-" if minor < 0 else ""
    return f"{sign}{text}.{fraction:0{decimals}d}" if decimals else f"{sign}{text}"


def _pairs(number: int) -> str:
    return str(number) if number < 100 else f"{_pairs(number // 100)},{number % 100:02d}"


def typed(text: str, currency: str) -> int:
    """Minor units of an amount typed by hand: a dot for decimals, commas for grouping (`1,23,456.78`).

    Raises WrongUsage for anything else, and for more decimals than the currency has.
    """
    number = text.strip().replace(",", "").replace("_", "").removeprefix("+")
    sign = -1 if number.startswith("-") else 1
    whole, _, fraction = number.removeprefix("-").partition(".")
    digits = (whole or "0") + fraction
    if not (whole or fraction) or not digits.isascii() or not digits.isdigit():
        raise WrongUsage(f"not an amount: {text}", "type it like 1234.50 or 1,23,456.78")
    decimals = exponent(currency)
    if len(fraction.rstrip("0")) > decimals:
        raise WrongUsage(f"{currency} has {decimals} decimals: {text}", "round the amount first")
    return sign * int((whole or "0") + fraction[:decimals].ljust(decimals, "0"))


def positive(text: str, currency: str) -> int:
    """Minor units of an amount typed by hand that has to be above zero; WrongUsage for any other."""
    minor = typed(text, currency)
    if minor <= 0:
        raise WrongUsage(f"not an amount above zero: {text}", "type what it is worth, without a sign")
    return minor
