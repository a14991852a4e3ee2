"""Running ledgers, one per sheet, per block of a sheet or per party of a column: their movements are the debt.

Debit and credit must be what the balance moves by, or the row is set aside. Where what was handed over is no booking
("Send", "You gave": it holds a margin, a commission), the balance counts.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from collect import headers, intake_rejects, intake_report, intake_rows, running, statement_money, statement_rows
from collect.errors import InputRefused
from collect.grids import ColumnSum, FileTotal, Intake, LedgerRow, Reject
from collect.intake_body import Parsed
from collect.intake_money import Figures
from collect.money import shown
from collect.running import Money, Run
from collect.statement_rows import Ledger, Sorted

if TYPE_CHECKING:
    from collect.amountcolumns import Minor

_LISTED = frozenset(("status", "doc_type", "bucket", "open", "component", "disputed"))


class Read(NamedTuple):
    """The ledgers of a sheet, what following each found, and what is to be said of them."""

    parsed: Parsed
    rows: Sorted
    runs: list[Run]
    warnings: list[str]


def intake(parsed: Parsed) -> Intake:
    """One sheet with running ledgers, as rows: what the balance rose by are items, what it fell by are credits.

    Raises InputRefused where a column could hold the parties or the other side of each entry.
    """
    found = _read(parsed)
    rejects = _rejects(found)
    aside = {reject.row - parsed.layout.first - 1 for reject in rejects}
    steps = {at: step for run in found.runs for at, step in run.steps.items() if step and at not in aside}
    source = _source(found, steps)
    items = sorted(steps)
    built = dict(zip(items, intake_rows.build(source, items, []), strict=True))
    rows = [built[at] for at in steps]
    rows += _unopened(found, rows)
    skipped = {reason: count for reason, count in _skipped(found, steps, aside).items() if count}
    file_totals, column_sums = _controls(found, rows, steps)
    warnings = [*parsed.layout.warnings, *found.warnings]
    return Intake(
        layout=parsed.layout,
        rows=rows,
        accounts=intake_rows.accounts(source, items),
        rejects=rejects,
        rows_read=len(items) + sum(skipped.values()) + len(aside),
        taken=len(items),
        skipped=skipped,
        rejected=len(aside),
        duplicates=0,
        hidden_rows=intake_report.hidden(parsed, items),
        rounded=len(parsed.purse.rounded.intersection(items)),
        control=intake_report.control(rows),
        file_totals=file_totals,
        column_sums=column_sums,
        warnings=warnings,
        as_of=intake_report.as_of(parsed, [row.document_on for row in rows], warnings),
        date_order=parsed.days.order,
        samples=intake_report.samples(parsed, items),
        proven=not rejects and not any(one.delta_minor for one in file_totals) and _proven(found),
    )


def _read(parsed: Parsed) -> Read:
    """Sort the rows and follow every ledger; a balance over all parties is no party's balance."""
    money, unsure = statement_money.read(parsed)
    rows = statement_rows.sort(parsed, money.moved, money.balance)
    rows.wrong += [problem for problem in unsure if rows.days[problem[0]]]
    runs = [running.follow(ledger, rows.days, money) for ledger in rows.ledgers]
    warnings: list[str] = []
    if len(runs) > 1 and any(run.wrong or run.unopened for run in runs) and _over_all(parsed, rows, money):
        alone = replace(money, balance=[None] * parsed.size)
        runs = [running.follow(ledger, rows.days, alone) for ledger in rows.ledgers]
        header = parsed.layout.mapping["open"].header
        warnings.append(f"column '{header}' runs over all customers: debit and credit were read, not the balance")
    found = Read(parsed, rows, runs, warnings)
    warnings += _remarks(found)
    return found


def _over_all(parsed: Parsed, rows: Sorted, money: Money) -> bool:
    """Whether the balance runs over all parties; refused where these may be the other side of each entry."""
    whole = Ledger("", "", "", sorted(entry for ledger in rows.ledgers for entry in ledger.entries))
    run = running.follow(whole, rows.days, money)
    if run.wrong or run.gaps:
        return False
    if rows.unsure:
        header, balance = (parsed.layout.mapping[name].header for name in (rows.unsure, "open"))
        raise InputRefused(
            f"column '{header}' could hold the customers or the other side of each entry: column '{balance}' runs on "
            "over all of them",
            f"--map {rows.unsure}= leaves it out, --map {rows.unsure}='{header}' takes it for the customers",
        )
    return True


def _proven(found: Read) -> bool:
    """Whether every ledger ends with a balance that its rows come to, each is as booked, and its party is named."""
    return not found.rows.guessed and all(
        run.closing and not (run.wrong or run.gaps or run.off or run.margin or run.unopened) for run in found.runs
    )


def _place(found: Read, at: int) -> str:
    """The cell of a row's balance, or of what stands for it."""
    layout = found.parsed.layout
    field = next(field for field in ("open", "debit", "amount", "credit") if field in layout.mapping)
    column = layout.mapping[field]
    return f"{headers.letter(column.at)}{at + layout.first + 1} ({column.header})"


def _remarks(found: Read) -> list[str]:
    """What is odd in the ledgers, each kind with its first place."""
    told = []
    each = list(zip(found.rows.ledgers, found.runs, strict=True))
    off = [(ledger, at, *pair) for ledger, run in each for at, pair in run.off.items()]
    if off:
        ledger, at, stated, stood = off[0]
        told.append(
            f"{len(off)} stated balances differ from their rows, the first in {_place(found, at)}: it says "
            f"{shown(stated, ledger.currency)}, the rows of {ledger.name} sum to {shown(stood, ledger.currency)}"
        )
    unopened = [(ledger, *run.unopened) for ledger, run in each if run.unopened]
    if unopened:
        ledger, at, rest = unopened[0]
        told.append(
            f"{len(unopened)} ledgers begin with a balance that no row explains, taken as an item of its own, the "
            f"first {shown(rest, ledger.currency)} of {ledger.name} before {_place(found, at)}"
        )
    if margin := [at for _, run in each for at in run.margin]:
        told.append(
            f"{len(margin)} rows move the balance by something else than what was handed over, the first in "
            f"{_place(found, margin[0])}: the balance was taken"
        )
    return told


