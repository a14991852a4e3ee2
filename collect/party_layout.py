"""Finding the list of customers in a file: which sheet, which header row, what every column means."""

import re
from dataclasses import replace
from functools import cache
from operator import itemgetter

from collect import headers, heads
from collect.grids import Layout, Options, Tops

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
    """The one layout of the list of customers in a file.

    Raises InputRefused where there is none, WrongUsage for a field or a sheet that does not exist.
    """
    return [heads.find(tops, options, _KIND)]


def _columns(head: heads.Head) -> dict[str, int] | None:
    """The column of every field, and of more phones and e-mails: `phone 2`."""
    known = vocabulary()
    mapping = headers.assign(head.texts, {}, known, head.given)
    if not {"account", "name"} & mapping.keys() or len(mapping) < 2:
        return None
    more = [
        (kind, place)
        for place, text in enumerate(head.texts)
        if place not in mapping.values() and (kind := _kind(text, known)) in {"phone", "email"}
    ]
    return dict(sorted(mapping.items(), key=itemgetter(1))) | {
        f"{kind} {number}": place for number, (kind, place) in enumerate(more, 2)
    }


_KIND = heads.Kind(
    name="accounts",
    one="an account",
    fields=FIELDS,
    columns=_columns,
    refusal=(
        "no header row with a customer and something known of them",
        "name the columns, for example --map account='Header of the number' --map phone='Header of the phone'",
    ),
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
