"""OpenDocument spreadsheets: calamine reads the cells, a scan of the XML what it does not tell."""

from collections.abc import Mapping
from typing import Any

from collect.errors import InputRefused
from collect.files import limits, xmlparts
from collect.files.calamine import read_whole
from collect.files.cells import Findings, Found
from collect.files.preflight import Package, refuse_entities
from collect.files.sheetscan import check_size
from collect.files.shelf import LocalShelf
from collect.files.xmlparts import Attributes

_HIDDEN = ("collapse", "filter")
_ROW_MARK = "table:visibility"


def read_ods(package: Package) -> LocalShelf:
    """Every sheet of the document; says so when it has a password."""
    manifest = package.read("META-INF/manifest.xml") if "META-INF/manifest.xml" in package else b""
    if b"encryption-data" in manifest:
        raise InputRefused("this workbook has a password", "open it, remove the password, and save it again")
    if "styles.xml" in package:
        package.read("styles.xml")
    scan = _OdsScan()
    for bite in package.bites("content.xml"):
        refuse_entities(bite)
        xmlparts.feed(scan.parser, bite)
    xmlparts.feed(scan.parser, b"", final=True)
    return read_whole(package.packed, "ods", scan.findings)


class _OdsScan:
    """Findings of all tables of content.xml, with repeated rows and cells counted out."""

    def __init__(self) -> None:
        self.parser: Any = xmlparts.parser(self._start, self._end)
        self.parser.CharacterDataHandler = self._characters
        self._all: dict[str, Found] = {}
        self._name = ""
        self._row = self._next_row = self._column = self._next_column = self._header = 0
        self._error: list[str] | None = None

    def findings(self) -> Mapping[str, Findings]:
        """Findings by the name of the table."""
        return {name: found.done() for name, found in self._all.items()}

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "table:table":
            self._name = attributes.get("table:name", "")
            self._all[self._name] = Found()
            self._row = self._next_row = self._header = 0
        elif not self._name:
            return
        elif name == "table:table-column":
            times = _times(attributes, "table:number-columns-repeated", limits.COLUMNS)
            if attributes.get(_ROW_MARK) in _HIDDEN:
                self._found.hidden_columns.update(range(self._header, self._header + times))
            self._header = min(self._header + times, limits.COLUMNS)
        elif name == "table:table-row":
            times = _times(attributes, "table:number-rows-repeated", limits.ROWS)
            self._row, self._next_row = self._next_row, self._next_row + times
            self._column = self._next_column = 0
            if attributes.get(_ROW_MARK) in _HIDDEN:
                self._found.hidden_rows.update(range(self._row, min(self._next_row, limits.ROWS)))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._start_cell(attributes)

    @property
    def _found(self) -> Found:
        return self._all[self._name]

    def _start_cell(self, attributes: Attributes) -> None:
        times = _times(attributes, "table:number-columns-repeated", limits.COLUMNS)
        self._column, self._next_column = self._next_column, self._next_column + times
        place = (self._row, self._column)
        if attributes.get("office:value-type"):
            check_size(self._name, self._next_row, self._next_column)
        if attributes.get("calcext:value-type") == "error":
            self._error = []
        elif "table:formula" in attributes and "office:value-type" not in attributes:
            self._found.uncalculated.add(place)
        across = _times(attributes, "table:number-columns-spanned", limits.COLUMNS)
        down = _times(attributes, "table:number-rows-spanned", limits.ROWS)
        if across > 1 or down > 1:
            self._found.merged.append((*place, self._row + down - 1, self._column + across - 1))

    def _characters(self, text: str) -> None:
        if self._error is not None:
            self._error.append(text)

    def _end(self, name: str) -> None:
        if name == "table:table-cell" and self._error is not None:
            for column in range(self._column, self._next_column):
                self._found.errors[self._row, column] = "".join(self._error).strip() or "#ERROR!"
            self._error = None
        elif name == "table:table":
            self._name = ""


def _times(attributes: Attributes, key: str, most: int) -> int:
    text = attributes.get(key, "1")
    return max(1, min(int(text[:9]), most)) if text.isascii() and text.isdecimal() else 1
