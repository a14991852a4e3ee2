"""What the headers of a ledger mean: words in one shape, looked up in data/headers.toml, nearly-right ones proposed."""

import dataclasses
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final

from collect import currencies
from collect.grids import Cell

DATES: Final = ("document_on", "due_on", "settled_on")
PARTS: Final = ("principal", "interest", "fee", "penalty")
FACTS: Final = (
    "phone", "email", "territory", "agent", "credit_limit", "address", "pin_code", "language", "latitude", "longitude",
)  # fmt: skip
_OTHER_RULES = ("money", "weights", "unused")
OLDER: Final = "older"
"""A bucket that begins where the others end."""
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SIGNS = str.maketrans(
    {
        "#": " no ",
        "№": " no ",
        "°": "o ",
        "%": " percent ",
        "₹": " ₹ ",
        "$": " $ ",
        "€": " € ",
        "£": " £ ",
        "'": "",
        "\u2019": "",
    }
)
_ACCENTS = re.compile("[\u0300-\u036f]")
# Signs above and below letters of Indian scripts are no letters to `\\w`.
_BREAKS = re.compile("[^\\w₹$€£\u0900-\u0dff]+|[_\u0964\u0965]")
_SLASHED = re.compile(r"\b(a|o)\s?[/.]\s?(c|s)\b", re.IGNORECASE)
_ON_A_DAY = re.compile(
    r"\b(?:as\s+(?:on|of|at|per)|upto|up\s+to|till|per|zum|au|al)\s+\W*\d.*|\((?:utc|gmt|ist|local(?: time)?)\)",
    re.IGNORECASE | re.DOTALL,
)
_UNITS = {
    "thousand": 1_000,
    "thousands": 1_000,
    "000s": 1_000,
    "000": 1_000,
    "lakh": 100_000,
    "lakhs": 100_000,
    "lac": 100_000,
    "lacs": 100_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "mn": 1_000_000,
    "crore": 10_000_000,
    "crores": 10_000_000,
}
_EDGES = re.compile("(\\d{1,3})\\s*(?:-|\u2013|to|_)\\s*(\\d{1,4})")
_OVER = re.compile(
    r"(?:>|over|above|more than|older than|beyond)\s*(\d{1,4})"
    r"|(\d{1,4})\s*(?:\+|&|and|or|-)?\s*(?:\+|above|over|more|plus|older|up)"
)
_UNDER = re.compile(r"(?:<=?|under|below|less than|upto|up to|within)\s*(\d{1,4})")
_NOT_DUE = re.compile(
    r"(?:current|at date|not (?:yet )?due|undue|future|not overdue|within terms|0 days?)(?: amount| balance)?"
)
# A bucket's label holds nothing but the days and these words.
_AROUND = re.compile(
    r"\b(?:days?|past due|overdue|due|amount|amt|bucket|old|balance|outstanding|and|or|more)\b|[().\[\]]"
)
_MONTHS = {
    "< 1 month": "1-30",
    "1 month": "31-60",
    "2 months": "61-90",
    "3 months": "91-120",
    "period 1": "1-30",
    "period 2": "31-60",
    "period 3": "61-90",
    "older": OLDER,
}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every known header: the fields it can mean with the rank it has there (0 fits best)."""

    meanings: Mapping[str, tuple[tuple[str, int], ...]]
    money: frozenset[str]
    weights: Mapping[str, int]
    unused: frozenset[str]
    fields: tuple[str, ...]
    short: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """Abbreviations of words, written out."""
    rules: Mapping[str, frozenset[str]] = dataclasses.field(default_factory=dict)
    """Headers and words that need the other columns to be understood, by what they may be."""

    def key(self, header: str) -> str:
        """The header's words with abbreviations written out: `Bal. Amt` is `balance amount`."""
        return " ".join(self.short.get(word, word) for word in words(header).split())

    def is_one(self, rule: str, header: str) -> bool:
        """Whether a header is among those of a rule."""
        return self.key(header) in self.rules.get(rule, ())

    def names(self, rule: str, header: str) -> bool:
        """Whether a word of a header is among those of a rule."""
        return not self.rules.get(rule, frozenset()).isdisjoint(self.key(header).split())


