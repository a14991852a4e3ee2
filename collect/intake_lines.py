"""Ledger rows put right one by one: lines of one item summed, overpaid items split, one row per component or bucket."""

import re
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import attrgetter

from collect import amounts, headers
from collect.grids import Layout, LedgerRow
from collect.headers import PARTS
from collect.intake_body import Parsed
from collect.intake_money import Minor
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
    if _repeats([lines for lines in groups.values() if len(lines) > 1], parsed):
        warnings.append(f"lines that repeat the amount of their document, not added again: {len(rows) - len(groups)}")
        return [lines[0] for lines in groups.values()]
    return [reduce(_added, lines) for lines in groups.values()]


def _repeats(groups: list[list[LedgerRow]], parsed: Parsed) -> bool:
    """Whether the amount column is the document's: the same on all its lines, a column beside it for the line's own."""
    if any(len(set(map(_FIGURES, lines))) > 1 for lines in groups):
        return False
    layout, read = parsed.layout, {column.at for column in parsed.layout.mapping.values()}
    at = next((at for at, text in layout.headers.items() if _is_line_amount(text) and at not in read), None)
    if at is None:
        return False
    cells = parsed.cells[at]
    how = amounts.style([cells], parsed.options.decimal or ".")
    own = amounts.read(cells, how, exponent(groups[0][0].currency), layout.scale).minor
    shares = [(own[row.row - 1 - layout.first], row.amount_minor) for lines in groups for row in lines]
    return any(part is not None and abs(part) < _OWN_SHARE * abs(whole) for part, whole in shares)


def _is_line_amount(header: str) -> bool:
    return _LINE_AMOUNT.fullmatch(headers.words(header)) is not None


def _added(one: LedgerRow, line: LedgerRow) -> LedgerRow:
    amount = one.amount_minor + line.amount_minor
    rest = None if one.open_minor is None and line.open_minor is None else _open(one) + _open(line)
    return one._replace(
        amount_minor=amount,
        open_minor=rest,
        kind="credit" if amount < 0 else "item",
        disputed=one.disputed or line.disputed,
        settled_on=max(one.settled_on, line.settled_on) if one.settled_on and line.settled_on else "",
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


def split(rows: list[LedgerRow], layout: Layout, minor: Mapping[int, Minor]) -> list[LedgerRow]:
    """One row per component that has an amount, or per age bucket where the file knows no due date."""
    parts = [(part, minor[layout.mapping[part].at]) for part in PARTS if part in layout.mapping]
    if len(parts) > 1 or (parts and not {"amount", "open", "debit", "credit"} & layout.mapping.keys()):
        return _split_by(rows, parts, layout.first, "component")
    if layout.buckets and not all(row.due_on for row in rows):
        return _split_by(rows, [(bucket.label, minor[bucket.at]) for bucket in layout.buckets], layout.first, "bucket")
    return rows


def _split_by(rows: list[LedgerRow], columns: Sequence[tuple[str, Minor]], first: int, field: str) -> list[LedgerRow]:
    """Each row in the shares its columns give it; a row that its buckets do not add up to stays whole."""
    result = []
    for row in rows:
        i = row.row - 1 - first
        shares = [(label, value) for label, values in columns if (value := values[i] or 0)]
        if not shares or (field == "bucket" and (row.due_on or not _adds_up(row, shares))):
            result.append(row)
            continue
        for label, value in shares:
            kind = "credit" if value < 0 else "item"
            amount = row.amount_minor if len(shares) == 1 and field == "bucket" else value
            part = row._replace(kind=kind, amount_minor=amount, open_minor=value)
            result.append(part._replace(component=label) if field == "component" else part._replace(bucket=label))
    return result


def _adds_up(row: LedgerRow, shares: Sequence[tuple[str, int]]) -> bool:
    whole = sum(value for _, value in shares)
    return whole == _open(row) or (row.open_minor is None and len(shares) == 1 and 0 < whole <= row.amount_minor)
