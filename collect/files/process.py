"""The other side of `child`: starts the process that reads a workbook, asks it, and ends it when it is too slow."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from typing import Any

from collect.errors import InputRefused
from collect.files import limits
from collect.files.cells import Cell, Findings, SheetInfo
from collect.files.frames import receive, send
from collect.files.grid import unpack
from collect.files.sharing import Shared

_SAVE_AGAIN = "open it in Excel or LibreOffice and save it again as .xlsx"


class RemoteShelf:
    """The sheets of one workbook, read and kept by a process of their own until close()."""

    def __init__(self, kind: str, content: bytes) -> None:
        """Have `content`, sniffed as `kind`, read; raises InputRefused with the reason where that fails."""
        self._allowed = limits.seconds(len(content))
        self._late = False
        # -P: the folder a user happens to stand in must not shadow a module.
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "collect.files.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            # One pool of memory for all threads: glibc would keep one for each, and return none of it.
            env={**os.environ, "MALLOC_ARENA_MAX": "1"},
        )
        try:
            opened = next(self._talk((kind, len(content), self._allowed), content))
        except BaseException:
            self.close()
            raise
        self.kind: str = opened[0]
        self.sheets = [SheetInfo(*fields) for fields in opened[1]]
        self.warnings: list[str] = list(opened[2])

    def column_parts(self, sheet: str, indexes: Sequence[int], first_row: int) -> Iterator[list[list[Cell]]]:
        """The asked columns from `first_row` on, some rows at a time."""
        shared = [Shared() for _ in indexes]
        for part in self._talk(("columns", sheet, list(indexes), first_row)):
            if part is not None:
                yield list(map(unpack, part, shared))

    def rows(self, sheet: str, numbers: Sequence[int]) -> dict[int, list[Cell]]:
        """Whole rows by number; a number outside the sheet is left out."""
        found = next(self._talk(("rows", sheet, list(numbers))))
        return {number: unpack(cells, Shared()) for number, cells in found.items()}

    def findings(self, sheet: str) -> Findings:
        """What the values do not say."""
        return Findings(*next(self._talk(("findings", sheet))))

    def close(self) -> None:
        """End the process; the cells are gone with it."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._process.wait()

    def _talk(self, request: tuple[Any, ...], content: bytes = b"") -> Iterator[Any]:
        """Send a request and yield the parts and the value of its answer; InputRefused when there is none in time."""
        into, out = self._process.stdin, self._process.stdout
        assert into is not None
        assert out is not None
        watch = threading.Timer(self._allowed, self._expire)
        watch.daemon = True
        watch.start()
        try:
            send(into, request)
            into.write(content)
            into.flush()
            while True:
                answer = receive(out)
                if not answer:
                    raise self._died()
                if answer[0] == "refused":
                    raise InputRefused(answer[1], answer[2])
                yield answer[1]
                if answer[0] == "value":
                    return
        except (BrokenPipeError, ValueError, EOFError) as error:
            raise self._died() from error
        finally:
            watch.cancel()

    def _expire(self) -> None:
        self._late = True
        self._process.kill()

    def _died(self) -> InputRefused:
        """Why there is no answer, by how the process ended."""
        try:
            code = self._process.wait(1)
        except subprocess.TimeoutExpired:
            code = 0
        if self._late or (sys.platform != "win32" and code == -_SIGXCPU):
            return InputRefused(f"reading the file took more than {self._allowed:.0f} seconds", _SAVE_AGAIN)
        if code == limits.OUT_OF_MEMORY:
            return InputRefused("the file needs too much memory", "save the sheet as csv, or in several files")
        return InputRefused("the file is damaged: the reader gave up on it", _SAVE_AGAIN)


_SIGXCPU = 24
