"""What an import did, or would do: one object for machines, a short report for people."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any

from collect import money
from collect.grids import Intake, Reject
from collect.listing import Comparison, listed
from collect.views import import_columns
from collect.views.sheet import Column, Fact, Page, Sheet

NO_LONGER = "no longer in the list"
SHOWN = 20
"""Rows of a list on the screen; a file or json has them all."""
_COUNTS = (
    "rows_read", "imported", "updated", "unchanged", "skipped", "rejected", "duplicates", "summed", "hidden_rows",
    "accounts", "items", "vanished", "not_yet",
)  # fmt: skip


def facts(taken: Intake, compared: Comparison, file: str, *, closed: bool) -> dict[str, Any]:
    """Return the keys of the contract; amounts are text in major units, counts are rows of the file.

    How many accounts are new is known once they are written.
    """
    new = len(compared.new)
    rows = sum(1 for _ in groupby(map(_PLACE, taken.rows)))
    imported, updated, unchanged = _rows(taken, rows, compared)
    found = {
        "adjusted": compared.adjusted,
        "not_yet": compared.not_yet,
        "vanished": len(compared.vanished),
    }
    told = warning_lines(found, full=closed)
    return {
        "file": file,
        "sheet": taken.layout.sheet,
        "sheets": [{"sheet": one.name, "rows": one.rows, "read": one.read} for one in taken.sheets],
        "header_row": taken.layout.header_row,
        "mapping": {field: column.header for field, column in sorted(taken.layout.mapping.items(), key=itemgetter(1))},
        "samples": dict(taken.samples),
        "unread": [import_columns.unread_column(one) for one in taken.unread],
        "as_of": taken.as_of,
        "rows_read": taken.rows_read,
        "imported": imported,
        "updated": updated,
        "unchanged": unchanged,
        "summed": taken.taken - rows,
        "skipped": sum(taken.skipped.values()) + taken.duplicates,
        "skipped_as": {**taken.skipped, **({"duplicate": taken.duplicates} if taken.duplicates else {})},
        "rejected": taken.rejected,
        "duplicates": taken.duplicates,
        "hidden_rows": taken.hidden_rows,
        "accounts": 0,
        "items": new,
        "vanished": len(compared.vanished),
        "not_yet": compared.not_yet,
        "control": [
            {"currency": one.currency, "amount": _plain(one, one.amount_minor), "open": _plain(one, one.open_minor)}
            for one in taken.control
        ],
        "file_total": [
            {"currency": one.currency, "stated": _plain(one, one.stated_minor), "read": _plain(one, one.read_minor),
             "delta": _plain(one, one.delta_minor), "place": one.place}
            for one in taken.file_totals
        ],
        "changes": _changes(compared, closed=closed),
        "rejects_file": None,
        "remembered": "",
        "vanished_items": [
            {"account": key[0], "number": key[2], "currency": held.currency, "open": _plain(held, held.open_minor)}
            for key, held in compared.vanished
        ],
        "warnings": [*taken.warnings, *told],
        "told": told,
    }  # fmt: skip


def _rows(taken: Intake, rows: int, compared: Comparison) -> tuple[int, int, int]:
    """Rows of the file that brought something new, changed something, or neither; lines summed count with their item.

    One row may give several items (a column per bucket), and one item may be several rows (lines that are summed).
    """
    if len(compared.new) == len(taken.rows):
        return taken.taken, 0, 0
    new = set(map(_PLACE, map(_ROW, compared.new)))
    changed = set(map(_PLACE, map(_ROW, compared.changed))) - new
    counts = [len(new), len(changed), rows - len(new) - len(changed)]
    counts[next((at for at in range(2) if counts[at]), 2)] += taken.taken - rows
    return counts[0], counts[1], counts[2]


_ROW = attrgetter("row")
# Which row of the file it is; the account tells sheets apart that are one ledger each.
_PLACE = attrgetter("account", "row")


def unchanged(before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the keys of the contract when the very same file comes again: every row is unchanged."""
    rows = before["imported"] + before["updated"] + before["unchanged"]
    nothing = {
        "imported": 0,
        "updated": 0,
        "accounts": 0,
        "items": 0,
        "vanished": 0,
        "changes": [],
        "vanished_items": [],
    }
    said = [line for line in before["warnings"] if line not in before.get("told", ())]
    return {**before, **nothing, "unchanged": rows, "remembered": "", "rejects_file": None, "warnings": said}


def result(
    facts: Mapping[str, Any], outcome: str, rejects: Sequence[Reject], dry_run: bool, shown: int | None = None
) -> Page:
    """Return the report of an import: `facts` are the keys of the contract, `outcome` says what became of it.

    Rows set aside and items no longer in the list are shown as far as `shown`; None is all of them.
    """
    head = [
        Fact("file", "File", facts["file"]),
        Fact("sheet", "Sheet", facts["sheet"], machine=facts["sheet"] == facts["file"]),
        Fact("header_row", "Header in row", facts["header_row"], "int"),
        Fact("as_of", "As of", facts["as_of"] or None, "date"),
        *(Fact(key, key, facts[key], "int", machine=True) for key in _COUNTS),
        Fact("rows", "Rows", _counted(facts)),
        Fact("new", "New", f"accounts: {facts['accounts']:,}, items: {facts['items']:,}"),
        *(Fact(key, key, facts[key], "list") for key in ("mapping", "control", "file_total", "skipped_as", "warnings")),
        Fact("rejects_file", "Set aside in", facts["rejects_file"]),
        Fact("remembered", "Remembered", facts["remembered"], machine=True),
        Fact("dry_run", "Dry run", dry_run, "flag", machine=True),
    ]
    sheets = {
        "columns_read": import_columns.read(facts["mapping"], facts["samples"]),
        "control_totals": _control(facts["control"]),
    }
    if facts.get("sheets"):
        sheets["sheets"] = import_columns.sheets(facts["sheets"][:shown])
    if facts.get("unread"):
        sheets["columns_not_read"] = import_columns.unread(facts["unread"][:shown])
    if facts["changes"]:
        sheets["changes"] = _changed(facts["changes"])
    if facts["file_total"]:
        sheets["file_totals"] = _file_total(facts["file_total"])
    if rejects:
        sheets["rejects"] = set_aside(rejects[:shown])
    if facts["vanished_items"]:
        sheets["vanished_items"] = _vanished(facts["vanished_items"][:shown])
    last = [
        *left_out(len(facts.get("unread", ())), shown, "columns not read"),
        *left_out(len(facts.get("sheets", ())), shown, "sheets"),
        *left_out(len(rejects), shown),
        *left_out(len(facts["vanished_items"]), shown, "items no longer in the list"),
        *filter(None, [facts["remembered"]]),
        *facts["warnings"],
        *(["dry run: nothing was changed"] if dry_run else []),
    ]
    return Page("import ledger", outcome, head, sheets, last)


