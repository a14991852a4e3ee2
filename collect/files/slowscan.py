"""The findings of a sheet whose XML is laid out unusually: read element by element, slower and for any layout."""

from collections.abc import Iterator, Mapping
from typing import Any

from collect.files import xmlparts
from collect.files.cells import Found
from collect.files.numberformat import SignFormat
from collect.files.sheetscan import Unusual, box, check_size, column_number, note_sign
from collect.files.xmlparts import Attributes, local

_TRUE = ("1", "true")


class SlowScan:
    """Findings of one sheet of a workbook (SpreadsheetML 2006) in any layout XML allows."""

    def __init__(self, name: str, signs: Mapping[int, SignFormat], stale_zeros: bool) -> None:
        """As for SheetScan."""
        self.name = name
        self.found = Found()
        self.last_row = 0
        self.last_column = 0
        self._signs = signs
        self._stale_zeros = stale_zeros
        self._row = self._column = -1
        self._cell: Attributes = {}
        self._text: list[str] | None = None
        self._value = ""
        self._formula = self._saved = False
        self._formulas = 0
        self._zeros: set[tuple[int, int]] = set()
        self._parser: Any = xmlparts.parser(self._start)

    def read(self, bites: Iterator[bytes]) -> bytes:
        """Scan the whole part and hand it back; raises InputRefused for bad XML or coordinates."""
        kept = []
        for bite in bites:
            xmlparts.feed(self._parser, bite)
            kept.append(bite)
        xmlparts.feed(self._parser, b"", final=True)
        if self._stale_zeros and len(self._zeros) == self._formulas:
            self.found.uncalculated |= self._zeros
        return b"".join(kept)

    def _start(self, name: str, attributes: Attributes) -> None:
        kind = local(name)
        if kind == "c":
            self._start_cell(attributes)
        elif kind == "row":
            self._start_row(attributes)
        elif kind == "f":
            self._formula = True
            self._listen(True)
        elif kind == "v":
            self._text = []
        elif kind == "col" and (attributes.get("hidden") in _TRUE or attributes.get("width") == "0"):
            first, last = _whole(attributes.get("min", "1")), _whole(attributes.get("max", "1"))
            check_size(self.name, 1, last)
            self.found.hidden_columns.update(range(first - 1, last))
        elif kind == "mergeCell":
            try:
                self.found.merged.append(box(attributes.get("ref", "")))
            except Unusual:
                return

    def _start_row(self, attributes: Attributes) -> None:
        self._row = _whole(attributes["r"]) - 1 if "r" in attributes else self._row + 1
        self._column = -1
        if attributes.get("hidden") in _TRUE:
            self.found.hidden_rows.add(self._row)
        self._measure()

    def _start_cell(self, attributes: Attributes) -> None:
        ref = attributes.get("r")
        if ref is None:
            self._column += 1
        else:
            digits = ref.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            self._row, self._column = _whole(digits) - 1, column_number(ref[: len(ref) - len(digits)][:6])
        self._cell, self._value, self._formula, self._saved = attributes, "", False, False
        self._measure()
        if self._signs or attributes.get("t") == "e":
            self._listen(True)

    def _measure(self) -> None:
        if self._row >= self.last_row or self._column >= self.last_column:
            self.last_row = max(self.last_row, self._row + 1)
            self.last_column = max(self.last_column, self._column + 1)
            check_size(self.name, self.last_row, self.last_column)

    def _listen(self, wanted: bool) -> None:
        """Hear texts and ends of elements only inside the cells where they matter: they are most of the work."""
        self._parser.EndElementHandler = self._end if wanted else None
        self._parser.CharacterDataHandler = self._characters if wanted else None

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "v" and self._text is not None:
            self._value, self._text, self._saved = "".join(self._text), None, True
        elif kind == "c":
            self._end_cell()
            self._listen(False)

    def _end_cell(self) -> None:
        place, kind = (self._row, self._column), self._cell.get("t", "n")
        if kind == "e":
            self.found.errors[place] = self._value
        if self._formula:
            self._formulas += 1
            if not self._value and not (kind == "str" and self._saved):
                self.found.uncalculated.add(place)
            elif self._value == "0":
                self._zeros.add(place)
        style = self._cell.get("s", "")
        form = self._signs.get(int(style)) if style.isdecimal() else None
        if form is not None and kind == "n" and self._value:
            note_sign(self.found, self._row, self._column, form, self._value)


def _whole(text: str) -> int:
    """A row or column number; what is none becomes 0, what is too long a number beyond any sheet."""
    return int(text[:12]) if text.isascii() and text.isdecimal() else 0