def parse(text: str) -> Vocabulary:
    """The vocabulary in the text of a headers file."""
    table = tomllib.loads(text)
    rules, short = table["rules"], table["short"]
    known = Vocabulary({}, frozenset(rules["money"]), rules["weights"], frozenset(), tuple(table["fields"]), short)
    meanings: dict[str, dict[str, int]] = {}
    for name, synonyms in table["fields"].items():
        for rank, header in enumerate(synonyms):
            key = known.key(header)
            for written in (words(header), key, key.replace(" ", "")):
                meanings.setdefault(written, {}).setdefault(name, rank)
    return replace(
        known,
        meanings={header: tuple(found.items()) for header, found in meanings.items()},
        unused=frozenset(map(known.key, rules["unused"])),
        rules={name: frozenset(map(known.key, found)) for name, found in rules.items() if name not in _OTHER_RULES},
    )


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that comes with the program."""
    return parse(files("collect").joinpath("data", "headers.toml").read_text(encoding="utf-8"))


@cache
def words(header: str) -> str:
    """A header in one shape: lower case, camel case split, no accents or punctuation (`Invoice#` -> `invoice no`)."""
    text = unicodedata.normalize("NFKC", header).translate(_SIGNS)
    text = _ACCENTS.sub("", unicodedata.normalize("NFD", _SLASHED.sub(r"\1\2 ", text)))
    return " ".join(_BREAKS.sub(" ", _CAMEL.sub(" ", text)).lower().split())


def label(header: Cell) -> str:
    """The header as it is shown: its words on one line, '' for a cell that holds none."""
    return " ".join(header.split()) if isinstance(header, str) else "" if header is None else str(header)


@cache
def bucket(header: str) -> str:
    """The age bucket a header or a section names (`1-30`, `91+`, `not due`), '' when it names none."""
    text = " ".join(unicodedata.normalize("NFKC", header).lower().replace("_", " ").split())
    if text in _MONTHS:
        return _MONTHS[text]
    bare = " ".join(_AROUND.sub(" ", text).split())
    if _NOT_DUE.fullmatch(" ".join(text.replace("-", " ").split())) or _NOT_DUE.fullmatch(bare):
        return "not due"
    if match := _EDGES.fullmatch(bare):
        return f"{int(match[1])}-{int(match[2])}" if int(match[1]) < int(match[2]) else ""
    return _open_ended(text, bare)


def _open_ended(text: str, bare: str) -> str:
    core = " ".join(re.sub(r"\b(?:days?|past due|overdue|due|amount|amt|old|balance)\b|[().\[\]]", " ", text).split())
    if match := _OVER.fullmatch(core):
        edge = int(match[1] or match[2])
        # "90+" and "over 90" begin the day after a bucket that ends on 90; "91 or more" begins on 91.
        return f"{edge + 1}+" if edge % 10 in {0, 5} else f"{edge}+"
    match = _UNDER.fullmatch(core) or _UNDER.fullmatch(bare)
    return f"0-{int(match[1])}" if match else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one header can mean, and the currency and unit its words name."""

    fields: tuple[tuple[str, int], ...]
    currency: str = ""
    scale: int = 1


def meaning(header: str, known: Vocabulary) -> Meaning:
    """What a header can mean, as it stands or without what it may say besides.

    That is a currency, a unit, a day, a time zone: `Amount (Rs. in lakhs)`, `Balance as on 31-03-2026`, `Date (UTC)`.
    """
    for text in dict.fromkeys((header, _ON_A_DAY.sub("", header))):
        if found := _as_it_stands(text, known) or _with_currency(text, known):
            return found
    return Meaning(())


