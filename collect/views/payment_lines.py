"""What an import of payments did, and the lines that are still to be decided."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from collect import money
from collect.matching import Candidate
from collect.money import Money
from collect.payment_rows import Paid, PaymentList
from collect.records import Account
from collect.views import import_columns, imports
from collect.views.sheet import Column, Done, Fact, Page, Sheet

SHOWN = 20


class Row(NamedTuple):
    """One line and what became of it: taken, known, seen or open; whose it is or may be, and why."""

    number: int
    line: Paid
    kind: str
    receipt: str = ""
    account: Account | None = None
    why: str = ""
    others: str = ""


_COUNTS = ("rows_read", "taken", "known", "seen", "open", "skipped", "rejected")


def facts(found: PaymentList, rows: Sequence[Row], file: str) -> dict[str, Any]:
    """Return what an import of payments did; rows read = taken + known + seen + open + skipped + rejected."""
    count = {kind: sum(row.kind == kind for row in rows) for kind in ("taken", "known", "seen", "open")}
    return {
        "file": file,
        "sheet": found.layout.sheet,
        "header_row": found.layout.header_row,
        "mapping": {field: column.header for field, column in found.layout.mapping.items()},
        "samples": dict(found.samples),
        "rows_read": found.rows_read,
        **count,
        "skipped": sum(found.skipped.values()),
        "skipped_as": dict(found.skipped),
        "rejected": found.rejected,
        "rejects_file": None,
        "control": control(rows),
        "warnings": list(found.warnings),
    }


def control(rows: Sequence[Row]) -> list[dict[str, str]]:
    """Per currency, what was read and what became of it; the parts sum to what was read."""
    sums: dict[str, dict[str, int]] = {}
    for row in rows:
        own = sums.setdefault(row.line.currency, dict.fromkeys(("read", "taken", "known", "seen", "open"), 0))
        own["read"] += row.line.amount_minor
        own[row.kind] += row.line.amount_minor
    return [
        {"currency": code, **{key: money.plain(minor, code) for key, minor in own.items()}}
        for code, own in sums.items()
    ]


def result(
    facts: Mapping[str, Any], outcome: str, rows: Sequence[Row], rejects: Sequence[Any], *, dry_run: bool, full: bool
) -> Page:
    """The report of an import of payments; on the screen lists are cut short."""
    words = {"known": "known already", "seen": "seen in an earlier list", "open": "to decide", "rejected": "set aside"}
    parts = [f"{facts[key]:,} {words.get(key, key)}" for key in _COUNTS[1:] if facts[key]]
    head = [
        Fact("file", "File", facts["file"]),
        Fact("sheet", "Sheet", facts["sheet"], machine=facts["sheet"] == facts["file"]),
        Fact("header_row", "Header in row", facts["header_row"], "int"),
        *(Fact(key, key, facts[key], "int", machine=True) for key in _COUNTS),
        Fact("rows", "Rows", f"{facts['rows_read']:,} read: {', '.join(parts) or 'none taken'}"),
        *(Fact(key, key, facts[key], "list") for key in ("mapping", "control", "skipped_as", "warnings")),
        Fact("rejects_file", "Set aside in", facts["rejects_file"]),
        Fact("dry_run", "Dry run", dry_run, "flag", machine=True),
    ]
    shown = None if full else SHOWN
    sheets = {
        "columns_read": import_columns.read(facts["mapping"], facts["samples"]),
        "control_totals": _control(facts),
    }
    for kind, title in (("taken", "Taken"), ("known", "Known already"), ("open", "To decide")):
        some = [row for row in rows if row.kind == kind]
        if some:
            sheets[f"lines_{kind}"] = _lines(f"lines_{kind}", title, some[:shown], len(some))
    if rejects:
        sheets["rejects"] = imports.set_aside(rejects[:shown])
    notes = [*facts["warnings"]]
    if facts["open"]:
        notes.append("decide with 'collect payment unmatched' and 'collect payment match LINE ACCOUNT'")
    return Page("import payments", outcome, head, sheets, [*notes, *(["dry run: nothing was changed"] * dry_run)])


def unmatched(rows: Sequence[Row]) -> Sheet:
    """Lines to decide, with whose they may be; written to a workbook and filled in, it can be imported."""
    columns = (
        Column("line", "Line", "int"),
        Column("paid_on", "Day", "date"),
        Column("currency", "Cur", rank=8),
        Column("amount", "Amount", "money"),
        Column("mode", "Mode", rank=6),
        Column("reference", "Reference", rank=7),
        Column("payer", "Payer", rank=5),
        Column("narration", "Narration", rank=2),
        Column("account", "Account"),
        Column("name", "Name", rank=1),
        Column("why", "Why", rank=3),
        Column("others", "Or", rank=4),
        Column("decision", "Decision", machine=True),
    )
    sums: dict[str, dict[str, Any]] = {}
    for row in rows:
        total = sums.setdefault(row.line.currency, {"currency": row.line.currency, "amount": 0})
        total["amount"] += row.line.amount_minor
    cells = [
        (
            row.number, row.line.paid_on, row.line.currency, row.line.amount_minor, row.line.mode, row.line.reference,
            row.line.payer, row.line.narration, row.account.number if row.account else "",
            row.account.name if row.account else "", row.why, row.others, "",
        )
        for row in rows
    ]  # fmt: skip
    return Sheet("payment unmatched", "Payments to decide", columns, cells, totals=list(sums.values()))


def decided(rows: Sequence[Row], *, dry_run: bool) -> Done:
    """What was decided, line by line."""
    said = []
    for row in rows:
        amount = Money(row.line.amount_minor, row.line.currency)
        whose = f" of {row.account.number} {row.account.name}" if row.account else ""
        what = f"{row.kind} as {row.receipt}" if row.receipt else row.kind
        said.append(
            f"line {row.number}, {row.line.paid_on}, {amount}: {what}{whose}{f', {row.why}' if row.why else ''}"
        )
    lines = [
        {
            "line": row.number,
            "kind": row.kind,
            "receipt": row.receipt,
            "account": row.account.number if row.account else "",
            "currency": row.line.currency,
            "amount": money.plain(row.line.amount_minor, row.line.currency),
        }
        for row in rows
    ]
    return Done("payment match", said or ["nothing was decided"], (Fact("lines", "Lines", lines, "list"),), dry_run)


def in_words(candidates: Sequence[Candidate], names: Mapping[int, Account]) -> str:
    """Other accounts a line may be from: `C-105 Ravi & Sons (60)`."""
    return "; ".join(f"{names[one.account_id].number} {names[one.account_id].name} ({one.score})" for one in candidates)


def _control(facts: Mapping[str, Any]) -> Sheet:
    keys = ("read", "taken", "known", "seen", "open")
    columns = (Column("currency", "Currency"), *(Column(key, key.capitalize(), "money") for key in keys))
    rows = [(one["currency"], *(money.typed(one[key], one["currency"]) for key in keys)) for one in facts["control"]]
    return Sheet("control_totals", "Control totals", columns, rows)


def _lines(name: str, title: str, rows: Sequence[Row], count: int) -> Sheet:
    columns = (
        Column("line", "Line", "int"),
        Column("paid_on", "Day", "date"),
        Column("currency", "Cur", rank=5),
        Column("amount", "Amount", "money"),
        Column("receipt", "Receipt"),
        Column("account", "Account"),
        Column("name", "Name", rank=2),
        Column("narration", "Narration", rank=3),
        Column("why", "Why", rank=1),
        Column("others", "Or", rank=4),
    )
    cells = [
        (
            row.number, row.line.paid_on, row.line.currency, row.line.amount_minor, row.receipt,
            row.account.number if row.account else "", row.account.name if row.account else "",
            row.line.narration or row.line.payer, row.why, row.others,
        )
        for row in rows
    ]  # fmt: skip
    return Sheet(name, title, columns, cells, more=count - len(rows))
