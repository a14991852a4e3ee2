"""What an import of customers did, or would do, and the layouts that are remembered."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from collect.grids import Reject
from collect.parties import Parties
from collect.profiles import Profile, flags
from collect.views import import_columns, imports
from collect.views.sheet import Column, Done, Fact, Page, Sheet


class Counts(Protocol):
    """How many accounts are new, changed, and as they were; how many ways to reach someone were added."""

    @property
    def new(self) -> int:
        """Accounts the book did not have."""

    @property
    def changed(self) -> int:
        """Accounts the list knows more of, or otherwise."""

    @property
    def unchanged(self) -> int:
        """Accounts that are as the list says."""

    @property
    def ways(self) -> int:
        """Phones, e-mails and addresses that are new."""


_COUNTS = ("rows_read", "imported", "updated", "unchanged", "skipped", "rejected", "duplicates", "accounts", "ways")


def facts(found: Parties, counts: Counts, file: str) -> dict[str, Any]:
    """Return what an import of customers did, by the keys every import has."""
    return {
        "file": file,
        "sheet": found.layout.sheet,
        "header_row": found.layout.header_row,
        "mapping": {field: column.header for field, column in found.layout.mapping.items()},
        "samples": dict(found.samples),
        "unread": [import_columns.unread_column(one) for one in found.unread],
        "rows_read": found.rows_read,
        "imported": counts.new,
        "updated": counts.changed,
        "unchanged": counts.unchanged,
        "skipped": found.duplicates,
        "rejected": found.rejected,
        "duplicates": found.duplicates,
        "accounts": counts.new,
        "ways": counts.ways,
        "rejects_file": None,
        "remembered": "",
        "warnings": list(found.warnings),
    }


def result(
    facts: Mapping[str, Any], outcome: str, rejects: Sequence[Reject], dry_run: bool, shown: int | None = None
) -> Page:
    """Return the report of an import of customers; rows set aside are shown as far as `shown`."""
    words = {"imported": "new", "skipped": "twice in the file", "rejected": "set aside"}
    named = ("imported", "updated", "unchanged", "skipped", "rejected")
    parts = [f"{facts[key]:,} {words.get(key, key)}" for key in named if facts[key]]
    head = [
        Fact("file", "File", facts["file"]),
        Fact("sheet", "Sheet", facts["sheet"]),
        Fact("header_row", "Header in row", facts["header_row"], "int"),
        *(Fact(key, key, facts[key], "int", machine=True) for key in _COUNTS),
        Fact("rows", "Rows", f"{facts['rows_read']:,} read: {', '.join(parts) or 'none taken'}"),
        Fact("new", "Ways to reach", f"{facts['ways']:,} new"),
        *(Fact(key, key, facts[key], "list") for key in ("mapping", "warnings")),
        Fact("rejects_file", "Set aside in", facts["rejects_file"]),
        Fact("remembered", "Remembered", facts["remembered"], machine=True),
        Fact("dry_run", "Dry run", dry_run, "flag", machine=True),
    ]
    sheets = {"columns_read": import_columns.read(facts["mapping"], facts["samples"])}
    if facts.get("unread"):
        sheets["columns_not_read"] = import_columns.unread(facts["unread"][:shown])
    if rejects:
        sheets["rejects"] = imports.set_aside(rejects[:shown])
    notes = [*imports.left_out(len(rejects), shown), *filter(None, [facts["remembered"]]), *facts["warnings"]]
    return Page("import accounts", outcome, head, sheets, [*notes, *(["dry run: nothing was changed"] * dry_run)])


def profiles(known: Sequence[Profile]) -> Sheet:
    """The layouts that are remembered, the last used first."""
    columns = (
        Column("profile", "Profile"),
        Column("said", "Read with"),
        Column("file", "Last file"),
        Column("used_at", "Used", "instant", rank=1),
        Column("mapping", "Columns", rank=2),
    )
    rows = [
        (one.name, flags(one.options), one.file, one.used_at or None, ", ".join(one.mapping.values())) for one in known
    ]
    notes = [] if rows else ["no file was imported yet"]
    return Sheet("import profiles", "Layouts that are remembered", columns, rows, notes=notes)


def forgotten(profile: Profile, *, dry_run: bool) -> Done:
    """What was forgotten."""
    lines = [f"forgot the profile '{profile.name}'; what was imported by it stays"]
    return Done("import profiles", lines, (Fact("forgotten", "Forgotten", profile.name),), dry_run)
