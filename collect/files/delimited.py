"""Text files: csv, tsv and their kin. Delimiter and encoding are found, not asked; every cell is a text.

The cells are not kept: the text is parsed again for what is asked, which costs less than to keep what is not.
Row numbers are those of the records, which are the lines unless a quoted text runs over several.
"""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TextIO

from collect.errors import InputRefused
from collect.files import limits, textform
from collect.files.cells import Cell, Findings, SheetInfo
from collect.files.limits import MEGABYTE
from collect.files.sharing import Shared

_BLOCK_ROWS = 512
"""Few enough for the processor's cache: with thousands, parsing takes twice as long."""
_KEPT_BYTES = 24 * MEGABYTE
"""A longer text is let go of once its columns are read; whole rows, asked for seldom, are read from the file again."""
_BITE = 1 << 16
"""Bytes that are cut at a time where rows need no parser."""
# Text that our own export, or a careful one, protects from being read as a formula: '=x, or ="00123".
_GUARDED = re.compile(rb"'(?:[=+\-@\t\r\n]|\xef\xbc[\x9d\x8b\x8d\xa0])|=\"")
_LEADS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
NAME = "csv"


class TextShelf:
    """The one sheet of a text file, called csv."""

    def __init__(self, content: bytes, kind: str = "", again: Callable[[], bytes] | None = None) -> None:
        """Look through the text; `kind` tsv insists on tabs, `again` gives the same content once more.

        Raises InputRefused with the line that is wrong.
        """
        self._content = content
        self._again = again
        self._encoding = textform.encoding_of(content)
        textform.refuse_zeros(content, self._encoding)
        stated = textform.stated_delimiter(self._open().readline(200))
        self._skip = bool(stated)
        if not stated and kind != "tsv":
            textform.refuse_fixed(content, self._encoding)
        self._delimiter = "\t" if kind == "tsv" else stated or textform.delimiter_of(content, self._encoding)
        self._guarded = (b"'" in content or b'="' in content) and bool(_GUARDED.search(content))
        self._strict = True
        self._even = False
        """Whether every row is a line, as wide as the others and without quotes: cut at the delimiter, not parsed."""
        self.kind = "tsv" if self._delimiter == "\t" else "csv"
        self.warnings: list[str] = []
        if self._encoding == "cp1252":
            self.warnings.append("the file is not UTF-8; it was read as Windows-1252")
        rows, columns = self._counted() or self._measured()
        if columns > limits.COLUMNS:
            raise InputRefused(f"the file has too many columns: {columns:,}", "export only the columns needed")
        self.sheets = [SheetInfo(NAME, True, rows, columns)]

    def column_parts(self, _sheet: str, indexes: Sequence[int], first_row: int) -> Iterator[list[list[Cell]]]:
        """The asked columns from `first_row` on, some rows at a time."""
        shared = [Shared() for _ in indexes]
        for at, count, columns in self._cut() if self._even else self._turned():
            if at + count <= first_row:
                continue
            start = max(first_row - at, 0)
            yield [
                self._tidy(columns[index][start:], known) if index < len(columns) else [None] * (count - start)
                for index, known in zip(indexes, shared, strict=True)
            ]
        if self._again and len(self._content) > _KEPT_BYTES:
            self._content = b""

    def rows(self, _sheet: str, numbers: Sequence[int]) -> dict[int, list[Cell]]:
        """Whole rows by number; a number outside the sheet is left out."""
        wanted = sorted(set(numbers))
        found: dict[int, list[Cell]] = {}
        for at, rows in self._blocks():
            for number in wanted:
                if at <= number < at + len(rows):
                    cells = rows[number - at]
                    found[number] = self._tidy(cells + [""] * (self.sheets[0].columns - len(cells)), Shared())
            if wanted and wanted[-1] < at + len(rows):
                break
        return found

    def findings(self, _sheet: str) -> Findings:
        """Nothing: a text says all it has to say."""
        return Findings()

    def close(self) -> None:
        """Let go of the text."""
        self._content, self._again = b"", None

    def _whole(self) -> bytes:
        if not self._content and self._again:
            self._content = self._again()
        return self._content

    def _open(self) -> TextIO:
        return io.TextIOWrapper(io.BytesIO(self._whole()), encoding=self._encoding, newline="")

    def _tidy(self, values: Sequence[str], shared: Shared) -> list[Cell]:
        texts: list[Cell] = shared.of(list(map(unguarded, values)) if self._guarded else values)
        return [text or None for text in texts] if "" in values else texts

    def _turned(self) -> Iterator[tuple[int, int, list[Sequence[str]]]]:
        """Blocks of rows column by column: the number of the first row, how many there are, and their texts."""
        for at, rows in self._blocks():
            yield at, len(rows), list(itertools.zip_longest(*rows, fillvalue=""))

    def _cut(self) -> Iterator[tuple[int, int, list[Sequence[str]]]]:
        """The same of rows that are even: twice as quick as to parse them."""
        at, width = 0, self.sheets[0].columns
        for bite in self._bites():
            text = bite.decode(self._encoding if at == 0 else self._encoding.removesuffix("-sig"))
            cells = text.replace("\r\n", "\n").replace("\n", self._delimiter).split(self._delimiter)
            count = len(cells) // width
            yield at, count, [cells[column : count * width : width] for column in range(width)]
            at += count

    def _bites(self) -> Iterator[bytes]:
        """The content some whole lines at a time."""
        content, start = self._whole(), 0
        while start < len(content):
            end = content.find(b"\n", start + _BITE) + 1 or len(content)
            yield content[start:end]
            start = end

    def _blocks(self) -> Iterator[tuple[int, list[list[str]]]]:
        """Rows some thousand at a time, with the number of the first; a quote that swallowed rows raises."""
        text = self._open()
        at = line = 0
        if self._skip:
            text.readline()
            yield 0, [[]]
            at = line = 1
        reader = csv.reader(text, delimiter=self._delimiter, strict=self._strict)
        try:
            while rows := list(itertools.islice(reader, _BLOCK_ROWS)):
                if reader.line_num + self._skip - line != len(rows):
                    self._refuse_swallowed(rows, line)
                yield at, rows
                at += len(rows)
                line = reader.line_num + self._skip
        except csv.Error as error:
            if "field limit" in str(error):
                most = f"{csv.field_size_limit():,}"
                message = f"a cell of more than {most} characters: before line {reader.line_num + self._skip:,}"
                raise InputRefused(message, "look for a quote that is never closed") from error
            raise

    def _counted(self) -> tuple[int, int] | None:
        """Rows and columns by counting bytes, where there is no quote and every row is as wide as the first."""
        content, delimiter = self._content, self._delimiter.encode()
        if b'"' in content or not self._encoding.startswith(("utf-8", "cp1252")) or self._skip:
            return None
        if content.count(b"\r") != content.count(b"\r\n"):
            return None
        rows, between = 0, content[: content.find(b"\n") + 1 or None].count(delimiter)
        for bite in self._bites():
            lines = bite.removesuffix(b"\n").split(b"\n")
            widths = set(map(bytes.count, lines, itertools.repeat(delimiter)))
            if widths != {between} or not between or max(map(len, lines)) > csv.field_size_limit():
                return None
            rows += len(lines)
        self._even = True
        return rows, between + 1

    def _measured(self) -> tuple[int, int]:
        """Rows and columns by parsing; finds quotes that were never closed, or do not stand where they should."""
        try:
            return self._extent()
        except csv.Error as error:
            self._strict = False
            extent = self._extent()
            if "end of data" in str(error):
                raise _unclosed(self._last_line()) from error
            self.warnings.append("quotes inside a text were kept as they stand")
            return extent

    def _extent(self) -> tuple[int, int]:
        count = width = 0
        for at, rows in self._blocks():
            count = at + len(rows)
            width = max(width, *map(len, rows))
        return count, width

    def _last_line(self) -> int:
        """The line on which the last row begins."""
        lines = list(self._open())
        last: list[str] = []
        for _, rows in self._blocks():
            last = rows[-1]
        return len(lines) - sum(map(_breaks, last)) + lines[-1].endswith(("\n", "\r"))

    def _refuse_swallowed(self, rows: list[list[str]], line: int) -> None:
        """Refuse a text over several lines that holds as many delimiters as a row: rows a quote swallowed."""
        width = Counter(map(len, rows)).most_common(1)[0][0]
        for row in rows:
            line += 1
            for cell in row:
                breaks = _breaks(cell)
                many = cell.count(self._delimiter) >= max(width - 1, 2)
                if breaks and (many or (not self._strict and '"' in cell)):
                    raise _unclosed(line)
                line += breaks


def unguarded(text: str) -> str:
    """A text without the guard that kept spreadsheets from reading it as a formula."""
    if text[:2] == '="' and text[-1:] == '"' and len(text) > 2:
        return text[2:-1]
    return text[1:] if text[:1] == "'" and text[1:2] and text[1] in _LEADS else text


def _breaks(cell: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", cell))


def _unclosed(line: int) -> InputRefused:
    return InputRefused(
        f"a quote that is never closed: line {line:,}", 'close it, or write a quote inside a text as ""'
    )
