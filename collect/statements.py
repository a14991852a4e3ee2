"""A running ledger, one per sheet: the movements of its balance are the debt, debit and credit columns a control.

Where what was sent differs from what the balance rose by (a margin, a commission), the balance counts.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from collect import headers, intake_report, titles
from collect.grids import AccountRow, ColumnSum, FileTotal, Intake, Layout, LedgerRow, Reject
from collect.intake_body import Parsed
from collect.intake_money import Minor
from collect.intake_rejects import reject

_OPENING = re.compile(r".*\b(?:opening|carried|brought|b/?f|previous|old balance|initial)\b.*", re.IGNORECASE)
_PLAIN_TAB = re.compile(r"(?:sheet|table|ledger|statement|data|report|account)s?\s*\d*", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:ledger|customer|party)? ?(?:ledger )?(?:account|statement)(?: of account)?s?:?", re.IGNORECASE
)


class Movement(NamedTuple):
    """A change of the balance: the row it stands in, its day ('' for none stated), and minor units."""

    at: int
    day: str
    minor: int


class Running(NamedTuple):
    """What a sheet's running ledger holds: its movements, what was passed over and why, and its closing balance."""

    movements: list[Movement]
    skipped: dict[str, int]
    rejects: list[Reject]
    aside: set[int]
    closing: int | None
    closing_at: int


def owner(layout: Layout) -> tuple[str, str]:
    """Number and name of the customer a sheet belongs to: from its titles, else from its own name."""
    for line in layout.titles:
        number, name = titles.who(line)
        if number or name != " ".join(line.split()):
            return number, name
    for heading, line in pairwise(layout.titles):
        if _HEADING.fullmatch(heading):
            return "", line
    number, name = titles.who(layout.sheet)
    if number or not _PLAIN_TAB.fullmatch(name) or not layout.titles:
        return number, name
    return "", layout.titles[0]


def read(parsed: Parsed) -> Running:
    """The movements of one running ledger."""
    days = parsed.days.iso.get("document_on") or [""] * parsed.size
    moved, balance = _moved(parsed), _column(parsed, "open")
    skipped = {"opening": 0, "total": 0, "note": 0, "zero": 0}
    rejects: list[Reject] = []
    aside: set[int] = set()
    opening: Movement | None = None
    rows: list[int] = []
    broken: dict[int, list[Reject]] = {}
    for i, at, reason in parsed.problems:
        broken.setdefault(i, []).append(reject(parsed, i, at, reason))
    for i in range(parsed.size):
        words = _words(parsed, i)
        value = balance[i] if balance[i] is not None else moved[i]
        if i in broken and (days[i] or value):
            rejects += broken[i]
            aside.add(i)
        elif opening is None and not rows and value is not None and _OPENING.fullmatch(words) and not moved[i]:
            opening = Movement(i, days[i], value)
        elif days[i] and value is not None:
            rows.append(i)
        elif days[i] or value is not None or words:
            skipped["note" if value is None else "total"] += 1
    movements = _movements(list(rows), days, moved, balance, opening)
    if opening and not opening.minor:
        skipped["opening"] += 1
    skipped["zero"] = len(rows) + bool(opening and opening.minor) - len(movements)
    closing = next((i for i in reversed(rows) if balance[i] is not None), None)
    return Running(movements, skipped, rejects, aside, None if closing is None else balance[closing], closing or 0)


def _column(parsed: Parsed, field: str) -> Minor:
    mapping = parsed.layout.mapping
    return parsed.purse.minor[mapping[field].at] if field in mapping else [None] * parsed.size


def _moved(parsed: Parsed) -> Minor:
    """What the debit and credit columns, or the one amount column, say the row moves."""
    debit, credit, amount = (_column(parsed, field) for field in ("debit", "credit", "amount"))
    return [
        whole if plus is None and minus is None else (plus or 0) - (minus or 0)
        for plus, minus, whole in zip(debit, credit, amount, strict=True)
    ]


