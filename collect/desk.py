"""The desk a command works at: which book, which day, who sits there, and how results are to be shown.

Options fill it before the command runs; the command takes it as `ctx.obj`.
"""

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collect import folders
from collect.errors import WrongUsage

if TYPE_CHECKING:
    from datetime import date, datetime

    from collect.book import Book
    from collect.screen import Format, Result, Screen
    from collect.views.sheet import Column, Sheet


def login_name() -> str:
    """Name the user logged in with; empty where the system knows none."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        if name := os.environ.get(variable):
            return name
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, KeyError):  # Windows has no such list; a container may have a user without a name
        return ""


class Desk:
    """What was asked for on the command line and in the environment, besides the command's own arguments.

    Not a dataclass: every command makes one, `--help` too, and that import alone would cost a millisecond.
    """

    today: str = ""
    """As typed: empty for the day by the clock."""
    now: str = ""
    """As typed: empty for the moment by the clock."""
    quiet: bool = False
    format: "Format" = "table"
    output: str = ""
    """File to write to; empty or `-` is standard output."""
    raw: bool = False
    """Whether csv leaves phone numbers without the apostrophe that keeps them texts in a spreadsheet."""
    limit: int | None = None
    """Rows to show: None where not given, 0 for all."""
    sort: str = ""
    dry_run: bool = False
    why: str = ""
    _book: "Book | None" = None

    @cached_property
    def book_path(self) -> Path:
        """The book meant: the one named, or the default one."""
        return folders.default_book()

    @cached_property
    def agent(self) -> str:
        """Who is at work: the name given, or that of the login."""
        return login_name()

    def open(self) -> "Book":
        """Open the book, or return the one open already; the desk closes it.

        Raises NotFound where there is none, WrongUsage for a day that is not one, and what else `book.open_book` does.
        """
        if self._book is None:
            today, now = self.given_day(), self.given_moment()
            from collect import book

            self._book = book.open_book(self.book_path, today=today, now=now, agent=self.agent, dry_run=self.dry_run)
        return self._book

    def close(self) -> None:
        """Close the book, if one is open."""
        if self._book is not None:
            self._book.close()
            self._book = None

    def given_day(self) -> "date | None":
        """The day of `--today`, or None; relative words count from the day by the clock."""
        if not self.today:
            return None
        from datetime import datetime

        from collect import dates

        return dates.in_calendar(dates.typed(self.today, datetime.now().astimezone().date()))

    def given_moment(self) -> "datetime | None":
        """The moment of `--now`, or None; without an offset it is meant at the office."""
        if not self.now:
            return None
        from datetime import datetime

        try:
            moment = datetime.fromisoformat(self.now)
        except ValueError as error:
            raise WrongUsage(f"not a date and time: {self.now}", "type it like 2026-04-01T09:30") from error
        from collect import dates

        dates.in_calendar(moment.date())
        return moment

    def day(self, text: str | None, *, past: bool = False) -> "date | None":
        """A day typed for a command, counted from the book's today and in the book's order; None stays None."""
        if text is None:
            return None
        from collect import dates

        book = self.open()
        return dates.typed(text, book.today, past=past, order=book.setting("dates.order"))

    def happened_on(self, text: str | None) -> "date":
        """The day on which something took place: today where none is given; WrongUsage for one to come."""
        day, today = self.day(text, past=True), self.open().today
        if day is not None and day > today:
            raise WrongUsage(f"a day to come: {day}", "record it on that day")
        return day or today

    def rows(self, usual: int | None = None) -> int | None:
        """Rows to ask the store for: `--limit`, else `usual`; None is all."""
        return usual if self.limit is None else self.limit or None

    @cached_property
    def screen(self) -> "Screen":
        """Where results and talk go."""
        from collect.screen import Screen

        return Screen(stdout=sys.stdout, stderr=sys.stderr, quiet=self.quiet)

    def show(self, result: "Result") -> None:
        """Show a result as asked for: sorted, limited, in its format, on its way to a file or the screen."""
        output = None if self.output in {"", "-"} else self.output
        if output and self.format != "table" and Path(output).suffix.lower() != f".{self.format}":
            raise WrongUsage(f"--format {self.format} and --output {output} differ", "leave --format out")
        if self.raw and not (output or f".{self.format}").lower().endswith(".csv"):
            raise WrongUsage("only csv is written otherwise with --raw", "add --format csv or --output FILE.csv")
        shown = self._arranged(result)
        self.screen.show(shown, format=self.format, output=output, raw=self.raw, today=self._today())

    def say(self, text: str) -> None:
        """Talk on standard error; nothing with `--quiet`."""
        self.screen.say(text)

    def need(self, value: str | None, flag: str, question: str) -> str:
        """Return the value, or ask for it on a terminal; off one, WrongUsage names the flag that was missing."""
        if value:
            return value
        if os.environ.get("COLLECT_NO_INPUT") or not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise WrongUsage(f"cannot ask here: {question}", f"pass {flag}")
        import typer

        answer: str = typer.prompt(question, err=True)
        return answer

    def _today(self) -> "date":
        from datetime import datetime

        if self._book is not None:
            return self._book.today
        return self.given_day() or (self.given_moment() or datetime.now().astimezone()).date()

    def _arranged(self, result: "Result") -> "Result":
        if not self.sort and self.limit is None:
            return result
        from collect.views.sheet import Sheet

        if not isinstance(result, Sheet):
            raise WrongUsage("this is not a list: --limit and --sort have no meaning here", "leave them out")
        return limited(ordered(result, self.sort), self.rows())


def limited(sheet: "Sheet", count: int | None) -> "Sheet":
    """The first `count` rows, with the others counted in `more`; None is all."""
    if count is None:
        return sheet

    rows = sheet.rows if isinstance(sheet.rows, Sequence) else list(sheet.rows)
    return sheet._replace(rows=rows[:count], more=sheet.more + max(0, len(rows) - count))


def ordered(sheet: "Sheet", by: str) -> "Sheet":
    """Rows by one column: text from A, dates from the oldest, numbers from the largest; `-COLUMN` turns it round.

    Money is ordered within its currency; empty cells come last. Raises WrongUsage for a column that is not there.
    """
    if not by:
        return sheet
    at, column = _column(sheet.columns, by.removeprefix("-"))
    from decimal import Decimal

    kind = column.kind
    numeric = kind in {"money", "int", "number", "percent", "flag"}
    backwards = numeric != by.startswith("-")

    def key(row: Sequence[Any]) -> Any:
        cell = row[at]
        return Decimal(cell) if kind == "number" else str(cell).casefold() if kind == "text" else cell

    rows = list(sheet.rows)
    filled = sorted((row for row in rows if row[at] is not None), key=key, reverse=backwards)
    found = [*filled, *(row for row in rows if row[at] is None)]
    if kind == "money":
        currency = [each.key for each in sheet.columns].index("currency")
        found.sort(key=lambda row: str(row[currency]))
    return sheet._replace(rows=found)


def _column(columns: Iterable["Column"], name: str) -> tuple[int, "Column"]:
    wanted = name.strip().casefold().replace(" ", "_").replace("-", "_")
    known = [(at, column) for at, column in enumerate(columns) if column.kind != "list"]
    for at, column in known:
        if wanted in {column.key, column.title.casefold().replace(" ", "_")}:
            return at, column
    raise WrongUsage(f"no such column: {name}", f"use one of: {', '.join(column.key for _, column in known)}")
