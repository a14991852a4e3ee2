"""Rows that cannot be taken: which cell, why, and what to write instead."""

from collections.abc import Iterable, Iterator, Sequence

from collect import headers, titles
from collect.grids import Reject
from collect.intake_body import Parsed, Problem
from collect.intake_money import Figures

_SUGGESTIONS = (
    ("more cells", "put amounts in quotes, or export them without commas"),
    ("formula", "open the file in Excel, correct the formula or let it calculate, and save it"),
    ("an id shortened", "format the column as text and export again"),
    ("more than 15 digits", "format the column as text and export again"),
    ("an id should be", "format the column as text and export again"),
    ("not a date", "write it as YYYY-MM-DD"),
    ("a date where an amount", "format the cell as a number"),
    ("Cr is a credit", "write -1200000.00 for a credit, 12000000 for crores"),
    ("three decimals, or", "say which mark stands before the decimals: --decimal . or --decimal ,"),
    ("a unit beside", "write the number out, 125000.00 for 1.25 lakh"),
    ("two signs", "keep one of the two"),
    ("not written with", "write it like the other amounts, or leave out --decimal"),
    ("not a currency", "use a code of three letters, such as INR"),
    ("is stated", "correct the sign or the currency"),
    ("no customer number", "fill in the number"),
    (
        "no customer",
        "fill in the customer; Excel fills a column down: Go To Special, Blanks, = the cell above, Ctrl+Enter",
    ),
    ("no amount", "fill in the amount"),
    ("no open amount", "fill in the open amount, 0 where it is paid"),
    ("opposite signs", "correct the sign of one of the two; a running balance needs --layout statement"),
    ("the balance moves", "correct the row, or leave the balance out: --map open="),
    ("opens with", "import what lies between as well"),
    ("no date", "fill in the date"),
    ("debit or credit", "write the amount with Dr or Cr"),
    ("whose", "fill in customer and number, or delete the row"),
    ("", "write it like 1234.50"),
)


def suggestion(reason: str) -> str:
    """What to do about a reason."""
    return next(text for word, text in _SUGGESTIONS if word in reason)


def find(parsed: Parsed, items: Sequence[int], figures: Figures) -> tuple[list[Reject], set[int]]:
    """All rejects in the file's order, and the rows (from 0 below the header) they set aside."""
    found = sorted({*_cells(parsed, items), *_rows(parsed, items, figures)})
    seen: set[tuple[int, int]] = set()
    rejects = []
    for i, at, reason in found:
        if (i, at) not in seen:
            seen.add((i, at))
            rejects.append(reject(parsed, i, at, reason))
    return rejects, {i for i, _, _ in found}


def reject(parsed: Parsed, i: int, at: int, reason: str) -> Reject:
    """The reject of one cell, as the file shows it."""
    layout = parsed.layout
    value = titles.shown(parsed.cells[at][i]) if at in parsed.cells else ""
    column = layout.headers.get(at) or headers.letter(at)
    whose = parsed.kinds.account[i], parsed.kinds.name[i]
    return Reject(i + layout.first + 1, column, value, reason, suggestion(reason), layout.sheet, at, *whose)


def _cells(parsed: Parsed, items: Sequence[int]) -> Iterator[Problem]:
    """Cells of items that cannot be read; words in the number or date cell of loose money are no harm."""
    kinds, minor = parsed.kinds, parsed.purse.minor
    wanted = {*items, *kinds.no_amount}
    for i, at, reason in parsed.problems:
        if i in wanted and (at in minor or i not in kinds.loose or "formula" in reason):
            yield i, at, reason


def _rows(parsed: Parsed, items: Sequence[int], figures: Figures) -> Iterator[Problem]:
    """Rows that lack what an item must have, or contradict themselves."""
    kinds, layout = parsed.kinds, parsed.layout
    money = _column(parsed, ("open", "amount", "debit"))
    broken = {i for i, at, _ in parsed.problems if at in parsed.purse.minor}
    party = _column(parsed, ("account", "name"))
    yield from ((i, money, "no amount") for i in kinds.no_amount if i not in broken)
    yield from ((i, party, "no customer") for i in kinds.no_party)
    yield from ((i, money, "an amount, but nothing says whose it is") for i in kinds.unclear)
    amount, outstanding = figures.amount, figures.open
    if None in amount:
        yield from ((i, money, "no amount") for i in items if amount[i] is None and i not in broken)
    if outstanding is not None:
        if None in outstanding:
            yield from _no_open(items, figures, broken, money)
        for i in items:
            if (amount[i] or 0) < 0 < (outstanding[i] or 0):
                yield i, money, "open and amount have opposite signs"
    if "account" in layout.mapping and not kinds.grouped and any(kinds.account) and "" in kinds.account:
        yield from ((i, layout.mapping["account"].at, "no customer number") for i in items if not kinds.account[i])


def _no_open(items: Sequence[int], figures: Figures, broken: set[int], money: int) -> Iterable[Problem]:
    outstanding = figures.open or []
    return [
        (i, money, "no open amount")
        for i in items
        if outstanding[i] is None and figures.amount[i] is not None and i not in broken
    ]


def _column(parsed: Parsed, fields: Sequence[str]) -> int:
    """The first of these fields' columns, else the first money column."""
    mapping = parsed.layout.mapping
    return next((mapping[field].at for field in fields if field in mapping), min(parsed.purse.minor))
