"""The one way out: results to stdout or a file, talk to stderr; the only module that knows Rich.

Tables are lines of our own, which never cut a figure; Rich paints them, and is imported only where there is colour.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Literal, TextIO

from collect import plaintable, terminal
from collect.blocks import Line, Piece, pieces
from collect.cells import CHUNK
from collect.errors import WrongUsage
from collect.layout import Layout, cells_wide, fit
from collect.plaintable import Paint
from collect.safe import safe
from collect.views.sheet import Done, Page, Sheet

Result = Sheet | Page | Done
Format = Literal["table", "csv", "json"]
_STYLES = {
    "title": "bold",
    "label": "dim",
    "note": "dim",
    "good": "dim",
    "bad": "bold red",
    "head": "bold",
    "rule": "dim",
    "late": "red",
    "zero": "dim",
    "total": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "hint": "bold cyan",
}
"""Styles by name, in Rich's words."""


class Screen:
    """Where results and talk go; built once per run."""

    def __init__(
        self,
        *,
        stdout: TextIO,
        stderr: TextIO,
        quiet: bool = False,
        environ: Mapping[str, str] | None = None,
        width: int | None = None,
    ) -> None:
        """Look at the two streams; `width` in cells overrules COLUMNS and the terminal, 0 means no limit."""
        self._out = stdout
        self._err = stderr
        self._quiet = quiet
        self._environ = os.environ if environ is None else environ
        terminal.never_fails(stdout)
        terminal.never_fails(stderr)
        self._unicode = terminal.is_unicode(stdout)
        self._mark = "…" if self._unicode else "..."
        self._width = terminal.columns(stdout, self._environ) if width is None else width

    def show(
        self,
        result: Result,
        *,
        format: Format = "table",  # noqa: A002 - the word users type: --format
        output: str | None = None,
        raw: bool = False,
        today: date,
    ) -> None:
        """Print a result, or write it to the file `output`, whose ending then decides the format (`-` is stdout).

        Raises WrongUsage for an ending that is not ours, DiskTrouble where the file cannot be written.
        """
        if output is not None and output != "-":
            rows = _write(result, output, today, raw=raw)
            counted = "" if isinstance(result, Done) else f" ({rows:,} row{'' if rows == 1 else 's'})"
            self.say(f"wrote {output}{counted}")
        elif format == "json":
            from collect.files import json_out

            self._put(json_out.lines(result, today, ascii_only=not self._unicode))
        elif format == "csv":
            from collect.files import csv_out

            terminal.holds_every_letter(self._out)
            self._put(csv_out.lines(result, raw=raw))
            for note in csv_out.left_out(result):
                self.say(note)
        else:
            self._put(self._lines(pieces(result)))

    def say(self, text: str) -> None:
        """Talk: one line on stderr, none with --quiet."""
        if not self._quiet:
            self._tell(safe(text))

    def warn(self, text: str) -> None:
        """A warning on stderr; --quiet does not hide it."""
        self._tell(f"{self._loud('warning')} {safe(text)}")

    def error(self, message: str, hint: str | None = None) -> None:
        """What went wrong and, on its own line, what to do next."""
        self._tell(f"{self._loud('error')} {safe(message)}")
        if hint:
            self._tell(f"{self._loud('hint')} {safe(hint)}")

    @contextmanager
    def progress(self, label: str, total: int = 0, *, delay: float = 1.0) -> Iterator[Callable[[int], None]]:
        """A bar on stderr for work that takes longer than `delay` seconds; yields a function told how much is done.

        Only on a terminal and without --quiet; `total` 0 means that nobody knows how much there is.
        """
        if self._quiet or not self._err.isatty() or terminal.is_dumb(self._environ):
            yield lambda _done: None
            return
        with terminal.Bar(self._err, safe(label), total, delay) as bar:
            yield bar.advance

    def _put(self, lines: Iterable[str]) -> None:
        """Lines to stdout, many in one write."""
        rest = iter(lines)
        while some := list(islice(rest, CHUNK)):
            some.append("")
            self._out.write("\n".join(some))

    def _tell(self, text: str) -> None:
        # A closed pipe is found again when the program ends; talk goes on.
        with suppress(OSError):
            self._out.flush()
        self._err.write(f"{text}\n")
        self._err.flush()

    def _loud(self, word: str) -> str:
        return _painter(self._err, self._environ)(f"{word}:", word)

    def _lines(self, found: Sequence[Piece]) -> Iterator[str]:
        paint = _painter(self._out, self._environ)
        room = plaintable.label_width([piece.label for piece in found if isinstance(piece, Line)], cells_wide)
        for piece in found:
            if isinstance(piece, Line):
                label = plaintable.padded(piece.label, room, cells_wide) if piece.label else ""
                yield paint(label, "label") + paint(piece.text, piece.style)
            elif layout := fit(piece, self._width, cells_wide):
                yield from plaintable.table(piece, layout, cells_wide, self._mark, paint)
                yield from (paint(line, "note") for line in _hidden(layout))
            else:
                for pairs in plaintable.cards(piece, self._width, cells_wide):
                    line = [paint(label, "label") + text for label, text in pairs]
                    yield (" " * plaintable.BETWEEN).join(line).rstrip()


def _painter(stream: TextIO, environ: Mapping[str, str]) -> Paint:
    """What paints text for a stream: nothing where it takes no colour."""
    if not terminal.is_coloured(stream, environ):
        return plaintable.bare
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {name: Style.parse(words) for name, words in _STYLES.items()}

    def paint(text: str, style: str) -> str:
        return styles[style].render(text, color_system=ColorSystem.STANDARD) if text and style else text

    return paint


def _hidden(layout: Layout) -> list[str]:
    """The columns that had no room."""
    return [f"no room for: {', '.join(layout.hidden)}"] if layout.hidden else []


def _write(result: Result, output: str, today: date, *, raw: bool) -> int:
    """Write a result to a file of the kind its ending says; the number of rows in it."""
    path = Path(output)
    ending = path.suffix.lower()
    if ending not in {".xlsx", ".csv", ".json"}:
        raise WrongUsage(f"not a kind of file that can be written: {output}", "end the name in .xlsx, .csv or .json")
    from collect.files.atomic import replacing

    with replacing(path) as file:
        if ending == ".xlsx":
            from collect.files import xlsx_out

            return xlsx_out.write(file, result, today)
        if ending == ".csv":
            from collect.files import csv_out

            return csv_out.write(file, result, raw=raw)
        from collect.files import json_out

        return json_out.write(file, result, today)
