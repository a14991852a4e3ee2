"""A file from outside, opened: its sheets, and the cells that are asked for.

Text files are read here; workbooks by a process of their own (see `child`), which keeps them until close(), so that
nothing is parsed twice.
"""

import gc
import hashlib
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from collect.errors import DiskTrouble, InputRefused, NotFound, WrongUsage
from collect.files import limits
from collect.files.cells import Cell, Findings, SheetInfo, Shelf
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
    """One opened file; use it in a `with`. Rows and columns are positions in the file's own grid, from 0."""

    def __init__(self, name: str, digest: str, shelf: TextShelf | RemoteShelf) -> None:
        """Take what open_source() found: `digest` is the SHA-256 of the bytes in hexadecimal."""
        self.name = name
        self.digest = digest
        self.kind = shelf.kind
        self.sheets: tuple[SheetInfo, ...] = tuple(shelf.sheets)
        self.warnings: list[str] = shelf.warnings
        self._shelf: Shelf = shelf

    def __enter__(self) -> Self:
        """Enter the `with`."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file; the process that keeps a workbook ends."""
        self._shelf.close()

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

    Raises NotFound, DiskTrouble where it may not be read, WrongUsage for a type there is not, and InputRefused with
    the reason when it is no sheet, is damaged, too large, takes too long, or has a password.
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
    digest = hashlib.sha256(content).hexdigest()
    shelf = TextShelf(content, type or "") if kind == "text" else RemoteShelf(kind, content)
    return Source(path, digest, shelf)


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
