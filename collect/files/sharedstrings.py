"""The shared strings of a workbook: read once, and put where cells refer to them by number."""

import re
from collections.abc import Sequence
from typing import Any

from collect.errors import InputRefused
from collect.files.preflight import SAVE_AGAIN

_TABLE = re.compile(rb"<((?:[A-Za-z_][\w.-]*:)?)sst\b[^>]*>(.*)</\1sst>\s*$", re.DOTALL)
_BELOW_ZERO = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:[\w.-]+:)?v>\s*-""")
_BLANKS = " \t\r\n"
_BETWEEN = "</t></si><si><t>"
_ESCAPED = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


class Texts:
    """All shared strings by number; a reference in a cell is its number after `mark`."""

    def __init__(self, texts: Sequence[str], mark: str) -> None:
        """Take the strings in their order; without a `mark` every text among the cells is a reference."""
        self._texts = texts
        self._mark = mark

    def resolved(self, values: Sequence[Any]) -> Sequence[Any]:
        """Cells of a column with the references replaced; InputRefused for a number there is no string of."""
        kinds = set(map(type, values))
        if str not in kinds:
            return values
        if len(kinds) == 1 and not self._mark and "" not in values:
            try:
                numbers = list(map(int, values))
            except ValueError:
                numbers = [-1]
            if min(numbers) >= 0 and max(numbers) < len(self._texts):
                return list(map(self._texts.__getitem__, numbers))
        known = {value: self._text(value) for value in set(values) if type(value) is str and value}
        return list(map(known.get, values, values))

    def _text(self, value: str) -> str:
        if not value.startswith(self._mark):
            return value
        number = value.removeprefix(self._mark).strip()
        if not number.isdecimal() or int(number) >= len(self._texts):
            raise no_text()
        return self._texts[int(number)]


def plain_texts(xml: bytes) -> list[str] | None:
    """The strings of a table of `<si><t>text</t></si>` and nothing else; None where it holds anything else."""
    if b"&#" in xml or b"_x" in xml or b"\r" in xml or b"<!" in xml:
        return None
    bare = xml.replace(b' xml:space="preserve"', b"")
    start, end = bare.find(b"<si><t>") + 7, bare.rfind(b"</t></si>")
    try:
        texts = bare[start:end].decode().split(_BETWEEN)
    except UnicodeDecodeError:
        return None
    if start < 7 or end < start or bare.count(b"<", start - 7) != 4 * len(texts) + 1:
        return None
    if b"&" in bare:
        texts = [_unescaped(text) if "&" in text else text for text in texts]
    # Where nobody asks for them to be kept, blanks at either end are the XML's, not the text's.
    return [text.strip(_BLANKS) for text in texts] if len(bare) == len(xml) else texts


def as_rows(xml: bytes) -> tuple[bytes, int]:
    """The XML of the strings as rows of a sheet, one a row, and how many; (b"", 0) where it is laid out unusually."""
    match = _TABLE.search(xml)
    if match is None or b"<!" in xml:
        return b"", 0
    prefix = match[1]
    start, end, empty = b"<%ssi>" % prefix, b"</%ssi>" % prefix, b"<%ssi/>" % prefix
    count = xml.count(start) + xml.count(empty)
    if xml.count(b"<%ssi" % prefix) != count or xml.count(end) != xml.count(start):
        return b"", 0
    rows = match[2].replace(empty, start + end)
    return rows.replace(start, b'<row><c t="inlineStr"><is>').replace(end, b"</is></c></row>"), count


def refuse_below_zero(sheet: bytes) -> None:
    """Refuse string number -1, which readers take for another one."""
    if _BELOW_ZERO.search(sheet):
        raise no_text()


def no_text() -> InputRefused:
    """What is said of a reference to a string there is none of."""
    return InputRefused("the workbook is damaged: a cell refers to a text that is not there", SAVE_AGAIN)


def _unescaped(text: str) -> str:
    for escaped, letter in _ESCAPED:
        text = text.replace(escaped, letter)
    return text
