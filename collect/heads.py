"""The header of a list that is no ledger (customers, payments): of all rows that of the most columns that are known."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from collect import headers, titles
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Column, Layout, Options, Tops

_SAMPLE = 12


class Kind(NamedTuple):
    """What tells one kind of list from others."""

    name: str
    """Stands before the fingerprint of its layouts."""
    one: str
    """What a row is: `an account`."""
    fields: Sequence[str]
    columns: Callable[["Head"], Mapping[str, int] | None]
    """The column by field of a header, None where it is none of this kind."""
    refusal: tuple[str, str]
    """Message and hint where no row is one."""


class Head(NamedTuple):
    """A row that may be a header: its texts by column, the rows below it, and what the user said of it."""

    texts: Sequence[str]
    body: Sequence[Sequence[Cell]]
    given: Mapping[str, int]
    """By field, -1 for no column."""

    def samples(self) -> dict[int, list[Cell]]:
        """The first cells below each header."""
        return {at: [row[at] for row in self.body if at < len(row)] for at, text in enumerate(self.texts) if text}


def find(tops: Tops, options: Options, kind: Kind) -> Layout:
    """The one layout of a list in a file.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    check(tops, options, f"field of {kind.one}", kind.fields)
    chosen = [pair for pair in tops if (pair[0].name == options.sheet if options.sheet else pair[0].visible)]
    found = [
        layout
        for sheet, rows in chosen
        for top in range(len(rows))
        if (layout := _layout(sheet.name, rows, top, options, kind))
    ]
    if not found:
        raise InputRefused(*kind.refusal)
    return max(found, key=lambda layout: len(layout.mapping))


def check(tops: Tops, options: Options, what: str, fields: Sequence[str]) -> None:
    """Raise WrongUsage where `--map` names a field, or `--sheet` a sheet, that does not exist."""
    if unknown := next((name for name in options.mapping if name not in fields), None):
        raise WrongUsage(f"no such {what}: {unknown}", "fields are: " + ", ".join(fields))
    names = [sheet.name for sheet, _ in tops]
    if options.sheet and options.sheet not in names:
        raise WrongUsage(f"no such sheet: {options.sheet}", "sheets are: " + ", ".join(names[:20]))


def places(texts: Sequence[str], mapping: Mapping[str, str]) -> dict[str, int] | None:
    """The columns the user named, -1 for a field that is to have none; None when a header is not in this row."""
    found = {}
    for field, header in mapping.items():
        place = headers.column_named(header, texts) if header else -1
        if place is None or place >= len(texts):
            return None
        found[field] = place
    return found


def _layout(sheet: str, rows: Sequence[Sequence[Cell]], top: int, options: Options, kind: Kind) -> Layout | None:
    texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in rows[top]]
    given = places(texts, options.mapping)
    if given is None or sum(map(bool, texts)) < 2:
        return None
    mapping = kind.columns(Head(texts, rows[top + 1 : top + 1 + _SAMPLE], given))
    if mapping is None:
        return None
    named = tuple(place for place, text in enumerate(texts) if text)
    return Layout(
        sheet=sheet,
        header_row=top + 1,
        first=top + 1,
        mapping={name: Column(place, texts[place]) for name, place in mapping.items()},
        buckets=(),
        headers={place: texts[place] for place in named},
        needed=named,
        fingerprint=f"{kind.name} " + sha256("|".join(map(headers.words, texts)).rstrip("|").encode()).hexdigest()[:16],
        titles=tuple(text for row in rows[:top] if (text := titles.line(row))),
    )
