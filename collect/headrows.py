"""The rows a header stands in: one, two where the lower completes the upper, or one with columns that begin higher."""

from collections.abc import Sequence
from operator import or_

from collect import headers
from collect.grids import Cell

Rows = Sequence[Sequence[Cell]]
_DEEP = 4
"""Rows above the last one of a header in which others of its columns may stand."""


def usable(row: Sequence[Cell], texts: Sequence[str]) -> bool:
    """Whether nearly all that stands in the row is text, as in a header, and not `A/C:` and its value, and so on."""
    filled = sum(cell is not None and cell != "" for cell in row)
    labels = [text.endswith(":") for text in texts if text]
    labelled = labels[0] and not all(labels) and all(map(or_, labels, labels[1:]))
    return sum(map(bool, texts)) * 5 >= filled * 4 and not labelled


def joined(upper: Sequence[str], below: Sequence[Cell]) -> list[str] | None:
    """Headers that stand in two rows: `Invoice` over `No` and `Date`; None where the row below is none."""
    lower = [headers.label(cell) if isinstance(cell, str) else "" for cell in below]
    if sum(map(bool, lower)) < 2 or any(not isinstance(cell, str) and cell is not None for cell in below):
        return None
    vocabulary = headers.vocabulary()
    if any(map(str.isdigit, "".join(text for text in lower if not known(text, vocabulary)))):
        return None
    width = max(len(upper), len(lower))
    above = [*upper, *[""] * (width - len(upper))]
    lower += [""] * (width - len(lower))
    texts, group = [], ""
    for over, under in zip(above, lower, strict=True):
        group = over or (group if under else "")
        both = f"{group} {under}".strip()
        choices = [text for text in (both, under, over) if text]
        texts.append(next((text for text in choices if known(text, vocabulary)), choices[0] if choices else ""))
    return texts


def from_above(above: Rows, texts: Sequence[str]) -> list[str]:
    """The headers with those that stand higher up where others have several rows (`Particulars` beside a period)."""
    vocabulary, found = headers.vocabulary(), list(texts)
    if not all(known(text, vocabulary) for text in texts if text):
        return found
    for row in above[: -_DEEP - 1 : -1]:
        for at, cell in enumerate(row[: len(found)]):
            if not found[at] and isinstance(cell, str) and known(headers.label(cell), vocabulary):
                found[at] = headers.label(cell)
    return found


def known(text: str, words: headers.Vocabulary) -> bool:
    """Whether a text is a header that is known, or names an age."""
    return bool(headers.meaning(text, words).fields or headers.bucket(text))
