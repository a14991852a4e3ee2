"""The book itself, as a page."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from collect.records import Summary
from collect.views.sheet import Column, Done, Fact, Page, Sheet


def created(path: Path, settings: Mapping[str, str]) -> Done:
    """What `book init` made."""
    lines = [
        f"made a new book: {path}",
        f"currency {settings['book.currency']}, zone {settings['book.zone']}, policy {settings['book.policy']}",
    ]
    facts = [Fact("book", "Book", str(path))]
    facts += [Fact(key.removeprefix("book."), key, value) for key, value in settings.items()]
    return Done("book init", lines, facts)


def info(path: Path, summary: Summary, limits: str) -> Page:
    """Return what the book is and holds."""
    named = {key.removeprefix("book."): value for key, value in summary.settings.items() if key.startswith("book.")}
    facts = (
        Fact("book", "Book", str(path)),
        *(Fact(key, key.capitalize(), value) for key, value in named.items() if value),
        Fact("accounts", "Accounts", summary.accounts, "int"),
        Fact("items", "Items", summary.items, "int"),
        Fact("open_items", "Open items", summary.open_items, "int"),
        Fact("postings", "Postings", summary.postings, "int"),
        Fact("changes", "Changes", summary.changes, "int"),
        Fact("last_change_at", "Last change", summary.last_change_at, "instant"),
        Fact("last_import", "Last import", summary.last_import),
        Fact("schema", "Schema", summary.schema, "int"),
        Fact("sqlite", "SQLite", summary.sqlite),
        Fact("limits", "File limits", limits),
    )
    return Page("book info", "The book", facts)


def findings(found: Iterable[tuple[str, int, str]]) -> Sheet:
    """Return one row per check."""
    columns = (
        Column("check", "Check"),
        Column("ok", "OK", "flag"),
        Column("wrong", "Wrong", "int"),
        Column("first", "First"),
    )
    rows = [(check, wrong == 0, wrong, first) for check, wrong, first in found]
    return Sheet("book check", "Check of the book", columns, rows)
