"""A file as a program exports it, made from a story: what it is, what it must give, and its cells, `|` between them.

In a workbook `2026-04-01` becomes a day, `1.50` a number, and `1.50 Dr` a number whose format shows the Dr, as Tally
has it; in a text file or a page every cell stays as it is typed. Pages and XML sheets are called .xls.
"""

import csv
import io
import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

_NUMBER = re.compile(r"(-?\d+\.\d+)(?: (Dr|Cr))?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_SS = "urn:schemas-microsoft-com:office:spreadsheet"
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}


class Export(NamedTuple):
    """A file in one of the forms comma, semicolon, tab, pipe, xlsx, html or xml2003, and what it must give."""

    facts: dict[str, str]
    rows: list[list[str]]

    @property
    def open(self) -> dict[str, str]:
        """What is owed by currency, credits counted in."""
        amounts = (text.split() for text in self.facts["open"].split(", "))
        return {currency: amount for amount, currency in amounts}

    @property
    def due(self) -> dict[str, str]:
        """Due dates by document number."""
        return dict(text.split() for text in self.facts.get("due", "").split(", ") if text)

    @property
    def accounts(self) -> list[str]:
        """The accounts that owe, none where the story does not say."""
        return list(filter(None, self.facts.get("accounts", "").split("; ")))

    def write(self, folder: Path) -> Path:
        """Write the file."""
        form, encoding = self.facts["form"], self.facts.get("encoding", "utf-8")
        path = folder / f"export.{ {'xlsx': 'xlsx', 'html': 'xls', 'xml2003': 'xls'}.get(form, 'csv') }"
        if form == "xlsx":
            _workbook(self.rows, self.facts.get("merged", "").split()).save(path)
            return path
        out = io.StringIO()
        if form in _DELIMITERS:
            csv.writer(out, delimiter=_DELIMITERS[form]).writerows(self.rows)
        else:
            out.write(_page(self.rows) if form == "html" else _sheet(self.rows))
        path.write_bytes(out.getvalue().encode(encoding))
        return path


def read(story: Path) -> Export:
    """An export from its story: a sentence, `fact: value` lines, and the cells, with a blank line between the three."""
    _, facts, cells = story.read_text(encoding="utf-8").split("\n\n", 2)
    rows = [[cell.strip() for cell in line.split("|")] for line in cells.rstrip("\n").splitlines()]
    return Export(dict(line.split(": ", 1) for line in facts.splitlines()), rows)


def _typed(text: str) -> tuple[str | float | datetime, str]:
    """The value of a workbook's cell and its number format."""
    if _ISO.fullmatch(text):
        return datetime.fromisoformat(text), "d-mmm-yy"
    if match := _NUMBER.fullmatch(text):
        return float(match[1]), f'""0.00" {match[2]}"' if match[2] else "General"
    return text, "General"


def _workbook(rows: list[list[str]], merged: list[str]) -> Any:
    import openpyxl

    book = openpyxl.Workbook()
    sheet: Any = book.active
    for at, cells in enumerate(rows, 1):
        for column, text in enumerate(cells, 1):
            if text:
                cell = sheet.cell(at, column)
                cell.value, cell.number_format = _typed(text)
    for area in merged:
        sheet.merge_cells(area)
    return book


def _page(rows: list[list[str]]) -> str:
    lines = ("".join(f"<td>{escape(cell) or '&nbsp;'}</td>" for cell in cells) for cells in rows)
    return f"<html><body><table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table></body></html>"


def _sheet(rows: list[list[str]]) -> str:
    lines = ("".join(_xml(at, text) for at, text in enumerate(cells, 1) if text) for cells in rows)
    body = "".join(f"<Row>{line}</Row>" for line in lines)
    head = f'<?xml version="1.0"?><Workbook xmlns="{_SS}" xmlns:ss="{_SS}">'
    return f'{head}<Worksheet ss:Name="Sheet1"><Table>{body}</Table></Worksheet></Workbook>'


def _xml(at: int, text: str) -> str:
    value, _ = _typed(text)
    kind = {str: "String", float: "Number", datetime: "DateTime"}[type(value)]
    shown = value.isoformat() if isinstance(value, datetime) else escape(str(value))
    return f'<Cell ss:Index="{at}"><Data ss:Type="{kind}">{shown}</Data></Cell>'
