"""Ledgers in random layouts whose items are known: title rows, party groups, signs, orders of day and month, totals."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from collect.grids import Cell, Options

NAMES = (
    "Mehta Hardware", "Kapoor & Co", "Rao (India) Ltd", "Müller GmbH", "मेहता ट्रेडर्स", "Total Gas Ltd", "A1 Traders",
    "O'Brien, Sons", "Sub Total Wines", "Advance Auto Parts", "Current Electric", "José Núñez",
)  # fmt: skip
SYNONYMS = {
    "account": ("Customer No", "Party Code", "Loan Number", "customerID", "A/c No."),
    "name": ("Customer Name", "Party's Name", "PARTY NAME", "Debtor", "name_customer"),
    "number": ("Invoice No.", "Bill No", "Vch No.", "invoiceNumber", "Document Number"),
    "document_on": ("Invoice Date", "Bill Date", "Date", "Document\nDate", "InvoiceDate"),
    "due_on": ("Due Date", "Due on", "Net due date", "DueDate"),
    "amount": ("Invoice Amount", "Bill Amount", "Amount", "Opening Amount"),
    "open": ("Balance Due", "Pending Amount", "Outstanding", "Open balance"),
    "paid": ("Amount Received", "Paid", "Amount Paid"),
    "debit": ("Debit", "Debit Amount"),
    "credit": ("Credit", "Credit Amount"),
}


@dataclass(frozen=True)
class Item:
    party: int
    number: str
    document: date
    due: date
    amount: int
    open: int


@dataclass
class Made:
    """A file, and what reading it must give: (account, number, document, due, amount, open or None)."""

    rows: list[list[Cell]]
    options: Options
    expected: list[tuple[str, str, str, str, int, int | None]]
    totals: int = 0
    as_of: str = ""
    told: dict[str, Any] = field(default_factory=dict)


Say = Callable[[int], Cell]
Tell = Callable[[date], Cell]


def _grouped(minor: int, sizes: int, comma: str, dot: str) -> str:
    whole, cents = divmod(abs(minor), 100)
    digits = str(whole)
    groups: list[str] = []
    head, tail = (digits[:-3], digits[-3:]) if len(digits) > 3 else ("", digits)
    while head:
        groups.insert(0, head[-sizes:])
        head = head[:-sizes]
    return comma.join([*groups, tail]) + f"{dot}{cents:02d}"


AMOUNTS: dict[str, Say] = {
    "numbers": lambda minor: minor / 100,
    "plain": lambda minor: f"{minor / 100:.2f}",
    "thousands": lambda minor: ("-" if minor < 0 else "") + _grouped(minor, 3, ",", "."),
    "lakhs": lambda minor: ("-" if minor < 0 else "") + "₹ " + _grouped(minor, 2, ",", "."),
    "european": lambda minor: ("-" if minor < 0 else "") + _grouped(minor, 3, ".", ","),
    "spaces": lambda minor: ("-" if minor < 0 else "") + _grouped(minor, 3, "\u00a0", ","),
    "parentheses": lambda minor: f"({_grouped(minor, 3, ',', '.')})" if minor < 0 else _grouped(minor, 3, ",", "."),
    "trailing": lambda minor: _grouped(minor, 3, ",", ".") + ("-" if minor < 0 else ""),
    "tally": lambda minor: _grouped(minor, 2, ",", ".") + (" Cr" if minor < 0 else " Dr"),
}
DAYS: dict[str, Tell] = {
    "dates": lambda day: day,
    "iso": date.isoformat,
    "dmy": lambda day: f"{day:%d/%m/%Y}",
    "dotted": lambda day: f"{day:%d.%m.%Y}",
    "mdy": lambda day: f"{day.month}/{day.day}/{day.year}",
    "tally": lambda day: f"{day.day}-{day:%b}-{day:%y}",
    "american": lambda day: f"{day:%B} {day.day}, {day.year}",
    "compact": lambda day: f"{day:%Y%m%d}",
    "serial": lambda day: float((day - date(1899, 12, 30)).days),
}
_ORDERS = {"dmy": "dmy", "dotted": "dmy", "mdy": "mdy"}


@st.composite
def items(draw: st.DrawFn) -> list[Item]:
    """Up to 24 items of up to 5 parties, some of them credits, part-paid or settled."""
    parties = draw(st.integers(1, 5))
    found = []
    for n in range(draw(st.integers(1, 24))):
        document = date(2025, 1, 1) + timedelta(days=draw(st.integers(0, 700)))
        amount = draw(st.integers(1, 50_000_000))
        rest = draw(st.sampled_from((amount, amount, amount // 3, 0)))
        sign = draw(st.sampled_from((1, 1, 1, -1)))
        due = document + timedelta(days=draw(st.sampled_from((0, 7, 30, 45, 90))))
        found.append(Item(draw(st.integers(0, parties - 1)), f"{draw(st.sampled_from(('S/', '000', 'INV-')))}{n + 101}",
                          document, due, sign * amount, sign * rest))  # fmt: skip
    return found


@st.composite
def ledgers(draw: st.DrawFn) -> Made:
    """A whole file with its known items."""
    found = draw(items())
    names = draw(st.permutations(NAMES))
    codes = [f"{draw(st.sampled_from(('C-', '00', 'L')))}{100 + i}" for i in range(5)]
    mode = draw(st.sampled_from(("column", "both", "account", "grouped", "grouped", "headed", "filled")))
    money = draw(st.sampled_from(("amount", "open", "amount+open", "amount+paid", "debit+credit")))
    style, days = draw(st.sampled_from(sorted(AMOUNTS))), draw(st.sampled_from(sorted(DAYS)))
    if mode in {"grouped", "headed", "filled"}:
        found = sorted(found, key=lambda item: item.party)
    blanks = len(found) - len({item.party for item in found})
    if mode == "filled" and (blanks < 2 or blanks * 3 < len(found)):
        mode = "column"
    return _File(draw, found, names, codes, mode, money, style, days).made()


class _File:
    """One file while it is written."""

    def __init__(
        self, draw: st.DrawFn, found: list[Item], names: list[str], codes: list[str],
        mode: str, money: str, style: str, days: str,
    ) -> None:  # fmt: skip
        self.draw, self.found, self.names, self.codes = draw, found, names, codes
        self.mode, self.money, self.say, self.tell = mode, money, AMOUNTS[style], DAYS[days]
        self.days, self.style = days, style
        parties = {"column": ["name"], "both": ["account", "name"], "account": ["account"], "filled": ["name"]}
        party = parties.get(mode, [])
        self.fields = draw(st.permutations([*party, "number", "document_on", "due_on", *money.split("+")]))
        self.extra = draw(st.booleans())
        self.rows: list[list[Cell]] = []

    def cells(self, item: Item) -> dict[str, Cell]:
        amount: dict[str, Cell] = {"amount": self.say(item.amount), "open": self.say(item.open)}
        if self.money == "amount+paid":
            amount["paid"] = self.say(item.amount - item.open) if item.amount != item.open else None
        if self.money == "debit+credit":
            amount = {"debit": self.say(item.amount) if item.amount > 0 else None,
                      "credit": self.say(-item.amount) if item.amount < 0 else None}  # fmt: skip
        return {"account": self.codes[item.party], "name": self.names[item.party], "number": item.number,
                "document_on": self.tell(item.document), "due_on": self.tell(item.due), **amount}  # fmt: skip

    def sums(self, found: list[Item]) -> dict[str, Cell]:
        total, rest = sum(item.amount for item in found), sum(item.open for item in found)
        cells: dict[str, Cell] = {"amount": self.say(total), "open": self.say(rest), "paid": self.say(total - rest)}
        cells["debit"] = self.say(sum(item.amount for item in found if item.amount > 0))
        cells["credit"] = self.say(-sum(item.amount for item in found if item.amount < 0))
        return cells

    def add(self, cells: dict[str, Cell]) -> None:
        row = [cells.get(name) for name in self.fields]
        self.rows.append([*row, f"note {len(self.rows)}"] if self.extra and cells.get("number") else row)

    def label(self, text: str) -> dict[str, Cell]:
        """A text where reports put it: in the first column that holds no amount."""
        return {next(name for name in self.fields if name not in self.money.split("+")): text} if text else {}

    def made(self) -> Made:
        draw = self.draw
        as_of = self._titles()
        header = [draw(st.sampled_from(SYNONYMS[name])) for name in self.fields]
        self.rows.append([*header, "Remarks"] if self.extra else list(header))
        self._body(header)
        totals = draw(st.sampled_from((None, None, "", "Total", "Grand Total", "TOTAL :")))
        if totals is not None and len(self.found) > 1:
            self.add({**self.sums(self.found), **self.label(totals)})
        if draw(st.booleans()):
            self.rows += [[], ["Printed by the accounts department"]]
        order = _ORDERS.get(self.days, "")
        decided = any(day.day > 12 for item in self.found for day in (item.document, item.due))
        options = Options(dates=order if order and not decided else "")
        expected = self._expected()
        return Made(self.rows, options, expected, totals is not None and len(self.found) > 1 and expected != [], as_of,
                    {"mode": self.mode, "money": self.money, "style": self.style, "days": self.days})  # fmt: skip

    def _titles(self) -> str:
        draw = self.draw
        self.rows += [
            [title] for title in draw(st.lists(st.sampled_from(("Gupta Traders", "Bills Receivable")), max_size=2))
        ]
        last = max(item.document for item in self.found)
        said = draw(st.sampled_from(("", "As at {day} {month} {year}", "1-Apr-2024 to {day}-{short}-{year}")))
        if said:
            self.rows.append([said.format(day=last.day, month=f"{last:%B}", short=f"{last:%b}", year=last.year)])
        self.rows += [[] for _ in range(draw(st.integers(0, 2)))]
        return last.isoformat() if said else ""

    def _body(self, header: list[str]) -> None:
        draw, before = self.draw, -1
        subtotals = draw(st.sampled_from((None, "", "Total for {}", "{} Total")))
        subtotals = subtotals if self.mode in {"grouped", "filled"} else None
        for place, item in enumerate(self.found):
            own = [one for one in self.found if one.party == item.party]
            if item.party != before and self.mode in {"grouped", "headed"}:
                heading: dict[str, Cell] = self.sums(own) if self.mode == "headed" else {}
                self.add({**heading, **self.label(self.names[item.party])})
            cells = self.cells(item)
            if self.mode == "filled" and item.party == before:
                cells["name"] = None
            self.add(cells)
            if self.mode in {"column", "both"} and draw(st.integers(0, 9)) == 0:
                self.rows.append(draw(st.sampled_from(([], list(header)))))
            before = item.party
            if subtotals is not None and (place + 1 == len(self.found) or self.found[place + 1].party != item.party):
                self.add({**self.sums(own), **self.label(subtotals.format(self.names[item.party]))})

    def _expected(self) -> list[tuple[str, str, str, str, int, int | None]]:
        rows = []
        for item in self.found:
            account = self.codes[item.party] if self.mode in {"both", "account"} else self.names[item.party]
            amount, rest = item.amount, None if self.money in {"amount", "debit+credit"} else item.open
            if self.money == "open":
                amount = item.open
            if amount:
                rows.append((account, item.number, item.document.isoformat(), item.due.isoformat(), amount, rest))
        return sorted(rows, key=str)
