"""What the lines above a ledger say: the day it was made for, the period it covers, its currency, whose it is."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from collect import currencies, dayforms
from collect.grids import Cell

_DAY = (
    r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? )?"
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[-/. ]*[^\W\d_]{3,10}[-/., ']*\d{2,4}|[^\W\d_]{3,10}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
)
_AS_OF = re.compile(
    r"\b(?:as[ -]?(?:of|at|on)|position on|report(?:ing)? date|statement date|run date|ageing date|aging date|"
    r"date of report|as of date|upto|up to|till|until|today'?s date|stand|date)\b[ :.=-]*(?:date[ :]*)?" + _DAY,
    re.IGNORECASE,
)
_PERIOD = re.compile(_DAY + r"\s*(?:to|till|until|through|-|\u2013)\s*" + _DAY, re.IGNORECASE)
_WHO = re.compile(
    r"(?:customer|party|ledger|account|a/c|acct|debtor|client|borrower|name|retailer|statement of account for|"
    r"ledger account of|statement for)\s*(?:name|no\.?|code|id|account)?\s*[:=-]\s*(.+)",
    re.IGNORECASE,
)
_CODE = r"[A-Za-z]{0,6}[-/]?\d[\w/-]*"
_BEHIND = re.compile(rf"(.+?)[\s-]*[(\[]\s*(?:code|no|id|a/c)?[\s.:]*({_CODE})\s*[)\]]", re.IGNORECASE)
_BEFORE = re.compile(r"([A-Za-z]{0,6}[-/]?\d{3,}[\w/]*)\s*[-:|]\s+(.+)")
# Sage prints one line over each customer's items: "A/C: ABS001 Name: ABS Garages Ltd Contact: Mike Hall Tel: 0191".
_BOTH = re.compile(r"(\S+)\s+name\s*[:=-]\s*(.+?)(?:\s+[A-Za-z]+\s*:.*)?", re.IGNORECASE)
_PLAIN_TAB = re.compile(r"(?:sheet|table|ledger|statement|data|report|account)s?\s*\d*", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:ledger|customer|party)? ?(?:ledger )?(?:account|statement)(?: of account)?s?:?", re.IGNORECASE
)
_AROUND = re.compile(
    r"\bpage(?: no\.?)?[ :]*\d+(?: ?(?:of|/) ?\d+)?|[(\[]?\b(?:contd|continued|cont)\b[ .]*[)\]]?(?: from [a-z ]+)?",
    re.IGNORECASE,
)
# SAP prints a block over each customer's items: "Customer 100234", "Company Code 1000", "Name Ram Traders".
_NUMBERED = re.compile(r"(?:customer|debtor|account|kunde|debitor)\s+(\d{4,}\w*)", re.IGNORECASE)
_CALLED = re.compile(r"name\s+(.+)", re.IGNORECASE)
EVERYBODY = re.compile(r"all\b.*|(?:sundry |trade )?debtors|.*\breceivables?", re.IGNORECASE)
"""A name for all customers, and of none."""
_TO = re.compile(r"to\b[ :,]*", re.IGNORECASE)
# What every day, page and "continued" has in it: most names have none of it, and are looked at no further.
_SUSPECT = re.compile(
    r"\d[-/.]\d|\d(?:st|nd|rd|th)?[-/. ]*[^\W\d_]{3,10}[-/., ']*\d|\d(?:st|nd|rd|th)?,? \d|page|cont", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\(|being\b|printed|period\b|from\b|e\.? ?& ?o|authori[sz]ed|for [A-Z]|thank|generated|\d+$|.*@.*\.", re.IGNORECASE
)


class Said(NamedTuple):
    """What title lines state; days as they write them, '' or None where they do not."""

    as_of: str = ""
    period: tuple[str, str] | None = None
    currency: str = ""


def line(row: Sequence[Cell]) -> str:
    """The cells of a row as one line of text, days in ISO."""
    return " ".join(shown(cell) for cell in row if cell is not None and cell != "")


def shown(cell: Cell) -> str:
    """A cell as a person reads it."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**15:
        return str(int(cell))
    return "" if cell is None else " ".join(str(cell).split())


