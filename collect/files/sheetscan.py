"""What calamine does not tell, found in a sheet's XML: errors, formulas without a value, hidden rows, signs.

It reads XML as spreadsheet programs write it, by searching bytes; anything else is `Unusual` and goes to `slowscan`.
Every rows piece passes here before the reader sees it: coordinates beyond the limits are refused.
"""

import re
from collections.abc import Mapping

from collect.errors import InputRefused
from collect.files import limits
from collect.files.cells import Found
from collect.files.numberformat import SignFormat

_EXACT_BELOW = limits.MEGABYTE
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*"([^"]*)"')
_TRUE = (b"1", b"true")
_FORMULA = rb"<%(p)sf(?:\s[^>]*)?(?:/>|>[^<]*</%(p)sf>)"


class Unusual(Exception):
    """XML that is no doubt well-formed, but not laid out as the quick scan expects."""


class SheetScan:
    """Findings of one sheet, gathered over pieces of its rows; `prefix` is the namespace prefix with its colon."""

    def __init__(self, name: str, prefix: bytes, signs: Mapping[int, SignFormat], stale_zeros: bool) -> None:
        """`signs` are formats by style number; `stale_zeros`: the writer left 0 where Excel should calculate."""
        self.name = name
        self.found = Found()
        self.last_row = 0
        self.last_column = 0
        self._signs = signs
        self._stale_zeros = stale_zeros
        self._zeros: set[tuple[int, int]] = set()
        self._formulas = 0
        names = {b"p": re.escape(prefix)}
        self.prefix = prefix
        self._row = re.compile(rb'<%(p)srow(?: r="(\d{1,7})"|[\s>/])' % names)
        self._hidden = re.compile(rb'<%(p)srow r="(\d+)"[^>]* hidden="(?:1|true)"' % names)
        self._cell = rb'<%sc(?: r="([A-Z]{1,3})\d{1,%%d}"|[\s>/])' % names[b"p"]
        self._other_cell = rb'<%sc(?! r="[%%s]\d{1,%%d}"|[a-z])' % names[b"p"]
        self._exact = re.compile(rb'<%(p)sc r="([A-Z]{1,3})(\d{1,7})"' % names)
        self._error = re.compile(
            (rb'<%(p)sc r="([A-Z]+)(\d+)"[^>]* t="e"[^>]*>(?:' + _FORMULA + rb")?<%(p)sv>([^<]*)</%(p)sv>") % names
        )
        self._valueless = re.compile((_FORMULA + rb"(<%(p)sv></%(p)sv>|<%(p)sv ?/>)?</%(p)sc>") % names)
        self._zero = re.compile((_FORMULA + rb"<%(p)sv>0</%(p)sv></%(p)sc>") % names)
        self._signed = self._signed_pattern(names)

    def head(self, xml: bytes) -> None:
        """What stands before the rows: hidden columns."""
        for tag in re.findall(rb"<%scol\s[^>]*>" % re.escape(self.prefix), xml):
            values = dict(_ATTRIBUTE.findall(tag))
            if values.get(b"hidden") in _TRUE or values.get(b"width") == b"0":
                first, last = int(values.get(b"min", b"1")), int(values.get(b"max", b"1"))
                self.found.hidden_columns.update(range(first - 1, min(last, limits.COLUMNS)))

    def rows(self, xml: bytes, start: int = 0) -> None:
        """A piece of whole rows, from `start` on; raises Unusual, or InputRefused for coordinates no sheet has."""
        if xml.find(0, start) >= 0 or (xml.find(b"!", start) >= 0 and xml.find(b"<!", start) >= 0):
            raise Unusual
        if xml.find(b"'", start) >= 0 and xml.find(b"='", start) >= 0:
            raise Unusual
        self._coordinates(xml)
        if b' t="e"' in xml:
            self._errors_in(xml)
        if b"<%sf" % self.prefix in xml:
            self._formulas_in(xml)
        if b' hidden="' in xml:
            self.found.hidden_rows.update(int(row) - 1 for row in self._hidden.findall(xml))
        if self._signed is not None:
            self._signs_in(xml)

    def tail(self, xml: bytes) -> None:
        """What stands after the rows: merged cells."""
        if b"<!" in xml:
            raise Unusual
        for ref in re.findall(rb'<%smergeCell\s[^>]*?ref="([^"]*)"' % re.escape(self.prefix), xml):
            self.found.merged.append(box(ref))
        if self._stale_zeros and len(self._zeros) == self._formulas:
            self.found.uncalculated |= self._zeros

    def _coordinates(self, xml: bytes) -> None:
        numbers = self._row.findall(xml)
        if b"" in numbers:
            raise Unusual
        rows = list(map(int, numbers))
        if rows and (rows[0] <= self.last_row or any(map(int.__ge__, rows, rows[1:]))):
            raise Unusual
        last = rows[-1] if rows else self.last_row
        if len(xml) < _EXACT_BELOW:
            refs = self._exact.findall(xml)
            last = max([last, *(int(row) for _, row in refs)])
        digits = min(len(str(last)), 7)
        if not (0 < self.last_column <= 26 and self._no_further(xml, digits)):
            letters = set(re.findall(self._cell % digits, xml))
            if b"" in letters:
                raise Unusual
            self.last_column = max([self.last_column, *(column_number(each) + 1 for each in letters)])
        self.last_row = last
        check_size(self.name, self.last_row, self.last_column)

    def _no_further(self, xml: bytes, digits: int) -> bool:
        """Whether no cell lies beyond the columns known: twice as quick as to list them all."""
        last = b"A-%c" % (64 + self.last_column)
        return re.search(self._other_cell % (last, digits), xml) is None

    def _errors_in(self, xml: bytes) -> None:
        errors = self._error.findall(xml)
        if len(errors) != xml.count(b' t="e"'):
            raise Unusual
        for letters, row, shown in errors:
            self.found.errors[int(row) - 1, column_number(letters)] = shown.decode("utf-8", "replace")

    def _formulas_in(self, xml: bytes) -> None:
        for match in self._valueless.finditer(xml):
            place, tag = self._cell_before(xml, match.start())
            # A formula whose result is an empty text is saved as a text cell with an empty value.
            if match[1] is None or b' t="str"' not in tag:
                self.found.uncalculated.add(place)
        if self._stale_zeros:
            self._formulas += len(re.findall(rb"<%sf[\s>]" % re.escape(self.prefix), xml))
            self._zeros.update(self._cell_before(xml, match.start())[0] for match in self._zero.finditer(xml))

    def _cell_before(self, xml: bytes, at: int) -> tuple[tuple[int, int], bytes]:
        start = xml.rfind(b"<%sc r=" % self.prefix, 0, at)
        match = self._exact.match(xml, start)
        if match is None:
            raise Unusual
        return (int(match[2]) - 1, column_number(match[1])), xml[start:at]

    def _signed_pattern(self, names: dict[bytes, bytes]) -> re.Pattern[bytes] | None:
        if not self._signs:
            return None
        styles = b"|".join(str(style).encode() for style in self._signs)
        cell = rb'<%(p)sc r="([A-Z]+)(\d+)"([^>]*) s="(%(s)s)"([^>]*)>(?:' + _FORMULA + rb")?<%(p)sv>([^<]+)</%(p)sv>"
        return re.compile(cell % {**names, b"s": styles})

    def _signs_in(self, xml: bytes) -> None:
        assert self._signed is not None
        for letters, row, before, style, after, value in self._signed.findall(xml):
            if b' t="' in before + after and b' t="n"' not in before + after:
                continue
            note_sign(self.found, int(row) - 1, column_number(letters), self._signs[int(style)], value)


