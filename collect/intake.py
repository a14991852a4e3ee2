"""A ledger file becomes rows: find the layout, read whole columns, set aside what cannot be taken, prove the sums.

Pure: it sees grids of cells, never a file. Bad cells are values (`Reject`) with a place and a reason; a file that
cannot be decided as a whole raises InputRefused and says which option decides it.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from collect import (
    balancewords,
    headers,
    intake_body,
    intake_layout,
    intake_lines,
    intake_money,
    intake_rejects,
    intake_report,
    intake_rows,
    nodebts,
    statements,
    titles,
)
from collect.errors import InputRefused, RunningLedger
from collect.grids import (
    Cell,
    Findings,
    FindingsLike,
    Intake,
    Layout,
    Options,
    Tops,
)
from collect.intake_body import Parsed


def find_layout(tops: Tops, options: Options | None = None) -> Layout:
    """The layout of the one ledger in a file, from the first rows of every sheet.

    Raises InputRefused (what was found and how to map it) and WrongUsage (no such field or sheet).
    """
    return find_layouts(tops, options)[0]


def find_layouts(tops: Tops, options: Options | None = None) -> list[Layout]:
    """The layouts of all ledgers in a file: one of a list, one per sheet with `--layout statement`."""
    return intake_layout.find(tops, options or Options())


def read(
    layout: Layout,
    columns: Mapping[int, Sequence[Cell]],
    findings: FindingsLike | None = None,
    options: Options | None = None,
) -> Intake:
    """The rows of a ledger; `columns` are those the layout needs, from its first row on.

    Raises InputRefused where the order of days, the decimal mark or the customer is not decided by the file.
    """
    parsed = intake_body.parse(layout, columns, findings or Findings(), options or Options())
    taken = statements.intake(parsed) if layout.statement else _list(parsed)
    return replace(taken, unread=intake_report.unread(layout, parsed.cells, headers.vocabulary()))


def _list(parsed: Parsed) -> Intake:
    """A list of items."""
    kinds, layout = parsed.kinds, parsed.layout
    if not any(map(any, parsed.cells.values())):
        raise InputRefused(
            f"no rows under the header in row {layout.header_row}: {layout.sheet}",
            "export it again, or choose another sheet with --sheet; a list of nothing shows a total of 0.00",
        )
    if kinds.no_party and not kinds.items:
        raise RunningLedger(
            f"no column and no row says whose the amounts are: {layout.sheet}",
            "name the customer's column, --map name='Its header'; a running ledger per sheet needs --layout statement"
            + _left_over(parsed),
        )
    balancewords.refuse_running(parsed)
    if kinds.other_table is not None:
        line = titles.line([cells[kinds.other_table] for cells in parsed.cells.values()])
        raise InputRefused(
            f"a second table with other columns, in row {kinds.other_table + layout.first + 1}: {line}",
            "give each table a sheet of its own, or leave one out",
        )
    whose = [account or name for account, name in zip(kinds.account, kinds.name, strict=True)]
    figures = intake_money.figures(layout, parsed.purse, kinds.items, whose)
    warnings = [*layout.warnings, *figures.warnings]
    documents = intake_rows.pick(parsed.days.iso.get("document_on"), kinds.items)
    as_of = intake_report.as_of(parsed, documents, warnings)
    source = _source(parsed, figures, as_of)
    skipped = kinds.skipped
    items = kinds.items
    for reason, out in (unowed := nodebts.find(source, items, warnings)).items():
        items = _without(items, out, skipped, reason)
    items = _without(items, _zeros(parsed, figures, items), skipped, "zero")
    rejects, aside = intake_rejects.find(parsed, items, figures)
    items = [i for i in items if i not in aside] if aside else items
    again: set[int] = set() if parsed.options.keep_duplicates else intake_rows.duplicates(source, items)
    items = [i for i in items if i not in again] if again else items
    built = intake_rows.build(source, items, warnings)
    shared, odd = intake_lines.split(built, layout, parsed.purse.minor)
    rows, overpaid = intake_lines.overpaid(intake_lines.summed(shared, parsed, warnings))
    accounts = intake_rows.accounts(source, items)
    file_totals = intake_report.totals(parsed, figures, items, again | aside | unowed["no debt"], warnings)
    warnings += intake_report.parts(layout, odd)
    warnings += intake_report.remarks(parsed, rows, accounts, items, overpaid)
    return Intake(
        layout=layout,
        rows=rows,
        accounts=accounts,
        rejects=rejects,
        rows_read=len(items) + sum(skipped.values()) + len(aside) + len(again),
        taken=len(items),
        skipped={reason: count for reason, count in skipped.items() if count},
        rejected=len(aside),
        duplicates=len(again),
        hidden_rows=intake_report.hidden(parsed, items),
        rounded=len(parsed.purse.rounded.intersection(items)),
        control=intake_report.control(rows),
        file_totals=file_totals,
        column_sums=[],
        warnings=warnings,
        as_of=as_of,
        date_order=parsed.days.order,
        samples=intake_report.samples(parsed, items),
    )


def _left_over(parsed: Parsed) -> str:
    """Headers of columns that were not read, to choose from; '' where there are none."""
    named = [
        one.header or one.letter for one in intake_report.unread(parsed.layout, parsed.cells, headers.vocabulary())
    ]
    return f"; not read: {' | '.join(named[:12])}" if named else ""


def _source(parsed: Parsed, figures: intake_money.Figures, as_of: str) -> intake_rows.Source:
    """What rows are built from: an account without a number goes by its name, one without a name by its number."""
    kinds, layout = parsed.kinds, parsed.layout
    account, name = kinds.account, kinds.name
    number = parsed.number
    if any(account) and "" not in name:
        pass
    elif any(account) and any(name):
        name = [one or other for one, other in zip(name, account, strict=True)]
    elif any(account):
        name = account
    if not any(account):
        account = name
    elif kinds.grouped:
        account = [one or other for one, other in zip(account, name, strict=True)]
    if kinds.loose:
        number = [("" if i in kinds.loose and not text[-1:].isdigit() else text) for i, text in enumerate(number)]
    signed = parsed.purse.marked or bool({"debit", "credit", "drcr"} & layout.mapping.keys())
    return intake_rows.Source(
        layout=layout,
        options=parsed.options,
        cells=parsed.cells,
        account=account,
        name=name,
        number=number,
        days=parsed.days.iso,
        currency=parsed.purse.currency,
        figures=figures,
        buckets=kinds.bucket,
        signed=signed,
        as_of=as_of,
    )


def _without(items: Sequence[int], out: Collection[int], skipped: Counter[str], reason: str) -> Sequence[int]:
    if not out:
        return items
    left = [i for i in items if i not in out]
    skipped[reason] += len(items) - len(left)
    return left


def _zeros(parsed: Parsed, figures: intake_money.Figures, items: Sequence[int]) -> set[int]:
    """Rows of nothing: no amount, nothing open, and no ages that only cancel each other out."""
    amount, outstanding = figures.amount, figures.open
    nothing = {i for i in items if amount[i] == 0 and (outstanding is None or not outstanding[i])}
    ages = [parsed.purse.minor[bucket.at] for bucket in parsed.layout.buckets]
    due = parsed.days.iso.get("due_on")
    return {i for i in nothing if (due and due[i]) or not any(values[i] for values in ages)}
