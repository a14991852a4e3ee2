"""Profiles of layouts: kept with every import, listed, forgotten."""

import json
from collections.abc import Mapping
from typing import Any

from collect.book import Book
from collect.errors import NotFound, WrongUsage
from collect.grids import Layout
from collect.profiles import Profile


def everyone(book: Book) -> list[Profile]:
    """All profiles that are not forgotten, the last used first."""
    rows = book.execute(
        "SELECT p.id, p.name, p.fingerprint, p.mapping, p.options, COALESCE(f.file, ''), COALESCE(c.recorded_at, '')"
        " FROM profile p LEFT JOIN import_file f ON f.id ="
        " (SELECT MAX(i.id) FROM import_file i WHERE i.profile_id = p.id)"
        " LEFT JOIN change c ON c.id = f.change_id"
        " WHERE p.mapping <> '' ORDER BY COALESCE(f.id, 0) DESC, p.id"
    )
    return [
        Profile(number, name, mark, json.loads(mapping), json.loads(options or "{}"), file, at)
        for number, name, mark, mapping, options, file, at in rows
    ]


def named(book: Book, name: str) -> Profile:
    """The profile of that name; NotFound otherwise."""
    found = next((one for one in everyone(book) if one.name == name), None)
    if found is None:
        raise NotFound(f"no such profile: {name}", "see 'collect import profiles'")
    return found


def choice(book: Book, name: str = "") -> list[Profile]:
    """The profiles a file may be read by: that of the name if there is one, else all."""
    known = everyone(book)
    return [one for one in known if one.name == name] or known


def keep(book: Book, layout: Layout, options: Mapping[str, Any], name: str = "") -> int:
    """Remember a layout and what the user said of it, within a change; returns the profile's id.

    Without a `name` a new layout is called `layout N`. WrongUsage where another layout has that name.
    """
    other = book.execute("SELECT fingerprint FROM profile WHERE name = ?", (name,)).fetchone() if name else None
    if other is not None and other[0] != layout.fingerprint:
        raise WrongUsage(f"a profile of another layout has that name: {name}", "see 'collect import profiles'")
    mapping = _json({field: column.header for field, column in layout.mapping.items()})
    kept = _json(options) if options else ""
    row = book.execute(
        "SELECT id, name, mapping, options FROM profile WHERE fingerprint = ?", (layout.fingerprint,)
    ).fetchone()
    if row is None:
        return _add(book, name, layout.fingerprint, mapping, kept)
    profile_id = int(row[0])
    if tuple(row[1:]) != (name or row[1], mapping, kept):
        book.execute(
            "UPDATE profile SET name = ?, mapping = ?, options = ?, change_id = ? WHERE id = ?",
            (name or row[1], mapping, kept, book.writing.id, profile_id),
        )
    return profile_id


def forget(book: Book, profile: Profile) -> None:
    """Forget how a layout was read, within a change; what was imported by it stays, and so does its day."""
    book.execute(
        "UPDATE profile SET name = ?, mapping = '', options = '', change_id = ? WHERE id = ?",
        (f"layout {profile.id}", book.writing.id, profile.id),
    )


def _add(book: Book, name: str, fingerprint: str, mapping: str, options: str) -> int:
    number = book.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM profile").fetchone()[0]
    cursor = book.execute(
        "INSERT INTO profile (name, fingerprint, mapping, options, change_id) VALUES (?, ?, ?, ?, ?)",
        (name or f"layout {number}", fingerprint, mapping, options, book.writing.id),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def _json(found: Mapping[str, Any]) -> str:
    return json.dumps(found, ensure_ascii=False)
