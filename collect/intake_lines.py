"""Ledger rows put right one by one: lines of one item summed, overpaid items split, one row per component or bucket."""

from collections.abc import Mapping, Sequence
from operator import attrgetter

from collect.grids import Layout, LedgerRow
from collect.headers import PARTS
from collect.intake_money import Minor

_FIGURES = attrgetter("open_minor", "amount_minor")


def summed(rows: list[LedgerRow]) -> list[LedgerRow]:
    """Rows of one account, number, due date, component, currency and bucket are lines of one item."""
    numbers = [row.number for row in rows if row.number]
    if len(set(numbers)) == len(numbers):
        return rows
    numbered = [(r.account, r.number, r.due_on, r.component, r.currency, r.bucket) for r in rows if r.number]
    if len(set(numbered)) == len(numbered):
        return rows
    first: dict[tuple[str, ...], int] = {}
    result: list[LedgerRow] = []
    for row in rows:
        key = (row.account, row.number, row.due_on, row.component, row.currency, row.bucket)
        if row.number and key in first:
            at = first[key]
            result[at] = _added(result[at], row)
        else:
            first[key] = len(result)
            result.append(row)
    return result


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