def note_sign(found: Found, row: int, column: int, form: SignFormat, value: bytes | str) -> None:
    """Keep the sign that `form` shows for a number; what is no number has none."""
    try:
        sign = form.sign(float(value))
    except ValueError:
        return
    if sign:
        found.signs.setdefault(column, {})[row] = sign


def check_size(name: str, rows: int, columns: int) -> None:
    """Refuse a sheet that reaches beyond what spreadsheets have, or beyond what fits into memory."""
    if rows > limits.ROWS or columns > limits.COLUMNS:
        raise InputRefused(
            f"a cell lies outside what a sheet can have: {name}, row {rows:,}, column {columns:,}",
            "open it in Excel or LibreOffice and save it again as .xlsx",
        )
    if rows * columns > limits.CELLS:
        raise InputRefused(
            f"the sheet is too large: {name}, {rows:,} rows x {columns:,} columns",
            "delete the empty rows and columns beyond the table, or save it in several files",
        )


def column_number(letters: bytes | str) -> int:
    """Position of a column by its letters: A is 0, AA is 26."""
    number = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        number = number * 26 + letter - 64
    return number - 1


def box(ref: bytes | str) -> tuple[int, int, int, int]:
    """`B2:C4` as first row, first column, last row, last column; raises Unusual for anything else."""
    text = ref.decode("ascii", "replace") if isinstance(ref, bytes) else ref
    match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?", text)
    if match is None:
        raise Unusual
    column, row = column_number(match[1]), int(match[2]) - 1
    return row, column, int(match[4] or match[2]) - 1, column_number(match[3] or match[1])
