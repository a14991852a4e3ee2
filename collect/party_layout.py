"""Finding the list of customers in a file: which sheet, which header row, what every column means."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from hashlib import sha256
from operator import itemgetter

from collect import headers, titles
from collect.errors import InputRefused, WrongUsage
from collect.grids import Cell, Column, Layout, Options
from collect.profiles import Tops

FIELDS = (
    "account", "name", "phone", "email", "address", "territory", "agent", "credit_days", "terms", "credit_limit",
    "currency", "language", "pin_code", "state", "latitude", "longitude",
)  # fmt: skip


# What these words mean in a list of customers.
_HERE = {
    **{word: (("account", 100 + rank),) for rank, word in enumerate(("code", "id", "number", "no"))},
    "state": (("state", 0),),
    "province": (("state", 1),),
}


def find(tops: Tops, options: Options) -> list[Layout]:
    """The one layout of the list of customers in a file: the header row with the most columns that are known.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    if unknown := next((name for name in options.mapping if name not in FIELDS), None):
        raise WrongUsage(f"no such field of an account: {unknown}", "fields are: " + ", ".join(FIELDS))
    names = [sheet.name for sheet, _ in tops]
    if options.sheet and options.sheet not in names:
        raise WrongUsage(f"no such sheet: {options.sheet}", "sheets are: " + ", ".join(names[:20]))
    best: Layout | None = None
    for sheet, rows in tops:
        if sheet.name == options.sheet or (sheet.visible and not options.sheet):
            for top in range(len(rows)):
                found = _layout(sheet.name, rows, top, options)
                if found and (best is None or len(found.mapping) > len(best.mapping)):
                    best = found
    if best is None:
        raise InputRefused(
            "no header row with a customer and something known of them",
            "name the columns, for example --map account='Header of the number' --map phone='Header of the phone'",
        )
    return [best]


def _layout(sheet: str, rows: Sequence[Sequence[Cell]], top: int, options: Options) -> Layout | None:
    texts = [headers.label(cell) if isinstance(cell, str) else "" for cell in rows[top]]
    given = {name: headers.column_named(header, texts) if header else -1 for name, header in options.mapping.items()}
    places = {name: place for name, place in given.items() if place is not None and place < len(texts)}
    if len(places) < len(given) or sum(map(bool, texts)) < 2:
        return None
    known = vocabulary()
    mapping = headers.assign(texts, {}, known, places)
    if not {"account", "name"} & mapping.keys() or len(mapping) < 2:
        return None
    more = {
        place: kind
        for place, text in enumerate(texts)
        if place not in mapping.values() and (kind := _kind(text, known)) in {"phone", "email"}
    }
    columns = {name: Column(place, texts[place]) for name, place in sorted(mapping.items(), key=itemgetter(1))}
    columns |= {f"{kind} {number}": Column(place, texts[place]) for number, (place, kind) in enumerate(more.items(), 2)}
    return Layout(
        sheet=sheet,
        header_row=top + 1,
        first=top + 1,
        mapping=columns,
        buckets=(),
        headers={place: text for place, text in enumerate(texts) if text},
        needed=tuple(place for place, text in enumerate(texts) if text),
        fingerprint="accounts " + sha256("|".join(map(headers.words, texts)).rstrip("|").encode()).hexdigest()[:16],
        titles=tuple(text for row in rows[:top] if (text := titles.line(row))),
    )


@cache
def vocabulary() -> headers.Vocabulary:
    """The known headers, as far as they are about customers; a state is a place here."""
    known = headers.vocabulary()
    meanings = {
        header: tuple(pair for pair in found if pair[0] in FIELDS and pair[0] != "state")
        for header, found in known.meanings.items()
    }
    return replace(known, meanings={**meanings, **_HERE})


def _kind(text: str, known: headers.Vocabulary) -> str:
    """Phone or email, where a header is another of these: `Phone 2`, `Mobile (alternate)`."""
    plain = re.sub(r"\b(?:alternate|alt|other|second|secondary|office|home|work)\b|\d+$", "", headers.words(text))
    found = headers.meaning(plain, known).fields
    return found[0][0] if found else ""
