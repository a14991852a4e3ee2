"""How ledgers write currencies: ISO codes, signs and words, and which of a family a sign means."""

import re

# ISO 4217, the codes in use; not those of metals, of tests and of no currency.
_CODES = """AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL
GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD
SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV
WST XAF XCD XCG XDR XOF XPF XSU XUA YER ZAR ZMW ZWG"""
CODES = frozenset(_CODES.split())
# A sign that several currencies share stands for the first, unless the book or the file keeps another of them.
_RUPEES = ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")
_DOLLARS = ("USD", "AUD", "CAD", "NZD", "SGD", "HKD", "JMD", "TTD", "BBD", "BSD", "FJD", "NAD", "LRD", "MXN", "CLP")
FAMILIES: dict[str, tuple[str, ...]] = {
    "₹": ("INR",),
    "₨": _RUPEES,
    "rs": _RUPEES,
    "re": _RUPEES,
    "rupees": _RUPEES,
    "rupee": _RUPEES,
    "$": _DOLLARS,
    "us$": ("USD",),
    "a$": ("AUD",),
    "c$": ("CAD",),
    "s$": ("SGD",),
    "hk$": ("HKD",),
    "nz$": ("NZD",),
    "r$": ("BRL",),
    "dollars": _DOLLARS,
    "€": ("EUR",),
    "euro": ("EUR",),
    "euros": ("EUR",),
    "£": ("GBP", "EGP", "SHP", "GIP", "FKP"),
    "¥": ("JPY", "CNY"),
    "₪": ("ILS",),
    "nis": ("ILS",),
    "₩": ("KRW",),
    "₦": ("NGN",),
    "₱": ("PHP",),
    "₫": ("VND",),
    "₺": ("TRY",),
    "₽": ("RUB",),
    "฿": ("THB",),
    "৳": ("BDT",),
    "tk": ("BDT",),
    "rm": ("MYR",),
    "rp": ("IDR",),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
    "dhs": ("AED",),
    "ksh": ("KES",),
    "zł": ("PLN",),
    "kč": ("CZK",),
    "ft": ("HUF",),
}
# Compiled when it is needed: this module is read at every start.
_IN_TEXT = (
    r"\b(?:figures|amounts?|values?|balances?|currency)\b[^.;]*?(?:\bin\b|[:(])"
    r"\s*([A-Z]{3}\b|rs\b|rupees|dollars|euros?|[^\w\s])"
)


def family(word: str) -> tuple[str, ...]:
    """The currencies a code, sign or word can mean, the likeliest first; empty when it means none."""
    text = word.strip().strip(".").lower()
    if text in FAMILIES:
        return FAMILIES[text]
    code = text.upper()
    return (code,) if code in CODES else ()


def near(word: str) -> list[str]:
    """Codes that may be meant by a word that is none: those of a sign, with letters swapped, or one letter off."""
    code = word.strip().upper()
    meant = list(FAMILIES.get(word.strip().strip(".").lower(), ())[:3])
    swapped = [one for one in sorted(CODES) if sorted(one) == sorted(code)]
    off = [one for one in sorted(CODES) if len(code) == 3 and sum(a != b for a, b in zip(one, code, strict=True)) == 1]
    return (meant or swapped or off)[:4]


def resolve(word: str, *kept: str) -> str:
    """The one currency `word` means where those `kept` are known already (`$` is AUD in an Australian book)."""
    choices = family(word)
    for currency in kept:
        if currency in choices:
            return currency
    return choices[0] if choices else ""


def stated_in(line: str) -> str:
    """The code, sign or word by which a title line states its currency ("All figures in ILS"), else ''."""
    match = re.search(_IN_TEXT, line, re.IGNORECASE)
    return match[1] if match and family(match[1]) else ""
