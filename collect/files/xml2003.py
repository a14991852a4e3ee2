"""Excel's XML of 2003 (SpreadsheetML), which many programs save as `.xls`."""

from datetime import datetime
from typing import Any

from collect.files import xmlparts
from collect.files.cells import Cell, Found
from collect.files.grid import Grid
from collect.files.numberformat import SignFormat, sign_format
from collect.files.sheetscan import check_size, note_sign
from collect.files.shelf import LocalShelf
from collect.files.xmlparts import Attributes, local


def read_xml(content: bytes) -> LocalShelf:
    """Every worksheet; raises InputRefused for XML that is damaged, or coordinates no sheet has."""
    reader = _Reader()
    xmlparts.feed(reader.parser, content.lstrip(), final=True)
    return reader.shelf


class _Reader:
    """Builds the sheets while the XML goes by."""

    def __init__(self) -> None:
        self.shelf = LocalShelf("xml2003")
        self.parser: Any = xmlparts.parser(self._start, self._end)
        self.parser.CharacterDataHandler = self._characters
        self._formats: dict[str, SignFormat] = {}
        self._style = ""
        self._name = ""
        self._visible = True
        self._rows: list[list[Cell]] = []
        self._width = self._row = self._column = self._headed = 0
        self._found = Found()
        self._cell: Attributes = {}
        self._kind = ""
        self._value: Cell = None
        self._text: list[str] | None = None

    def _start(self, name: str, attributes: Attributes) -> None:
        kind = local(name)
        plain = {local(key): value for key, value in attributes.items()}
        if kind == "Cell":
            self._start_cell(plain)
        elif kind == "Data":
            self._kind, self._text = plain.get("Type", "String"), []
        elif kind == "Row":
            self._start_row(plain)
        elif kind == "Column":
            self._start_column(plain)
        elif kind == "Worksheet":
            self._name, self._visible, self._found = plain.get("Name", "sheet"), True, Found()
            self._rows, self._width, self._row, self._headed = [], 0, -1, 0
        elif kind == "Style":
            self._style = plain.get("ID", "")
        elif kind == "NumberFormat" and (form := sign_format(plain.get("Format", ""))):
            self._formats[self._style] = form
        elif kind == "Visible":
            self._text = []

    def _start_column(self, plain: Attributes) -> None:
        first = _whole(plain, "Index", self._headed + 1) - 1
        self._headed = first + 1 + _whole(plain, "Span", 0)
        check_size(self._name, 1, self._headed)
        if plain.get("Hidden") == "1":
            self._found.hidden_columns.update(range(first, self._headed))

    def _start_row(self, plain: Attributes) -> None:
        self._row = _whole(plain, "Index", self._row + 2) - 1
        self._column = -1
        times = 1 + _whole(plain, "Span", 0)
        check_size(self._name, self._row + times, max(self._width, 1))
        if plain.get("Hidden") == "1":
            self._found.hidden_rows.update(range(self._row, self._row + times))
        self._rows.extend([] for _ in range(self._row + 1 - len(self._rows)))
        self._after = self._row + times - 1

    def _start_cell(self, plain: Attributes) -> None:
        self._column = _whole(plain, "Index", self._column + 2) - 1
        self._cell, self._kind, self._value = plain, "", None
        across, down = _whole(plain, "MergeAcross", 0), _whole(plain, "MergeDown", 0)
        self._width = max(self._width, self._column + across + 1)
        check_size(self._name, self._row + 1, self._width)
        if across or down:
            self._found.merged.append((self._row, self._column, self._row + down, self._column + across))

    def _characters(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _end(self, name: str) -> None:
        kind = local(name)
        if kind == "Data" and self._text is not None:
            self._value, self._text = self._typed("".join(self._text)), None
        elif kind == "Cell":
            self._end_cell()
        elif kind == "Row":
            self._row = self._after
        elif kind == "Visible" and self._text is not None:
            self._visible, self._text = "".join(self._text).strip() not in ("SheetHidden", "SheetVeryHidden"), None
        elif kind == "Worksheet":
            grid = Grid(self._name)
            if self._rows:
                grid.add(self._rows)
            self.shelf.add(grid, self._found.done(), visible=self._visible)

    def _typed(self, text: str) -> Cell:
        if self._kind == "Error":
            self._found.errors[self._row, self._column] = text
            return None
        try:
            if self._kind == "Number":
                return float(text)
            if self._kind == "DateTime":
                moment = datetime.fromisoformat(text)
                return moment.date() if moment == datetime.combine(moment.date(), datetime.min.time()) else moment
        except ValueError:
            return text
        return text.strip() == "1" if self._kind == "Boolean" else text

    def _end_cell(self) -> None:
        value, place = self._value, (self._row, self._column)
        if "Formula" in self._cell and not self._kind:
            self._found.uncalculated.add(place)
        form = self._formats.get(self._cell.get("StyleID", ""))
        if form is not None and isinstance(value, float):
            note_sign(self._found, *place, form, str(value))
        if value is not None and value != "":
            row = self._rows[self._row]
            row.extend([None] * (self._column - len(row)))
            row.append(value)
        self._column += _whole(self._cell, "MergeAcross", 0)

    _after: int = 0


def _whole(plain: Attributes, key: str, otherwise: int) -> int:
    text = plain.get(key, "")
    return int(text[:9]) if text.isascii() and text.isdecimal() else otherwise
