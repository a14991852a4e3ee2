"""A ledger file becomes rows: find the layout, read whole columns, set aside what cannot be taken, prove the sums.

Pure: it sees grids of cells, never a file. Bad cells are values (`Reject`) with a place and a reason; a file that
cannot be decided as a whole raises InputRefused and says which option decides it.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from collect import intake_body, intake_layout, intake_lines, intake_money, intake_rejects, intake_rows, titles
from collect.errors import InputRefused
from collect.grids import (
    AccountRow,
    Cell,
    Control,
    FileTotal,
    Findings,
    FindingsLike,
    Intake,
    Layout,
    LedgerRow,
    Options,
    SheetLike,
)
from collect.intake_body import Parsed
from collect.intake_totals import Sums, compare


def find_layout(tops: Sequence[tuple[SheetLike, Sequence[Sequence[Cell]]]], options: Options | None = None) -> Layout:
    """The layout of the one ledger in a file, from the first rows of every sheet.

    Raises InputRefused (what was found and how to map it) and WrongUsage (no such field or sheet).
    """
    return find_layouts(tops, options)[0]


def find_layouts(
    tops: Sequence[tuple[SheetLike, Sequence[Sequence[Cell]]]], options: Options | None = None
) -> list[Layout]:
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
    kinds = parsed.kinds
    if kinds.no_party and not kinds.items:
        raise InputRefused(
            f"no column and no row says whose the amounts are: {layout.sheet}",
            "name the customer's column, --map name='Its header'; a running ledger per sheet needs --layout statement",
        )
    figures = intake_money.figures(layout, parsed.purse, kinds.items)
    source = _source(parsed, figures)
    skipped = kinds.skipped
    items = _without(kinds.items, intake_rows.voided(source), skipped, "void")
    items = _without(items, _zeros(figures, items), skipped, "zero")
    rejects, aside = intake_rejects.find(parsed, items, figures)
    items = [i for i in items if i not in aside] if aside else items
    again: set[int] = set() if parsed.options.keep_duplicates else intake_rows.duplicates(source, items)
    items = [i for i in items if i not in again] if again else items
    warnings = [*layout.warnings, *figures.warnings]
    built = intake_rows.build(source, items, warnings)
    rows, overpaid = intake_lines.overpaid(intake_lines.summed(intake_lines.split(built, layout, parsed.purse.minor)))
    accounts = intake_rows.accounts(source, items)
    as_of = _as_of(parsed, rows, warnings)
    file_totals = _totals(parsed, items, again | aside, warnings)
    warnings += _remarks(parsed, rows, accounts, items, overpaid)
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
        hidden_rows=_hidden(parsed, items),
        rounded=len(parsed.purse.rounded.intersection(items)),
        control=control(rows),
        file_totals=file_totals,
        column_sums=[],
        warnings=warnings,
        as_of=as_of,
        date_order=parsed.days.order,
        samples=_samples(parsed, items),
    )


def control(rows: Sequence[LedgerRow]) -> list[Control]:
    """Sums of amount and open per currency; what the file does not say is open counts in full."""
    codes = dict.fromkeys(row.currency for row in rows)
    return [
        Control(
            code,
            sum(row.amount_minor for row in rows if row.currency == code),
            sum(row.amount_minor if row.open_minor is None else row.open_minor for row in rows if row.currency == code),
        )
        for code in codes
    ]


def _source(parsed: Parsed, figures: intake_money.Figures) -> intake_rows.Source:
    """What rows are built from: an account without a number goes by its name, one without a name by its number."""
    kinds, layout = parsed.kinds, parsed.layout
    account, name = kinds.account, kinds.name
    number = parsed.number
    if any(account) and any(name):
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
    )


def _without(items: list[int], out: Collection[int], skipped: Counter[str], reason: str) -> list[int]:
    if not out:
        return items
    left = [i for i in items if i not in out]
    skipped[reason] += len(items) - len(left)
    return left


def _zeros(figures: intake_money.Figures, items: Sequence[int]) -> set[int]:
    """Rows of nothing: neither an amount nor anything open."""
    amount, outstanding = figures.amount, figures.open
    return {i for i in items if amount[i] == 0 and (outstanding is None or not outstanding[i])}


def _as_of(parsed: Parsed, rows: Sequence[LedgerRow], warnings: list[str]) -> str:
    """The day the list is of: the user's, else the titles', unless every document is younger than that."""
    if parsed.options.as_of:
        return parsed.options.as_of
    found = titles.day(parsed.layout.as_of_text, parsed.options.dates or parsed.days.order)
    documents = [row.document_on for row in rows if row.document_on]
    if found and documents and min(documents) > found:
        warnings.append(f"the file says {found}, which is before its first document: not taken as its day (--as-of)")
        return ""
    if parsed.layout.as_of_text and not found:
        warnings.append(f"the day of the list could not be read: {parsed.layout.as_of_text} (--as-of)")
    return found


def _totals(parsed: Parsed, items: Sequence[int], left_out: Collection[int], warnings: list[str]) -> list[FileTotal]:
    """The file's totals compared, where all rows are in one currency: currencies are never added."""
    codes = {parsed.purse.currency[i] for i in items}
    if len(codes) != 1 or not parsed.kinds.totals:
        return []
    visible = set(items) - parsed.hidden if parsed.hidden else None
    sums = Sums(parsed.purse.minor, items, codes.pop())
    found, said = compare(parsed.layout, parsed.kinds.totals, sums, visible, left_out)
    warnings += said
    return found


def _hidden(parsed: Parsed, items: Sequence[int]) -> int:
    return len(parsed.hidden.intersection(items)) if parsed.hidden else 0


def _samples(parsed: Parsed, items: Sequence[int]) -> dict[str, str]:
    """By field, the first value in its column."""
    found = {}
    for field, column in parsed.layout.mapping.items():
        cells = parsed.cells[column.at]
        found[field] = next(
            (titles.shown(cells[i]) for i in items[:200] if cells[i] is not None and cells[i] != ""), ""
        )
    return found


def _remarks(
    parsed: Parsed, rows: Sequence[LedgerRow], accounts: Mapping[str, AccountRow], items: Sequence[int], overpaid: int
) -> Iterator[str]:
    """What was done to the file beyond reading it, and what in it looks odd."""
    for field, count in parsed.days.swapped.items():
        header = parsed.layout.mapping[field].header
        yield f"{count} days in column '{header}' had day and month swapped by Excel and were put right"
    if parsed.kinds.filled_down:
        yield f"{parsed.kinds.filled_down} rows without a customer belong to the customer above them"
    if overpaid:
        yield f"{overpaid} items are overpaid: what is below zero was taken as a credit"
    if hidden := _hidden(parsed, items):
        yield f"{hidden} rows are hidden in the file and were read like the others"
    if count := len(parsed.purse.rounded.intersection(items)):
        yield f"{count} amounts have more decimals than their currency and were rounded half-even"
    if spelt := [one for one in accounts.values() if len(one.names) > 1]:
        most = max(spelt, key=lambda one: len(one.names))
        yield f"{len(spelt)} customers are spelt in several ways, {most.account} in {len(most.names)}"
    if early := sum(bool(row.due_on) and row.due_on < row.document_on for row in rows):
        yield f"{early} items are due before their own date"
