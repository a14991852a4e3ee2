"""Ledgers to measure with, the same every time: python -m bench.make_data FOLDER [--quick].

Amounts are whole paise; dates lie around one fixed day, which the measured commands are given as today.
"""

import csv
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

TODAY = date(2026, 11, 22)
HEADER = (
    "Customer Code",
    "Customer Name",
    "Bill No",
    "Bill Date",
    "Due Date",
    "Bill Amount",
    "Pending Amount",
    "Disputed",
    "Salesperson",
    "City",
    "Mobile",
    "Narration",
)
HISTORY_HEADER = (*HEADER[:6], "Settled Date", *HEADER[7:])
_CITIES = ("Pune", "Nashik", "Indore", "Surat", "Kochi", "Mysuru", "Jaipur", "Lucknow")
_TRADES = ("Traders", "Stores", "Textiles", "Foods Pvt Ltd", "& Sons", "Engineering Works", "Medical", "Printers")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each kind of data one run of the benchmark uses."""

    sheet_rows: int
    """Rows of the workbook and csv file that are imported and exported."""
    small_items: int
    """Open items of the book of daily size."""
    large_open: int
    large_closed: int
    """Open and closed items of the large book; a third has the same open items and a tenth of the closed ones."""
    long_rows: int
    """Rows of the workbook and csv file whose import is measured by its memory."""
    many_accounts: int
    """Accounts of the book whose queue is gated and whose payments are matched; it has five open items of each."""
    bank_lines: int
    history_items: int
    """Closed items of the book on which the backtest runs."""
    contacts: int
    """Contacts of the book that has many of them; the other one has 10,000."""


FULL = Size(
    sheet_rows=100_000,
    small_items=10_000,
    large_open=150_000,
    large_closed=850_000,
    long_rows=500_000,
    many_accounts=10_000,
    bank_lines=5_000,
    history_items=100_000,
    contacts=1_000_000,
)
QUICK = Size(
    sheet_rows=10_000,
    small_items=10_000,
    large_open=15_000,
    large_closed=85_000,
    long_rows=20_000,
    many_accounts=2_000,
    bank_lines=500,
    history_items=10_000,
    contacts=100_000,
)


@dataclass(frozen=True, slots=True)
class Bill:
    """One line of a generated ledger; amounts in paise, `settled_on` only where it is closed."""

    account: int
    number: str
    document_on: date
    due_on: date
    amount_minor: int
    open_minor: int
    settled_on: date | None = None

    def line(self, *, history: bool) -> list[Any]:
        """The cells of `HEADER`, or of `HISTORY_HEADER`."""
        code, name, agent, city, mobile = party(self.account)
        amount = Decimal(self.amount_minor).scaleb(-2)
        seventh = self.settled_on or "" if history else Decimal(self.open_minor).scaleb(-2)
        disputed = "Yes" if self.amount_minor % 97 == 0 else "No"
        bill = [code, name, self.number, self.document_on, self.due_on, amount, seventh]
        return [*bill, disputed, agent, city, mobile, f"Goods against order {self.amount_minor % 10_000}"]


def party(account: int) -> tuple[str, str, str, str, str]:
    """Code, name, salesperson, city and mobile number of an account."""
    name = f"{chr(65 + account % 26)}{chr(97 + account % 19)}arti {_TRADES[account % 8]} {account:06d}"
    return f"C{account:06d}", name, f"Agent {account % 20:02d}", _CITIES[account % 7], f"5{account:09d}"


def open_bills(count: int, accounts: int) -> Iterator[Bill]:
    """Open bills, a sixth of them partly paid, from 45 days before due to 400 days after."""
    chance = Random(1)  # noqa: S311 - data to measure with
    for place in range(count):
        due_on = TODAY - timedelta(days=min(chance.randrange(-45, 400), chance.randrange(-45, 400)))
        amount = chance.randrange(50_000, 20_000_000)
        left = amount - chance.randrange(1, amount) if chance.randrange(6) == 0 else amount
        document_on = min(due_on - timedelta(days=30), TODAY)
        yield Bill(chance.randrange(accounts), f"SI/{place:07d}", document_on, due_on, amount, left)


def closed_bills(count: int, accounts: int) -> Iterator[Bill]:
    """Bills of the last five years that were settled, early or late."""
    chance = Random(2)  # noqa: S311 - data to measure with
    for place in range(count):
        document_on = TODAY - timedelta(days=chance.randrange(120, 1_800))
        due_on = document_on + timedelta(days=30)
        settled_on = due_on + timedelta(days=chance.randrange(-25, 85))
        amount = chance.randrange(50_000, 20_000_000)
        yield Bill(chance.randrange(accounts), f"SH/{place:07d}", document_on, due_on, amount, 0, settled_on)


def write_csv(path: Path, bills: Iterator[Bill], *, history: bool = False) -> None:
    """A plain csv file with ISO dates; `history` gives it a settled date in place of the pending amount."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HISTORY_HEADER if history else HEADER)
        writer.writerows(bill.line(history=history) for bill in bills)


