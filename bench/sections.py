"""What is measured: each section's commands run in turn, round after round, and each row is one promise."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

from bench.clock import Command
from bench.make_data import Size, open_bills, party

PYTHON = sys.executable
COLLECT = str(Path(sys.executable).with_name("collect"))
IMPORT_SQLITE = "import sqlite3"


@dataclass(frozen=True, slots=True)
class Row:
    """One promise: `ours` takes at most `at_most` times what `against` takes, in time or in memory.

    Against nothing, `at_most` is in seconds or in MB; None promises nothing.
    """

    name: str
    ours: str
    against: str
    at_most: float | None
    memory: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Commands that are run in turn, how often, and the rows that compare them."""

    title: str
    rounds: int
    commands: Mapping[str, Command]
    rows: tuple[Row, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one run, and how much data it uses."""

    data: Path
    books: Path
    size: Size
    quick: bool

    def book(self, name: str) -> str:
        """Path of a book by its name."""
        return str(self.books / f"{name}.db")

    def accounts(self) -> list[str]:
        """Numbers of the accounts of the small book."""
        bills = open_bills(self.size.small_items, self.size.small_items // 5)
        return [party(account)[0] for account in sorted({bill.account for bill in bills})]


def sections(place: Place) -> tuple[Section, ...]:
    """All of them; rows for later commands are added to the section whose commands they belong beside."""
    return (
        _start_up(place),
        _contacts(place),
        _gate(place),
        _imports(place),
        _long(place),
        _large(place),
        _long_jobs(place),
        _export(place),
    )


def collect(book: str, *typed: str, terminal: bool = False) -> Command:
    """The program on a book."""
    return Command((COLLECT, "--book", book, *typed), terminal)


def yardstick(*arguments: str) -> Command:
    """One of `bench.yardsticks`, which runs as a file so that it needs no folder to start in."""
    return Command((PYTHON, str(Path(__file__).with_name("yardsticks.py")), *arguments))


def task() -> str | None:
    """Where taskwarrior is, if it is."""
    return shutil.which("task")


def _start_up(place: Place) -> Section:
    small = place.book("small")
    commands = {
        IMPORT_SQLITE: Command((PYTHON, "-c", "import sqlite3")),
        "help": Command((COLLECT, "--help")),
        "screen": collect(small, "queue", "--limit", "25", terminal=True),
        "pipe": collect(small, "queue", "--limit", "25"),
        "csv": collect(small, "queue", "--limit", "25", "--format", "csv"),
        "log": log(small, place.accounts()),
        "pay": replace(collect(small, "pay", "{}", "1.00", "--mode", "upi"), turns=cycle(place.accounts())),
        "can": collect(small, "can", place.accounts()[-1], "call"),
    }
    rows = [
        Row("collect --help", "help", IMPORT_SQLITE, 4),
        Row("collect queue, 25 rows on a terminal", "screen", IMPORT_SQLITE, 5.5),
        Row("collect queue, piped", "pipe", IMPORT_SQLITE, 3.7),
        Row("collect queue --format csv", "csv", IMPORT_SQLITE, 3.7),
        Row("collect log", "log", IMPORT_SQLITE, 4),
        Row("collect pay", "pay", IMPORT_SQLITE, 4.5),
        Row("collect can", "can", IMPORT_SQLITE, None),
    ]
    note = "taskwarrior is not installed: its row is left out"
    if found := task():
        commands["task next"] = Command((found, "next", "limit:25"), terminal=True)
        rows.append(Row("collect queue, 25 rows on a terminal", "screen", "task next", 1))
        note = ""
    title = f"Start-up, {place.size.small_items:,} open items"
    return Section(title, 9 if place.quick else 31, commands, tuple(rows), note)


def log(book: str, accounts: Sequence[str]) -> Command:
    """One contact, typed on one line; it stays in the book, so the next one is with another account."""
    return replace(collect(book, "log", "{}", "call", "no-answer"), turns=cycle(accounts))


def _contacts(place: Place) -> Section:
    commands = {
        "few": log(place.book("few-contacts"), place.accounts()),
        "many": log(place.book("many-contacts"), place.accounts()),
    }
    rows = (Row(f"collect log, {place.size.contacts:,} contacts", "many", "few", 1.2),)
    return Section("Contacts in the book (few: 10,000)", 9 if place.quick else 31, commands, rows)


def _gate(place: Place) -> Section:
    """Every account was called in the last month, and there are rules of a country to keep to."""
    typed = ("queue", "--limit", "0", "--format", "csv")
    commands = {
        "queue": collect(place.book("many"), *typed),
        "ungated": yardstick("ungated", "--book", place.book("many"), *typed),
    }
    rows = (Row("collect queue, all of it, with the gate", "queue", "ungated", 1.3),)
    return Section(f"The gate, {place.size.many_accounts:,} accounts", 5 if place.quick else 11, commands, rows)


def _long(place: Place) -> Section:
    commands = {kind: _into_empty(place, f"long-{kind}", str(place.data / f"long.{kind}")) for kind in ("xlsx", "csv")}
    rows = tuple(Row(f"import {kind}, its largest process", kind, "", 450, memory=True) for kind in commands)
    return Section(f"Import of {place.size.long_rows:,} rows, 12 columns", 1, commands, rows)


def _long_jobs(place: Place) -> Section:
    size = place.size
    commands = {
        "payments": _on_copy(place, "many", "import", "payments", str(place.data / "bank.csv")),
        "backtest": collect(place.book("history"), "report", "backtest", "--split", "2025-06-01"),
    }
    rows = (
        Row(f"import payments, {size.bank_lines:,} bank lines", "payments", "", 10),
        Row(f"report backtest, {size.history_items:,} items", "backtest", "", 20),
    )
    return Section(f"Long jobs, payments on {5 * size.many_accounts:,} open items", 1, commands, rows)


def _imports(place: Place) -> Section:
    sheet, text, grouped = (str(place.data / name) for name in ("sheet.xlsx", "sheet.csv", "grouped.xlsx"))
    commands = {
        "calamine": yardstick("calamine", sheet),
        "xlsx": _into_empty(place, "from-xlsx", sheet),
        # Runs after "xlsx" in the same round, on the book that was filled there.
        "again": collect(place.book("from-xlsx"), "import", "ledger", sheet),
        "csv module": yardstick("csv", text),
        "csv": _into_empty(place, "from-csv", text),
        "grouped": _into_empty(place, "from-grouped", grouped),
    }
    rows = (
        Row("import xlsx into an empty book", "xlsx", "calamine", 3),
        Row("  memory of its largest process", "xlsx", "calamine", 2, memory=True),
        Row("import the same xlsx again", "again", "calamine", 2),
        Row("import csv into an empty book", "csv", "csv module", 6),
        Row("import xlsx grouped by party", "grouped", "xlsx", 1.5),
    )
    title = f"Import of {place.size.sheet_rows:,} rows, 12 columns"
    return Section(title, 3 if place.quick else 5, commands, rows)


def _into_empty(place: Place, book: str, file: str) -> Command:
    """An import into a book that was just copied from the empty one."""
    return _on_copy(place, "empty", "import", "ledger", file, name=book)


def _on_copy(place: Place, book: str, *typed: str, name: str = "copy") -> Command:
    """A command on a copy of a book, made anew each time."""
    path = place.book(name)

    def copied() -> None:
        shutil.copy(place.book(book), path)

    return Command((COLLECT, "--book", path, *typed), before=copied)


def _large(place: Place) -> Section:
    asked = {
        "queue": (("queue", "--limit", "25"), 4),
        "aging": (("aging", "--limit", "25"), 4),
        "show": (("show", "C001000"), 1.5),
        "find": (("find", "Traders 001000"), 1.5),
    }
    commands = {}
    rows = []
    for name, (typed, at_most) in asked.items():
        for book in ("small", "large", "less"):
            commands[f"{name}, {book}"] = collect(place.book(book), *typed)
        rows.append(Row(f"collect {name}, large book", f"{name}, large", f"{name}, small", at_most))
    rows += [Row(f"collect {name}, ten times the history", f"{name}, large", f"{name}, less", 1.2) for name in asked]
    size = place.size
    items = size.large_open + size.large_closed
    title = f"{items:,} items, {items // 5:,} accounts, {size.large_open:,} open (small: {size.small_items:,} open)"
    return Section(title, 5 if place.quick else 11, commands, tuple(rows))


def _export(place: Place) -> Section:
    pattern, out = str(place.books / "pattern.json"), str(place.books / "bare.xlsx")
    commands = {
        "bare XlsxWriter": yardstick("xlsxwriter", pattern, out),
        "export": export(place),
    }
    title = f"Export of {place.size.sheet_rows:,} items"
    rows = (Row("item list --output x.xlsx", "export", "bare XlsxWriter", 1.3),)
    return Section(title, 3 if place.quick else 5, commands, rows)


def export(place: Place) -> Command:
    """Every item of the imported sheet, to a workbook."""
    return collect(place.book("from-xlsx"), "item", "list", "--output", str(place.books / "export.xlsx"))