def _as_it_stands(header: str, known: Vocabulary) -> Meaning | None:
    key = known.key(header)
    for text in (words(header), key, key.replace(" ", "")):
        if found := known.meanings.get(text):
            return Meaning(found)
    return None


def _with_currency(header: str, known: Vocabulary) -> Meaning | None:
    kept, currency, scale = [], "", 1
    for word in words(header).split():
        if word in _UNITS:
            scale *= _UNITS[word]
        elif currencies.family(word) and not currency:
            currency = word
        elif word != "in":
            kept.append(word)
    money = tuple(pair for pair in known.meanings.get(known.key(" ".join(kept)), ()) if pair[0] in known.money)
    return Meaning(money, currency, scale) if money and (currency or scale > 1) else None


def assign(
    headers: Sequence[str], samples: Mapping[int, Sequence[Cell]], known: Vocabulary, taken: Mapping[str, int]
) -> dict[str, int]:
    """The column of every field: the best-fitting header first, the leftmost of equals; `taken` ones stand.

    A header whose column holds something else than the field needs (a `Due` of amounts) stands back behind others.
    """
    offers = []
    for index, header in enumerate(headers):
        for field, rank in meaning(header, known).fields:
            offers.append((rank + (0 if suits(field, samples.get(index, ()), known) else 10_000), index, field))
    mapping = {field: index for field, index in taken.items() if index >= 0}
    used = set(mapping.values())
    names = {words(headers[index]) for index in used}
    for _, index, field in sorted(offers):
        if field not in taken and field not in mapping and index not in used and words(headers[index]) not in names:
            mapping[field] = index
            used.add(index)
            names.add(words(headers[index]))
    return mapping


def suits(field: str, sample: Iterable[Cell], known: Vocabulary) -> bool:
    """Whether a column with these cells can be the field: no dates for money, no amounts for a date."""
    cells = [cell for cell in sample if cell is not None and cell != ""]
    if not cells or (field not in DATES and field not in known.money and field != "status"):
        return True
    dates = sum(_like_date(cell) for cell in cells)
    digits = sum(map(_like_amount, cells))
    if field == "status":
        return digits * 2 < len(cells)
    if field in DATES:
        return dates * 2 >= len(cells) or digits * 2 < len(cells)
    return dates * 2 < len(cells) and digits * 2 >= len(cells)


def _like_amount(cell: Cell) -> bool:
    if isinstance(cell, str):
        return re.search(r"\d", cell) is not None and not re.search(r"[^\W\d_]{4}", cell) and not _like_date(cell)
    return isinstance(cell, int | float)


def _like_date(cell: Cell) -> bool:
    if isinstance(cell, str):
        return re.match(r"\s*\d{1,4}\s*[-/. ]\s*(?:\d{1,2}|[A-Za-z]{3,9})\.?\s*[-/. ,]+\s*\d{2,4}\b", cell) is not None
    return hasattr(cell, "isoformat") or (
        isinstance(cell, int | float) and 19_000_101 <= cell <= 21_001_231 and cell % 1 == 0
    )


def column_named(wanted: str, headers: Sequence[str]) -> int | None:
    """The column the user means by a header text, `Header#2` for the second of that name, or a letter (`F`)."""
    same = [index for index, header in enumerate(headers) if words(header) == words(wanted) and header]
    if same:
        return same[0]
    base, mark, nth = wanted.rpartition("#")
    if mark and nth.isdigit():
        same = [index for index, header in enumerate(headers) if words(header) == words(base)]
        return same[int(nth) - 1] if 0 < int(nth) <= len(same) else None
    if re.fullmatch(r"[A-Za-z]{1,2}", wanted):
        index = 0
        for letter in wanted.upper():
            index = index * 26 + ord(letter) - 64
        return index - 1
    return None


def letter(index: int) -> str:
    """The column's letter in a spreadsheet: 0 is A, 26 is AA."""
    text, rest = "", index + 1
    while rest:
        rest, last = divmod(rest - 1, 26)
        text = chr(65 + last) + text
    return text
