"""A file from outside, opened: its sheets, and the cells that are asked for.

Text files are read here; workbooks by a process of their own (see `child`), which keeps them until close(), so that
nothing is parsed twice.
"""

import gc
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from collect.errors import DiskTrouble, InputRefused, NotFound, WrongUsage
from collect.files import limits
from collect.files.cells import Cell, Findings, SheetInfo
from collect.files.delimited import TextShelf
from collect.files.process import RemoteShelf
from collect.files.sniff import sniff

__all__ = ["Cell", "Findings", "SheetInfo", "Source", "open_source"]

# What `--type` may say, and what the bytes must then look like.
TYPES = {
    "csv": ("text",),
    "tsv": ("text",),
    "xlsx": ("zip", "ole"),
    "xlsm": ("zip", "ole"),
    "xlsb": ("zip", "ole"),
    "ods": ("zip",),
    "xls": ("ole", "html", "xml2003", "zip"),
    "html": ("html",),
}


class Source:
    """One opened file; use it in a `with`. Rows and columns are positions in the file's own grid, from 0.

    It is read when something in it is first asked for, so a file whose `digest` is known costs no reading; what is
    wrong inside it raises InputRefused then.
    """

    def __init__(self, name: str, kind: str, content: bytes) -> None:
        """Take the bytes of a file that was sniffed as `kind`; for text, `tsv` insists on tabs."""
        self.name = name
        self.digest = hashlib.sha256(content).hexdigest()
        """SHA-256 of the bytes, in hexadecimal."""
        self._sniffed = kind
        self._content = content

    def __enter__(self) -> Self:
        """Enter the `with`."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file; the process that keeps a workbook ends."""
        if "_shelf" in self.__dict__:
            self._shelf.close()

    @property
    def kind(self) -> str:
        """What the file is: xlsx, xlsm, xlsb, ods, xls, html, xml2003, csv or tsv."""
        return self._shelf.kind

    @property
    def sheets(self) -> tuple[SheetInfo, ...]:
        """All sheets in their order, hidden ones too."""
        return tuple(self._shelf.sheets)

    @property
    def warnings(self) -> list[str]:
        """What was decided about the file that its owner should know."""
        return self._shelf.warnings

    @cached_property
    def _shelf(self) -> TextShelf | RemoteShelf:
        content, self._content = self._content, b""
        if self._sniffed in ("text", "tsv"):
            return TextShelf(content, self._sniffed, self._again if Path(self.name).is_file() else None)
        return RemoteShelf(self._sniffed, content)

    def _again(self) -> bytes:
        """The content once more; InputRefused where it is another by now."""
        content = _load(self.name)
        if hashlib.sha256(content).hexdigest() != self.digest:
            raise InputRefused(f"the file was changed while it was read: {self.name}", "run it again")
        return content

    def top(self, sheet: str, rows: int = 60) -> list[list[Cell]]:
        """The first rows, each as wide as the sheet."""
        return list(self._shelf.rows(sheet, range(rows)).values())

    def columns(self, sheet: str, indexes: Sequence[int], first_row: int) -> list[list[Cell]]:
        """The asked columns, whole from `first_row` to the last row of the sheet, as parallel lists.

        A number that is not finite in one of them raises InputRefused.
        """
        found: list[list[Cell]] = [[] for _ in indexes]
        with _no_collector():
            for parts in self._shelf.column_parts(sheet, indexes, first_row):
                for column, part in zip(found, parts, strict=True):
                    column.extend(part)
        return found

    def rows(self, sheet: str, numbers: Iterable[int]) -> dict[int, list[Cell]]:
        """Whole rows by number, each as wide as the sheet; a number beyond the sheet is left out."""
        return self._shelf.rows(sheet, list(numbers))

    def findings(self, sheet: str) -> Findings:
        """What the values do not say: errors, hidden rows, merged cells, signs."""
        return self._shelf.findings(sheet)


def open_source(path: str, *, type: str | None = None) -> Source:  # noqa: A002 - the option is called --type
    """Open a file by what its bytes say; `-` is stdin and needs a `type` (a key of TYPES).

    Raises NotFound, DiskTrouble where it may not be read, WrongUsage for a type there is not, and InputRefused for
    what is no sheet or is too large; the source raises InputRefused when it is read and turns out to be damaged, to
    have a password, or to take too long.
    """
    if type is not None and type not in TYPES:
        raise WrongUsage(f"no such type of file: {type}", f"use one of {', '.join(TYPES)}")
    if path == "-" and type is None:
        raise WrongUsage("the type of what comes on stdin is not known", "say --type csv, xlsx, xls or another")
    content = _load(path)
    kind = sniff(content)
    if type is not None and kind not in TYPES[type]:
        raise InputRefused(f"this is no {type} file: {path}", "leave --type out, or name another")
    if kind in ("zip", "ole") and len(content) > limits.WORKBOOK_BYTES:
        raise _too_large(limits.WORKBOOK_BYTES)
    return Source(path, "tsv" if type == "tsv" else kind, content)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Python's search for circles held back: a million new cells have none, and it takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _load(path: str) -> bytes:
    try:
        if path == "-":
            content = sys.stdin.buffer.read(limits.TEXT_BYTES + 1)
        else:
            with open(path, "rb") as file:  # noqa: PTH123 - /dev/fd/63 and the like are paths too
                content = file.read(limits.TEXT_BYTES + 1)
    except FileNotFoundError as error:
        raise NotFound(f"no such file: {path}", "check the name and the folder") from error
    except IsADirectoryError as error:
        raise NotFound(f"this is a folder, not a file: {path}", "name the file in it") from error
    except PermissionError as error:
        raise DiskTrouble(f"no permission to read: {path}", "close it in Excel, or ask its owner") from error
    except (OSError, ValueError) as error:
        raise DiskTrouble(f"the file cannot be read: {path}", "check the disk and the name") from error
    if len(content) > limits.TEXT_BYTES:
        raise _too_large(limits.TEXT_BYTES)
    return content


def _too_large(most: int) -> InputRefused:
    return InputRefused(f"the file is larger than {most // limits.MEGABYTE} MB", "export it in several files")