def _words(parsed: Parsed, i: int) -> str:
    cells = (cells[i] for cells in parsed.cells.values())
    return " ".join(cell for cell in cells if isinstance(cell, str) and cell.strip())


def _movements(
    rows: list[int], days: Sequence[str], moved: Minor, balance: Minor, opening: Movement | None
) -> list[Movement]:
    """By the balance where there is one, else by debit and credit; a ledger that runs backwards is read backwards."""
    if len(rows) > 1 and days[rows[0]] > days[rows[-1]]:
        rows.reverse()
    standing = opening.minor if opening else None
    found = []
    if opening and opening.minor:
        found.append(opening._replace(day=opening.day or (days[rows[0]] if rows else "")))
    for i in rows:
        after = balance[i]
        step = after - standing if after is not None and standing is not None else moved[i] or 0
        if after is not None and standing is None and moved[i] is None:
            step = after
        standing = after if after is not None else None if standing is None else standing + step
        if step:
            found.append(Movement(i, days[i], step))
    return found


def ledger_rows(parsed: Parsed, running: Running) -> list[LedgerRow]:
    """The movements as items (it rose) and credits (it fell) of the sheet's customer."""
    number, name = owner(parsed.layout)
    first = parsed.layout.first + 1
    return [
        LedgerRow(
            row=at + first,
            account=number or name,
            name=name or number,
            number=parsed.number[at],
            component="principal",
            kind="item" if minor > 0 else "credit",
            document_on=day,
            due_on="",
            currency=parsed.purse.currency[at],
            amount_minor=minor,
            open_minor=None,
            settled_on="",
            disputed=False,
            bucket="",
            due_from="",
        )
        for at, day, minor in running.movements
    ]


def controls(parsed: Parsed, running: Running) -> tuple[list[FileTotal], list[ColumnSum]]:
    """The closing balance beside what the movements sum to, and the sums of the debit and credit columns."""
    layout = parsed.layout
    currency = parsed.purse.currency[0] if parsed.purse.currency else parsed.options.book_currency
    rows = {movement.at for movement in running.movements}
    sums = [
        ColumnSum(layout.mapping[field].header, currency, sum(_column(parsed, field)[i] or 0 for i in rows))
        for field in ("debit", "credit")
        if field in layout.mapping
    ]
    if running.closing is None:
        return [], sums
    at = layout.mapping["open"].at
    place = f"{layout.sheet}!{headers.letter(at)}{running.closing_at + layout.first + 1} ({layout.headers[at]})"
    read_minor = sum(movement.minor for movement in running.movements)
    return [FileTotal(currency, running.closing, read_minor, place)], sums


def intake(parsed: Parsed) -> Intake:
    """One sheet with a running ledger, as rows."""
    running = read(parsed)
    rows = ledger_rows(parsed, running)
    number, name = owner(parsed.layout)
    key = number or name
    account = AccountRow(key, name or number, {name or number: len(rows)}, {})
    file_totals, column_sums = controls(parsed, running)
    warnings = list(parsed.layout.warnings)
    skipped = {reason: count for reason, count in running.skipped.items() if count}
    items = [movement.at for movement in running.movements]
    return Intake(
        layout=parsed.layout,
        rows=rows,
        accounts={key: account} if rows else {},
        rejects=running.rejects,
        rows_read=len(rows) + sum(skipped.values()) + len(running.aside),
        taken=len(rows),
        skipped=skipped,
        rejected=len(running.aside),
        duplicates=0,
        hidden_rows=intake_report.hidden(parsed, items),
        rounded=len(parsed.purse.rounded.intersection(items)),
        control=intake_report.control(rows),
        file_totals=file_totals,
        column_sums=column_sums,
        warnings=warnings,
        as_of=intake_report.as_of(parsed, rows, warnings),
        date_order=parsed.days.order,
        samples=intake_report.samples(parsed, items),
    )