def _rejects(found: Read) -> list[Reject]:
    """Rows that cannot be read, whose balance moves otherwise, or which open a ledger anew with another balance."""
    parsed, mapping = found.parsed, found.parsed.layout.mapping
    money = mapping["open" if "open" in mapping else "debit" if "debit" in mapping else "amount"].at
    whose = {at: ledger for ledger in found.rows.ledgers for at, _ in ledger.entries}
    wrong = list(found.rows.wrong)
    for ledger, run in zip(found.rows.ledgers, found.runs, strict=True):
        for at, (own, step) in run.wrong.items():
            own_text, step_text = shown(own, ledger.currency), shown(step, ledger.currency)
            wrong.append((at, money, f"the balance moves by {step_text}, not {own_text}"))
        for at, (stated, stood) in run.gaps.items():
            stated_text, stood_text = shown(stated, ledger.currency), shown(stood, ledger.currency)
            wrong.append((at, money, f"opens with {stated_text} where {stood_text} stood"))
    rejects = []
    for at, column, reason in sorted(set(wrong)):
        one = intake_rejects.reject(parsed, at, column, reason)
        ledger_of = whose.get(at)
        rejects.append(one._replace(account=ledger_of.account, name=ledger_of.name) if ledger_of else one)
    return rejects


def _source(found: Read, steps: dict[int, int]) -> intake_rows.Source:
    """What rows are built from: the movement of each row, whose it is, and the day of the first row for an opening."""
    parsed, size = found.parsed, found.parsed.size
    account, name, days = [""] * size, [""] * size, list(found.rows.days)
    amount: Minor = [None] * size
    for ledger, run in zip(found.rows.ledgers, found.runs, strict=True):
        first = min((days[at] for at in ledger.moves() if days[at]), default="")
        for at, _ in ledger.entries:
            account[at], name[at], days[at] = ledger.account, ledger.name, days[at] or first
        for at in run.steps:
            amount[at] = steps.get(at)
    mapping = {field: column for field, column in parsed.layout.mapping.items() if field not in _LISTED}
    return intake_rows.Source(
        layout=replace(parsed.layout, mapping=mapping),
        options=parsed.options,
        cells=parsed.cells,
        account=account,
        name=name,
        number=parsed.number,
        days={**parsed.days.iso, "document_on": days},
        currency=parsed.purse.currency,
        figures=Figures(amount, None, []),
        buckets={},
        signed=True,
    )


def _unopened(found: Read, rows: Sequence[LedgerRow]) -> list[LedgerRow]:
    """What stood before the first row of a ledger that no row opens, as an item or a credit of that row's day."""
    by_row = {row.row - found.parsed.layout.first - 1: row for row in rows}
    return [
        by_row[at]._replace(number="", kind="item" if rest > 0 else "credit", amount_minor=rest)
        for at, rest in (run.unopened for run in found.runs if run.unopened)
        if at in by_row
    ]


def _skipped(found: Read, steps: dict[int, int], aside: set[int]) -> dict[str, int]:
    """By reason, the rows passed over: beside the sorted ones those that open with nothing, move nothing or restate."""
    kinds = [(at, kind) for ledger in found.rows.ledgers for at, kind in ledger.entries]
    out = [kind for at, kind in kinds if at not in steps and at not in aside]
    skipped = dict(found.rows.skipped)
    for kind, reason in (("opening", "opening"), ("move", "zero"), ("stands", "total"), ("closing", "total")):
        skipped[reason] = skipped.get(reason, 0) + out.count(kind)
    return skipped


def _controls(found: Read, rows: Sequence[LedgerRow], steps: dict[int, int]) -> tuple[list[FileTotal], list[ColumnSum]]:
    """The closing balances beside what the movements sum to, per currency, and the sums of debit and credit."""
    parsed, layout = found.parsed, found.parsed.layout
    by_currency: dict[str, list[int]] = {}
    for at in steps:
        by_currency.setdefault(parsed.purse.currency[at], []).append(at)
    sums = [
        ColumnSum(
            layout.mapping[field].header, code, sum(statement_money.column(parsed, field)[at] or 0 for at in rows_of)
        )
        for field in ("debit", "credit")
        if field in layout.mapping
        for code, rows_of in by_currency.items()
    ]
    read: dict[tuple[str, str], int] = {}
    for row in rows:
        key = (row.account, row.currency)
        read[key] = read.get(key, 0) + row.amount_minor
    totals = []
    for code in dict.fromkeys(ledger.currency for ledger in found.rows.ledgers):
        closed = [
            (ledger, *run.closing)
            for ledger, run in zip(found.rows.ledgers, found.runs, strict=True)
            if run.closing and ledger.currency == code
        ]
        if closed:
            place = f"{layout.sheet}!{_place(found, closed[-1][1])}"
            if len(closed) > 1:
                place = f"{layout.sheet}: the closing balances of {len(closed)} ledgers"
            taken = sum(read.get((ledger.account, code), 0) for ledger, _, _ in closed)
            totals.append(FileTotal(code, sum(stated for _, _, stated in closed), taken, place))
    return totals, sums
