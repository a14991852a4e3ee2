"""A list of customers becomes what is known of accounts: read every row, set aside what is wrong.

Pure, like `intake`: bad cells are values with a place and a reason.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from collect import amounts, currencies, idcells, phones, terms, titles
from collect.grids import Cell, Layout, Options, Reject, Unread
from collect.money import exponent
from collect.phones import Phone

_TEXTS = ("territory", "agent", "language", "state")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_BOUNDS = {"latitude": 90, "longitude": 180}


class Party(NamedTuple):
    """What one row says of an account; '' and None mean that it says nothing."""

    row: int
    account: str
    values: Mapping[str, str | int]
    """By field of the account: name, agent, territory, credit_days, language, postcode, state, position."""
    phones: tuple[Phone, ...] = ()
    emails: tuple[Phone, ...] = ()
    addresses: tuple[str, ...] = ()
    limit: tuple[str, int] | None = None
    """Currency and minor units."""


@dataclass(slots=True)
class Parties:
    """A list of customers, read: rows_read = taken + rejected + duplicates."""

    layout: Layout
    parties: list[Party] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    rows_read: int = 0
    duplicates: int = 0
    warnings: list[str] = field(default_factory=list)
    samples: dict[str, str] = field(default_factory=dict)
    unread: tuple[Unread, ...] = ()
    date_order: str = ""

    @property
    def rejected(self) -> int:
        """How many rows are set aside."""
        return len({one.row for one in self.rejects})


def read(layout: Layout, columns: Mapping[int, Sequence[Cell]], options: Options, country: str) -> Parties:
    """The rows of a list of customers; numbers without a country code belong to `country`.

    Raises InputRefused where the decimal mark of the limits is not decided.
    """
    found = Parties(layout)
    size = max(map(len, columns.values()), default=0)
    rows = [tuple(columns[at][i] if i < len(columns[at]) else None for at in layout.needed) for i in range(size)]
    reader = _Reader(layout, columns, options, country)
    seen: dict[tuple[Cell, ...], int] = {}
    taken: dict[str, int] = {}
    for i, cells in enumerate(rows):
        if all(cell is None or cell == "" for cell in cells):
            continue
        found.rows_read += 1
        if seen.setdefault(cells, i) != i:
            found.duplicates += 1
            continue
        party, wrong = reader.row(i)
        if (first := taken.setdefault(party.account, i)) != i and party.account:
            wrong.append(("account", f"stands in row {first + layout.first + 1} already, otherwise"))
        found.rejects += [reader.reject(i, name, reason) for name, reason in wrong]
        if not wrong:
            found.parties.append(party)
    found.warnings += _remarks(found.parties)
    found.samples = {
        name: next((titles.shown(cell) for cell in columns[column.at][:200] if cell not in {None, ""}), "")
        for name, column in layout.mapping.items()
    }
    return found


class _Reader:
    """Reads one row after the other by the columns of a layout."""

    def __init__(self, layout: Layout, columns: Mapping[int, Sequence[Cell]], options: Options, country: str) -> None:
        self.layout, self.options, self.country = layout, options, country
        self.columns = {name: columns[column.at] for name, column in layout.mapping.items()}
        self.ids = idcells.ids(self.columns["account"]) if "account" in self.columns else None
        limits = self.columns.get("credit_limit", ())
        self.style = amounts.style([limits], options.decimal)

    def text(self, name: str, i: int) -> str:
        """A cell as text, '' where there is none."""
        cells = self.columns.get(name, ())
        return idcells.ids([cells[i]]).text[0] if i < len(cells) else ""

    def reject(self, i: int, name: str, reason: str) -> Reject:
        """The reject of one cell."""
        shown = name if name in self.layout.mapping else "name" if "name" in self.layout.mapping else "account"
        column = self.layout.mapping[shown]
        value = titles.shown(self.columns[shown][i]) if i < len(self.columns[shown]) else ""
        row = i + self.layout.first + 1
        return Reject(row, column.header, value, reason, _todo(reason), self.layout.sheet, column.at)

    def row(self, i: int) -> tuple[Party, list[tuple[str, str]]]:
        """What one row says, and what is wrong in it: field and reason."""
        wrong: list[tuple[str, str]] = []
        if self.ids and i in self.ids.bad:
            wrong.append(("account", self.ids.bad[i]))
        account = self.text("account", i) or self.text("name", i)
        if not account:
            wrong.append(("account", "no customer"))
        values: dict[str, str | int] = {name: self.text(name, i) for name in (*_TEXTS, "name")}
        values["postcode"] = self.text("pin_code", i)
        _take(values, wrong, "credit_days", self._cell("credit_days", i), _days)
        values["position"] = self._position(i, wrong)
        if "credit_days" not in values:
            _take(values, wrong, "credit_days", self._cell("terms", i), _terms)
        limit = self._limit(i, wrong)
        party = Party(
            i + self.layout.first + 1,
            account,
            {name: value for name, value in values.items() if value != ""},
            tuple(phones.read(text, self.country) for text in self._many("phone", i)),
            tuple(Phone(text, "" if _MAIL.fullmatch(text) else "not an address") for text in self._many("email", i)),
            tuple(filter(None, [self.text("address", i)])),
            limit,
        )
        return party, wrong

    def _cell(self, name: str, i: int) -> Cell:
        cells = self.columns.get(name, ())
        return cells[i] if i < len(cells) else None

    def _many(self, kind: str, i: int) -> Iterator[str]:
        """What stands in all columns of a kind, each number or address once."""
        found: dict[str, None] = {}
        for name in self.columns:
            if name.split()[0] == kind:
                found.update(dict.fromkeys(phones.several(self.text(name, i))))
        return iter(found)

    def _position(self, i: int, wrong: list[tuple[str, str]]) -> str:
        """Latitude and longitude as `18.5204,73.8567`; '' where they are not both there."""
        degrees = []
        for name, bound in _BOUNDS.items():
            text = self.text(name, i).removesuffix("\u00b0")
            if not text:
                continue
            try:
                beyond = abs(Decimal(text)) > bound
            except InvalidOperation:
                wrong.append((name, "not a number of degrees"))
            else:
                wrong += [(name, f"beyond {bound} degrees")] if beyond else []
                degrees.append(text)
        return ",".join(degrees) if len(degrees) == len(_BOUNDS) else ""

    def _limit(self, i: int, wrong: list[tuple[str, str]]) -> tuple[str, int] | None:
        cell = self._cell("credit_limit", i)
        if cell is None or cell == "":
            return None
        stated = self.text("currency", i)
        code = currencies.resolve(stated, self.options.currency, self.options.book_currency) if stated else ""
        code = code or self.options.currency or self.options.book_currency
        found = amounts.read([cell], self.style, exponent(code))
        minor = found.minor[0]
        if found.bad or minor is None or minor < 0:
            wrong.append(("credit_limit", found.bad.get(0, "not a limit")))
            return None
        return code, minor


def _take(
    values: dict[str, str | int],
    wrong: list[tuple[str, str]],
    name: str,
    cell: Cell,
    read: Callable[[Cell], str | int],
) -> None:
    """Keep the number in a cell; a text that comes back instead is what is wrong with it."""
    if cell is None or cell == "":
        return
    value = read(cell)
    if not isinstance(value, str):
        values[name] = value
    elif value:
        wrong.append((name, value))


def _days(cell: Cell) -> int | str:
    days = terms.days(cell)
    return "not a number of days" if days is None else days


def _terms(cell: Cell) -> int | str:
    """Days of terms that count from the bill; others ("EOM+15") say nothing that an account can keep."""
    rule = terms.rule(cell)
    counts = {(rule(day) - day).days for day in (date(2026, 1, 1), date(2026, 2, 9))} if rule else set()
    return counts.pop() if len(counts) == 1 else ""


def _todo(reason: str) -> str:
    for word, text in (
        ("no customer", "fill in the customer"),
        ("already", "keep one of the two rows"),
        ("days", "write a number of days, such as 30"),
        ("degrees", "write it like 18.5204"),
        ("an id", "format the column as text and export again"),
        ("15 digits", "format the column as text and export again"),
    ):
        if word in reason:
            return text
    return "write it like 50000.00"


def _remarks(parties: Sequence[Party]) -> Iterator[str]:
    """Numbers and addresses that were kept as they are written, for they can be none."""
    for what, bad in (
        ("phone numbers cannot be dialled", [one for party in parties for one in party.phones if one.wrong]),
        ("e-mail addresses are none", [one for party in parties for one in party.emails if one.wrong]),
    ):
        if bad:
            yield f"{what}: {len(bad)}, the first {bad[0].value} ({bad[0].wrong}); kept as written and marked wrong"
