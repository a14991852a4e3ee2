"""Text files: csv, tsv and their kin. Delimiter and encoding are found, not asked; every cell is a text.

Row numbers are those of the records, which are the lines unless a quoted text runs over several.
"""

import codecs
import csv
import io
import itertools
import re
from collections import Counter
from typing import TextIO

from collect.errors import InputRefused
from collect.files import limits
from collect.files.grid import BLOCK_ROWS, Grid
from collect.files.shelf import LocalShelf
from collect.files.sniff import unicode_encoding

_SAMPLE = 1 << 16
# In order of preference where two fit equally: a comma is the one that also stands inside amounts.
_DELIMITERS = "\t;|,"
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*$", re.IGNORECASE)
# Text that our own export, or a careful one, protects from being read as a formula: '=x, or ="00123".
_GUARDED = re.compile(rb"'(?:[=+\-@\t\r\n]|\xef\xbc[\x9d\x8b\x8d\xa0])|=\"")
_LEADS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def read_text(content: bytes, kind: str = "") -> LocalShelf:
    """The one sheet of a text file; `kind` tsv insists on tabs. Raises InputRefused with the line that is wrong."""
    encoding = encoding_of(content)
    _refuse_zeros(content, encoding)
    first = _open(content, encoding).readline(200)
    stated = _SEPARATOR_LINE.match(first.rstrip("\r\n"))
    delimiter = "\t" if kind == "tsv" else stated[1] if stated else delimiter_of(content, encoding)
    shelf = LocalShelf("tsv" if delimiter == "\t" else "csv")
    if encoding == "cp1252":
        shelf.warnings.append("the file is not UTF-8; it was read as Windows-1252")
    grid = Grid("csv", _unguarded if _GUARDED.search(content) else None)
    try:
        _fill(grid, _open(content, encoding), delimiter, skip=bool(stated), strict=True)
    except csv.Error as error:
        grid = Grid("csv", grid.polish)
        _fill(grid, _open(content, encoding), delimiter, skip=bool(stated), strict=False)
        if "end of data" in str(error):
            raise _unclosed(grid.height) from error
        shelf.warnings.append("quotes inside a text were kept as they stand")
    shelf.add(grid)
    return shelf


def encoding_of(content: bytes) -> str:
    """`utf-8`, the encoding a byte order mark tells, or cp1252; raises InputRefused for none of these."""
    if known := unicode_encoding(content):
        return known
    for name in ("utf-8", "cp1252"):
        decoder = codecs.getincrementaldecoder(name)()
        try:
            for at in range(0, len(content), limits.MEGABYTE):
                decoder.decode(content[at : at + limits.MEGABYTE])
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return name
    raise InputRefused("the text is in an unknown encoding", "save it as CSV UTF-8")


def delimiter_of(content: bytes, encoding: str) -> str:
    """The delimiter that cuts most lines of the first 64 KB into most cells of equal number."""
    sample = content[:_SAMPLE].decode(encoding, "ignore").splitlines(keepends=True)
    lines = sample[:-1] if len(content) > _SAMPLE else sample

    def cells(delimiter: str) -> int:
        try:
            widths = Counter(len(row) for row in csv.reader(lines[:200], delimiter=delimiter) if row)
        except csv.Error:
            return 0
        return max((rows * (width - 1) for width, rows in widths.items()), default=0)

    best = max(_DELIMITERS, key=cells)
    return best if cells(best) else ","


def _open(content: bytes, encoding: str) -> TextIO:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _refuse_zeros(content: bytes, encoding: str) -> None:
    wide = encoding.startswith(("utf-16", "utf-32"))
    at = content.decode(encoding, "replace").find("\0") if wide else content.find(0)
    if at >= 0:
        place = "" if wide else f": line {content.count(10, 0, at) + 1:,}"
        raise InputRefused(f"the text holds zero bytes, so it is damaged or no text{place}", "export it again")


def _fill(grid: Grid, text: TextIO, delimiter: str, *, skip: bool, strict: bool) -> None:
    if skip:
        text.readline()
        grid.add([[]])
    reader = csv.reader(text, delimiter=delimiter, strict=strict)
    line = 0
    try:
        while rows := list(itertools.islice(reader, BLOCK_ROWS)):
            if reader.line_num - line != len(rows):
                _refuse_swallowed(rows, line + skip, delimiter, strict=strict)
            grid.add(rows)
            line = reader.line_num
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"a cell of more than {csv.field_size_limit():,} characters: before line {reader.line_num + skip}"
            raise InputRefused(message, "look for a quote that is never closed") from error
        raise
    if grid.width > limits.COLUMNS:
        raise InputRefused(f"the file has too many columns: {grid.width:,}", "export only the columns needed")


def _refuse_swallowed(rows: list[list[str]], line: int, delimiter: str, *, strict: bool) -> None:
    """Refuse a text that runs over several lines and holds as many delimiters as a row: rows a quote swallowed."""
    width = Counter(map(len, rows)).most_common(1)[0][0]
    for row in rows:
        line += 1
        for cell in row:
            breaks = len(re.findall(r"\r\n|\r|\n", cell))
            if breaks and (cell.count(delimiter) >= max(width - 1, 2) or (not strict and '"' in cell)):
                raise _unclosed(line)
            line += breaks


def _unclosed(line: int) -> InputRefused:
    return InputRefused(
        f"a quote that is never closed: line {line:,}", 'close it, or write a quote inside a text as ""'
    )


def _unguarded(text: str) -> str:
    """A text without the guard that kept spreadsheets from reading it as a formula."""
    if text[:2] == '="' and text[-1:] == '"' and len(text) > 2:
        return text[2:-1]
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _LEADS else text