def write_bank(path: Path, bills: Iterator[Bill], count: int) -> None:
    """A bank statement: each fifth line names the bill, the others the payer; every tenth bill is paid in full."""
    paid = [bill for place, bill in enumerate(bills) if place % 10 == 0][:count]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("Date", "Narration", "Ref No", "Credit"))
        for place, bill in enumerate(paid):
            words = bill.number if place % 5 == 0 else party(bill.account)[1]
            day = TODAY - timedelta(days=place % 30)
            writer.writerow((day, f"NEFT {words}", f"N{place:09d}", Decimal(bill.open_minor).scaleb(-2)))


def write_sheet(path: Path, bills: Iterator[Bill]) -> None:
    """A workbook with one header row and nothing else."""
    _write_workbook(path, (bill.line(history=False) for bill in bills))


def write_grouped(path: Path, bills: Iterator[Bill]) -> None:
    """The same bills as many systems export them: the party in a row of its own, its bills, its subtotal."""
    _write_workbook(path, _grouped(bills))


def _grouped(bills: Iterator[Bill]) -> Iterator[list[Any]]:
    account, total = -1, Decimal(0)
    for bill in sorted(bills, key=lambda bill: bill.account):
        line = bill.line(history=False)
        if bill.account != account:
            if account >= 0:
                yield ["", "Sub Total", "", "", "", "", total]
            yield [line[0], line[1]]
            account, total = bill.account, Decimal(0)
        total += line[6]
        yield ["", "", *line[2:]]
    yield ["", "Sub Total", "", "", "", "", total]


def _write_workbook(path: Path, lines: Iterator[list[Any]]) -> None:
    from xlsxwriter import Workbook

    with Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet("Bills")
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        money = book.add_format({"num_format": "#,##0.00"})
        for place, heading in enumerate(HEADER):
            sheet.write_string(0, place, heading)
        for row, line in enumerate(lines, start=1):
            for place, cell in enumerate(line):
                if isinstance(cell, str):
                    sheet.write_string(row, place, cell)
                elif isinstance(cell, date):
                    sheet.write_datetime(row, place, datetime.combine(cell, datetime.min.time()), day)
                else:
                    sheet.write_number(row, place, cell, money)


def make(folder: Path, size: Size) -> None:
    """Write every file of this size into `folder`, unless it is there."""
    accounts = (size.large_open + size.large_closed) // 5
    writers: dict[str, Callable[[Path], None]] = {
        "sheet.xlsx": lambda path: write_sheet(path, open_bills(size.sheet_rows, size.sheet_rows // 5)),
        "sheet.csv": lambda path: write_csv(path, open_bills(size.sheet_rows, size.sheet_rows // 5)),
        "grouped.xlsx": lambda path: write_grouped(path, open_bills(size.sheet_rows, size.sheet_rows // 5)),
        "small.csv": lambda path: write_csv(path, open_bills(size.small_items, size.small_items // 5)),
        "large.csv": lambda path: write_csv(path, _large(size, size.large_closed, accounts), history=True),
        "less.csv": lambda path: write_csv(path, _large(size, size.large_closed // 10, accounts), history=True),
        "long.xlsx": lambda path: write_sheet(path, open_bills(size.long_rows, size.long_rows // 5)),
        "long.csv": lambda path: write_csv(path, open_bills(size.long_rows, size.long_rows // 5)),
        "many.csv": lambda path: write_csv(path, open_bills(5 * size.many_accounts, size.many_accounts)),
        "bank.csv": lambda path: write_bank(
            path, open_bills(5 * size.many_accounts, size.many_accounts), size.bank_lines
        ),
        "history.csv": lambda path: write_csv(
            path, closed_bills(size.history_items, size.history_items // 20), history=True
        ),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, write in writers.items():
        if not (folder / name).exists():
            write(folder / f"new-{name}")
            (folder / f"new-{name}").rename(folder / name)


def _large(size: Size, closed: int, accounts: int) -> Iterator[Bill]:
    yield from open_bills(size.large_open, accounts)
    yield from closed_bills(closed, accounts)


if __name__ == "__main__":
    make(Path(sys.argv[1]), QUICK if "--quick" in sys.argv else FULL)
