"""A bank statement or a list of receipts becomes payments: read every row, set aside what cannot be taken.

Pure: bad cells are values with a place and a reason. Only money that came in is taken; what went out is counted.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from collect import amounts, currencies, daycells, idcells, titles
from collect.errors import InputRefused
from collect.grids import Cell, Layout, Options, Reject
from collect.money import exponent

_OUT = re.compile(r"d|dr|debit|withdrawal|w|out", re.IGNORECASE)
_MODES = (
    ("upi", r"upi|gpay|google pay|phonepe|paytm|bhim|vpa"),
    ("cash", r"cash|by cash|cash dep(?:osit)?|csh"),
    ("cheque", r"cheque|chq|check|clg|clearing|inward clg|dd|demand draft|mic[rs]"),
    ("card", r"card|pos|visa|mastercard|rupay|swipe"),
    ("bank", r"neft|rtgs|imps|nach|ecs|ach|transfer|bank|online|net banking|wire|swift|sepa|ft|ift|trf"),
)
_KNOWN = tuple((mode, re.compile(rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])", re.IGNORECASE)) for mode, words in _MODES)
# UTR of NEFT and RTGS, the 12 digits of UPI and IMPS, a cheque's six.
_REFERENCE = re.compile(r"(?<![A-Z0-9])(?:[A-Z]{4}[A-Z0-9]{0,2}\d{8,18}|\d{12})(?![A-Z0-9])")
_MEND = "set the cell right in the file"


class Paid(NamedTuple):
    """One payment of a list, in minor units; days are ISO text."""

    row: int
    paid_on: str
    currency: str
    amount_minor: int
    mode: str
    reference: str
    payer: str
    account: str
    number: str
    narration: str


@dataclass(slots=True)
class PaymentList:
    """A list of payments, read: rows_read = payments + skipped + rejected."""

    layout: Layout
    payments: list[Paid] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    rows_read: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    """By reason: out (money that was paid out), zero, note."""
    warnings: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    date_order: str = ""

    @property
    def rejected(self) -> int:
        """How many rows are set aside."""
        return len({one.row for one in self.rejects})


def read(layout: Layout, columns: Mapping[int, Sequence[Cell]], options: Options) -> PaymentList:
    """The payments of a list; InputRefused where the order of days or the decimal mark is not decided."""
    found = PaymentList(layout)
    reader = _Reader(layout, columns, options)
    found.date_order = reader.days.order
    for i in range(reader.size):
        if reader.is_empty(i):
            continue
        found.rows_read += 1
        reason = reader.skips(i)
        if reason:
            found.skipped[reason] = found.skipped.get(reason, 0) + 1
            continue
        wrong = reader.wrong(i)
        found.rejects += wrong
        if not wrong:
            found.payments.append(reader.payment(i))
    found.samples = {
        name: next((titles.shown(cell) for cell in columns[column.at][:200] if cell not in {None, ""}), "")
        for name, column in layout.mapping.items()
    }
    return found


def decisions(layout: Layout, columns: Mapping[int, Sequence[Cell]]) -> list[tuple[int, str]]:
    """Line numbers and what was decided on each, from our own list; InputRefused for a line that is no number."""
    lines = idcells.ids(columns[layout.mapping["line"].at]).text
    words = idcells.ids(columns[layout.mapping["decision"].at]).text
    found = []
    for line, word in zip(lines, words, strict=True):
        if word and line:
            if not line.isdecimal():
                raise InputRefused(f"not the number of a line: {line}", "leave the column Line as it was")
            found.append((int(line), word))
    return found


class _Reader:
    """Reads one row after the other by the columns of a layout."""

    def __init__(self, layout: Layout, columns: Mapping[int, Sequence[Cell]], options: Options) -> None:
        self.layout = layout
        cells = {name: columns[column.at] for name, column in layout.mapping.items()}
        self.cells = cells
        self.size = max(map(len, columns.values()), default=0)
        self.days = daycells.read({"paid_on": cells["paid_on"]}, options.dates, daycells.Evidence())
        self.texts = {name: idcells.ids(own).text for name, own in cells.items() if name != "paid_on"}
        money = {name: cells[name] for name in ("credit", "debit", "amount") if name in cells}
        style = amounts.style(money.values(), options.decimal)
        base = options.currency or _code(layout.currency_word, options) or options.book_currency
        self.currency = [_code(text, options) or base for text in self.texts.get("currency", [""] * self.size)]
        decimals = {code: exponent(code) for code in set(self.currency)}
        self.money = {
            name: {code: amounts.read(own, style, places) for code, places in decimals.items()}
            for name, own in money.items()
        }

    def is_empty(self, i: int) -> bool:
        """Whether nothing stands in the row."""
        return all(cell in {None, ""} for own in self.cells.values() for cell in own[i : i + 1])

    def skips(self, i: int) -> str:
        """Why a row is no payment that came in; empty where it is one, or should be."""
        minor = self._minor(i)
        if not self._cell("paid_on", i) and not self._text("account", i):
            return "note"
        if minor is None:
            return "" if self._bad(i) else "out" if self._other(i) else "note"
        if minor == 0:
            return "out" if self._other(i) else "zero"
        return "out" if minor < 0 or _OUT.fullmatch(self._text("drcr", i).strip(". ")) else ""

    def wrong(self, i: int) -> list[Reject]:
        """What is wrong in a row that is a payment."""
        found = [self._reject(i, name, reason) for name, reason in self._bad(i)]
        if not self.days.iso["paid_on"][i]:
            found.append(self._reject(i, "paid_on", self.days.bad.get("paid_on", {}).get(i, "no day")))
        return found

    def payment(self, i: int) -> Paid:
        """The payment a good row is."""
        minor = self._minor(i)
        assert minor is not None
        narration = self._text("narration", i)
        said = f"{self._text('mode', i)} {narration} {self._text('drcr', i)}"
        reference = self._text("reference", i).strip("0 ") and self._text("reference", i)
        return Paid(
            row=i + self.layout.first + 1,
            paid_on=self.days.iso["paid_on"][i],
            currency=self.currency[i],
            amount_minor=minor,
            mode=next((mode for mode, words in _KNOWN if words.search(said)), "bank" if narration else "other"),
            reference=reference or next(iter(_REFERENCE.findall(narration.upper())), ""),
            payer=self._text("payer", i),
            account=self._text("account", i),
            number=self._text("number", i),
            narration=narration,
        )

    def _minor(self, i: int) -> int | None:
        """What came in, in minor units: of the credit column, else of the amount."""
        found = self.money["credit" if "credit" in self.money else "amount"]
        return found[self.currency[i]].minor[i]

    def _other(self, i: int) -> bool:
        """Whether money went out in that row."""
        return "debit" in self.money and bool(self.money["debit"][self.currency[i]].minor[i])

    def _bad(self, i: int) -> list[tuple[str, str]]:
        return [
            (name, own[self.currency[i]].bad[i])
            for name, own in self.money.items()
            if name != "debit" and i in own[self.currency[i]].bad
        ]

    def _cell(self, name: str, i: int) -> Cell:
        own = self.cells.get(name, ())
        return own[i] if i < len(own) else None

    def _text(self, name: str, i: int) -> str:
        own = self.texts.get(name, ())
        return own[i] if i < len(own) else ""

    def _reject(self, i: int, name: str, reason: str) -> Reject:
        column = self.layout.mapping[name]
        value = titles.shown(self._cell(name, i))
        row = i + self.layout.first + 1
        return Reject(row, column.header, value, reason, _MEND, self.layout.sheet, column.at)


def _code(text: str, options: Options) -> str:
    return currencies.resolve(text, options.currency, options.book_currency) if text else ""
