"""A list of customers becomes what is known of accounts: find its columns, read every row, set aside what is wrong.

Pure, like `intake`: bad cells are values with a place and a reason.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import NamedTuple

from collect import amounts, currencies, headers, idcells, phones, terms, titles
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Column, Layout, Options, Reject
from collect.money import exponent
from collect.phones import Phone
from collect.profiles import Tops

FIELDS = (
    "account", "name", "phone", "email", "address", "territory", "agent", "credit_days", "terms", "credit_limit",
    "currency", "language", "pin_code", "state", "latitude", "longitude",
)  # fmt: skip
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
    date_order: str = ""

    @property
    def rejected(self) -> int:
        """How many rows are set aside."""
        return len({one.row for one in self.rejects})


def find(tops: Tops, options: Options) -> Layout:
    """The layout of the list of customers in a file: the header row with the most columns that are known.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    if unknown := next((name for name in options.mapping if name not in FIELDS), None):
        raise WrongUsage(f"no such field of an account: {unknown}", "fields are: " + ", ".join(FIELDS))
    names = [sheet.name for sheet, _ in tops]
    if options.sheet and options.sheet not in names:
        raise WrongUsage(f"no such sheet: {options.sheet}", "sheets are: " + ", ".join(names[:20]))
    best: Layout | None = None
    for sheet, rows in tops:
        if sheet.name == options.sheet or (sheet.visible and not options.sheet):
            for top in range(len(rows)):
                found = _layout(sheet.name, rows, top, options)
                if found and (best is None or len(found.mapping) > len(best.mapping)):
                    best = found
    if best is None:
        raise InputRefused(
            "no header row with a customer and something known of them",
            "name the columns, for example --map account='Header of the number' --map phone='Header of the phone'",
        )
    return best


def _layout(sheet: str, rows: Sequence[Sequence[Cell]], top: int, options: Options) -> Layout | None:
    texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in rows[top]]
    given = {name: headers.column_named(header, texts) if header else -1 for name, header in options.mapping.items()}
    places = {name: place for name, place in given.items() if place is not None and place < len(texts)}
    if len(places) < len(given) or sum(map(bool, texts)) < 2:
        return None
    known = _vocabulary()
    mapping = headers.assign(texts, {}, known, places)
    if not {"account", "name"} & mapping.keys() or len(mapping) < 2:
        return None
    more = {
        place: kind
        for place, text in enumerate(texts)
        if place not in mapping.values() and (kind := _kind(text, known)) in {"phone", "email"}
    }
    columns = {name: Column(place, texts[place]) for name, place in mapping.items()}
    columns |= {f"{kind} {number}": Column(place, texts[place]) for number, (place, kind) in enumerate(more.items(), 2)}
    return Layout(
        sheet=sheet,
        header_row=top + 1,
        first=top + 1,
        mapping=columns,
        buckets=(),
        headers={place: text for place, text in enumerate(texts) if text},
        needed=tuple(place for place, text in enumerate(texts) if text),
        fingerprint="accounts " + sha256("|".join(map(headers.words, texts)).rstrip("|").encode()).hexdigest()[:16],
        titles=tuple(text for row in rows[:top] if (text := titles.line(row))),
    )


def _vocabulary() -> headers.Vocabulary:
    """The known headers, as far as they are about customers; a state is a place here."""
    known = headers.vocabulary()
    meanings = {
        header: tuple(pair for pair in found if pair[0] in FIELDS and pair[0] != "state")
        for header, found in known.meanings.items()
    }
    return replace(known, meanings={**meanings, "state": (("state", 0),), "province": (("state", 1),)})


def _kind(text: str, known: headers.Vocabulary) -> str:
    """Phone or email, where a header is another of these: `Phone 2`, `Mobile (alternate)`."""
    plain = re.sub(r"\b(?:alternate|alt|other|second|secondary|office|home|work)\b|\d+$", "", headers.words(text))
    found = known.meanings.get(" ".join(plain.split()), ())
    return found[0][0] if found else ""


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
            wrong.append(("account", f"this customer stands in row {first + layout.first + 1} already, otherwise"))
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
