"""The book itself, as a page."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from collect.records import Summary
from collect.trail import ChangeLine, Copy
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


def backed_up(copy: Copy) -> Done:
    """What `book backup` wrote."""
    lines = [f"backed up to {copy.path}: {copy.changes:,} changes, every check passed"]
    return Done("book backup", lines, (Fact("file", "File", str(copy.path)), *_held(copy)))


def restored(path: Path, found: Copy, earlier: Copy | None, *, dry_run: bool) -> Done:
    """What `book restore` put in place, and what is lost by it."""
    lines = [f"restored {path} from {found.path}: {found.changes:,} changes, every check passed"]
    facts = [Fact("file", "File", str(found.path)), *_held(found), Fact("book", "Book", str(path))]
    if earlier:
        what = f"{earlier.changes:,} changes" if earlier.origin else "no sound book"
        lines.append(f"  what stood there ({what}) is kept as {earlier.path}")
        facts.append(Fact("kept_as", "Kept as", str(earlier.path)))
        if (lost := earlier.changes - found.changes) > 0:
            lines.append(f"  changes made since that backup, no longer in the book: {lost:,}")
            facts.append(Fact("lost", "Lost", lost, "int"))
    return Done("book restore", lines, facts, dry_run)


def _held(copy: Copy) -> tuple[Fact, ...]:
    return (
        Fact("changes", "Changes", copy.changes, "int"),
        Fact("last_change_at", "Last change", copy.last_change_at, "instant"),
    )


def trail(lines: Sequence[ChangeLine], count: int) -> Sheet:
    """One row per change of the book, the newest first."""
    columns = (
        Column("change", "Change", "int"),
        Column("recorded_at", "Recorded", "instant"),
        Column("agent", "By", rank=1),
        Column("action", "Action"),
        Column("subject", "Of"),
        Column("why", "Why"),
        Column("day", "For", "date", rank=2),
        Column("details", "What", rank=1),
    )
    rows = [(*line[:6], line.day or None, line.details) for line in lines]
    return Sheet("book audit", "Changes of the book", columns, rows, more=count - len(rows))
