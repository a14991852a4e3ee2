"""The audit trail: who did what when, and why."""

from datetime import datetime, time

from collect.book import Book, instant
from collect.trail import ChangeLine, Wanted


def of(book: Book, wanted: Wanted, limit: int | None) -> tuple[list[ChangeLine], int]:
    """Return the newest changes first, no more than `limit`, and how many there are in all."""
    conditions: list[str] = ["1 = 1"]
    values: list[str | int] = []
    if wanted.subject:
        conditions.append("instr(lower(subject), ?) > 0")
        values.append(wanted.subject.lower())
    if wanted.action:
        conditions.append("substr(action, 1, ?) = ?")
        values += [len(wanted.action), wanted.action.lower()]
    if wanted.since:
        conditions.append("recorded_at >= ?")
        values.append(instant(datetime.combine(wanted.since, time(0), tzinfo=book.zone)))
    where = " AND ".join(conditions)
    count: int = book.execute(f"SELECT COUNT(*) FROM change WHERE {where}", values).fetchone()[0]
    rows = book.execute(
        f"SELECT id, recorded_at, agent, action, subject, why, given_today FROM change WHERE {where}"
        " ORDER BY id DESC LIMIT ?",
        [*values, -1 if limit is None else limit],
    ).fetchall()
    details = _details(book, rows[-1][0], rows[0][0]) if rows else {}
    return [
        ChangeLine(*row)._replace(recorded_at=_at_office(book, row[1]), details=details.get(row[0], "")) for row in rows
    ], count


def _at_office(book: Book, moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(book.zone).isoformat(timespec="seconds")


def _details(book: Book, first: int, last: int) -> dict[int, str]:
    found: dict[int, list[str]] = {}
    rows = book.execute(
        "SELECT change_id, field, before, after FROM change_detail WHERE change_id BETWEEN ? AND ? ORDER BY 1, 2",
        (first, last),
    )
    for change_id, field, before, after in rows:
        found.setdefault(change_id, []).append(f"{field}: {before or '(empty)'} -> {after or '(empty)'}")
    return {change_id: "; ".join(lines) for change_id, lines in found.items()}