def said(lines: Iterable[str]) -> Said:
    """The as-of day, the period and the currency in title lines; the first of each stands."""
    as_of, period, currency = "", None, ""
    for text in lines:
        if not period and (found := _PERIOD.search(text)):
            period = (found[1], found[2])
        elif not as_of and (found := _AS_OF.search(text)):
            as_of = found[1]
        currency = currency or currencies.stated_in(text)
    return Said(as_of or (period[1] if period else ""), period, currency)


def day(text: str, order: str) -> str:
    """ISO day of a day in a title, '' when it has none or could be two and `order` does not say."""
    found = dayforms.form(text.replace("'", " ")) if text else ""
    if isinstance(found, dayforms.Pair) and not order and max(found.first, found.second) <= 12:
        return ""
    return dayforms.settle(found, order) or ""


def who(text: str) -> tuple[str, str]:
    """Number and name of the party a line names ("Party: Mehta Hardware (M-104)"); the number '' where it has none."""
    plain = " ".join(text.split())
    if found := _WHO.fullmatch(plain):
        plain = found[1].strip()
        if found := _BOTH.fullmatch(plain):
            return found[1], found[2]
    if (found := _BEHIND.fullmatch(plain)) and not (found[2].isdigit() and len(found[2]) < 3):
        return found[2], found[1].strip(" -")
    if found := _BEFORE.fullmatch(plain):
        return found[1], found[2].strip()
    return "", plain


def labelled(lines: Iterable[str]) -> tuple[str, str] | None:
    """Number and name of the party that lines name by a word such as `Ledger:`; None where none does."""
    kept = [
        text for line in lines if _WHO.fullmatch(text := bare(line)) or _NUMBERED.fullmatch(text) or _CALLED.match(text)
    ]
    found = named(kept)
    return None if found and EVERYBODY.fullmatch(found[1]) else found


def named(lines: Iterable[str]) -> tuple[str, str] | None:
    """Number and name of the party that lines name by a word, a number or a heading; None where none does."""
    kept = [plain for text in lines if (plain := bare(text))]
    number = name = ""
    for text in kept:
        code, words = who(text)
        if not code and words == text:
            if found := _NUMBERED.fullmatch(text):
                number = number or found[1]
            elif number and not name and (found := _CALLED.fullmatch(text)):
                name = found[1]
            continue
        if not code and re.fullmatch(_CODE, words):
            number = number or words
        else:
            number, name = number or code, name or words
    if number or name:
        return number, name
    for above, heading, below in zip(["", *kept], kept, [*kept[1:], ""], strict=False):
        if _HEADING.fullmatch(heading):
            # Tally prints the party over the words "Ledger Account" and its address below them.
            tally = heading.lower().startswith("ledger a") and above not in {"", kept[0]}
            party = above if tally else below
            if party := _TO.sub("", party):
                return "", party
    return None


def fallback(lines: Sequence[str], sheet: str) -> tuple[str, str]:
    """Whose a sheet is where no line says it: the sheet's own name, else the first line."""
    number, name = who(sheet)
    return ("", lines[0]) if lines and not number and _PLAIN_TAB.fullmatch(name) else (number, name)


def last_party(lines: Iterable[str]) -> tuple[str, str] | None:
    """The last of the lines that can be a name: not a page, a period, a day or a remark in parentheses."""
    kept = [plain for text in lines if (plain := bare(text)) and not _NO_NAME.match(plain)]
    return who(kept[-1]) if kept else None


def bare(text: str) -> str:
    """A line without the period, the page and the word "continued" in it."""
    if not _SUSPECT.search(text):
        return text.strip(" -,:")
    return " ".join(_AROUND.sub(" ", _AS_OF.sub(" ", _PERIOD.sub(" ", text))).split()).strip(" -,:")