def left_out(count: int, shown: int | None, what: str = "cells of rows set aside") -> Iterator[str]:
    """What a short list does not show, and where it all stands."""
    if shown is not None and count > shown:
        yield f"{count - shown:,} more {what}: --format json lists them all"


def _counted(facts: Mapping[str, Any]) -> str:
    words = {"imported": "new", "rejected": "set aside", "summed": "lines summed", "hidden_rows": "of them hidden"}
    named = ("imported", "updated", "unchanged", "skipped", "rejected", "summed", "hidden_rows")
    parts = [f"{facts[key]:,} {words.get(key, key)}" for key in named if facts[key]]
    return f"{facts['rows_read']:,} read: {', '.join(parts) or 'none taken'}"


def _control(totals: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = (Column("currency", "Currency"), Column("amount", "Amount", "money"), Column("open", "Open", "money"))
    rows = [(one["currency"], _minor(one, "amount"), _minor(one, "open")) for one in totals]
    return Sheet("control_totals", "Control totals", columns, rows)


def _changes(compared: Comparison, *, closed: bool) -> list[dict[str, Any]]:
    """What a list does to the book: items and the sum of what changes, by what happens and currency."""
    found: dict[tuple[str, str], list[int]] = {}

    def count(what: str, currency: str, minor: int) -> None:
        sums = found.setdefault((what, currency), [0, 0])
        sums[0] += 1
        sums[1] += minor

    for row in map(_ROW, compared.new):
        count("new", row.currency, listed(row))
    for one in compared.changed:
        count(one.kind or "other marks", one.held.currency, one.amount_minor)
    for _, held in compared.vanished:
        count(
            "settled in the ledger" if closed else NO_LONGER,
            held.currency,
            -held.open_minor if closed else held.open_minor,
        )
    return [
        {"what": what, "currency": currency, "items": items, "amount": money.plain(minor, currency)}
        for (what, currency), (items, minor) in found.items()
    ]


def _changed(changes: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = (
        Column("what", "In the book"),
        Column("currency", "Cur"),
        Column("items", "Items", "int"),
        Column("amount", "Amount", "money"),
    )
    rows = [(one["what"], one["currency"], one["items"], _minor(one, "amount")) for one in changes]
    return Sheet("changes", "What it changes", columns, rows)


def _plain(one: Any, minor: int) -> str:
    return money.plain(minor, one.currency)


def _minor(total: Mapping[str, Any], key: str) -> int:
    return money.typed(total[key], total["currency"])


def _file_total(totals: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = (
        Column("place", "The file's own total"),
        Column("currency", "Cur"),
        Column("stated", "Stated", "money"),
        Column("read", "Rows read", "money"),
        Column("delta", "Difference", "money"),
    )
    rows = [
        (one["place"], one["currency"], *(_minor(one, key) for key in ("stated", "read", "delta"))) for one in totals
    ]
    return Sheet("file_totals", "Totals in the file", columns, rows)


def set_aside(rejects: Sequence[Reject]) -> Sheet:
    """Cells that cannot be taken: where, with the sheet where they are of several, what stands there, what to do."""
    several = len({one.sheet for one in rejects}) > 1
    columns = (
        *([Column("sheet", "Sheet")] if several else []),
        Column("row", "Row", "int"),
        Column("column", "Column"),
        Column("value", "Value"),
        Column("reason", "Why"),
        Column("suggestion", "What to do", rank=1),
    )
    rows = [
        (*([one.sheet] if several else []), one.row, one.column, one.value, one.reason, one.suggestion)
        for one in rejects
    ]
    return Sheet("rejects", "Rows set aside", columns, rows)


def _vanished(items: Sequence[Mapping[str, Any]]) -> Sheet:
    columns = (
        Column("account", "Account"),
        Column("number", "Item"),
        Column("currency", "Cur"),
        Column("open", "Open", "money"),
    )
    rows = [(one["account"], one["number"], one["currency"], _minor(one, "open")) for one in items]
    return Sheet("vanished_items", "No longer in the list", columns, rows)


def warning_lines(found: Mapping[str, int], *, full: bool) -> list[str]:
    """Sentences for what a reader must not miss."""
    gone = "closed as settled in the ledger" if full else "add --full if the list is complete"
    lines = {
        "adjusted": "higher in the ledger than anything known, so adjusted: {count:,}",
        "not_yet": "without our payments in the list, so not yet in the ledger: {count:,}",
        "vanished": f"open but no longer in the list: {{count:,}}; {gone}",
    }
    return [text.format(count=found[key]) for key, text in lines.items() if found.get(key)]
