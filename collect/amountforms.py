"""One amount text taken apart: its sign, its digits and the decimal mark they prove, a currency sign, Dr or Cr."""

import re
from typing import NamedTuple
from unicodedata import digit

from collect import currencies

_DIGITS = re.compile(r"(?:(?<![^\W\d_])[.,])?\d(?:[\d.,' ]*[\d.,])?")
_SPACED = re.compile(r"\d{1,3}(?:[ ']\d{2,3})*[ ']\d{3}(?:[.,]\d*)?")
_TAIL = re.compile(r"(.*?)[\s.]*(?<![a-z])(?:(dr|cr)\.?|\((dr|cr)\.?\))")
_HEAD = re.compile(r"(dr|cr)(?![a-z])\.?\s*(.*)")
_WHOLE = re.compile(r"/[-=]$|(?<=\d)[.,]-+")  # 500/- and 500,-
_UNIT = re.compile(r"k|l|lac|lacs|lakh|lakhs|cr|crore|crores|mn|mio|m|million|thousand|tsd|bn")
_MARKS = str.maketrans("\u2212\u2013\u2014\u2010\u2011\u2019\u2018\u02bc\u00b4`\u066b\u066c", "-----'''''.,")
_NOTHING = frozenset(("-", "--", "nil", "-/-", "- -"))
_LEAST_CREDIT = 1000
"""Nobody writes so many crores: from here on `Cr` is a credit."""


class Shape(NamedTuple):
    """An amount text taken apart; `mark` is the decimal mark it proves, '?' when it could be either."""

    sign: int
    number: str
    mark: str
    symbol: str
    drcr: int
    problem: str
    crore: bool = False
    """Whether the `Cr` behind it could be a crore."""


def _bad(problem: str) -> Shape:
    return Shape(1, "", "", "", 0, problem)


def shape(text: str) -> Shape:
    """The sign, number, currency word and Dr/Cr of one amount text; `problem` says why it is none."""
    rest = " ".join(text.translate(_MARKS).lower().split())
    if not rest.isascii():
        rest = "".join(str(digit(letter, letter)) if letter.isdigit() else letter for letter in rest)
    if rest in _NOTHING:
        return Shape(1, "0", "", "", 0, "")
    if len(rest) > 60:
        return _bad("a text, not an amount")
    rest, drcr, behind = _side(rest)
    sign = 1
    if rest.startswith("(") and rest.endswith(")"):
        rest, sign = rest[1:-1].strip(), -1
    whole = _WHOLE.search(rest)
    rest = _WHOLE.sub("", rest).strip()
    number = _DIGITS.search(rest)
    if not number:
        return _bad("not an amount")
    around = rest[: number.start()] + " " + rest[number.end() :]
    minus = around.count("-")
    if minus + (sign < 0) > 1 or (drcr < 0 and (minus or sign < 0)):
        return _bad("two signs on one amount")
    symbol = around.replace("-", "", 1).replace("+", "", 1).strip().strip(".").strip()
    if symbol and not currencies.family(symbol):
        return _bad(_no_symbol(symbol))
    read = _number(number[0], -1 if minus else sign, symbol, drcr)
    if whole and read.mark == "?":
        read = read._replace(mark="." if "," in read.number else ",")
    return read._replace(crore=behind and drcr < 0 and _few(read))


def _side(text: str) -> tuple[str, int, bool]:
    """The text without its Dr or Cr, 1 for Dr and -1 for Cr (0 for neither), and whether that stood behind."""
    if found := _TAIL.fullmatch(text):
        return found[1], 1 if "dr" in found.groups() else -1, True
    if found := _HEAD.fullmatch(text):
        return found[2], 1 if found[1] == "dr" else -1, False
    return text, 0, False


def _no_symbol(symbol: str) -> str:
    if symbol == "%":
        return "a percentage, not an amount"
    return "a unit beside the number, not an amount" if _UNIT.fullmatch(symbol) else "not an amount"


def _few(read: Shape) -> bool:
    """Whether it is so small a number that it can count crores; not 0, which is the same in all units."""
    digits = re.split("[.,]", read.number)
    return len(digits) <= 2 and int("".join(digits)) > 0 and int(digits[0] or 0) < _LEAST_CREDIT


def _number(text: str, sign: int, symbol: str, drcr: int) -> Shape:
    """The shape of the digits and marks `text`, by which mark is the decimal one."""
    if " " in text or "'" in text:
        if not _SPACED.fullmatch(text):
            return _bad("not an amount")
        text = text.replace(" ", "").replace("'", "")
    dots, commas = text.count("."), text.count(",")
    if dots and commas:
        mark = "." if text.rindex(".") > text.rindex(",") else ","
    elif not dots and not commas:
        mark = ""
    else:
        one = "." if dots else ","
        whole, _, fraction = text.partition(one)
        if dots + commas > 1:
            mark = "," if dots else "."
        elif len(fraction) == 3 and 0 < len(whole) <= 3 and whole != "0":
            mark = "?"
        else:
            mark = one
    if mark in {".", ","} and not _grouped(text, mark):
        return _bad("not an amount")
    return Shape(sign, text, mark, symbol, drcr, "")


def _grouped(text: str, mark: str) -> bool:
    """Whether the digits before the decimal `mark` are grouped as people do: by thousands, or by lakh and crore."""
    if text.count(mark) > 1:
        return False
    groups = re.split("[.,]", text.partition(mark)[0])
    inner = {len(group) for group in groups[1:-1]}
    known = ({3}, {2}, set()) if mark == "." else ({3}, set())  # lakhs are never grouped with dots
    return len(groups) == 1 or (0 < len(groups[0]) <= 3 and len(groups[-1]) == 3 and inner in known)
