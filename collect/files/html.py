"""An HTML table that a bank or an ERP saved as `.xls`: each table of the page is a sheet of texts."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from collect.errors import InputRefused
from collect.files import limits
from collect.files.cells import Found
from collect.files.grid import Grid
from collect.files.sheetscan import check_size
from collect.files.shelf import LocalShelf
from collect.files.sniff import unicode_encoding

_TAG = re.compile(r"(/?)([a-zA-Z][\w:-]*)([^>]*)>", re.DOTALL)
_SPAN = re.compile(r"\b(colspan|rowspan|span)\s*=\s*[\"']?\s*(\d{1,6})", re.IGNORECASE)
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)", re.IGNORECASE)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_SKIPPED = ("script", "style", "xml", "title")


@dataclass(slots=True)
class _Table:
    """A table while it is being read; `taken` are columns that a cell above reaches into, with the rows left."""

    rows: list[list[str | None]] = field(default_factory=list)
    found: Found = field(default_factory=Found)
    text: list[str] | None = None
    taken: dict[int, int] = field(default_factory=dict)
    column: int = 0
    headed: int = 0

    def start_row(self, hidden: bool) -> None:
        self.end_cell()
        self.rows.append([])
        self.column = 0
        self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        if hidden:
            self.found.hidden_rows.add(len(self.rows) - 1)

    def start_cell(self, across: int, down: int) -> None:
        if not self.rows:
            self.start_row(hidden=False)
        self.end_cell()
        while self.column in self.taken:
            self.column += 1
        row, column = len(self.rows) - 1, self.column
        check_size("the table", row + 1, column + across)
        if across > 1 or down > 1:
            self.found.merged.append((row, column, row + down - 1, column + across - 1))
        if down > 1:
            self.taken.update(dict.fromkeys(range(column, column + across), down))
        cells = self.rows[-1]
        cells.extend([None] * (column + across - len(cells)))
        self.column = column + across
        self.text = []
        self._at = column

    def end_cell(self) -> None:
        if self.text is not None:
            self.rows[-1][self._at] = re.sub(r" *\n *", "\n", "".join(self.text)).strip() or None
            self.text = None

    _at: int = 0


def read_html(content: bytes) -> LocalShelf:
    """Every table that has cells, in the order they begin; raises InputRefused where there is none."""
    shelf = LocalShelf("html")
    encoding = _encoding(content)
    for number, table in enumerate(_tables(content.decode(encoding, "replace")), 1):
        grid = Grid(f"table {number}")
        check_size(grid.name, len(table.rows), max(map(len, table.rows)))
        grid.add(table.rows)
        shelf.add(grid, table.found.done())
    if not shelf.sheets:
        raise InputRefused("this is a web page without a table", "export it as xlsx or csv")
    return shelf


def _encoding(content: bytes) -> str:
    if known := unicode_encoding(content):
        return known
    declared = _CHARSET.search(content[:4096])
    name = declared[1].decode().lower() if declared else ""
    if name in ("windows-1252", "iso-8859-1", "latin1", "us-ascii"):
        return "cp1252"
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _tables(page: str) -> list[_Table]:
    """All tables with a cell in them; one inside another's cell is a table of its own."""
    open_tables: list[_Table] = []
    done: list[_Table] = []
    for closing, name, attributes, text in _tokens(page):
        if name == "table" and not closing:
            open_tables.append(_Table())
            done.append(open_tables[-1])
        elif name == "table" and open_tables:
            open_tables.pop().end_cell()
        if not open_tables:
            continue
        table = open_tables[-1]
        if name != "table":
            _tag(table, closing, name, attributes)
        if table.text is not None and text:
            table.text.append(re.sub(r"\s+", " ", html.unescape(text)))
    for table in open_tables:
        table.end_cell()
    return [table for table in done if any(table.rows)]


def _tag(table: _Table, closing: bool, name: str, attributes: str) -> None:
    if name == "tr" and not closing:
        table.start_row(hidden=bool(_UNSEEN.search(attributes)))
    elif name in ("td", "th"):
        if closing:
            table.end_cell()
            return
        spans = {key.lower(): int(times) for key, times in _SPAN.findall(attributes)}
        across = min(max(spans.get("colspan", 1), 1), limits.COLUMNS)
        table.start_cell(across, min(max(spans.get("rowspan", 1), 1), limits.ROWS))
    elif name == "col" and not closing:
        spans = {key.lower(): int(times) for key, times in _SPAN.findall(attributes)}
        times = min(max(spans.get("span", 1), 1), limits.COLUMNS)
        if _UNSEEN.search(attributes):
            table.found.hidden_columns.update(range(table.headed, table.headed + times))
        table.headed = min(table.headed + times, limits.COLUMNS)
    elif name in ("br", "p", "div") and table.text:
        table.text.append("\n")


def _tokens(page: str) -> Iterator[tuple[bool, str, str, str]]:
    """Tags with the text that follows each: (closing, name, attributes, text); comments and scripts left out."""
    skip = ""
    for piece in page.split("<"):
        if skip:
            if (skip == "-->" and "-->" in piece) or piece[: len(skip)].lower() == skip:
                skip = ""
            continue
        if piece.startswith("!--"):
            skip = "" if "-->" in piece else "-->"
            continue
        match = _TAG.match(piece)
        if match is None:
            continue
        name = match[2].lower()
        if name in _SKIPPED and not match[1] and not match[3].endswith("/"):
            skip = "/" + name
            continue
        yield bool(match[1]), name, match[3], piece[match.end() :]
