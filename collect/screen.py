"""The one way out: results to stdout or a file, talk to stderr; the only module that knows Rich.

Rich is imported only for colour and at most a screenful of rows; everything else is plain lines, which are fast.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TextIO

from collect import plaintable, terminal
from collect.blocks import Block, Line, Piece, pieces
from collect.cells import CHUNK, RIGHT
from collect.errors import WrongUsage
from collect.layout import Layout, cells_wide, fit
from collect.safe import safe
from collect.views.sheet import Done, Page, Sheet

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Result = Sheet | Page | Done
Format = Literal["table", "csv", "json"]
_SCREENFUL = 100
"""Rows up to which a table is drawn by Rich."""
_ENDLESS = 1_000_000
"""Width of a Rich screen for colour that is forced into a pipe."""
_STYLES = {"": "", "title": "bold", "note": "dim", "good": "dim", "bad": "bold red"}


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
        today: date,
    ) -> None:
        """Print a result, or write it to the file `output`, whose ending then decides the format (`-` is stdout).

        Raises WrongUsage for an ending that is not ours, DiskTrouble where the file cannot be written.
        """
        if output is not None and output != "-":
            rows = _write(result, output, today)
            counted = "" if isinstance(result, Done) else f" ({rows:,} row{'' if rows == 1 else 's'})"
            self.say(f"wrote {output}{counted}")
        elif format == "json":
            from collect.files import json_out

            self._put(json_out.lines(result, today, ascii_only=not self._unicode))
        elif format == "csv":
            from collect.files import csv_out

            terminal.holds_every_letter(self._out)
            self._put(csv_out.lines(result))
            for note in csv_out.left_out(result):
                self.say(note)
        else:
            self._table(pieces(result))

    def say(self, text: str) -> None:
        """Talk: one line on stderr, none with --quiet."""
        if not self._quiet:
            self._tell(safe(text))

    def warn(self, text: str) -> None:
        """A warning on stderr; --quiet does not hide it."""
        self._tell(f"{self._loud('warning:', 33)} {safe(text)}")

    def error(self, message: str, hint: str | None = None) -> None:
        """What went wrong and, on its own line, what to do next."""
        self._tell(f"{self._loud('error:', 31)} {safe(message)}")
        if hint:
            self._tell(f"{self._loud('hint:', 36)} {safe(hint)}")

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

    def _loud(self, word: str, colour: int) -> str:
        coloured = os.name != "nt" and terminal.is_coloured(self._err, self._environ)
        return f"\x1b[1;{colour}m{word}\x1b[0m" if coloured else word

    def _table(self, found: Sequence[Piece]) -> None:
        rows = max((piece.height for piece in found if isinstance(piece, Block)), default=0)
        if 0 < rows <= _SCREENFUL and terminal.is_coloured(self._out, self._environ):
            self._rich(found)
        else:
            self._put(self._plain(found))

    def _plain(self, found: Sequence[Piece]) -> Iterator[str]:
        room = plaintable.label_width([piece.label for piece in found if isinstance(piece, Line)], cells_wide)
        for piece in found:
            if isinstance(piece, Line):
                yield f"{plaintable.padded(piece.label, room, cells_wide)}{piece.text}" if piece.label else piece.text
            elif layout := fit(piece, self._width, cells_wide):
                yield from plaintable.table(piece, layout, cells_wide, self._mark)
                yield from _hidden(layout)
            else:
                for pairs in plaintable.cards(piece, self._width, cells_wide):
                    yield (" " * plaintable.BETWEEN).join(label + text for label, text in pairs).rstrip()

    def _rich(self, found: Sequence[Piece]) -> None:
        from rich.cells import cell_len
        from rich.console import Console
        from rich.text import Text

        console = Console(
            file=self._out,
            width=self._width or _ENDLESS,
            height=_SCREENFUL,
            force_terminal=True,
            color_system="standard",
            no_color=False,
            markup=False,
            emoji=False,
            highlight=False,
        )
        room = plaintable.label_width([piece.label for piece in found if isinstance(piece, Line)], cell_len)
        for piece in found:
            if isinstance(piece, Line):
                label = plaintable.padded(piece.label, room, cell_len) if piece.label else ""
                console.print(Text.assemble((label, "dim"), (piece.text, _STYLES[piece.style])))
            elif layout := fit(piece, self._width, cell_len):
                self._rich_table(console, piece, layout)
                for line in _hidden(layout):
                    console.print(Text(line, "dim"))
            else:
                between = Text(" " * plaintable.BETWEEN)
                for pairs in plaintable.cards(piece, self._width, cell_len):
                    cells = [Text.assemble((label, "dim"), text) for label, text in pairs]
                    console.print(between.join(cells), soft_wrap=True)

    def _rich_table(self, console: "Console", block: Block, layout: Layout) -> None:
        from rich.box import Box
        from rich.cells import cell_len
        from rich.table import Table
        from rich.text import Text

        rule = " ── " if self._unicode else " -- "
        box = Box(f"    \n    \n{rule}\n    \n{rule}\n{rule}\n    \n    \n", ascii=not self._unicode)
        drawn = Table(box=box, show_edge=False, pad_edge=False, padding=(0, layout.gap - 1, 0, 0), border_style="dim")
        height = max(len(lines) for lines in layout.titles)
        kept = [block.columns[at] for at in layout.shown]
        for column, own, lines in zip(kept, layout.widths, layout.titles, strict=True):
            title = Text("\n" * (height - len(lines)) + "\n".join(lines), "bold")
            side: Literal["left", "right"] = "right" if column.kind in RIGHT else "left"
            drawn.add_column(title, width=own, justify=side, no_wrap=True, overflow="crop")
        late = [column.late for column in kept]
        figures = [column.kind == "money" for column in kept]
        for row in zip(*plaintable.columns_cut(block, layout, cell_len, self._mark), strict=True):
            drawn.add_row(*map(_cell, row, late, figures))
        if block.totals:
            drawn.add_section()
        for row in zip(*plaintable.totals_cut(block, layout, cell_len, self._mark), strict=True):
            drawn.add_row(*(Text(text, "bold") for text in row))
        console.print(drawn, crop=False)


def _cell(text: str, late: bool, figure: bool) -> "Text":
    """One cell: red where it says that something is late, dim where it is an amount of zero."""
    from rich.text import Text

    zero = not text.strip("0.,-")
    if late and not zero and not text.startswith("-"):
        return Text(text, "red")
    return Text(text, "dim" if figure and zero else "")


def _hidden(layout: Layout) -> list[str]:
    """The columns that had no room."""
    return [f"no room for: {', '.join(layout.hidden)}"] if layout.hidden else []


def _write(result: Result, output: str, today: date) -> int:
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

            return csv_out.write(file, result)
        from collect.files import json_out

        return json_out.write(file, result, today)
