"""The sheets of one file, read one by one, as one result: each row once, nothing left out in silence."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace

from collect import intake_report
from collect.errors import InputRefused
from collect.grids import AccountRow, ColumnSum, FileTotal, Intake, LedgerRow, SheetRows


def join(intakes: Sequence[Intake]) -> Intake:
    """The sheets of one file as one result; the layout is the first one's.

    Raises InputRefused where the sheets of a list are of different days or hold the same item: then one may be a copy
    of another, or an older list.
    """
    first, others = intakes[0], intakes[0].layout.others
    sheets = (*(SheetRows(one.layout.sheet, one.taken, read=True) for one in intakes), *others)
    left = [f"sheet '{one.name}' was not read: {one.rows:,} rows below its header (--sheet)" for one in others]
    if len(intakes) == 1:
        return replace(first, sheets=sheets if others else (), warnings=[*first.warnings, *left])
    if not first.layout.statement:
        _refuse_copies(intakes)
    rows: list[LedgerRow] = []
    for one in intakes:
        above = max((row.row for row in rows), default=0)
        rows += [row._replace(row=above + row.row) for row in one.rows]
    skipped: Counter[str] = Counter()
    sums: Counter[tuple[str, str]] = Counter()
    accounts: dict[str, AccountRow] = {}
    totals: list[FileTotal] = []
    for one in intakes:
        skipped.update(one.skipped)
        sums.update({(column.header, column.currency): column.minor for column in one.column_sums})
        for number, found in one.accounts.items():
            accounts[number] = _met(accounts[number], found) if number in accounts else found
        place = "" if one.layout.statement else f"{one.layout.sheet}!"
        totals += [total._replace(place=place + total.place) for total in one.file_totals]
    return replace(
        first,
        rows=rows,
        accounts=accounts,
        rejects=[found for one in intakes for found in one.rejects],
        rows_read=sum(one.rows_read for one in intakes),
        taken=sum(one.taken for one in intakes),
        skipped=dict(skipped),
        rejected=sum(one.rejected for one in intakes),
        duplicates=sum(one.duplicates for one in intakes),
        hidden_rows=sum(one.hidden_rows for one in intakes),
        rounded=sum(one.rounded for one in intakes),
        control=intake_report.control(rows),
        file_totals=totals,
        column_sums=[ColumnSum(header, currency, minor) for (header, currency), minor in sums.items()],
        warnings=[*dict.fromkeys(text for one in intakes for text in one.warnings), *left],
        as_of=max(one.as_of for one in intakes),
        unread=tuple({one.header: one for each in intakes for one in each.unread}.values()),
        sheets=sheets,
        proven=all(one.proven for one in intakes),
    )


def _met(one: AccountRow, other: AccountRow) -> AccountRow:
    """An account that stands on two sheets: every spelling, the first sheet's facts before the other's."""
    return one._replace(names=tuple(dict.fromkeys((*one.names, *other.names))), facts={**other.facts, **one.facts})


def _refuse_copies(intakes: Sequence[Intake]) -> None:
    hint = "choose the newest with --sheet"
    days = {one.as_of: one.layout.sheet for one in reversed(intakes) if one.as_of}
    if len(days) > 1:
        told = ", ".join(f"{name} of {day}" for day, name in sorted(days.items()))
        raise InputRefused(f"sheets with the same columns and different days: {told}", hint)
    seen: dict[Hashable, str] = {}
    for one in intakes:
        sheet = one.layout.sheet
        for row in one.rows:
            key = row.account, row.number or row.document_on, row.due_on, row.component
            if (other := seen.setdefault(key, sheet)) != sheet:
                what = f"{row.number} of {row.account}" if row.number else row.account
                raise InputRefused(f"the same item on two sheets, {other} and {sheet}: {what}", hint)
