"""Ledger rows put right one by one: lines of one item summed, overpaid items split, one row per component or bucket."""

import re
from collections.abc import Collection, Mapping, Sequence
from operator import attrgetter

from collect import amounts, headers
from collect.amountcolumns import Minor
from collect.grids import Layout, LedgerRow
from collect.headers import PARTS
from collect.intake_body import Parsed
from collect.money import exponent

_FIGURES = attrgetter("open_minor", "amount_minor")
_KEY = attrgetter("account", "number", "due_on", "component", "currency", "bucket")
_LINE_AMOUNT = re.compile(r"(?:line|item|product)s? (?:sub ?)?(?:total|amount|value|net)(?: .*)?")
_OWN_SHARE = 0.6
"""Of an amount: two lines of one document cannot each be worth as much of its total."""


def summed(rows: list[LedgerRow], parsed: Parsed, warnings: list[str]) -> list[LedgerRow]:
    """Rows of one account, number, due date, component, currency and bucket are lines of one item.

    Their amounts are added, unless each of them repeats the amount of the whole document: that counts once.
    """
    numbers = [row.number for row in rows if row.number]
    if len(set(numbers)) == len(numbers):
        return rows
    groups: dict[tuple[str, ...], list[LedgerRow]] = {}
    for at, row in enumerate(rows):
        groups.setdefault(_KEY(row) if row.number else (str(at),), []).append(row)
    if len(groups) == len(rows):
        return rows
    once = _repeated([lines for lines in groups.values() if len(lines) > 1], parsed)
    if once:
        warnings.append(f"lines that repeat the amount of their document, not added again: {len(rows) - len(groups)}")
    return [lines[0] if len(lines) == 1 else _together(lines, once) for lines in groups.values()]


def _repeated(groups: list[list[LedgerRow]], parsed: Parsed) -> set[str]:
    """Which of amount and open are the document's: the same on all its lines, by its name or a column beside it."""
    layout, known = parsed.layout, headers.vocabulary()
    figures = {"amount": attrgetter("amount_minor"), "open": attrgetter("open_minor")}
    same = {name for name, figure in figures.items() if all(len(set(map(figure, lines))) == 1 for lines in groups)}
    read = {column.at for column in layout.mapping.values()}
    at = next((at for at, text in layout.headers.items() if _is_line_amount(text) and at not in read), None)
    if at is not None:
        return same if len(same) == len(figures) and _larger(groups, at, parsed) else set()
    if not any(known.is_one("lines", text) for text in layout.headers.values()):
        return set()
    whole = known.names("whole", layout.mapping["amount"].header) if "amount" in layout.mapping else False
    return same if ("open" in same and "open" in layout.mapping) or ("amount" in same and whole) else set()


def _larger(groups: list[list[LedgerRow]], at: int, parsed: Parsed) -> bool:
    """Whether the amounts are more than what a column says of the lines alone."""
    cells, layout = parsed.cells[at], parsed.layout
    how = amounts.style([cells], parsed.options.decimal or ".")
    own = amounts.read(cells, how, exponent(groups[0][0].currency), layout.scale).minor
    shares = [(own[row.row - 1 - layout.first], row.amount_minor) for lines in groups for row in lines]
    return any(part is not None and abs(part) < _OWN_SHARE * abs(whole) for part, whole in shares)


def _is_line_amount(header: str) -> bool:
    return _LINE_AMOUNT.fullmatch(headers.words(header)) is not None


def _together(lines: Sequence[LedgerRow], once: Collection[str]) -> LedgerRow:
    """One item of its lines: their sums, but what is in `once` as it stands in the first."""
    first = lines[0]
    amount = first.amount_minor if "amount" in once else sum(row.amount_minor for row in lines)
    rest = None if all(row.open_minor is None for row in lines) else sum(map(_open, lines))
    settled = [row.settled_on for row in lines]
    return first._replace(
        amount_minor=amount,
        open_minor=first.open_minor if "open" in once else rest,
        kind="credit" if amount < 0 else "item",
        disputed=any(row.disputed for row in lines),
        settled_on=max(settled) if all(settled) else "",
    )


def _open(row: LedgerRow) -> int:
    return row.amount_minor if row.open_minor is None else row.open_minor


def overpaid(rows: list[LedgerRow]) -> tuple[list[LedgerRow], int]:
    """Split items that are open below zero into the settled item and a credit; also how many there were."""
    odd = {i for i, (left, whole) in enumerate(map(_FIGURES, rows)) if left is not None and left < 0 < whole}
    if not odd:
        return rows, 0
    result: list[LedgerRow] = []
    for i, row in enumerate(rows):
        if i in odd:
            result.append(row._replace(open_minor=0))
            result.append(row._replace(kind="credit", amount_minor=_open(row), due_on="", due_from="", settled_on=""))
        else:
            result.append(row)
    return result, len(odd)


def split(rows: list[LedgerRow], layout: Layout, minor: Mapping[int, Minor]) -> tuple[list[LedgerRow], int]:
    """One row per component that has an amount, or per age bucket where the file knows no due date.

    A row that its shares do not add up to stays whole; also how many have components that do not.
    """
    parts = [(part, minor[layout.mapping[part].at]) for part in PARTS if part in layout.mapping]
    if len(parts) > 1 or (parts and not {"amount", "open", "debit", "credit"} & layout.mapping.keys()):
        return _split_by(rows, parts, layout.first, "component")
    if layout.buckets and not all(row.due_on for row in rows):
        buckets = [(bucket.label, minor[bucket.at]) for bucket in layout.buckets]
        return _split_by(rows, buckets, layout.first, "bucket")[0], 0
    return rows, 0


def _split_by(
    rows: list[LedgerRow], columns: Sequence[tuple[str, Minor]], first: int, field: str
) -> tuple[list[LedgerRow], int]:
    """Each row in the shares its columns give it, and how many rows have shares that do not add up to them."""
    result, odd = list[LedgerRow](), 0
    for row in rows:
        i = row.row - 1 - first
        shares = [(label, value) for label, values in columns if (value := values[i] or 0)]
        adds_up = _adds_up(row, shares, field)
        if not shares or (field == "bucket" and row.due_on) or not adds_up:
            odd += bool(shares) and not adds_up
            result.append(row)
            continue
        for label, value in shares:
            kind = "credit" if value < 0 else "item"
            amount = row.amount_minor if len(shares) == 1 and field == "bucket" else value
            part = row._replace(kind=kind, amount_minor=amount, open_minor=value)
            result.append(part._replace(component=label) if field == "component" else part._replace(bucket=label))
    return result, odd


def _adds_up(row: LedgerRow, shares: Sequence[tuple[str, int]], field: str) -> bool:
    whole = sum(value for _, value in shares)
    alone = field == "bucket" and row.open_minor is None and len(shares) == 1
    return whole == _open(row) or (alone and 0 < whole <= row.amount_minor)
